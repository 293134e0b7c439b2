//! Who pays for a stretch of usage: lots in their order first, the wallet for the rest. Pure; used alike by launches,
//! holds, settlements and predictions.

use types::{FlavourId, LotId, LotKind, ProjectId, Timestamp};
use uuid::Uuid;

use super::rate::share;

/// What a lot is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// 10⁻⁶ of the organisation's currency.
    Micros,
    /// Seconds of one unit of a flavour.
    GpuSeconds(FlavourId),
}

/// A lot, as far as paying is concerned.
#[derive(Clone, Debug)]
pub(crate) struct Lot {
    pub(crate) id: LotId,
    /// The organisation's account that holds lots of this kind and unit.
    pub(crate) account: Uuid,
    pub(crate) name: String,
    pub(crate) kind: LotKind,
    pub(crate) unit: Unit,
    /// The unit as accounts name it.
    pub(crate) unit_word: String,
    /// What it can still pay; burning lowers it.
    pub(crate) left: i64,
    /// Lower burns first.
    pub(crate) priority: i16,
    pub(crate) effective_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    /// Empty: all.
    pub(crate) flavours: Vec<FlavourId>,
    /// Empty: all.
    pub(crate) projects: Vec<ProjectId>,
}

/// A stretch of usage of one lease at one rate, inside which no lot begins or expires.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice {
    pub(crate) from: Timestamp,
    pub(crate) flavour: FlavourId,
    pub(crate) project: ProjectId,
    /// Seconds times units.
    pub(crate) unit_seconds: i64,
    pub(crate) net: i64,
    pub(crate) gross: i64,
}

/// What a lot pays of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Take {
    /// Its place among the lots.
    pub(crate) place: usize,
    /// In the lot's own unit.
    pub(crate) amount: i64,
    /// What is no longer to be paid, without and with tax.
    pub(crate) net: i64,
    pub(crate) gross: i64,
}

/// Who pays for a slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Burnt {
    pub(crate) takes: Vec<Take>,
    /// What remains for the wallet.
    pub(crate) net: i64,
    pub(crate) gross: i64,
}

impl Lot {
    /// Whether it pays for usage of the flavour in the project at an instant.
    pub(crate) fn pays_for(&self, flavour: FlavourId, project: ProjectId, at: Timestamp) -> bool {
        let in_scope = (self.flavours.is_empty() || self.flavours.contains(&flavour))
            && (self.projects.is_empty() || self.projects.contains(&project));
        let in_unit = match self.unit {
            Unit::Micros => true,
            Unit::GpuSeconds(unit) => unit == flavour,
        };
        in_scope && in_unit && self.effective_at <= at && self.expires_at.is_none_or(|end| at < end)
    }
}

/// Puts lots into the order of burning: priority, then expiry with none last, then age, then id.
pub(crate) fn put_in_order(lots: &mut [Lot]) {
    lots.sort_by_key(|lot| (lot.priority, lot.expires_at.is_none(), lot.expires_at, lot.effective_at, lot.id));
}

/// Lets `lots`, which stand in the order of burning, pay for the slice as far as they go.
pub(crate) fn burn(lots: &mut [Lot], slice: &Slice) -> Burnt {
    let mut rest = Rest { unit_seconds: slice.unit_seconds, net: slice.net, gross: slice.gross };
    let mut takes = Vec::new();
    for (place, lot) in lots.iter_mut().enumerate() {
        if lot.left > 0 && lot.pays_for(slice.flavour, slice.project, slice.from) {
            let (amount, net, gross) = rest.taken_by(lot);
            if amount > 0 {
                lot.left -= amount;
                takes.push(Take { place, amount, net, gross });
            }
        }
    }
    Burnt { takes, net: rest.net, gross: rest.gross }
}

/// What is still to be paid.
struct Rest {
    unit_seconds: i64,
    net: i64,
    gross: i64,
}

impl Rest {
    /// What the lot pays: in its unit, and of the slice without and with tax.
    fn taken_by(&mut self, lot: &Lot) -> (i64, i64, i64) {
        let (part, whole) = match (lot.unit, lot.kind) {
            (Unit::GpuSeconds(_), _) => (lot.left.min(self.unit_seconds), self.unit_seconds),
            (Unit::Micros, LotKind::Promo) => (lot.left.min(self.net), self.net),
            (Unit::Micros, LotKind::Sponsored) => (lot.left.min(self.gross), self.gross),
        };
        if part == 0 {
            return (0, 0, 0);
        }
        let tax = share(self.gross - self.net, part, whole);
        let (net, gross) = match (lot.unit, lot.kind) {
            (Unit::Micros, LotKind::Promo) => (part, part + tax),
            (Unit::Micros, LotKind::Sponsored) => (share(self.net, part, whole), part),
            (Unit::GpuSeconds(_), _) => {
                let net = share(self.net, part, whole);
                (net, net + tax)
            }
        };
        self.unit_seconds -= share(self.unit_seconds, part, whole);
        self.net -= net;
        self.gross -= gross;
        (part, net, gross)
    }
}

