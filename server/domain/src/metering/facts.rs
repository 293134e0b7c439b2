//! What a sighting of a pod states about its attempt, as facts that stand in whatever order they come. Pure.

use sea_orm::{DeriveActiveEnum, EnumIter};
use types::{IntervalReason, PodSeen, PodStage, Timestamp};

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub(crate) enum FactKind {
    /// The pod is ready since then.
    #[sea_orm(string_value = "ready")]
    Ready,
    /// It is not ready since then.
    #[sea_orm(string_value = "unready")]
    Unready,
    /// A container ended then.
    #[sea_orm(string_value = "finished")]
    Finished,
    /// The pod's deletion was asked for then.
    #[sea_orm(string_value = "deletion")]
    Deletion,
    /// A GPU of the stretch that began then was gone at `since`.
    #[sea_orm(string_value = "gpu_lost")]
    GpuLost,
    /// Of the stretch that began then nothing is known from `since` on.
    #[sea_orm(string_value = "unseen")]
    Unseen,
}

/// One fact; `kind`, `generation` and `stated_at` tell it from all others of its lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) kind: FactKind,
    /// How often the container had been started again.
    pub(crate) generation: i32,
    /// The cluster's time, as a whole second.
    pub(crate) stated_at: Timestamp,
    /// Ours of the first time that it was seen; it tells which of two of one second came first.
    pub(crate) seen_at: Timestamp,
    pub(crate) container_id: Option<String>,
    /// The node's last sign of life, where it did not answer; of the last two kinds their own time.
    pub(crate) since: Option<Timestamp>,
    pub(crate) reason: Option<IntervalReason>,
}

impl Fact {
    fn new(kind: FactKind, generation: i32, stated_at: Timestamp, now: Timestamp) -> Self {
        let stated_at = stated_at.floor();
        Self { kind, generation, stated_at, seen_at: now, container_id: None, since: None, reason: None }
    }

    /// What tells it from the others of its lease.
    pub(crate) fn key(&self) -> (FactKind, i32, Timestamp) {
        (self.kind, self.generation, self.stated_at)
    }

    /// When it happened: the cluster's time, but never after we saw it; a whole second.
    pub(crate) fn at(&self) -> Timestamp {
        self.stated_at.min(self.seen_at.floor())
    }

    /// Its place among others: in one second an older container comes first, and of one container what was seen first. A
    /// node that comes back right when it is given up has its pods unready and ready in one second.
    pub(crate) fn place(&self) -> (Timestamp, i32, Timestamp) {
        (self.at(), self.generation, self.seen_at)
    }

    /// The same fact as told twice: neither telling wins by its place in the order.
    fn merged(&self, other: &Self) -> Self {
        Self {
            seen_at: self.seen_at.min(other.seen_at),
            container_id: self.container_id.clone().max(other.container_id.clone()),
            since: self.since.into_iter().chain(other.since).min(),
            reason: self.reason.into_iter().chain(other.reason).max_by_key(|&reason| rank(reason)),
            ..self.clone()
        }
    }

    /// That a volume's claim is bound since then.
    pub(crate) fn bound(since: Timestamp, now: Timestamp) -> Self {
        Self::new(FactKind::Ready, 0, since, now)
    }

    /// That the storage behind a volume's claim is gone since then.
    pub(crate) fn unbound(since: Timestamp, now: Timestamp) -> Self {
        Self { reason: Some(IntervalReason::NodeFault), ..Self::new(FactKind::Unready, 0, since, now) }
    }

    /// That nothing is known from `since` on of the stretch that `ready` began.
    pub(crate) fn unseen(ready: &Self, since: Timestamp, now: Timestamp) -> Self {
        let unseen = Self::new(FactKind::Unseen, ready.generation, ready.stated_at, now);
        Self { since: Some(since.floor()), reason: Some(IntervalReason::Unconfirmed), ..unseen }
    }
}

