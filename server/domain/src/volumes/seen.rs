//! What a sighting of a claim makes of its volume: its phase and size, and the seconds of its lease that are billed.
//!
//! The cluster gives no time for a claim's being bound, so it is so from when it was first seen. A claim of the same
//! uid that is bound after a gap was bound all the time: it never is unbound and bound again. One that is missing then
//! is gone, and nobody saw when: what is not confirmed is not billed. No other claim ever takes its place. Facts wait
//! for no money: the timers follow by themselves.

use std::collections::HashSet;

use sea_orm::FromQueryResult;
use types::{ClaimPhase, ClaimSeen, ClusterId, OrganisationId, Timestamp, VolumeId, VolumeKeep, VolumePhase};

use super::{
    entity::{self, Volume},
    lease,
};
use crate::{
    Database, Result, Tx,
    access::Job,
    clusters::{self, Missing, NotRecorded, go_on},
    metering, settlement,
};

/// A volume after a look at its claim.
struct Looked {
    after: Volume,
    /// Whether anything of its lease was written, so that rates may have changed.
    touches_lease: bool,
}

/// Records a claim that is new or changed; one that we never asked for is nobody's.
pub(crate) async fn claim(db: &Database, job: Job, epoch: i64, seen: &ClaimSeen, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, seen.organisation, now).await?;
    let Some(before) = entity::lock_in(&tx, seen.volume).await? else { return Ok(()) };
    // Names are unique: where another claim has it, the volume's own is gone.
    let is_other = before.claim_uid.as_ref().is_some_and(|uid| *uid != seen.uid);
    let looked = if is_other { lose_in(&tx, &before, true).await? } else { look_in(&tx, &before, seen).await? };
    keep(tx, epoch, &before, &looked).await
}

/// Records that a claim is gone, whose end was witnessed.
pub(crate) async fn claim_gone(db: &Database, job: Job, epoch: i64, seen: &ClaimSeen, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, seen.organisation, now).await?;
    lose(tx, epoch, (seen.volume, &seen.uid), false).await
}

/// A volume whose claim was seen.
#[derive(FromQueryResult)]
struct Known {
    organisation_id: OrganisationId,
    id: VolumeId,
    claim_uid: String,
}

/// Records all claims of a cluster, after a start or a gap.
pub(crate) async fn claims(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    seen: &[ClaimSeen],
    refused: &mut Vec<NotRecorded>,
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    let sql = "SELECT organisation_id, id, claim_uid FROM volume
               WHERE cluster_id = $1 AND phase <> 'deleted' AND claim_uid IS NOT NULL AND claim_made_at IS NOT NULL";
    let known: Vec<Known> = open.all(sql, [cluster.into()]).await?;
    drop(open);
    for one in seen {
        go_on(refused, Missing::One(one.uid.clone()), claim(db, job, epoch, one, now).await)?;
    }
    let there: HashSet<&str> = seen.iter().map(|claim| claim.uid.as_str()).collect();
    for lost in known.iter().filter(|known| !there.contains(known.claim_uid.as_str())) {
        let tx = db.work_in(job, lost.organisation_id, now).await?;
        go_on(refused, Missing::One(lost.claim_uid.clone()), lose(tx, epoch, (lost.id, &lost.claim_uid), true).await)?;
    }
    Ok(())
}

/// Records that a volume's claim is gone, unless it has another by now; nobody saw when, where it went unseen.
async fn lose(tx: Tx, epoch: i64, (volume, claim_uid): (VolumeId, &str), unseen: bool) -> Result<()> {
    let Some(before) = entity::lock_in(&tx, volume).await? else { return Ok(()) };
    if before.claim_uid.as_deref() != Some(claim_uid) {
        return Ok(());
    }
    let looked = lose_in(&tx, &before, unseen).await?;
    keep(tx, epoch, &before, &looked).await
}

