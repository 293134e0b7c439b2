//! Passwords tried in vain, counted by account and by address, so that guessing is slow. Each replica counts for itself.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::Error;
use types::{Code, Refusal, Timestamp};

use crate::Refused;

/// Tries in vain on one account that are free of waiting.
const FREE_OF_ACCOUNT: u32 = 5;
/// The same from one address, which many people may share.
const FREE_OF_ADDRESS: u32 = 30;
/// The longest wait, in seconds; a count is forgotten after as long without a try.
const LONGEST: i64 = 900;
/// Names that are remembered; the oldest are forgotten first.
const MOST: usize = 20_000;

#[derive(Clone, Copy, Debug)]
struct Count {
    failures: u32,
    last: Timestamp,
}

/// What is counted by: an account or an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tried {
    /// By what was typed, whether or not there is such an account.
    Account(String),
    Address(String),
}

/// Who tried in vain; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Attempts(Arc<Mutex<HashMap<Tried, Count>>>);

impl Attempts {
    /// Refuses while one of the names has to wait; else counts a try in vain for each, before it is known to be one: of
    /// many at once, no more are let through than one after the other.
    pub(crate) fn begin(&self, names: &[Tried], now: Timestamp) -> Result<(), Refused> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait =
            |name: &Tried| counts.get(name).map_or(0, |count| wait(name, *count) - now.seconds_since(count.last));
        if let Some(seconds) = names.iter().map(wait).max().filter(|seconds| *seconds > 0) {
            let refusal = Refusal::new(Code::TooManyRequests, "too-many-attempts").with("seconds", seconds);
            return Err(Error::Refused(Box::new(refusal)).into());
        }
        if counts.len() >= MOST {
            counts.retain(|_, count| now.seconds_since(count.last) < LONGEST);
        }
        if counts.len() >= MOST {
            let oldest = counts.iter().min_by_key(|(_, count)| count.last).map(|(name, _)| name.clone());
            oldest.and_then(|name| counts.remove(&name));
        }
        for name in names {
            let count = counts.entry(name.clone()).or_insert(Count { failures: 0, last: now });
            let forgotten = now.seconds_since(count.last) >= LONGEST;
            *count = Count { failures: if forgotten { 1 } else { count.failures.saturating_add(1) }, last: now };
        }
        Ok(())
    }

    /// Takes back what `begin` counted, where it was not in vain or never came to be tried.
    pub(crate) fn take_back(&self, names: &[Tried]) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            if let Some(count) = counts.get_mut(name) {
                count.failures = count.failures.saturating_sub(1);
            }
        }
    }

    /// Forgets what a name tried.
    pub(crate) fn forget(&self, name: &Tried) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// Seconds from the last try to the next: none, then doubling.
fn wait(name: &Tried, count: Count) -> i64 {
    let free = match name {
        Tried::Account(_) => FREE_OF_ACCOUNT,
        Tried::Address(_) => FREE_OF_ADDRESS,
    };
    match count.failures.checked_sub(free) {
        None => 0,
        Some(beyond) => 2_i64.checked_shl(beyond).filter(|_| beyond < 16).unwrap_or(LONGEST).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str) -> [Tried; 1] {
        [Tried::Account(name.to_owned())]
    }

    #[test]
    fn guessing_gets_slow_and_waiting_helps() {
        let (attempts, mut now) = (Attempts::default(), Timestamp::from_second(0));
        for _ in 0..FREE_OF_ACCOUNT {
            assert!(attempts.begin(&account("a"), now).is_ok());
        }
        assert!(attempts.begin(&account("a"), now).is_err());
        assert!(attempts.begin(&account("b"), now).is_ok(), "others are not held up");
        now = now.plus_seconds(2);
        assert!(attempts.begin(&account("a"), now).is_ok());
        assert!(attempts.begin(&account("a"), now.plus_seconds(3)).is_err());
        attempts.forget(&account("a")[0]);
        assert!(attempts.begin(&account("a"), now).is_ok());
    }

    #[test]
    fn what_is_tried_at_once_is_counted_before_it_is_known_and_what_was_not_in_vain_is_taken_back() {
        let (attempts, now) = (Attempts::default(), Timestamp::from_second(0));
        let n_begun = (0..300).filter(|_| attempts.begin(&account("a"), now).is_ok()).count();
        assert_eq!(n_begun, 5);
        for _ in 0..n_begun {
            attempts.take_back(&account("a"));
        }
        assert!(attempts.begin(&account("a"), now).is_ok());
    }

    #[test]
    fn an_address_is_slowed_down_later_than_an_account_since_many_share_it() {
        let (attempts, now) = (Attempts::default(), Timestamp::from_second(0));
        let from = |account: u32| [Tried::Account(account.to_string()), Tried::Address("192.0.2.1".to_owned())];
        for account in 0..FREE_OF_ADDRESS {
            assert!(attempts.begin(&from(account), now).is_ok(), "{account}");
        }
        assert!(attempts.begin(&from(FREE_OF_ADDRESS), now).is_err());
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour() {
        for failures in [0, 4, 5, 14, 40, u32::MAX] {
            let wait = wait(&account("a")[0], Count { failures, last: Timestamp::from_second(0) });
            assert!((0..=LONGEST).contains(&wait), "{failures}: {wait}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let (attempts, now) = (Attempts::default(), Timestamp::from_second(0));
        for number in 0..MOST + 10 {
            let later = now.plus_seconds(i64::try_from(number).unwrap() / 100);
            attempts.begin(&account(&number.to_string()), later).unwrap();
        }
        assert!(attempts.0.lock().unwrap().len() <= MOST + 1);
    }
}
