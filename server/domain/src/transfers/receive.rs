//! A line of a statement becomes an organisation's money, once, and stops being it where it was somebody else's; inside
//! the organisation.

use payments::{Line, OpenItem, match_lines};
use sea_orm::FromQueryResult;
use types::{BankLineId, Currency, MatchClass, MatchReason, Money, TransferId};
use uuid::Uuid;

use super::{
    items::{Proposal, Target},
    micros, money,
    orders::{self, Order},
    words,
};
use crate::{
    Error, Result, Rule, Tx,
    audit::{self, Change},
    ledger::{self, Arrival, House},
};

/// What decides a match, and how it is told.
struct Verdict {
    class: Option<MatchClass>,
    score: i16,
    reasons: Vec<MatchReason>,
}

/// Credits a line to the organisation that its reference names, where that still holds: nobody has taken the line, and
/// what it names misses something. False where it does not, and nothing has happened.
pub(super) async fn by_reference_in(tx: &Tx, id: BankLineId, line: &Line, target: &Target) -> Result<bool> {
    let purse = ledger::lock_in(tx).await?;
    let order = locked_in(tx, target.transfer).await?;
    let paid = order.map_or(target.item.paid, |order| order.paid);
    let item = OpenItem { paid, ..target.item.clone() };
    // The same function again, with what is true under the lock.
    let found = match_lines(std::slice::from_ref(line), std::slice::from_ref(&item));
    let held = Target { item, ..target.clone() };
    let proposal = found.first().map(|found| Proposal::of(found, std::slice::from_ref(&held)));
    let Some(proposal) = proposal.filter(|proposal| proposal.sure().is_some()) else { return Ok(false) };
    let verdict = Verdict { class: Some(proposal.class), score: i16::from(proposal.score), reasons: proposal.reasons };
    receive_in(tx, &purse, order, id, &verdict).await
}

/// Credits a line to the organisation because a person says so; false where somebody has taken it before.
pub(super) async fn by_hand_in(tx: &Tx, id: BankLineId, transfer: Option<TransferId>) -> Result<bool> {
    let purse = ledger::lock_in(tx).await?;
    let order = locked_in(tx, transfer).await?;
    let verdict = Verdict { class: None, score: 100, reasons: words::by_hand() };
    receive_in(tx, &purse, order, id, &verdict).await
}

async fn locked_in(tx: &Tx, transfer: Option<TransferId>) -> Result<Option<Order>> {
    match transfer {
        Some(transfer) => Ok(Some(orders::lock_in(tx, transfer).await?)),
        None => Ok(None),
    }
}

#[derive(FromQueryResult)]
struct Taken {
    amount: i64,
    currency: Currency,
    was_unmatched: bool,
    remittance: String,
}

/// What is told of a receipt in the audit.
#[derive(serde::Serialize)]
struct Told {
    amount: Money,
    line: BankLineId,
    transfer: Option<TransferId>,
}

