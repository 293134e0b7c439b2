//! Making a visit of a request: language, colours, message, address.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use messages::{Locale, Words};
use session::{Portal, Reader, Signed};

use crate::{Flash, Site, Visit, components::Theme};

/// The zone that times are written in on screens: the hub's own, as on its invoices.
const ZONE: &str = "Africa/Casablanca";

impl Visit {
    /// The visit of a reader whose account asks for the language `account`, where it is known.
    #[must_use]
    pub fn of(portal: &Portal, site: &Site, reader: &Reader, account: Option<&str>) -> Self {
        let account = account.and_then(Locale::of_tag);
        let locale = Locale::choose(reader.locale.as_deref(), account, reader.accept_language.as_deref());
        Self {
            words: Words::new(locale, ZONE),
            theme: reader.theme.as_deref().map(Theme::of_word).unwrap_or_default(),
            here: reader.here.clone(),
            flash: None,
            simulated: portal.settings.simulated,
            site: site.clone(),
        }
    }
}

impl<S> FromRequestParts<S> for Visit
where
    Portal: FromRef<S>,
    Site: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        // A page that anybody may see is shown even when the look-up of the session fails.
        let signed = <Signed as FromRequestParts<S>>::from_request_parts(parts, state).await;
        let account = signed.ok().and_then(|Signed(actor)| actor.person().locale.clone());
        let (portal, site) = (Portal::from_ref(state), Site::from_ref(state));
        let visit = Self::of(&portal, &site, &Reader::of(parts), account.as_deref());
        Ok(Self { flash: Flash::brought(&parts.headers), ..visit })
    }
}
