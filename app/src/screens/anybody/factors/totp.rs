//! Setting an authenticator: a seed as a picture and in letters, and the first code that shows that it arrived.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::factors::{self, ENROLMENT_MINUTES, Enrolment},
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form, Now, Portal, Refused, Signed};

use super::{HERE, answer, bare, codes};
use crate::{
    Flash, Page, Visit,
    components::{Button, Card, Field, Form as FormView, Heading, copy_line, qr},
    flash::{redirect, see_other},
    screens::{anybody::prove, asked::problem},
};

/// The page of the seed that waits.
const WAITS: &str = "/factors/totp";

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct First {
    code: String,
}

/// Makes a seed.
pub(crate) async fn begin(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    match factors::begin_totp(&portal.db, &portal.keys, &actor, recent, now).await {
        Ok(()) => Ok(see_other(WAITS)),
        Err(error) => answer(&portal, &visit.words, Err(error)),
    }
}

/// Shows it.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(WAITS)) };
    match factors::enrolment(&portal.db, &portal.keys, &actor, recent, now).await? {
        Some(enrolment) => Ok(page(&visit, &enrolment, None).into_response()),
        None => Ok(see_other(HERE)),
    }
}

/// Takes its first code.
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(first): Form<First>,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(WAITS)) };
    let words = &visit.words;
    let done = Flash::done(say!(words, "totp-done")).then(say!(words, "totp-done-means"));
    let (db, keys, shown) = (&portal.db, &portal.keys, (first.code.as_str(), words.locale().tag()));
    match factors::confirm_totp(db, keys, &actor, recent, shown, now).await {
        Ok(Some(codes)) => Ok(codes::page(&visit, Some(done), &codes).into_response()),
        Ok(None) => Ok(redirect(&portal.settings, HERE, done)),
        Err(error @ Error::WrongFactor) => {
            let refused = Refused::from(error);
            Ok(match factors::enrolment(db, keys, &actor, recent, now).await? {
                Some(enrolment) => {
                    page(&visit, &enrolment, Some(&refused)).with_status(refused.status()).into_response()
                }
                None => see_other(HERE),
            })
        }
        Err(error) => answer(&portal, words, Err(error)),
    }
}

/// Takes the authenticator away.
pub(crate) async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    let words = &visit.words;
    let outcome = factors::remove_totp(&portal.db, &actor, recent, words.locale().tag(), now).await;
    let done = Flash::done(say!(words, "totp-removed")).then(say!(words, "factor-told"));
    answer(&portal, words, outcome.map(|()| done))
}

fn page(visit: &Visit, enrolment: &Enrolment, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let view = || view(words, enrolment, refused);
    Page::bare(visit, bare(words), &say!(words, "totp-title"), view).private()
}

fn view(words: &Words, enrolment: &Enrolment, refused: Option<&Refused>) -> AnyView {
    let heading = Heading::new(say!(words, "totp-title"));
    let heading = heading.beneath(say!(words, "totp-title-beneath", n = ENROLMENT_MINUTES));
    let seed: Vec<_> = enrolment.seed.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    let code = Field::text("code", say!(words, "totp-first-code")).hint(say!(words, "totp-first-code-hint"));
    let code = code.error(problem(words, refused, "code")).autocomplete("one-time-code").required();
    let fields = view! { {code.view()}{Button::new(say!(words, "totp-confirm")).primary().big().submit()} };
    let body = view! {
        <div class="stack">
            {qr(say!(words, "totp-picture"), &enrolment.uri)}
            <p class="sm soft">{say!(words, "totp-by-hand")}</p>
            {copy_line(say!(words, "totp-seed"), seed.join(" "))}
            {FormView::post("/factors/totp/confirm").around(fields.into_any())}
        </div>
    };
    view! { <div class="narrow">{heading.view()}{Card::plain().body(body.into_any())}</div> }.into_any()
}
