//! The lines that the organisation contested.

pub(crate) mod one;

use domain::{access::policy::ReadInvoices, disputes};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, DisputeState, DisputeView, List};

use crate::{
    Page, Room, Way,
    components::{Card, Column, Empty, Heading, Row, Table, Tone, amount, both, cover, pages, pill, text, time},
};

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// The list.
pub(crate) async fn show(room: Room<ReadInvoices>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let page = Cursor { cursor: asked.cursor.clone(), limit: None };
    let list = disputes::list_disputes_in(&tx, &room.scope, &page).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let called = say!(room.words(), "disputes");
    Ok(room.page_of(shell, Way::Invoices, &called, || view(&room, list, asked.cursor.is_none())))
}

fn view(room: &Room<ReadInvoices>, list: List<DisputeView>, is_first: bool) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "disputes")).beneath(say!(words, "disputes-beneath")).view();
    if list.items.is_empty() {
        let (title, means) = (say!(words, "disputes-none"), say!(words, "disputes-none-means"));
        return view! { {heading}{Card::plain().flush(Empty { title, words: means, next: None }.view())} }.into_any();
    }
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("/disputes?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href("/disputes")));
    let more = older.is_some() || newer.is_some();
    let row = |dispute: &DisputeView| {
        let href = room.href(&format!("/disputes/{}", dispute.id));
        row(words, dispute, cover(href, called(words, dispute)))
    };
    let rows = list.items.iter().map(row).collect();
    let pages = pages(say!(words, "disputes"), newer, older);
    let table = Table::new(say!(words, "disputes"), columns(words, say!(words, "dispute-line"))).rows(rows);
    let card = if more { Card::plain().foot(pages) } else { Card::plain() };
    view! { {heading}{card.flush(table.view())} }.into_any()
}

/// "Line 2 of invoice TM-2026-000007".
pub(crate) fn called(words: &Words, dispute: &DisputeView) -> String {
    say!(words, "dispute-of", line = dispute.line.to_string(), invoice = dispute.invoice_number.as_str())
}

/// What has become of it, as a pill.
pub(crate) fn state(words: &Words, state: DisputeState) -> AnyView {
    let tone = match state {
        DisputeState::Open => Tone::Warn,
        DisputeState::Credited => Tone::Good,
        DisputeState::Refused | DisputeState::Withdrawn => Tone::Idle,
    };
    pill(tone, words.dispute_state(state))
}

/// The columns of a list of contested lines behind the first one.
pub(crate) fn columns(words: &Words, first: String) -> Vec<Column> {
    vec![
        Column::new(first),
        Column::wide(say!(words, "dispute-reason")),
        Column::new(say!(words, "dispute-state-of")),
        Column::new(say!(words, "dispute-opened")),
        Column::end(say!(words, "dispute-amount")),
    ]
}

/// A contested line behind its first cell.
pub(crate) fn row(words: &Words, dispute: &DisputeView, first: AnyView) -> Row {
    let sold = text(format!("{} · {}", dispute.flavour_name, dispute.project_name));
    Row::new(vec![
        both(first, sold),
        view! { <bdi>{dispute.reason.clone()}</bdi> }.into_any(),
        state(words, dispute.state),
        time(dispute.opened_at, words.date(dispute.opened_at)),
        amount(words.money(dispute.amount)),
    ])
    .goes()
}
