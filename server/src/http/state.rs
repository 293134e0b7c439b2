//! What all handlers share beyond the portal.

use std::sync::Arc;

use axum::extract::FromRef;
use session::Portal;
use tokio_util::sync::CancellationToken;

use super::metrics::Metrics;

/// Cheap to clone; one for each process.
#[derive(Clone, Debug)]
pub struct State {
    /// Database, clock and settings.
    pub portal: Portal,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Cancelled when the program ends, so that streams close and do not hold it up.
    pub stop: CancellationToken,
}

impl State {
    /// The state of a process that ends when `stop` is cancelled.
    #[must_use]
    pub fn new(portal: Portal, stop: CancellationToken) -> Self {
        Self { portal, metrics: Arc::default(), stop }
    }
}

impl FromRef<State> for Portal {
    fn from_ref(state: &State) -> Self {
        state.portal.clone()
    }
}
