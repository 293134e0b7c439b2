//! Invoices. A draft is what the rated items of a closed period come to now; a finalised invoice is a number and the
//! bytes that never change again. Preview, draft, issue and recalculation come from the one function `compose`.

mod bulk;
mod compose;
mod credits;
mod entity;
mod lines;
mod parties;
mod postings;
mod replay;
mod review;
mod rounding;
mod series;
mod signing;
mod standing;
mod usage;
mod withheld;

use jiff::ToSpan;
use types::{
    Cursor, Document, FinaliseInvoice, InvoiceId, InvoiceStatus, InvoiceSummary, InvoiceView, List, SignOffKind,
    Timestamp,
};

pub(crate) use self::bulk::drafts_through;
pub(crate) use self::credits::{draw_in as draw_credit_in, issue_in as issue_credit_note_in};
pub(crate) use self::parties::Standing;
pub use self::{
    bulk::{
        finalise_all, finalise_run, finalise_some, latest_finalise_run, look_at_draft, looks_in, stop_finalise_run,
    },
    credits::{
        credit_note_in, credit_notes_of_in, issue_credit_note, list_all_credit_notes, list_credit_notes_in,
        preview_credit_note,
    },
    lines::line_in,
    replay::recalculate_in,
    review::list_for_review,
    signing::ask_to_finalise,
    standing::invoice_standing_in,
    usage::unbilled_in,
    withheld::{record_withholding, undo_withholding},
};
use self::{
    compose::{Parts, Slice, compose},
    parties::Parties,
    usage::{Items, Window},
};
pub(crate) use self::{
    signing::{digest_in, lock_finalised_in},
    standing::debts_in,
};
use crate::{
    Database, Error, Result, Tx,
    access::{
        Scope,
        policy::{CloseBilling, ReadInvoices, ReadUsage},
    },
    audit::{self, Change},
    billing::{self, Period},
    canonical,
    commands::{self, Command},
    cursor::{Place, paged},
    sign_off,
};

/// Days in which what is due is to be paid.
const DAYS_TO_PAY: i64 = 30;

/// Numbers a draft and freezes it: what it bills names it, what was set aside becomes revenue and tax.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict when it is final already or an earlier draft waits; `Changed`
/// when the document is no longer the one whose digest was named.
pub async fn finalise_invoice(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: FinaliseInvoice,
    command: Command,
    now: Timestamp,
) -> Result<InvoiceView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| finalise_in(tx, ask.invoice, Agreed::Document(&ask.sha256)).await).await
}

/// What whoever has a draft finalised agreed to.
#[derive(Clone, Copy)]
enum Agreed<'a> {
    /// The document, by its digest.
    Document(&'a str),
    /// Its net, tax and total, in minor units.
    Amounts([i64; 3]),
}

impl Agreed<'_> {
    fn is_to(self, document: &Document, sha256: &str) -> bool {
        match self {
            Self::Document(agreed) => agreed == sha256,
            Self::Amounts(agreed) => agreed == [document.net, document.tax, document.total].map(entity::minor),
        }
    }
}

/// A draft that is what was agreed to, has its items, and is booked; all but numbered.
struct Ready {
    row: entity::Row,
    document: Document,
    around: Around,
}

async fn finalise_in(tx: &Tx, invoice: InvoiceId, agreed: Agreed<'_>) -> Result<InvoiceView> {
    let ready = prepare_in(tx, invoice, agreed).await?;
    number_in(tx, ready).await
}

async fn prepare_in(tx: &Tx, invoice: InvoiceId, agreed: Agreed<'_>) -> Result<Ready> {
    let row = entity::lock_in(tx, invoice).await?;
    if row.status == InvoiceStatus::Finalised {
        return Err(Error::Conflict("finalised"));
    }
    if entity::has_earlier_draft_in(tx, row.started_at).await? {
        return Err(Error::Conflict("earlier-draft-waits"));
    }
    entity::take_items_in(tx, row.id, row.ended_at).await?;
    let (document, around) = composed_in(tx, Items::Of(row.id), row.window()).await?;
    let sha256 = canonical::sha256_hex(&canonical::bytes(&document)?);
    if !agreed.is_to(&document, &sha256) {
        return Err(Error::Changed);
    }
    sign_off::required(tx, SignOffKind::Finalise, row.id.uuid(), &sha256, document.total).await?;
    entity::insert_lines_in(tx, row.id, &document).await?;
    postings::book_in(tx, row.id, &around.slices, &document).await?;
    Ok(Ready { row, document, around })
}

/// Numbers what is ready: others wait for it from here on.
async fn number_in(tx: &Tx, ready: Ready) -> Result<InvoiceView> {
    let Ready { row, document, around } = ready;
    let document = numbered_in(tx, document, &around).await?;
    let snapshot = canonical::bytes(&document)?;
    let row = entity::finalise_in(tx, row.id, &document, &snapshot).await?;
    let change = Change {
        verb: "invoice.finalised",
        subject: row.id.to_string(),
        before: None::<()>,
        after: Some((&document.number, document.total)),
    };
    audit::record_in(tx, change).await?;
    Ok(InvoiceView { invoice: row.summary()?, document, sha256: canonical::sha256_hex(&snapshot) })
}

