//! Rated stretches as charges of the FinOps Open Cost and Usage Specification (FOCUS) 1.2: one for each payer, one for the
//! tax on what they pay, and one for what an invoice's rounding gave or took. Pure.

use std::sync::Arc;

use types::{Currency, FlavourId, LotId, LotKind, OrganisationId, PriceId, ProjectId, TaxCategory, Timestamp, UsedId};

/// Micro-seconds in a second.
const PER_SECOND: i128 = 1_000_000;
const SECONDS_PER_HOUR: i128 = 3_600;

/// Who is billed, by whom, and for which period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocusBill {
    /// Who is billed.
    pub organisation: OrganisationId,
    /// What people call it.
    pub organisation_name: String,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What people call the hub.
    pub provider: String,
    /// What the law calls it: it issues the invoices.
    pub issuer: String,
    /// Where the invoice's period begins, or the month's where there is no invoice yet.
    pub period_started_at: Timestamp,
    /// The first instant after it.
    pub period_ended_at: Timestamp,
    /// The invoice's number; nothing before it is issued.
    pub invoice: Option<String>,
}

/// A stretch of one instance at one price and one tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocusStretch {
    /// Whose share of the organisation.
    pub project: ProjectId,
    /// What the project is called.
    pub project_name: String,
    /// What was held.
    pub flavour: FlavourId,
    /// What the flavour is called.
    pub flavour_name: String,
    /// The instance, or the volume.
    pub instance: UsedId,
    /// What it is called.
    pub instance_name: String,
    /// The cluster that it ran on.
    pub cluster_name: String,
    /// Where that cluster stands.
    pub region: String,
    /// The first second.
    pub started_at: Timestamp,
    /// The second after the last.
    pub ended_at: Timestamp,
    /// How many units of the flavour.
    pub units: i32,
    /// The version of the price.
    pub price: PriceId,
    /// What an hour of one unit costs, net, in micro-units.
    pub per_hour: i64,
    /// How it is taxed.
    pub category: TaxCategory,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// What it was rated at, in micro-units.
    pub net: i64,
    /// The same with tax.
    pub gross: i64,
}

/// What a charge is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusNature {
    /// Seconds of an instance.
    Usage,
    /// The tax on them.
    Tax,
    /// What the rounding of an invoice gave or took.
    Rounding,
}

/// Who pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FocusPayer {
    /// The organisation, from its wallet, or later.
    Wallet,
    /// A grant.
    Lot {
        /// Which.
        id: LotId,
        /// The hub's own gift, which is no part of what is billed, or a funder's.
        kind: LotKind,
        /// What it is called on bills.
        name: String,
    },
}

/// One charge: a row of the file. Amounts in micro-units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocusCharge {
    /// What it is billed with.
    pub bill: Arc<FocusBill>,
    /// What it is of.
    pub nature: FocusNature,
    /// What was used; nothing for rounding.
    pub stretch: Option<Arc<FocusStretch>>,
    /// Who pays it; nothing for rounding.
    pub payer: Option<FocusPayer>,
    /// The first second that it is for.
    pub started_at: Timestamp,
    /// The second after the last.
    pub ended_at: Timestamp,
    /// Its part of the stretch, in millionths of a second of one unit; 0 for all but usage.
    pub unit_micros: i128,
    /// At the price of the list.
    pub list: i64,
    /// What of it stands on the invoice.
    pub billed: i64,
}

impl FocusCharge {
    /// Its part of the stretch in the unit that prices are for, in thousand-millionths of an hour of one unit, rounded.
    #[must_use]
    pub fn unit_hour_nanos(&self) -> i128 {
        (self.unit_micros * 1_000 + SECONDS_PER_HOUR / 2) / SECONDS_PER_HOUR
    }
}

/// What a lot paid of a stretch.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) lot: LotId,
    pub(super) kind: LotKind,
    pub(super) name: String,
    pub(super) net: i64,
    pub(super) gross: i64,
}

