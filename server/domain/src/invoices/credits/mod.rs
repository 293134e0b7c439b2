//! Credit notes: what corrects a finalised invoice, whole or by line. Each has a number of its own series and bytes that
//! never change; all together never take back more than the invoice said. Preview and issue come from one function.
//!
//! A credit mirrors: the tax of its invoice's own groups, and of what was charged the same part to each who paid. What
//! belongs to a line is taken back as the difference of two rounded sums, so that however often a line is credited in
//! parts, all parts together are exactly what it was.

mod compose;
mod entity;
mod list;
mod restore;
mod steps;

use types::{CreditDocument, CreditNoteId, CreditNoteView, CreditPreview, InvoiceStatus, IssueCreditNote, Timestamp};

pub use self::list::{credit_note_in, credit_notes_of_in, list_all_credit_notes, list_credit_notes_in};
use self::{compose::Parts, restore::Undo};
use super::{frozen, parties::Parties, rounding::nearest, series, standing};
use crate::{
    Database, Error, Result, Tx,
    access::{Scope, policy::IssueCreditNotes},
    audit::{self, Change},
    billing, canonical,
    commands::{self, Command},
    ledger, settlement,
};

/// Takes a finalised invoice back, whole or in part: who paid it gets back what they paid of that part.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for a draft and where nothing is left; `CreditExceeds` for more than
/// is left of a line; `Changed` when the document is no longer the one whose digest was named.
pub async fn issue_credit_note(
    db: &Database,
    scope: &Scope<IssueCreditNotes>,
    ask: IssueCreditNote,
    command: Command,
    now: Timestamp,
) -> Result<CreditNoteView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| issue_in(tx, &ask).await).await
}

/// What a credit note would say, by the function that issues it.
///
/// # Errors
/// Those of [`issue_credit_note`].
pub async fn preview_credit_note(
    db: &Database,
    scope: &Scope<IssueCreditNotes>,
    ask: &IssueCreditNote,
    now: Timestamp,
) -> Result<CreditPreview> {
    let tx = db.look(scope, now).await?;
    let row = super::entity::invoice_in(&tx, ask.invoice).await?;
    let owed = ledger::purse_in(&tx).await?.receivable;
    let (document, _) = composed_in(&tx, &row, ask, owed).await?;
    let sha256 = canonical::sha256_hex(&canonical::bytes(&document)?);
    Ok(CreditPreview { document, sha256 })
}

/// What a credit note would say of an invoice that nobody else credits until the transaction ends. Whose debt it would
/// lower is not looked at.
///
/// # Errors
/// A conflict for a draft, besides those of [`issue_credit_note`].
pub(crate) async fn draw_in(tx: &Tx, ask: &IssueCreditNote) -> Result<CreditDocument> {
    let row = super::entity::lock_in(tx, ask.invoice).await?;
    if row.status != InvoiceStatus::Finalised {
        return Err(Error::Conflict("draft-not-contested"));
    }
    Ok(composed_in(tx, &row, ask, 0).await?.0)
}

/// Issues one within a given transaction.
///
/// # Errors
/// Those of [`issue_credit_note`].
pub(crate) async fn issue_in(tx: &Tx, ask: &IssueCreditNote) -> Result<CreditNoteView> {
    let purse = ledger::lock_in(tx).await?;
    let row = super::entity::lock_in(tx, ask.invoice).await?;
    let (document, undo) = composed_in(tx, &row, ask, purse.receivable).await?;
    let sha256 = canonical::sha256_hex(&canonical::bytes(&document)?);
    if ask.sha256.as_ref().is_some_and(|seen| *seen != sha256) {
        return Err(Error::Changed);
    }
    let id = CreditNoteId::new(tx.now);
    let entry = restore::book_in(tx, &purse, id, &document, &undo).await?;
    if let Some(entry) = entry {
        entity::restore_in(tx, entry, &undo).await?;
    }
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    let document = numbered_in(tx, &row, document).await?;
    entity::insert_in(tx, id, entry, &document, &canonical::bytes(&document)?).await?;
    let view = list::view_in(tx, id).await?;
    let change = Change {
        verb: "invoice.credited",
        subject: row.id.to_string(),
        before: None::<()>,
        after: Some((&view.note.number, view.note.total, &view.note.reason)),
    };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// The document with its number and day; the number is the last thing that others could wait for.
async fn numbered_in(tx: &Tx, row: &super::entity::Row, document: CreditDocument) -> Result<CreditDocument> {
    let parties = Parties::of(tx, row.window()).await?;
    let today = billing::day(tx.now, &parties.zone()?);
    let (number, issued_on) = series::take_number_in(tx, &series::CREDIT_NOTES, parties.seller(), today).await?;
    Ok(CreditDocument { number: Some(number), issued_on: Some(issued_on), ..document })
}

/// The document without number, and what it undoes.
async fn composed_in(
    tx: &Tx,
    row: &super::entity::Row,
    ask: &IssueCreditNote,
    receivable: i64,
) -> Result<(CreditDocument, Undo)> {
    let reason = audit::reason(&ask.reason)?;
    if row.status != InvoiceStatus::Finalised {
        return Err(Error::Conflict("draft-has-no-credit"));
    }
    let issued = frozen(&super::entity::snapshot_in(tx, row.id).await?.snapshot)?;
    let credited = entity::credited_in(tx, row.id).await?;
    let steps = steps::steps(&issued, &credited, &ask.lines)?;
    let undo = Undo::of(&steps, &entity::paid_in(tx, row.id).await?, receivable)?;
    let parts = Parts { invoice: row.id, issued, reason, credited: &credited, steps: &steps, undo: &undo };
    let document = compose::compose(parts)?;
    standing::leaves_written_off_in(tx, row, nearest(document.total.micros)).await?;
    Ok((document, undo))
}
