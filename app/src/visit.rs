//! Making a visit of a request: language, colours, message, address.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use domain::access::Person;
use messages::{Locale, Words};
use session::{Portal, Reader, Signed};

use crate::{Flash, Site, Visit, components::Theme};

/// The zone that times are written in for who has no other in their account: the hub's own, as on its invoices.
const ZONE: &str = "Africa/Casablanca";

impl Visit {
    /// The visit of a reader, in the language and the time zone of their account, where it is known and asks for one.
    #[must_use]
    pub fn of(portal: &Portal, site: &Site, reader: &Reader, person: Option<&Person>) -> Self {
        let account = person.and_then(|person| person.locale.as_deref()).and_then(Locale::of_tag);
        let zone = person.and_then(|person| person.time_zone.as_deref()).unwrap_or(ZONE);
        let locale = Locale::choose(reader.locale.as_deref(), account, reader.accept_language.as_deref());
        Self {
            words: Words::new(locale, zone),
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
        let person = signed.as_ref().ok().map(|Signed(actor)| actor.person());
        let (portal, site) = (Portal::from_ref(state), Site::from_ref(state));
        let visit = Self::of(&portal, &site, &Reader::of(&portal.settings, parts), person);
        Ok(Self { flash: Flash::brought(&portal.settings, &parts.headers), ..visit })
    }
}