async fn receive_in(
    tx: &Tx,
    purse: &ledger::Purse,
    order: Option<Order>,
    id: BankLineId,
    verdict: &Verdict,
) -> Result<bool> {
    let by_person = tx.principal.user().filter(|_| verdict.class.is_none());
    let reasons = words::as_json(&verdict.reasons)?;
    let take = "SELECT amount, currency, was_unmatched, remittance FROM take_bank_line($1, $2, $3, $4, $5)";
    let values = [id.into(), by_person.into(), tx.now.into(), reasons.clone().into(), verdict.score.into()];
    let taken: Option<Taken> = tx.one(take, values).await?;
    let Some(taken) = taken else { return Ok(false) };
    if taken.currency != purse.currency {
        return Err(Error::Invalid { field: "organisation", rule: Rule::Currency });
    }
    let missing = order.map_or(0, |order| order.amount - order.paid);
    let applied = taken.amount.min(missing.max(0));
    let class = verdict.class.unwrap_or_else(|| class_of(taken.amount, order.map(|_| missing)));
    let receipt = types::new_uuid(tx.now);
    let (key, note) = (format!("receipt:{receipt}"), note_in(tx, &taken, order).await?);
    let from = if taken.was_unmatched { House::Unmatched } else { House::Bank };
    let arrival = Arrival { from, micros: micros(taken.amount)?, key: &key, note: &note };
    let credited = ledger::credit_in(tx, purse, &arrival).await?;
    let sql = "INSERT INTO transfer_receipt (organisation_id, id, bank_line, transfer_id, amount, applied, owed, class,
                   score, reasons, entry_id, matched_by, matched_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values = [
        tx.organisation.into(),
        receipt.into(),
        id.into(),
        order.map(|order| order.id).into(),
        taken.amount.into(),
        applied.into(),
        credited.owed.into(),
        class.word().into(),
        verdict.score.into(),
        reasons.into(),
        credited.entry.into(),
        by_person.into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    if let Some(order) = order {
        orders::count_in(tx, order.id, applied).await?;
    }
    let told = Told { amount: money(taken.amount, taken.currency)?, line: id, transfer: order.map(|order| order.id) };
    let subject = tx.organisation().to_string();
    let change = Change { verb: "wallet.topped_up", subject, before: None::<()>, after: Some(told) };
    audit::record_in(tx, change).await?;
    Ok(true)
}

/// What so much does where so much is missing; nothing is where nothing was announced.
fn class_of(amount: i64, missing: Option<i64>) -> MatchClass {
    match missing {
        None => MatchClass::Unmatched,
        Some(missing) if missing <= 0 => MatchClass::Double,
        Some(missing) if amount == missing => MatchClass::Exact,
        Some(missing) if amount < missing => MatchClass::Partial,
        Some(_) => MatchClass::Over,
    }
}

#[derive(FromQueryResult)]
struct Named {
    reference: String,
}

/// What the wallet's entry says: the reference of what was announced, else what the payer wrote.
async fn note_in(tx: &Tx, taken: &Taken, order: Option<Order>) -> Result<String> {
    let written = || taken.remittance.chars().take(100).collect();
    let Some(order) = order else { return Ok(written()) };
    let sql = "SELECT reference FROM transfer_order WHERE organisation_id = $1 AND id = $2";
    let named: Option<Named> = tx.one(sql, [tx.organisation.into(), order.id.into()]).await?;
    Ok(named.map_or_else(written, |named| named.reference))
}

#[derive(FromQueryResult)]
struct Receipt {
    id: Uuid,
    transfer_id: Option<TransferId>,
    amount: i64,
    applied: i64,
    owed: i64,
}

#[derive(FromQueryResult)]
struct Given {
    given: bool,
}

/// Undoes a line's match by a reversing entry; the line waits among what is unmatched again.
///
/// # Errors
/// A conflict where the organisation has no match of the line.
pub(super) async fn undo_in(tx: &Tx, id: BankLineId, reason: &str) -> Result<()> {
    let purse = ledger::lock_in(tx).await?;
    let sql = "SELECT id, transfer_id, amount, applied, owed FROM transfer_receipt
               WHERE organisation_id = $1 AND bank_line = $2 AND undone_at IS NULL FOR NO KEY UPDATE";
    let receipt: Option<Receipt> = tx.one(sql, [tx.organisation.into(), id.into()]).await?;
    let receipt = receipt.ok_or(Error::Conflict("line-not-matched"))?;
    let give = "SELECT give_bank_line_back($1, $2, $3, $4) AS given";
    let values = [id.into(), tx.principal.user().into(), tx.now.into(), reason.into()];
    let given: Option<Given> = tx.one(give, values).await?;
    if !given.is_some_and(|row| row.given) {
        return Err(Error::Conflict("line-not-matched"));
    }
    let key = format!("receipt-undone:{}", receipt.id);
    let entry = ledger::take_back_in(tx, &purse, micros(receipt.amount)?, receipt.owed, &key, reason).await?;
    let sql = "UPDATE transfer_receipt SET undo_entry_id = $3, undo_reason = $4, undone_by = $5, undone_at = $6
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        receipt.id.into(),
        entry.into(),
        reason.into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    if let Some(transfer) = receipt.transfer_id {
        orders::count_in(tx, transfer, -receipt.applied).await?;
    }
    let told = Told { amount: money(receipt.amount, purse.currency)?, line: id, transfer: receipt.transfer_id };
    let subject = tx.organisation().to_string();
    let change = Change { verb: "wallet.transfer_undone", subject, before: Some(told), after: Some(reason) };
    audit::record_in(tx, change).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_say_what_they_do_to_what_is_missing() {
        let all = [None, Some(0), Some(-1), Some(10), Some(11), Some(9)].map(|missing| class_of(10, missing));
        let [none, paid, over_paid, exact, partial, over] = all;
        assert_eq!((none, paid, over_paid), (MatchClass::Unmatched, MatchClass::Double, MatchClass::Double));
        assert_eq!((exact, partial, over), (MatchClass::Exact, MatchClass::Partial, MatchClass::Over));
    }
}
