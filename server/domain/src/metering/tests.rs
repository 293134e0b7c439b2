//! Histories of pods as a cluster can have them, told in any order and any number of times: the same seconds are billed.

mod one_second;
mod rated;

use proptest::prelude::*;
use types::{
    ContainerEnded, ContainerRuns, Deletion, InstanceId, IntervalId, IntervalReason, LeaseId, OrganisationId, PodSeen,
    PodStage, Since, Timestamp,
};
use uuid::Uuid;

use super::{
    cuts::{Cuts, Interval, edges},
    facts::{Fact, facts_of, news, together},
    lease::Lease,
    timeline::{Span, timeline},
};

/// When every lease of the tests is asked for.
const START: i64 = 1_000;

/// What ends a stretch of a pod that was ready.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The container ends; the next begins after so many seconds and is ready after so many more.
    Crash { down: i64, starts: i64 },
    /// It is stated ready anew, without having been anything else.
    Restated,
    /// The node renews its lease for the last time so many seconds before the pod is stated unready, and comes back.
    NodeLost { silent: i64, away: i64 },
}

/// A pod's life: when it became ready, and each stretch with the fault after it; then it is deleted, or not yet.
#[derive(Clone, Debug)]
struct History {
    stations: [i64; 4],
    episodes: Vec<(i64, Fault)>,
    deleted_after: Option<i64>,
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second)
}

fn histories() -> impl Strategy<Value = History> {
    let fault = prop_oneof![
        (0_i64..30, 0_i64..20).prop_map(|(down, starts)| Fault::Crash { down, starts }),
        (0_i64..50, 0_i64..900).prop_map(|(silent, away)| Fault::NodeLost { silent, away }),
        Just(Fault::Restated),
    ];
    let episodes = prop::collection::vec((1_i64..600, fault), 0..6);
    (prop::array::uniform4(0_i64..60), episodes, prop::option::of(1_i64..300))
        .prop_map(|(stations, episodes, deleted_after)| History { stations, episodes, deleted_after })
}

/// When a state of a pod is seen, and the state.
type Sighting = (Timestamp, PodSeen);

/// The state of a pod at one instant, and what of it is billed in truth.
#[derive(Debug)]
struct Told {
    /// Each state with the instant at which it is seen, in the order in which they were.
    sightings: Vec<Sighting>,
    billed: Vec<(i64, Option<i64>)>,
}

impl History {
    fn told(&self) -> Told {
        let [created, scheduled, starting, ready] = self.times();
        let mut pod = blank(created);
        let mut told = Told { sightings: Vec::new(), billed: Vec::new() };
        told.see(created, &pod);
        (pod.stage, pod.scheduled_at) = (PodStage::Pulling, Some(at(scheduled)));
        told.see(scheduled, &pod);
        pod.stage = PodStage::Starting;
        pod.container = Some(ContainerRuns { id: "c0".to_owned(), started_at: at(starting) });
        pod.ready = Some(Since { holds: false, at: at(created) });
        told.see(starting, &pod);
        let mut now = ready;
        for &(lasts, fault) in &self.episodes {
            (pod.stage, pod.ready) = (PodStage::Ready, Some(Since { holds: true, at: at(now) }));
            told.see(now, &pod);
            now = told.suffer(&mut pod, now, now + lasts, fault);
        }
        (pod.stage, pod.ready) = (PodStage::Ready, Some(Since { holds: true, at: at(now) }));
        told.see(now, &pod);
        told.end(pod, now, self.deleted_after);
        told
    }

    fn times(&self) -> [i64; 4] {
        let mut now = START;
        self.stations.map(|seconds| {
            now += seconds;
            now
        })
    }
}

impl Told {
    /// It is seen in the second in which it is so, after all that was seen before.
    fn see(&mut self, second: i64, pod: &PodSeen) {
        let after = i64::try_from(self.sightings.len()).unwrap();
        let seen = jiff::Timestamp::from_millisecond(second * 1_000 + after).unwrap();
        self.sightings.push((seen.into(), pod.clone()));
    }

    /// The fault ends the stretch that began at `from`; when the pod is ready again.
    fn suffer(&mut self, pod: &mut PodSeen, from: i64, to: i64, fault: Fault) -> i64 {
        match fault {
            Fault::Crash { down, starts } => {
                self.billed.push((from, Some(to)));
                let ran = pod.container.take();
                pod.ended = ran.map(|ran| ContainerEnded {
                    id: ran.id,
                    started_at: Some(ran.started_at),
                    finished_at: at(to),
                    exit_code: 1,
                    reason: "Error".to_owned(),
                });
                (pod.stage, pod.ready) = (PodStage::Unready, Some(Since { holds: false, at: at(to) }));
                self.see(to, pod);
                pod.restarts += 1;
                let id = format!("c{}", pod.restarts);
                pod.container = Some(ContainerRuns { id, started_at: at(to + down) });
                self.see(to + down, pod);
                to + down + starts
            }
            Fault::Restated => {
                self.billed.push((from, Some(to)));
                to
            }
            Fault::NodeLost { silent, away } => {
                // The node was silent before it was stated; a pod that became ready in between was never billed.
                let last_sign = (to - silent).max(from);
                self.billed.push((from, Some(last_sign)));
                (pod.stage, pod.ready) = (PodStage::Unready, Some(Since { holds: false, at: at(to) }));
                self.see(to, pod);
                pod.node_lost_at = Some(at(to - silent));
                self.see(to, pod);
                pod.node_lost_at = None;
                to + away
            }
        }
    }

