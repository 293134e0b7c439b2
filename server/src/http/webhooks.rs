//! What Stripe tells: checked over the very bytes, stored, answered. What becomes of it is the workers' affair.

use axum::{
    body::Bytes,
    extract::State as Shared,
    http::{HeaderMap, StatusCode},
};
use domain::{Error, access::Job, payments::receive_event};
use session::{Now, Refused};
use stripe_gateway::read_event;
use types::PaymentProvider;

use super::State;

const JOB: Job = Job::of("receive-webhooks");

/// Stores what Stripe signed; what cannot be read is stored too. It counts by its signature alone, no cookie is read.
pub(super) async fn stripe(
    Shared(state): Shared<State>,
    Now(now): Now,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let secrets = state.webhooks.as_deref().ok_or(Error::NotFound)?;
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Err(reason) = secrets.check(signature, &body, now) {
        return Err(Refused::malformed(reason.to_string()));
    }
    let event = read_event(&body);
    receive_event(&state.portal.db, JOB, PaymentProvider::Stripe, (event.as_ref(), &body[..]), now).await?;
    Ok(StatusCode::OK)
}