/// Which of two reasons of one instant is told.
pub(crate) fn rank(reason: IntervalReason) -> u8 {
    use IntervalReason as R;
    match reason {
        R::Queued => 0,
        R::Scheduling => 1,
        R::Pulling => 2,
        R::Starting => 3,
        R::Restarting => 4,
        R::Unconfirmed => 5,
        R::GpuLost => 6,
        R::NodeFault => 7,
        R::Maintenance => 8,
        R::Stopping => 9,
        R::Waived => 10,
    }
}

/// Everything that a sighting at `now` states.
pub(crate) fn facts_of(pod: &PodSeen, now: Timestamp) -> Vec<Fact> {
    let ended = pod.ended.as_ref().map(|ended| Fact {
        container_id: Some(ended.id.clone()).filter(|id| !id.is_empty()),
        reason: Some(IntervalReason::Restarting),
        ..Fact::new(FactKind::Finished, generation_that_ended(pod), ended.finished_at, now)
    });
    let deletion = pod.deletion.map(|deletion| Fact {
        reason: Some(IntervalReason::Stopping),
        ..Fact::new(FactKind::Deletion, 0, deletion.requested_at, now)
    });
    readiness(pod, now).into_iter().chain(gpu_lost(pod, now)).chain(ended).chain(deletion).collect()
}

/// The facts that are new or say more than what is `known`.
pub(crate) fn news(known: &[Fact], told: Vec<Fact>) -> Vec<Fact> {
    let more = |fact: Fact| match known.iter().find(|known| known.key() == fact.key()) {
        Some(known) => Some(known.merged(&fact)).filter(|merged| merged != known),
        None => Some(fact),
    };
    told.into_iter().filter_map(more).collect()
}

/// What is known once the news are.
pub(crate) fn together(known: &[Fact], news: &[Fact]) -> Vec<Fact> {
    let kept = known.iter().filter(|known| news.iter().all(|fact| fact.key() != known.key()));
    kept.chain(news).cloned().collect()
}

/// The Ready condition; before it held for the first time it states nothing.
fn readiness(pod: &PodSeen, now: Timestamp) -> Option<Fact> {
    let ready = pod.ready?;
    if ready.holds {
        let container_id = pod.container.as_ref().map(|container| container.id.clone());
        return Some(Fact { container_id, ..Fact::new(FactKind::Ready, pod.restarts, ready.at, now) });
    }
    if matches!(pod.stage, PodStage::Scheduling | PodStage::Pulling | PodStage::Starting) {
        return None;
    }
    Some(Fact {
        since: pod.node_lost_at.map(Timestamp::floor),
        reason: Some(why_unready(pod)),
        ..Fact::new(FactKind::Unready, generation_unready(pod, ready.at), ready.at, now)
    })
}

fn why_unready(pod: &PodSeen) -> IntervalReason {
    if pod.node_lost_at.is_some() {
        IntervalReason::NodeFault
    } else if pod.gpu_lost {
        IntervalReason::GpuLost
    } else if pod.ended.is_some() {
        IntervalReason::Restarting
    } else {
        IntervalReason::Starting
    }
}

/// The cluster tells no time of a lost GPU, so it is when it was first seen; it belongs to the stretch that it ended.
fn gpu_lost(pod: &PodSeen, now: Timestamp) -> Option<Fact> {
    let ready = pod.ready_since().filter(|_| pod.gpu_lost)?;
    let fact = Fact::new(FactKind::GpuLost, pod.restarts, ready, now);
    Some(Fact { since: Some(now.floor()), reason: Some(IntervalReason::GpuLost), ..fact })
}

/// Restarts are counted when the next container is made.
fn generation_that_ended(pod: &PodSeen) -> i32 {
    if pod.container.is_some() { (pod.restarts - 1).max(0) } else { pod.restarts }
}

/// A pod that stopped being ready before its container began did so with the container before.
fn generation_unready(pod: &PodSeen, at: Timestamp) -> i32 {
    match &pod.container {
        Some(container) if at.floor() <= container.started_at.floor() => (pod.restarts - 1).max(0),
        _ => pod.restarts,
    }
}
