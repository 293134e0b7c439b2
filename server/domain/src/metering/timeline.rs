//! The timeline of a lease from all that is known of it: which seconds are billed, and why the others are not. Pure.
//!
//! A stretch opens where the pod became ready. It ends at the first of: its container finished, the pod was not ready
//! (on a node that does not answer: the node's last sign of life), a GPU was gone, a deletion was asked for, the
//! lease ended. Where none of these was witnessed and the watch had a gap, it ends with the gap's start.

use types::{IntervalReason, Timestamp};

use super::facts::{Fact, FactKind, rank};

/// What is known of a lease but for its facts; whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) pod_created_at: Option<Timestamp>,
    pub(crate) scheduled_at: Option<Timestamp>,
    pub(crate) starting_at: Option<Timestamp>,
}

/// A stretch of a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
    /// Nothing where it is billed.
    pub(crate) reason: Option<IntervalReason>,
    pub(crate) container_id: Option<String>,
}

impl Span {
    /// Whether its seconds are billed.
    pub(crate) fn is_billed(&self) -> bool {
        self.reason.is_none()
    }
}

/// A billed stretch, and the reason that holds from its end on.
#[derive(Clone, Debug)]
struct Stretch {
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    then: IntervalReason,
    container_id: Option<String>,
}

/// A reason that holds from an instant on.
type Mark = (Timestamp, IntervalReason);

/// The stretches of a lease: disjoint, in order, without a hole from its start to its end.
///
/// `pins` are seconds that were settled; they stay billed, since what was paid is corrected by a credit note and
/// never by cutting below it.
pub(crate) fn timeline(life: &Life, facts: &[Fact], pins: &[(Timestamp, Timestamp)]) -> Vec<Span> {
    let stretches = pinned(stretches(life, facts), pins);
    let marks = marks(life, facts);
    let mut spans = Vec::new();
    let (mut at, mut reason) = (life.started_at, None);
    for stretch in stretches {
        unbilled(&mut spans, at, Some(stretch.started_at), reason, &marks);
        if stretch.ended_at != Some(stretch.started_at) {
            spans.push(Span {
                started_at: stretch.started_at,
                ended_at: stretch.ended_at,
                reason: None,
                container_id: stretch.container_id,
            });
        }
        let Some(end) = stretch.ended_at else { return spans };
        (at, reason) = (end, Some(stretch.then));
    }
    unbilled(&mut spans, at, life.ended_at, reason, &marks);
    spans
}

/// Fills `[from, to)` with reasons: first the one that ended the stretch before, then each as its mark comes.
fn unbilled(
    spans: &mut Vec<Span>,
    from: Timestamp,
    to: Option<Timestamp>,
    first: Option<IntervalReason>,
    marks: &[Mark],
) {
    if to.is_some_and(|to| to <= from) {
        return;
    }
    let before = marks.iter().rev().find(|(at, _)| *at <= from).map(|(_, reason)| *reason);
    let mut cuts = vec![(from, first.or(before).unwrap_or(IntervalReason::Queued))];
    cuts.extend(marks.iter().filter(|(at, _)| *at > from && to.is_none_or(|to| *at < to)));
    cuts.dedup_by(|next, kept| next.1 == kept.1);
    for (n, &(started_at, reason)) in cuts.iter().enumerate() {
        let ended_at = cuts.get(n + 1).map(|next| next.0).or(to);
        spans.push(Span { started_at, ended_at, reason: Some(reason), container_id: None });
    }
}

/// Where which reason begins, in order, one for each instant; after a deletion there is no other.
fn marks(life: &Life, facts: &[Fact]) -> Vec<Mark> {
    let stations = [
        (Some(life.started_at), IntervalReason::Queued),
        (life.pod_created_at, IntervalReason::Scheduling),
        (life.scheduled_at, IntervalReason::Pulling),
        (life.starting_at, IntervalReason::Starting),
    ];
    let mut reached = life.started_at;
    let stations = stations.into_iter().filter_map(|(at, reason)| {
        reached = reached.max(at?);
        Some((reached, reason))
    });
    let mut marks: Vec<Mark> = stations.collect();
    // A node's last sign of life can be older than the pod's start; what was reached by then does not hide the fault.
    let stations = marks.clone();
    let reached = |fact: &Fact| stations.iter().map(|&(at, _)| at).filter(|at| *at <= fact.at()).max();
    let closing = [FactKind::Unready, FactKind::Finished, FactKind::Deletion];
    let closing = facts.iter().filter(|fact| closing.contains(&fact.kind));
    marks.extend(closing.map(|fact| (reached(fact).map_or(ending(fact), |at| ending(fact).max(at)), why(fact))));
    let deletion = deletion(facts);
    marks.retain(|&(at, reason)| deletion.is_none_or(|deletion| at < deletion) || reason == IntervalReason::Stopping);
    marks.sort_by_key(|&(at, reason)| (at, rank(reason)));
    marks.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            *kept = *next;
        }
        same
    });
    marks
}

/// The billed stretches, before anything was pinned.
fn stretches(life: &Life, facts: &[Fact]) -> Vec<Stretch> {
    let mut opens: Vec<&Fact> = facts.iter().filter(|fact| fact.kind == FactKind::Ready).collect();
    opens.sort_by_key(|open| (open.at(), open.generation, open.stated_at));
    let stretch = |(n, open): (usize, &&Fact)| stretch(life, facts, open, opens.get(n + 1).copied());
    opens.iter().enumerate().filter_map(stretch).collect()
}

