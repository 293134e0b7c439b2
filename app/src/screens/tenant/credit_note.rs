//! One credit note as it stands on paper.

use domain::{access::policy::ReadInvoices, invoices, papers};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Path, Refused};
use types::{Amount, CreditDocument, CreditNoteId, CreditNoteView, CreditedLine, PaperId, PaperView, RestoredLot};

use super::{
    documents::downloads,
    invoice::paper::{buyer, day, payer, seller, tax},
};
use crate::{
    Page, Room, Way,
    components::{Button, Column, Heading, Paper, Party, Row, Table, Total, amount, both, length, text},
};

/// The page.
pub(crate) async fn show(
    room: Room<ReadInvoices>,
    Path((_, id)): Path<(String, CreditNoteId)>,
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let note = invoices::credit_note_in(&tx, &room.scope, id).await?;
    let paper = papers::paper_of_in(&tx, &room.scope, PaperId::from_uuid(id.uuid())).await?;
    let shell = room.shell_in(&tx, Way::Invoices).await?;
    let href = room.href(&format!("/invoices/{}", note.note.invoice));
    Ok(room.page_of(shell, Way::Invoices, &note.note.number, || {
        view(room.words(), &note, (&room.href(""), paper.as_ref()), &href)
    }))
}

/// The note with its files, for whoever is at `place`, and the way to its invoice.
pub(crate) fn view(
    words: &Words,
    note: &CreditNoteView,
    (place, file): (&str, Option<&PaperView>),
    invoice: &str,
) -> AnyView {
    let number = note.note.number.clone();
    let see = say!(words, "invoice-number", number = note.note.invoice_number.as_str());
    let (files, see) = (downloads(words, place, file), Button::new(see).to(invoice));
    let heading = Heading::of(view! { <bdi>{number}</bdi> }.into_any()).actions(view! { {files}{see} }.into_any());
    view! { <div class="no-print">{heading.view()}</div>{paper(words, &note.document)} }.into_any()
}

/// The document as paper, in the reader's language; the issued one keeps its own in the archive.
pub(crate) fn paper(words: &Words, document: &CreditDocument) -> AnyView {
    let title = match &document.number {
        Some(number) => say!(words, "credit-note-number", number = number.as_str()),
        None => say!(words, "credit-note"),
    };
    let issued = match document.issued_on {
        Some(date) => say!(words, "invoice-issued-on", date = day(words, date)),
        None => say!(words, "credit-note-not-issued"),
    };
    let of = document.invoice_number.as_str();
    let of = say!(words, "credit-note-of", number = of, date = day(words, document.invoice_issued_on));
    let paper = Paper {
        seller: seller(words, &document.seller),
        title,
        dates: vec![issued, of],
        parties: parties(words, document),
        lines: lines(words, document),
        totals: totals(words, document),
        mentions: mentions(words, document),
        draft: document.number.is_none(),
    };
    paper.view()
}

/// Whom it is for, and to whom the total goes back.
fn parties(words: &Words, document: &CreditDocument) -> Vec<Party> {
    let back = document.back.iter().map(|one| payer(words, say!(words, "credit-back-to"), one));
    let owed = (document.owed.micros > 0).then(|| Party {
        role: say!(words, "credit-back-to"),
        name: say!(words, "credit-debt"),
        lines: vec![words.money(document.owed)],
    });
    [buyer(words, &document.buyer)].into_iter().chain(back).chain(owed).collect()
}

fn lines(words: &Words, document: &CreditDocument) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "usage-what")),
        Column::end(say!(words, "usage-used")),
        Column::end(say!(words, "usage-net", currency = document.currency.word())),
    ];
    let rows = document.lines.iter().map(|line| row(words, line)).collect();
    Table::new(say!(words, "credit-note"), columns).scrolls().rows(rows).view()
}

fn row(words: &Words, line: &CreditedLine) -> Row {
    let of = say!(words, "credit-of-line", n = i64::from(line.of.line));
    let gift = (line.allowance.micros > 0).then(|| say!(words, "line-gift", amount = words.money(line.allowance)));
    let beneath = [Some(line.of.project_name.clone()), Some(of), gift].into_iter().flatten().collect::<Vec<_>>();
    let name = view! { <bdi class="strong">{line.of.flavour_name.clone()}</bdi> };
    let used = if line.unit_seconds > 0 { length(words.span(line.unit_seconds)) } else { text("–") };
    Row::new(vec![both(name.into_any(), text(beneath.join(" · "))), used, amount(words.amount(line.net))])
}

fn totals(words: &Words, document: &CreditDocument) -> Vec<Total> {
    let total = |words, amount, grand| Total { words, amount, grand };
    let net = total(say!(words, "total-net"), words.amount(document.net), false);
    let grand = say!(words, "total-grand", currency = document.currency.word());
    let grand = total(grand, words.amount(document.total), true);
    [net].into_iter().chain(document.taxes.iter().map(|group| tax(words, group))).chain([grand]).collect()
}

/// Why it was issued, what lots were given back, and why there is no tax.
fn mentions(words: &Words, document: &CreditDocument) -> Vec<String> {
    let reason = say!(words, "credit-note-reason", reason = document.reason.as_str());
    let restored = document.restored.iter().map(|lot| restored(words, document, lot));
    let codes = document.taxes.iter().filter_map(|tax| tax.reason_code.as_deref());
    let codes = codes.map(|code| say!(words, "mention-no-tax", code = code));
    [reason].into_iter().chain(restored).chain(codes).collect()
}

fn restored(words: &Words, document: &CreditDocument, lot: &RestoredLot) -> String {
    let amount = match lot.amount {
        Amount::Money(money) => words.money(money),
        Amount::GpuSeconds { flavour, seconds } => {
            let line = document.lines.iter().find(|line| line.of.flavour == flavour);
            let name = line.map_or_else(|| flavour.to_string(), |line| line.of.flavour_name.clone());
            say!(words, "gpu-time", span = words.span(seconds), flavour = name)
        }
    };
    say!(words, "credit-restored", name = lot.name.as_str(), amount = amount)
}
