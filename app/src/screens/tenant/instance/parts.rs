//! The parts of an instance's page that only show.

use domain::access::policy::{ChangeInstances, ReadInstances};
use leptos::prelude::*;
use messages::{Direction, Words, say};
use types::{AttemptView, InstanceDetail, IntervalReason, IntervalView, Money, Phase, Timestamp};

use super::acts;
use crate::{
    Room,
    components::{
        Banner, Button, Card, Column, Heading, Icon, Line, Mark, Part, PartKind, Ribbon, Row, Table, Tone, amount,
        banner, copy_line, facts, ident, length, live, live_words, phase, snippet, text, time,
    },
    live::{cost as cost_words, event, reason, split, stations},
};

pub(super) fn heading(room: &Room<ReadInstances>, detail: &InstanceDetail) -> AnyView {
    let (words, view) = (room.words(), &detail.instance);
    let gpu = say!(words, "units-of", units = view.units, flavour = view.flavour_name.as_str());
    let beside = view! { <span class="sm faint"><bdi>{gpu}</bdi>" · "<bdi>{view.region.clone()}</bdi></span> };
    Heading::of(view! { <bdi>{view.name.clone()}</bdi> }.into_any())
        .beside(phase(words, view.phase, &Mark::of(view.id, "phase")))
        .beside(beside.into_any())
        .actions(acts::buttons(room, detail))
        .view()
}

/// A deletion that can still be undone.
pub(super) fn undoing(room: &Room<ReadInstances>, detail: &InstanceDetail) -> Option<AnyView> {
    let (words, view) = (room.words(), &detail.instance);
    let until = view.undo_until.filter(|until| *until > room.now)?;
    let undo = Button::new(say!(words, "undo")).icon(Icon::Again).small();
    let action = room.href(&format!("/instances/{}/undo", view.id));
    let action = room.seat.may::<ChangeInstances>().then(|| undo.post(action, ().into_any()));
    let title = say!(words, "undo-until", moment = words.moment(until));
    Some(banner(Banner { tone: Tone::Warn, title, words: None, action }))
}

pub(super) fn life(room: &Room<ReadInstances>, detail: &InstanceDetail, heard: String) -> AnyView {
    let (words, view) = (room.words(), &detail.instance);
    let line = Line {
        label: say!(words, "line-label", name = view.name.as_str()),
        stations: stations(words, detail),
        mark: Mark::of(view.id, "line"),
    };
    let body = view! {
        {line.view()}
        <div role="status">
            <p>{live_words(&Mark::of(view.id, "reason"), reason(words, view, room.now))}</p>
            <p class="sm faint">{live_words(&Mark::of(view.id, "event"), event(words, view, room.now))}" "{live_words(&Mark::of("page", "ago"), heard)}</p>
        </div>
    };
    Card::plain().body(body.into_any())
}

pub(super) fn cost(room: &Room<ReadInstances>, detail: &InstanceDetail) -> AnyView {
    let (words, id) = (room.words(), detail.instance.id);
    let cost = &detail.cost;
    let ribbons = detail.attempts.iter().filter(|attempt| !attempt.intervals.is_empty());
    let ribbons = ribbons.take(5).map(|attempt| attempt_ribbon(room, attempt)).collect::<Vec<_>>();
    let none = ribbons.is_empty().then(|| view! { <p class="sm soft">{say!(words, "cost-none-yet")}</p> });
    let body = view! {
        <div class="between">
            <div class="price"><b>{live(&Mark::of(id, "cost"), cost_words(words, cost))}</b><span class="soft">{cost.currency.word()}</span></div>
            <span class="sm soft num">{live_words(&Mark::of(id, "split"), split(words, cost))}</span>
        </div>
        {ribbons}{none}
    };
    let metered = view! { <span class="sm soft">{say!(words, "cost-metered")}</span> };
    Card::titled(say!(words, "cost-so-far")).end(metered.into_any()).body(body.into_any())
}

fn attempt_ribbon(room: &Room<ReadInstances>, attempt: &AttemptView) -> AnyView {
    let words = room.words();
    let seconds = |interval: &IntervalView| interval.ended_at.unwrap_or(room.now).seconds_since(interval.started_at);
    let billed = attempt.intervals.iter().filter(|interval| interval.billable).map(seconds).sum::<i64>();
    let unbilled = attempt.intervals.iter().filter(|interval| !interval.billable).map(seconds).sum::<i64>();
    let label = say!(words, "cost-whole", billed = words.span(billed), unbilled = words.span(unbilled));
    let ribbon = Ribbon {
        id: format!("attempt-{}", attempt.attempt),
        label,
        parts: attempt.intervals.iter().map(|interval| part(words, interval, seconds(interval))).collect(),
        marks: marks(room, attempt),
        legend: legend(words, &attempt.intervals),
        table: Some((say!(words, "as-table"), intervals(words, attempt, room.now))),
        rtl: words.locale().dir() == Direction::Rtl,
    };
    let started = time(attempt.started_at, words.moment(attempt.started_at));
    let number = say!(words, "attempt-number", n = attempt.attempt);
    let node = attempt.node.clone().map(|node| view! { " · "{ident(node)} });
    view! { <div class="stack tight"><h3>{number}<span class="faint">" · "{started}{node}</span></h3>{ribbon.view()}</div> }.into_any()
}

