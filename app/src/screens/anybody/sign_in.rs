//! Signing in with a password, and the ways beside it.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Client, Form, Now, Portal, Query, Refused, Signed};
use types::Code;

use super::{
    entered::{Came, lead_in, session},
    provider,
};
use crate::{
    Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, PasskeyForm, hidden},
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

/// Goes on, in or to the second factor; says so where address or password are wrong.
pub(crate) async fn sign_in(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    Form(sent): Form<Credentials>,
) -> Result<Response, Refused> {
    let ask = session(&visit, client, sent.email.clone(), sent.password);
    let (back, address) = (own_address(sent.r#return.as_deref()), ask.address.clone());
    match portal.sign_in(ask, now).await {
        Ok(entry) => lead_in(&portal, entry, Came { back, address: &address, before, now }, None).await,
        Err(refused) if is_said_here(&refused) => {
            Ok(page(&portal, &visit, &sent.email, back, Some(&refused)).into_response())
        }
        Err(refused) => Err(refused),
    }
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
    let are_made = portal.party().is_some();
    let keeper = if are_made { "username webauthn" } else { "username" };
    let email = Field::email("email", say!(words, "email")).value(email).autocomplete(keeper).required();
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
    let passkey = are_made.then(|| {
        let form = PasskeyForm::show("/sign-in/passkey", "/sign-in/passkey/begin").autofill();
        let back = back.map(|back| hidden("return", back));
        form.around(words, back.into_any(), Button::new(say!(words, "passkey-sign-in")).big())
    });
    let body = view! { <div class="stack">{elsewhere}{form}{passkey}</div> }.into_any();
    view! { <div class="narrow">{heading.view()}{Card::plain().body(body)}</div> }.into_any()
}
