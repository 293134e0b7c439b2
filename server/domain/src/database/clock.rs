//! Where a request's or a worker's one `now` comes from.

use std::sync::{Arc, Mutex, PoisonError};

use types::Timestamp;

/// The system's time, or one that a test moves.
#[derive(Clone, Debug)]
pub enum Clock {
    /// What the machine says.
    System,
    /// What was set.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at `now` until it is moved.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self::Set(Arc::new(Mutex::new(now)))
    }

    /// The instant to use for one request or one tick.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => jiff::Timestamp::now().into(),
            Self::Set(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a clock that was set; the system's stays as it is.
    pub fn set(&self, to: Timestamp) {
        if let Self::Set(now) = self {
            *now.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }
}
