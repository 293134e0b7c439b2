//! Rating: stretches of usage become pieces at one price and one tax, each with its exact amount. Pure.

use std::collections::{BTreeMap, HashMap};

use types::{IntervalId, LeaseId, PriceId, TaxRuleId, Timestamp};

use super::{
    facts::RatedBefore,
    tariff::{Holding, Tariff},
};
use crate::{Result, ledger::Slice, metering::UnratedStretch};

/// A stretch, or a part of one, at one price and tax, inside which no lot begins or expires.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) lease: LeaseId,
    pub(crate) interval: IntervalId,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) price: PriceId,
    pub(crate) tax_rule: TaxRuleId,
    /// Seconds of the lease at this price and tax that were rated before.
    pub(crate) seconds_before: i64,
    pub(crate) slice: Slice,
}

/// How many seconds of a lease were rated so far at a price and a tax.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted(HashMap<(LeaseId, PriceId, TaxRuleId), i64>);

impl Counted {
    /// What was rated before.
    pub(crate) fn from_rows(rows: &[RatedBefore]) -> Self {
        Self(rows.iter().map(|row| ((row.lease_id, row.price_id, row.tax_rule_id), row.seconds)).collect())
    }

    /// Counts on; how many it was before.
    fn add(&mut self, lease: LeaseId, holding: &Holding, seconds: i64) -> i64 {
        let counted = self.0.entry((lease, holding.price, holding.tax_rule)).or_default();
        let before = *counted;
        *counted += seconds;
        before
    }
}

/// Rates the stretches in the order in which they burn: by start, then lease.
///
/// Pieces are cut where price or tax changes and at `cuts`. An amount is F(before + seconds) − F(before), where
/// `before` counts the lease's seconds at that price and tax: whatever the order and the cuts, the sum is the same.
/// Seconds without a price or a tax stay out, and are rated once they have both.
pub(crate) fn rate(
    stretches: &[UnratedStretch],
    tariff: &Tariff,
    cuts: &[Timestamp],
    counted: &mut Counted,
) -> Result<Vec<Piece>> {
    let mut parts: Vec<(&UnratedStretch, Timestamp, Timestamp)> = Vec::new();
    for stretch in stretches {
        let mut edges = tariff.boundaries(stretch.flavour, stretch.started_at, stretch.ended_at);
        edges.extend(cuts.iter().filter(|&&cut| stretch.started_at < cut && cut < stretch.ended_at));
        edges.extend([stretch.started_at, stretch.ended_at]);
        edges.sort();
        edges.dedup();
        parts.extend(edges.windows(2).map(|pair| (stretch, pair[0], pair[1])));
    }
    parts.sort_by_key(|(stretch, from, _)| (*from, stretch.lease));
    parts.into_iter().filter_map(|(stretch, from, to)| piece(stretch, from, to, tariff, counted).transpose()).collect()
}

/// The first second of each interval for which nobody has said what it costs.
pub(crate) fn unpriced(stretches: &[UnratedStretch], tariff: &Tariff) -> BTreeMap<IntervalId, Timestamp> {
    let mut first = BTreeMap::new();
    for stretch in stretches {
        if let Some(from) = tariff.unpriced_from(stretch.flavour, stretch.started_at, stretch.ended_at) {
            first.entry(stretch.interval).or_insert(from);
        }
    }
    first
}

