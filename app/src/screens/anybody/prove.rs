//! Proving once more who one is, before what changes who may come in.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::access::PROOF_MINUTES;
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form, Now, Portal, Query, Refused, Signed, cookies};
use types::Code;

use crate::{
    Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, hidden, whose},
    flash::{own_address, see_other},
};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    r#return: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Proof {
    password: String,
    r#return: Option<String>,
}

/// On to the form, and from there to `back`.
pub(crate) fn first(back: &str) -> Response {
    let query = serde_urlencoded::to_string([("return", back)]).unwrap_or_default();
    see_other(&format!("/prove?{query}"))
}

/// The form; whoever has just proved it goes on.
pub(crate) async fn show(visit: Visit, Now(now): Now, Signed(actor): Signed, Query(back): Query<Back>) -> Response {
    let back = own_address(back.r#return.as_deref()).unwrap_or("/home");
    match actor.recent(now) {
        Some(_) => see_other(back),
        None => page(&visit, &actor.person().email, back, None).into_response(),
    }
}

/// Takes the password and goes on.
pub(crate) async fn prove(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(sent): Form<Proof>,
) -> Result<Response, Refused> {
    let back = own_address(sent.r#return.as_deref()).unwrap_or("/home");
    match portal.prove_again(&actor, sent.password, now).await {
        Ok(token) => {
            let mut response = see_other(back);
            response.headers_mut().append(header::SET_COOKIE, cookies::give_session(&portal.settings, &token));
            Ok(response)
        }
        Err(refused) if matches!(refused.refusal().code, Code::WrongPassword | Code::TooManyRequests) => {
            Ok(page(&visit, &actor.person().email, back, Some(&refused)).into_response())
        }
        Err(refused) => Err(refused),
    }
}

fn page(visit: &Visit, email: &str, back: &str, refused: Option<&Refused>) -> Page {
    let bare = Bare { end: Some(Button::new(say!(visit.words, "back-home")).small().to("/home")) };
    let view = || view(visit, email, back, refused);
    let page = Page::bare(visit, bare, &say!(visit.words, "prove-title"), view).private();
    match refused {
        Some(refused) => page.with_status(refused.status()),
        None => page,
    }
}

fn view(visit: &Visit, email: &str, back: &str, refused: Option<&Refused>) -> AnyView {
    let words = &visit.words;
    let error = refused.map(|refused| match refused.refusal().code {
        Code::WrongPassword => say!(words, "password-present-wrong"),
        _ => words.refusal(&refused.refusal()).message,
    });
    let password = Field::password("password", say!(words, "password")).autocomplete("current-password");
    let fields = view! {
        {hidden("return", back)}{whose(email)}
        {password.error(error).required().view()}
        {Button::new(say!(words, "prove-it")).primary().big().submit()}
        <p class="sm"><a href="/password/forgotten">{say!(words, "forgotten-link")}</a></p>
    };
    let heading = Heading::new(say!(words, "prove-title"));
    let heading = heading.beneath(say!(words, "prove-beneath", email = email, n = PROOF_MINUTES));
    let form = FormView::post("/prove").around(fields.into_any());
    view! { <div class="narrow">{heading.view()}{Card::plain().body(form)}</div> }.into_any()
}
