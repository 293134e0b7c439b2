//! What the provider says becomes the payment's state, and its money the organisation's, once; inside the organisation.

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{Currency, Money, OrganisationId, PaymentFinding, PaymentId, PaymentProvider, PaymentState, Timestamp};
use uuid::Uuid;

use super::{
    automatic,
    findings::tell_in,
    gateway::{Checkout, Look, Seen},
    micros, money,
    rules::{may_follow, next_look, state_of},
};
use crate::{
    Database, Error, Result, Tx,
    access::Job,
    audit::{self, Change},
    ledger::{self, Arrival, House, Purse},
};

/// A payment that nobody else changes until the transaction ends.
#[derive(FromQueryResult)]
struct Row {
    id: PaymentId,
    provider: PaymentProvider,
    state: PaymentState,
    amount: i64,
    currency: Currency,
    session_ref: Option<String>,
    intent_ref: Option<String>,
    attempts: i32,
}

/// What is told of a credit in the audit.
#[derive(serde::Serialize)]
struct Told {
    amount: Money,
    owed: Money,
    payment: PaymentId,
}

/// Records what the provider said of a payment, whenever and however often it said so; its state then. Money is credited with
/// the first word that it is there, and where it is not what we quoted people are told instead.
///
/// # Errors
/// `NotFound` for a payment that the organisation does not have.
pub async fn record_look(
    db: &Database,
    job: Job,
    (organisation, payment): (OrganisationId, PaymentId),
    look: &Look,
    now: Timestamp,
) -> Result<PaymentState> {
    let tx = db.work_in(job, organisation, now).await?;
    let state = record_look_in(&tx, payment, look).await?;
    tx.commit().await?;
    Ok(state)
}

async fn record_look_in(tx: &Tx, payment: PaymentId, look: &Look) -> Result<PaymentState> {
    // The purse is locked before the payment, as by everybody who books.
    let purse = match look.seen {
        Seen::Paid => Some(ledger::lock_in(tx).await?),
        _ => None,
    };
    let row = lock_in(tx, payment).await?;
    let to = state_of(&look.seen);
    if !may_follow(row.state, to) {
        return Ok(row.state);
    }
    if row.differs(look) {
        differs_in(tx, &row, look).await?;
        return Ok(row.state);
    }
    let entry = match &purse {
        Some(purse) => Some(credit_in(tx, purse, &row).await?),
        None => None,
    };
    let failure = match &look.seen {
        Seen::Failed(word) => Some(word.as_str()),
        _ => None,
    };
    let sql =
        "UPDATE payment SET state = $3, session_ref = coalesce(session_ref, $4), intent_ref = coalesce(intent_ref, $5),
                   captured = $6, entry_id = $7, failure = $8, ended_at = $9, next_at = $10
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        row.id.into(),
        to.word().into(),
        look.session.clone().into(),
        look.intent.clone().into(),
        entry.map_or(0, |_| row.amount).into(),
        entry.into(),
        failure.into(),
        to.is_over().then_some(tx.now).into(),
        (!to.is_over()).then(|| next_look(row.attempts, tx.now)).into(),
    ];
    tx.run(sql, values).await?;
    automatic::told_in(tx, row.id, (row.state, to), failure).await?;
    Ok(to)
}

impl Row {
    /// Whether the provider speaks of something else than we asked for. An amount counts once it was taken.
    fn differs(&self, look: &Look) -> bool {
        let another = |ours: &Option<String>, theirs: &Option<String>| {
            ours.as_ref().zip(theirs.as_ref()).is_some_and(|(ours, theirs)| ours != theirs)
        };
        another(&self.session_ref, &look.session)
            || another(&self.intent_ref, &look.intent)
            || look.payment.is_some_and(|payment| payment != self.id)
            || (look.seen == Seen::Paid && (look.amount, look.currency) != (self.amount, Some(self.currency)))
    }
}

async fn credit_in(tx: &Tx, purse: &Purse, row: &Row) -> Result<Uuid> {
    let (key, note) = (format!("payment:{}", row.id), row.id.to_string());
    let arrival = Arrival { from: House::Clearing, micros: micros(row.amount)?, key: &key, note: &note };
    let credited = ledger::credit_in(tx, purse, &arrival).await?;
    let told = Told { amount: money(row.amount, row.currency)?, owed: purse.money(credited.owed), payment: row.id };
    let subject = tx.organisation().to_string();
    audit::record_in(tx, Change { verb: "wallet.topped_up", subject, before: None::<()>, after: Some(told) }).await?;
    Ok(credited.entry)
}

/// Nobody is credited, nobody looks by themselves any more, and people are told.
async fn differs_in(tx: &Tx, row: &Row, look: &Look) -> Result<()> {
    let reference = look.session.as_ref().or(look.intent.as_ref()).cloned().unwrap_or_else(|| row.id.to_string());
    let details = json!({
        "quoted": row.amount,
        "quoted_currency": row.currency,
        "taken": look.amount,
        "taken_currency": look.currency,
        "session": look.session,
        "intent": look.intent,
        "payment": look.payment,
    });
    tell_in(tx, row.provider, PaymentFinding::AmountDiffers, (reference.as_str(), Some(row.id)), details).await?;
    nobody_looks_in(tx, row.id).await
}

/// Records where the person pays.
pub(super) async fn opened_in(tx: &Tx, payment: PaymentId, checkout: &Checkout) -> Result<()> {
    let row = lock_in(tx, payment).await?;
    let to = PaymentState::NeedsPerson;
    if !may_follow(row.state, to) {
        return Ok(());
    }
    let sql = "UPDATE payment SET state = $3, session_ref = coalesce(session_ref, $4), pay_at = $5, next_at = $6
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        row.id.into(),
        to.word().into(),
        checkout.session.clone().into(),
        checkout.pay_at.clone().into(),
        next_look(row.attempts, tx.now).into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Records that a payment is over without money, before the provider had a page for it.
pub(super) async fn ended_in(tx: &Tx, payment: PaymentId, to: PaymentState, failure: Option<&str>) -> Result<()> {
    let row = lock_in(tx, payment).await?;
    if !may_follow(row.state, to) {
        return Ok(());
    }
    let sql = "UPDATE payment SET state = $3, failure = $4, ended_at = $5, next_at = NULL
               WHERE organisation_id = $1 AND id = $2";
    let values = [tx.organisation.into(), row.id.into(), to.word().into(), failure.into(), tx.now.into()];
    tx.run(sql, values).await?;
    automatic::told_in(tx, row.id, (row.state, to), failure).await
}

/// Records that the provider does not know a page that it gave us.
pub(super) async fn lost_in(tx: &Tx, payment: PaymentId, session: &str, said: &str) -> Result<()> {
    let row = lock_in(tx, payment).await?;
    let details = json!({ "said": said });
    tell_in(tx, row.provider, PaymentFinding::NotAtProvider, (session, Some(row.id)), details).await?;
    nobody_looks_in(tx, row.id).await
}

async fn nobody_looks_in(tx: &Tx, payment: PaymentId) -> Result<()> {
    let sql = "UPDATE payment SET next_at = NULL WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation.into(), payment.into()]).await.map(drop)
}

async fn lock_in(tx: &Tx, payment: PaymentId) -> Result<Row> {
    let sql = "SELECT id, provider, state, amount, currency, session_ref, intent_ref, attempts FROM payment
               WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE";
    tx.one(sql, [tx.organisation.into(), payment.into()]).await?.ok_or(Error::NotFound)
}
