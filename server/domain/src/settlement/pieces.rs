//! Rating: stretches of usage become pieces at one price and one tax, each with its exact amount. Pure.

use std::collections::HashMap;

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
/// Seconds without a price stay out, and are rated once there is one.
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
