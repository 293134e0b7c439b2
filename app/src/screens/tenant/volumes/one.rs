//! One volume: how it stands, what it costs, growing it, deleting it and taking that back.

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{ChangeInstances, ReadInstances},
    volumes,
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{ChangeVolume, InstanceReason, VolumeId, VolumePhase, VolumeView};

use super::{MOST_GB, above, size, state, too_much};
use crate::{
    Flash, Page, Room, Way,
    components::{
        Banner, Button, Card, Confirm, Field, Form, Heading, Icon, Tone, amount, banner, facts, ident, text, time,
    },
    screens::asked::{is_said_here, problem, whole},
};

/// What each of the page's forms sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    size_gb: String,
    confirm: String,
}

/// A form that was refused, with what stood in it.
struct Returned {
    filled: Filled,
    refused: Refused,
}

type Which = Path<(String, VolumeId)>;
type Answer = Result<Response, Refused>;

/// The page.
pub(crate) async fn show(room: Room<ReadInstances>, Path((_, id)): Which) -> Result<Page, Refused> {
    page(&room, id, None).await
}

/// Makes it larger.
pub(crate) async fn grow(room: Room<ChangeInstances>, Path((_, volume)): Which, Sent(filled): Sent<Filled>) -> Answer {
    let outcome = match whole("size_gb", &filled.size_gb, MOST_GB) {
        Ok(size_gb) => {
            let ask = ChangeVolume { volume, version: None };
            let grown = volumes::grow_volume(&room.portal.db, &room.scope, ask, size_gb, room.now).await;
            grown.map_err(Refused::from)
        }
        Err(refused) => Err(refused),
    };
    let said = |words: &Words, view: &VolumeView| {
        Flash::done(say!(words, "volume-grown", name = view.name.as_str())).then(say!(words, "volume-grown-means"))
    };
    answer(&room, volume, filled, outcome, said).await
}

/// Deletes it, when its name was typed.
pub(crate) async fn delete(
    room: Room<ChangeInstances>,
    Path((_, volume)): Which,
    Sent(filled): Sent<Filled>,
) -> Answer {
    let reading = room.with::<ReadInstances>()?;
    let tx = reading.look().await?;
    let name = volumes::volume_in(&tx, &reading.scope, volume).await?.name;
    drop(tx);
    let outcome = if filled.confirm.trim() == name {
        let ask = ChangeVolume { volume, version: None };
        volumes::delete_volume(&room.portal.db, &room.scope, ask, room.now).await
    } else {
        Err(domain::Error::Invalid { field: "confirm", rule: domain::Rule::Form })
    };
    let said = |words: &Words, view: &VolumeView| {
        let done = Flash::done(say!(words, "volume-deleted", name = view.name.as_str()));
        match view.undo_until {
            Some(until) => done.then(say!(words, "volume-deleted-means", moment = words.moment(until))),
            None => done,
        }
    };
    answer(&room, volume, filled, outcome.map_err(Refused::from), said).await
}

/// Takes the deletion back.
pub(crate) async fn undo(room: Room<ChangeInstances>, Path((_, volume)): Which) -> Answer {
    let ask = ChangeVolume { volume, version: None };
    let outcome = volumes::undo_delete_volume(&room.portal.db, &room.scope, ask, room.now).await;
    let said = |words: &Words, view: &VolumeView| {
        Flash::done(say!(words, "volume-undone", name = view.name.as_str())).then(say!(words, "volume-undone-means"))
    };
    answer(&room, volume, Filled::default(), outcome.map_err(Refused::from), said).await
}

