//! The one row of each cluster that confirms everything: all before `observed_through` was seen.

use sea_orm::FromQueryResult;
use types::{ClusterId, Timestamp};

use super::lead::fence_in;
use crate::{Database, Error, Open, Result, access::Job};

/// Seconds between two moves of the row while the watch is fresh.
pub const OBSERVE_EACH_S: i64 = 60;
/// A change of the clocks' distance that is worth a write, in milliseconds.
const SKEW_STEP_MS: i64 = 1_000;

#[derive(FromQueryResult)]
struct Observed {
    epoch: i64,
    observed_through: Timestamp,
    trouble: Option<String>,
    skew_ms: i64,
}

#[derive(FromQueryResult)]
struct ClusterRow {
    id: ClusterId,
}

/// The cluster with this name, if it was registered.
///
/// # Errors
/// Only the database's own.
pub async fn find_cluster_in(open: &Open, name: &str) -> Result<Option<ClusterId>> {
    let row: Option<ClusterRow> = open.one("SELECT id FROM cluster WHERE name = $1", [name.into()]).await?;
    Ok(row.map(|row| row.id))
}

/// Moves the row on to `through`, as the leader of `epoch`; at most once a minute, and at once after trouble or another
/// leader: what that one did not see is unconfirmed until then.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn observe_through(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    through: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    let through = through.min(now);
    let is_due = |row: Observed| {
        let moved_ms = through.millis_since(row.observed_through);
        row.trouble.is_some() || row.epoch < epoch || moved_ms >= OBSERVE_EACH_S * 1000
    };
    if !row_in(&open, cluster).await?.is_none_or(is_due) {
        return Ok(());
    }
    write_in(&open, cluster, epoch, through, None).await?;
    open.commit().await
}

/// Records that nothing is known after `since`, and the word for why, as the leader of `epoch`.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn stall(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    since: Timestamp,
    trouble: &str,
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    let since = since.min(now);
    let is_told = |row: Observed| row.trouble.as_deref() == Some(trouble) && row.observed_through >= since;
    if row_in(&open, cluster).await?.is_some_and(is_told) {
        return Ok(());
    }
    write_in(&open, cluster, epoch, since, Some(trouble)).await?;
    open.commit().await
}

/// Records the word for why nothing after what was seen last is known, as the leader of `epoch`; nothing before the first
/// look.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn stop_knowing(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    trouble: &str,
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    let Some(row) = row_in(&open, cluster).await?.filter(|row| row.trouble.as_deref() != Some(trouble)) else {
        return Ok(());
    };
    write_in(&open, cluster, epoch, row.observed_through, Some(trouble)).await?;
    open.commit().await
}

/// Records how far the clocks of cluster and database are apart; nothing for less than a second of change.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn record_skew(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    skew_ms: i64,
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    let known = row_in(&open, cluster).await?;
    if known.is_none_or(|row| (row.skew_ms - skew_ms).abs() < SKEW_STEP_MS) {
        return Ok(());
    }
    fence_in(&open, epoch).await?;
    let sql = "UPDATE cluster_observation SET skew_ms = $2, written_at = $3 WHERE cluster_id = $1";
    open.run(sql, [cluster.into(), skew_ms.into(), now.into()]).await?;
    open.commit().await
}

/// How far the cluster was observed; nothing before the first look.
pub(crate) async fn observed_in(open: &Open, cluster: ClusterId) -> Result<Option<Timestamp>> {
    Ok(row_in(open, cluster).await?.map(|row| row.observed_through))
}

/// Something of a report that the database refuses, which is a fault of ours.
#[derive(Debug)]
pub struct NotRecorded {
    /// What is not known now.
    pub missing: Missing,
    /// Why.
    pub error: Error,
}

/// What is not known after something could not be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Something of the pod or claim with this uid.
    One(String),
    /// Something of any pod and claim.
    Any,
    /// A state that whatever tells it next tells whole: of nodes, and until when all is known.
    State,
}

/// Writes down a fault of ours; what keeps everything from being recorded ends it at once.
pub(crate) fn go_on(refused: &mut Vec<NotRecorded>, missing: Missing, recorded: Result<()>) -> Result<()> {
    match recorded {
        Err(error @ (Error::Unavailable(_) | Error::NotLeading)) => return Err(error),
        Err(error) => refused.push(NotRecorded { missing, error }),
        Ok(()) => {}
    }
    Ok(())
}

async fn row_in(open: &Open, cluster: ClusterId) -> Result<Option<Observed>> {
    let sql = "SELECT epoch, observed_through, trouble, skew_ms FROM cluster_observation WHERE cluster_id = $1";
    open.one(sql, [cluster.into()]).await
}

async fn write_in(
    open: &Open,
    cluster: ClusterId,
    epoch: i64,
    through: Timestamp,
    trouble: Option<&str>,
) -> Result<()> {
    fence_in(open, epoch).await?;
    let sql = "INSERT INTO cluster_observation AS o (cluster_id, epoch, observed_through, trouble, skew_ms, written_at)
               VALUES ($1, $2, $3, $4, 0, $5)
               ON CONFLICT (cluster_id) DO UPDATE SET epoch = excluded.epoch, trouble = excluded.trouble,
                   observed_through = greatest(o.observed_through, excluded.observed_through),
                   written_at = excluded.written_at
               WHERE o.epoch <= excluded.epoch";
    let values = [cluster.into(), epoch.into(), through.into(), trouble.into(), open.now.into()];
    match open.run(sql, values).await? {
        0 => Err(Error::NotLeading),
        _ => Ok(()),
    }
}
