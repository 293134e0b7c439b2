//! One step of a refund to a card: the provider is told of it, or asked how far it is. What it was told once is looked for
//! before it is told again, and always with the same key.

use sea_orm::FromQueryResult;
use types::{OrganisationId, RefundId, RefundState, Timestamp};

use super::record::{record_refund, refused_in};
use crate::{
    Database, Error, Result,
    access::Job,
    payments::{Gateway, NewRefund, RefundLook, RefundsOf, Trouble, next_look},
};

/// How long a refund belongs to who took it: longer than calling the provider may take.
const TAKEN_S: i64 = 120;
/// How long a provider surely knows a key again. What it was told before, and has not by then, was never made.
const KEY_HOLDS_S: i64 = 23 * 3600;
/// Why a refund fails that the provider does not have.
const NEVER_MADE: &str = "never_made";

#[derive(FromQueryResult)]
struct Due {
    organisation_id: OrganisationId,
    id: RefundId,
}

/// A refund as the provider is to know it.
#[derive(FromQueryResult)]
struct Row {
    state: RefundState,
    amount: i64,
    idempotency_key: String,
    provider_ref: Option<String>,
    intent_ref: Option<String>,
    told_at: Option<Timestamp>,
    attempts: i32,
}

/// Who calls whom, and when.
#[derive(Clone, Copy)]
struct At<'a> {
    db: &'a Database,
    job: Job,
    gateway: &'a dyn Gateway,
    place: (OrganisationId, RefundId),
    now: Timestamp,
}

/// Takes the refund that has waited longest; nobody else has it for two minutes, also where the taker dies.
///
/// # Errors
/// Only the database's own.
pub async fn take_due_refund(db: &Database, job: Job, now: Timestamp) -> Result<Option<(OrganisationId, RefundId)>> {
    let sql = "SELECT organisation_id, id FROM refund WHERE next_at <= $1 ORDER BY next_at LIMIT 20";
    let due: Vec<Due> = db.work(job, now).await?.all(sql, [now.into()]).await?;
    let take = "UPDATE refund SET next_at = $3, attempts = attempts + 1
                WHERE organisation_id = $1 AND id = $2 AND next_at <= $4";
    for Due { organisation_id, id } in due {
        let tx = db.work_in(job, organisation_id, now).await?;
        let values = [organisation_id.into(), id.into(), now.plus_seconds(TAKEN_S).into(), now.into()];
        if tx.run(take, values).await? == 1 {
            tx.commit().await?;
            return Ok(Some((organisation_id, id)));
        }
    }
    Ok(None)
}

/// Does the next step of a refund. A provider that does not answer is asked again later.
///
/// # Errors
/// `NotFound` for a refund to a card that the organisation does not have.
pub async fn advance_refund(
    db: &Database,
    job: Job,
    gateway: &dyn Gateway,
    place: (OrganisationId, RefundId),
    now: Timestamp,
) -> Result<()> {
    let at = At { db, job, gateway, place, now };
    let row = at.begin().await?;
    match &row.provider_ref {
        _ if row.state.is_over() => Ok(()),
        Some(reference) => match gateway.look_at_refund(reference).await {
            Ok(look) => at.record(&look).await,
            Err(trouble) => at.later(&row, &trouble).await,
        },
        None if row.told_at.is_none() => at.tell(&row).await,
        None => at.find(&row).await,
    }
}

impl At<'_> {
    /// Notes that the provider is told from now on, before it is. The row is as it was before.
    async fn begin(&self) -> Result<Row> {
        let (organisation, refund) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "SELECT r.state, r.amount, r.idempotency_key, r.provider_ref, p.intent_ref, r.told_at, r.attempts
                   FROM refund r JOIN payment p ON p.organisation_id = r.organisation_id AND p.id = r.payment_id
                   WHERE r.organisation_id = $1 AND r.id = $2 FOR NO KEY UPDATE OF r";
        let row: Option<Row> = tx.one(sql, [organisation.into(), refund.into()]).await?;
        let row = row.ok_or(Error::NotFound)?;
        if row.state == RefundState::Wanted {
            let sql = "UPDATE refund SET state = 'sent', told_at = $3 WHERE organisation_id = $1 AND id = $2";
            tx.run(sql, [organisation.into(), refund.into(), self.now.into()]).await?;
        }
        tx.commit().await?;
        Ok(row)
    }

    async fn tell(&self, row: &Row) -> Result<()> {
        let (organisation, refund) = self.place;
        let ask = NewRefund {
            key: row.idempotency_key.clone(),
            refund,
            organisation,
            intent: intent(row)?,
            amount: row.amount,
        };
        match self.gateway.give_back(&ask).await {
            Ok(look) => self.record(&look).await,
            Err(Trouble::Refused(said)) => self.refused(&said).await,
            Err(trouble) => self.later(row, &trouble).await,
        }
    }

    /// The provider was told before and nobody knows whether it heard: what it has made names ours.
    async fn find(&self, row: &Row) -> Result<()> {
        let made = match self.gateway.list_refunds(&RefundsOf::Intent(intent(row)?)).await {
            Ok(made) => made,
            Err(trouble) => return self.later(row, &trouble).await,
        };
        let (_, refund) = self.place;
        match made.iter().find(|look| look.refund == Some(refund)) {
            Some(look) => self.record(look).await,
            None if row.told_at.is_some_and(|at| self.now.seconds_since(at) > KEY_HOLDS_S) => {
                self.refused(NEVER_MADE).await
            }
            None => self.tell(row).await,
        }
    }

    async fn record(&self, look: &RefundLook) -> Result<()> {
        record_refund(self.db, self.job, self.place, look, self.now).await.map(drop)
    }

    async fn refused(&self, said: &str) -> Result<()> {
        let (organisation, refund) = self.place;
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        refused_in(&tx, refund, said).await?;
        tx.commit().await
    }

    /// Nobody knows what the provider did: it is asked again.
    async fn later(&self, row: &Row, said: &Trouble) -> Result<()> {
        let (organisation, refund) = self.place;
        tracing::warn!(%refund, %said, "the provider of payments did not say how far a refund is");
        let tx = self.db.work_in(self.job, organisation, self.now).await?;
        let sql = "UPDATE refund SET next_at = $3 WHERE organisation_id = $1 AND id = $2 AND next_at IS NOT NULL";
        let at = next_look(row.attempts, self.now);
        tx.run(sql, [organisation.into(), refund.into(), at.into()]).await?;
        tx.commit().await
    }
}

fn intent(row: &Row) -> Result<String> {
    row.intent_ref.clone().ok_or_else(|| Error::Corrupt("a payment that was paid by no movement of money".to_owned()))
}
