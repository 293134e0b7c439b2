//! One's own passkeys: adding one, and forgetting one.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::access::factors::{self, PasskeyView};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form, Now, Path, Portal, Refused, Signed};
use types::{PasskeyId, Timestamp};

use super::{HERE, answer, codes};
use crate::{
    Flash, Visit,
    components::{Button, Card, Column, Field, PasskeyForm, Row, Table, nothing, text, time},
    flash::redirect,
    screens::anybody::{
        passkey::{answered, ask, party},
        prove,
    },
};

/// What the form sends once the browser has filled it.
#[derive(Deserialize)]
pub(crate) struct Made {
    credential: String,
    name: String,
}

/// Asks for a new one.
pub(crate) async fn begin(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    match factors::begin_passkey(&portal.db, &party(&portal)?, &actor, recent, now).await {
        Ok(asked) => Ok(ask(&portal.settings, asked)),
        Err(error) => answer(&portal, &visit.words, Err(error)),
    }
}

/// Keeps it.
pub(crate) async fn add(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    headers: HeaderMap,
    Form(made): Form<Made>,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    let words = &visit.words;
    let answered = answered(&portal.settings, &headers, &made.credential);
    let named = (answered, made.name.as_str(), words.locale().tag());
    let done = Flash::done(say!(words, "passkey-added")).then(say!(words, "factor-told"));
    match factors::add_passkey(&portal.db, &party(&portal)?, &actor, recent, named, now).await {
        Ok(Some(codes)) => Ok(codes::page(&visit, Some(done), &codes).into_response()),
        Ok(None) => Ok(redirect(&portal.settings, HERE, done)),
        Err(error) => answer(&portal, words, Err(error)),
    }
}

/// Forgets it.
pub(crate) async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Path(passkey): Path<PasskeyId>,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    let words = &visit.words;
    let which = (passkey, words.locale().tag());
    let outcome = factors::remove_passkey(&portal.db, &actor, recent, which, now).await;
    let done = Flash::done(say!(words, "passkey-removed")).then(say!(words, "passkey-removed-means"));
    answer(&portal, words, outcome.map(|()| done))
}

/// The list, and the form for one more; where browsers make none, why.
pub(super) fn card(words: &Words, passkeys: Vec<PasskeyView>, are_made: bool, now: Timestamp) -> AnyView {
    let list = (!passkeys.is_empty()).then(|| table(words, passkeys, now));
    let more = match are_made {
        true => {
            let name = Field::text("name", say!(words, "passkey-name")).hint(say!(words, "passkey-name-hint"));
            PasskeyForm::create("/factors/passkeys", "/factors/passkeys/begin").around(
                words,
                name.required().view(),
                Button::new(say!(words, "passkey-add")),
            )
        }
        false => view! { <p class="sm soft">{say!(words, "passkeys-nowhere")}</p> }.into_any(),
    };
    let body = view! { <div class="stack"><p class="soft">{say!(words, "passkeys-means")}</p>{list}{more}</div> };
    Card::titled(say!(words, "passkeys")).id("passkeys").body(body.into_any())
}

fn table(words: &Words, passkeys: Vec<PasskeyView>, now: Timestamp) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "passkey-name")),
        Column::new(say!(words, "passkey-added-at")),
        Column::new(say!(words, "passkey-used-at")),
        Column::unseen(say!(words, "passkey-remove")),
    ];
    let row = |passkey: PasskeyView| {
        let used = passkey.used_at.map_or_else(nothing, |at| time(at, words.ago(now, at)));
        let remove = Button::new(say!(words, "passkey-remove")).small();
        Row::new(vec![
            text(passkey.name),
            time(passkey.created_at, words.moment(passkey.created_at)),
            used,
            remove.post(format!("/factors/passkeys/{}/remove", passkey.id), ().into_any()),
        ])
    };
    Table::new(say!(words, "passkeys"), columns).rows(passkeys.into_iter().map(row).collect()).view()
}
