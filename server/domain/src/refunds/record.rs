//! What the provider says of a refund becomes its state; what failed is booked back into the wallet, once.

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{
    Currency, LetterKind, Money, OrganisationId, PaymentFinding, PaymentId, PaymentProvider, RefundId, RefundRail,
    RefundState, Timestamp,
};

use super::{
    ask::house_of,
    letters::tell_people_in,
    rules::{may_follow, state_of},
};
use crate::{
    Database, Error, Result, Tx,
    access::Job,
    audit::{self, Change},
    ledger::{self, Purse},
    payments::{RefundLook, RefundSeen, micros, money, next_look, tell_in},
};

/// A refund that nobody else changes until the transaction ends.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: RefundId,
    pub(super) rail: RefundRail,
    pub(super) state: RefundState,
    pub(super) amount: i64,
    pub(super) currency: Currency,
    pub(super) goes_to: Option<String>,
    provider: Option<PaymentProvider>,
    payment_id: Option<PaymentId>,
    intent_ref: Option<String>,
    provider_ref: Option<String>,
    attempts: i32,
}

/// What is told of a refund in the audit.
#[derive(serde::Serialize)]
struct Told<'a> {
    amount: Money,
    state: RefundState,
    why: Option<&'a str>,
}

/// Records what the provider said of a refund, whenever and however often it said so; its state then. Where it speaks of
/// another amount or another payment than ours people are told instead.
///
/// # Errors
/// `NotFound` for a refund that the organisation does not have.
pub async fn record_refund(
    db: &Database,
    job: Job,
    (organisation, refund): (OrganisationId, RefundId),
    look: &RefundLook,
    now: Timestamp,
) -> Result<RefundState> {
    let tx = db.work_in(job, organisation, now).await?;
    let state = record_in(&tx, refund, look).await?;
    tx.commit().await?;
    Ok(state)
}

async fn record_in(tx: &Tx, refund: RefundId, look: &RefundLook) -> Result<RefundState> {
    // The purse is locked before the refund, as by everybody who books.
    let purse = match look.seen {
        RefundSeen::Failed(_) => Some(ledger::lock_in(tx).await?),
        _ => None,
    };
    let row = lock_in(tx, refund).await?;
    let to = state_of(&look.seen);
    if row.differs(look) {
        differs_in(tx, &row, look).await?;
        return Ok(row.state);
    }
    if !may_follow(row.state, to) {
        // It is on its way as it was: it is looked at again.
        if !row.state.is_over() {
            later_in(tx, &row, look).await?;
        }
        return Ok(row.state);
    }
    named_in(tx, &row, look).await?;
    match (&look.seen, &purse) {
        (RefundSeen::Failed(why), Some(purse)) => undo_in(tx, purse, &row, why).await?,
        (RefundSeen::Done, _) => {
            let sql = "UPDATE refund SET state = 'succeeded', ended_at = $3, next_at = NULL
                       WHERE organisation_id = $1 AND id = $2";
            tx.run(sql, [tx.organisation.into(), row.id.into(), tx.now.into()]).await?;
            let goes_to = look.card.clone().or_else(|| row.goes_to.clone());
            paid_in(tx, &row, goes_to.as_deref()).await?;
        }
        _ => {
            let sql = "UPDATE refund SET state = 'waits' WHERE organisation_id = $1 AND id = $2";
            tx.run(sql, [tx.organisation.into(), row.id.into()]).await?;
            later_in(tx, &row, look).await?;
        }
    }
    Ok(to)
}

impl Row {
    /// Whether the provider speaks of something else than we asked for.
    fn differs(&self, look: &RefundLook) -> bool {
        let another = |ours: &Option<String>, theirs: &Option<String>| {
            ours.as_ref().zip(theirs.as_ref()).is_some_and(|(ours, theirs)| ours != theirs)
        };
        another(&self.provider_ref, &Some(look.reference.clone()))
            || another(&self.intent_ref, &look.intent)
            || look.refund.is_some_and(|refund| refund != self.id)
            || (look.amount, look.currency) != (self.amount, Some(self.currency))
    }
}

/// What the provider calls it, and the card that it goes to, once it has said them.
async fn named_in(tx: &Tx, row: &Row, look: &RefundLook) -> Result<()> {
    let sql = "UPDATE refund SET provider_ref = coalesce(provider_ref, $3), goes_to = coalesce(goes_to, $4)
               WHERE organisation_id = $1 AND id = $2";
    let values = [tx.organisation.into(), row.id.into(), look.reference.clone().into(), look.card.clone().into()];
    tx.run(sql, values).await.map(drop)
}

