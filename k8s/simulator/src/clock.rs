//! The simulator's time: the machine's, or one that a test moves by hand. Everything that waits asks here.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// Tells the time and waits for it; clones share one time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Stepped(Arc<watch::Sender<Timestamp>>),
}

impl Clock {
    /// The machine's own time.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A time that begins at `start` and stands still until [`Clock::advance`].
    pub fn stepped(start: Timestamp) -> Self {
        Self(Source::Stepped(Arc::new(watch::Sender::new(start))))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp::now(),
            Source::Stepped(time) => *time.borrow(),
        }
    }

    /// Moves a stepped clock forward; answers false for the system's, which nobody moves.
    pub fn advance(&self, by: Duration) -> bool {
        let Source::Stepped(time) = &self.0 else { return false };
        time.send_modify(|now| *now = after(*now, by));
        true
    }

    /// When something that was due at `due` really happens: a stepped clock may have jumped past it, the system's
    /// clock runs while a machine sleeps, and then nothing happened at `due`.
    pub(crate) fn moment(&self, due: Timestamp) -> Timestamp {
        match &self.0 {
            Source::System => self.now(),
            Source::Stepped(_) => due.min(self.now()),
        }
    }

    /// Waits until the time is `at`.
    pub(crate) async fn reach(&self, at: Timestamp) {
        match &self.0 {
            Source::System => {
                while let Ok(left) = Duration::try_from(at.duration_since(Timestamp::now()))
                    && !left.is_zero()
                {
                    tokio::time::sleep(left).await;
                }
            }
            Source::Stepped(time) => {
                let reached = time.subscribe().wait_for(|now| *now >= at).await.is_ok();
                if !reached {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

/// `at` and `by` later; stays put where the calendar ends.
pub(crate) fn after(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(at)
}

/// `at` as Kubernetes writes a `Time`: whole seconds.
pub(crate) fn seconds(at: Timestamp) -> String {
    format!("{:.0}", Timestamp::from_second(at.as_second()).unwrap_or(at))
}

/// `at` as Kubernetes writes a `MicroTime`.
pub(crate) fn micros(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// Reads a time that Kubernetes wrote.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}
