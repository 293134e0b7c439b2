//! A value from outside, fetched by one at a time and kept for a while. These times are the machine's, not those of the
//! portal's clock.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::Mutex;

use super::Error;

/// How long a value is good.
const LIFETIME: Duration = Duration::from_secs(3600);
/// How long a failure is: whoever waited for it, and whoever comes right after, does not wait for another.
const PAUSE: Duration = Duration::from_secs(2);
/// How long after asking again before its time one may do so once more.
const INTERVAL: Duration = Duration::from_secs(60);

/// A value that is fetched when it is needed.
#[derive(Debug)]
pub(super) struct Kept<T>(Mutex<Slot<T>>);

#[derive(Debug)]
struct Slot<T> {
    last: Option<(Result<Arc<T>, Error>, Instant)>,
    asked_again_at: Option<Instant>,
}

impl<T> Kept<T> {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self(Mutex::new(Slot { last: None, asked_again_at: None }))
    }

    /// The value, which `fetch` gets when there is none or it is old.
    pub(super) async fn get(&self, fetch: impl Future<Output = Result<T, Error>>) -> Result<Arc<T>, Error> {
        // Held while fetching: others wait for this one.
        let mut slot = self.0.lock().await;
        if let Some((value, at)) = &slot.last
            && is_fresh(value.is_ok(), at.elapsed())
        {
            return value.clone();
        }
        let value = fetch.await.map(Arc::new);
        slot.last = Some((value.clone(), Instant::now()));
        value
    }

    /// A newer value than the one that was `seen`; the same when nobody may ask again yet.
    pub(super) async fn newer(
        &self,
        seen: &Arc<T>,
        fetch: impl Future<Output = Result<T, Error>>,
    ) -> Result<Arc<T>, Error> {
        let mut slot = self.0.lock().await;
        if let Some((Ok(value), _)) = &slot.last
            && !Arc::ptr_eq(value, seen)
        {
            return Ok(Arc::clone(value));
        }
        if !may_ask_again(slot.asked_again_at.map(|at| at.elapsed())) {
            return Ok(Arc::clone(seen));
        }
        slot.asked_again_at = Some(Instant::now());
        let value = Arc::new(fetch.await?);
        slot.last = Some((Ok(Arc::clone(&value)), Instant::now()));
        Ok(value)
    }
}

fn is_fresh(is_value: bool, age: Duration) -> bool {
    age < if is_value { LIFETIME } else { PAUSE }
}

fn may_ask_again(since: Option<Duration>) -> bool {
    since.is_none_or(|since| since >= INTERVAL)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn a_value_is_good_for_an_hour_a_failure_for_a_moment_and_one_asks_again_each_minute() {
        let seconds = Duration::from_secs;
        assert!(is_fresh(true, seconds(3599)) && !is_fresh(true, seconds(3600)));
        assert!(is_fresh(false, seconds(1)) && !is_fresh(false, seconds(2)));
        assert!(may_ask_again(None) && may_ask_again(Some(seconds(60))) && !may_ask_again(Some(seconds(59))));
    }

    #[tokio::test]
    async fn a_crowd_fetches_once_and_asks_again_once() {
        let (kept, n) = (Kept::new(), AtomicU32::new(0));
        let fetch = async || {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(n.fetch_add(1, Ordering::Relaxed))
        };
        let (a, b, c) = tokio::join!(kept.get(fetch()), kept.get(fetch()), kept.get(fetch()));
        let seen = a.unwrap();
        assert_eq!((*seen, *b.unwrap(), *c.unwrap()), (0, 0, 0));
        let (a, b) = tokio::join!(kept.newer(&seen, fetch()), kept.newer(&seen, fetch()));
        let newer = a.unwrap();
        assert_eq!((*newer, *b.unwrap()), (1, 1));
        assert_eq!(*kept.newer(&newer, fetch()).await.unwrap(), 1);
        assert_eq!(*kept.get(fetch()).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_crowd_waits_for_one_failure() {
        let (kept, n) = (Kept::<u32>::new(), AtomicU32::new(0));
        let fetch = async || {
            tokio::time::sleep(Duration::from_millis(20)).await;
            n.fetch_add(1, Ordering::Relaxed);
            Err(Error::Slow)
        };
        let (a, b) = tokio::join!(kept.get(fetch()), kept.get(fetch()));
        assert_eq!((a, b, n.into_inner()), (Err(Error::Slow), Err(Error::Slow), 1));
    }
}
