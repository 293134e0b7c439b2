//! How a browser's reader wants pages: in which language and colours.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};

use crate::{Portal, Settings, cookies};

/// What the request says of its reader; the account's own choice stands in the [`domain::access::Person`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The language chosen in this browser.
    pub locale: Option<String>,
    /// The languages that the browser asks for.
    pub accept_language: Option<String>,
    /// The colours chosen in this browser.
    pub theme: Option<String>,
    /// Path and query of the request, for coming back to it.
    pub here: String,
}

impl Reader {
    /// What a request's head says.
    #[must_use]
    pub fn of(settings: &Settings, parts: &Parts) -> Self {
        let cookie = |name| cookies::read(settings, &parts.headers, name).map(str::to_owned);
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let uri = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |original| &original.0);
        Self {
            locale: cookie(cookies::LOCALE),
            accept_language: accepted.map(str::to_owned),
            theme: cookie(cookies::THEME),
            here: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        }
    }
}

impl<S> FromRequestParts<S> for Reader
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&Portal::from_ref(state).settings, parts))
    }
}
