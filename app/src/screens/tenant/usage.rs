//! Seconds and their cost: by day, by project and GPU, and what is not billed and why.

use domain::{access::policy::ReadUsage, invoices, metering};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{Document, DocumentLine, Timestamp, UnbilledLine, UsageDay};

use crate::{
    Page, Room, Way,
    components::{Bar, Bars, Card, Column, Empty, Heading, Row, Table, Tone, amount, both, length, pill, text, time},
};

const DAYS: u16 = 30;
const HOUR_SECONDS: i64 = 3600;

/// The page.
pub(crate) async fn show(room: Room<ReadUsage>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let documents = invoices::previews_in(&tx, &room.scope).await?.items;
    let days = metering::usage_by_day_in(&tx, &room.scope, DAYS).await?;
    let shell = room.shell_in(&tx, Way::Usage).await?;
    Ok(room.page(shell, Way::Usage, || view(&room, &documents, &days)))
}

fn view(room: &Room<ReadUsage>, documents: &[Document], days: &[UsageDay]) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "nav-usage")).beneath(say!(words, "usage-beneath"));
    let periods = documents.iter().map(|document| period(words, document, room.now)).collect::<Vec<_>>();
    view! { {heading.view()}{by_day(words, days)}{periods} }.into_any()
}

/// What a period comes to; one that is over says that its invoice is still to come.
fn period(words: &Words, document: &Document, now: Timestamp) -> AnyView {
    let over = document.period_ended_at <= now;
    let used = !document.lines.is_empty() || !document.unbilled.is_empty();
    let unbilled = (!document.unbilled.is_empty()).then(|| unbilled(words, document));
    let end = over.then(|| pill(Tone::Idle, say!(words, "usage-not-closed")));
    (used || !over).then(|| view! { {lines(words, document, end)}{unbilled} }).into_any()
}

fn by_day(words: &Words, days: &[UsageDay]) -> AnyView {
    let label = say!(words, "usage-days", n = i64::from(DAYS));
    let bar = |day: &UsageDay| Bar {
        first: day.billed_unit_s,
        second: day.unbilled_unit_s,
        words: format!("{} · {}", words.day(day.started_at), split(words, day)),
    };
    let top = days.iter().map(|day| day.billed_unit_s + day.unbilled_unit_s).max().unwrap_or(0);
    let hours =
        |seconds: i64| say!(words, "span-hours-brief", n = words.decimal(seconds * 1_000_000 / HOUR_SECONDS, 1));
    let end = |day: Option<&UsageDay>| day.map_or_else(String::new, |day| words.day(day.started_at));
    let chart = Bars {
        label: label.clone(),
        bars: days.iter().map(bar).collect(),
        scale: [hours(top), hours(top / 2), hours(0)],
        ends: (end(days.first()), end(days.last())),
        table: (say!(words, "as-table"), days_table(words, days)),
    };
    let legend = view! {
        <ul class="legend"><li><i></i><span>{say!(words, "usage-billed")}</span></li><li><i class="second"></i><span>{say!(words, "usage-unbilled")}</span></li></ul>
    };
    Card::titled(label).end(legend.into_any()).body(chart.view())
}

fn split(words: &Words, day: &UsageDay) -> String {
    let (billed, unbilled) = (words.span_brief(day.billed_unit_s), words.span_brief(day.unbilled_unit_s));
    say!(words, "billed-and-not", billed = billed, unbilled = unbilled)
}

fn days_table(words: &Words, days: &[UsageDay]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "usage-day")),
        Column::end(say!(words, "usage-billed")),
        Column::end(say!(words, "usage-unbilled")),
    ];
    let used = days.iter().rev().filter(|day| day.billed_unit_s + day.unbilled_unit_s > 0);
    let row = |day: &UsageDay| {
        Row::new(vec![
            time(day.started_at, words.day(day.started_at)),
            length(words.span(day.billed_unit_s)),
            length(words.span(day.unbilled_unit_s)),
        ])
    };
    Table::new(say!(words, "nav-usage"), columns).scrolls().rows(used.map(row).collect()).view()
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

fn unbilled(words: &Words, document: &Document) -> AnyView {
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
    let rows = document.unbilled.iter().map(row).collect();
    let title = say!(words, "usage-not-billed", month = words.month(document.period_started_at));
    Card::titled(title.clone()).flush(Table::new(title, columns).rows(rows).view())
}
