//! The provider's last three days against ours, both ways: what we were never told of is taken up as if we had been, and what
//! we credited must be what the provider says was paid.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{PaymentFinding, PaymentId, PaymentProvider, Timestamp};

use super::{
    findings::tell_in,
    gateway::{Gateway, Reference, Seen, Trouble},
    inbox::{Source, about, is_dispute, keep_in},
};
use crate::{Database, Error, Result, access::Job, refunds};

/// How far back is looked: providers send for about three days what is not taken.
const WINDOW_S: i64 = 72 * 3600;
/// What was credited just now may not stand in the provider's list yet.
const FRESH_S: i64 = 10 * 60;

#[derive(FromQueryResult)]
struct Credited {
    id: PaymentId,
    amount: i64,
    session_ref: Option<String>,
    intent_ref: Option<String>,
}

/// Compares the last 72 hours. What does not agree stands among the findings; where the provider does not answer, nothing is
/// said and the next time counts.
///
/// # Errors
/// Only the database's own.
pub async fn reconcile(db: &Database, job: Job, gateway: &dyn Gateway, now: Timestamp) -> Result<()> {
    let since = now.plus_seconds(-WINDOW_S);
    let events = match gateway.list_since(since).await {
        Ok(events) => events,
        Err(trouble) => {
            tracing::warn!(%trouble, "payments are compared with their provider's the next time");
            return Ok(());
        }
    };
    let provider = gateway.provider();
    let open = db.work(job, now).await?;
    let mut named = BTreeSet::new();
    for event in &events {
        let Some(object) = event.object.as_deref() else { continue };
        let is_refund = refunds::named(Some(event.kind.as_str()), Some(object)).is_some();
        if about(&event.kind, object).is_none() && !is_refund && !is_dispute(&event.kind) {
            continue;
        }
        named.insert(object.to_owned());
        let listed = json!({ "id": event.id, "type": event.kind, "data": { "object": { "id": object } } });
        let raw = serde_json::to_vec(&listed).map_err(|error| Error::Corrupt(format!("event: {error}")))?;
        keep_in(&open, provider, Source::Listed, Some(event), &raw).await?;
    }
    let sql = "SELECT id, amount, session_ref, intent_ref FROM payment
               WHERE state = 'succeeded' AND provider = $1 AND ended_at >= $2 AND ended_at < $3";
    let values = [provider.word().into(), since.into(), now.plus_seconds(-FRESH_S).into()];
    let credited: Vec<Credited> = open.all(sql, values).await?;
    open.commit().await?;
    let is_named = |name: &Option<String>| name.as_ref().is_some_and(|name| named.contains(name));
    for payment in credited.iter().filter(|row| !is_named(&row.session_ref) && !is_named(&row.intent_ref)) {
        ask(db, job, gateway, payment, now).await?;
    }
    Ok(())
}

/// Asks the provider for what we credited and its list does not name.
async fn ask(db: &Database, job: Job, gateway: &dyn Gateway, payment: &Credited, now: Timestamp) -> Result<()> {
    let session = payment.session_ref.clone().map(Reference::Session);
    let Some(at) = session.or_else(|| payment.intent_ref.clone().map(Reference::Intent)) else { return Ok(()) };
    let said = match gateway.look(&at).await {
        Ok(look) if look.seen == Seen::Paid && look.amount == payment.amount => return Ok(()),
        Ok(look) => format!("{:?}, {}", look.seen, look.amount),
        Err(Trouble::Refused(said)) => said,
        Err(Trouble::Unsure(_)) => return Ok(()),
    };
    let provider: PaymentProvider = gateway.provider();
    let open = db.work(job, now).await?;
    let details = json!({ "credited": payment.amount, "said": said });
    tell_in(&open, provider, PaymentFinding::NotAtProvider, (at.text(), Some(payment.id)), details).await?;
    open.commit().await
}
