//! When a letter that did not leave is tried again.

use types::Timestamp;

/// Between the first try and the second.
const FIRST_WAIT_S: i64 = 60;
/// At most between two.
const LONGEST_WAIT_S: i64 = 6 * 3600;

/// When the next try is, after so many; nothing when the letter is of no use any more by then.
pub(super) fn next_try(n_attempts: i32, useful_until: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let doublings = u32::try_from(n_attempts - 1).unwrap_or(0).min(20);
    let wait = (FIRST_WAIT_S << doublings).min(LONGEST_WAIT_S);
    Some(now.plus_seconds(wait)).filter(|next| *next < useful_until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        "2026-11-01T00:00:00Z".parse::<Timestamp>().unwrap().plus_seconds(seconds)
    }

    #[test]
    fn each_wait_is_twice_the_one_before_and_none_is_longer_than_six_hours() {
        let waits = (1..12).map(|n| next_try(n, at(1_000_000), at(0)).unwrap().seconds_since(at(0)));
        let expected = [60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600];
        assert_eq!(waits.collect::<Vec<_>>(), expected);
        assert!(next_try(i32::MAX, at(1_000_000), at(0)).is_some());
    }

    #[test]
    fn a_letter_of_no_use_is_not_tried_again() {
        assert_eq!(next_try(1, at(60), at(0)), None);
        assert_eq!(next_try(1, at(61), at(0)), Some(at(60)));
    }
}