/// The charges of a stretch, lots in the order given and the wallet last. What they cost at list price sums up to the
/// stretch's net, their seconds to its seconds, and what is billed to its gross without what gifts took off.
pub(super) fn charges(bill: &Arc<FocusBill>, stretch: FocusStretch, uses: Vec<Use>) -> Vec<FocusCharge> {
    let stretch = Arc::new(stretch);
    let whole = stretch.ended_at.seconds_since(stretch.started_at);
    let whole = i128::from(whole) * i128::from(stretch.units) * PER_SECOND;
    // Of seconds that cost nothing the first payer has all.
    let up_to = |net: i64| (whole * i128::from(net)).checked_div(i128::from(stretch.net)).unwrap_or(whole);
    let (mut found, mut before) = (Vec::new(), 0);
    let mut counted = 0;
    for (payer, net, gross) in payers(&stretch, uses) {
        before += net;
        let unit_micros = up_to(before) - counted;
        counted += unit_micros;
        let is_gift = matches!(payer, FocusPayer::Lot { kind: LotKind::Promo, .. });
        let charge = |nature, unit_micros, list, billed| FocusCharge {
            bill: bill.clone(),
            nature,
            stretch: Some(stretch.clone()),
            payer: Some(payer.clone()),
            started_at: stretch.started_at,
            ended_at: stretch.ended_at,
            unit_micros,
            list,
            billed,
        };
        found.push(charge(FocusNature::Usage, unit_micros, net, if is_gift { 0 } else { net }));
        // No tax falls on what the hub gives.
        if gross > net && !is_gift {
            found.push(charge(FocusNature::Tax, 0, gross - net, gross - net));
        }
    }
    found
}

/// Who pays a stretch, and how much without and with tax.
fn payers(stretch: &FocusStretch, uses: Vec<Use>) -> Vec<(FocusPayer, i64, i64)> {
    let net = stretch.net - uses.iter().map(|used| used.net).sum::<i64>();
    let gross = stretch.gross - uses.iter().map(|used| used.gross).sum::<i64>();
    let lots = uses
        .into_iter()
        .map(|Use { lot, kind, name, net, gross }| (FocusPayer::Lot { id: lot, kind, name }, net, gross));
    let mut found: Vec<_> = lots.collect();
    if found.is_empty() || net != 0 || gross != 0 {
        found.push((FocusPayer::Wallet, net, gross));
    }
    found
}

