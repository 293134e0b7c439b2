//! A new password for whoever forgot theirs: asked for by address, set with what was sent there.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{Error, access};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Query, Refused};
use types::Code;

use super::sheet::{Brought, back, finished, narrow};
use crate::{
    Flash, Page, Visit,
    components::{Button, Field, Form as FormView, Heading, hidden, whose},
    flash::redirect,
};

/// Whose password.
#[derive(Deserialize)]
pub(crate) struct Asked {
    email: String,
}

/// The token, and the password to set.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    token: String,
    password: String,
}

/// The form that asks for a letter.
pub(crate) async fn show(visit: Visit) -> Page {
    asking(&visit, "", None)
}

/// Sends the letter, when somebody signs in with that address; says the same in any case.
pub(crate) async fn ask(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    client: Client,
    Form(asked): Form<Asked>,
) -> Result<Response, Refused> {
    match portal.ask_for_reset(&asked.email, (&client.address.to_string(), visit.words.locale().tag()), now).await {
        Ok(()) => {}
        Err(refused) if refused.refusal().code == Code::TooManyRequests => {
            return Ok(asking(&visit, &asked.email, Some(&refused)).into_response());
        }
        Err(refused) => return Err(refused),
    }
    let words = &visit.words;
    let minutes = access::RESET_MINUTES;
    let flash = Flash::done(say!(words, "forgotten-sent", email = asked.email.trim())).then(say!(
        words,
        "forgotten-sent-means",
        n = minutes
    ));
    Ok(redirect(&portal.settings, "/sign-in", flash))
}

/// The form that sets a password; looking at it uses nothing up.
pub(crate) async fn bring(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Query(brought): Query<Brought>,
) -> Result<Page, Refused> {
    match access::address_of_reset(&portal.db, &brought.token, now).await? {
        Some(email) => Ok(setting(&visit, &email, &brought.token, None)),
        None => Ok(spent(&visit)),
    }
}

/// Sets it, and leads to signing in with it.
pub(crate) async fn set(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    client: Client,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    let Some(email) = access::address_of_reset(&portal.db, &wanted.token, now).await? else {
        return Ok(spent(&visit).into_response());
    };
    let (address, language) = (client.address.to_string(), visit.words.locale().tag());
    match access::reset_password(&portal.db, &wanted.token, wanted.password, (&address, language), now).await {
        Ok(()) => {}
        Err(Error::NotFound) => return Ok(spent(&visit).into_response()),
        Err(error @ Error::Invalid { .. }) => {
            let refused = Refused::from(error);
            return Ok(setting(&visit, &email, &wanted.token, Some(&refused)).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    let words = &visit.words;
    let flash = Flash::done(say!(words, "password-set")).then(say!(words, "password-set-means"));
    Ok(redirect(&portal.settings, "/sign-in", flash))
}

fn asking(visit: &Visit, email: &str, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let view = || {
        let field = Field::email("email", say!(words, "email")).value(email).autocomplete("username").required();
        let fields = view! {
            {field.error(error).view()}
            {Button::new(say!(words, "forgotten-send")).primary().big().submit()}
        };
        let heading = Heading::new(say!(words, "forgotten-title")).beneath(say!(words, "forgotten-beneath"));
        narrow(heading, FormView::post("/password/forgotten").around(fields.into_any()))
    };
    finished(Page::bare(visit, back(words), &say!(words, "forgotten-title"), view), refused)
}

fn setting(visit: &Visit, email: &str, token: &str, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let view = || {
        let field = Field::password("password", say!(words, "password-new")).hint(say!(words, "password-rule"));
        let fields = view! {
            {hidden("token", token)}{whose(email)}
            {field.autocomplete("new-password").error(error).required().view()}
            {Button::new(say!(words, "password-set-it")).primary().big().submit()}
        };
        let heading = Heading::new(say!(words, "reset-title")).beneath(say!(words, "reset-beneath", email = email));
        narrow(heading, FormView::post("/password/reset").around(fields.into_any()))
    };
    finished(Page::bare(visit, back(words), &say!(words, "reset-title"), view), refused)
}

/// The token is unknown, used, or too old: which one is nobody's business.
fn spent(visit: &Visit) -> Page {
    let words = &visit.words;
    let view = || {
        let again = Button::new(say!(words, "reset-again")).primary().to("/password/forgotten");
        let heading = Heading::new(say!(words, "reset-spent"));
        let heading = heading.beneath(say!(words, "reset-spent-means", n = access::RESET_MINUTES));
        view! { <div class="narrow">{heading.view()}<div class="row">{again}</div></div> }.into_any()
    };
    let page = Page::bare(visit, back(words), &say!(words, "reset-spent"), view).private();
    page.with_status(axum::http::StatusCode::GONE)
}
