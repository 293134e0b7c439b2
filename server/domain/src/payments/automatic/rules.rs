//! Whether a top-up begins now. Pure.

use types::Timestamp;

/// How often the money is looked at, in seconds.
const LOOK_EACH_S: i64 = 60;
/// So long after one began the next may, in seconds; the database's constraint says the same.
pub(super) const APART_S: i64 = 3600;
/// So many refusals in a row pause it.
pub(super) const MOST_DECLINES: i32 = 2;

/// What one looks at; money in minor units where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// What is left once usage up to now is paid, in micro-units.
    pub(super) left_micros: i64,
    /// It begins once less is left, in micro-units.
    pub(super) below_micros: i64,
    pub(super) amount: i64,
    pub(super) monthly_limit: i64,
    /// What the month has taken.
    pub(super) spent: i64,
    /// Whether one is not over.
    pub(super) is_awaited: bool,
    /// Until when the last one keeps others from beginning.
    pub(super) held_until: Option<Timestamp>,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One begins.
    Start,
    /// None does; it is looked at again then.
    Wait(Timestamp),
}

/// Decides.
pub(super) fn verdict(facts: Facts, now: Timestamp) -> Verdict {
    if let Some(until) = facts.held_until.filter(|until| *until > now) {
        return Verdict::Wait(until);
    }
    if facts.left_micros >= facts.below_micros || facts.is_awaited {
        return Verdict::Wait(now.plus_seconds(LOOK_EACH_S));
    }
    match facts.spent.checked_add(facts.amount) {
        Some(sum) if sum <= facts.monthly_limit => Verdict::Start,
        // Somebody raises the limit, which looks at once, or the month ends.
        _ => Verdict::Wait(now.plus_seconds(APART_S)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_790_000_000)
    }

    fn facts() -> Facts {
        Facts {
            left_micros: 4,
            below_micros: 5,
            amount: 100,
            monthly_limit: 300,
            spent: 200,
            is_awaited: false,
            held_until: None,
        }
    }

    #[test]
    fn one_begins_below_the_threshold_up_to_the_limit_and_not_within_an_hour() {
        assert_eq!(verdict(facts(), now()), Verdict::Start);
        assert_eq!(verdict(Facts { held_until: Some(now()), ..facts() }, now()), Verdict::Start);
        for other in [
            Facts { left_micros: 5, ..facts() },
            Facts { spent: 201, ..facts() },
            Facts { spent: i64::MAX, ..facts() },
            Facts { is_awaited: true, ..facts() },
            Facts { held_until: Some(now().plus_seconds(1)), ..facts() },
        ] {
            assert_ne!(verdict(other, now()), Verdict::Start, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn whoever_waits_looks_again_later(left in -9..9_i64, spent in 0..500_i64, held in prop::option::of(-9..9_i64)) {
            let held_until = held.map(|seconds| now().plus_seconds(seconds));
            match verdict(Facts { left_micros: left, spent, held_until, ..facts() }, now()) {
                Verdict::Wait(at) => prop_assert!(at > now()),
                Verdict::Start => prop_assert!(left < 5 && spent + 100 <= 300),
            }
        }
    }
}
