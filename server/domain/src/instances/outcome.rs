//! Recording what came of carrying out a wish.

use std::collections::BTreeMap;

use types::{Argument, ClusterId, InstanceId, InstanceReason, OrganisationId, Phase, Timestamp, Wish, WishOutcome};

use super::{
    entity::{self, Instance},
    phases,
    settle_wish::{self, give_up_in},
};
use crate::{Database, Result, Tx, access::Job, clusters, metering, settlement};

/// Records what came of the wish with the number `wish_seq`, as the leader of `epoch`; a newer wish makes it moot.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn record_outcome(
    db: &Database,
    job: Job,
    epoch: i64,
    (organisation, instance, wish_seq): (OrganisationId, InstanceId, i64),
    outcome: &WishOutcome,
    now: Timestamp,
) -> Result<()> {
    let tx = db.work_in(job, organisation, now).await?;
    let Some(before) = entity::lock_in(&tx, instance).await?.filter(|row| row.wish_seq == wish_seq) else {
        return Ok(());
    };
    let mut after = before.clone();
    match outcome {
        WishOutcome::Done => done_in(&tx, &mut after).await?,
        WishOutcome::Waits { reason, message } => wait(&mut after, *reason, message, now)?,
        WishOutcome::Refused { reason, message } if after.wish == Wish::Running => {
            give_up_in(&tx, &mut after, *reason).await?;
            after.explain(told(message))?;
        }
        WishOutcome::Refused { reason, message } => wait(&mut after, *reason, message, now)?,
    }
    if before == after {
        return Ok(());
    }
    match before.wish == after.wish {
        true => entity::save_in(&tx, &before, &after).await?,
        false => {
            settle_wish::save_in(&tx, "instance.given_up", &before, &after).await?;
            settlement::note_rates_in(&tx).await?;
        }
    }
    clusters::fence_in(&tx, epoch).await?;
    tx.commit().await
}

/// Records that the cluster has taken an organisation's namespace as it was wished by `wish_seq`.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn record_namespace(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    (organisation, wish_seq): (OrganisationId, i64),
    now: Timestamp,
) -> Result<()> {
    let tx = db.work_in(job, organisation, now).await?;
    let sql = "UPDATE namespace SET applied_seq = $3
               WHERE organisation_id = $1 AND cluster_id = $2 AND applied_seq < $3 AND wish_seq >= $3";
    if tx.run(sql, [organisation.into(), cluster.into(), wish_seq.into()]).await? == 0 {
        return Ok(());
    }
    clusters::fence_in(&tx, epoch).await?;
    tx.commit().await
}

async fn done_in(tx: &Tx, instance: &mut Instance) -> Result<()> {
    instance.applied_seq = instance.wish_seq;
    if instance.wish == Wish::Running {
        if matches!(instance.phase, Phase::Requested | Phase::Queued) {
            instance.enter(Phase::Queued, None, tx.now);
        }
        return Ok(());
    }
    let has_pods = metering::other_has_pod_in(tx, instance.id, 0).await?;
    let phase = phases::of_resting(instance.wish, instance.phase, has_pods, true);
    let reason = instance.reason;
    instance.enter(phase, reason, tx.now);
    Ok(())
}

fn wait(instance: &mut Instance, reason: InstanceReason, message: &str, now: Timestamp) -> Result<()> {
    let phase = match instance.phase {
        Phase::Requested => Phase::Queued,
        phase => phase,
    };
    // What a pod that is there says of itself is nearer than what was answered about it.
    if !matches!(phase, Phase::Queued | Phase::Stopping) {
        return Ok(());
    }
    // Whoever reads why it was stopped must still find it.
    let reason = if phase == Phase::Stopping { instance.reason.or(Some(reason)) } else { Some(reason) };
    instance.enter(phase, reason, now);
    instance.explain(told(message))
}

fn told(message: &str) -> BTreeMap<String, Argument> {
    let message: String = message.chars().take(500).collect();
    BTreeMap::from([("message".to_owned(), Argument::from(message))])
}
