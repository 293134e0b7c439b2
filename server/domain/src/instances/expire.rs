//! What time does: phases that lasted too long are given up, and attempts that the cluster ended are followed by the
//! next one.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{Argument, ClusterId, InstanceId, InstanceReason, OrganisationId, Phase, Timestamp, Wish};

use super::{
    entity::{self, Instance},
    phases,
    seen::Owned,
    settle_wish::{self, begin_attempt_in, give_up_in},
};
use crate::{Database, Error, Result, Tx, access::Job, clusters, metering, settlement};

/// Gives up every phase whose deadline has passed, and begins the next attempt where one was lost; how many that were.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn expire_deadlines(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    now: Timestamp,
) -> Result<usize> {
    let open = db.work(job, now).await?;
    let sql =
        "SELECT organisation_id, id FROM instance WHERE cluster_id = $1 AND deadline_at <= $2 ORDER BY deadline_at
               LIMIT 1000";
    let late: Vec<Owned> = open.all(sql, [cluster.into(), now.into()]).await?;
    let sql = "SELECT i.organisation_id, i.id FROM instance i JOIN lease l
                   ON l.subject_id = i.id AND l.attempt = i.attempt AND l.ended_at IS NOT NULL
               WHERE i.cluster_id = $1 AND i.wish = 'running' LIMIT 1000";
    let lost: Vec<Owned> = open.all(sql, [cluster.into()]).await?;
    drop(open);
    for owned in &late {
        expire(db, job, epoch, *owned, now).await?;
    }
    for owned in &lost {
        replace_attempt(db, job, epoch, (owned.organisation_id, owned.id), now).await?;
    }
    Ok(late.len() + lost.len())
}

/// Begins the next attempt of an instance whose attempt the cluster ended, or gives it up where that was too often or
/// is not covered.
pub(super) async fn replace_attempt(
    db: &Database,
    job: Job,
    epoch: i64,
    (organisation, instance): (OrganisationId, InstanceId),
    now: Timestamp,
) -> Result<()> {
    let tx = db.work_in(job, organisation, now).await?;
    let Some(before) = entity::lock_in(&tx, instance).await?.filter(|row| row.wish == Wish::Running) else {
        return Ok(());
    };
    let lease = metering::lock_lease_in(&tx, instance, before.attempt).await?;
    if lease.is_none_or(|lease| lease.ended_at.is_none()) {
        return Ok(());
    }
    let mut after = before.clone();
    let reason = before.reason.unwrap_or(InstanceReason::PodDeleted);
    let verb = match next_attempt_in(&tx, &mut after).await? {
        None => {
            after.reason = Some(reason);
            "instance.replaced"
        }
        Some(refused) => {
            after = before.clone();
            give_up_in(&tx, &mut after, refused.unwrap_or(reason)).await?;
            "instance.given_up"
        }
    };
    settle_wish::save_in(&tx, verb, &before, &after).await?;
    settlement::note_rates_in(&tx).await?;
    clusters::fence_in(&tx, epoch).await?;
    tx.commit().await
}

/// Nothing when the next attempt began; otherwise the reason of its own for which it could not, where it has one.
async fn next_attempt_in(tx: &Tx, instance: &mut Instance) -> Result<Option<Option<InstanceReason>>> {
    #[derive(FromQueryResult)]
    struct Recent {
        n: i64,
    }
    let sql = "SELECT count(*) AS n FROM lease WHERE organisation_id = $1 AND subject_id = $2 AND started_at > $3";
    let values = [tx.organisation.into(), instance.id.into(), tx.now.plus_seconds(-3600).into()];
    let recent: Option<Recent> = tx.one(sql, values).await?;
    if !phases::may_replace(recent.map_or(0, |row| row.n)) {
        return Ok(Some(None));
    }
    tx.run("SAVEPOINT next_attempt", []).await?;
    let refused = match begin_attempt_in(tx, instance).await {
        Ok(()) => return Ok(None),
        Err(Error::InsufficientCredit { .. }) => Some(InstanceReason::OutOfCredit),
        Err(Error::BudgetExceeded { .. }) => Some(InstanceReason::BudgetReached),
        // What refuses a launch ends an instance, never the leader.
        Err(error) if error.refusal().is_some() => None,
        Err(error) => return Err(error),
    };
    tx.run("ROLLBACK TO SAVEPOINT next_attempt", []).await?;
    Ok(Some(refused))
}

async fn expire(db: &Database, job: Job, epoch: i64, owned: Owned, now: Timestamp) -> Result<()> {
    let tx = db.work_in(job, owned.organisation_id, now).await?;
    let locked = entity::lock_in(&tx, owned.id).await?;
    let Some(before) = locked.filter(|row| row.deadline_at.is_some_and(|deadline| deadline <= now)) else {
        return Ok(());
    };
    let mut after = before.clone();
    if before.phase == Phase::Stopping {
        // Its node may still live: nobody forces the pod away, and the operator sees it.
        after.reason = Some(InstanceReason::StuckTerminating);
        after.deadline_at = None;
        entity::save_in(&tx, &before, &after).await?;
    } else if before.reason == Some(InstanceReason::VolumeHeld) {
        // Nobody knows when it is certain that nothing writes to its volume any more: it was told that it starts then.
        after.deadline_at = phases::deadline(before.phase, now);
        entity::save_in(&tx, &before, &after).await?;
    } else {
        give_up_in(&tx, &mut after, InstanceReason::DeadlinePassed).await?;
        after.explain(told(&before))?;
        settle_wish::save_in(&tx, "instance.given_up", &before, &after).await?;
        settlement::note_rates_in(&tx).await?;
    }
    clusters::fence_in(&tx, epoch).await?;
    tx.commit().await
}

/// In which phase it was given up, and why it stood there.
fn told(before: &Instance) -> BTreeMap<String, Argument> {
    let phase = ("phase".to_owned(), Argument::from(before.phase.word()));
    let why = before.reason.map(|reason| ("why".to_owned(), Argument::from(reason.word())));
    std::iter::once(phase).chain(why).collect()
}