/// What an invoice comes to beyond the charges that it names; nothing where it is exactly them.
pub(super) fn rounding(bill: &Arc<FocusBill>, total: i64, charged: i64) -> Option<FocusCharge> {
    (total != charged).then(|| FocusCharge {
        bill: bill.clone(),
        nature: FocusNature::Rounding,
        stretch: None,
        payer: None,
        started_at: bill.period_started_at,
        ended_at: bill.period_ended_at,
        unit_micros: 0,
        list: total - charged,
        billed: total - charged,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn bill() -> Arc<FocusBill> {
        let at = Timestamp::from_second(1_790_000_000);
        Arc::new(FocusBill {
            organisation: OrganisationId::from_uuid(Uuid::from_u128(1)),
            organisation_name: "Atlas".to_owned(),
            currency: Currency::Mad,
            provider: "Hub".to_owned(),
            issuer: "Hub SA".to_owned(),
            period_started_at: at,
            period_ended_at: at.plus_seconds(2_592_000),
            invoice: None,
        })
    }

    fn stretch(seconds: i64, units: i32, per_hour: i64) -> FocusStretch {
        let started_at = Timestamp::from_second(1_790_000_100);
        let net = per_hour * i64::from(units) * seconds / 3_600;
        FocusStretch {
            project: ProjectId::from_uuid(Uuid::from_u128(2)),
            project_name: "Research".to_owned(),
            flavour: FlavourId::from_uuid(Uuid::from_u128(3)),
            flavour_name: "h100".to_owned(),
            instance: UsedId::of(Uuid::from_u128(4), false),
            instance_name: "train".to_owned(),
            cluster_name: "tetouan-1".to_owned(),
            region: "Tétouan".to_owned(),
            started_at,
            ended_at: started_at.plus_seconds(seconds),
            units,
            price: PriceId::from_uuid(Uuid::from_u128(5)),
            per_hour,
            category: TaxCategory::Standard,
            rate_ppm: 200_000,
            net,
            gross: net + net / 5,
        }
    }

    fn used(kind: LotKind, net: i64) -> Use {
        Use { lot: LotId::from_uuid(Uuid::from_u128(6)), kind, name: kind.word().to_owned(), net, gross: net + net / 5 }
    }

    #[test]
    fn a_gift_takes_its_part_and_its_tax_off_a_funder_and_the_wallet_share_the_rest() {
        // An hour of two units at 30 each: 60 net, of which a gift pays 15 and a funder 30.
        let uses = vec![used(LotKind::Promo, 15_000_000), used(LotKind::Sponsored, 30_000_000)];
        let found = charges(&bill(), stretch(3_600, 2, 30_000_000), uses);
        let told: Vec<_> =
            found.iter().map(|charge| (charge.nature, charge.unit_micros, charge.list, charge.billed)).collect();
        let expected = [
            (FocusNature::Usage, 1_800_000_000, 15_000_000, 0),
            (FocusNature::Usage, 3_600_000_000, 30_000_000, 30_000_000),
            (FocusNature::Tax, 0, 6_000_000, 6_000_000),
            (FocusNature::Usage, 1_800_000_000, 15_000_000, 15_000_000),
            (FocusNature::Tax, 0, 3_000_000, 3_000_000),
        ];
        assert_eq!(told, expected);
        assert_eq!(found[0].unit_hour_nanos(), 500_000_000);
        assert_eq!(found[4].payer, Some(FocusPayer::Wallet));
    }

    #[test]
    fn what_costs_nothing_is_a_charge_too_and_rounding_only_where_there_is_some() {
        let found = charges(&bill(), stretch(1, 1, 0), vec![]);
        assert_eq!((found.len(), found[0].unit_micros, found[0].billed), (1, 1_000_000, 0));
        assert_eq!(rounding(&bill(), 5, 5), None);
        let (less, more) = (rounding(&bill(), 10_000, 12_345).unwrap(), rounding(&bill(), 20_000, 12_345).unwrap());
        assert_eq!((less.billed, more.billed, more.nature), (-2_345, 7_655, FocusNature::Rounding));
    }

    proptest! {
        #[test]
        fn parts_make_up_the_stretch_and_quantity_times_price_is_the_cost(
            seconds in 1i64..3_000_000, units in 1i32..64, per_hour in 0i64..200_000_000,
            parts in prop::collection::vec((any::<bool>(), 0i64..101), 0..5),
        ) {
            let stretch = stretch(seconds, units, per_hour);
            let mut left = stretch.net;
            let uses = parts.iter().map(|(is_gift, percent)| {
                let net = left / 100 * percent;
                left -= net;
                used(if *is_gift { LotKind::Promo } else { LotKind::Sponsored }, net)
            });
            let uses: Vec<Use> = uses.collect();
            let gifts: i64 = uses.iter().filter(|used| used.kind == LotKind::Promo).map(|used| used.gross).sum();
            let found = charges(&bill(), stretch.clone(), uses);
            let usage = || found.iter().filter(|charge| charge.nature == FocusNature::Usage);
            prop_assert_eq!(usage().map(|charge| charge.list).sum::<i64>(), stretch.net);
            let whole = i128::from(seconds) * i128::from(units) * 1_000_000;
            prop_assert_eq!(usage().map(|charge| charge.unit_micros).sum::<i128>(), whole);
            prop_assert_eq!(found.iter().map(|charge| charge.billed).sum::<i64>(), stretch.gross - gifts);
            for charge in usage() {
                // A micro-unit for the stretch's own floor, and what a millionth of a second and of an hour can cost.
                let product = charge.unit_hour_nanos() * i128::from(per_hour) / 1_000_000_000;
                prop_assert!((product - i128::from(charge.list)).abs() <= 2, "{product} is not {}", charge.list);
            }
        }
    }
}
