//! Where an instance stands: phases, how long each may last, and when an attempt is replaced. Pure.

use types::{InstanceReason as Reason, Phase, PodSeen, PodStage, Timestamp, Wish};

const MINUTE_S: i64 = 60;

/// Seconds from an attempt's start in which it becomes ready or never does: the sum of what its phases may take.
/// The cluster's own guard behind the deadlines here.
pub const READY_WITHIN_S: i64 = 180 * MINUTE_S;

/// Attempts of one wish within an hour after which the portal gives up replacing pods.
const MOST_ATTEMPTS_AN_HOUR: i64 = 5;

/// How long a phase may last, where it waits.
pub(super) const fn allowed_s(phase: Phase) -> Option<i64> {
    match phase {
        // An API server that is away for ten minutes is waited for.
        Phase::Requested | Phase::Queued | Phase::Pulling => Some(30 * MINUTE_S),
        Phase::Scheduling => Some(60 * MINUTE_S),
        Phase::Starting => Some(15 * MINUTE_S),
        Phase::Stopping => Some(10 * MINUTE_S),
        Phase::Running | Phase::Degraded | Phase::Stopped | Phase::Failed | Phase::Deleted => None,
    }
}

/// When a phase that began at `since` is given up.
pub(super) fn deadline(phase: Phase, since: Timestamp) -> Option<Timestamp> {
    allowed_s(phase).map(|seconds| since.plus_seconds(seconds))
}

/// Where an instance stands that is wished to run, by the sighting of its attempt's pod, and why.
pub(super) fn of_running(pod: &PodSeen) -> (Phase, Option<Reason>) {
    match pod.stage {
        PodStage::Scheduling => (Phase::Scheduling, pod.reason),
        PodStage::Pulling => (Phase::Pulling, pod.reason.or(Some(Reason::PullingImage))),
        PodStage::Starting => (Phase::Starting, pod.reason.or(Some(Reason::ContainerStarting))),
        PodStage::Ready if pod.gpu_lost => (Phase::Degraded, Some(Reason::GpuLost)),
        PodStage::Ready if pod.node_lost_at.is_some() => (Phase::Degraded, Some(Reason::NodeLost)),
        PodStage::Ready => (Phase::Running, None),
        PodStage::Unready => (Phase::Degraded, pod.reason.or_else(|| why_degraded(pod))),
        PodStage::Terminating => (Phase::Degraded, Some(Reason::PodDeleted)),
        PodStage::Finished | PodStage::Failed => (Phase::Degraded, pod.reason.or(Some(Reason::PodDeleted))),
    }
}

fn why_degraded(pod: &PodSeen) -> Option<Reason> {
    Some(if pod.node_lost_at.is_some() {
        Reason::NodeLost
    } else if pod.gpu_lost {
        Reason::GpuLost
    } else {
        Reason::ContainerRestarting
    })
}

/// Where an instance stands that is not wished to run.
///
/// It stops until no attempt may have a pod and the cluster has taken the wish; what was given up stays failed.
pub(super) fn of_resting(wish: Wish, phase: Phase, has_pods: bool, is_applied: bool) -> Phase {
    match wish {
        _ if has_pods && phase != Phase::Failed => Phase::Stopping,
        _ if phase == Phase::Failed && wish != Wish::Deleted => Phase::Failed,
        _ if !is_applied && !phase.rests() => Phase::Stopping,
        Wish::Deleted if has_pods || !is_applied => Phase::Stopping,
        Wish::Deleted => Phase::Deleted,
        Wish::Running | Wish::Stopped => Phase::Stopped,
    }
}

/// Whether a pod that ended or was taken away is replaced by the next attempt, after so many within the last hour.
pub(super) const fn may_replace(n_attempts: i64) -> bool {
    n_attempts < MOST_ATTEMPTS_AN_HOUR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_waiting_phase_ends_one_day() {
        for &phase in Phase::ALL {
            assert_eq!(allowed_s(phase).is_some(), phase.waits(), "{phase}");
        }
    }

    #[test]
    fn the_clusters_guard_comes_after_all_deadlines_here() {
        let launching = [Phase::Requested, Phase::Queued, Phase::Scheduling, Phase::Pulling, Phase::Starting];
        let longest: i64 = launching.into_iter().filter_map(allowed_s).sum();
        assert!(READY_WITHIN_S > longest, "{longest}");
    }

    #[test]
    fn a_stopped_instance_rests_only_when_its_pods_are_gone_and_the_cluster_knows() {
        for wish in [Wish::Stopped, Wish::Deleted] {
            let rest = if wish == Wish::Stopped { Phase::Stopped } else { Phase::Deleted };
            assert_eq!(of_resting(wish, Phase::Stopping, true, true), Phase::Stopping);
            assert_eq!(of_resting(wish, Phase::Stopping, false, false), Phase::Stopping);
            assert_eq!(of_resting(wish, Phase::Stopping, false, true), rest);
        }
    }

    #[test]
    fn what_was_given_up_stays_failed_until_it_is_deleted() {
        assert_eq!(of_resting(Wish::Stopped, Phase::Failed, true, false), Phase::Failed);
        assert_eq!(of_resting(Wish::Stopped, Phase::Failed, false, true), Phase::Failed);
        assert_eq!(of_resting(Wish::Deleted, Phase::Failed, false, true), Phase::Deleted);
    }
}
