//! This replica's share in the hints: what it raises is told at most every 20 ms, what it hears wakes its streams.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{Database, Hint};
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

use super::heard::Heard;

/// Between two tellings.
const PAUSE: Duration = Duration::from_millis(20);
/// Before listening again after the connection was lost; streams look by themselves meanwhile.
const AGAIN: Duration = Duration::from_secs(1);

/// Raises and hears hints; cheap to clone.
#[derive(Clone, Debug)]
pub struct Hinter {
    raised: Arc<Mutex<BTreeSet<Hint>>>,
    wake: Arc<Notify>,
    wishes: Arc<Notify>,
    told: broadcast::Sender<Hint>,
    heard: Heard,
}

impl Default for Hinter {
    fn default() -> Self {
        let told = broadcast::channel(256).0;
        Self { raised: Arc::default(), wake: Arc::default(), wishes: Arc::default(), told, heard: Heard::default() }
    }
}

impl Hinter {
    /// Says that something may have changed, after the commit that changed it.
    pub fn raise(&self, hint: Hint) {
        if let Hint::Instances(_) = hint {
            // The leader is most often this process: it need not wait for its own telling.
            self.wishes.notify_one();
        }
        let mut raised = self.raised.lock().unwrap_or_else(PoisonError::into_inner);
        if let Hint::Heard(cluster, _) = hint {
            // A later word of a cluster takes the place of one that was not told yet.
            raised.retain(|other| !matches!(other, Hint::Heard(same, _) if *same == cluster));
        }
        raised.insert(hint);
        drop(raised);
        self.wake.notify_one();
    }

    /// Told when an organisation may have wished something, on any replica.
    #[must_use]
    pub fn wishes(&self) -> Arc<Notify> {
        Arc::clone(&self.wishes)
    }

    /// Every hint from now on, from any replica.
    pub(super) fn listen(&self) -> broadcast::Receiver<Hint> {
        self.told.subscribe()
    }

    /// The last word of each cluster.
    pub(super) fn heard(&self) -> &Heard {
        &self.heard
    }

    /// Tells and hears until `stop`.
    pub fn start(&self, db: &Database, stop: &CancellationToken) {
        let (telling, hearing) = (self.clone(), self.clone());
        let (tell_db, hear_db) = (db.clone(), db.clone());
        let (tell_stop, hear_stop) = (stop.clone(), stop.clone());
        tokio::spawn(async move { tell_stop.run_until_cancelled(telling.tell(&tell_db)).await });
        tokio::spawn(async move { hear_stop.run_until_cancelled(hearing.hear(&hear_db)).await });
    }

    async fn tell(&self, db: &Database) {
        loop {
            self.wake.notified().await;
            let hints: Vec<Hint> = {
                let mut raised = self.raised.lock().unwrap_or_else(PoisonError::into_inner);
                std::mem::take(&mut *raised).into_iter().collect()
            };
            // A hint that is lost costs a second: streams look by themselves.
            if let Err(error) = db.hint(&hints).await {
                tracing::debug!(%error, "a hint was not told");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn hear(&self, db: &Database) {
        loop {
            match db.hints().await {
                Ok(mut hints) => {
                    while let Ok(hint) = hints.next().await {
                        self.take(hint);
                    }
                }
                Err(error) => tracing::debug!(%error, "hints are not heard"),
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    fn take(&self, hint: Hint) {
        match hint {
            // A word without news wakes nobody: streams say its age when they look.
            Hint::Heard(cluster, at) => return self.heard.note(cluster, at),
            Hint::Instances(_) => self.wishes.notify_one(),
            Hint::Cluster => {}
        }
        // Nobody listening is no error.
        let _ = self.told.send(hint);
    }
}
