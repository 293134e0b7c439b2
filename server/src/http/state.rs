//! What all handlers share beyond the portal.

use std::{fmt, sync::Arc};

use app::Screens;
use axum::extract::FromRef;
use domain::instances::LogSource;
use session::Portal;
use tokio_util::sync::CancellationToken;

use super::{
    events::{Hinter, Snapshots, Streams},
    metrics::Metrics,
};

/// Cheap to clone; one for each process.
#[derive(Clone, Debug)]
pub struct State {
    /// Database, clock and settings.
    pub portal: Portal,
    /// What the screens need.
    pub screens: Screens,
    /// Where logs are read.
    pub logs: Logs,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Open event streams.
    pub streams: Streams,
    /// What event streams show.
    pub snapshots: Snapshots,
    /// What event streams wait for.
    pub hinter: Hinter,
    /// Cancelled when the program ends, so that streams close and do not hold it up.
    pub stop: CancellationToken,
}

/// The port to what containers write; cheap to clone.
#[derive(Clone)]
pub struct Logs(pub Arc<dyn LogSource>);

impl fmt::Debug for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Logs(…)")
    }
}

impl State {
    /// The state of a process that ends when `stop` is cancelled; begins to listen to hints.
    #[must_use]
    pub fn new(screens: Screens, logs: Logs, hinter: Hinter, stop: CancellationToken) -> Self {
        let portal = screens.portal.clone();
        hinter.start(&portal.db, &stop);
        let (streams, snapshots) = (Streams::default(), Snapshots::default());
        Self { portal, screens, logs, metrics: Arc::default(), streams, snapshots, hinter, stop }
    }
}

impl FromRef<State> for Portal {
    fn from_ref(state: &State) -> Self {
        state.portal.clone()
    }
}