/// The stretch that `open` begins, which may have no billed second and then tells the reason that holds from there on;
/// nothing when the lease had ended before.
fn stretch(life: &Life, facts: &[Fact], open: &Fact, next: Option<&Fact>) -> Option<Stretch> {
    let started_at = open.at().max(life.pod_created_at.unwrap_or(life.started_at)).max(life.started_at);
    let close = closes(facts, open, next).into_iter().min_by_key(|&(at, reason)| (at, std::cmp::Reverse(rank(reason))));
    let (ended_at, then) = close.map_or((None, IntervalReason::Stopping), |(at, why)| (Some(at.max(started_at)), why));
    let ended_at = [ended_at, next.map(Fact::at), life.ended_at].into_iter().flatten().min();
    let container_id = open.container_id.clone();
    ended_at.is_none_or(|end| end >= started_at).then_some(Stretch { started_at, ended_at, then, container_id })
}

/// Everything that ends the stretch of `open`, with the reason that holds from then on.
fn closes(facts: &[Fact], open: &Fact, next: Option<&Fact>) -> Vec<Mark> {
    let unready = facts
        .iter()
        .filter(|fact| {
            let (place, until) = (fact.place(), next.map(Fact::place));
            fact.kind == FactKind::Unready && place >= open.place() && until.is_none_or(|until| place < until)
        })
        .min_by_key(|fact| (fact.at(), fact.generation));
    let finished =
        facts.iter().filter(|fact| fact.kind == FactKind::Finished && is_of(fact, open)).min_by_key(|f| f.at());
    let of_stretch = |kind| {
        facts
            .iter()
            .find(|fact| (fact.kind, fact.generation, fact.stated_at) == (kind, open.generation, open.stated_at))
    };
    // The same container's own end is evidence for all its seconds before.
    let witnessed = finished.is_some() || unready.is_some_and(|unready| unready.generation == open.generation);
    let unseen = of_stretch(FactKind::Unseen).filter(|_| !witnessed);
    let told = [unready, finished, of_stretch(FactKind::GpuLost), unseen];
    let deletion = deletion(facts).map(|at| (at, IntervalReason::Stopping));
    told.into_iter().flatten().map(|fact| (ending(fact), why(fact))).chain(deletion).collect()
}

fn is_of(finished: &Fact, open: &Fact) -> bool {
    match (&finished.container_id, &open.container_id) {
        (Some(one), Some(other)) => one == other,
        _ => finished.generation == open.generation,
    }
}

/// When a closing fact ends the seconds before it.
fn ending(fact: &Fact) -> Timestamp {
    match fact.kind {
        FactKind::GpuLost | FactKind::Unseen => fact.since.unwrap_or(fact.seen_at.floor()),
        _ => fact.since.map_or(fact.at(), |since| since.min(fact.at())),
    }
}

fn why(fact: &Fact) -> IntervalReason {
    fact.reason.unwrap_or(IntervalReason::Starting)
}

fn deletion(facts: &[Fact]) -> Option<Timestamp> {
    facts.iter().filter(|fact| fact.kind == FactKind::Deletion).map(Fact::at).min()
}

/// The stretches with all pinned seconds in them.
fn pinned(mut stretches: Vec<Stretch>, pins: &[(Timestamp, Timestamp)]) -> Vec<Stretch> {
    for &(from, to) in pins {
        // One that has seconds of it, before one that only ends where it begins.
        let overlaps = |s: &Stretch| s.started_at < to && s.ended_at.is_none_or(|end| end > from);
        let meets = |s: &Stretch| s.started_at < to && s.ended_at == Some(from);
        match stretches.iter().position(overlaps).or_else(|| stretches.iter().position(meets)) {
            Some(place) => {
                let stretch = &mut stretches[place];
                stretch.started_at = stretch.started_at.min(from);
                stretch.ended_at = stretch.ended_at.map(|end| end.max(to));
            }
            None => stretches.push(Stretch {
                started_at: from,
                ended_at: Some(to),
                then: IntervalReason::Unconfirmed,
                container_id: None,
            }),
        }
    }
    stretches.sort_by_key(|stretch| stretch.started_at);
    let mut billed_to = None;
    for stretch in &mut stretches {
        stretch.started_at = billed_to.map_or(stretch.started_at, |to| stretch.started_at.max(to));
        billed_to = billed_to.max(stretch.ended_at);
    }
    stretches.retain(|stretch| stretch.ended_at.is_none_or(|end| end >= stretch.started_at));
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_which_no_second_was_seen_is_unconfirmed_from_its_start() {
        let at = Timestamp::from_second;
        let life = Life {
            started_at: at(0),
            ended_at: Some(at(10)),
            pod_created_at: Some(at(0)),
            scheduled_at: Some(at(0)),
            starting_at: Some(at(3)),
        };
        let ready = Fact {
            kind: FactKind::Ready,
            generation: 0,
            stated_at: at(5),
            seen_at: at(5),
            container_id: None,
            since: None,
            reason: None,
        };
        let facts = [Fact::unseen(&ready, at(5), at(10)), ready];
        let spans = timeline(&life, &facts, &[]);
        let told: Vec<_> = spans.iter().map(|span| (span.started_at, span.ended_at, span.reason)).collect();
        let (pulling, starting) = (Some(IntervalReason::Pulling), Some(IntervalReason::Starting));
        let unconfirmed = (at(5), Some(at(10)), Some(IntervalReason::Unconfirmed));
        assert_eq!(told, [(at(0), Some(at(3)), pulling), (at(3), Some(at(5)), starting), unconfirmed]);
    }
}
