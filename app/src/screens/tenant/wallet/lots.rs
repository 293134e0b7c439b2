//! The grants: what is left of each, what it pays for and until when.

use std::collections::BTreeMap;

use domain::access::policy::ReadBalance;
use leptos::prelude::*;
use messages::{Words, say};
use types::{Amount, FlavourId, LotView, Timestamp};

use crate::{
    Room,
    components::{Card, Column, Row, Table, Tone, both, meter, pill, text, time},
};

/// Flavours' names by id.
pub(in crate::screens::tenant) type Names = BTreeMap<FlavourId, String>;

/// Below this much time left, the end is a warning.
const SOON_SECONDS: i64 = 30 * 86_400;

pub(super) fn card(room: &Room<ReadBalance>, lots: &[LotView], names: &Names) -> AnyView {
    let words = room.words();
    let title = say!(words, "lots");
    if lots.is_empty() {
        return Card::titled(title).body(view! { <p class="sm soft">{say!(words, "lots-none")}</p> }.into_any());
    }
    let columns = vec![
        Column::new(say!(words, "lot-name")),
        Column::new(say!(words, "lot-scope")),
        Column::new(say!(words, "lot-ends")),
        Column::end(say!(words, "lot-left")),
    ];
    let rows = lots.iter().map(|lot| row(words, lot, names, room.now)).collect();
    Card::titled(title.clone()).flush(Table::new(title, columns).rows(rows).view())
}

fn row(words: &Words, lot: &LotView, names: &Names, now: Timestamp) -> Row {
    let name = view! { <bdi class="strong">{lot.name.clone()}</bdi> }.into_any();
    let left = view! { <bdi class="num strong">{amount_of(words, lot.left, names)}</bdi> }.into_any();
    let given = text(say!(words, "lot-of", amount = amount_of(words, lot.granted, names)));
    let left = view! { {both(left, given)}{meter(share(lot), Tone::Good)} };
    Row::new(vec![
        both(name, text(words.lot_kind(lot.kind))),
        text(scope(words, lot, names)),
        ends(words, lot, now),
        left.into_any(),
    ])
}

/// Whether something is left of it.
pub(in crate::screens::tenant) fn is_left(lot: &LotView) -> bool {
    number(lot.left) > 0
}

fn number(amount: Amount) -> i64 {
    match amount {
        Amount::Money(money) => money.micros,
        Amount::GpuSeconds { seconds, .. } => seconds,
    }
}

/// How much of it is left, of 1000.
fn share(lot: &LotView) -> i64 {
    let share = i128::from(number(lot.left)) * 1000 / i128::from(number(lot.granted).max(1));
    i64::try_from(share).unwrap_or(1000)
}

/// An amount of a lot, in words.
pub(in crate::screens::tenant) fn amount_of(words: &Words, amount: Amount, names: &Names) -> String {
    match amount {
        Amount::Money(money) => words.money(money),
        Amount::GpuSeconds { flavour, seconds } => {
            let name = names.get(&flavour).cloned().unwrap_or_else(|| flavour.to_string());
            say!(words, "gpu-time", span = words.span_brief(seconds), flavour = name)
        }
    }
}

fn scope(words: &Words, lot: &LotView, names: &Names) -> String {
    let flavours = lot.flavours.iter().map(|id| names.get(id).cloned().unwrap_or_else(|| id.to_string()));
    let mut parts: Vec<String> = flavours.collect();
    if !lot.projects.is_empty() {
        parts.push(say!(words, "lot-scope-projects", n = lot.projects.len()));
    }
    if parts.is_empty() { say!(words, "lot-scope-all") } else { parts.join(&say!(words, "list-and")) }
}

fn ends(words: &Words, lot: &LotView, now: Timestamp) -> AnyView {
    if lot.effective_at > now {
        return text(say!(words, "lot-begins", date = words.date(lot.effective_at)));
    }
    let Some(end) = lot.expires_at else { return text(say!(words, "lot-never")) };
    match end.seconds_since(now) {
        ..=0 => pill(Tone::Idle, say!(words, "lot-over")),
        left if left < SOON_SECONDS => both(time(end, words.date(end)), pill(Tone::Warn, words.ahead(now, end))),
        _ => time(end, words.date(end)),
    }
}