/// The volume after a look at its claim, with its lease billed from where it is bound on, of as much as is there.
async fn look_in(tx: &Tx, before: &Volume, seen: &ClaimSeen) -> Result<Looked> {
    let mut after = before.clone();
    after.claim_uid = Some(seen.uid.clone());
    after.claim_made_at = Some(seen.created_at.floor());
    after.capacity_gb = i32::try_from(seen.capacity_gb).unwrap_or(i32::MAX).max(0);
    after.bound_at = (seen.phase == ClaimPhase::Bound).then_some(before.bound_at.unwrap_or(tx.now.floor()));
    let is_kept = after.wish == VolumeKeep::Kept && after.frozen_at.is_none();
    let ends = before.bound_at.is_some() && after.bound_at.is_none();
    let is_new = before.bound_at.is_none() || before.billed_gb() != after.billed_gb();
    let begins = is_kept && after.bound_at.is_some() && is_new;
    if ends {
        unbill_in(tx, before).await?;
    }
    let phase = match (after.wish, seen.phase) {
        (VolumeKeep::Gone, _) => VolumePhase::Deleting,
        (_, ClaimPhase::Lost) => VolumePhase::Lost,
        _ => after.phase_in_cluster(),
    };
    let reason = (phase == after.phase).then_some(after.reason).flatten();
    after.enter(phase, reason, tx.now);
    if begins {
        begin_in(tx, &mut after).await?;
    }
    Ok(Looked { after, touches_lease: begins || ends })
}

/// Bills the volume from now on. Where the lease that runs is of other gigabytes, it ends and one of these follows.
async fn begin_in(tx: &Tx, volume: &mut Volume) -> Result<()> {
    let subject = metering::of_volume(volume.id);
    if metering::running_units_in(tx, subject, volume.attempt).await? == Some(volume.billed_gb()) {
        return lease::bill_in(tx, volume, tx.now).await;
    }
    lease::end_in(tx, volume).await?;
    volume.attempt += 1;
    lease::reopen_in(tx, volume).await
}

/// Ends what is billed of the volume now, since its storage cannot be used; its lease goes on.
async fn unbill_in(tx: &Tx, volume: &Volume) -> Result<()> {
    let subject = metering::of_volume(volume.id);
    if let Some(lease) = metering::lock_lease_in(tx, subject, volume.attempt).await? {
        metering::record_unbound_in(tx, lease, tx.now).await?;
    }
    Ok(())
}

/// The volume once its claim is gone; `unseen` where nobody saw when.
async fn lose_in(tx: &Tx, before: &Volume, unseen: bool) -> Result<Looked> {
    let subject = metering::of_volume(before.id);
    let mut touches_lease = false;
    if let Some(lease) = metering::lock_lease_in(tx, subject, before.attempt).await? {
        let learnt = if unseen {
            let seen_through = clusters::observed_in(tx, before.cluster_id).await?.unwrap_or(lease.started_at);
            metering::record_unseen_in(tx, lease, seen_through).await?
        } else {
            metering::end_lease_in(tx, lease, tx.now).await?
        };
        touches_lease = learnt.is_new;
    }
    let mut after = before.clone();
    // Its uid stays: by that every other claim of its name is known for another.
    (after.claim_made_at, after.bound_at, after.capacity_gb) = (None, None, 0);
    let phase = match after.wish {
        VolumeKeep::Gone => VolumePhase::Deleted,
        VolumeKeep::Kept | VolumeKeep::Deleted => VolumePhase::Lost,
    };
    after.enter(phase, None, tx.now);
    Ok(Looked { after, touches_lease })
}

/// Commits what changed, with a note for the timers that it moves.
async fn keep(tx: Tx, epoch: i64, before: &Volume, looked: &Looked) -> Result<()> {
    if *before == looked.after && !looked.touches_lease {
        return Ok(());
    }
    entity::save_in(&tx, before, &looked.after).await?;
    if looked.touches_lease {
        settlement::note_rates_in(&tx).await?;
    }
    clusters::fence_in(&tx, epoch).await?;
    tx.commit().await
}