/// Back to the page with what was done, or the page with why it was not.
async fn answer(
    room: &Room<ChangeInstances>,
    id: VolumeId,
    filled: Filled,
    outcome: Result<VolumeView, Refused>,
    said: impl FnOnce(&Words, &VolumeView) -> Flash,
) -> Answer {
    match outcome {
        Ok(view) => Ok(room.redirect(&format!("/volumes/{id}"), said(room.words(), &view))),
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page(&room.with()?, id, Some(Returned { filled, refused })).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(room: &Room<ReadInstances>, id: VolumeId, returned: Option<Returned>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let volume = volumes::volume_in(&tx, &room.scope, id).await?;
    let shell = room.shell_in(&tx, Way::Volumes).await?;
    let name = volume.name.clone();
    Ok(room.page_of(shell, Way::Volumes, &name, || view(room, &volume, returned)))
}

fn view(room: &Room<ReadInstances>, volume: &VolumeView, returned: Option<Returned>) -> AnyView {
    let words = room.words();
    let heading = Heading::of(view! { <bdi>{volume.name.clone()}</bdi> }.into_any()).beside(state(words, volume));
    let changes = volume.deleted_at.is_none() && room.seat.may::<ChangeInstances>();
    let acts = changes.then(|| {
        let grow = grows(volume).then(|| grow_form(room, volume, returned.as_ref()));
        view! { <aside class="stack">{grow}{danger(room, volume, returned.as_ref())}</aside> }
    });
    // What is said beside a field is said above where its form is not on the page.
    let beside: &[&str] = match (changes, grows(volume)) {
        (true, true) => &["size_gb", "units", "confirm"],
        (true, false) => &["confirm"],
        (false, _) => &[],
    };
    let told = above(words, returned.as_ref().map(|returned| &returned.refused), beside);
    view! {
        {undoing(room, volume)}
        {freezing(words, volume)}
        {heading.view()}
        {told}
        <div class="split">{details(room, volume)}{acts}</div>
    }
    .into_any()
}

/// A deletion that can still be undone.
fn undoing(room: &Room<ReadInstances>, volume: &VolumeView) -> Option<AnyView> {
    let words = room.words();
    let until = volume.undo_until.filter(|until| *until > room.now)?;
    let undo = Button::new(say!(words, "undo")).icon(Icon::Again).small();
    let action = room.href(&format!("/volumes/{}/undo", volume.id));
    let action = room.seat.may::<ChangeInstances>().then(|| undo.post(action, ().into_any()));
    let title = say!(words, "undo-until", moment = words.moment(until));
    Some(banner(Banner { tone: Tone::Warn, title, words: None, action }))
}

/// That nobody pays for it, and when it goes.
fn freezing(words: &Words, volume: &VolumeView) -> Option<AnyView> {
    let at = volume.deletes_at.filter(|_| volume.deleted_at.is_none())?;
    let title = say!(words, "volume-frozen-until", date = words.date(at));
    Some(banner(Banner { tone: Tone::Bad, title, words: Some(say!(words, "volume-frozen-means")), action: None }))
}

/// Whether it can be asked to be larger: what is frozen or lost cannot.
fn grows(volume: &VolumeView) -> bool {
    volume.frozen_at.is_none() && volume.phase != VolumePhase::Lost
}

/// How it stands in a sentence. What is deleted or frozen is in the cluster as before, and is not billed.
fn means(words: &Words, volume: &VolumeView) -> String {
    match volume.phase {
        VolumePhase::Deleting | VolumePhase::Deleted => words.volume_phase_means(volume.phase),
        _ if volume.deleted_at.is_some() => words.volume_phase_means(VolumePhase::Deleted),
        _ if volume.frozen_at.is_some() => say!(words, "volume-frozen-means"),
        _ if is_refused(volume) => say!(words, "volume-refused-means"),
        phase => words.volume_phase_means(phase),
    }
}

/// Whether the cluster has something of it and refuses the rest.
fn is_refused(volume: &VolumeView) -> bool {
    volume.phase == VolumePhase::Resizing && volume.reason == Some(InstanceReason::StorageRefused)
}

fn details(room: &Room<ReadInstances>, volume: &VolumeView) -> AnyView {
    let words = room.words();
    let mounted = match (volume.instance, volume.instance_name.clone()) {
        (Some(id), Some(name)) => {
            view! { <a href=room.href(&format!("/instances/{id}"))><bdi>{name}</bdi></a> }.into_any()
        }
        _ => text(say!(words, "volume-mounted-by-none")),
    };
    let price = match volume.phase {
        VolumePhase::Resizing => say!(words, "volume-per-hour-there"),
        _ => say!(words, "volume-per-hour"),
    };
    let per_hour = volume.per_hour.map(|money| (price, amount(words.per_hour(money))));
    let why = volume.reason.map(|reason| (say!(words, "volume-reason"), text(words.instance_reason(reason))));
    let said = volume.message.clone().map(|message| (say!(words, "volume-said"), ident(message)));
    let pairs = [
        Some((say!(words, "volume-state-means"), text(means(words, volume)))),
        why,
        said,
        Some((say!(words, "volume-size"), amount(size(words, volume.size_gb)))),
        Some((say!(words, "volume-capacity"), amount(size(words, volume.capacity_gb)))),
        per_hour,
        Some((say!(words, "volume-mounted-by"), mounted)),
        Some((say!(words, "volume-place"), ident(format!("/volumes/{}", volume.name)))),
        Some((say!(words, "project"), text(volume.project_name.as_str()))),
        Some((say!(words, "volume-made-on"), time(volume.made_at, words.moment(volume.made_at)))),
        Some((say!(words, "volume-id"), ident(volume.id.to_string()))),
    ];
    let body = view! {
        {facts(pairs.into_iter().flatten().collect())}
        <p class="sm soft">{say!(words, "volume-lifeboat-means")}</p>
    };
    Card::plain().body(body.into_any())
}

fn grow_form(room: &Room<ReadInstances>, volume: &VolumeView, returned: Option<&Returned>) -> AnyView {
    let words = room.words();
    let refused = returned.map(|returned| &returned.refused);
    let typed = returned.map(|returned| returned.filled.size_gb.clone()).filter(|typed| !typed.is_empty());
    let field = Field::amount("size_gb", say!(words, "volume-size"))
        .value(typed.unwrap_or_else(|| volume.size_gb.to_string()))
        .unit(say!(words, "volume-unit"))
        .error(too_much(words, refused))
        .required();
    let back = || say!(words, "volume-grow-back", size = size(words, volume.capacity_gb));
    let field = if is_refused(volume) { field.hint(back()) } else { field };
    let fields = view! {
        <p class="sm soft">{say!(words, "volume-grow-means")}</p>
        {field.view()}
        <div>{Button::new(say!(words, "volume-grow")).submit()}</div>
    };
    let form = Form::post(room.href(&format!("/volumes/{}/grow", volume.id)));
    Card::titled(say!(words, "volume-grow")).body(form.around(fields.into_any()))
}

/// Deleting, behind its name.
fn danger(room: &Room<ReadInstances>, volume: &VolumeView, returned: Option<&Returned>) -> AnyView {
    let words = room.words();
    let mismatch = |returned: &Returned| {
        let is_of_name = problem(words, Some(&returned.refused), "confirm").is_some();
        is_of_name
            .then(|| (returned.filled.confirm.clone(), say!(words, "confirm-mismatch", name = volume.name.as_str())))
    };
    let confirm = Confirm {
        action_words: say!(words, "act-delete"),
        href: room.href(&format!("/volumes/{}/delete", volume.id)),
        key: room.key(),
        consequence: say!(words, "volume-delete-consequence"),
        ask: say!(words, "confirm-by-typing", name = volume.name.as_str()),
        again: returned.and_then(mismatch),
    };
    Card::plain().body(confirm.view())
}
