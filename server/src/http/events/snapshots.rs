//! What streams show, read once for all listeners of an organisation and topic.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::clusters::ClusterHeard;
use tokio::{sync::Mutex as AsyncMutex, time::Instant};
use types::{FinaliseRunId, FinaliseRunView, InstanceDetail, InstanceId, InstanceView, OrganisationId, WaitingView};

/// How long what was read serves the next who asks, unless a hint came.
const FRESH: Duration = Duration::from_secs(1);
/// Between two readings of one topic, whatever hints come.
const LEAST: Duration = Duration::from_millis(50);
/// Topics that are remembered before idle ones are forgotten.
const MANY: usize = 2_000;

/// Whose and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// An organisation's instances.
    Instances(OrganisationId),
    /// One instance.
    Instance(OrganisationId, InstanceId),
    /// Everything that waits.
    Waiting,
    /// A finalisation of many drafts.
    Finalising(FinaliseRunId),
}

/// What was read at once.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) shown: Shown,
    pub(super) clusters: Vec<ClusterHeard>,
}

/// What the page shows of it.
#[derive(Debug)]
pub(super) enum Shown {
    /// Rows of a list.
    Rows(Vec<InstanceView>),
    /// An instance.
    Instance(Box<InstanceDetail>),
    /// What waits.
    Waiting(Vec<WaitingView>),
    /// How far a finalisation has come.
    Finalising(Box<FinaliseRunView>),
}

type Slot = Arc<AsyncMutex<Option<(Instant, Arc<Snapshot>)>>>;

/// The snapshots of this process; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Snapshots(Arc<Mutex<HashMap<Key, Slot>>>);

impl Snapshots {
    /// The snapshot of `key`, not older than a second nor than `hinted`; read by whoever asks first.
    pub(super) async fn get<E>(
        &self,
        key: Key,
        hinted: Option<Instant>,
        read: impl AsyncFnOnce() -> Result<Snapshot, E>,
    ) -> Result<Arc<Snapshot>, E> {
        let slot = self.slot(key);
        let mut held = slot.lock().await;
        if let Some((read_at, snapshot)) = &*held {
            let hinted = hinted.is_some_and(|hinted| hinted >= *read_at);
            if read_at.elapsed() < FRESH && !hinted {
                return Ok(snapshot.clone());
            }
            tokio::time::sleep_until(*read_at + LEAST).await;
        }
        // Before the query: what commits while it runs is not in it for sure.
        let read_at = Instant::now();
        let snapshot = Arc::new(read().await?);
        *held = Some((read_at, snapshot.clone()));
        Ok(snapshot)
    }

    fn slot(&self, key: Key) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MANY {
            // A slot that only the map holds has no listener now.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        slots.entry(key).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    async fn ask(snapshots: &Snapshots, hinted: Option<Instant>, readings: &AtomicUsize) {
        let read = async || {
            readings.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(Snapshot { shown: Shown::Waiting(Vec::new()), clusters: Vec::new() })
        };
        let Ok(_) = snapshots.get(Key::Waiting, hinted, read).await;
    }

    #[tokio::test]
    async fn listeners_share_a_reading_until_a_hint_or_a_second() {
        let (snapshots, readings) = (Snapshots::default(), AtomicUsize::new(0));
        for _ in 0..5 {
            ask(&snapshots, None, &readings).await;
        }
        assert_eq!(readings.load(Ordering::Relaxed), 1, "one for all");
        let hinted = Instant::now();
        for _ in 0..5 {
            ask(&snapshots, Some(hinted), &readings).await;
        }
        assert_eq!(readings.load(Ordering::Relaxed), 2, "one for all that heard the hint");
        tokio::time::sleep(FRESH).await;
        ask(&snapshots, None, &readings).await;
        assert_eq!(readings.load(Ordering::Relaxed), 3, "a second is over");
    }
}
