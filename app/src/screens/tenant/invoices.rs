//! All invoices.

use domain::{access::policy::ReadInvoices, invoices};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, InvoiceStatus, InvoiceSummary, List};

use crate::{
    Page, Room, Way,
    components::{Button, Card, Column, Empty, Heading, Row, Table, Tone, amount, cover, pages, pill, text},
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
    let list = invoices::list_invoices_in(&tx, &room.scope, &page).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    Ok(room.page(shell, Way::Invoices, || view(&room, list, asked.cursor.is_none())))
}

/// What an invoice is called: its number, or the month that a draft is for.
pub(crate) fn name(words: &Words, invoice: &InvoiceSummary) -> String {
    let month = || say!(words, "invoice-draft", month = words.month(invoice.period_started_at));
    invoice.number.clone().unwrap_or_else(month)
}

/// Its state as a pill.
pub(crate) fn status(words: &Words, status: InvoiceStatus) -> AnyView {
    let tone = match status {
        InvoiceStatus::Draft => Tone::Idle,
        InvoiceStatus::Finalised => Tone::Good,
    };
    pill(tone, words.invoice_status(status))
}

fn view(room: &Room<ReadInvoices>, list: List<InvoiceSummary>, is_first: bool) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "nav-invoices")).beneath(say!(words, "invoices-beneath"));
    let preview = Button::new(say!(words, "nav-usage")).to(room.href(Way::Usage.path()));
    let notes = Button::new(say!(words, "credit-notes")).to(room.href("/credit-notes"));
    let contested = Button::new(say!(words, "disputes")).to(room.href("/disputes"));
    let papers = Button::new(say!(words, "papers")).to(room.href(super::documents::HERE));
    let heading = heading.actions(view! { {papers}{notes}{contested}{preview} }.into_any()).view();
    if list.items.is_empty() {
        let (title, means) = (say!(words, "invoices-none"), say!(words, "invoices-none-means"));
        return view! { {heading}{Card::plain().flush(Empty { title, words: means, next: None }.view())} }.into_any();
    }
    let columns = vec![
        Column::new(say!(words, "invoice")),
        Column::new(say!(words, "invoice-period")),
        Column::new(say!(words, "invoice-status-head")),
        Column::new(say!(words, "invoice-issued")),
        Column::end(say!(words, "invoice-total")),
    ];
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("/invoices?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href("/invoices")));
    let more = older.is_some() || newer.is_some();
    let rows = list.items.iter().map(|invoice| row(room, invoice)).collect();
    let pages = pages(say!(words, "nav-invoices"), newer, older);
    let table = Table::new(say!(words, "nav-invoices"), columns).rows(rows);
    let card = if more { Card::plain().foot(pages) } else { Card::plain() };
    view! { {heading}{card.flush(table.view())} }.into_any()
}

fn row(room: &Room<ReadInvoices>, invoice: &InvoiceSummary) -> Row {
    let words = room.words();
    let issued = invoice.finalised_at.map_or_else(|| "–".to_owned(), |at| words.date(at));
    Row::new(vec![
        cover(room.href(&format!("/invoices/{}", invoice.id)), name(words, invoice)),
        text(words.month(invoice.period_started_at)),
        status(words, invoice.status),
        text(issued),
        amount(words.money(invoice.total)),
    ])
    .goes()
}
