//! A month: what was held on each of its days, and its cost by project, member or flavour with who paid.

use leptos::prelude::*;
use messages::{Words, say};
use types::{Money, Timestamp, UsageBy, UsageDay, UsageGroup, UsageMonth};

use crate::components::{Bar, Bars, Card, Column, Empty, Row, Table, amount, both, ident, length, tag, text, time};

const HOUR_SECONDS: i64 = 3600;
/// Groups that are drawn, those that cost most; the table has all.
const MOST_BARS: usize = 31;
/// Between the beginning of a day or a month of the hub's calendar and where it is named: readers in other zones read the
/// same name.
const INSIDE_DAY_S: i64 = 43_200;
pub(super) const INSIDE_MONTH_S: i64 = 14 * 86_400;

/// What the month is called.
fn name(words: &Words, started_at: Timestamp) -> String {
    words.month(started_at.plus_seconds(INSIDE_MONTH_S))
}

/// What was held on each day, billed or not, with a table that says the same.
pub(super) fn by_day(words: &Words, usage: &UsageMonth, days: &[UsageDay]) -> AnyView {
    if days.is_empty() {
        return ().into_any();
    }
    let label = say!(words, "usage-days-of", month = name(words, usage.started_at));
    let bar = |day: &UsageDay| Bar {
        first: day.billed_unit_s,
        second: day.unbilled_unit_s,
        words: format!("{} · {}", date(words, day), split(words, day)),
    };
    let top = days.iter().map(|day| day.billed_unit_s + day.unbilled_unit_s).max().unwrap_or(0);
    let hours =
        |seconds: i64| say!(words, "span-hours-brief", n = words.decimal(seconds * 1_000_000 / HOUR_SECONDS, 1));
    let end = |day: Option<&UsageDay>| day.map_or_else(String::new, |day| date(words, day));
    let chart = Bars {
        label: label.clone(),
        bars: days.iter().map(bar).collect(),
        scale: [hours(top), hours(top / 2), hours(0)],
        ends: (end(days.first()), end(days.last())),
        table: Some((say!(words, "as-table"), days_table(words, days))),
    };
    let legend = view! {
        <ul class="legend"><li><i></i><span>{say!(words, "usage-billed")}</span></li><li><i class="second"></i><span>{say!(words, "usage-unbilled")}</span></li></ul>
    };
    Card::titled(label).end(legend.into_any()).body(chart.view())
}

fn date(words: &Words, day: &UsageDay) -> String {
    words.day(day.started_at.plus_seconds(INSIDE_DAY_S))
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
            time(day.started_at, date(words, day)),
            length(words.span(day.billed_unit_s)),
            length(words.span(day.unbilled_unit_s)),
        ])
    };
    Table::new(say!(words, "nav-usage"), columns).scrolls().rows(used.map(row).collect()).view()
}

/// The groups with their sum; nothing where nothing was rated of a month that still runs: what is said of it below says so.
pub(super) fn groups(words: &Words, usage: &UsageMonth) -> AnyView {
    let runs = usage.after.is_none();
    if usage.groups.is_empty() {
        let (title, means) = (say!(words, "usage-month-none"), say!(words, "usage-month-none-means"));
        let none = Empty { title, words: means, next: None };
        return if runs { ().into_any() } else { Card::plain().flush(none.view()) };
    }
    let currency = usage.currency.word();
    let columns = vec![
        Column::new(words.usage_group(usage.by)),
        Column::end(say!(words, "usage-used")),
        Column::end(say!(words, "usage-net", currency = currency)),
        Column::end(say!(words, "usage-tax", currency = currency)),
        Column::end(say!(words, "usage-by-grants", currency = currency)),
        Column::end(say!(words, "usage-by-wallet", currency = currency)),
    ];
    let rows = usage.groups.iter().map(|group| row(words, usage, group)).collect();
    let total = usage.total;
    let sum = vec![
        text(say!(words, "usage-total")),
        length(words.span(total.unit_seconds)),
        strong(words, total.net),
        amount(words.amount(total.tax)),
        amount(words.amount(total.granted)),
        strong(words, total.wallet),
    ];
    let (title, month) = (words.usage_by(usage.by), name(words, usage.started_at));
    let title = format!("{title} · {}", if runs { say!(words, "usage-so-far", month = month) } else { month });
    let table = Table::new(title.clone(), columns).rows(rows).sum(sum).view();
    let foot = view! { <p class="xs faint">{say!(words, "usage-paid-means")}</p> };
    let card = Card::titled(title.clone()).foot(foot.into_any());
    if usage.groups.len() < 2 {
        return card.flush(table);
    }
    let legend = view! {
        <ul class="legend"><li><i></i><span>{say!(words, "usage-wallet")}</span></li><li><i class="second"></i><span>{say!(words, "usage-grants")}</span></li></ul>
    };
    let body = view! { <div class="body">{bars(words, usage, title)}</div>{table} };
    card.end(legend.into_any()).flush(body.into_any())
}

/// What each group cost with its tax: what the wallet paid, and upon it what grants did. The table beneath says the same.
fn bars(words: &Words, usage: &UsageMonth, label: String) -> AnyView {
    let groups = &usage.groups[..usage.groups.len().min(MOST_BARS)];
    let money = |micros: i64| Money { micros, currency: usage.currency };
    let cost = |group: &UsageGroup| group.sum.wallet.micros + group.sum.granted.micros;
    let called = |group: &UsageGroup| {
        let known = group.name.clone().or_else(|| group.id.clone());
        known.unwrap_or_else(|| say!(words, "usage-unknown"))
    };
    let bar = |group: &UsageGroup| Bar {
        first: group.sum.wallet.micros,
        second: group.sum.granted.micros,
        words: format!("{} · {}", called(group), words.money(money(cost(group)))),
    };
    let top = groups.iter().map(cost).max().unwrap_or(0);
    let end = |group: Option<&UsageGroup>| group.map_or_else(String::new, called);
    let chart = Bars {
        label,
        bars: groups.iter().map(bar).collect(),
        scale: [top, top / 2, 0].map(|micros| words.amount(money(micros))),
        ends: (end(groups.first()), end(groups.last())),
        table: None,
    };
    chart.view()
}

fn row(words: &Words, usage: &UsageMonth, group: &UsageGroup) -> Row {
    let sum = group.sum;
    Row::new(vec![
        named(words, usage.by, group),
        length(words.span(sum.unit_seconds)),
        strong(words, sum.net),
        amount(words.amount(sum.tax)),
        amount(if sum.granted.micros > 0 { words.amount(sum.granted) } else { "–".to_owned() }),
        strong(words, sum.wallet),
    ])
}

/// What a group is called; who is no member any more is known by their id alone.
fn named(words: &Words, by: UsageBy, group: &UsageGroup) -> AnyView {
    let is_token = by == UsageBy::Member && group.id.as_deref().is_some_and(|id| id.starts_with("tok_"));
    let program = is_token.then(|| tag(say!(words, "usage-program")));
    match (&group.name, &group.id) {
        (Some(name), _) => {
            view! { <span class="row wrap"><bdi class="strong">{name.clone()}</bdi>{program}</span> }.into_any()
        }
        (None, Some(id)) => both(text(say!(words, "usage-left")), ident(id.clone())),
        (None, None) => text(say!(words, "usage-unknown")),
    }
}

fn strong(words: &Words, money: Money) -> AnyView {
    view! { <bdi class="num strong">{words.amount(money)}</bdi> }.into_any()
}
