//! What the screens' handlers share.

use axum::extract::FromRef;
use session::Portal;

use crate::Site;

/// The state of the screens; cheap to clone.
#[derive(Clone, Debug)]
pub struct Screens {
    /// Database, clock and settings.
    pub portal: Portal,
    /// The built files.
    pub site: Site,
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
