//! Linking an account at a provider to the one that is here already: once its person has shown its password or a passkey.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::{Error, access};
use leptos::prelude::*;
use messages::{Words, say};
use openid::Provider;
use serde::Deserialize;
use session::{Client, Form, Now, Path, Portal, Refused, Signed};
use types::Code;

use super::{
    entered::{Came, lead_in, let_in, session},
    passkey::{answered, party},
    provider::failed,
};
use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, PasskeyForm, hidden, whose},
    flash::own_address,
};

/// What is offered to whom.
pub(super) struct Offer<'a> {
    /// Where they came from.
    pub(super) provider: &'a Provider,
    /// The address of the account that is here.
    pub(super) email: &'a str,
    /// What the forms bring back.
    pub(super) token: &'a str,
    /// Where to go afterwards.
    pub(super) back: Option<&'a str>,
}

/// What the form with the password sends.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    token: String,
    password: String,
    r#return: Option<String>,
}

/// What the other one sends once the browser has filled it.
#[derive(Deserialize)]
pub(crate) struct Shown {
    token: String,
    credential: String,
    r#return: Option<String>,
}

/// Links the account whose password is shown.
pub(crate) async fn link(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    Path(slug): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    let provider = portal.providers.get(&slug).ok_or(Error::NotFound)?;
    let back = own_address(wanted.r#return.as_deref());
    let Some(email) = access::address_of_offer(&portal.db, &wanted.token, now).await? else {
        return Ok(failed(&visit, provider, &openid::Error::Expired).into_response());
    };
    let ask = session(&visit, client, email.clone(), wanted.password);
    let address = ask.address.clone();
    match portal.link(&wanted.token, ask, now).await {
        Ok(entry) => {
            let came = Came { back, address: &address, before, now };
            lead_in(&portal, entry, came, Some(linked(&visit.words, provider))).await
        }
        Err(refused) if matches!(refused.refusal().code, Code::WrongPassword | Code::TooManyRequests) => {
            let offer = Offer { provider, email: &email, token: &wanted.token, back };
            Ok(page(&portal, &visit, &offer, Some(&refused)).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Links the account whose passkey is shown.
#[expect(clippy::too_many_arguments, reason = "each is a part of the request")]
pub(crate) async fn link_with_passkey(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    before: Option<Signed>,
    client: Client,
    headers: HeaderMap,
    Path(slug): Path<String>,
    Form(shown): Form<Shown>,
) -> Result<Response, Refused> {
    let provider = portal.providers.get(&slug).ok_or(Error::NotFound)?;
    party(&portal)?;
    let back = own_address(shown.r#return.as_deref());
    let Some(email) = access::address_of_offer(&portal.db, &shown.token, now).await? else {
        return Ok(failed(&visit, provider, &openid::Error::Expired).into_response());
    };
    let from = session(&visit, client, String::new(), String::new());
    let answered = answered(&portal.settings, &headers, &shown.credential);
    match portal.link_with_passkey(&shown.token, answered, &from, now).await {
        Ok(token) => {
            let came = Came { back, address: &from.address, before, now };
            let_in(&portal, &token, came, Some(linked(&visit.words, provider))).await
        }
        // A passkey of another account is as wrong as one that nobody knows.
        Err(Error::WrongFactor | Error::NotFound) => {
            let (offer, refused) =
                (Offer { provider, email: &email, token: &shown.token, back }, Refused::from(Error::WrongFactor));
            Ok(page(&portal, &visit, &offer, Some(&refused)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The page that asks for one of both.
pub(super) fn page(portal: &Portal, visit: &Visit, offer: &Offer<'_>, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let label = offer.provider.settings().label.as_str();
    let title = say!(words, "provider-link-title", provider = label);
    let (of_passkey, of_password) = match refused {
        Some(refused) if refused.refusal().code == Code::WrongFactor => (Some(refused), None),
        other => (None, other),
    };
    let wrong = of_passkey.map(|refused| words.refusal(&refused.refusal()));
    let flash = wrong.map(|said| Flash::refused(said.message).then(said.hint));
    let visit = Visit { flash, ..visit.clone() };
    let are_made = portal.party().is_some();
    let view = || {
        let heading = Heading::new(title.clone());
        let heading = heading.beneath(say!(words, "provider-link-beneath", email = offer.email, provider = label));
        let (quick, slow) = (are_made.then(|| passkey(words, offer)), password(words, offer, of_password));
        let body = view! { <div class="stack">{quick}{slow}</div> };
        view! { <div class="narrow">{heading.view()}{Card::plain().body(body.into_any())}</div> }.into_any()
    };
    let page = Page::bare(&visit, Bare { end: None }, &title, view).private();
    match refused {
        Some(refused) => page.with_status(refused.status()),
        None => page,
    }
}

fn passkey(words: &Words, offer: &Offer<'_>) -> AnyView {
    let action = format!("/sign-in/with/{}/link/passkey", offer.provider.settings().slug);
    let fields = view! { {hidden("token", offer.token)}{offer.back.map(|back| hidden("return", back))} };
    // Which passkey answers says whose it is, as when one signs in with it.
    let form = PasskeyForm::show(action, "/sign-in/passkey/begin");
    form.around(words, fields.into_any(), Button::new(say!(words, "passkey-show")).big())
}

fn password(words: &Words, offer: &Offer<'_>, refused: Option<&Refused>) -> AnyView {
    let error = refused.map(|refused| words.refusal(&refused.refusal()).message);
    let field = Field::password("password", say!(words, "password")).autocomplete("current-password");
    let fields = view! {
        {hidden("token", offer.token)}{whose(offer.email)}{offer.back.map(|back| hidden("return", back))}
        {field.error(error).required().view()}
        {Button::new(say!(words, "provider-link")).primary().big().submit()}
        <p class="sm"><a href="/password/forgotten">{say!(words, "forgotten-link")}</a></p>
    };
    FormView::post(format!("/sign-in/with/{}/link", offer.provider.settings().slug)).around(fields.into_any())
}

fn linked(words: &Words, provider: &Provider) -> Flash {
    Flash::done(say!(words, "provider-linked", provider = provider.settings().label.as_str()))
}
