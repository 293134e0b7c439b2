//! What becomes of payments by card: those that wait are looked at, what goes back is given back, what the provider told is
//! taken up, and each hour both sides are compared. Every replica does: a payment and an event belong to who took them.

use std::time::Duration;

use domain::{
    Clock, Database,
    access::Job,
    payments::{Gateway, advance_payment, forget_bytes, reconcile, take_due_payment, take_event},
    refunds::reconcile_refunds,
};

use super::give_refunds::give_refunds;

const ADVANCE: Job = Job::of("advance-payments");
const TAKE: Job = Job::of("take-webhooks");
const RECONCILE: Job = Job::of("reconcile-payments");
/// How often is looked when there was nothing.
const LOOK_EACH: Duration = Duration::from_secs(1);
/// How often both sides are compared.
const COMPARE_EACH: Duration = Duration::from_secs(3600);

/// Does all four until it is dropped.
pub(crate) async fn take_payments(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    tokio::join!(
        advance_payments(db, clock, gateway),
        give_refunds(db, clock, gateway),
        take_webhooks(db, clock, gateway),
        compare(db, clock, gateway),
    );
}

async fn advance_payments(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    loop {
        match advance_one(db, clock, gateway).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "payments wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Whether there was one.
async fn advance_one(db: &Database, clock: &Clock, gateway: &dyn Gateway) -> domain::Result<bool> {
    let Some(place) = take_due_payment(db, ADVANCE, clock.now()).await? else { return Ok(false) };
    advance_payment(db, ADVANCE, gateway, place, clock.now()).await?;
    Ok(true)
}

async fn take_webhooks(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    loop {
        match take_event(db, TAKE, gateway, clock.now()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "the provider's events wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

async fn compare(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    loop {
        if let Err(error) = reconcile(db, RECONCILE, gateway, clock.now()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "payments are compared in an hour");
        }
        if let Err(error) = reconcile_refunds(db, RECONCILE, gateway, clock.now()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "refunds are compared in an hour");
        }
        if let Err(error) = forget_bytes(db, RECONCILE, clock.now()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "old notices keep their bytes for an hour");
        }
        tokio::time::sleep(COMPARE_EACH).await;
    }
}
