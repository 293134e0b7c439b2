//! What has become of an invoice, and how much of it a customer may still withhold. Pure.

use types::WithheldOf;

use crate::{
    Result,
    invoices::rounding::{fitting, tax, up},
};

/// A final invoice and what was done with it since, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sea_orm::FromQueryResult)]
pub(super) struct Said {
    pub(super) total: i64,
    /// What it said was still to be paid.
    pub(super) due: i64,
    /// What credit notes took back, and what of that lowered a debt.
    pub(super) credited: i64,
    pub(super) lowered: i64,
    pub(super) withheld: i64,
}

impl Said {
    /// What could still be unpaid of it, whatever money came since.
    fn open(&self) -> i64 {
        (self.due - self.lowered).min(self.total - self.credited).saturating_sub(self.withheld).max(0)
    }
}

/// What an organisation owes, in micro-units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Debt {
    /// Beyond its wallet, and the wallet below zero.
    pub(super) owed: i64,
    /// For time that no invoice holds yet.
    pub(super) uninvoiced: i64,
}

/// What of an invoice a rule lets a customer withhold, in minor units without what was credited.
#[derive(Clone, Copy, Debug, sea_orm::FromQueryResult)]
pub(super) struct Basis {
    pub(super) withheld_of: WithheldOf,
    pub(super) withheld_ppm: i32,
    pub(super) taxable: i64,
    pub(super) tax: i64,
}

/// An invoice as it stands: what adds up to its total, and the most that can still be recorded as withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) paid: i64,
    pub(super) due: i64,
    pub(super) most: i64,
}

/// How an invoice stands. Money pays the oldest debt first, so the later invoices, `newer`, are unpaid before it.
pub(super) fn standing(said: &Said, newer: &[Said], debt: Debt, bases: &[Basis]) -> Result<Standing> {
    let open = said.open();
    let later = fitting(newer.iter().map(|said| i128::from(said.open())).sum())?;
    let invoiced = up(debt.owed.saturating_sub(debt.uninvoiced).max(0));
    let due = open.min(invoiced.saturating_sub(later).max(0));
    let allowed = fitting(bases.iter().map(|basis| allowed(basis).map(i128::from)).sum::<Result<i128>>()?)?;
    let most = open.min(up(debt.owed.max(0))).min(allowed - said.withheld).max(0);
    Ok(Standing { paid: said.total - said.credited - said.withheld - due, due, most })
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
    use proptest::prelude::*;

    use super::*;

    fn of_tax(tax: i64) -> Basis {
        Basis { withheld_of: WithheldOf::Tax, withheld_ppm: 750_000, taxable: tax * 5, tax }
    }

    #[test]
    fn what_is_due_is_of_the_latest_invoices_and_what_is_withheld_within_the_rule() {
        let invoice = Said { total: 1_200, due: 1_200, ..Said::default() };
        let owes = |minor: i64| Debt { owed: minor * 10_000, uninvoiced: 0 };
        let of = |said: &Said, newer: &[Said], minor| standing(said, newer, owes(minor), &[of_tax(200)]).unwrap();
        assert_eq!(of(&invoice, &[], 1_200), Standing { paid: 0, due: 1_200, most: 150 });
        // All but the certificate was paid.
        assert_eq!(of(&invoice, &[], 150), Standing { paid: 1_050, due: 150, most: 150 });
        let withheld = Said { withheld: 150, ..invoice };
        assert_eq!(of(&withheld, &[], 0), Standing { paid: 1_050, due: 0, most: 0 });
        // Two were paid less what is withheld: the debt is the later one's, and the earlier one's certificate still counts.
        assert_eq!(of(&invoice, &[invoice], 300), Standing { paid: 1_200, due: 0, most: 150 });
        assert_eq!(of(&invoice, &[withheld], 150), Standing { paid: 1_200, due: 0, most: 150 });
        let rest = Debt { owed: 1, uninvoiced: 0 };
        assert_eq!(standing(&invoice, &[], rest, &[]).unwrap(), Standing { paid: 1_199, due: 1, most: 0 });
    }

    proptest! {
        #[test]
        fn the_parts_are_the_total_and_nothing_is_due_or_withheld_beyond_it(
            (total, due, credited, lowered, withheld) in (0i64..1_000, 0i64..1_000, 0i64..1_000, 0i64..1_000, 0i64..1_000),
            (later, owed, uninvoiced, tax) in (0i64..1_000, 0i64..20_000_000, 0i64..20_000_000, 0i64..1_000),
        ) {
            let said = Said {
                total, due: due.min(total), credited: credited.min(total), lowered: lowered.min(credited).min(total), withheld,
            };
            let newer = [Said { total: later, due: later, ..Said::default() }];
            let found = standing(&said, &newer, Debt { owed, uninvoiced }, &[of_tax(tax)]).unwrap();
            prop_assert_eq!(said.total, found.paid + said.credited + said.withheld + found.due);
            prop_assert!(found.due >= 0 && found.most >= 0 && found.due <= said.due);
            prop_assert!(found.most == 0 || found.most + said.withheld + said.credited <= said.total);
            prop_assert!(found.paid >= 0 || said.credited + said.withheld > said.total);
        }
    }
}