/// The document with its number and dates; the number is the last thing that others could wait for.
async fn numbered_in(tx: &Tx, document: Document, around: &Around) -> Result<Document> {
    let today = billing::day(tx.now, &around.zone);
    let (number, issued_on) = series::take_number_in(tx, &series::INVOICES, around.seller, today).await?;
    let due_on = (document.due.micros > 0).then(|| issued_on.saturating_add(DAYS_TO_PAY.days()));
    Ok(Document { number: Some(number), issued_on: Some(issued_on), due_on, ..document })
}

/// Makes the draft of a closed period's invoice; none where there is nothing to bill.
pub(crate) async fn draft_in(tx: &Tx, period: &Period) -> Result<Option<InvoiceId>> {
    let ended_at = period.ended_at.ok_or(Error::Conflict("period-runs"))?;
    let window = Window { started_at: period.started_at, ended_at };
    let (document, _) = composed_in(tx, Items::Open, window).await?;
    if document.lines.is_empty() {
        return Ok(None);
    }
    entity::insert_draft_in(tx, period.id, &document).await.map(Some)
}

/// The organisation's invoices, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_invoices_in(tx: &Tx, scope: &Scope<ReadInvoices>, page: &Cursor) -> Result<List<InvoiceSummary>> {
    tx.admits(scope)?;
    let rows = entity::newest_in(tx, Place::of(page)?, i64::from(page.size()) + 1).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.drafted_at, id: row.id.uuid() });
    Ok(List { items: rows.iter().map(entity::Row::summary).collect::<Result<_>>()?, next_cursor })
}

/// One invoice with its document: as issued, or as the draft would be issued now.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn invoice_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<InvoiceView> {
    tx.admits(scope)?;
    view_in(tx, invoice).await
}

/// What has no invoice yet comes to so far, as each period's invoice would say it, the latest period first: the one that
/// holds now, and before it those that have ended and are not closed.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn previews_in(tx: &Tx, scope: &Scope<ReadUsage>) -> Result<List<Document>> {
    tx.admits(scope)?;
    let (running, zone) = (billing::running_in(tx).await?, billing::seller_zone_in(tx).await?);
    let (mut items, mut started_at, mut rated) = (Vec::new(), running.started_at, Items::Open);
    loop {
        let window = Window { started_at, ended_at: billing::period_end(started_at, &zone)? };
        items.insert(0, composed_in(tx, rated, window).await?.0);
        if tx.now < window.ended_at {
            return Ok(List { items, next_cursor: None });
        }
        (started_at, rated) = (window.ended_at, Items::Ahead);
    }
}

async fn view_in(tx: &Tx, invoice: InvoiceId) -> Result<InvoiceView> {
    let row = entity::invoice_in(tx, invoice).await?;
    let document = document_in(tx, &row).await?;
    let sha256 = canonical::sha256_hex(&canonical::bytes(&document)?);
    Ok(InvoiceView { invoice: row.summary()?, document, sha256 })
}

/// Who sells and who buys, as they are now.
pub(crate) async fn standing_in(tx: &Tx) -> Result<Standing> {
    Parties::of(tx, Window { started_at: tx.now, ended_at: tx.now }).await?.standing()
}

/// The number of a receipt that is frozen now; take it last: others wait for it until the commit.
pub(crate) async fn receipt_number_in(tx: &Tx, standing: &Standing) -> Result<String> {
    let today = billing::day(tx.now, &standing.zone);
    Ok(series::take_number_in(tx, &series::RECEIPTS, standing.seller_id, today).await?.0)
}

/// The document of a row: the frozen one, or what the draft comes to now.
async fn document_in(tx: &Tx, row: &entity::Row) -> Result<Document> {
    match row.status {
        InvoiceStatus::Draft => Ok(composed_in(tx, Items::Open, row.window()).await?.0),
        InvoiceStatus::Finalised => frozen(&entity::snapshot_in(tx, row.id).await?.snapshot),
    }
}

fn frozen(snapshot: &[u8]) -> Result<Document> {
    serde_json::from_slice(snapshot).map_err(|error| Error::Corrupt(format!("snapshot: {error}")))
}

/// What a finalisation needs besides the document.
struct Around {
    seller: types::OrganisationId,
    zone: jiff::tz::TimeZone,
    slices: Vec<Slice>,
}

async fn composed_in(tx: &Tx, items: Items, window: Window) -> Result<(Document, Around)> {
    let parties = Parties::of(tx, window).await?;
    let (seller, zone, owed) = (parties.seller(), parties.zone()?, parties.owed());
    let slices = usage::slices_in(tx, items, window).await?;
    let sponsored = if parties.has_funders() { usage::sponsored_in(tx, items, window).await? } else { Vec::new() };
    let unbilled = if parties.has_faults() { usage::lost_in(tx, window).await? } else { Vec::new() };
    let around = Around { seller, zone, slices: slices.clone() };
    let parts = Parts { frame: parties.frame(window), slices, sponsored, unbilled, owed };
    Ok((compose(parts)?, around))
}
