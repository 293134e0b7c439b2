//! Learning about a lease: sightings of its pod, its pod's end, gaps, and its own end.

use types::{LeaseId, PodSeen, Timestamp};

use super::{
    cuts::edges,
    entity,
    facts::{self, Fact, FactKind},
    lease::{self, Lease},
    overbilled::{self, overbilled},
    timeline::timeline,
    waivers,
};
use crate::{Result, Tx};

/// A lease after something was learnt of it.
#[derive(Debug)]
pub(crate) struct Learnt {
    pub(crate) lease: Lease,
    /// Whether anything was written.
    pub(crate) is_new: bool,
    /// Whether billed seconds of it changed or it ended, so that rates change.
    pub(crate) changes_rates: bool,
}

/// Records a sighting of a lease's pod.
pub(crate) async fn record_pod_in(tx: &Tx, lease: Lease, pod: &PodSeen) -> Result<Learnt> {
    let next = lease.with(pod);
    learn_in(tx, lease, next, facts::facts_of(pod, tx.now)).await
}

/// Records that a lease's pod is gone, and how it was last; the lease ends with it at the latest.
pub(crate) async fn record_pod_gone_in(tx: &Tx, lease: Lease, pod: &PodSeen) -> Result<Learnt> {
    let mut next = lease.with(pod);
    let gone_at = stated_end(pod).unwrap_or(tx.now).min(tx.now).floor().max(lease.started_at);
    next.pod_gone_at = Some(next.pod_gone_at.map_or(gone_at, |known| known.min(gone_at)));
    next.ended_at = Some(next.ended_at.map_or(gone_at, |known| known.min(gone_at)));
    learn_in(tx, lease, next, facts::facts_of(pod, tx.now)).await
}

/// Records that a lease's pod is gone and nobody saw when: it was last known to be there at `seen_through`.
pub(crate) async fn record_unseen_in(tx: &Tx, lease: Lease, seen_through: Timestamp) -> Result<Learnt> {
    let known = entity::facts_in(tx, lease.id).await?;
    let mut next = lease.clone();
    next.pod_gone_at = next.pod_gone_at.or(Some(tx.now.floor()));
    next.ended_at = next.ended_at.or(Some(tx.now.floor().max(lease.started_at)));
    learn_in(tx, lease, next, lost_sight(&known, None, seen_through, tx.now)).await
}

/// Records the sighting that follows a gap: what it does not confirm of the seconds before is not billed.
pub(crate) async fn record_pod_after_gap_in(tx: &Tx, lease: Lease, pod: &PodSeen, gap: Timestamp) -> Result<Learnt> {
    let known = entity::facts_in(tx, lease.id).await?;
    let next = lease.with(pod);
    let mut told = facts::facts_of(pod, tx.now);
    told.extend(lost_sight(&known, Some(&told), gap, tx.now));
    learn_in(tx, lease, next, told).await
}

/// Ends a lease at `at`, where it has not ended before.
pub(crate) async fn end_lease_in(tx: &Tx, lease: Lease, at: Timestamp) -> Result<Learnt> {
    let mut next = lease.clone();
    next.ended_at = next.ended_at.or(Some(at.floor().max(lease.started_at)));
    learn_in(tx, lease, next, Vec::new()).await
}

/// Whether recording the sighting would write anything; `known` are the lease's facts.
pub(crate) fn would_change(lease: &Lease, known: &[Fact], pod: &PodSeen, gap: Timestamp, now: Timestamp) -> bool {
    let mut told = facts::facts_of(pod, now);
    told.extend(lost_sight(known, Some(&told), gap, now));
    lease.with(pod) != *lease || !facts::news(known, told).is_empty()
}

/// The stretches that were open when the watch was lost and that the sighting after it does not show.
fn lost_sight(known: &[Fact], told: Option<&[Fact]>, gap: Timestamp, now: Timestamp) -> Vec<Fact> {
    let told = told.unwrap_or_default();
    let is_shown = |ready: &Fact| told.iter().any(|fact| fact.key() == ready.key());
    let last = known.iter().filter(|fact| fact.kind == FactKind::Ready).max_by_key(|f| (f.at(), f.generation));
    let ended = |ready: &Fact| {
        known.iter().any(|fact| {
            fact.kind == FactKind::Unready && fact.place() >= ready.place() && fact.generation >= ready.generation
        })
    };
    // It was there when it was last told, however long ago the row of the cluster was moved.
    let unseen = |ready: &Fact| Fact::unseen(ready, gap.max(ready.seen_at), now);
    last.filter(|ready| !is_shown(ready) && !ended(ready)).map(unseen).into_iter().collect()
}

/// Keeps what is new of what was told, and cuts the lease's intervals anew.
pub(super) async fn learn_in(tx: &Tx, lease: Lease, next: Lease, told: Vec<Fact>) -> Result<Learnt> {
    let known = entity::facts_in(tx, lease.id).await?;
    let news = facts::news(&known, told);
    if next == lease && news.is_empty() {
        return Ok(Learnt { lease, is_new: false, changes_rates: false });
    }
    for fact in &news {
        entity::keep_fact_in(tx, lease.id, fact).await?;
    }
    let (next, changes_rates) = recut_in(tx, next, &facts::together(&known, &news)).await?;
    let has_ended = next.ended_at != lease.ended_at;
    if next != lease {
        lease::save_in(tx, &next).await?;
    }
    Ok(Learnt { lease: next, is_new: true, changes_rates: changes_rates || has_ended })
}

/// Cuts the stored intervals to the timeline; what was rated is inside the lease whatever is learnt later. Whether billed
/// seconds were among what changed.
pub(super) async fn recut_in(tx: &Tx, mut lease: Lease, facts: &[Fact]) -> Result<(Lease, bool)> {
    let intervals = entity::intervals_in(tx, lease.id).await?;
    let rated: Vec<_> = intervals.iter().filter_map(|interval| interval.rated).collect();
    if !rated.is_empty() {
        // What the timeline would be had nothing been rated yet.
        overbilled::keep_in(tx, lease.id, &overbilled(&timeline(&lease.life(), facts, &[]), &rated)).await?;
    }
    let rated_to = rated.iter().map(|&(_, to)| to).max();
    lease.ended_at = lease.ended_at.map(|end| rated_to.map_or(end, |rated_to| rated_to.max(end)));
    let waivers = waivers::waivers_in(tx, lease.id).await?;
    let cuts = edges(&lease.life(), facts, &intervals, &waivers);
    let changes_rates = cuts.touch_billed(&intervals);
    entity::cut_in(tx, lease.id, cuts).await?;
    Ok((lease, changes_rates))
}

/// When the cluster says that a pod ended; one that was taken away by force says nothing of it.
fn stated_end(pod: &PodSeen) -> Option<Timestamp> {
    let asked = pod.deletion.map(|deletion| deletion.requested_at);
    let finished = pod.ended.as_ref().filter(|_| pod.container.is_none()).map(|ended| ended.finished_at);
    asked.into_iter().chain(finished).min()
}

/// The facts of the living leases of a cluster, by lease.
pub(crate) async fn known_facts_in(
    open: &crate::Open,
    cluster: types::ClusterId,
) -> Result<std::collections::HashMap<LeaseId, Vec<Fact>>> {
    let mut by_lease = std::collections::HashMap::<LeaseId, Vec<Fact>>::new();
    for (lease, fact) in entity::facts_of_living_in(open, cluster).await? {
        by_lease.entry(lease).or_default().push(fact);
    }
    Ok(by_lease)
}
