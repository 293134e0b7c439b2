//! Proving once more who one is, before what changes who may come in.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use domain::access::{
    Actor, PROOF_MINUTES, Proof, Token,
    factors::{self, Factors},
};
use leptos::prelude::*;
use messages::{Words, say};
use openid::Provider;
use serde::Deserialize;
use session::{Form, Now, Portal, Query, Refused, Signed, cookies};
use types::{Code, Timestamp};

use super::{
    factor::code_field,
    passkey::{self, again, answered, ask, party},
    provider,
};
use crate::{
    Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, PasskeyForm, hidden, whose},
    flash::{own_address, see_other},
};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    r#return: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Shown {
    password: String,
    #[serde(default)]
    code: String,
    r#return: Option<String>,
}

/// What somebody can show.
struct Known<'a> {
    actor: &'a Actor,
    set: Factors,
    /// Those who may ask them anew.
    providers: Vec<&'a Provider>,
}

/// On to the form, and from there to `back`.
pub(crate) fn first(back: &str) -> Response {
    let query = serde_urlencoded::to_string([("return", back)]).unwrap_or_default();
    see_other(&format!("/prove?{query}"))
}

/// The form; whoever has just proved it goes on.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Query(back): Query<Back>,
) -> Result<Response, Refused> {
    let back = own_address(back.r#return.as_deref()).unwrap_or("/home");
    if actor.recent(now).is_some() {
        return Ok(see_other(back));
    }
    Ok(page(&portal, &visit, &known(&portal, &actor, now).await?, back, None).into_response())
}

/// Takes the password, with the code of a second factor where one is set, and goes on.
pub(crate) async fn prove(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(sent): Form<Shown>,
) -> Result<Response, Refused> {
    let back = own_address(sent.r#return.as_deref()).unwrap_or("/home");
    let language = visit.words.locale().tag().to_owned();
    let proof = Proof { password: sent.password, code: sent.code, language };
    match portal.prove_again(&actor, proof, now).await {
        Ok(token) => Ok(on(&portal, &token, back)),
        Err(refused) if is_said_here(&refused) => {
            Ok(page(&portal, &visit, &known(&portal, &actor, now).await?, back, Some(&refused)).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Asks for a passkey of theirs.
pub(crate) async fn begin_passkey(
    State(portal): State<Portal>,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let asked = factors::begin_proof(&portal.db, &party(&portal)?, &actor, now).await?;
    Ok(ask(&portal.settings, asked))
}

/// Takes it and goes on.
pub(crate) async fn prove_with_passkey(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    headers: HeaderMap,
    Form(shown): Form<passkey::Shown>,
) -> Result<Response, Refused> {
    let back = own_address(shown.r#return.as_deref()).unwrap_or("/home");
    let answered = answered(&portal.settings, &headers, &shown.credential);
    match factors::prove_with_passkey(&portal.db, &party(&portal)?, &actor, answered, now).await {
        Ok(token) => Ok(on(&portal, &token, back)),
        Err(error) => again(&portal, &visit.words, error, "/prove", Some(back)),
    }
}

/// On, with the session's new token.
pub(super) fn on(portal: &Portal, token: &Token, back: &str) -> Response {
    let mut response = see_other(back);
    response.headers_mut().append(header::SET_COOKIE, cookies::give_session(&portal.settings, token));
    response
}

fn is_said_here(refused: &Refused) -> bool {
    matches!(refused.refusal().code, Code::WrongPassword | Code::WrongFactor | Code::TooManyRequests)
}

async fn known<'a>(portal: &'a Portal, actor: &'a Actor, now: Timestamp) -> Result<Known<'a>, Refused> {
    let set = factors::factors(&portal.db, actor, now).await?;
    let providers = provider::for_proof(portal, actor, &set, now).await?;
    Ok(Known { actor, set, providers })
}

fn page(portal: &Portal, visit: &Visit, known: &Known<'_>, back: &str, refused: Option<&Refused>) -> Page {
    let bare = Bare::of_person(&visit.words, Some(Button::new(say!(visit.words, "back-home")).small().to("/home")));
    let are_made = portal.party().is_some();
    let view = || view(&visit.words, known, (back, are_made), refused);
    let page = Page::bare(visit, bare, &say!(visit.words, "prove-title"), view).private();
    match refused {
        Some(refused) => page.with_status(refused.status()),
        None => page,
    }
}

fn view(
    words: &Words,
    Known { actor, set, providers }: &Known<'_>,
    (back, are_made): (&str, bool),
    refused: Option<&Refused>,
) -> AnyView {
    let email = actor.person().email.as_str();
    let of_code = refused.filter(|refused| refused.refusal().code == Code::WrongFactor);
    let of_password = refused.filter(|_| of_code.is_none());
    let error = of_password.map(|refused| match refused.refusal().code {
        Code::WrongPassword => say!(words, "password-present-wrong"),
        _ => words.refusal(&refused.refusal()).message,
    });
    let code = set.is_any().then(|| code_field(words, set.totp_since.is_some(), of_code).view());
    let password = Field::password("password", say!(words, "password")).autocomplete("current-password");
    let fields = view! {
        {hidden("return", back)}{whose(email)}
        {password.error(error).required().view()}
        {code}
        {Button::new(say!(words, "prove-it")).primary().big().submit()}
        <p class="sm"><a href="/password/forgotten">{say!(words, "forgotten-link")}</a></p>
    };
    let heading = Heading::new(say!(words, "prove-title"));
    let heading = heading.beneath(say!(words, "prove-beneath", email = email, n = PROOF_MINUTES));
    let form = FormView::post("/prove").around(fields.into_any());
    let passkey = (are_made && set.n_passkeys > 0).then(|| {
        let form = PasskeyForm::show("/prove/passkey", "/prove/passkey/begin");
        form.around(words, hidden("return", back), Button::new(say!(words, "passkey-show")).big())
    });
    let query = serde_urlencoded::to_string([("return", back)]).unwrap_or_default();
    let ways = providers.iter().map(|provider| {
        let settings = provider.settings();
        let label = say!(words, "prove-at", provider = settings.label.as_str());
        Button::new(label).big().to(format!("/prove/with/{}?{query}", settings.slug))
    });
    let ways = ways.collect::<Vec<_>>();
    let body = view! { <div class="stack">{ways}{passkey}{form}</div> };
    view! { <div class="narrow">{heading.view()}{Card::plain().body(body.into_any())}</div> }.into_any()
}
