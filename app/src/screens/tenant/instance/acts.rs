//! Stopping, starting, restarting, deleting and taking the deletion back.

use axum::{extract::State, response::Response};
use domain::{
    access::{
        Permission,
        policy::{ChangeInstances, ReadInstances, StopInstances},
    },
    instances,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form, Path, Refused};
use types::{ChangeInstance, InstanceDetail, InstanceId, InstanceView, StopInstance, Wish};

use super::{Refusal, again, parts::is_gone};
use crate::{
    Flash, Logs, Room,
    components::{Button, Card, Confirm, Icon, hidden, refused},
};

/// What each of the page's forms sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    idempotency_key: Option<String>,
    confirm: Option<String>,
}

type Which = Path<(String, InstanceId)>;
type Answer = Result<Response, Refused>;

/// Stops it: its GPU is free and its clock stands.
pub(crate) async fn stop(room: Room<StopInstances>, State(source): State<Logs>, Path((_, instance)): Which) -> Answer {
    let ask = StopInstance { instance, version: None, reason: None };
    let outcome = instances::stop_instance(&room.portal.db, &room.scope, &ask, room.now).await;
    let said = |words: &Words, view: &InstanceView| {
        Flash::done(say!(words, "did-stop", name = view.name.as_str())).then(say!(words, "did-stop-means"))
    };
    answer(&room, &source, instance, outcome, said).await
}

/// Starts it again.
pub(crate) async fn start(
    room: Room<ChangeInstances>,
    State(source): State<Logs>,
    Path((_, instance)): Which,
) -> Answer {
    let ask = ChangeInstance { instance, version: None };
    let outcome = instances::start_instance(&room.portal.db, &room.scope, ask, room.now).await;
    let said = |words: &Words, view: &InstanceView| {
        Flash::done(say!(words, "did-start", name = view.name.as_str())).then(say!(words, "did-start-means"))
    };
    answer(&room, &source, instance, outcome, said).await
}

/// Ends its pod and begins another.
pub(crate) async fn restart(
    room: Room<ChangeInstances>,
    State(source): State<Logs>,
    Path((_, instance)): Which,
    Form(sent): Form<Sent>,
) -> Answer {
    let ask = ChangeInstance { instance, version: None };
    let key = sent.idempotency_key.unwrap_or_else(|| room.key());
    let command = domain::commands::Command::new(&key, "restart_instance", &ask)?;
    let outcome = instances::restart_instance(&room.portal.db, &room.scope, ask, command, room.now).await;
    let said = |words: &Words, view: &InstanceView| {
        Flash::done(say!(words, "did-restart", name = view.name.as_str())).then(say!(words, "did-start-means"))
    };
    answer(&room, &source, instance, outcome, said).await
}

/// Deletes it, when its name was typed.
pub(crate) async fn delete(
    room: Room<ChangeInstances>,
    State(source): State<Logs>,
    Path((_, instance)): Which,
    Form(sent): Form<Sent>,
) -> Answer {
    let typed = sent.confirm.unwrap_or_default();
    let reading = room.with::<ReadInstances>()?;
    let tx = reading.look().await?;
    let name = instances::instance_in(&tx, &reading.scope, instance).await?.instance.name;
    drop(tx);
    if typed.trim() != name {
        let wrong = domain::Error::Invalid { field: "confirm", rule: domain::Rule::Form };
        return again(&reading, &source, instance, Refusal { refused: wrong.into(), typed: Some(typed) }).await;
    }
    let ask = ChangeInstance { instance, version: None };
    let outcome = instances::delete_instance(&room.portal.db, &room.scope, ask, room.now).await;
    let said = |words: &Words, view: &InstanceView| {
        let done = Flash::done(say!(words, "did-delete", name = view.name.as_str()));
        match view.undo_until {
            Some(until) => done.then(say!(words, "did-delete-means", moment = words.moment(until))),
            None => done,
        }
    };
    answer(&room, &source, instance, outcome, said).await
}