async fn later_in(tx: &Tx, row: &Row, look: &RefundLook) -> Result<()> {
    named_in(tx, row, look).await?;
    let sql = "UPDATE refund SET next_at = $3 WHERE organisation_id = $1 AND id = $2";
    let at = next_look(row.attempts, tx.now);
    tx.run(sql, [tx.organisation.into(), row.id.into(), at.into()]).await.map(drop)
}

/// Nobody looks by themselves any more, and people are told.
async fn differs_in(tx: &Tx, row: &Row, look: &RefundLook) -> Result<()> {
    let details = json!({
        "asked": row.amount,
        "asked_currency": row.currency,
        "given": look.amount,
        "given_currency": look.currency,
        "refund": row.id,
        "named": look.refund,
        "intent": look.intent,
    });
    let provider = row.provider.ok_or_else(|| Error::Corrupt("a provider speaks of a transfer".to_owned()))?;
    let about = (look.reference.as_str(), row.payment_id);
    tell_in(tx, provider, PaymentFinding::RefundDiffers, about, details).await?;
    let sql = "UPDATE refund SET next_at = NULL WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation.into(), row.id.into()]).await.map(drop)
}

/// Records that the provider refuses a refund for good.
pub(super) async fn refused_in(tx: &Tx, refund: RefundId, said: &str) -> Result<()> {
    let purse = ledger::lock_in(tx).await?;
    let row = lock_in(tx, refund).await?;
    if may_follow(row.state, RefundState::Failed) { undo_in(tx, &purse, &row, said).await } else { Ok(()) }
}

/// Books a refund back into the wallet, whose purse is locked, and tells people.
pub(super) async fn undo_in(tx: &Tx, purse: &Purse, row: &Row, why: &str) -> Result<()> {
    let key = format!("refund-undone:{}", row.id);
    let entry = ledger::refund_undone_in(tx, purse, house_of(row.rail), micros(row.amount)?, &key).await?;
    let sql = "UPDATE refund SET state = 'failed', failure = $3, undo_entry_id = $4, ended_at = $5
               WHERE organisation_id = $1 AND id = $2";
    let values = [tx.organisation.into(), row.id.into(), why.into(), entry.into(), tx.now.into()];
    tx.run(sql, values).await?;
    if row.rail == RefundRail::Card {
        let sql = "UPDATE refund SET next_at = NULL WHERE organisation_id = $1 AND id = $2";
        tx.run(sql, [tx.organisation.into(), row.id.into()]).await?;
    }
    tell_people_in(tx, LetterKind::RefundFailed, row, row.goes_to.as_deref()).await?;
    audited_in(tx, "payment.refund_failed", row, (RefundState::Failed, Some(why))).await
}

/// Tells that a refund was paid.
pub(super) async fn paid_in(tx: &Tx, row: &Row, goes_to: Option<&str>) -> Result<()> {
    tell_people_in(tx, LetterKind::RefundPaid, row, goes_to).await?;
    audited_in(tx, "payment.refunded", row, (RefundState::Succeeded, None)).await
}

async fn audited_in(tx: &Tx, verb: &str, row: &Row, (state, why): (RefundState, Option<&str>)) -> Result<()> {
    let after = Told { amount: money(row.amount, row.currency)?, state, why };
    audit::record_in(tx, Change { verb, subject: row.id.to_string(), before: Some(row.state), after: Some(after) })
        .await
}

/// A refund of the organisation; where it books, the purse is locked before.
pub(super) async fn lock_in(tx: &Tx, refund: RefundId) -> Result<Row> {
    let sql = "SELECT r.id, r.rail, r.state, r.amount, r.currency, r.goes_to, p.provider, r.payment_id, p.intent_ref,
                      r.provider_ref, r.attempts
               FROM refund r LEFT JOIN payment p ON p.organisation_id = r.organisation_id AND p.id = r.payment_id
               WHERE r.organisation_id = $1 AND r.id = $2 FOR NO KEY UPDATE OF r";
    tx.one(sql, [tx.organisation.into(), refund.into()]).await?.ok_or(Error::NotFound)
}
