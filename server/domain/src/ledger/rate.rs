//! What time costs: F and G of the book of money. Pure, whole numbers only.

use crate::{Error, Result};

/// A price and a tax that hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    /// Net price of one unit for one hour, in 10⁻⁶ of the currency.
    pub(crate) micros_per_hour: i64,
    /// Tax in millionths of the net price.
    pub(crate) rate_ppm: i32,
    /// Units that run at once.
    pub(crate) units: u32,
}

/// An amount without and with its tax, in 10⁻⁶ of the currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) net: i64,
    pub(crate) gross: i64,
}

/// Seconds of an hour.
const HOUR: i128 = 3600;
/// One, in millionths.
const ONE: i128 = 1_000_000;

impl Rate {
    /// What `seconds` cost that follow on `before` seconds at the same rate.
    ///
    /// The difference of two rounded totals: splitting the seconds anywhere changes no sum.
    pub(crate) fn charge(self, before: i64, seconds: i64) -> Result<Charge> {
        let (from, to) = (self.net(before), self.net(before + seconds));
        let net = to - from;
        let gross = self.gross(to) - self.gross(from);
        Ok(Charge { net: booked(net)?, gross: booked(gross)? })
    }

    /// F: the net price of `seconds` from the segment's start.
    fn net(self, seconds: i64) -> i128 {
        i128::from(self.micros_per_hour) * i128::from(self.units) * i128::from(seconds) / HOUR
    }

    /// G: a net price with its tax.
    fn gross(self, net: i128) -> i128 {
        net + net * i128::from(self.rate_ppm) / ONE
    }
}

/// The whole part of `amount` × `part` / `whole`.
pub(crate) fn share(amount: i64, part: i64, whole: i64) -> i64 {
    let share = i128::from(amount) * i128::from(part) / i128::from(whole);
    // A part of a whole is no larger than the whole.
    i64::try_from(share).unwrap_or(amount)
}

fn booked(amount: i128) -> Result<i64> {
    i64::try_from(amount).map_err(|_| Error::Corrupt(format!("{amount} is beyond what can be booked")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rates() -> impl Strategy<Value = Rate> {
        (1..1_000_000_000_000_i64, 0..=1_000_000_i32, 1..=8_u32).prop_map(|(micros_per_hour, rate_ppm, units)| Rate {
            micros_per_hour,
            rate_ppm,
            units,
        })
    }

    proptest! {
        #[test]
        fn splitting_anywhere_changes_no_amount(rate in rates(), cuts in prop::collection::vec(1..100_000_i64, 1..20)) {
            let whole = rate.charge(0, cuts.iter().sum()).unwrap();
            let mut before = 0;
            let mut sum = Charge::default();
            for seconds in cuts {
                let part = rate.charge(before, seconds).unwrap();
                sum = Charge { net: sum.net + part.net, gross: sum.gross + part.gross };
                before += seconds;
            }
            prop_assert_eq!(sum, whole);
        }

        #[test]
        fn gross_is_never_below_net_and_tax_within_two_micros_of_its_rate(
            rate in rates(), before in 0..1_000_000_i64, seconds in 1..1_000_000_i64,
        ) {
            let Charge { net, gross } = rate.charge(before, seconds).unwrap();
            let exact = i128::from(net) * i128::from(rate.rate_ppm);
            let tax = i128::from(gross - net);
            prop_assert!(tax >= 0);
            prop_assert!((tax * ONE - exact).abs() <= 2 * ONE);
        }

        #[test]
        fn total_is_within_a_micro_below_the_exact_rational(rate in rates(), seconds in 0..10_000_000_i64) {
            let exact = i128::from(rate.micros_per_hour) * i128::from(rate.units) * i128::from(seconds);
            let net = i128::from(rate.charge(0, seconds).unwrap().net);
            prop_assert!(net * HOUR <= exact && exact < (net + 1) * HOUR);
        }
    }

    #[test]
    fn amounts_beyond_64_bits_are_refused_and_not_wrapped() {
        let rate = Rate { micros_per_hour: i64::MAX, rate_ppm: 0, units: 8 };
        assert!(rate.charge(0, 36_000).is_err());
    }
}
