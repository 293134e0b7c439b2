//! When an organisation is warned of money that ends, and of a lot that runs out. Pure.

use types::Timestamp;

use crate::ledger::Lot;

/// How long before the money ends it is told of first, in seconds.
pub const FIRST_WARNING_S: i64 = 30 * 60;
/// And how long before that it is told of again.
const LAST_WARNING_S: i64 = 10 * 60;
/// A prediction may be seconds off, where lots end inside of seconds: so little more money is no end of an episode.
const SLACK_S: i64 = 60;
const DAY_S: i64 = 86_400;

/// What is told of money that ends, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// It ends within half an hour.
    M30,
    /// It ends within ten minutes.
    M10,
    /// It has ended, and what ran was stopped.
    Zero,
}

impl Step {
    const ALL: [Self; 3] = [Self::M30, Self::M10, Self::Zero];

    /// As the database has it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::M30 => "m30",
            Self::M10 => "m10",
            Self::Zero => "zero",
        }
    }

    /// By its word, if it is one.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// From the first warning until zero is out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Episode {
    pub(crate) number: i64,
    /// The last step that was told in it; nothing before the first.
    pub(crate) told: Option<Step>,
}

impl Episode {
    /// What it is once zero lies at `zero_at`: the next one, where it was told of and has come to nothing.
    pub(crate) fn with_zero(self, zero_at: Option<Timestamp>, now: Timestamp) -> Self {
        let is_over = zero_at.is_none_or(|zero| zero.seconds_since(now) > FIRST_WARNING_S + SLACK_S);
        if is_over && self.told.is_some() { Self { number: self.number + 1, told: None } } else { self }
    }

    /// The warning that is due: the latest alone, where one was missed. At zero there is nothing to warn of.
    pub(crate) fn due(self, zero_at: Option<Timestamp>, now: Timestamp) -> Option<Step> {
        let step = match zero_at?.seconds_since(now) {
            left if left <= 0 || left > FIRST_WARNING_S => return None,
            left if left <= LAST_WARNING_S => Step::M10,
            _ => Step::M30,
        };
        (self.told < Some(step)).then_some(step)
    }

    /// When the next warning is due, if nothing changes.
    pub(crate) fn next_at(self, zero_at: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        let zero = zero_at.filter(|zero| *zero > now)?;
        match self.told {
            None => Some(zero.plus_seconds(-FIRST_WARNING_S)),
            Some(Step::M30) => Some(zero.plus_seconds(-LAST_WARNING_S)),
            Some(Step::M10 | Step::Zero) => None,
        }
    }
}

/// How long before its end a lot is told of, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LotStep {
    Month,
    Week,
    Day,
}

impl LotStep {
    const ALL: [Self; 3] = [Self::Month, Self::Week, Self::Day];

    /// As the database has it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Month => "lot_30",
            Self::Week => "lot_7",
            Self::Day => "lot_1",
        }
    }

    const fn days(self) -> i64 {
        match self {
            Self::Month => 30,
            Self::Week => 7,
            Self::Day => 1,
        }
    }
}

/// What is due of a lot that has something left: the latest step alone, where one was missed.
///
/// What was due up to `told_through` was told.
pub(super) fn due_of_lot(lot: &Lot, told_through: Option<Timestamp>, now: Timestamp) -> Option<LotStep> {
    steps(lot, told_through, now).filter(|(_, at)| *at <= now).last().map(|(step, _)| step)
}

/// When the next step of any of the lots is due.
pub(super) fn next_of_lots(lots: &[Lot], told_through: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    lots.iter().flat_map(|lot| steps(lot, told_through, now)).map(|(_, at)| at).min()
}

