//! What the screens' handlers share.

use std::{fmt, sync::Arc};

use axum::extract::FromRef;
use domain::instances::LogSource;
use session::Portal;

use crate::Site;

/// The state of the screens; cheap to clone.
#[derive(Clone, Debug)]
pub struct Screens {
    /// Database, clock and settings.
    pub portal: Portal,
    /// The built files.
    pub site: Site,
    /// Where logs are read.
    pub logs: Logs,
}

/// The port to what containers write; cheap to clone.
#[derive(Clone)]
pub struct Logs(pub Arc<dyn LogSource>);

impl fmt::Debug for Logs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Logs(…)")
    }
}

impl FromRef<Screens> for Portal {
    fn from_ref(screens: &Screens) -> Self {
        screens.portal.clone()
    }
}

impl FromRef<Screens> for Site {
    fn from_ref(screens: &Screens) -> Self {
        screens.site.clone()
    }
}

impl FromRef<Screens> for Logs {
    fn from_ref(screens: &Screens) -> Self {
        screens.logs.clone()
    }
}
