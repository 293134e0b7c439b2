//! Wishes as the cluster's side reads them, and what came of carrying one out.

use sea_orm::FromQueryResult;
use types::{ClusterId, OrganisationId, Timestamp, VolumeId, VolumeKeep, VolumePhase, VolumeWish, WishOutcome};

use super::entity;
use crate::{Database, Open, Result, access::Job, clusters};

/// Characters of the cluster's sentence that are kept.
const MOST_WORDS: usize = 500;

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    id: VolumeId,
    name: String,
    size_gb: i32,
    wish: VolumeKeep,
    wish_seq: i64,
    claim_uid: Option<String>,
}

#[derive(FromQueryResult)]
struct Untaken {
    id: VolumeId,
}

/// What is to be done something about: storage that was lost is never replaced by what is empty.
const LEFT: &str = "phase <> 'deleted' AND (phase <> 'lost' OR wish = 'gone')";
const QUERY: &str = "SELECT organisation_id, id, name, size_gb, wish, wish_seq, claim_uid FROM volume";

/// Every wish of a cluster of which something is left there.
///
/// # Errors
/// Only the database's own.
pub async fn volume_wishes_in(open: &Open, cluster: ClusterId) -> Result<Vec<VolumeWish>> {
    let sql = format!("{QUERY} WHERE cluster_id = $1 AND {LEFT} ORDER BY wish_seq");
    let rows: Vec<Row> = open.all(&sql, [cluster.into()]).await?;
    Ok(rows.into_iter().map(Row::wish).collect())
}

/// The wish of one volume.
///
/// # Errors
/// Only the database's own.
pub async fn volume_wish_of_in(open: &Open, cluster: ClusterId, volume: VolumeId) -> Result<Option<VolumeWish>> {
    let sql = format!("{QUERY} WHERE cluster_id = $1 AND id = $2 AND {LEFT}");
    Ok(open.one::<Row, 2>(&sql, [cluster.into(), volume.into()]).await?.map(Row::wish))
}

/// The volumes whose last wish the cluster has not taken, oldest wish first.
///
/// # Errors
/// Only the database's own.
pub async fn untaken_volumes_in(open: &Open, cluster: ClusterId) -> Result<Vec<VolumeId>> {
    let sql =
        format!("SELECT id FROM volume WHERE cluster_id = $1 AND applied_seq < wish_seq AND {LEFT} ORDER BY wish_seq");
    let rows: Vec<Untaken> = open.all(&sql, [cluster.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

impl Row {
    fn wish(self) -> VolumeWish {
        VolumeWish {
            organisation: self.organisation_id,
            volume: self.id,
            name: self.name,
            size_gb: i64::from(self.size_gb),
            wish_seq: self.wish_seq,
            is_gone: self.wish == VolumeKeep::Gone,
            uid: self.claim_uid,
        }
    }
}

/// Records what came of the wish with the number `wish_seq`, as the leader of `epoch`; a newer wish makes it moot.
/// `is_absent` tells that the cluster has no claim of it.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn record_volume_outcome(
    db: &Database,
    job: Job,
    epoch: i64,
    (wish, is_absent): (&VolumeWish, bool),
    outcome: &WishOutcome,
    now: Timestamp,
) -> Result<()> {
    let tx = db.work_in(job, wish.organisation, now).await?;
    let locked = entity::lock_in(&tx, wish.volume).await?;
    let Some(before) = locked.filter(|row| row.wish_seq == wish.wish_seq) else { return Ok(()) };
    let mut after = before.clone();
    match outcome {
        WishOutcome::Done => {
            after.applied_seq = after.wish_seq;
            if after.wish == VolumeKeep::Gone && is_absent {
                after.enter(VolumePhase::Deleted, None, now);
            } else {
                after.enter(after.phase, None, now);
            }
        }
        // What the cluster will never take is asked again like what it does not take yet: a volume has no deadline, and
        // nothing of it is billed before it is there.
        WishOutcome::Waits { reason, message } | WishOutcome::Refused { reason, message } => {
            after.enter(after.phase, Some(*reason), now);
            after.message = Some(message.chars().take(MOST_WORDS).collect());
        }
    }
    if before == after {
        return Ok(());
    }
    entity::save_in(&tx, &before, &after).await?;
    clusters::fence_in(&tx, epoch).await?;
    tx.commit().await
}
