//! Holding the leader's lease: take it when it is free, renew it while working, drop the work when it is lost.

use std::time::{Duration, Instant};

use anyhow::Context;
use domain::clusters::{self, LEASE_S, Lead};
use k8s::Permit;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{ClusterWork, JOB};

/// How often a lease is renewed: often enough that two failures in a row lose nothing.
const RENEW_EACH: Duration = Duration::from_secs(4);
/// How often somebody else's lease is looked at.
const LOOK_EACH: Duration = Duration::from_secs(2);

/// Leads whenever nobody else does, until `stop`.
pub(super) async fn lead(work: &ClusterWork, stop: &CancellationToken) -> anyhow::Result<()> {
    while !stop.is_cancelled() {
        // Measured before the database is asked, so that a slow answer only shortens the permit.
        let asked_at = Instant::now();
        match in_a_lease(asked_at, clusters::take_lead(&work.db, JOB, &work.holder, work.clock.now())).await {
            Ok(Some(lead)) => hold(work, lead, asked_at, stop).await?,
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the lead cannot be asked for"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK_EACH) => {}
        }
    }
    Ok(())
}

/// Works as long as the lease is renewed; gives it up when the program stops.
async fn hold(work: &ClusterWork, lead: Lead, asked_at: Instant, stop: &CancellationToken) -> anyhow::Result<()> {
    let (granted, permit) = watch::channel(permit(asked_at));
    tracing::info!(epoch = lead.epoch, "leading");
    tokio::select! {
        () = stop.cancelled() => {}
        () = renew(work, lead, &granted) => {
            tracing::warn!(epoch = lead.epoch, "the lead is lost");
            return Ok(());
        }
        outcome = work.follow(lead.epoch, permit) => match outcome {
            // Woken from a long sleep, it may write before it asks for its lease: the database refuses that.
            Err(error) if is_overtaken(&error) => {
                tracing::warn!(epoch = lead.epoch, "another leads by now");
                return Ok(());
            }
            outcome => outcome?,
        },
    }
    if let Err(error) = clusters::give_up_lead(&work.db, JOB, lead, work.clock.now()).await {
        tracing::warn!(%error, "the lead runs out by itself");
    }
    Ok(())
}

/// Ends when the lease is lost: taken by another, or not renewed for its whole length.
async fn renew(work: &ClusterWork, lead: Lead, granted: &watch::Sender<Permit>) {
    let mut renewed_at = Instant::now();
    loop {
        tokio::time::sleep(RENEW_EACH).await;
        let asked_at = Instant::now();
        match in_a_lease(renewed_at, clusters::renew_lead(&work.db, JOB, lead, work.clock.now())).await {
            Ok(Some(_)) => {
                renewed_at = asked_at;
                granted.send_replace(permit(asked_at));
            }
            Ok(None) => return,
            Err(error) if renewed_at.elapsed() < length() => tracing::warn!(%error, "the lead was not renewed"),
            Err(_) => return,
        }
    }
}

/// Asks the database as long as a lease lasts that began then: one that fell silent must not be worked for on.
async fn in_a_lease<T>(began: Instant, asked: impl Future<Output = domain::Result<T>>) -> anyhow::Result<T> {
    let answer = tokio::time::timeout_at((began + length()).into(), asked).await;
    Ok(answer.context("the database does not answer")??)
}

fn is_overtaken(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(domain::Error::NotLeading))
}

fn permit(asked_at: Instant) -> Permit {
    Permit::until(asked_at + length())
}

fn length() -> Duration {
    Duration::from_secs(LEASE_S.unsigned_abs())
}
