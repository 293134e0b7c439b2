//! Signing in with another address: asked for after a fresh proof, taken over by who reads its letter and is signed in.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{self, ADDRESS_HOURS},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form, Now, Portal, Query, Refused, Signed};
use types::Code;

use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Field, Form as FormView, Heading, hidden},
    flash::redirect,
    screens::{
        anybody::{
            prove,
            sheet::{Brought, finished, narrow},
        },
        asked::is_said_here,
    },
};

const HERE: &str = "/settings/email";

/// Which address.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    email: String,
}

/// The form.
pub(crate) async fn show(visit: Visit, Now(now): Now, Signed(actor): Signed) -> Response {
    match actor.recent(now) {
        Some(_) => asking(&visit, &actor.person().email, "", None).into_response(),
        None => prove::first(HERE),
    }
}

/// Sends the letter; says the same whether or not somebody signs in with that address.
pub(crate) async fn ask(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(asked): Form<Asked>,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    let words = &visit.words;
    let wanted = (asked.email.as_str(), words.locale().tag());
    match portal.ask_for_address(&actor, recent, wanted, now).await {
        Ok(()) => {
            let flash = Flash::done(say!(words, "settings-email-sent", email = asked.email.trim()));
            let flash = flash.then(say!(words, "settings-email-sent-means", n = ADDRESS_HOURS));
            Ok(redirect(&portal.settings, "/settings", flash))
        }
        Err(refused) if is_said_here(&refused) || refused.refusal().code == Code::TooManyRequests => {
            Ok(asking(&visit, &actor.person().email, &asked.email, Some(&refused)).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// What the letter leads to; looking at it uses nothing up.
pub(crate) async fn bring(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Query(brought): Query<Brought>,
) -> Result<Page, Refused> {
    match access::address_of_change(&portal.db, &actor, &brought.token, now).await? {
        Some(email) => Ok(confirming(&visit, &actor.person().email, &email, &brought.token)),
        None => Ok(spent(&visit)),
    }
}

/// Takes it over.
pub(crate) async fn confirm(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(brought): Form<Brought>,
) -> Result<Response, Refused> {
    let words = &visit.words;
    let email = access::address_of_change(&portal.db, &actor, &brought.token, now).await?;
    match access::change_address(&portal.db, &actor, &brought.token, words.locale().tag(), now).await {
        Ok(()) => {
            let flash = Flash::done(say!(words, "settings-email-done", email = email.unwrap_or_default()));
            Ok(redirect(&portal.settings, "/settings", flash.then(say!(words, "settings-email-done-means"))))
        }
        Err(Error::NotFound) => Ok(spent(&visit).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn asking(visit: &Visit, present: &str, email: &str, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let title = say!(words, "settings-email-title");
    let view = || {
        let field = Field::email("email", say!(words, "settings-email-new")).value(email).autocomplete("email");
        let fields = view! {
            {field.error(error).required().view()}
            {Button::new(say!(words, "settings-email-send")).primary().big().submit()}
        };
        let heading = Heading::new(title.clone()).beneath(say!(words, "settings-email-beneath", email = present));
        narrow(heading, FormView::post(HERE).around(fields.into_any()))
    };
    finished(Page::bare(visit, back(visit), &title, view), refused)
}

fn confirming(visit: &Visit, present: &str, email: &str, token: &str) -> Page {
    let words = &visit.words;
    let title = say!(words, "settings-email-title");
    let view = || {
        let beneath = say!(words, "settings-email-confirm-beneath", email = email, before = present);
        let fields = view! {
            {hidden("token", token)}
            {Button::new(say!(words, "settings-email-confirm")).primary().big().submit()}
        };
        let form = FormView::post("/settings/email/confirm").around(fields.into_any());
        narrow(Heading::new(title.clone()).beneath(beneath), form)
    };
    Page::bare(visit, back(visit), &title, view).private()
}

/// The token is unknown, used, too old, or another person's: which one is nobody's business.
fn spent(visit: &Visit) -> Page {
    let words = &visit.words;
    let title = say!(words, "reset-spent");
    let view = || {
        let again = Button::new(say!(words, "reset-again")).primary().to(HERE);
        let heading = Heading::new(title.clone()).beneath(say!(words, "settings-email-spent-means", n = ADDRESS_HOURS));
        view! { <div class="narrow">{heading.view()}<div class="row">{again}</div></div> }.into_any()
    };
    Page::bare(visit, back(visit), &title, view).private().with_status(StatusCode::GONE)
}

fn back(visit: &Visit) -> Bare {
    Bare::of_person(&visit.words, Some(Button::new(say!(visit.words, "nav-settings")).small().to("/settings")))
}
