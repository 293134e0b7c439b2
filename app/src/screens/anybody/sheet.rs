//! What the pages of a letter's way share: asking for it, and what it leads to.

use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::Refused;

use crate::{
    Page,
    components::{Bare, Button, Card, Heading},
};

/// What the letter leads with.
#[derive(Debug, Deserialize)]
pub(crate) struct Brought {
    #[serde(default)]
    pub(super) token: String,
}

/// One form beneath its heading.
pub(super) fn narrow(heading: Heading, form: AnyView) -> AnyView {
    view! { <div class="narrow">{heading.view()}{Card::plain().body(form)}</div> }.into_any()
}

/// A frame with the way to signing in.
pub(super) fn back(words: &Words) -> Bare {
    Bare { end: Some(Button::new(say!(words, "nav-sign-in")).small().to("/sign-in")) }
}

/// Kept by no cache, and with the status of what was refused.
pub(super) fn finished(page: Page, refused: Option<&Refused>) -> Page {
    match refused {
        Some(refused) => page.private().with_status(refused.status()),
        None => page.private(),
    }
}
