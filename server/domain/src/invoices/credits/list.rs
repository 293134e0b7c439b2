//! Reading credit notes: one, an organisation's, an invoice's with what is left of it, and everybody's.

use sea_orm::FromQueryResult;
use types::{
    CreditNoteId, CreditNoteSummary, CreditNoteView, CreditReviewView, Cursor, Document, InvoiceCredits, InvoiceId,
    InvoiceStatus, LineCredits, List,
};

use super::{
    entity::{self, COLUMNS, Row, TABLES},
    steps::{Credited, is_open, left_of},
};
use crate::{
    Error, Open, Result, Tx,
    access::{Scope, Survey, policy::ReadInvoices},
    canonical,
    cursor::{Place, paged},
    invoices::{self, rounding::money},
};

/// The organisation's credit notes, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_credit_notes_in(
    tx: &Tx,
    scope: &Scope<ReadInvoices>,
    page: &Cursor,
) -> Result<List<CreditNoteSummary>> {
    tx.admits(scope)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE c.organisation_id = $1 AND ($2::timestamptz IS NULL OR (c.issued_at, c.id) < ($2, $3))
         ORDER BY c.issued_at DESC, c.id DESC LIMIT $4"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), at.into(), id.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.issued_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::summary).collect::<Result<_>>()?, next_cursor })
}

/// One credit note as it was issued.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn credit_note_in(tx: &Tx, scope: &Scope<ReadInvoices>, note: CreditNoteId) -> Result<CreditNoteView> {
    tx.admits(scope)?;
    view_in(tx, note).await
}

pub(super) async fn view_in(tx: &Tx, note: CreditNoteId) -> Result<CreditNoteView> {
    let row = entity::note_in(tx, note).await?;
    let snapshot = entity::snapshot_in(tx, note).await?;
    let document = serde_json::from_slice(&snapshot).map_err(|error| Error::Corrupt(format!("snapshot: {error}")))?;
    Ok(CreditNoteView { note: row.summary()?, document, sha256: canonical::sha256_hex(&snapshot) })
}

/// What has become of an invoice: its credit notes, and what is left of it and of each of its lines.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn credit_notes_of_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<InvoiceCredits> {
    tx.admits(scope)?;
    let row = invoices::entity::invoice_in(tx, invoice).await?;
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE c.organisation_id = $1 AND c.invoice_id = $2
         ORDER BY c.issued_at DESC, c.id DESC"
    );
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), invoice.into()]).await?;
    let credited: i64 = rows.iter().map(|row| row.total).sum();
    // A draft changes by itself: there is nothing to correct.
    let (is_open, lines) = match row.status {
        InvoiceStatus::Draft => (false, Vec::new()),
        InvoiceStatus::Finalised => {
            lines(&invoices::document_in(tx, &row).await?, &entity::credited_in(tx, invoice).await?)?
        }
    };
    Ok(InvoiceCredits {
        credited: money(credited, row.currency)?,
        left: money(row.total - credited, row.currency)?,
        is_open,
        lines,
        notes: rows.into_iter().map(Row::summary).collect::<Result<_>>()?,
    })
}

/// Whether anything is left, and of which line how much.
fn lines(document: &Document, credited: &Credited) -> Result<(bool, Vec<LineCredits>)> {
    let before = |line: u16| credited.get(&line).copied().unwrap_or_default();
    let line = |line: &types::DocumentLine| {
        let left = left_of(line, before(line.line));
        let amount_left = money(left.amount, document.currency)?;
        Ok(LineCredits { line: line.line, amount_left, unit_seconds_left: left.unit_seconds })
    };
    let is_open = document.lines.iter().any(|line| is_open(line, before(line.line)));
    Ok((is_open, document.lines.iter().map(line).collect::<Result<_>>()?))
}

#[derive(FromQueryResult)]
struct Whose {
    id: CreditNoteId,
    organisation_name: String,
    slug: String,
}

/// The credit notes of all organisations, the latest first.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_all_credit_notes(
    open: &Open,
    _: &Survey<ReadInvoices>,
    page: &Cursor,
) -> Result<List<CreditReviewView>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE $1::timestamptz IS NULL OR (c.issued_at, c.id) < ($1, $2)
         ORDER BY c.issued_at DESC, c.id DESC LIMIT $3"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = open.all(&sql, [at.into(), id.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.issued_at, id: row.id.uuid() });
    let mut whose = whose(open, &rows).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(place) = whose.iter().position(|whose| whose.id == row.id) {
            let Whose { organisation_name, slug, .. } = whose.swap_remove(place);
            items.push(CreditReviewView { note: row.summary()?, organisation_name, slug });
        }
    }
    Ok(List { items, next_cursor })
}

async fn whose(open: &Open, rows: &[Row]) -> Result<Vec<Whose>> {
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let sql = "SELECT c.id, o.name AS organisation_name, o.slug FROM credit_note c
               JOIN organisation o ON o.id = c.organisation_id WHERE c.id = ANY($1)";
    open.all(sql, [ids.into()]).await
}
