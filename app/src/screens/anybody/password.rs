//! Changing one's own password.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form, Now, Portal, Refused, Signed};
use types::Code;

use crate::{
    Flash, Page, Visit,
    components::{Bare, Button, Card, Field, Form as FormView, Heading, whose},
    flash::redirect,
};

/// The present password and the one to have.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    present: String,
    password: String,
}

/// The form.
pub(crate) async fn show(visit: Visit, Signed(actor): Signed) -> Page {
    page(&visit, &actor.person().email, None)
}

/// Sets it, ends every other session, and leads back to the sessions.
pub(crate) async fn change(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    match portal.change_password(&actor, wanted.present, wanted.password, visit.words.locale().tag(), now).await {
        Ok(()) => {}
        Err(refused) if is_said_here(&refused) => {
            return Ok(page(&visit, &actor.person().email, Some(&refused)).into_response());
        }
        Err(refused) => return Err(refused),
    }
    let words = &visit.words;
    let flash = Flash::done(say!(words, "password-changed")).then(say!(words, "password-changed-means"));
    Ok(redirect(&portal.settings, "/sessions", flash))
}

fn is_said_here(refused: &Refused) -> bool {
    matches!(refused.refusal().code, Code::WrongPassword | Code::TooManyRequests | Code::Invalid)
}

fn page(visit: &Visit, email: &str, refused: Option<&Refused>) -> Page {
    let words = &visit.words;
    let bare = Bare::of_person(words, Some(Button::new(say!(words, "nav-sessions")).small().to("/sessions")));
    let page = Page::bare(visit, bare, &say!(words, "password-title"), || view(visit, email, refused)).private();
    match refused {
        Some(refused) => page.with_status(refused.status()),
        None => page,
    }
}

fn view(visit: &Visit, email: &str, refused: Option<&Refused>) -> AnyView {
    let words = &visit.words;
    let is_new = refused.is_some_and(|refused| refused.refusal().code == Code::Invalid);
    let error = refused.map(|refused| match refused.refusal().code {
        Code::WrongPassword => say!(words, "password-present-wrong"),
        _ => words.refusal(&refused.refusal()).message,
    });
    let (of_new, of_present) = if is_new { (error, None) } else { (None, error) };
    let present = Field::password("present", say!(words, "password-present")).autocomplete("current-password");
    let wanted = Field::password("password", say!(words, "password-new")).autocomplete("new-password");
    let fields = view! {
        {whose(email)}
        {present.error(of_present).required().view()}
        {wanted.hint(say!(words, "password-rule")).error(of_new).required().view()}
        {Button::new(say!(words, "password-set-it")).primary().big().submit()}
    };
    let heading = Heading::new(say!(words, "password-title")).beneath(say!(words, "password-beneath"));
    let form = FormView::post("/password").around(fields.into_any());
    view! { <div class="narrow">{heading.view()}{Card::plain().body(form)}</div> }.into_any()
}
