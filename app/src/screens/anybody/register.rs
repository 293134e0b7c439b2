//! An account by oneself: an address first, then what its letter leads to.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{self, NewPerson, REGISTRATION_HOURS},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Query, Refused, Signed, cookies};
use types::Code;

use super::{
    person,
    sheet::{Brought, back, finished, narrow},
};
use crate::{
    Flash, Page, Visit,
    components::{Button, Field, Form as FormView, Heading, hidden, whose},
    flash::{redirect, see_other},
};

/// Which address.
#[derive(Deserialize)]
pub(crate) struct Asked {
    email: String,
}

/// The token, and who comes with it.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    token: String,
    name: String,
    password: String,
}

/// The form that asks for a letter; whoever is signed in has an account.
pub(crate) async fn show(visit: Visit, signed: Option<Signed>) -> Response {
    match signed {
        Some(_) => see_other("/home"),
        None => asking(&visit, "", None).into_response(),
    }
}

/// Sends the letter; says the same whether or not somebody signs in with that address.
pub(crate) async fn ask(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    client: Client,
    Form(asked): Form<Asked>,
) -> Result<Response, Refused> {
    let from = (client.address.to_string(), visit.words.locale().tag());
    match portal.ask_to_register(&asked.email, (&from.0, from.1), now).await {
        Ok(()) => {}
        Err(refused) if matches!(refused.refusal().code, Code::TooManyRequests | Code::Invalid) => {
            return Ok(asking(&visit, &asked.email, Some(&refused)).into_response());
        }
        Err(refused) => return Err(refused),
    }
    let words = &visit.words;
    let flash = Flash::done(say!(words, "register-sent", email = asked.email.trim()));
    let flash = flash.then(say!(words, "register-sent-means", n = REGISTRATION_HOURS));
    Ok(redirect(&portal.settings, "/sign-in", flash))
}

/// The form that makes the account; looking at it uses nothing up.
pub(crate) async fn bring(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Query(brought): Query<Brought>,
) -> Result<Page, Refused> {
    match access::address_of_registration(&portal.db, &brought.token, now).await? {
        Some(email) => Ok(making(&visit, &email, &brought.token, None)),
        None => Ok(spent(&visit)),
    }
}

/// Makes it, signs it in, and leads on to opening an organisation.
pub(crate) async fn register(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Client { address, device }: Client,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    let Some(email) = access::address_of_registration(&portal.db, &wanted.token, now).await? else {
        return Ok(spent(&visit).into_response());
    };
    let language = visit.words.locale().tag().to_owned();
    let who = NewPerson {
        name: wanted.name.clone(),
        password: wanted.password,
        device,
        address: address.to_string(),
        language,
    };
    match access::register(&portal.db, &wanted.token, who, now).await {
        Ok(session) => {
            let words = &visit.words;
            let flash = Flash::done(say!(words, "registered")).then(say!(words, "registered-means"));
            let mut response = redirect(&portal.settings, "/organisations/new", flash);
            response.headers_mut().append(header::SET_COOKIE, cookies::give_session(&portal.settings, &session));
            Ok(response)
        }
        Err(Error::NotFound) => Ok(spent(&visit).into_response()),
        Err(error @ Error::Invalid { .. }) => {
            let refused = Refused::from(error);
            let returned = Some((wanted.name.as_str(), &refused));
            Ok(making(&visit, &email, &wanted.token, returned).with_status(refused.status()).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn asking(visit: &Visit, email: &str, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let view = || {
        let field = Field::email("email", say!(words, "email")).value(email).autocomplete("username").required();
        let fields = view! {
            {field.error(error).view()}
            {Button::new(say!(words, "register-send")).primary().big().submit()}
        };
        let heading = Heading::new(say!(words, "register-title")).beneath(say!(words, "register-beneath"));
        narrow(heading, FormView::post("/register").around(fields.into_any()))
    };
    finished(Page::bare(visit, back(words), &say!(words, "register-title"), view), refused)
}

fn making(visit: &Visit, email: &str, token: &str, returned: Option<(&str, &Refused)>) -> Page {
    let words = &visit.words;
    let title = say!(words, "register-make-title");
    let view = || {
        let fields = view! {
            {hidden("token", token)}{whose(email)}{person::fields(words, returned)}
            {Button::new(say!(words, "register-make")).primary().big().submit()}
        };
        let heading = Heading::new(title.clone()).beneath(say!(words, "register-make-beneath", email = email));
        narrow(heading, FormView::post("/register/account").around(fields.into_any()))
    };
    Page::bare(visit, back(words), &title, view).private()
}

/// The token is unknown, used, or too old: which one is nobody's business.
fn spent(visit: &Visit) -> Page {
    let words = &visit.words;
    let title = say!(words, "reset-spent");
    let view = || {
        let again = Button::new(say!(words, "reset-again")).primary().to("/register");
        let heading = Heading::new(title.clone()).beneath(say!(words, "register-spent-means", n = REGISTRATION_HOURS));
        view! { <div class="narrow">{heading.view()}<div class="row">{again}</div></div> }.into_any()
    };
    Page::bare(visit, back(words), &title, view).private().with_status(StatusCode::GONE)
}