/// The word for a stretch, and what it looks like.
fn stretch(words: &Words, interval: &IntervalView) -> (PartKind, String) {
    match interval.reason {
        _ if interval.billable => (PartKind::Billed, say!(words, "billed")),
        None => (PartKind::Free, say!(words, "not-billed")),
        Some(reason) => (kind(reason), words.interval_reason(reason)),
    }
}

fn kind(reason: IntervalReason) -> PartKind {
    match reason {
        IntervalReason::NodeFault
        | IntervalReason::GpuLost
        | IntervalReason::Maintenance
        | IntervalReason::Unconfirmed
        | IntervalReason::Waived => PartKind::Fault,
        _ => PartKind::Free,
    }
}

fn part(words: &Words, interval: &IntervalView, seconds: i64) -> Part {
    let (kind, what) = stretch(words, interval);
    Part { kind, seconds, words: format!("{what} · {}", words.span(seconds)) }
}

fn marks(room: &Room<ReadInstances>, attempt: &AttemptView) -> Vec<(i64, String)> {
    let (Some(first), Some(last)) = (attempt.intervals.first(), attempt.intervals.last()) else { return Vec::new() };
    let (words, end) = (room.words(), last.ended_at.unwrap_or(room.now));
    let clock =
        |at: Timestamp| if end.seconds_since(first.started_at) > 86_400 { words.day(at) } else { words.clock(at) };
    vec![(0, clock(first.started_at)), (1000, clock(end))]
}

/// What stands for what, each once.
fn legend(words: &Words, intervals: &[IntervalView]) -> Vec<(PartKind, String)> {
    let mut legend: Vec<(PartKind, String)> = Vec::new();
    for known in intervals.iter().map(|interval| stretch(words, interval)) {
        if !legend.contains(&known) {
            legend.push(known);
        }
    }
    legend
}

fn intervals(words: &Words, attempt: &AttemptView, now: Timestamp) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "interval-from")),
        Column::end(say!(words, "interval-length")),
        Column::new(say!(words, "interval-what")),
    ];
    let row = |interval: &IntervalView| {
        let seconds = interval.ended_at.unwrap_or(now).seconds_since(interval.started_at);
        Row::new(vec![
            time(interval.started_at, words.moment(interval.started_at)),
            length(words.span(seconds)),
            text(stretch(words, interval).1),
        ])
    };
    let rows = attempt.intervals.iter().map(row).collect();
    Table::new(say!(words, "cost-so-far"), columns).scrolls().rows(rows).view()
}

pub(super) fn details(words: &Words, detail: &InstanceDetail) -> AnyView {
    let view = &detail.instance;
    let node = detail.attempts.first().and_then(|attempt| attempt.node.clone());
    let rate =
        detail.cost.micros_per_hour.map(|micros| words.per_hour(Money { micros, currency: detail.cost.currency }));
    let mut pairs = vec![
        (say!(words, "project"), text(view.project_name.as_str())),
        (say!(words, "template"), text(view.template.as_str())),
        (say!(words, "cluster"), ident(view.cluster.as_str())),
        (say!(words, "price-now"), rate.map_or_else(|| text(say!(words, "not-for-sale")), amount)),
        (say!(words, "launched-by"), text(detail.launched_by.as_str())),
        (say!(words, "instance-launched"), time(view.launched_at, words.moment(view.launched_at))),
    ];
    pairs.extend(node.map(|node| (say!(words, "node"), ident(node))));
    if view.n_restarts > 0 {
        pairs.push((say!(words, "restarts"), amount(words.count(view.n_restarts.into()))));
    }
    if !detail.ports.is_empty() {
        let ports = detail.ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        pairs.push((say!(words, "ports"), ident(ports)));
    }
    if !detail.environment.is_empty() {
        pairs.push((say!(words, "environment"), ident(detail.environment.join(", "))));
    }
    let id = copy_line(say!(words, "identifier"), view.id.to_string());
    let image = copy_line(say!(words, "image"), detail.image.clone());
    let simulated =
        view.simulated.then(|| view! { <span class="tag simulated">{say!(words, "simulated")}</span> }.into_any());
    let card = Card::titled(say!(words, "details"));
    let card = match simulated {
        Some(tag) => card.end(tag),
        None => card,
    };
    card.body(view! { {facts(pairs)}{id}{image} }.into_any())
}

pub(super) fn same_by_api(room: &Room<ReadInstances>, detail: &InstanceDetail) -> AnyView {
    let (words, view) = (room.words(), &detail.instance);
    let body = serde_json::json!({
        "project": view.project, "name": format!("{}-2", view.name), "flavour": view.flavour, "units": view.units,
        "template": view.template,
    });
    let address = format!("{}/api/v1/organisations/{}/instances", room.portal.settings.base_url, room.seat.slug());
    let code = format!(
        "curl -X POST {address} \\\n  -H 'Idempotency-Key: <key>' \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"
    );
    let means = view! { <p class="xs faint">{say!(words, "same-by-api-means")}</p> };
    Card::titled(say!(words, "same-by-api"))
        .body(view! { {snippet(say!(words, "same-by-api"), code)}{means} }.into_any())
}

/// Whether a person could do more with it than look.
pub(super) fn is_gone(detail: &InstanceDetail) -> bool {
    detail.instance.phase == Phase::Deleted || detail.instance.deleted_at.is_some()
}
