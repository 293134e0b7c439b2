//! What every handler shares: the database, the clock and the settings.

use std::sync::Arc;

use domain::{Clock, Database};

use crate::Networks;

/// The state that the extractors need; cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The pools of the three roles.
    pub db: Database,
    /// Where each request's one `now` comes from.
    pub clock: Clock,
    /// What was set when the program started.
    pub settings: Arc<Settings>,
}

/// What handlers need to know of the installation's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address under which people reach the portal, without a slash at the end: `https://gpu.example.org`.
    pub base_url: String,
    /// Proxies whose word on the client's address counts.
    pub trusted_proxies: Networks,
    /// Whether the cluster is simulated, which every page says.
    pub simulated: bool,
}

impl Settings {
    /// Whether browsers reach the portal over TLS, so that its cookies are for TLS alone.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}