/// A lot that is given for a week is not said to end in a week.
fn steps(
    lot: &Lot,
    told_through: Option<Timestamp>,
    now: Timestamp,
) -> impl Iterator<Item = (LotStep, Timestamp)> + use<> {
    let (begin, end) = (lot.effective_at, lot.expires_at.filter(|end| *end > now));
    let all = LotStep::ALL.into_iter();
    let at = all.filter_map(move |step| Some((step, end?.plus_seconds(-step.days() * DAY_S))));
    at.filter(move |(_, at)| *at > begin && told_through.is_none_or(|told| *at > told))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use types::{LotId, LotKind};
    use uuid::Uuid;

    use super::*;
    use crate::ledger::Unit;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second)
    }

    fn lot(days: i64) -> Lot {
        Lot {
            id: LotId::from_uuid(Uuid::nil()),
            account: Uuid::nil(),
            name: String::new(),
            kind: LotKind::Promo,
            unit: Unit::Micros,
            unit_word: String::new(),
            left: 1,
            priority: 100,
            effective_at: at(0),
            expires_at: Some(at(days * DAY_S)),
            flavours: Vec::new(),
            projects: Vec::new(),
        }
    }

    /// What happens to the money of somebody.
    #[derive(Clone, Copy, Debug)]
    enum Happens {
        /// So many seconds pass.
        Waits(i64),
        /// A top-up, a launch or a stop: zero is so far away now, or nothing spends any more.
        Moves(Option<i64>),
    }

    fn histories() -> impl Strategy<Value = Vec<Happens>> {
        let one = prop_oneof![
            4 => (1..700_i64).prop_map(Happens::Waits),
            1 => prop::option::weighted(0.8, 1..6_000_i64).prop_map(Happens::Moves),
        ];
        prop::collection::vec(one, 1..60)
    }

    proptest! {
        #[test]
        fn each_step_is_told_once_in_its_episode_in_order_and_never_while_zero_is_far(history in histories()) {
            let (mut now, mut zero) = (at(0), None::<Timestamp>);
            let mut episode = Episode { number: 0, told: None };
            let mut told = BTreeMap::<i64, Vec<Step>>::new();
            for happens in history {
                match happens {
                    Happens::Waits(seconds) => now = now.plus_seconds(seconds),
                    Happens::Moves(left) => zero = left.map(|left| now.plus_seconds(left)),
                }
                if zero.is_some_and(|zero| zero <= now) {
                    // The stop: what is told then is told in its own transaction.
                    told.entry(episode.number).or_default().push(Step::Zero);
                    (episode.told, zero) = (Some(Step::Zero), None);
                }
                episode = episode.with_zero(zero, now);
                let wakes = episode.next_at(zero, now).is_some_and(|at| at <= now);
                let due = episode.due(zero, now);
                prop_assert_eq!(wakes, due.is_some(), "who sleeps tells nothing, and who wakes has something to tell");
                if let Some(step) = due {
                    let left = zero.map_or(i64::MAX, |zero| zero.seconds_since(now));
                    let most = if step == Step::M10 { LAST_WARNING_S } else { FIRST_WARNING_S };
                    prop_assert!(left <= most);
                    told.entry(episode.number).or_default().push(step);
                    episode.told = Some(step);
                }
                let is_near = zero.is_some_and(|zero| zero.seconds_since(now) <= FIRST_WARNING_S);
                prop_assert!(!is_near || episode.told.is_some(), "nobody comes near zero untold");
            }
            for steps in told.values() {
                prop_assert!(steps.is_sorted_by(|one, next| one < next), "{:?}", steps);
            }
        }

        #[test]
        fn a_lot_is_told_of_once_at_each_step_whenever_one_looks(
            days in 1..60_i64, waits in prop::collection::vec(1..9 * DAY_S, 1..40),
        ) {
            let lot = lot(days);
            let (mut now, mut told_through, mut told) = (at(0), None, Vec::new());
            for wait in waits {
                now = now.plus_seconds(wait);
                let wakes = next_of_lots(std::slice::from_ref(&lot), told_through, now).is_some_and(|at| at <= now);
                let due = due_of_lot(&lot, told_through, now);
                prop_assert_eq!(wakes, due.is_some());
                if let Some(step) = due {
                    let left = days * DAY_S - now.seconds_since(at(0));
                    prop_assert!(0 < left && left <= step.days() * DAY_S);
                    told.push(step.days());
                    told_through = Some(now);
                }
            }
            prop_assert!(told.is_sorted_by(|one, next| one > next), "{:?}", told);
            prop_assert!(told.iter().all(|step| *step < days));
        }
    }

    #[test]
    fn a_lot_of_sixty_days_is_told_of_thirty_seven_and_one_before_its_end() {
        let due = |day, told_through: i64| due_of_lot(&lot(60), Some(at(told_through * DAY_S)), at(day * DAY_S));
        assert_eq!(due(29, 0), None);
        assert_eq!(due(30, 0), Some(LotStep::Month));
        assert_eq!(due(52, 30), None);
        assert_eq!(due(53, 30), Some(LotStep::Week));
        assert_eq!(due(59, 53), Some(LotStep::Day));
        assert_eq!(due(59, 0), Some(LotStep::Day), "what was missed is not made up for");
        assert_eq!(due(60, 0), None, "it is over");
    }

    #[test]
    fn a_little_more_money_does_not_begin_to_warn_anew_and_much_does() {
        let told = Episode { number: 4, told: Some(Step::M30) };
        assert_eq!(told.with_zero(Some(at(FIRST_WARNING_S + SLACK_S)), at(0)), told);
        let next = Episode { number: 5, told: None };
        assert_eq!(told.with_zero(Some(at(FIRST_WARNING_S + SLACK_S + 1)), at(0)), next);
        assert_eq!(told.with_zero(None, at(0)), next);
        assert_eq!(next.with_zero(None, at(0)), next, "what was not told of is no episode");
    }

    #[test]
    fn every_step_is_found_by_its_word() {
        assert!(Step::ALL.into_iter().all(|step| Step::of_word(step.word()) == Some(step)));
        assert_eq!(Step::of_word("lot_1"), None);
    }
}
