//! All credit notes.

use domain::{access::policy::ReadInvoices, invoices};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{CreditNoteSummary, Cursor, List};

use crate::{
    Page, Room, Way,
    components::{Card, Column, Empty, Heading, Row, Table, amount, cover, pages, text},
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
    let list = invoices::list_credit_notes_in(&tx, &room.scope, &page).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let called = say!(room.words(), "credit-notes");
    Ok(room.page_of(shell, Way::Invoices, &called, || view(&room, list, asked.cursor.is_none())))
}

fn view(room: &Room<ReadInvoices>, list: List<CreditNoteSummary>, is_first: bool) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "credit-notes")).beneath(say!(words, "credit-notes-beneath")).view();
    if list.items.is_empty() {
        return view! { {heading}{Card::plain().flush(none(words))} }.into_any();
    }
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("/credit-notes?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href("/credit-notes")));
    let more = older.is_some() || newer.is_some();
    let row = |note: &CreditNoteSummary| {
        let href = room.href(&format!("/credit-notes/{}", note.id));
        row(words, note, cover(href, note.number.clone()))
    };
    let rows = list.items.iter().map(row).collect();
    let pages = pages(say!(words, "credit-notes"), newer, older);
    let table = Table::new(say!(words, "credit-notes"), columns(words, say!(words, "credit-note"))).rows(rows);
    let card = if more { Card::plain().foot(pages) } else { Card::plain() };
    view! { {heading}{card.flush(table.view())} }.into_any()
}

/// Nothing was credited.
pub(crate) fn none(words: &Words) -> AnyView {
    let (title, words) = (say!(words, "credit-notes-none"), say!(words, "credit-notes-none-means"));
    Empty { title, words, next: None }.view()
}

/// The columns of a list of credit notes behind the first one.
pub(crate) fn columns(words: &Words, first: String) -> Vec<Column> {
    vec![
        Column::new(first),
        Column::new(say!(words, "invoice")),
        Column::wide(say!(words, "credit-note-why")),
        Column::new(say!(words, "invoice-issued")),
        Column::end(say!(words, "invoice-total")),
    ]
}

/// A credit note behind its first cell.
pub(crate) fn row(words: &Words, note: &CreditNoteSummary, first: AnyView) -> Row {
    Row::new(vec![
        first,
        view! { <bdi>{note.invoice_number.clone()}</bdi> }.into_any(),
        view! { <bdi>{note.reason.clone()}</bdi> }.into_any(),
        text(words.date(note.issued_at)),
        amount(words.money(note.total)),
    ])
    .goes()
}
