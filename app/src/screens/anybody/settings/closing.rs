//! Closing one's account: what happens, the address typed once more, and keeping it after all.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::access;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form, Now, Portal, Refused, Signed};
use types::Timestamp;

use super::again;
use crate::{
    Flash, Visit,
    components::{Banner, Button, Card, Confirm, Tone, banner},
    flash::redirect,
    screens::{anybody::prove, asked::is_said_here},
};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    confirm: String,
}

/// How closing stands: when the account is erased, else what was typed and did not match.
pub(super) struct Closing {
    pub(super) erase_at: Option<Timestamp>,
    pub(super) typed: Option<String>,
    pub(super) key: String,
}

/// Announces it.
pub(crate) async fn close(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first("/settings")) };
    let words = &visit.words;
    if !sent.confirm.trim().eq_ignore_ascii_case(&actor.person().email) {
        return Ok(again(&portal, &visit, &actor, sent.confirm, now).await?.into_response());
    }
    match access::close_account(&portal.db, &actor, recent, words.locale().tag(), now).await.map_err(Refused::from) {
        Ok(()) => {
            let flash = Flash::done(say!(words, "closing-done")).then(say!(words, "closing-done-means"));
            Ok(redirect(&portal.settings, "/settings", flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Ok(redirect(&portal.settings, "/settings", Flash::refused(said.message).then(said.hint)))
        }
        Err(refused) => Err(refused),
    }
}

/// Takes it back.
pub(crate) async fn keep(
    State(portal): State<Portal>,
    visit: Visit,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    access::keep_account(&portal.db, &actor, now).await?;
    Ok(redirect(&portal.settings, "/settings", Flash::done(say!(visit.words, "closing-kept"))))
}

/// The button behind the address; once it was pressed, until when it can be taken back.
pub(super) fn view(words: &Words, email: &str, closing: Closing) -> AnyView {
    if let Some(at) = closing.erase_at {
        let keep = Button::new(say!(words, "closing-keep")).primary().post("/settings/keep", ().into_any());
        let title = say!(words, "closing-at", at = words.moment(at));
        return banner(Banner {
            tone: Tone::Warn,
            title,
            words: Some(say!(words, "closing-means")),
            action: Some(keep),
        });
    }
    let confirm = Confirm {
        action_words: say!(words, "closing-close"),
        href: "/settings/close".to_owned(),
        key: closing.key,
        consequence: say!(words, "closing-means"),
        ask: say!(words, "confirm-by-typing", name = email),
        again: closing.typed.map(|typed| (typed, say!(words, "confirm-mismatch", name = email))),
    };
    Card::titled(say!(words, "closing-title")).body(confirm.view())
}
