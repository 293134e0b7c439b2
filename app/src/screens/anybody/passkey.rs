//! Signing in with a passkey alone, and what every ceremony keeps in the browser.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::factors::{Answered, Asked, CEREMONY_MINUTES, RelyingParty},
};
use messages::Words;
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Refused, Settings, Signed, cookies};

use super::entered::{Came, let_in, session};
use crate::{
    Flash, Visit,
    flash::{own_address, redirect},
};

/// What names a ceremony; only the browser that was asked has it.
const CEREMONY: &str = "tamuda-ceremony";

/// What the form sends once the browser has filled it.
#[derive(Deserialize)]
pub(crate) struct Shown {
    pub(super) credential: String,
    pub(super) r#return: Option<String>,
}

/// Asks for any passkey.
pub(crate) async fn begin(State(portal): State<Portal>, Now(now): Now, client: Client) -> Result<Response, Refused> {
    let asked = portal.ask_for_passkey(&client.address.to_string(), now).await?;
    Ok(ask(&portal.settings, asked))
}

/// Takes it and goes on.
pub(crate) async fn sign_in(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    headers: HeaderMap,
    Form(shown): Form<Shown>,
) -> Result<Response, Refused> {
    let back = own_address(shown.r#return.as_deref());
    let from = session(&visit, client, String::new(), String::new());
    let answered = answered(&portal.settings, &headers, &shown.credential);
    match portal.sign_in_with_passkey(answered, &from, now).await {
        Ok(token) => let_in(&portal, &token, Came { back, address: &from.address, before, now }, None).await,
        Err(error) => again(&portal, &visit.words, error, "/sign-in", back),
    }
}

/// For whom passkeys are made; where browsers make none, these addresses are not there.
pub(super) fn party(portal: &Portal) -> Result<RelyingParty, Refused> {
    portal.party().ok_or_else(|| Error::NotFound.into())
}

/// The question, for the page's script; the cookie names it.
pub(super) fn ask(settings: &Settings, asked: Asked) -> Response {
    let cookie = cookies::set(settings, CEREMONY, asked.token.reveal(), CEREMONY_MINUTES * 60);
    ([(header::SET_COOKIE, cookie)], Json(asked.options)).into_response()
}

/// The answer, with what names its question.
pub(super) fn answered<'a>(settings: &Settings, headers: &'a HeaderMap, credential: &'a str) -> Answered<'a> {
    Answered { token: cookies::read(settings, headers, CEREMONY).unwrap_or_default(), credential }
}

/// Back to the page with why the passkey was not taken.
pub(super) fn again(
    portal: &Portal,
    words: &Words,
    error: Error,
    page: &str,
    back: Option<&str>,
) -> Result<Response, Refused> {
    let refused = Refused::from(error);
    if !matches!(refused.error(), Error::WrongFactor) {
        return Err(refused);
    }
    let said = words.refusal(&refused.refusal());
    let query = back.and_then(|back| serde_urlencoded::to_string([("return", back)]).ok());
    let page = query.map_or_else(|| page.to_owned(), |query| format!("{page}?{query}"));
    Ok(redirect(&portal.settings, &page, Flash::refused(said.message).then(said.hint)))
}
