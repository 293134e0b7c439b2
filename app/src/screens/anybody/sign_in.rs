//! Signing in with a password, and the ways beside it.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::access::{self, NewSession};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Query, Refused, Signed, cookies};
use types::Code;

use super::{home, provider};
use crate::{
    Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, hidden},
    flash::{own_address, see_other},
};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    r#return: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    email: String,
    password: String,
    r#return: Option<String>,
}

/// The form; whoever is signed in already goes on.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    signed: Option<Signed>,
    Query(back): Query<Back>,
) -> Response {
    let back = own_address(back.r#return.as_deref());
    match signed {
        Some(_) => see_other(back.unwrap_or("/home")),
        None => page(&portal, &visit, "", back, None).into_response(),
    }
}

/// Opens a session and goes on; says so where address or password are wrong.
pub(crate) async fn sign_in(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    Client { address, device }: Client,
    Form(sent): Form<Credentials>,
) -> Result<Response, Refused> {
    let ask = NewSession {
        email: sent.email.clone(),
        password: sent.password,
        device,
        address: address.to_string(),
        language: visit.words.locale().tag().to_owned(),
    };
    let back = own_address(sent.r#return.as_deref());
    let token = match portal.sign_in(ask, now).await {
        Ok(token) => token,
        Err(refused) if is_said_here(&refused) => {
            return Ok(page(&portal, &visit, &sent.email, back, Some(&refused)).into_response());
        }
        Err(refused) => return Err(refused),
    };
    // What the browser had before is nobody's any more.
    if let Some(Signed(before)) = before {
        access::sign_out(&portal.db, &before, now).await?;
    }
    let actor = access::signed_in(&portal.db, token.reveal(), &address.to_string(), now).await?;
    let home = home::address_of(&portal, &actor).await?;
    let mut response = see_other(back.or(home.as_deref()).unwrap_or("/home"));
    response.headers_mut().append(header::SET_COOKIE, cookies::give_session(&portal.settings, &token));
    Ok(response)
}

fn is_said_here(refused: &Refused) -> bool {
    matches!(refused.refusal().code, Code::WrongPassword | Code::TooManyRequests)
}

fn page(portal: &Portal, visit: &Visit, email: &str, back: Option<&str>, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let page = Page::bare(visit, Bare { end: None }, &say!(words, "sign-in-title"), || {
        view(portal, words, email, back, refused)
    });
    let page = page.private();
    match refused {
        Some(refused) => page.with_status(refused.status()),
        None => page,
    }
}

fn view(portal: &Portal, words: &Words, email: &str, back: Option<&str>, refused: Option<&Refused>) -> AnyView {
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let email = Field::email("email", say!(words, "email")).value(email).autocomplete("username").required();
    let password = Field::password("password", say!(words, "password")).autocomplete("current-password");
    let fields = view! {
        {back.map(|back| hidden("return", back))}
        {email.view()}
        {password.error(error).required().view()}
        {Button::new(say!(words, "nav-sign-in")).primary().big().submit()}
        <p class="sm row wrap">
            <a href="/password/forgotten">{say!(words, "forgotten-link")}</a>
            <a href="/register">{say!(words, "register-link")}</a>
        </p>
    };
    let heading = Heading::new(say!(words, "sign-in-title")).beneath(say!(words, "sign-in-beneath"));
    let form = FormView::post("/sign-in").around(fields.into_any());
    let elsewhere = provider::buttons(words, portal, back);
    let body = view! { <div class="stack">{elsewhere}{form}</div> }.into_any();
    view! { <div class="narrow">{heading.view()}{Card::plain().body(body)}</div> }.into_any()
}
