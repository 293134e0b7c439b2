//! Language and colours, kept in this browser.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use serde::Deserialize;
use session::{Form, Portal, Settings, cookies};

use crate::{
    components::Theme,
    flash::{own_address, see_other},
};

const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// What a switch sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    locale: Option<String>,
    theme: Option<String>,
    r#return: Option<String>,
}

/// Keeps what was chosen and goes back.
pub(crate) async fn keep(State(portal): State<Portal>, Form(wanted): Form<Wanted>) -> Response {
    let mut response = see_other(own_address(wanted.r#return.as_deref()).unwrap_or("/"));
    let chosen = [(cookies::LOCALE, wanted.locale), (cookies::THEME, wanted.theme)];
    for (name, value) in chosen.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let cookie = cookies::set(&portal.settings, name, &value, YEAR_SECONDS);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The header that keeps the colours in the browser.
pub(super) fn theme(settings: &Settings, theme: Theme) -> HeaderValue {
    cookies::set(settings, cookies::THEME, theme.word(), YEAR_SECONDS)
}