    fn end(&mut self, mut pod: PodSeen, from: i64, deleted_after: Option<i64>) {
        let end = deleted_after.map(|seconds| from + seconds);
        self.billed.push((from, end));
        if let Some(end) = end {
            pod.stage = PodStage::Terminating;
            pod.deletion = Some(Deletion { requested_at: at(end), due_at: at(end + 30) });
            self.see(end, &pod);
        }
        self.billed.retain(|&(from, to)| to.is_none_or(|to| to > from));
    }
}

fn blank(created: i64) -> PodSeen {
    PodSeen::taken(OrganisationId::from_uuid(Uuid::nil()), InstanceId::from_uuid(Uuid::nil()), 1, at(created))
}

fn new_lease() -> Lease {
    Lease {
        organisation_id: OrganisationId::from_uuid(Uuid::nil()),
        id: LeaseId::from_uuid(Uuid::nil()),
        subject_id: InstanceId::from_uuid(Uuid::nil()),
        attempt: 1,
        pod_uid: None,
        node_name: None,
        pod_created_at: None,
        scheduled_at: None,
        pulling_at: None,
        starting_at: None,
        ready_at: None,
        pod_gone_at: None,
        started_at: at(START),
        ended_at: None,
    }
}

/// A lease as the database would hold it.
#[derive(Clone, Debug)]
struct Stored {
    lease: Lease,
    facts: Vec<Fact>,
    intervals: Vec<Interval>,
    n_ids: u128,
}

impl Stored {
    fn new() -> Self {
        let mut stored = Self { lease: new_lease(), facts: Vec::new(), intervals: Vec::new(), n_ids: 0 };
        stored.recut();
        stored
    }

    fn learn(&mut self, (seen, pod): &Sighting) {
        self.lease = self.lease.with(pod);
        let news = news(&self.facts, facts_of(pod, *seen));
        self.facts = together(&self.facts, &news);
        self.recut();
    }

    fn end(&mut self, end: i64) {
        self.lease.ended_at = Some(at(end));
        self.recut();
    }

    fn recut(&mut self) {
        let Cuts { deleted, changed, added } = edges(&self.lease.life(), &self.facts, &self.intervals, &[]);
        self.intervals.retain(|interval| !deleted.contains(&interval.id));
        for (id, span) in changed {
            let interval = self.intervals.iter_mut().find(|interval| interval.id == id).unwrap();
            interval.span = span;
            self.check_disjoint();
        }
        for span in added {
            self.n_ids += 1;
            let id = IntervalId::from_uuid(Uuid::from_u128(self.n_ids));
            self.intervals.push(Interval { id, span, rated: None });
            self.check_disjoint();
        }
    }

    fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.intervals.iter().map(|interval| interval.span.clone()).collect();
        spans.sort_by_key(|span| span.started_at);
        spans
    }

    fn check_disjoint(&self) {
        for pair in self.spans().windows(2) {
            assert!(pair[0].ended_at.is_some_and(|end| end <= pair[1].started_at), "overlap: {pair:?}");
        }
    }

    fn billed(&self) -> Vec<(i64, Option<i64>)> {
        let billed = self.spans().into_iter().filter(|span| span.reason.is_none());
        billed.map(|span| (span.started_at.as_second(), span.ended_at.map(Timestamp::as_second))).collect()
    }
}

fn told_in_order(told: &Told) -> Stored {
    let mut stored = Stored::new();
    told.sightings.iter().for_each(|sighting| stored.learn(sighting));
    stored
}

/// The sightings in another order, some of them several times.
fn shuffled(told: &Told, picks: &[prop::sample::Index], mut seed: u64) -> Vec<Sighting> {
    let mut sightings = told.sightings.clone();
    sightings.extend(picks.iter().map(|pick| pick.get(&told.sightings).clone()));
    for n in (1..sightings.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        sightings.swap(n, usize::try_from(seed >> 33).unwrap() % (n + 1));
    }
    sightings
}

fn is_covered(spans: &[Span], from: i64, to: Option<i64>) -> bool {
    let begins = spans.first().is_some_and(|span| span.started_at == at(from));
    let goes_on = spans.windows(2).all(|pair| pair[0].ended_at == Some(pair[1].started_at));
    let ends = spans.last().is_some_and(|span| span.ended_at == to.map(at));
    begins && goes_on && ends && spans.iter().all(|span| span.ended_at.is_none_or(|end| end > span.started_at))
}

