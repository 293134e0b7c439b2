//! What has no invoice yet as its document would say it, and what is not billed and why.

use leptos::prelude::*;
use messages::{Words, say};
use types::{Document, DocumentLine, Timestamp, UnbilledLine};

use crate::components::{Card, Column, Empty, Row, Table, Tone, amount, both, length, pill, text};

/// What a period comes to; one that is over says that its invoice is still to come.
pub(super) fn period(words: &Words, document: &Document, now: Timestamp) -> AnyView {
    let over = document.period_ended_at <= now;
    if over && document.lines.is_empty() {
        return ().into_any();
    }
    let end = over.then(|| pill(Tone::Idle, say!(words, "usage-not-closed")));
    lines(words, document, end)
}

fn lines(words: &Words, document: &Document, end: Option<AnyView>) -> AnyView {
    if document.lines.is_empty() {
        let (title, means) = (say!(words, "usage-none"), say!(words, "usage-none-means"));
        return Card::plain().flush(Empty { title, words: means, next: None }.view());
    }
    let currency = document.currency.word();
    let columns = vec![
        Column::new(say!(words, "usage-what")),
        Column::end(say!(words, "usage-used")),
        Column::end(say!(words, "usage-rate", currency = currency)),
        Column::end(say!(words, "usage-granted")),
        Column::end(say!(words, "usage-net", currency = currency)),
    ];
    let rows = document.lines.iter().map(|line| row(words, line)).collect();
    let month = words.month(document.period_started_at);
    let title = if end.is_some() { month } else { say!(words, "usage-so-far", month = month) };
    let total = view! { <bdi class="num">{words.amount(document.net)}</bdi> }.into_any();
    let sum = vec![text(say!(words, "total-net")), ().into_any(), ().into_any(), ().into_any(), total];
    let card = Card::titled(title.clone());
    let card = match end {
        Some(end) => card.end(end),
        None => card,
    };
    card.flush(Table::new(title, columns).rows(rows).sum(sum).view())
}

fn row(words: &Words, line: &DocumentLine) -> Row {
    let name = view! { <bdi class="strong">{line.flavour_name.clone()}</bdi> }.into_any();
    Row::new(vec![
        both(name, text(line.project_name.as_str())),
        length(words.span(line.unit_seconds)),
        amount(words.amount_exact(line.per_hour)),
        amount(if line.allowance.micros > 0 { words.amount(line.allowance) } else { "–".to_owned() }),
        view! { <bdi class="num strong">{words.amount(line.net)}</bdi> }.into_any(),
    ])
}

/// What is not billed, and why.
pub(super) fn unbilled(words: &Words, lost: &[UnbilledLine]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "usage-what")),
        Column::new(say!(words, "usage-why")),
        Column::end(say!(words, "usage-used")),
    ];
    let row = |line: &UnbilledLine| {
        let name = view! { <bdi class="strong">{line.flavour_name.clone()}</bdi> }.into_any();
        Row::new(vec![
            both(name, text(line.project_name.as_str())),
            text(words.interval_reason(line.reason)),
            length(words.span(line.unit_seconds)),
        ])
    };
    let rows = lost.iter().map(row).collect();
    let title = say!(words, "usage-not-billed");
    Card::titled(title.clone()).flush(Table::new(title, columns).rows(rows).view())
}