/// The instants at which a lot begins or stops to pay.
pub(crate) fn boundaries(lots: &[Lot]) -> Vec<Timestamp> {
    lots.iter().flat_map(|lot| [Some(lot.effective_at), lot.expires_at]).flatten().collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn lot(kind: LotKind, unit: Unit, left: i64, effective_at: i64, expires_at: Option<i64>) -> Lot {
        Lot {
            id: LotId::from_uuid(Uuid::nil()),
            account: Uuid::nil(),
            name: String::new(),
            kind,
            unit,
            unit_word: String::new(),
            left,
            priority: 100,
            effective_at: Timestamp::from_second(effective_at),
            expires_at: expires_at.map(Timestamp::from_second),
            flavours: Vec::new(),
            projects: Vec::new(),
        }
    }

    fn flavour(n: u128) -> FlavourId {
        FlavourId::from_uuid(Uuid::from_u128(n))
    }

    fn project(n: u128) -> ProjectId {
        ProjectId::from_uuid(Uuid::from_u128(n))
    }

    fn lots() -> impl Strategy<Value = Vec<Lot>> {
        let kinds = prop::sample::select(vec![LotKind::Promo, LotKind::Sponsored]);
        let units =
            prop::sample::select(vec![Unit::Micros, Unit::GpuSeconds(flavour(0)), Unit::GpuSeconds(flavour(1))]);
        let times = (0..50_i64, prop::option::of(1..50_i64));
        let scopes = (prop::collection::vec(0..2_u128, 0..2), prop::collection::vec(0..2_u128, 0..2));
        let one =
            (kinds, units, 1..5_000_i64, times, scopes).prop_map(|(kind, unit, left, (from, length), scope)| Lot {
                flavours: scope.0.into_iter().map(flavour).collect(),
                projects: scope.1.into_iter().map(project).collect(),
                ..lot(kind, unit, left, from, length.map(|length| from + length))
            });
        prop::collection::vec(one, 0..6)
    }

    fn slices() -> impl Strategy<Value = Slice> {
        (0..100_i64, 0..2_u128, 0..2_u128, 1..5_000_i64, 1..10_000_i64, 0..3_000_i64).prop_map(
            |(from, of, inside, unit_seconds, net, tax)| Slice {
                from: Timestamp::from_second(from),
                flavour: flavour(of),
                project: project(inside),
                unit_seconds,
                net,
                gross: net + tax,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_paid_and_what_remains_are_the_slice(mut lots in lots(), slice in slices()) {
            let burnt = burn(&mut lots, &slice);
            prop_assert_eq!(burnt.net + burnt.takes.iter().map(|take| take.net).sum::<i64>(), slice.net);
            prop_assert_eq!(burnt.gross + burnt.takes.iter().map(|take| take.gross).sum::<i64>(), slice.gross);
            prop_assert!(0 <= burnt.net && burnt.net <= burnt.gross);
            prop_assert!(burnt.takes.iter().all(|take| 0 <= take.net && take.net <= take.gross));
        }

        #[test]
        fn no_lot_pays_outside_its_time_or_scope(mut lots in lots(), slice in slices()) {
            let before = lots.clone();
            for take in burn(&mut lots, &slice).takes {
                let lot = &before[take.place];
                prop_assert!(lot.effective_at <= slice.from && lot.expires_at.is_none_or(|end| slice.from < end));
                prop_assert!(lot.flavours.is_empty() || lot.flavours.contains(&slice.flavour));
                prop_assert!(lot.projects.is_empty() || lot.projects.contains(&slice.project));
                prop_assert!(!matches!(lot.unit, Unit::GpuSeconds(unit) if unit != slice.flavour));
            }
        }

        #[test]
        fn what_a_lot_gives_is_what_it_loses(mut lots in lots(), slices in prop::collection::vec(slices(), 1..8)) {
            let mut left: Vec<i64> = lots.iter().map(|lot| lot.left).collect();
            for slice in slices {
                burn(&mut lots, &slice).takes.iter().for_each(|take| left[take.place] -= take.amount);
            }
            prop_assert_eq!(&left, &lots.iter().map(|lot| lot.left).collect::<Vec<_>>());
            prop_assert!(left.iter().all(|&left| left >= 0));
        }

        #[test]
        fn wallet_pays_nothing_while_a_lot_in_scope_has_something_left(mut lots in lots(), slice in slices()) {
            let burnt = burn(&mut lots, &slice);
            let full = |lot: &Lot| lot.left > 0 && lot.pays_for(slice.flavour, slice.project, slice.from);
            prop_assert!(burnt.gross == 0 || !lots.iter().any(full));
        }
    }

    #[test]
    fn gift_pays_net_and_takes_the_tax_away_with_it() {
        let mut lots = [lot(LotKind::Promo, Unit::Micros, 500, 0, None)];
        let slice = Slice {
            from: Timestamp::from_second(1),
            flavour: flavour(0),
            project: project(0),
            unit_seconds: 10,
            net: 1_000,
            gross: 1_200,
        };
        let burnt = burn(&mut lots, &slice);
        assert_eq!((burnt.takes[0].net, burnt.takes[0].gross), (500, 600));
        assert_eq!((burnt.net, burnt.gross), (500, 600));
    }

    #[test]
    fn funder_pays_the_gross_total() {
        let mut lots = [lot(LotKind::Sponsored, Unit::GpuSeconds(flavour(0)), 4, 0, None)];
        let slice = Slice {
            from: Timestamp::from_second(1),
            flavour: flavour(0),
            project: project(0),
            unit_seconds: 10,
            net: 1_000,
            gross: 1_200,
        };
        let burnt = burn(&mut lots, &slice);
        assert_eq!(burnt.takes, [Take { place: 0, amount: 4, net: 400, gross: 480 }]);
        assert_eq!((burnt.net, burnt.gross), (600, 720));
    }
}
