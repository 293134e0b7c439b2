//! The recalculation itself: what stretches should have cost, and where a document differs from that. Pure.
//! F and G stand here a second time, on purpose: a recalculation by the function that rated would repeat its mistake.
//! That both agree on every amount is the property test below.

use std::{collections::HashMap, fmt::Display};

use types::{Difference, Document, LeaseId, PayerKind, PriceId, ProjectId, TaxRuleId, Timestamp};

use crate::{
    Result,
    invoices::{compose::Slice, rounding::fitting},
};

/// What makes items be summed into one slice.
pub(super) type SliceKey = (ProjectId, PriceId, TaxRuleId, Option<Timestamp>);

/// A rated item beside the facts it came from; amounts are net and gross, in micro-units.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) lease: LeaseId,
    pub(super) key: SliceKey,
    pub(super) units: i32,
    pub(super) micros_per_hour: i64,
    pub(super) rate_ppm: i32,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
    pub(super) stored: (i64, i64),
    pub(super) is_of_invoice: bool,
    pub(super) price_and_tax_hold: bool,
    /// Those of the item that its interval says are billable.
    pub(super) seconds: i64,
    pub(super) recalculated: (i64, i64),
}

/// The items with what they come to: each follows on the seconds that were rated before it in its segment of one
/// lease, price and tax.
pub(super) fn in_segments(mut items: Vec<Item>) -> Result<Vec<Item>> {
    let mut rated = HashMap::<(LeaseId, PriceId, TaxRuleId), i64>::new();
    for item in &mut items {
        let before = rated.entry((item.lease, item.key.1, item.key.2)).or_default();
        let (from, to) = (totals(item, *before)?, totals(item, *before + item.seconds)?);
        item.recalculated = (to.0 - from.0, to.1 - from.1);
        *before += item.seconds;
    }
    Ok(items)
}

/// F and G of the segment's first `seconds`; never calls `ledger::rate`.
fn totals(item: &Item, seconds: i64) -> Result<(i64, i64)> {
    let net = i128::from(item.micros_per_hour) * i128::from(item.units) * i128::from(seconds) / 3600;
    let tax = net * i128::from(item.rate_ppm) / 1_000_000;
    Ok((fitting(net)?, fitting(net + tax)?))
}

/// A slice with what its items come to now.
pub(super) fn recalculated(slice: Slice, items: &[Item]) -> Slice {
    let key = (slice.project, slice.price, slice.tax_rule, slice.late_from);
    let own = || items.iter().filter(|item| item.is_of_invoice && item.key == key);
    Slice {
        unit_seconds: own().map(|item| item.seconds * i64::from(item.units)).sum(),
        net: own().map(|item| item.recalculated.0).sum(),
        ..slice
    }
}

/// A slice under the names that the issued document carries: they put its lines in order, and may have changed since.
pub(super) fn named(slice: Slice, issued: &Document) -> Slice {
    let line = issued.lines.iter().find(|line| line.project == slice.project && line.flavour == slice.flavour);
    let Some(line) = line else { return slice };
    Slice { project_name: line.project_name.clone(), flavour_name: line.flavour_name.clone(), ..slice }
}

/// Where the invoice's items differ from the facts.
pub(super) fn of_items(items: &[Item]) -> Vec<Difference> {
    items.iter().filter(|item| item.is_of_invoice).flat_map(of_item).collect()
}

