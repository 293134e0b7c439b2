//! One step of a payment without anybody there: the provider is asked to take it, or asked how far it is. An answer that was
//! lost is looked for; nothing is made twice.

use sea_orm::FromQueryResult;
use types::{CardState, Currency, OrganisationId, PaymentId, PaymentState, Timestamp};

use super::outcome::CLOSES;
use crate::{
    Database, Error, Result,
    access::Job,
    payments::{
        advance::KEY_HOLDS_S,
        cards::{Charged, NewCharge},
        gateway::{Gateway, Seen, Trouble},
        record::{ended_in, record_look},
        rules::next_look,
    },
};

#[derive(FromQueryResult)]
struct Row {
    state: PaymentState,
    amount: i64,
    currency: Currency,
    idempotency_key: String,
    asked_at: Timestamp,
    attempts: i32,
    pay_at: Option<String>,
    method: String,
    card: CardState,
    customer: Option<String>,
    /// Whether its organisation is closed or about to be.
    is_closing: bool,
}

/// Who calls whom, and when.
struct At<'a> {
    db: &'a Database,
    job: Job,
    place: (OrganisationId, PaymentId),
    now: Timestamp,
}

/// Does the next step, once it is noted that the provider is told.
pub(in crate::payments) async fn charge(
    db: &Database,
    job: Job,
    gateway: &dyn Gateway,
    place: (OrganisationId, PaymentId),
    now: Timestamp,
) -> Result<()> {
    let at = At { db, job, place, now };
    let row = at.row().await?;
    if row.state.is_over() {
        return Ok(());
    }
    // A card is only kept of somebody whom the provider knows.
    let Some(customer) = row.customer.as_deref() else { return at.failed("no_customer").await };
    let is_old = now.seconds_since(row.asked_at) > KEY_HOLDS_S;
    // What was asked before may have been done: it is looked for first.
    if row.attempts > 1 {
        match gateway.find_charge(customer, place.1).await {
            // Nobody came in a day; should money come all the same, it counts.
            Ok(Some(charged)) if is_old && charged.look.seen == Seen::Open => return at.expired().await,
            Ok(Some(charged)) => return at.record(&row, &charged).await,
            Ok(None) if is_old => return at.expired().await,
            Ok(None) => {}
            Err(trouble) => return at.later(&row, &trouble.to_string()).await,
        }
    }
    // Nothing is paid with a card that was taken away.
    if row.card != CardState::Saved {
        return at.failed("card_removed").await;
    }
    // It closed after this began, and the provider has taken nothing: who closes pays nothing more by itself.
    if row.is_closing {
        return at.ended(PaymentState::Cancelled, Some(CLOSES)).await;
    }
    let ask = NewCharge {
        key: row.idempotency_key.clone(),
        payment: place.1,
        organisation: place.0,
        customer: customer.to_owned(),
        method: row.method.clone(),
        amount: row.amount,
        currency: row.currency,
    };
    match gateway.charge(&ask).await {
        Ok(charged) => at.record(&row, &charged).await,
        Err(Trouble::Refused(said)) => at.failed(&said).await,
        Err(Trouble::Unsure(said)) => at.later(&row, &said).await,
    }
}

impl At<'_> {
    async fn row(&self) -> Result<Row> {
        let (organisation, payment) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "SELECT p.state, p.amount, p.currency, p.idempotency_key, p.asked_at, p.attempts, p.pay_at,
                          s.method_ref AS method, s.state AS card, c.reference AS customer,
                          o.closes_at IS NOT NULL OR o.closed_at IS NOT NULL AS is_closing
                   FROM payment p
                   JOIN organisation o ON o.id = p.organisation_id
                   JOIN auto_top_up_try t ON t.organisation_id = p.organisation_id AND t.payment_id = p.id
                   JOIN saved_card s ON s.organisation_id = t.organisation_id AND s.id = t.card_id
                   LEFT JOIN provider_customer c ON c.organisation_id = p.organisation_id AND c.provider = p.provider
                   WHERE p.organisation_id = $1 AND p.id = $2";
        tx.one(sql, [organisation.into(), payment.into()]).await?.ok_or(Error::NotFound)
    }

    /// Where somebody is needed, the way for them is there before they are told of it.
    async fn record(&self, row: &Row, charged: &Charged) -> Result<()> {
        let (organisation, payment) = self.place;
        if charged.confirm_at.is_some() && charged.confirm_at != row.pay_at {
            let tx = self.db.work_in(self.job, organisation, self.now).await?;
            let sql = "UPDATE payment SET pay_at = $3 WHERE organisation_id = $1 AND id = $2";
            tx.run(sql, [organisation.into(), payment.into(), charged.confirm_at.clone().into()]).await?;
            tx.commit().await?;
        }
        record_look(self.db, self.job, self.place, &charged.look, self.now).await.map(drop)
    }

    async fn failed(&self, said: &str) -> Result<()> {
        self.ended(PaymentState::Failed, Some(said)).await
    }

    async fn expired(&self) -> Result<()> {
        self.ended(PaymentState::Expired, None).await
    }

    async fn ended(&self, to: PaymentState, failure: Option<&str>) -> Result<()> {
        let (organisation, payment) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        ended_in(&tx, payment, to, failure).await?;
        tx.commit().await
    }

    /// Nobody knows what the provider did: it is looked for.
    async fn later(&self, row: &Row, said: &str) -> Result<()> {
        let (organisation, payment) = self.place;
        tracing::warn!(%payment, said, "the provider of payments did not answer");
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "UPDATE payment SET next_at = $3 WHERE organisation_id = $1 AND id = $2 AND next_at IS NOT NULL";
        let at = next_look(row.attempts, self.now);
        tx.run(sql, [organisation.into(), payment.into(), at.into()]).await?;
        tx.commit().await
    }
}
