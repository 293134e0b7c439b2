//! From micro-units to the minor units of a document. Whole numbers only.

use types::{Currency, Money};

use crate::{Error, Result};

/// Micro-units in one minor unit of a currency with two decimals.
pub(super) const MICROS_PER_MINOR: i64 = 10_000;

/// The nearest minor unit; a half goes away from zero.
pub(super) fn nearest(micros: i64) -> i64 {
    let (whole, rest) = (micros / MICROS_PER_MINOR, micros % MICROS_PER_MINOR);
    if rest.abs() * 2 >= MICROS_PER_MINOR { whole + rest.signum() } else { whole }
}

/// The minor units that lie wholly within an amount that is not negative.
pub(super) fn down(micros: i64) -> i64 {
    micros.div_euclid(MICROS_PER_MINOR)
}

/// The fewest minor units that hold an amount that is not negative.
pub(super) fn up(micros: i64) -> i64 {
    -(-micros).div_euclid(MICROS_PER_MINOR)
}

/// The tax on an amount in minor units; a half goes away from zero.
pub(super) fn tax(taxable: i64, rate_ppm: i32) -> Result<i64> {
    let product = i128::from(taxable) * i128::from(rate_ppm);
    let (whole, rest) = (product / 1_000_000, product % 1_000_000);
    fitting(if rest.abs() * 2 >= 1_000_000 { whole + rest.signum() } else { whole })
}

/// The sum of amounts of one unit.
pub(super) fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64> {
    fitting(amounts.into_iter().map(i128::from).sum())
}

/// Minor units as money.
pub(super) fn money(minor: i64, currency: Currency) -> Result<Money> {
    let micros = fitting(i128::from(minor) * i128::from(MICROS_PER_MINOR))?;
    Ok(Money { micros, currency })
}

/// An amount that can be stored.
pub(super) fn fitting(amount: i128) -> Result<i64> {
    i64::try_from(amount).map_err(|_| Error::Corrupt("an amount is beyond what can be stored".to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_half_goes_away_from_zero() {
        assert_eq!([4_999, 5_000, 15_000, -4_999, -5_000].map(nearest), [0, 1, 2, 0, -1]);
        assert_eq!((tax(125, 200_000).unwrap(), tax(-125, 20_000).unwrap(), tax(25, 20_000).unwrap()), (25, -3, 1));
    }

    proptest! {
        #[test]
        fn an_amount_lies_between_what_is_rounded_down_and_up(micros in 0i64..i64::MAX / 2) {
            prop_assert!(down(micros) <= nearest(micros) && nearest(micros) <= up(micros));
            prop_assert!(up(micros) - down(micros) == i64::from(micros % MICROS_PER_MINOR != 0));
        }

        #[test]
        fn rounding_moves_an_amount_by_at_most_half_a_minor_unit(micros in -(1i64 << 60)..1i64 << 60) {
            prop_assert!((nearest(micros) * MICROS_PER_MINOR - micros).abs() * 2 <= MICROS_PER_MINOR);
        }
    }
}
