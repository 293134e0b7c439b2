//! Every instance that waits: where, why, since when, and what happens next by itself.

use std::collections::BTreeMap;

use domain::{access::policy::ReadNodes, clusters};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{Argument, InstanceReason, Timestamp, WaitingView};

use super::hall::{freshness, troubles};
use crate::{
    Office, Page, StaffWay,
    components::{Card, Column, Empty, Heading, Mark, Row, Table, Tone, both, cover, ident, number, phase, pill, text},
};

/// The page.
pub(crate) async fn show(office: Office<ReadNodes>) -> Result<Page, Refused> {
    let open = office.look().await?;
    let waiting = clusters::list_waiting(&open, &office.survey).await?.items;
    let seen = clusters::list_clusters(&open, &office.survey).await?.items;
    drop(open);
    let shell = office.shell(StaffWay::Waiting).await?;
    let words = office.words();
    let view = || {
        let heading = Heading::new(say!(words, "staff-waiting-why")).beneath(freshness(words, office.now, &seen));
        view! { {heading.view()}{troubles(words, office.now, &seen)}{list(words, office.now, &waiting)} }.into_any()
    };
    Ok(office.page(shell, StaffWay::Waiting, view))
}

fn list(words: &Words, now: Timestamp, waiting: &[WaitingView]) -> AnyView {
    if waiting.is_empty() {
        let (title, words) = (say!(words, "staff-nothing-waits"), say!(words, "staff-nothing-waits-means"));
        return Card::plain().body(Empty { title, words, next: None }.view());
    }
    Card::plain().flush(table(words, now, waiting))
}

/// The waits, each going to its instance.
pub(super) fn table(words: &Words, now: Timestamp, waiting: &[WaitingView]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "staff-instance")),
        Column::new(say!(words, "staff-asked-for")),
        Column::new(say!(words, "staff-phase")),
        Column::wide(say!(words, "staff-reason-next")),
        Column::end(say!(words, "staff-since")),
    ];
    let rows = waiting.iter().map(|wait| row(words, now, wait)).collect();
    Table::new(say!(words, "staff-waiting-why"), columns).rows(rows).view()
}

fn row(words: &Words, now: Timestamp, wait: &WaitingView) -> Row {
    let href = format!("/staff/organisations/{}/instances/{}", wait.organisation_slug, wait.instance);
    let whose = view! { <bdi>{wait.organisation_name.clone()}</bdi> }.into_any();
    let asked = if wait.units > 1 { format!("{} ×{}", wait.flavour, wait.units) } else { wait.flavour.clone() };
    let state = match wait.reason {
        Some(
            InstanceReason::StuckTerminating
            | InstanceReason::NodeLost
            | InstanceReason::GpuLost
            | InstanceReason::VolumeHeld,
        ) => pill(Tone::Bad, words.phase(wait.phase)),
        _ => phase(words, wait.phase, &Mark::still()),
    };
    Row::new(vec![
        both(cover(href, wait.name.clone()), whose),
        view! { <bdi>{asked}</bdi> }.into_any(),
        state,
        why(words, now, wait),
        number(words.span_brief(now.seconds_since(wait.since))),
    ])
    .goes()
}

/// What the cluster answered, where that came with the reason.
pub(super) fn answer(arguments: &BTreeMap<String, Argument>) -> Option<AnyView> {
    match arguments.get("message") {
        Some(Argument::Text(message)) if !message.is_empty() => Some(ident(message.as_str())),
        _ => None,
    }
}

/// The reason with its next step; beneath it the cluster's answer, its last word, and when the wait is given up.
fn why(words: &Words, now: Timestamp, wait: &WaitingView) -> AnyView {
    let reason = wait.reason.map_or_else(|| say!(words, "staff-no-reason-yet"), |reason| words.instance_reason(reason));
    let answered = answer(&wait.reason_arguments).map(|answer| view! { {answer}" " });
    let said = wait.event.as_ref().map(|event| view! { <bdi class="id">{event.message.clone()}</bdi>" " });
    let node = wait.node.as_ref().map(|node| view! { {ident(node.clone())}" " });
    let given_up = wait.deadline_at.map(|at| match at > now {
        true => say!(words, "staff-given-up", ahead = words.ahead(now, at)),
        false => say!(words, "staff-given-up-now"),
    });
    both(text(reason), view! { {node}{answered}{said}{given_up} }.into_any())
}
