//! The table `invoice_look`: who looked at the reasons of a draft, and what they found.

use std::collections::{BTreeSet, HashMap};

use sea_orm::FromQueryResult;
use serde_json::Value;
use types::{DraftLookView, InvoiceId, InvoiceStatus, LookAtDraft, ReviewReason, Timestamp, UserId};
use uuid::Uuid;

use super::entity::read;
use crate::{
    Database, Error, Open, Result, Tx,
    access::{
        Scope,
        policy::{CloseBilling, ReadInvoices},
    },
    audit::{self, Change},
    commands::{self, Command},
    invoices::{
        entity::{self, Row, as_json},
        review,
    },
};

#[derive(FromQueryResult)]
struct LookRow {
    invoice_id: InvoiceId,
    reasons: Value,
    note: String,
    looked_at: Timestamp,
}

/// Notes that the reasons which a draft has now were looked at. A reason that comes later wants a look of its own.
///
/// # Errors
/// `NotFound` for another organisation's; `Invalid` without a word of what was found; a conflict for an invoice that is
/// final, and for a draft without a reason.
pub async fn look_at_draft(
    db: &Database,
    scope: &Scope<CloseBilling>,
    (invoice, ask): (InvoiceId, &LookAtDraft),
    command: Command,
    now: Timestamp,
) -> Result<DraftLookView> {
    let note = audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| look_in(tx, invoice, note).await).await
}

async fn look_in(tx: &Tx, invoice: InvoiceId, note: &str) -> Result<DraftLookView> {
    let row = entity::lock_in(tx, invoice).await?;
    if row.status == InvoiceStatus::Finalised {
        return Err(Error::Conflict("finalised"));
    }
    let reasons = review::of_rows(tx, &[row]).await?.pop().map(|review| review.reasons).unwrap_or_default();
    if reasons.is_empty() {
        return Err(Error::Conflict("nothing-to-look-at"));
    }
    let sql = "INSERT INTO invoice_look (organisation_id, id, invoice_id, reasons, note, looked_by, looked_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        tx.organisation.into(),
        types::new_uuid(tx.now).into(),
        invoice.into(),
        as_json(&reasons)?.into(),
        note.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    let view = DraftLookView { invoice, reasons, note: note.to_owned(), looked_at: tx.now };
    let change =
        Change { verb: "invoice.looked_at", subject: invoice.to_string(), before: None::<()>, after: Some(&view) };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// The looks at a draft, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn looks_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<Vec<DraftLookView>> {
    tx.admits(scope)?;
    let sql = "SELECT invoice_id, reasons, note, looked_at FROM invoice_look
               WHERE organisation_id = $1 AND invoice_id = $2 ORDER BY looked_at DESC, id DESC";
    let rows: Vec<LookRow> = tx.all(sql, [tx.organisation.into(), invoice.into()]).await?;
    let view = |row: LookRow| {
        let LookRow { invoice_id: invoice, reasons, note, looked_at } = row;
        Ok(DraftLookView { invoice, reasons: read(reasons)?, note, looked_at })
    };
    rows.into_iter().map(view).collect()
}

/// Of each draft, all reasons that somebody has looked at.
pub(super) async fn reasons_looked_at(
    open: &Open,
    drafts: &[Row],
) -> Result<HashMap<InvoiceId, BTreeSet<ReviewReason>>> {
    let ids: Vec<Uuid> = drafts.iter().map(|row| row.id.uuid()).collect();
    let sql = "SELECT invoice_id, reasons, note, looked_at FROM invoice_look WHERE invoice_id = ANY($1)";
    let rows: Vec<LookRow> = open.all(sql, [ids.into()]).await?;
    let mut looked = HashMap::<InvoiceId, BTreeSet<ReviewReason>>::new();
    for row in rows {
        let reasons: Vec<ReviewReason> = read(row.reasons)?;
        looked.entry(row.invoice_id).or_default().extend(reasons);
    }
    Ok(looked)
}
