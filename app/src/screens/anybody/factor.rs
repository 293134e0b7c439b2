//! The second step of signing in: a code of the authenticator, a recovery code, or a passkey.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{
        PENDING_MINUTES, Token,
        factors::{self, Waiting},
    },
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Query, Refused, Signed, cookies};
use types::Code;

use super::{
    entered::{Came, PENDING, let_in, session},
    passkey::{self, again, answered, ask, party},
    sheet::{back, finished, narrow},
};
use crate::{
    Page, Visit,
    components::{Button, Field, Form as FormView, Heading, PasskeyForm, hidden},
    flash::own_address,
};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    r#return: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Shown {
    code: String,
    r#return: Option<String>,
}

/// The form.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Page, Refused> {
    let pending = pending(&portal, &headers);
    Ok(match factors::waiting(&portal.db, pending, now).await? {
        Some(waiting) => page(&portal, &visit, &waiting, own_address(back.r#return.as_deref()), None),
        None => late(&visit),
    })
}

/// Takes the code, opens the session and goes on.
pub(crate) async fn finish(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    headers: HeaderMap,
    Form(shown): Form<Shown>,
) -> Result<Response, Refused> {
    let pending = pending(&portal, &headers);
    let Some(waiting) = factors::waiting(&portal.db, pending, now).await? else {
        return Ok(late(&visit).into_response());
    };
    let from = session(&visit, client, String::new(), String::new());
    let back = own_address(shown.r#return.as_deref());
    let token = match portal.finish_sign_in(pending, &shown.code, &from, now).await {
        Ok(token) => token,
        Err(refused) if matches!(refused.refusal().code, Code::WrongFactor | Code::TooManyRequests) => {
            return Ok(page(&portal, &visit, &waiting, back, Some(&refused)).into_response());
        }
        Err(refused) if matches!(refused.error(), Error::NotFound) => return Ok(late(&visit).into_response()),
        Err(refused) => return Err(refused),
    };
    finished_in(&portal, &token, Came { back, address: &from.address, before, now }).await
}

/// Asks for a passkey of theirs.
pub(crate) async fn begin_passkey(
    State(portal): State<Portal>,
    Now(now): Now,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let asked = factors::begin_second(&portal.db, &party(&portal)?, pending(&portal, &headers), now).await?;
    Ok(ask(&portal.settings, asked))
}

/// Takes the passkey, opens the session and goes on.
pub(crate) async fn finish_with_passkey(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    headers: HeaderMap,
    Form(shown): Form<passkey::Shown>,
) -> Result<Response, Refused> {
    let from = session(&visit, client, String::new(), String::new());
    let back = own_address(shown.r#return.as_deref());
    let both = (pending(&portal, &headers), answered(&portal.settings, &headers, &shown.credential));
    match factors::finish_with_passkey(&portal.db, &party(&portal)?, both, &from, now).await {
        Ok(token) => finished_in(&portal, &token, Came { back, address: &from.address, before, now }).await,
        Err(Error::NotFound) => Ok(late(&visit).into_response()),
        Err(error) => again(&portal, &visit.words, error, "/sign-in/factor", back),
    }
}

/// In, and nothing waits any more.
async fn finished_in(portal: &Portal, token: &Token, came: Came<'_>) -> Result<Response, Refused> {
    let mut response = let_in(portal, token, came, None).await?;
    let gone = cookies::forget(&portal.settings, PENDING);
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

/// What names the sign-in that waits; empty where none does.
fn pending<'a>(portal: &Portal, headers: &'a HeaderMap) -> &'a str {
    cookies::read(&portal.settings, headers, PENDING).unwrap_or_default()
}

fn page(portal: &Portal, visit: &Visit, waiting: &Waiting, back_to: Option<&str>, refused: Option<&Refused>) -> Page {
    let (words, are_made) = (&visit.words, portal.party().is_some());
    let view = || view(words, (waiting, are_made), back_to, refused);
    finished(Page::bare(visit, back(words), &say!(words, "factor-title"), view), refused)
}

fn view(
    words: &Words,
    (waiting, are_made): (&Waiting, bool),
    back_to: Option<&str>,
    refused: Option<&Refused>,
) -> AnyView {
    let passkey = (are_made && waiting.has_passkey).then(|| {
        let form = PasskeyForm::show("/sign-in/factor/passkey", "/sign-in/factor/passkey/begin");
        let back = back_to.map(|back| hidden("return", back));
        form.around(words, back.into_any(), Button::new(say!(words, "passkey-show")).big())
    });
    let fields = view! {
        {back_to.map(|back| hidden("return", back))}
        {code_field(words, waiting.has_totp, refused).view()}
        {Button::new(say!(words, "nav-sign-in")).primary().big().submit()}
    };
    let heading = Heading::new(say!(words, "factor-title"));
    let heading = heading.beneath(say!(words, "factor-beneath", email = waiting.email.as_str()));
    let form = FormView::post("/sign-in/factor").around(fields.into_any());
    narrow(heading, view! { <div class="stack">{passkey}{form}</div> }.into_any())
}

/// The field for a code of either kind, with why the last one was not taken.
pub(super) fn code_field(words: &Words, has_totp: bool, refused: Option<&Refused>) -> Field {
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let (label, hint) = match has_totp {
        true => (say!(words, "factor-code"), say!(words, "factor-code-hint")),
        false => (say!(words, "factor-recovery-code"), say!(words, "factor-recovery-code-hint")),
    };
    Field::text("code", label).hint(hint).error(error).autocomplete("one-time-code").required()
}

/// There is no such sign-in any more: why is nobody's business.
fn late(visit: &Visit) -> Page {
    let words = &visit.words;
    let view = || {
        let again = Button::new(say!(words, "nav-sign-in")).primary().to("/sign-in");
        let heading = Heading::new(say!(words, "factor-late"));
        let heading = heading.beneath(say!(words, "factor-late-means", n = PENDING_MINUTES));
        view! { <div class="narrow">{heading.view()}<div class="row">{again}</div></div> }.into_any()
    };
    Page::bare(visit, back(words), &say!(words, "factor-late"), view).private().with_status(StatusCode::GONE)
}