fn piece(
    stretch: &UnratedStretch,
    from: Timestamp,
    to: Timestamp,
    tariff: &Tariff,
    counted: &mut Counted,
) -> Result<Option<Piece>> {
    let Some(holding) = tariff.at(stretch.flavour, from) else { return Ok(None) };
    let (seconds, units) = (to.seconds_since(from), stretch.units);
    let seconds_before = counted.add(stretch.lease, &holding, seconds);
    let charge = holding.rate(units).charge(seconds_before, seconds)?;
    let slice = Slice {
        from,
        flavour: stretch.flavour,
        project: stretch.project,
        unit_seconds: seconds * i64::from(units),
        net: charge.net,
        gross: charge.gross,
    };
    let (price, tax_rule) = (holding.price, holding.tax_rule);
    Ok(Some(Piece {
        lease: stretch.lease,
        interval: stretch.interval,
        from,
        to,
        price,
        tax_rule,
        seconds_before,
        slice,
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use types::{FlavourId, ProjectId};
    use uuid::Uuid;

    use super::*;
    use crate::settlement::tariff::Version;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second)
    }

    fn flavour() -> FlavourId {
        FlavourId::from_uuid(Uuid::from_u128(7))
    }

    /// Versions that follow one another, the first from the beginning of time on.
    fn versions<Id: Copy, V: Copy>(id: fn(Uuid) -> Id, changes: &[(i64, V)]) -> Vec<Version<Id, V>> {
        let mut at_second = 0;
        let begins: Vec<i64> = changes
            .iter()
            .map(|(step, _)| {
                at_second += step;
                at_second
            })
            .collect();
        let version = |(n, (_, value)): (usize, &(i64, V))| Version {
            id: id(Uuid::from_u128(n as u128)),
            value: *value,
            from: at(if n == 0 { -1 } else { begins[n] }),
            to: begins.get(n + 1).map(|&end| at(end)),
        };
        changes.iter().enumerate().map(version).collect()
    }

    fn tariff(prices: &[(i64, i64)], taxes: &[(i64, i32)]) -> Tariff {
        let prices = BTreeMap::from([(flavour(), versions(PriceId::from_uuid, prices))]);
        Tariff { prices, taxes: versions(TaxRuleId::from_uuid, taxes) }
    }

    fn stretch(from: i64, to: i64, units: u32) -> UnratedStretch {
        UnratedStretch {
            interval: IntervalId::from_uuid(Uuid::nil()),
            lease: LeaseId::from_uuid(Uuid::nil()),
            project: ProjectId::from_uuid(Uuid::nil()),
            flavour: flavour(),
            units,
            started_at: at(from),
            ended_at: at(to),
        }
    }

    /// Net and gross of all pieces.
    fn sum(pieces: &[Piece]) -> (i64, i64) {
        pieces.iter().fold((0, 0), |(net, gross), piece| (net + piece.slice.net, gross + piece.slice.gross))
    }

    fn changes<V: std::fmt::Debug>(values: impl Strategy<Value = V>) -> impl Strategy<Value = Vec<(i64, V)>> {
        prop::collection::vec((1..20_000_i64, values), 1..5)
    }

    proptest! {
        #[test]
        fn rating_is_additive_across_price_and_tax_changes_and_any_cuts(
            prices in changes(1..1_000_000_000_i64), taxes in changes(0..=1_000_000_i32), units in 1..=8_u32,
            length in 2..80_000_i64, cuts in prop::collection::vec(1..80_000_i64, 0..8),
        ) {
            let tariff = tariff(&prices, &taxes);
            let whole = sum(&rate(&[stretch(0, length, units)], &tariff, &[], &mut Counted::default()).unwrap());
            let mut cuts: Vec<i64> = cuts.into_iter().filter(|&cut| cut < length).chain([0, length]).collect();
            cuts.sort_unstable();
            cuts.dedup();
            // Each part settled by itself, as its time comes…
            let mut counted = Counted::default();
            let parts: Vec<Piece> = cuts.windows(2)
                .flat_map(|pair| rate(&[stretch(pair[0], pair[1], units)], &tariff, &[], &mut counted).unwrap())
                .collect();
            prop_assert_eq!(sum(&parts), whole);
            // …or all at once, cut where lots begin and expire…
            let at_once: Vec<Timestamp> = cuts.iter().map(|&cut| at(cut)).collect();
            let pieces = rate(&[stretch(0, length, units)], &tariff, &at_once, &mut Counted::default()).unwrap();
            prop_assert_eq!(sum(&pieces), whole);
            // …and without a second lost or rated twice.
            let mut reached = at(0);
            for piece in &pieces {
                prop_assert_eq!(piece.from, reached);
                reached = piece.to;
            }
            prop_assert_eq!(reached, at(length));
        }

        #[test]
        fn what_is_rated_is_within_one_micro_a_segment_below_the_exact_rational(
            prices in changes(1..1_000_000_000_i64), taxes in changes(0..=1_000_000_i32), units in 1..=8_u32,
            length in 2..80_000_i64,
        ) {
            let tariff = tariff(&prices, &taxes);
            let pieces = rate(&[stretch(0, length, units)], &tariff, &[], &mut Counted::default()).unwrap();
            // In parts of a micro-unit: 3,600 of them are one.
            let exact: i128 = pieces.iter().map(|piece| {
                let price = tariff.at(flavour(), piece.from).unwrap().micros_per_hour;
                i128::from(price) * i128::from(units) * i128::from(piece.to.seconds_since(piece.from))
            }).sum();
            let short = exact - i128::from(sum(&pieces).0) * 3600;
            let n_segments = i128::try_from(pieces.len()).unwrap();
            prop_assert!(0 <= short && short < n_segments * 3600, "{} segments are {} short", n_segments, short);
        }

        #[test]
        fn seconds_without_a_price_stay_out_and_come_in_by_themselves_once_it_is_known(
            price in 1..1_000_000_000_i64, gap in (1..9_000_i64, 1..9_000_i64), length in 20_000..40_000_i64,
        ) {
            let whole = tariff(&[(1, price)], &[(1, 200_000)]);
            let (from, to) = (gap.0, gap.0 + gap.1);
            let mut holed = whole.clone();
            let version = whole.prices[&flavour()][0];
            let before = Version { to: Some(at(from)), ..version };
            let after = Version { from: at(to), ..version };
            holed.prices.insert(flavour(), vec![before, after]);
            let mut counted = Counted::default();
            let first = rate(&[stretch(0, length, 3)], &holed, &[], &mut counted).unwrap();
            prop_assert_eq!(first.iter().map(|piece| piece.to.seconds_since(piece.from)).sum::<i64>(), length - gap.1);
            let later = rate(&[stretch(from, to, 3)], &whole, &[], &mut counted).unwrap();
            let at_once = rate(&[stretch(0, length, 3)], &whole, &[], &mut Counted::default()).unwrap();
            let (first, later, at_once) = (sum(&first), sum(&later), sum(&at_once));
            prop_assert_eq!((first.0 + later.0, first.1 + later.1), at_once);
        }
    }
}
