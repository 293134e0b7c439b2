//! Debts that nobody will pay: finance gives them up with a reason, above a limit with somebody else's signature, and can
//! take that back. Each is an entry to the house's account `written_off`; what is written off of an invoice stands beside
//! what was paid and credited of it.

mod entity;

use serde_json::json;
use types::{
    EntryKind, InvoiceId, OrganisationId, SignOffKind, SignOffView, Timestamp, UndoWriteOff, WriteOffDebt, WriteOffId,
    WriteOffView, WriteOffs,
};
use uuid::Uuid;

use crate::{
    Database, Error, Result, Rule, Tx,
    access::{
        Scope,
        policy::{ReadInvoices, WriteOffDebts},
    },
    audit::{self, Change},
    canonical,
    commands::{self, Command},
    invoices,
    ledger::{self, House, Posting, Purse},
    settlement,
    sign_off::{self, Body},
};

/// Writes off what an organisation owes: of one invoice, or of what no invoice names.
///
/// # Errors
/// `Invalid` for an amount that is not above zero, in another currency, or more than is owed, and for a reason that is
/// missing or too long; a conflict for a draft and where nothing is owed; `SignOffNeeded` above the limit.
pub async fn write_off(
    db: &Database,
    scope: &Scope<WriteOffDebts>,
    ask: WriteOffDebt,
    command: Command,
    now: Timestamp,
) -> Result<WriteOffView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| write_off_in(tx, &ask).await).await
}

async fn write_off_in(tx: &Tx, ask: &WriteOffDebt) -> Result<WriteOffView> {
    let purse = ledger::lock_in(tx).await?;
    let (subject, sha256) = checked_in(tx, &purse, ask).await?;
    sign_off::required(tx, SignOffKind::WriteOff, subject, &sha256, ask.amount).await?;
    let id = WriteOffId::new(tx.now);
    let of_receivable = purse.receivable.clamp(0, ask.amount.micros);
    let of_wallet = ask.amount.micros - of_receivable;
    let unit = purse.currency.word();
    let postings = [
        Posting::house(House::WrittenOff, unit, -ask.amount.micros),
        Posting::house(House::Receivable, unit, of_receivable),
        Posting::own(purse.wallet()?, of_wallet),
    ];
    let key = format!("write_off:{id}");
    let memo = memo(ask.invoice, ask.reason.trim());
    let entry = ledger::book_in(tx, &key, EntryKind::WriteOff, memo, &postings).await?;
    settled_in(tx).await?;
    entity::insert_in(tx, id, ask, (of_wallet, entry)).await?;
    told_in(tx, id, "wallet.written_off").await
}

/// Asks for the signature that a write-off above the limit needs.
///
/// # Errors
/// Those of [`write_off`]; a conflict where one person is enough, and where it waits or is signed already.
pub async fn ask_to_write_off(
    db: &Database,
    scope: &Scope<WriteOffDebts>,
    ask: WriteOffDebt,
    command: Command,
    now: Timestamp,
) -> Result<SignOffView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| {
        let purse = ledger::lock_in(tx).await?;
        let (subject, sha256) = checked_in(tx, &purse, &ask).await?;
        let body = Some(ledger::as_json(&ask)?);
        let (kind, amount) = (SignOffKind::WriteOff, ask.amount);
        sign_off::ask_in(tx, Body { kind, subject, sha256: &sha256, amount, body }).await
    })
    .await
}

/// Takes a write-off back: what was given up is owed again.
///
/// # Errors
/// `NotFound` for another organisation's; `Invalid` for a reason that is missing or too long; a conflict where it is undone.
pub async fn undo_write_off(
    db: &Database,
    scope: &Scope<WriteOffDebts>,
    id: WriteOffId,
    ask: UndoWriteOff,
    command: Command,
    now: Timestamp,
) -> Result<WriteOffView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| undo_in(tx, id, &ask).await).await
}

