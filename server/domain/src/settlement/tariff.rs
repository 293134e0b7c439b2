//! The prices and taxes that hold for an organisation over a stretch of time.

use std::collections::BTreeMap;

use types::{Currency, FlavourId, PriceId, TaxRuleId, Timestamp};

use crate::{Result, Tx, ledger::Rate, prices};

/// Prices of some flavours and the organisation's taxes, with the instants at which they change.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tariff {
    pub(crate) prices: BTreeMap<FlavourId, Vec<Version<PriceId, i64>>>,
    pub(crate) taxes: Vec<Version<TaxRuleId, i32>>,
}

/// What holds from one instant to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version<Id, V> {
    pub(crate) id: Id,
    /// Net micros an hour, or tax in millionths.
    pub(crate) value: V,
    pub(crate) from: Timestamp,
    pub(crate) to: Option<Timestamp>,
}

/// A price and a tax of one instant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holding {
    pub(crate) price: PriceId,
    pub(crate) tax_rule: TaxRuleId,
    pub(crate) micros_per_hour: i64,
    pub(crate) rate_ppm: i32,
}

impl Holding {
    /// The same for so many units.
    pub(crate) fn rate(&self, units: u32) -> Rate {
        Rate { micros_per_hour: self.micros_per_hour, rate_ppm: self.rate_ppm, units }
    }
}

impl Tariff {
    /// What holds for a flavour at an instant; nothing where it has no price or no tax then.
    pub(crate) fn at(&self, flavour: FlavourId, at: Timestamp) -> Option<Holding> {
        let price = holding(self.prices.get(&flavour)?, at)?;
        let tax = holding(&self.taxes, at)?;
        Some(Holding { price: price.id, tax_rule: tax.id, micros_per_hour: price.value, rate_ppm: tax.value })
    }

    /// The first second of `[from, to)` without a price or a tax.
    pub(crate) fn unpriced_from(&self, flavour: FlavourId, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        self.edges(flavour, from, to).into_iter().find(|&at| self.at(flavour, at).is_none())
    }

    /// Whether some second of `[from, to)` has a price and a tax.
    pub(crate) fn prices_within(&self, flavour: FlavourId, from: Timestamp, to: Timestamp) -> bool {
        self.edges(flavour, from, to).into_iter().any(|at| self.at(flavour, at).is_some())
    }

    /// `from` and every later instant before `to` at which price or tax changes, in order; none of an empty stretch.
    fn edges(&self, flavour: FlavourId, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let mut edges = self.boundaries(flavour, from, to);
        edges.extend((from < to).then_some(from));
        edges.sort();
        edges
    }

    /// The instants inside `(from, to)` at which a flavour's price or the tax changes.
    pub(crate) fn boundaries(&self, flavour: FlavourId, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let prices =
            self.prices.get(&flavour).into_iter().flatten().flat_map(|version| [Some(version.from), version.to]);
        let taxes = self.taxes.iter().flat_map(|version| [Some(version.from), version.to]);
        prices.chain(taxes).flatten().filter(|&edge| from < edge && edge < to).collect()
    }
}

fn holding<Id: Copy, V: Copy>(versions: &[Version<Id, V>], at: Timestamp) -> Option<Version<Id, V>> {
    versions.iter().copied().find(|version| version.from <= at && version.to.is_none_or(|to| at < to))
}

/// What decides an organisation's prices and tax.
#[derive(Clone, Debug)]
pub(super) struct Buyer {
    pub(super) currency: Currency,
    pub(super) country: String,
    pub(super) is_business: bool,
}

/// What holds for a buyer of these flavours over `[from, to)`.
pub(super) async fn tariff_in(
    tx: &Tx,
    buyer: &Buyer,
    flavours: &[FlavourId],
    from: Timestamp,
    to: Timestamp,
) -> Result<Tariff> {
    let mut tariff = Tariff::default();
    // A flavour without a price is known to have none.
    tariff.prices.extend(flavours.iter().map(|&flavour| (flavour, Vec::new())));
    if flavours.is_empty() {
        return Ok(tariff);
    }
    for row in prices::versions_between_in(tx, flavours, buyer.currency, from, to).await? {
        let version = Version { id: row.id, value: row.micros_per_hour, from: row.started_at, to: row.ended_at };
        tariff.prices.entry(row.flavour_id).or_default().push(version);
    }
    let rules = prices::tax_rules_between_in(tx, &buyer.country, buyer.is_business, from, to).await?;
    let version =
        |row: prices::TaxRule| Version { id: row.id, value: row.rate_ppm, from: row.started_at, to: row.ended_at };
    tariff.taxes = rules.into_iter().map(version).collect();
    Ok(tariff)
}
