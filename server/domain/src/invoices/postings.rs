//! What a finalisation moves in the house's accounts: what was set aside becomes revenue and tax.

use std::collections::BTreeSet;

use types::{Currency, Document, EntryKind, InvoiceId};

use super::{compose::Slice, rounding::sum};
use crate::{
    Open, Result, Tx,
    ledger::{self, House, Posting},
};

/// One side of the entry: a house account, and micro-units that are positive where it grows.
type Move = (House, i64);

/// Makes the accounts of the house that a finalisation books on, where they are missing: for those who book at once, and
/// wait for each other's turn as well, when they are made with the first posting is too late.
pub(super) async fn open_accounts_in(open: &Open, currencies: &BTreeSet<Currency>) -> Result<()> {
    let houses = [House::Accrued, House::AccruedTax, House::Revenue, House::Tax, House::Rounding];
    let units: Vec<_> = currencies.iter().map(|currency| currency.word()).collect();
    ledger::open_house_accounts_in(open, &houses, &units).await
}

/// Books the finalisation of an invoice.
pub(super) async fn book_in(tx: &Tx, invoice: InvoiceId, slices: &[Slice], document: &Document) -> Result<()> {
    let moves = of_finalisation(slices, document)?;
    if moves.is_empty() {
        return Ok(());
    }
    let posting = |(house, amount): Move| Posting::house(house, document.currency.word(), amount);
    let postings: Vec<_> = moves.into_iter().map(posting).collect();
    let memo = serde_json::json!({ "invoice": invoice });
    ledger::book_in(tx, &format!("invoice:{invoice}"), EntryKind::Invoice, memo, &postings).await.map(drop)
}

/// The entry of a finalisation: accrued and its tax become revenue and tax of the document, and what the document's
/// rounding gave or took goes to `rounding`. Sums to zero; moves of nothing are left out.
///
/// # Errors
/// `Corrupt` for amounts beyond what can be stored.
fn of_finalisation(slices: &[Slice], document: &Document) -> Result<Vec<Move>> {
    let accrued = sum(slices.iter().map(|slice| slice.net - slice.promo))?;
    let accrued_tax = sum(slices.iter().map(|slice| slice.accrued_tax))?;
    let (net, tax) = (document.net.micros, document.tax.micros);
    let rounding = sum([accrued, accrued_tax, -net, -tax])?;
    let moves = [
        (House::Accrued, -accrued),
        (House::AccruedTax, -accrued_tax),
        (House::Revenue, net),
        (House::Tax, tax),
        (House::Rounding, rounding),
    ];
    Ok(moves.into_iter().filter(|(_, amount)| *amount != 0).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::invoices::compose::{
        Parts, compose,
        tests::{frame, slice},
    };

    proptest! {
        #[test]
        fn the_entry_sums_to_zero_and_rounding_stays_within_its_bound(
            rows in prop::collection::vec((0u128..3, 0u128..3, 0i64..1_000_000_000_000, 0i64..101), 0..30),
        ) {
            let slices: Vec<Slice> = rows.into_iter()
                .map(|(project, tax, net, percent)| slice(project, 1, tax, net, net / 100 * percent))
                .collect();
            let parts = Parts { frame: frame(), slices: slices.clone(), sponsored: vec![], unbilled: vec![], owed: 0 };
            let document = compose(parts).unwrap();
            let moves = of_finalisation(&slices, &document).unwrap();
            prop_assert_eq!(moves.iter().map(|(_, amount)| amount).sum::<i64>(), 0);
            let rounding = moves.iter().find(|(account, _)| *account == House::Rounding).map_or(0, |(_, amount)| *amount);
            // Half a minor unit a line, the tax on it, and half a minor unit a tax group; a slice's tax is floored.
            let n_lines = i64::try_from(document.lines.len()).unwrap();
            let bound = n_lines * 6_000 + i64::try_from(document.taxes.len()).unwrap() * 5_000
                + 10 * i64::try_from(slices.len()).unwrap();
            prop_assert!(rounding.abs() <= bound, "{rounding} is beyond {bound}");
        }
    }
}