proptest! {
    #[test]
    fn exactly_the_seconds_in_which_it_was_ready_are_billed(history in histories()) {
        let told = history.told();
        prop_assert_eq!(told_in_order(&told).billed(), told.billed.clone(), "{:?}", told);
    }

    #[test]
    fn order_and_number_of_sightings_do_not_count(
        history in histories(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        shuffle in any::<u64>(),
    ) {
        let told = history.told();
        let mut stored = Stored::new();
        shuffled(&told, &picks, shuffle).iter().for_each(|sighting| stored.learn(sighting));
        prop_assert_eq!(stored.spans(), told_in_order(&told).spans());
    }

    #[test]
    fn intervals_are_disjoint_inside_the_lease_and_cover_it(
        history in histories(),
        stop in prop::option::of((any::<prop::sample::Index>(), 0_i64..2_000)),
    ) {
        let told = history.told();
        let mut stored = Stored::new();
        let stop = stop.map(|(index, after)| (index.index(told.sightings.len()), START + after));
        for (n, sighting) in told.sightings.iter().enumerate() {
            if let Some((_, end)) = stop.filter(|(place, _)| *place == n) {
                stored.end(end);
            }
            stored.learn(sighting);
            let spans = stored.spans();
            let end = stored.lease.ended_at.map(Timestamp::as_second);
            prop_assert!(is_covered(&spans, START, end) || (spans.is_empty() && end == Some(START)), "{:?}", spans);
        }
    }

    #[test]
    fn nothing_is_billed_after_the_stop(history in histories(), stop in 0_i64..3_000) {
        let told = history.told();
        let mut stopped = told_in_order(&told);
        stopped.end(START + stop);
        let cut = |&(from, to): &(i64, Option<i64>)| {
            let to = to.map_or(START + stop, |to| to.min(START + stop));
            (to > from).then_some((from, Some(to)))
        };
        prop_assert_eq!(stopped.billed(), told.billed.iter().filter_map(cut).collect::<Vec<_>>());
    }
}

fn ready_pod(since: i64) -> PodSeen {
    PodSeen {
        stage: PodStage::Ready,
        ready: Some(Since { holds: true, at: at(since) }),
        container: Some(ContainerRuns { id: "c0".to_owned(), started_at: at(since - 1) }),
        ..blank(START)
    }
}

fn ready_fact(stored: &Stored) -> Fact {
    stored.facts.iter().find(|fact| fact.kind == super::facts::FactKind::Ready).unwrap().clone()
}

#[test]
fn a_gap_without_evidence_is_unconfirmed_and_evidence_that_comes_later_bills_it() {
    let mut stored = Stored::new();
    stored.learn(&(at(1_010), ready_pod(1_010)));
    let unseen = Fact::unseen(&ready_fact(&stored), at(1_100), at(1_700));
    stored.facts.push(unseen);
    stored.end(1_700);
    assert_eq!(stored.billed(), [(1_010, Some(1_100))]);
    assert_eq!(stored.spans().last().unwrap().reason, Some(IntervalReason::Unconfirmed));
    let mut ended = ready_pod(1_010);
    ended.container = None;
    ended.ended = Some(ContainerEnded {
        id: "c0".to_owned(),
        started_at: Some(at(1_009)),
        finished_at: at(1_600),
        exit_code: 0,
        reason: "Completed".to_owned(),
    });
    stored.learn(&(at(1_800), ended));
    assert_eq!(stored.billed(), [(1_010, Some(1_600))]);
}

#[test]
fn a_lost_gpu_ends_the_stretch_when_it_was_first_seen() {
    let mut stored = Stored::new();
    stored.learn(&(at(1_010), ready_pod(1_010)));
    let lost = PodSeen { gpu_lost: true, ..ready_pod(1_010) };
    stored.learn(&(at(1_090), lost.clone()));
    stored.learn(&(at(1_050), lost));
    assert_eq!(stored.billed(), [(1_010, Some(1_050))]);
    assert_eq!(stored.spans().last().unwrap().reason, Some(IntervalReason::GpuLost));
}

#[test]
fn a_cluster_whose_clock_is_ahead_bills_from_when_it_was_seen() {
    let mut stored = Stored::new();
    stored.learn(&(at(1_010), ready_pod(1_400)));
    assert_eq!(stored.billed(), [(1_010, None)]);
}

#[test]
fn a_node_silent_since_before_the_start_is_the_fault_and_not_a_start_that_goes_on() {
    let mut stored = Stored::new();
    stored.learn(&(at(1_010), ready_pod(1_010)));
    let lost = PodSeen {
        stage: PodStage::Unready,
        ready: Some(Since { holds: false, at: at(1_050) }),
        node_lost_at: Some(at(1_004)),
        ..ready_pod(1_010)
    };
    stored.learn(&(at(1_050), lost));
    assert_eq!(stored.billed(), []);
    assert_eq!(stored.spans().last().unwrap().reason, Some(IntervalReason::NodeFault));
}