/// Takes the deletion back.
pub(crate) async fn undo(
    room: Room<ChangeInstances>,
    State(source): State<Logs>,
    Path((_, instance)): Which,
) -> Answer {
    let ask = ChangeInstance { instance, version: None };
    let outcome = instances::undo_delete(&room.portal.db, &room.scope, ask, room.now).await;
    let said = |words: &Words, view: &InstanceView| {
        Flash::done(say!(words, "did-undo", name = view.name.as_str())).then(say!(words, "did-undo-means"))
    };
    answer(&room, &source, instance, outcome, said).await
}

/// Back to the page with what was done, or the page with why it was not.
async fn answer<P: Permission>(
    room: &Room<P>,
    source: &Logs,
    id: InstanceId,
    outcome: domain::Result<InstanceView>,
    said: impl FnOnce(&Words, &InstanceView) -> Flash,
) -> Answer {
    match outcome {
        Ok(view) => Ok(room.redirect(&format!("/instances/{id}"), said(room.words(), &view))),
        Err(error) => {
            let refusal = Refusal { refused: error.into(), typed: None };
            again(&room.with::<ReadInstances>()?, source, id, refusal).await
        }
    }
}

/// Stop, restart and start, each where the instance allows it; disabled with the reason where the reader may not.
pub(super) fn buttons(room: &Room<ReadInstances>, detail: &InstanceDetail) -> AnyView {
    let words = room.words();
    if is_gone(detail) {
        return ().into_any();
    }
    let (stops, changes) = (room.seat.may::<StopInstances>(), room.seat.may::<ChangeInstances>());
    view! {
        {act(room, detail, "stop", (say!(words, "act-stop"), Icon::Stop), stops)}
        {act(room, detail, "restart", (say!(words, "act-restart"), Icon::Again), changes)}
        {act(room, detail, "start", (say!(words, "act-start"), Icon::Play), changes)}
    }
    .into_any()
}

/// A button that is there or not as the instance stands: the stream hides and shows it.
fn act(
    room: &Room<ReadInstances>,
    detail: &InstanceDetail,
    verb: &'static str,
    (said, icon): (String, Icon),
    may: bool,
) -> AnyView {
    let view = &detail.instance;
    let shown = (view.wish == Wish::Running) != (verb == "start");
    let button = match may {
        true => {
            // No version: the cluster moves it all the time, and the last wish wins.
            let fields = hidden("idempotency_key", room.key());
            let href = room.href(&format!("/instances/{}/{verb}", view.id));
            Button::new(said).icon(icon).post(href, fields)
        }
        false => refused(&format!("why-not-{verb}"), said, why_not(room.words(), verb)),
    };
    view! { <span data-live=view.id.to_string() data-slot=verb hidden=!shown>{button}</span> }.into_any()
}

fn why_not(words: &Words, verb: &str) -> String {
    let permission = if verb == "stop" { "StopInstances" } else { "ChangeInstances" };
    crate::refused::lacking(words, permission)
}

/// Deleting, behind its name.
pub(super) fn danger(room: &Room<ReadInstances>, detail: &InstanceDetail, refusal: Option<Refusal>) -> AnyView {
    let (words, view) = (room.words(), &detail.instance);
    if is_gone(detail) || !room.seat.may::<ChangeInstances>() {
        return ().into_any();
    }
    let typed = refusal.and_then(|refusal| refusal.typed);
    let confirm = Confirm {
        action_words: say!(words, "act-delete"),
        href: room.href(&format!("/instances/{}/delete", view.id)),
        key: room.key(),
        consequence: say!(words, "delete-consequence"),
        ask: say!(words, "confirm-by-typing", name = view.name.as_str()),
        again: typed.map(|typed| (typed, say!(words, "confirm-mismatch", name = view.name.as_str()))),
    };
    Card::plain().body(confirm.view())
}
