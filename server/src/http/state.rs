//! What all handlers share beyond the portal.

use std::sync::Arc;

use app::Screens;
use axum::extract::FromRef;
use session::Portal;
use stripe_gateway::WebhookSecrets;
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
    /// What the screens need, the port to logs among it.
    pub screens: Screens,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Open event streams.
    pub streams: Streams,
    /// What event streams show.
    pub snapshots: Snapshots,
    /// What event streams wait for.
    pub hinter: Hinter,
    /// What Stripe signs its calls with; nothing where it is not to call.
    pub webhooks: Option<Arc<WebhookSecrets>>,
    /// Cancelled when the program ends, so that streams close and do not hold it up.
    pub stop: CancellationToken,
}

impl State {
    /// The state of a process that ends when `stop` is cancelled; begins to listen to hints.
    #[must_use]
    pub fn new(screens: Screens, hinter: Hinter, stop: CancellationToken) -> Self {
        let portal = screens.portal.clone();
        hinter.start(&portal.db, &stop);
        let (streams, snapshots) = (Streams::default(), Snapshots::default());
        Self { portal, screens, metrics: Arc::default(), streams, snapshots, hinter, webhooks: None, stop }
    }

    /// The same, where Stripe may call, by what it signs with.
    #[must_use]
    pub fn hearing(self, webhooks: Option<WebhookSecrets>) -> Self {
        Self { webhooks: webhooks.map(Arc::new), ..self }
    }
}

impl FromRef<State> for Portal {
    fn from_ref(state: &State) -> Self {
        state.portal.clone()
    }
}
