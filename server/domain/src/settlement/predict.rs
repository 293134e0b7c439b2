//! When lots and wallet are used up: calculated from rates, never sampled. Pure.

use std::collections::BTreeMap;

use types::{FlavourId, LotKind, ProjectId, Timestamp};

use super::tariff::{Holding, Tariff};
use crate::ledger::{Lot, Unit};

/// A prediction looks no further than this.
const HORIZON_S: i64 = 366 * 24 * 3600;
/// Amounts are counted in parts of a micro-unit so small that a second's price is whole.
const SCALE: i128 = 3600 * 1_000_000;

/// Units of a flavour that run in a project.
pub(crate) type Running = BTreeMap<(FlavourId, ProjectId), u32>;

/// Who pays for something that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Payer {
    Lot(usize),
    Wallet,
}

/// The first second that nobody could pay, if what runs at `now` runs on; nothing where that is over a year away.
///
/// `left` is what the wallet can pay; `lots` stand in the order of burning.
pub(crate) fn zero_at(
    left: i64,
    lots: &[Lot],
    running: &Running,
    tariff: &Tariff,
    now: Timestamp,
) -> Option<Timestamp> {
    let mut lots = lots.to_vec();
    let mut lefts: Vec<i128> = lots.iter().map(|lot| i128::from(lot.left) * SCALE).collect();
    let (mut wallet, mut at) = (i128::from(left) * SCALE, now);
    let horizon = now.plus_seconds(HORIZON_S);
    while at < horizon {
        let burns = burns(&lots, running, tariff, at);
        let left_of = |payer: Payer| match payer {
            Payer::Lot(place) => lefts[place],
            Payer::Wallet => wallet,
        };
        let lasts = |(&payer, &rate): (&Payer, &i128)| (seconds(left_of(payer) / rate), payer);
        let first = burns.iter().map(lasts).min();
        if let Some((0, payer)) = first {
            match payer {
                Payer::Wallet => return Some(at),
                // Less than a second's worth: the prediction lets the next one pay the whole second.
                Payer::Lot(place) => lots[place].left = 0,
            }
            continue;
        }
        let edge = next_edge(&lots, running, tariff, at).unwrap_or(horizon).min(horizon);
        let step = first.map_or(i64::MAX, |(seconds, _)| seconds).min(edge.seconds_since(at));
        for (payer, rate) in burns {
            match payer {
                Payer::Lot(place) => lefts[place] -= rate * i128::from(step),
                Payer::Wallet => wallet -= rate * i128::from(step),
            }
        }
        at = at.plus_seconds(step);
    }
    None
}

/// What each payer loses in a second, scaled.
fn burns(lots: &[Lot], running: &Running, tariff: &Tariff, at: Timestamp) -> BTreeMap<Payer, i128> {
    let mut burns = BTreeMap::new();
    for (&(flavour, project), &units) in running {
        let Some(holding) = tariff.at(flavour, at) else { continue };
        let pays = |lot: &Lot| lot.left > 0 && lot.pays_for(flavour, project, at);
        let place = lots.iter().position(pays);
        let rate = per_second(place.map(|place| &lots[place]), &holding, units);
        *burns.entry(place.map_or(Payer::Wallet, Payer::Lot)).or_default() += rate;
    }
    burns.retain(|_, rate| *rate > 0);
    burns
}

/// Scaled: a gift pays net and takes the tax away with it, everybody else pays gross.
fn per_second(lot: Option<&Lot>, holding: &Holding, units: u32) -> i128 {
    let net = i128::from(holding.micros_per_hour) * i128::from(units);
    match lot.map(|lot| (lot.unit, lot.kind)) {
        Some((Unit::GpuSeconds(_), _)) => i128::from(units) * SCALE,
        Some((Unit::Micros, LotKind::Promo)) => net * 1_000_000,
        Some((Unit::Micros, LotKind::Sponsored)) | None => net * (1_000_000 + i128::from(holding.rate_ppm)),
    }
}

/// The next instant at which a price, a tax or a lot changes.
fn next_edge(lots: &[Lot], running: &Running, tariff: &Tariff, at: Timestamp) -> Option<Timestamp> {
    let far = at.plus_seconds(HORIZON_S);
    let rates = running.keys().flat_map(|&(flavour, _)| tariff.boundaries(flavour, at, far));
    let lots = lots.iter().flat_map(|lot| [Some(lot.effective_at), lot.expires_at]).flatten();
    rates.chain(lots).filter(|&edge| edge > at).min()
}

