//! Withholding at source: a customer pays an invoice less the tax that it owes its own office in the hub's name, and
//! sends a certificate. Recorded, that part is owed by the office and no longer by the customer; a record is taken back
//! by a reversing entry. How much may be withheld is data of the tax rules.

mod entity;
mod rules;

use types::{
    Code, Currency, EntryKind, InvoiceId, InvoiceStatus, RecordWithholding, Refusal, Timestamp, UndoWithholding,
    WithholdingId, WithholdingView,
};

use self::entity::Booked;
use super::{
    rounding::{MICROS_PER_MINOR, money, up},
    standing::{Debts, debts_in},
};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{Scope, policy::RecordWithholdings},
    audit::{self, Change},
    billing,
    commands::{self, Command},
    ledger::{self, House, Posting, Purse},
    settlement,
};

/// What was recorded of an invoice, the latest first, and what was taken back of it too.
pub(super) async fn of_invoice_in(tx: &Tx, invoice: InvoiceId) -> Result<Vec<WithholdingView>> {
    entity::of_invoice_in(tx, invoice).await?.into_iter().map(entity::Row::view).collect()
}

/// The most that can still be recorded of a final invoice, in minor units.
pub(super) async fn most_in(tx: &Tx, invoice: InvoiceId, debts: &Debts) -> Result<i64> {
    let (open, withheld) = debts.open_of(invoice)?;
    rules::most(open.min(up(debts.owed)), withheld, &entity::bases_in(tx, invoice).await?)
}

/// Records what a customer withheld of a final invoice: its debt, or its wallet below zero, becomes the office's.
///
/// # Errors
/// `NotFound` for another organisation's; `Invalid` for a certificate, a day or an amount that cannot be; a conflict for a
/// draft, for more than is due or the rule allows, and for a certificate that was recorded of it before.
pub async fn record_withholding(
    db: &Database,
    scope: &Scope<RecordWithholdings>,
    ask: RecordWithholding,
    command: Command,
    now: Timestamp,
) -> Result<WithholdingView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| record_in(tx, &ask).await).await
}

/// Takes a record back by a reversing entry: the customer owes it again.
///
/// # Errors
/// `NotFound` for another organisation's; `Invalid` without a reason; a conflict for one that was taken back before.
pub async fn undo_withholding(
    db: &Database,
    scope: &Scope<RecordWithholdings>,
    id: WithholdingId,
    ask: UndoWithholding,
    command: Command,
    now: Timestamp,
) -> Result<WithholdingView> {
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| undo_in(tx, id, &ask).await).await
}

async fn record_in(tx: &Tx, ask: &RecordWithholding) -> Result<WithholdingView> {
    let purse = ledger::lock_in(tx).await?;
    let row = super::entity::lock_in(tx, ask.invoice).await?;
    if row.status != InvoiceStatus::Finalised {
        return Err(Error::Conflict("draft-withholds-nothing"));
    }
    let amount = checked(ask, row.currency)?;
    let today = billing::day(tx.now, &billing::seller_zone_in(tx).await?);
    let issued_on = row.summary()?.issued_on;
    if ask.certified_on > today || issued_on.is_some_and(|issued_on| ask.certified_on < issued_on) {
        return refused(Refusal::new(Code::Invalid, "invalid-certificate-day").about("certified_on"));
    }
    let most = most_in(tx, row.id, &debts_in(tx, &purse).await?).await?;
    if amount > most {
        let most = money(most, row.currency)?;
        let refusal = Refusal::new(Code::Conflict, "withholding-exceeds").about("amount");
        return refused(refusal.with("asked", ask.amount).with("most", most));
    }
    let id = WithholdingId::new(tx.now);
    let (entry, owed) = book_in(tx, &purse, id, ask).await?;
    entity::insert_in(tx, ask, &Booked { id, entry, amount, owed }).await?;
    record_change_in(tx, "invoice.withheld", id, None).await
}

async fn undo_in(tx: &Tx, id: WithholdingId, ask: &UndoWithholding) -> Result<WithholdingView> {
    let reason = audit::reason(&ask.reason)?;
    let purse = ledger::lock_in(tx).await?;
    let row = entity::one_in(tx, id).await?;
    super::entity::lock_in(tx, row.invoice_id).await?;
    if row.undone_at.is_some() {
        return Err(Error::Conflict("withholding-undone"));
    }
    let micros = money(row.amount, purse.currency)?.micros;
    // What it gave the wallet comes out of it as far as nothing holds it, and what is missing there is owed.
    let free = (purse.posted + purse.limit - purse.held).max(0);
    let from_wallet = (micros - row.owed).min(free);
    let unit = purse.currency.word();
    let postings = [
        Posting::house(House::Withheld, unit, micros),
        Posting::house(House::Receivable, unit, from_wallet - micros),
        Posting::own(purse.wallet()?, -from_wallet),
    ];
    let memo = serde_json::json!({ "withholding": id, "invoice": row.invoice_id, "note": reason });
    let key = format!("withholding:{id}:undone");
    let entry = ledger::book_in(tx, &key, EntryKind::WithholdingUndone, memo, &postings).await?;
    entity::undo_in(tx, id, entry, reason).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    let before = row.view()?;
    record_change_in(tx, "invoice.withholding_undone", id, Some(before)).await
}

/// Books it: first to what is owed, the rest to the wallet, which is below zero by as much. The entry, and what was owed.
async fn book_in(tx: &Tx, purse: &Purse, id: WithholdingId, ask: &RecordWithholding) -> Result<(uuid::Uuid, i64)> {
    let (unit, micros) = (purse.currency.word(), ask.amount.micros);
    let owed = purse.receivable.clamp(0, micros);
    let postings = [
        Posting::house(House::Withheld, unit, -micros),
        Posting::house(House::Receivable, unit, owed),
        Posting::own(purse.wallet()?, micros - owed),
    ];
    let memo = serde_json::json!({ "withholding": id, "invoice": ask.invoice, "note": ask.certificate.trim() });
    let key = format!("withholding:{id}");
    let entry = ledger::book_in(tx, &key, EntryKind::Withholding, memo, &postings).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    Ok((entry, owed))
}

/// Tells the audit of a record, and how it stands now.
async fn record_change_in(
    tx: &Tx,
    verb: &'static str,
    id: WithholdingId,
    before: Option<WithholdingView>,
) -> Result<WithholdingView> {
    let after = entity::one_in(tx, id).await?.view()?;
    let change = Change { verb, subject: after.invoice.to_string(), before, after: Some(&after) };
    audit::record_in(tx, change).await?;
    Ok(after)
}

/// The amount in minor units, or what is wrong with the request.
fn checked(ask: &RecordWithholding, currency: Currency) -> Result<i64> {
    let invalid = |field, rule| Err(Error::Invalid { field, rule });
    if !(1..=60).contains(&ask.certificate.trim().chars().count()) {
        return invalid("certificate", Rule::Length { min: 1, max: 60 });
    }
    if ask.amount.currency != currency {
        return invalid("amount", Rule::Currency);
    }
    ledger::bookable(ask.amount.micros, "amount")?;
    match ask.amount.micros % MICROS_PER_MINOR {
        0 => Ok(ask.amount.micros / MICROS_PER_MINOR),
        _ => invalid("amount", Rule::Form),
    }
}

fn refused<T>(refusal: Refusal) -> Result<T> {
    Err(Error::Refused(Box::new(refusal)))
}
