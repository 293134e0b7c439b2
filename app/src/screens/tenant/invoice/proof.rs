//! What stands behind the paper: a line opened down to its seconds and price, and the recalculation.

use leptos::prelude::*;
use messages::{Words, say};
use types::{Difference, InvoiceStatus, LineInstance, LineStretch, LineView, Money, Recalculation};

use crate::components::{Card, Column, Interval, Proof, Row, Table, Tone, ident, pill, text};

/// Whether the recalculation came out equal; before it was asked for, what it would do.
pub(crate) fn replay(words: &Words, status: InvoiceStatus, replay: Option<&Recalculation>) -> AnyView {
    let body = match replay {
        None if status == InvoiceStatus::Draft => return ().into_any(),
        None => view! { <p class="sm soft">{say!(words, "recalculate-means")}</p> }.into_any(),
        Some(replay) if replay.is_equal => view! {
            <div class="row">{pill(Tone::Good, say!(words, "replay-equal"))}</div>
            <p class="sm soft">{say!(words, "replay-equal-means", n = replay.n_stretches)}</p>
        }
        .into_any(),
        Some(replay) => view! {
            <div class="row">{pill(Tone::Bad, say!(words, "replay-differs"))}</div>
            <p class="sm soft">{say!(words, "replay-differs-means")}</p>
            {differences(words, &replay.differences)}
        }
        .into_any(),
    };
    Card::titled(say!(words, "recalculate"))
        .body(view! { <div role="status" class="stack tight">{body}</div> }.into_any())
}

fn differences(words: &Words, differences: &[Difference]) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "difference-place")),
        Column::end(say!(words, "difference-stored")),
        Column::end(say!(words, "difference-recomputed")),
    ];
    let said = |value: &Option<String>| ident(value.clone().unwrap_or_else(|| "–".to_owned()));
    let row = |one: &Difference| Row::new(vec![ident(one.place.as_str()), said(&one.stored), said(&one.recomputed)]);
    Table::new(say!(words, "replay-differs"), columns).scrolls().rows(differences.iter().map(row).collect()).view()
}

/// The line that was opened, instance by instance.
pub(crate) fn line(words: &Words, line: Option<&LineView>) -> AnyView {
    let Some(view) = line else {
        let means = view! { <p class="sm soft">{say!(words, "open-line-means")}</p> };
        return Card::titled(say!(words, "open-line")).body(means.into_any());
    };
    let line = &view.line;
    let title = say!(words, "line-number", n = i64::from(line.line), flavour = line.flavour_name.as_str());
    let instances = view.instances.iter().map(|instance| one(words, view, instance)).collect::<Vec<_>>();
    let price = say!(
        words,
        "proof-price",
        version = i64::from(line.price_version),
        amount = words.per_hour(line.per_hour),
        from = words.date(view.price_started_at),
    );
    let working = say!(
        words,
        "proof-working",
        seconds = words.count(line.unit_seconds),
        price = words.amount_exact(line.per_hour),
        exact = exact(words, line.exact),
        amount = words.money(line.amount),
    );
    let body = view! { {instances}<p class="xs faint">{price}" "{working}</p> };
    Card::titled(title).body(body.into_any())
}

fn one(words: &Words, view: &LineView, instance: &LineInstance) -> AnyView {
    let proof = Proof {
        intervals: instance.stretches.iter().map(|stretch| interval(words, stretch)).collect(),
        sum: (words.span(instance.unit_seconds), exact(words, instance.net)),
        working: format!("{} × {} ÷ 3600", words.count(instance.unit_seconds), words.amount_exact(view.line.per_hour)),
    };
    view! { <div class="stack tight"><h3>{text(instance.name.as_str())}</h3>{proof.view()}</div> }.into_any()
}

fn interval(words: &Words, stretch: &LineStretch) -> Interval {
    let units = if stretch.units > 1 { format!(" × {}", stretch.units) } else { String::new() };
    let seconds = stretch.ended_at.seconds_since(stretch.started_at);
    Interval {
        when: format!("{} → {}", words.moment(stretch.started_at), words.moment(stretch.ended_at)),
        words: format!("{}{units}", words.span_figures(seconds)),
        billed: true,
    }
}

fn exact(words: &Words, money: Money) -> String {
    format!("{} {}", words.amount_exact(money), money.currency.word())
}
