//! What a provider tells of refunds, and its last three days against ours. Nothing is believed but the names: the refund is
//! fetched, and what it says is recorded.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{OrganisationId, PaymentFinding, PaymentId, RefundId, Timestamp};

use super::{record::record_refund, rules::Named};
use crate::{
    Database, Result,
    access::Job,
    payments::{Gateway, Outcome, RefundLook, RefundSeen, RefundsOf, Trouble, tell_in},
};

/// How far back is looked, as for payments.
const WINDOW_S: i64 = 72 * 3600;
/// What was told just now may not stand in the provider's list yet.
const FRESH_S: i64 = 10 * 60;

/// Fetches what an event names and records what is said of it; nothing where the provider does not answer.
pub(crate) async fn count_event(
    db: &Database,
    job: Job,
    gateway: &dyn Gateway,
    (event, named): (&str, &Named),
    now: Timestamp,
) -> Result<Option<Outcome>> {
    let looked = match named {
        Named::Refund(name) => gateway.look_at_refund(name).await.map(|look| vec![look]),
        Named::Charge(name) => gateway.list_refunds(&RefundsOf::Charge(name.clone())).await,
    };
    let looks = match looked {
        Ok(looks) => looks,
        Err(Trouble::Unsure(said)) => {
            tracing::warn!(event, said, "the provider of payments did not answer");
            return Ok(None);
        }
        Err(Trouble::Refused(said)) => {
            let open = db.work(job, now).await?;
            let details = json!({ "said": said, "event": event });
            tell_in(&open, gateway.provider(), PaymentFinding::NotAtProvider, (named.text(), None), details).await?;
            open.commit().await?;
            return Ok(Some(Outcome::Unknown));
        }
    };
    let mut outcome = Outcome::Ignored;
    for look in &looks {
        match count(db, job, gateway, look, now).await? {
            Outcome::Ignored => {}
            counted if outcome != Outcome::Unknown => outcome = counted,
            _ => {}
        }
    }
    Ok(Some(outcome))
}

#[derive(FromQueryResult)]
struct Ours {
    organisation_id: OrganisationId,
    id: RefundId,
}

#[derive(FromQueryResult)]
struct Paid {
    id: PaymentId,
}

/// Records what the provider says of a refund, if it is one of ours. What went back of a payment of ours without us is told
/// to people.
async fn count(db: &Database, job: Job, gateway: &dyn Gateway, look: &RefundLook, now: Timestamp) -> Result<Outcome> {
    let open = db.work(job, now).await?;
    let sql = "SELECT organisation_id, id FROM refund WHERE rail = 'card' AND (provider_ref = $1 OR id = $2) LIMIT 1";
    let values = [look.reference.clone().into(), look.refund.map(RefundId::uuid).into()];
    let ours: Option<Ours> = open.one(sql, values).await?;
    if let Some(Ours { organisation_id, id }) = ours {
        drop(open);
        record_refund(db, job, (organisation_id, id), look, now).await?;
        return Ok(Outcome::Counted);
    }
    if matches!(look.seen, RefundSeen::Failed(_)) {
        return Ok(Outcome::Ignored);
    }
    let provider = gateway.provider();
    let sql = "SELECT id FROM payment WHERE provider = $1 AND intent_ref = $2";
    let paid: Option<Paid> = open.one(sql, [provider.word().into(), look.intent.clone().into()]).await?;
    let Some(Paid { id }) = paid else { return Ok(Outcome::Ignored) };
    let details = json!({ "given": look.amount, "given_currency": look.currency, "refund": look.refund });
    tell_in(&open, provider, PaymentFinding::UnknownRefund, (look.reference.as_str(), Some(id)), details).await?;
    open.commit().await?;
    Ok(Outcome::Unknown)
}

#[derive(FromQueryResult)]
struct Told {
    provider_ref: String,
    payment_id: PaymentId,
}

/// Compares the refunds of the last 72 hours: what the provider says of each is recorded, and what we told it of and it does
/// not list is told to people. Where it does not answer, nothing is said and the next time counts.
///
/// # Errors
/// Only the database's own.
pub async fn reconcile_refunds(db: &Database, job: Job, gateway: &dyn Gateway, now: Timestamp) -> Result<()> {
    let since = now.plus_seconds(-WINDOW_S);
    let looks = match gateway.list_refunds(&RefundsOf::Since(since)).await {
        Ok(looks) => looks,
        Err(trouble) => {
            tracing::warn!(%trouble, "refunds are compared with their provider's the next time");
            return Ok(());
        }
    };
    let mut listed = BTreeSet::new();
    for look in &looks {
        listed.insert(look.reference.as_str());
        count(db, job, gateway, look, now).await?;
    }
    let open = db.work(job, now).await?;
    let sql = "SELECT provider_ref, payment_id FROM refund
               WHERE told_at >= $1 AND told_at < $2 AND provider_ref IS NOT NULL AND state IN ('waits', 'succeeded')";
    let told: Vec<Told> = open.all(sql, [since.into(), now.plus_seconds(-FRESH_S).into()]).await?;
    for Told { provider_ref, payment_id } in told.iter().filter(|told| !listed.contains(told.provider_ref.as_str())) {
        let about = (provider_ref.as_str(), Some(*payment_id));
        tell_in(&open, gateway.provider(), PaymentFinding::NotAtProvider, about, json!({ "refund": true })).await?;
    }
    open.commit().await
}