fn seconds(whole: i128) -> i64 {
    i64::try_from(whole.max(0)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use types::{IntervalId, LeaseId, LotId, PriceId, TaxRuleId};
    use uuid::Uuid;

    use super::*;
    use crate::{
        ledger::burn,
        metering::UnratedStretch,
        settlement::{
            pieces::{Counted, rate},
            tariff::Version,
        },
    };

    const NOW: i64 = 1_790_000_000;

    fn time(second: i64) -> Timestamp {
        Timestamp::from_second(NOW + second)
    }

    fn tariff(micros_per_hour: i64, later: i64, changes: i64) -> Tariff {
        let id = |n| PriceId::from_uuid(Uuid::from_u128(n));
        let first = Version { id: id(1), value: micros_per_hour, from: time(-99), to: Some(time(changes)) };
        let second = Version { id: id(2), value: later, from: time(changes), to: None };
        let tax = Version { id: TaxRuleId::from_uuid(Uuid::nil()), value: 200_000, from: time(-99), to: None };
        Tariff { prices: BTreeMap::from([(flavour(), vec![first, second])]), taxes: vec![tax] }
    }

    fn flavour() -> FlavourId {
        FlavourId::from_uuid(Uuid::from_u128(7))
    }

    fn project() -> ProjectId {
        ProjectId::from_uuid(Uuid::from_u128(8))
    }

    fn lot(kind: LotKind, unit: Unit, left: i64, from: i64, to: Option<i64>) -> Lot {
        Lot {
            id: LotId::from_uuid(Uuid::nil()),
            account: Uuid::nil(),
            name: String::new(),
            kind,
            unit,
            unit_word: String::new(),
            left,
            priority: 100,
            effective_at: time(from),
            expires_at: to.map(time),
            flavours: Vec::new(),
            projects: Vec::new(),
        }
    }

    /// What the wallet has to pay when the lease runs for so many seconds, by the rules of a settlement.
    fn wallet_pays(lots: &[Lot], tariff: &Tariff, seconds: i64) -> i64 {
        let mut lots = lots.to_vec();
        let stretch = UnratedStretch {
            interval: IntervalId::from_uuid(Uuid::nil()),
            lease: LeaseId::from_uuid(Uuid::nil()),
            project: project(),
            flavour: flavour(),
            units: 2,
            started_at: time(0),
            ended_at: time(seconds),
        };
        let cuts: Vec<_> = lots.iter().flat_map(|lot| [Some(lot.effective_at), lot.expires_at]).flatten().collect();
        let pieces = rate(&[stretch], tariff, &cuts, &mut Counted::default()).unwrap();
        pieces.iter().map(|piece| burn(&mut lots, &piece.slice).gross).sum()
    }

    fn lots() -> impl Strategy<Value = Vec<Lot>> {
        let kinds = prop::sample::select(vec![LotKind::Promo, LotKind::Sponsored]);
        let units = prop::sample::select(vec![Unit::Micros, Unit::GpuSeconds(flavour())]);
        let one = (kinds, units, 1..20_000_i64, 0..3_000_i64, prop::option::of(1..9_000_i64)).prop_map(
            |(kind, unit, left, from, length)| lot(kind, unit, left * 1_000, from, length.map(|length| from + length)),
        );
        prop::collection::vec(one, 0..4)
    }

    proptest! {
        #[test]
        fn predicted_zero_is_the_second_in_which_a_settlement_finds_the_wallet_empty(
            lots in lots(), left in 0..50_000_000_i64, price in 1_000_000..60_000_000_i64,
            later in 1_000_000..60_000_000_i64, changes in 1..20_000_i64,
        ) {
            let tariff = tariff(price, later, changes);
            let running = Running::from([((flavour(), project()), 2)]);
            let zero = zero_at(left, &lots, &running, &tariff, time(0)).unwrap().seconds_since(time(0));
            // Two micros for each segment, and what a lot that ends inside a second leaves of it, at the dearer price.
            let n_lots = i64::try_from(lots.len()).unwrap();
            let slack = 2 * (2 + 2 * n_lots);
            let lost = n_lots * (1 + 2 * price.max(later) / 3_600 * 6 / 5);
            prop_assert!(wallet_pays(&lots, &tariff, zero) <= left + slack);
            prop_assert!(wallet_pays(&lots, &tariff, zero + 1) + lost + slack > left);
        }
    }

    #[test]
    fn nothing_that_runs_is_never_empty() {
        assert_eq!(zero_at(0, &[], &Running::new(), &tariff(1, 1, 1), time(0)), None);
    }

    #[test]
    fn empty_wallet_without_lots_is_zero_at_once() {
        let running = Running::from([((flavour(), project()), 1)]);
        assert_eq!(zero_at(0, &[], &running, &tariff(1_000_000, 1, 10), time(0)), Some(time(0)));
    }
}
