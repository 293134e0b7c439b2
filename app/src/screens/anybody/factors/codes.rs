//! Recovery codes, shown once.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::access::factors;
use leptos::prelude::*;
use messages::say;
use session::{Now, Portal, Refused, Signed};

use super::{HERE, answer, bare};
use crate::{
    Flash, Page, Visit,
    components::{Button, Card, Heading, snippet},
    screens::anybody::prove,
};

/// Makes new ones and shows them.
pub(crate) async fn renew(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first(HERE)) };
    match factors::renew_codes(&portal.db, &actor, recent, visit.words.locale().tag(), now).await {
        Ok(codes) => Ok(page(&visit, None, &codes).into_response()),
        Err(error) => answer(&portal, &visit.words, Err(error)),
    }
}

/// The page that shows them: it is the answer to what made them, so that nothing has to keep them.
pub(super) fn page(visit: &Visit, done: Option<Flash>, codes: &[String]) -> Page {
    let words = &visit.words;
    let visit = Visit { flash: done, ..visit.clone() };
    let view = || {
        let heading = Heading::new(say!(words, "codes-title")).beneath(say!(words, "codes-once"));
        let body = view! {
            <div class="stack">
                {snippet(say!(words, "codes"), codes.join("\n"))}
                <p class="soft">{say!(words, "codes-keep")}</p>
                <div class="row">{Button::new(say!(words, "codes-kept")).primary().to(HERE)}</div>
            </div>
        };
        view! { <div class="narrow">{heading.view()}{Card::plain().body(body.into_any())}</div> }.into_any()
    };
    Page::bare(&visit, bare(words), &say!(words, "codes-title"), view).private()
}
