//! One instance: its line, last event, ribbon, cost and logs, live; and what can be done with it.

mod acts;
mod logs;
mod parts;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{access::policy::ReadInstances, clusters, instances};
use frontend::Live;
use leptos::prelude::*;
use session::{Path, Refused};
use types::{InstanceDetail, InstanceId};

pub(crate) use acts::{delete, restart, start, stop, undo};

use crate::{
    Logs, Page, Room, Way,
    components::{Banner, Tone, banner},
    live::{ago, ended, heard},
    screens::tenant::instance::logs::Written,
};

/// What a form that was refused brings back to the page.
#[derive(Debug)]
pub(super) struct Refusal {
    refused: Refused,
    /// What was typed to confirm a deletion.
    typed: Option<String>,
}

/// The page.
pub(crate) async fn show(
    room: Room<ReadInstances>,
    State(source): State<Logs>,
    Path((_, id)): Path<(String, InstanceId)>,
) -> Result<Page, Refused> {
    page(&room, &source, id, None).await
}

/// The page again, with the reason why a form on it was refused.
pub(super) async fn again(
    room: &Room<ReadInstances>,
    source: &Logs,
    id: InstanceId,
    refusal: Refusal,
) -> Result<Response, Refused> {
    let status = refusal.refused.status();
    Ok(page(room, source, id, Some(refusal)).await?.with_status(status).into_response())
}

async fn page(
    room: &Room<ReadInstances>,
    source: &Logs,
    id: InstanceId,
    refusal: Option<Refusal>,
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let detail = instances::instance_in(&tx, &room.scope, id).await?;
    let heard = heard(room.words(), room.now, &clusters::heard_in(&tx).await?, &[&detail.instance]);
    let shell = room.shell_in(&tx, Way::Instances).await?;
    let stream = logs::open(room, &tx, source, id).await?;
    // Reading from the cluster takes its time: the database is not held up by it.
    drop(tx);
    let written = logs::read(stream).await;
    let name = detail.instance.name.clone();
    Ok(room.page_of(shell, Way::Instances, &name, || view(room, &detail, (written, heard), refusal)))
}

fn view(
    room: &Room<ReadInstances>,
    detail: &InstanceDetail,
    (written, heard): (Written, String),
    refusal: Option<Refusal>,
) -> AnyView {
    let id = detail.instance.id;
    let logs = if written.may_follow() { "&log=true" } else { "" };
    let stream = room.href(&format!("/events?topic=instance&ids={id}{logs}"));
    let words = room.words();
    let told = refusal.as_ref().filter(|refusal| refusal.typed.is_none()).map(|refusal| {
        let said = words.refusal(&refusal.refused.refusal());
        banner(Banner { tone: Tone::Bad, title: said.message, words: Some(said.hint), action: None })
    });
    let deleted = parts::undoing(room, detail);
    let left = view! { <div class="stack">{parts::cost(room, detail)}{logs::card(words, written)}</div> };
    let right = view! {
        <div class="stack">{parts::details(words, detail)}{parts::same_by_api(room, detail)}{acts::danger(room, detail, refusal)}</div>
    };
    let body = view! {
        {told}{deleted}
        {parts::heading(room, detail)}
        {parts::life(room, detail, heard)}
        <div class="split">{left}{right}</div>
    };
    view! { <Live stream=stream ago=ago(words) ended=ended(words)><div class="stack">{body}</div></Live> }.into_any()
}