fn of_item(item: &Item) -> Vec<Difference> {
    let place = |field: &str| format!("{} from {}: {field}", item.lease, item.started_at);
    let seconds = item.ended_at.seconds_since(item.started_at);
    [
        differing(&place("seconds"), &seconds, &item.seconds),
        differing(&place("net"), &item.stored.0, &item.recalculated.0),
        differing(&place("gross"), &item.stored.1, &item.recalculated.1),
        differing(&place("price and tax hold"), &true, &item.price_and_tax_hold),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where two documents differ in what was sold and for how much. Names may have changed since.
pub(super) fn of_documents(issued: &Document, now: &Document) -> Vec<Difference> {
    let mut differences: Vec<_> = figures(issued)
        .into_iter()
        .zip(figures(now))
        .filter_map(|((place, stored), (_, recomputed))| differing(&place, &stored, &recomputed))
        .collect();
    differences.extend(differing("lines", &issued.lines.len(), &now.lines.len()));
    differences.extend(differing("tax groups", &issued.taxes.len(), &now.taxes.len()));
    differences
}

fn figures(document: &Document) -> Vec<(String, i64)> {
    let lines = document.lines.iter().flat_map(|line| {
        let place = |field: &str| format!("line {}: {field}", line.line);
        [
            (place("unit seconds"), line.unit_seconds),
            (place("per hour"), line.per_hour.micros),
            (place("exact"), line.exact.micros),
            (place("allowance"), line.exact_allowance.micros),
            (place("net"), line.net.micros),
        ]
    });
    let taxes = document.taxes.iter().map(|group| (format!("tax at {} ppm", group.rate_ppm), group.tax.micros));
    let totals = [("net", document.net), ("tax", document.tax), ("total", document.total)];
    let funders = document.payers.iter().filter(|payer| payer.kind == PayerKind::Sponsored);
    let sponsored = funders.map(|payer| payer.amount.micros).sum();
    let totals = totals.map(|(place, money)| (place.to_owned(), money.micros));
    lines.chain(taxes).chain(totals).chain([("sponsored".to_owned(), sponsored)]).collect()
}

/// The difference at a place, if there is one.
pub(super) fn differing<T: PartialEq + Display>(place: &str, stored: &T, recomputed: &T) -> Option<Difference> {
    (stored != recomputed).then(|| Difference {
        place: place.to_owned(),
        stored: Some(stored.to_string()),
        recomputed: Some(recomputed.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ledger::Rate;

    /// Seconds of one of three leases at one of two prices.
    fn item(
        lease: u128,
        price: u128,
        from: i64,
        seconds: i64,
        (micros_per_hour, rate_ppm, units): (i64, i32, i32),
    ) -> Item {
        let uuid = Uuid::from_u128;
        Item {
            lease: LeaseId::from_uuid(uuid(lease)),
            key: (ProjectId::from_uuid(uuid(9)), PriceId::from_uuid(uuid(price)), TaxRuleId::from_uuid(uuid(7)), None),
            units,
            micros_per_hour,
            rate_ppm,
            started_at: Timestamp::from_second(from),
            ended_at: Timestamp::from_second(from + seconds),
            stored: (0, 0),
            is_of_invoice: true,
            price_and_tax_hold: true,
            seconds,
            recalculated: (0, 0),
        }
    }

    proptest! {
        #[test]
        fn recalculation_and_rating_agree_on_every_amount_whatever_the_rates_cuts_and_order(
            rates in prop::collection::vec((1..1_000_000_000_000_i64, 0..=1_000_000_i32, 1..=8_i32), 2),
            stretches in prop::collection::vec((0..3_u128, 0..2_usize, 1..100_000_i64), 1..30),
        ) {
            let mut at = 0;
            let items = stretches.into_iter().map(|(lease, price, seconds)| {
                at += seconds;
                item(lease, price as u128, at - seconds, seconds, rates[price])
            });
            let mut before = HashMap::<(LeaseId, PriceId), i64>::new();
            for item in in_segments(items.collect()).unwrap() {
                let before = before.entry((item.lease, item.key.1)).or_default();
                let Item { micros_per_hour, rate_ppm, .. } = item;
                let rate = Rate { micros_per_hour, rate_ppm, units: item.units.unsigned_abs() };
                let rated = rate.charge(*before, item.seconds).unwrap();
                prop_assert_eq!(item.recalculated, (rated.net, rated.gross));
                *before += item.seconds;
            }
        }

        #[test]
        fn a_second_or_a_micro_unit_that_was_changed_is_told(
            seconds in 2..100_000_i64, changed in 1..3_u8, rate in (3_600_000..1_000_000_000_i64, 0..=1_000_000_i32, 1..=8_i32),
        ) {
            let mut items = in_segments(vec![item(1, 1, 0, seconds, rate)]).unwrap();
            items[0].stored = items[0].recalculated;
            prop_assert!(of_items(&items).is_empty());
            match changed {
                1 => items[0].stored.0 += 1,
                _ => items[0].seconds -= 1,
            }
            prop_assert_eq!(of_items(&items).len(), 1);
        }
    }
}
