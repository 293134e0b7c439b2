//! What to do next about one instance: pure, and nothing once it is done.
//!
//! Invariants. The last wish wins: what an older attempt left is planned away before the next one starts.
//! An attempt that was given up or came too late leaves no pod that could start later. A pod that is
//! already being deleted is left to end: nothing here ever forces one away. Who mounts a volume has no pod before the
//! older one's is gone, wherever that is. A cluster that knows a newer wish than the database means a restored
//! database: nothing is touched then.

use types::{
    ClaimPhase, ClaimSeen, InstanceId, InstanceWish, OrganisationId, PodSeen, PodStage, PodWish, Timestamp, VolumeId,
    VolumeWish, Wish,
};

/// One thing to do in the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Write the instance's Secret.
    ApplySecret(PodWish),
    /// Write the attempt's pod; when it is already there, it stays.
    ApplyPod(PodWish),
    /// Ask for a pod's end, politely.
    DeletePod {
        /// Whose pod.
        organisation: OrganisationId,
        /// Its name.
        name: String,
        /// Which of all pods of that name.
        uid: String,
    },
    /// Write a volume's claim; when it is already there, it is only made larger.
    ApplyClaim(VolumeWish),
    /// Take a volume's claim away, for good.
    DeleteClaim {
        /// Whose volume.
        organisation: OrganisationId,
        /// Which one.
        volume: VolumeId,
        /// Which of all claims of that name.
        uid: String,
    },
    /// Take the Secret away.
    DeleteSecret {
        /// Whose Secret.
        organisation: OrganisationId,
        /// Of which instance.
        instance: InstanceId,
    },
}

/// What is known of one instance in the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InstanceSeen {
    /// Its pods, of every attempt.
    pub pods: Vec<PodSeen>,
    /// Whether its Secret was taken away for good.
    pub cleared: bool,
    /// Whether deletions wait for the operator.
    pub deletions_held: bool,
}

/// What brings the cluster from `seen` towards `wish`.
#[must_use]
pub fn plan(wish: &InstanceWish, seen: &InstanceSeen, now: Timestamp) -> Vec<Action> {
    let own: Vec<&PodSeen> = seen.pods.iter().filter(|pod| belongs(pod, wish)).collect();
    if own.iter().any(|pod| pod.wish_seq > wish.wish_seq) {
        return Vec::new();
    }
    let wanted = wish.pod.as_ref().filter(|_| wish.wish == Wish::Running);
    let mut actions = Vec::new();
    if !seen.deletions_held {
        actions.extend(own.iter().filter(|pod| is_unwanted(pod, wanted, now)).map(|pod| delete(pod)));
    }
    match wanted {
        Some(wanted) if !is_late(wanted, now) => actions.extend(towards(wanted, &own)),
        None if wish.wish == Wish::Deleted && own.is_empty() && !seen.cleared && !seen.deletions_held => {
            actions.push(Action::DeleteSecret { organisation: wish.organisation, instance: wish.instance });
        }
        _ => {}
    }
    actions
}

/// The pod for which the next attempt waits, since it may still write to the volume that both mount: its node does not
/// answer, or it does not end.
pub(crate) fn holder<'a>(wish: &InstanceWish, seen: &'a InstanceSeen, now: Timestamp) -> Option<&'a PodSeen> {
    let wanted = wish.pod.as_ref().filter(|_| wish.wish == Wish::Running)?;
    let mut own = seen.pods.iter().filter(|pod| belongs(pod, wish));
    let is_there = own.clone().any(|pod| pod.attempt == wanted.attempt);
    if is_there || wanted.mounts.is_empty() || is_late(wanted, now) {
        return None;
    }
    own.find(|pod| pod.node_lost_at.is_some() || pod.is_stuck(now))
}

/// Whether the pod is this instance's: the plan of one instance never touches another's.
fn belongs(pod: &PodSeen, wish: &InstanceWish) -> bool {
    pod.instance == wish.instance && pod.organisation == wish.organisation
}

fn is_unwanted(pod: &PodSeen, wanted: Option<&PodWish>, now: Timestamp) -> bool {
    let expired = |wanted: &PodWish| is_late(wanted, now) && pod.stage != PodStage::Ready;
    pod.deletion.is_none() && wanted.is_none_or(|wanted| pod.attempt != wanted.attempt || expired(wanted))
}

fn is_late(wanted: &PodWish, now: Timestamp) -> bool {
    wanted.ready_by.is_some_and(|by| by <= now)
}

/// Secret and pod side by side; an instance has one pod at a time. It does not wait for one on a lost node, unless it
/// mounts a volume: that pod's containers may run on and write. It is gone for certain only when the API server no
/// longer has it: its kubelet has confirmed the end, or somebody has taken the node away.
fn towards(wanted: &PodWish, own: &[&PodSeen]) -> Vec<Action> {
    let there = own.iter().find(|pod| pod.attempt == wanted.attempt);
    let is_left_behind = |pod: &PodSeen| pod.node_lost_at.is_some() && wanted.mounts.is_empty();
    let room = own.iter().all(|pod| pod.attempt == wanted.attempt || is_left_behind(pod));
    match there {
        None if room => vec![Action::ApplySecret(wanted.clone()), Action::ApplyPod(wanted.clone())],
        None => Vec::new(),
        Some(pod) if pod.deletion.is_some() => Vec::new(),
        Some(pod) if pod.wish_seq < wanted.wish_seq => {
            vec![Action::ApplySecret(wanted.clone()), Action::ApplyPod(wanted.clone())]
        }
        Some(pod) if pod.lacks_environment => vec![Action::ApplySecret(wanted.clone())],
        Some(_) => Vec::new(),
    }
}

fn delete(pod: &PodSeen) -> Action {
    Action::DeletePod { organisation: pod.organisation, name: pod.name.clone(), uid: pod.uid.clone() }
}

/// What brings a volume's claim from what is seen of it towards `wish`.
///
/// A claim that is gone is never replaced by an empty one, one that is larger than wished is never touched, and none is
/// taken away before the wish says that nothing is left.
#[must_use]
pub fn plan_volume(wish: &VolumeWish, seen: Option<&ClaimSeen>, deletions_held: bool) -> Option<Action> {
    let Some(claim) = seen else {
        return (!wish.is_gone && wish.uid.is_none()).then(|| Action::ApplyClaim(wish.clone()));
    };
    let is_other = wish.uid.as_ref().is_some_and(|uid| *uid != claim.uid);
    if claim.wish_seq > wish.wish_seq || claim.is_ending || is_other {
        return None;
    }
    if wish.is_gone {
        let (organisation, volume, uid) = (wish.organisation, wish.volume, claim.uid.clone());
        return (!deletions_held).then_some(Action::DeleteClaim { organisation, volume, uid });
    }
    // What has no storage yet cannot ask for more of it: an API server refuses that until the claim is bound.
    let grows = claim.wanted_gb < wish.size_gb && claim.phase == ClaimPhase::Bound;
    let lags = claim.wanted_gb == wish.size_gb && claim.wish_seq < wish.wish_seq;
    (grows || lags).then(|| Action::ApplyClaim(wish.clone()))
}

#[cfg(test)]
#[path = "plan/volume_tests.rs"]
mod volume_tests;

#[cfg(test)]
#[path = "plan/tests.rs"]
mod tests;
