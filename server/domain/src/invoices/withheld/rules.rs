//! How much of an invoice a customer may still withhold. Pure.

use types::WithheldOf;

use crate::{
    Result,
    invoices::rounding::{fitting, tax},
};

/// What of an invoice a rule lets a customer withhold, in minor units without what was credited.
#[derive(Clone, Copy, Debug, sea_orm::FromQueryResult)]
pub(super) struct Basis {
    pub(super) withheld_of: WithheldOf,
    pub(super) withheld_ppm: i32,
    pub(super) taxable: i64,
    pub(super) tax: i64,
}

/// The most that can still be recorded as withheld, in minor units: what the rules allow beyond what was recorded, of what
/// is open.
pub(super) fn most(open: i64, withheld: i64, bases: &[Basis]) -> Result<i64> {
    let allowed = fitting(bases.iter().map(|basis| allowed(basis).map(i128::from)).sum::<Result<i128>>()?)?;
    Ok(open.min(allowed - withheld).max(0))
}

fn allowed(basis: &Basis) -> Result<i64> {
    let of = match basis.withheld_of {
        WithheldOf::Net => basis.taxable,
        WithheldOf::Tax => basis.tax,
    };
    tax(of.max(0), basis.withheld_ppm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_withheld_is_within_the_rule_and_what_is_open() {
        let of_tax = Basis { withheld_of: WithheldOf::Tax, withheld_ppm: 750_000, taxable: 1_000, tax: 200 };
        let of_net = Basis { withheld_of: WithheldOf::Net, withheld_ppm: 50_000, ..of_tax };
        let of = |open, withheld, bases: &[Basis]| most(open, withheld, bases).unwrap();
        assert_eq!(of(1_200, 0, &[of_tax]), 150);
        assert_eq!(of(1_200, 150, &[of_tax]), 0);
        assert_eq!(of(1_200, 100, &[of_tax, of_net]), 100);
        assert_eq!(of(30, 0, &[of_tax]), 30);
        assert_eq!(of(1_200, 0, &[]), 0);
        // A credit note took back more than was left to withhold of.
        assert_eq!(of(1_200, 0, &[Basis { tax: -5, ..of_tax }]), 0);
    }
}
