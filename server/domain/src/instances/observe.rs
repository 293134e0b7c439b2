//! What a sighting of a pod makes of its instance: facts of the lease first, then phase and reason.

use types::{InstanceReason, Phase, PodSeen, PodStage, Timestamp, Wish};

use super::{
    entity::{self, Instance},
    phases,
};
use crate::{
    Result, Tx,
    metering::{self, Learnt, Lease},
};

/// How a pod was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// It is new or changed.
    Seen,
    /// It is there after a gap; everything before this instant was seen.
    AfterGap(Timestamp),
    /// Its end was witnessed.
    Gone,
}

/// What a recorded sighting asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Observed {
    /// Whether anything was written.
    pub(super) is_new: bool,
    /// Whether billed seconds changed or a lease ended, so that rates change.
    pub(super) changes_rates: bool,
    /// Whether the attempt ended although it was wished to run.
    pub(super) is_lost: bool,
}

/// Records a sighting; a pod that we never asked for is the collector's.
pub(super) async fn observe_in(tx: &Tx, pod: &PodSeen, sight: Sight) -> Result<Observed> {
    let Some(before) = entity::lock_in(tx, pod.instance).await? else { return Ok(Observed::default()) };
    let Some(lease) = metering::lock_lease_in(tx, pod.instance, pod.attempt).await? else {
        return Ok(Observed::default());
    };
    if lease.pod_uid.as_ref().is_some_and(|uid| *uid != pod.uid) {
        // Names are unique: where another pod has it, the lease's own is gone, and nobody saw when.
        return if lease.has_pod() { lose_sight_in(tx, before, lease).await } else { Ok(Observed::default()) };
    }
    let mut learnt = match sight {
        Sight::Seen => metering::record_pod_in(tx, lease, pod).await?,
        Sight::AfterGap(through) => metering::record_pod_after_gap_in(tx, lease, pod, through).await?,
        Sight::Gone => metering::record_pod_gone_in(tx, lease, pod).await?,
    };
    if let Some(at) = end_of_attempt(pod) {
        let ended = metering::end_lease_in(tx, learnt.lease, at.min(tx.now)).await?;
        let (is_new, changes_rates) = (learnt.is_new || ended.is_new, learnt.changes_rates || ended.changes_rates);
        learnt = metering::Learnt { lease: ended.lease, is_new, changes_rates };
    }
    let after = next(&before, pod, &learnt.lease, tx.now);
    save_in(tx, &before, after, &learnt).await
}

/// Records that a lease's pod is gone and nobody saw when; all before the cluster's observation was seen.
pub(super) async fn lose_sight_in(tx: &Tx, before: Instance, lease: Lease) -> Result<Observed> {
    let cluster = before.cluster_id;
    let seen_through = crate::clusters::observed_in(tx, cluster).await?.unwrap_or(lease.started_at);
    let learnt = metering::record_unseen_in(tx, lease, seen_through).await?;
    let mut after = before.clone();
    if is_lost(&after, &learnt.lease) {
        after.enter(Phase::Degraded, Some(InstanceReason::PodDeleted), tx.now);
    }
    save_in(tx, &before, after, &learnt).await
}

async fn save_in(tx: &Tx, before: &Instance, after: Instance, learnt: &Learnt) -> Result<Observed> {
    let after = resting_in(tx, after, &learnt.lease).await?;
    entity::save_in(tx, before, &after).await?;
    let is_new = learnt.is_new || *before != after;
    Ok(Observed { is_new, changes_rates: learnt.changes_rates, is_lost: is_lost(&after, &learnt.lease) })
}

/// The instance after a sighting of its pod, as far as the pod alone tells it.
pub(super) fn next(before: &Instance, pod: &PodSeen, lease: &Lease, now: Timestamp) -> Instance {
    let mut after = before.clone();
    if pod.attempt != before.attempt {
        return after;
    }
    if let Some(event) = pod.last_event.as_ref().filter(|event| before.event_at.is_none_or(|known| known < event.at)) {
        after.event_reason = Some(event.reason.clone());
        after.event_message = Some(event.message.clone());
        after.event_at = Some(event.at);
    }
    after.n_restarts = after.n_restarts.max(pod.restarts);
    if before.wish != Wish::Running {
        return after;
    }
    let (phase, reason) = phases::of_running(pod);
    match (lease.ended_at, reason) {
        (Some(_), reason) => after.enter(Phase::Degraded, reason.or(Some(InstanceReason::PodDeleted)), now),
        (None, reason) => after.enter(phase, reason, now),
    }
    after
}

/// An instance that is not wished to run rests when none of its attempts may have a pod.
async fn resting_in(tx: &Tx, mut instance: Instance, lease: &Lease) -> Result<Instance> {
    if instance.wish != Wish::Running {
        let has_pods = lease.has_pod() || metering::other_has_pod_in(tx, instance.id, lease.attempt).await?;
        let is_applied = instance.applied_seq >= instance.wish_seq;
        let phase = phases::of_resting(instance.wish, instance.phase, has_pods, is_applied);
        let reason = instance.reason;
        instance.enter(phase, reason, tx.now);
    }
    Ok(instance)
}

fn is_lost(instance: &Instance, lease: &Lease) -> bool {
    instance.wish == Wish::Running && lease.attempt == instance.attempt && lease.ended_at.is_some()
}

/// When the cluster ended a pod that nobody wished to end; a container's end alone does not, it is started again.
fn end_of_attempt(pod: &PodSeen) -> Option<Timestamp> {
    let asked = pod.deletion.map(|deletion| deletion.requested_at);
    let finished = matches!(pod.stage, PodStage::Finished | PodStage::Failed)
        .then(|| pod.ended.as_ref().map_or(pod.created_at, |ended| ended.finished_at));
    asked.into_iter().chain(finished).min()
}