async fn undo_in(tx: &Tx, id: WriteOffId, ask: &UndoWriteOff) -> Result<WriteOffView> {
    let reason = audit::reason(&ask.reason)?;
    let purse = ledger::lock_in(tx).await?;
    let row = entity::lock_in(tx, id).await?;
    if row.is_undone() {
        return Err(Error::Conflict("write-off-undone"));
    }
    let unit = purse.currency.word();
    // As far as the wallet may go below zero; the rest is owed beside it.
    let from_wallet = row.of_wallet.min((purse.posted + purse.limit - purse.held).max(0));
    let postings = [
        Posting::house(House::WrittenOff, unit, row.amount),
        Posting::house(House::Receivable, unit, from_wallet - row.amount),
        Posting::own(purse.wallet()?, -from_wallet),
    ];
    let key = format!("write_off:{id}:undone");
    let memo = memo(row.invoice_id, reason);
    let entry = ledger::book_in(tx, &key, EntryKind::WriteOffUndone, memo, &postings).await?;
    settled_in(tx).await?;
    entity::undo_in(tx, id, entry, reason).await?;
    told_in(tx, id, "wallet.write_off_undone").await
}

/// What the organisation owes, and its write-offs.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_write_offs_in(tx: &Tx, scope: &Scope<ReadInvoices>) -> Result<WriteOffs> {
    tx.admits(scope)?;
    let purse = ledger::purse_in(tx).await?;
    let debts = invoices::debts_in(tx, &purse).await?;
    let items = entity::newest_in(tx).await?.into_iter().map(entity::Row::view).collect();
    Ok(WriteOffs {
        owed: purse.money(debts.owed),
        without_invoice: purse.money(debts.rest),
        invoices: debts.due(&purse),
        items,
    })
}

/// Whether it can be written off, whoever signs; what it is about, and the digest of what is asked.
async fn checked_in(tx: &Tx, purse: &Purse, ask: &WriteOffDebt) -> Result<(Uuid, String)> {
    audit::reason(&ask.reason)?;
    if ask.amount.currency != purse.currency {
        return Err(Error::Invalid { field: "amount", rule: Rule::Currency });
    }
    ledger::bookable(ask.amount.micros, "amount")?;
    if let Some(invoice) = ask.invoice {
        invoices::lock_finalised_in(tx, invoice).await?;
    }
    let debts = invoices::debts_in(tx, purse).await?;
    let most = match ask.invoice {
        Some(invoice) => debts.due_of(invoice).ok_or(Error::NotFound)?,
        None => debts.rest,
    };
    if most == 0 {
        return Err(Error::Conflict("nothing-owed"));
    }
    if ask.amount.micros > most {
        let rule = Rule::Within { least: purse.money(1), most: purse.money(most) };
        return Err(Error::Invalid { field: "amount", rule });
    }
    let subject = ask.invoice.map_or(tx.organisation.uuid(), InvoiceId::uuid);
    Ok((subject, digest(tx.organisation, ask)?))
}

/// The digest of exactly what is written off; spaces around the reason are none of it.
fn digest(organisation: OrganisationId, ask: &WriteOffDebt) -> Result<String> {
    let said = (organisation, ask.invoice, ask.amount, ask.reason.trim());
    Ok(canonical::sha256_hex(&canonical::bytes(&said)?))
}

fn memo(invoice: Option<InvoiceId>, reason: &str) -> serde_json::Value {
    match invoice {
        Some(invoice) => json!({ "invoice": invoice, "note": reason }),
        None => json!({ "note": reason }),
    }
}

async fn settled_in(tx: &Tx) -> Result<()> {
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await
}

async fn told_in(tx: &Tx, id: WriteOffId, verb: &'static str) -> Result<WriteOffView> {
    let view = entity::one_in(tx, id).await?.view();
    let subject = view.invoice.map_or_else(|| tx.organisation.to_string(), |invoice| invoice.to_string());
    let after = (id, view.amount, &view.reason, &view.undo_reason);
    audit::record_in(tx, Change { verb, subject, before: None::<()>, after: Some(after) }).await?;
    Ok(view)
}
