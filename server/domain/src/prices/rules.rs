//! How versions follow one another, without a database.

use types::{Currency, FlavourId, Money, PriceHistory, PriceView, SetPrice, Timestamp};

use super::entity::{FlavourRow, PriceRow};
use crate::{Error, Result, Rule};

/// The dearest unit-hour that can be set: 1,000,000 of the currency.
const MAX_MICROS_PER_HOUR: i64 = 1_000_000_000_000;

/// When a version holds; for ever where nothing ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
}

/// A request for a price that can be stored.
pub(super) struct Checked {
    pub(super) flavour: FlavourId,
    pub(super) currency: Currency,
    pub(super) micros_per_hour: i64,
    pub(super) started_at: Timestamp,
}

/// The request with its beginning on a whole second that is not past, or what is wrong with it.
pub(super) fn checked(ask: SetPrice, now: Timestamp) -> Result<Checked> {
    if !(1..=MAX_MICROS_PER_HOUR).contains(&ask.micros_per_hour) {
        return Err(Error::Invalid { field: "micros_per_hour", rule: Rule::PositiveAmount });
    }
    let SetPrice { flavour, currency, micros_per_hour, started_at } = ask;
    Ok(Checked { flavour, currency, micros_per_hour, started_at: beginning(started_at, now)? })
}

/// The second from which a version holds: the next one unless another is asked for.
pub(super) fn beginning(asked: Option<Timestamp>, now: Timestamp) -> Result<Timestamp> {
    let next = if now.floor() == now { now } else { now.floor().plus_seconds(1) };
    let from = asked.map_or(next, Timestamp::floor);
    if from < next { Err(Error::Invalid { field: "started_at", rule: Rule::Future }) } else { Ok(from) }
}

/// Which of the versions a new one from `from` would end, if any; `None` when one begins there or later.
pub(super) fn ended_by(versions: &[Stretch], from: Timestamp) -> Option<Option<usize>> {
    if versions.iter().any(|version| version.started_at >= from) {
        return None;
    }
    Some(versions.iter().position(|version| version.ended_at.is_none_or(|end| end > from)))
}

/// Each flavour in each currency, with the versions that belong there in the order they came.
pub(super) fn histories(flavours: Vec<FlavourRow>, rows: Vec<PriceRow>, now: Timestamp) -> Vec<PriceHistory> {
    let history = |flavour: &FlavourRow, currency: Currency| PriceHistory {
        flavour: flavour.id,
        slug: flavour.slug.clone(),
        name: flavour.name.clone(),
        currency,
        versions: rows
            .iter()
            .filter(|row| row.flavour_id == flavour.id && row.currency == currency)
            .map(|row| view(row, now))
            .collect(),
    };
    flavours
        .iter()
        .flat_map(|flavour| Currency::ALL.iter().map(move |&currency| (flavour, currency)))
        .map(|(flavour, currency)| history(flavour, currency))
        .collect()
}

fn view(row: &PriceRow, now: Timestamp) -> PriceView {
    PriceView {
        id: row.id,
        version: row.version,
        per_hour: Money { micros: row.micros_per_hour, currency: row.currency },
        started_at: row.started_at,
        ended_at: row.ended_at,
        set_by: row.set_by.clone(),
        set_at: row.set_at,
        is_scheduled: row.started_at > now,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second)
    }

    proptest! {
        #[test]
        fn versions_set_in_any_order_never_overlap_and_never_change_the_past(
            asks in prop::collection::vec((0i64..1000, 0i64..200), 1..40),
        ) {
            let (mut versions, mut now) = (Vec::<Stretch>::new(), 0);
            for (step, ahead) in asks {
                now += step;
                let past: Vec<_> = versions.iter().filter(|version| version.started_at < at(now)).copied().collect();
                let from = at(now + ahead);
                if let Some(ended) = ended_by(&versions, from) {
                    if let Some(ended) = ended {
                        versions[ended].ended_at = Some(from);
                    }
                    versions.push(Stretch { started_at: from, ended_at: None });
                }
                for (a, b) in versions.iter().zip(versions.iter().skip(1)) {
                    prop_assert_eq!(a.ended_at, Some(b.started_at));
                }
                for version in past {
                    let later = versions.iter().find(|later| later.started_at == version.started_at).unwrap();
                    prop_assert!(later.ended_at == version.ended_at || later.ended_at >= Some(at(now)));
                }
            }
        }
    }

    #[test]
    fn the_second_that_runs_is_past_already() {
        let now: Timestamp = "2026-11-22T10:00:00.5Z".parse().unwrap();
        assert!(matches!(beginning(Some(now), now), Err(Error::Invalid { field: "started_at", .. })));
        assert_eq!(beginning(None, now).unwrap().to_string(), "2026-11-22T10:00:01Z");
        assert_eq!(beginning(Some(now.floor()), now.floor()).unwrap(), now.floor());
    }

    #[test]
    fn amounts_of_nothing_and_beyond_what_can_be_multiplied_are_refused() {
        for micros_per_hour in [i64::MIN, -1, 0, MAX_MICROS_PER_HOUR + 1] {
            let flavour = FlavourId::from_uuid(uuid::Uuid::nil());
            let ask = SetPrice { flavour, currency: Currency::Mad, micros_per_hour, started_at: None };
            assert!(matches!(checked(ask, at(0)), Err(Error::Invalid { field: "micros_per_hour", .. })));
        }
    }
}
