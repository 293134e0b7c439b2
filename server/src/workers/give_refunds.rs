//! What goes back to cards: each refund that waits is told to its provider, or looked at. Every replica does: a refund belongs
//! to who took it.

use std::time::Duration;

use domain::{
    Clock, Database,
    access::Job,
    payments::Gateway,
    refunds::{advance_refund, take_due_refund},
};

const GIVE: Job = Job::of("give-refunds");
/// How often is looked when there was nothing.
const LOOK_EACH: Duration = Duration::from_secs(1);

/// Gives back until it is dropped.
pub(super) async fn give_refunds(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    loop {
        match give_one(db, clock, gateway).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "refunds wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Whether there was one.
async fn give_one(db: &Database, clock: &Clock, gateway: &dyn Gateway) -> domain::Result<bool> {
    let Some(place) = take_due_refund(db, GIVE, clock.now()).await? else { return Ok(false) };
    advance_refund(db, GIVE, gateway, place, clock.now()).await?;
    Ok(true)
}
