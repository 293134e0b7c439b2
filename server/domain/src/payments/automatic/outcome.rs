//! What becomes of one that began: refusals are counted and told, two in a row pause it, and where the bank asks for the
//! person the same amount waits for them on a page of the provider. Inside the transaction that records it.

use sea_orm::FromQueryResult;
use types::{AutoTopUpState, Currency, PaymentId, PaymentProvider, PaymentState};
use uuid::Uuid;

use super::{
    letters::{self, About},
    rules::MOST_DECLINES,
    start::insert_payment_in,
};
use crate::{
    Result, Tx,
    audit::{self, Change},
};

/// The provider's word where a bank wants to know that it is the card's holder.
const ASKS_HOLDER: &str = "authentication_required";
/// Our own word where the organisation closed before the provider was asked.
pub(super) const CLOSES: &str = "organisation_closes";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    payment_id: PaymentId,
    state: AutoTopUpState,
    declines: i32,
    provider: PaymentProvider,
    amount: i64,
    currency: Currency,
    last4: String,
}

/// Takes up what was recorded of a payment, if it began by itself.
pub(in crate::payments) async fn told_in(
    tx: &Tx,
    payment: PaymentId,
    (from, to): (PaymentState, PaymentState),
    failure: Option<&str>,
) -> Result<()> {
    let Some(row) = lock_in(tx, payment).await? else { return Ok(()) };
    let is_first = row.payment_id == payment;
    match to {
        PaymentState::Succeeded => {
            let sql = "UPDATE auto_top_up SET declines = 0 WHERE organisation_id = $1";
            tx.run(sql, [tx.organisation.into()]).await.map(drop)
        }
        PaymentState::Failed if is_first && failure == Some(ASKS_HOLDER) => ask_person_in(tx, &row).await,
        PaymentState::NeedsPerson if is_first && from != PaymentState::NeedsPerson => {
            letters::asks_in(tx, &row.about(), payment).await
        }
        // Nobody refused it.
        PaymentState::Cancelled if failure == Some(CLOSES) => Ok(()),
        PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired => {
            declined_in(tx, &row, failure.unwrap_or(to.word())).await
        }
        _ => Ok(()),
    }
}

impl Row {
    fn about(&self) -> About {
        About { amount: self.amount, currency: self.currency, last4: self.last4.clone() }
    }
}

/// Payments are locked by who records; after them what somebody agreed to.
async fn lock_in(tx: &Tx, payment: PaymentId) -> Result<Option<Row>> {
    let sql = "SELECT t.id, t.payment_id, a.state, a.declines, p.provider, p.amount, p.currency, s.last4
               FROM auto_top_up_try t JOIN auto_top_up a ON a.organisation_id = t.organisation_id
               JOIN payment p ON p.organisation_id = t.organisation_id AND p.id = t.payment_id
               JOIN saved_card s ON s.organisation_id = t.organisation_id AND s.id = t.card_id
               WHERE t.organisation_id = $1 AND $2 IN (t.payment_id, t.person_payment_id)
               FOR NO KEY UPDATE OF a";
    tx.one(sql, [tx.organisation.into(), payment.into()]).await
}

/// The same amount on a page of the provider: it counts in the month's limit instead of the one that was refused.
async fn ask_person_in(tx: &Tx, row: &Row) -> Result<()> {
    let payment = insert_payment_in(tx, row.provider, "checkout", (row.amount, row.currency)).await?;
    let sql = "UPDATE auto_top_up_try SET person_payment_id = $3 WHERE organisation_id = $1 AND id = $2";
    tx.run(sql, [tx.organisation.into(), row.id.into(), payment.into()]).await?;
    let change = Change {
        verb: "auto_top_up.asked_person",
        subject: payment.to_string(),
        before: Some(row.payment_id),
        after: None::<()>,
    };
    audit::record_in(tx, change).await?;
    letters::asks_in(tx, &row.about(), payment).await
}

async fn declined_in(tx: &Tx, row: &Row, word: &str) -> Result<()> {
    let declines = row.declines.saturating_add(1);
    let pauses = declines >= MOST_DECLINES && row.state == AutoTopUpState::On;
    let state = if pauses { AutoTopUpState::Paused } else { row.state };
    let sql = "UPDATE auto_top_up SET declines = $2, state = $3 WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into(), declines.into(), state.word().into()]).await?;
    let subject = row.payment_id.to_string();
    let verb = if pauses { "auto_top_up.paused" } else { "auto_top_up.declined" };
    audit::record_in(tx, Change { verb, subject, before: None::<()>, after: Some(word) }).await?;
    letters::declined_in(tx, &row.about(), word, pauses).await
}
