//! Billing periods: they tile an organisation's time for ever, end where the seller's months end, and are closed when
//! everything before that instant is known and settled. A closed period has a draft; see `invoices`.

mod blockers;
mod calendar;
mod entity;
mod month;
mod review;
mod rules;
mod waiver;

use types::{CloseBlocker, ClosePeriod, ClosedPeriodView, Timestamp, WaiveCluster, WaiverView};

pub use self::review::{list_running_periods, running_period};
use self::{blockers::Closing, waiver::Waiver};
pub(crate) use self::{
    calendar::{Calendar, day, period_end, zone},
    entity::{Period, calendar_in, running_in, seller_zone_in},
    month::waiting_in,
};
use crate::{
    Database, Error, Result, Tx,
    access::{Job, Scope, policy::CloseBilling},
    audit::{self, Change},
    commands::{self, Command},
    invoices, settlement,
};

/// The worker that a close settles as.
const JOB: Job = Job::of("close_period");

/// Closes the organisation's running period, opens the next and makes the draft of its invoice.
///
/// # Errors
/// A conflict while the period runs, while a cluster with leases of the organisation is not known up to its end (the
/// error names the cluster and the time), while its usage is not settled or has no price, and when it was closed before.
pub async fn close_period(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: ClosePeriod,
    command: Command,
    now: Timestamp,
) -> Result<ClosedPeriodView> {
    // What is known and due is booked first, in a transaction of its own: a close never settles.
    settlement::settle(&db.committing(), JOB, scope.organisation(), now).await?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| close_in(tx, &ask).await).await
}

async fn close_in(tx: &Tx, ask: &ClosePeriod) -> Result<ClosedPeriodView> {
    let (period, ended_at) = ended_in(tx, ask.period).await?;
    let ready = entity::readiness_in(tx, ended_at).await?;
    let blockers = if ready.is_known { Vec::new() } else { blockers_of(tx, &period, ended_at).await? };
    if let Some(CloseBlocker { name: cluster, known_through, .. }) = blockers.into_iter().next() {
        return Err(Error::NotConfirmed { cluster, known_through, needed: ended_at });
    }
    if ready.has_unpriced {
        return Err(Error::Conflict("usage-without-price"));
    }
    if !ready.is_settled {
        return Err(Error::Conflict("period-not-settled"));
    }
    let next = entity::turn_in(tx, period.id, ended_at, tx.principal.user()).await?;
    let invoice = invoices::draft_in(tx, &Period { ended_at: Some(ended_at), ..period.clone() }).await?;
    let view = ClosedPeriodView { period: period.id, started_at: period.started_at, ended_at, invoice, next };
    let change =
        Change { verb: "period.closed", subject: period.id.to_string(), before: None::<()>, after: Some(&view) };
    audit::record_in(tx, change).await?;
    Ok(view)
}

/// Stops waiting for a cluster: what it has not confirmed of the period is classed as not billed, with that reason.
///
/// # Errors
/// `Invalid` for a reason that is too short; a conflict while the period runs, and when it does not wait for the
/// cluster.
pub async fn waive_cluster(
    db: &Database,
    scope: &Scope<CloseBilling>,
    ask: WaiveCluster,
    command: Command,
    now: Timestamp,
) -> Result<WaiverView> {
    let reason = rules::reason(&ask)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| waive_in(tx, &ask, reason).await).await
}

async fn waive_in(tx: &Tx, ask: &WaiveCluster, reason: String) -> Result<WaiverView> {
    let (period, through) = ended_in(tx, ask.period).await?;
    let blockers = blockers_of(tx, &period, through).await?;
    let blocker = blockers.into_iter().find(|blocker| blocker.cluster == ask.cluster);
    let known_through = blocker.ok_or(Error::Conflict("cluster-not-waited-for"))?.known_through;
    let from = known_through.max(period.started_at);
    let waiver = Waiver { period: period.id, cluster: ask.cluster, from, through, reason };
    let n_intervals = waiver::waive_in(tx, &waiver).await?;
    let change =
        Change { verb: "cluster.waived", subject: ask.cluster.to_string(), before: None::<()>, after: Some(ask) };
    audit::record_in(tx, change).await?;
    Ok(WaiverView { waived_from: from, waived_through: through, n_intervals })
}

/// The running period, locked, with the end that it has by now.
async fn ended_in(tx: &Tx, period: types::PeriodId) -> Result<(Period, Timestamp)> {
    let (period, zone) = entity::lock_in(tx, period).await?;
    if period.ended_at.is_some() {
        return Err(Error::Conflict("period-closed"));
    }
    let ended_at = period_end(period.started_at, &zone)?;
    if tx.now < ended_at { Err(Error::Conflict("period-runs")) } else { Ok((period, ended_at)) }
}

async fn blockers_of(tx: &Tx, period: &Period, ended_at: Timestamp) -> Result<Vec<CloseBlocker>> {
    let closing = Closing { organisation_id: tx.organisation.uuid(), started_at: period.started_at, ended_at };
    Ok(blockers::blockers_in(tx, &[closing]).await?.into_iter().map(|(_, blocker)| blocker).collect())
}
