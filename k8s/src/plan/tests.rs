//! The plan held against a model of the cluster: any wishes, any pods, any faults in between.

use proptest::prelude::*;
use types::{Deletion, MountWish, PodStage, Resources, Since};
use uuid::Uuid;

use super::*;

const OURS: u128 = 7;

fn organisation() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(1))
}

fn instance(number: u128) -> InstanceId {
    InstanceId::from_uuid(Uuid::from_u128(number))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second)
}

fn pod_wish(attempt: i32, wish_seq: i64) -> PodWish {
    PodWish {
        organisation: organisation(),
        instance: instance(OURS),
        attempt,
        wish_seq,
        name: "training".into(),
        image: format!("example.org/image@sha256:{}", "0".repeat(64)),
        command: Vec::new(),
        environment: Default::default(),
        ports: Vec::new(),
        resource: "nvidia.com/gpu".into(),
        units: 1,
        needs: Resources::default(),
        nodes: Default::default(),
        max_duration_s: None,
        grace_s: 30,
        ready_by: None,
        mounts: Vec::new(),
    }
}

/// The same with a volume.
fn mounting(attempt: i32, wish_seq: i64) -> PodWish {
    let volume = VolumeId::from_uuid(Uuid::from_u128(9));
    PodWish { mounts: vec![MountWish { volume, name: "data".into() }], ..pod_wish(attempt, wish_seq) }
}

fn wish(wish: Wish, pod: Option<PodWish>, wish_seq: i64) -> InstanceWish {
    InstanceWish { organisation: organisation(), instance: instance(OURS), wish, wish_seq, pod }
}

fn running(attempt: i32, wish_seq: i64) -> InstanceWish {
    wish(Wish::Running, Some(pod_wish(attempt, wish_seq)), wish_seq)
}

fn pod_of(wish: &PodWish, stage: PodStage, now: Timestamp) -> PodSeen {
    PodSeen {
        wish_seq: wish.wish_seq,
        stage,
        ready: (stage == PodStage::Ready).then_some(Since { holds: true, at: now }),
        ..PodSeen::taken(wish.organisation, wish.instance, wish.attempt, now)
    }
}

/// What the cluster becomes when an action is taken: deletion is only begun, as with a real kubelet.
fn apply(seen: &mut InstanceSeen, action: &Action, now: Timestamp) {
    match action {
        Action::ApplySecret(wish) => {
            seen.pods.iter_mut().filter(|pod| pod.instance == wish.instance).for_each(|p| p.lacks_environment = false);
        }
        Action::ApplyPod(wish) => {
            match seen.pods.iter_mut().find(|pod| pod.instance == wish.instance && pod.attempt == wish.attempt) {
                Some(pod) => pod.wish_seq = wish.wish_seq,
                None => seen.pods.push(pod_of(wish, PodStage::Scheduling, now)),
            }
        }
        Action::DeletePod { uid, .. } => {
            let deletion = Deletion { requested_at: now, due_at: now.plus_seconds(30) };
            seen.pods.iter_mut().filter(|pod| &pod.uid == uid).for_each(|pod| pod.deletion = Some(deletion));
        }
        Action::DeleteSecret { .. } => seen.cleared = true,
        // Of a volume, never of an instance.
        Action::ApplyClaim(_) | Action::DeleteClaim { .. } => {}
    }
}

/// Plans and acts until nothing is left, while kubelets end what is being deleted.
fn settle(wish: &InstanceWish, seen: &mut InstanceSeen, now: Timestamp) {
    for _ in 0..4 {
        for action in plan(wish, seen, now) {
            apply(seen, &action, now);
        }
        seen.pods.retain(|pod| pod.deletion.is_none());
    }
}

fn any_stage() -> impl Strategy<Value = PodStage> {
    prop::sample::select(PodStage::ALL.to_vec())
}

prop_compose! {
    fn any_pod()(
        number in OURS..OURS + 2, attempt in 1..4_i32, seq in 1..6_i64, stage in any_stage(),
        deleting: bool, lost: bool, lacks: bool,
    ) -> PodSeen {
        let mut pod = pod_of(&PodWish { instance: instance(number), ..pod_wish(attempt, seq) }, stage, at(100));
        pod.deletion = deleting.then_some(Deletion { requested_at: at(100), due_at: at(130) });
        pod.node_lost_at = lost.then_some(at(90));
        pod.lacks_environment = lacks;
        pod
    }
}

fn any_seen() -> impl Strategy<Value = InstanceSeen> {
    (prop::collection::btree_map((0..2_u8, 1..4_i32), any_pod(), 0..5), any::<bool>(), any::<bool>()).prop_map(
        |(pods, cleared, deletions_held)| {
            let mut pods: Vec<PodSeen> = pods.into_values().collect();
            pods.sort_by(|a, b| a.uid.cmp(&b.uid));
            pods.dedup_by(|a, b| a.uid == b.uid);
            InstanceSeen { pods, cleared, deletions_held }
        },
    )
}

fn any_wish() -> impl Strategy<Value = InstanceWish> {
    let wishes = (prop::sample::select(Wish::ALL.to_vec()), prop::option::of(1..4_i32), 1..8_i64);
    (wishes, prop::option::of(50..150_i64), any::<bool>()).prop_map(|((word, attempt, seq), by, mounts)| {
        let make: fn(i32, i64) -> PodWish = if mounts { mounting } else { pod_wish };
        let pod = attempt.map(|attempt| PodWish { ready_by: by.map(at), ..make(attempt, seq) });
        wish(word, pod, seq)
    })
}

proptest! {
    #[test]
    fn a_plan_that_was_carried_out_is_followed_by_an_empty_one(wish in any_wish(), seen in any_seen()) {
        let mut seen = seen;
        for action in plan(&wish, &seen, at(100)) {
            apply(&mut seen, &action, at(100));
        }
        prop_assert_eq!(plan(&wish, &seen, at(100)), Vec::new());
    }

    #[test]
    fn another_instances_pods_are_never_touched(wish in any_wish(), seen in any_seen()) {
        let strangers: Vec<&PodSeen> = seen.pods.iter().filter(|pod| pod.instance != instance(OURS)).collect();
        for action in plan(&wish, &seen, at(100)) {
            if let Action::DeletePod { uid, .. } = action {
                prop_assert!(strangers.iter().all(|pod| pod.uid != uid));
            }
        }
    }

    #[test]
    fn the_last_wish_wins_whatever_was_wished_before(
        wishes in prop::collection::vec((prop::sample::select(Wish::ALL.to_vec()), any::<bool>()), 1..8),
    ) {
        let mut seen = InstanceSeen::default();
        let mut attempt = 0;
        let mut last = None;
        for (seq, (word, acted)) in (1..).zip(wishes) {
            attempt += i32::from(word == Wish::Running);
            let next = wish(word, (word == Wish::Running).then(|| pod_wish(attempt, seq)), seq);
            if acted {
                plan(&next, &seen, at(100)).iter().for_each(|action| apply(&mut seen, action, at(100)));
            }
            last = Some(next);
        }
        let last = last.unwrap();
        settle(&last, &mut seen, at(100));
        let attempts: Vec<i32> = seen.pods.iter().map(|pod| pod.attempt).collect();
        let expected: Vec<i32> = last.pod.iter().map(|pod| pod.attempt).collect();
        prop_assert_eq!(attempts, expected);
    }

    #[test]
    fn a_database_older_than_the_cluster_touches_nothing(seen in any_seen(), word in 0..3_usize) {
        let newer = seen.pods.iter().any(|pod| pod.instance == instance(OURS) && pod.wish_seq > 1);
        prop_assume!(newer);
        prop_assert_eq!(plan(&wish(Wish::ALL[word], None, 1), &seen, at(100)), Vec::new());
    }

    #[test]
    fn who_mounts_a_volume_starts_beside_no_older_pod(attempt in 1..4_i32, seq in 1..8_i64, seen in any_seen()) {
        let start = wish(Wish::Running, Some(mounting(attempt, seq)), seq);
        let own: Vec<&PodSeen> = seen.pods.iter().filter(|pod| pod.instance == instance(OURS)).collect();
        let is_there = own.iter().any(|pod| pod.attempt == attempt);
        let starts = plan(&start, &seen, at(100)).iter().any(|action| matches!(action, Action::ApplyPod(_)));
        prop_assert!(!starts || is_there || own.is_empty());
    }

    #[test]
    fn nothing_is_deleted_while_the_operator_is_asked(wish in any_wish(), seen in any_seen()) {
        let held = InstanceSeen { deletions_held: true, ..seen };
        let deletes = |action: &Action| matches!(action, Action::DeletePod { .. } | Action::DeleteSecret { .. });
        prop_assert!(!plan(&wish, &held, at(100)).iter().any(deletes));
    }
}

#[test]
fn a_launch_that_came_too_late_is_deleted_and_not_made_again() {
    let late = wish(Wish::Running, Some(PodWish { ready_by: Some(at(100)), ..pod_wish(1, 1) }), 1);
    let waiting = pod_of(&pod_wish(1, 1), PodStage::Scheduling, at(0));
    let mut seen = InstanceSeen { pods: vec![waiting], ..InstanceSeen::default() };
    assert_eq!(plan(&late, &seen, at(99)), Vec::new());
    settle(&late, &mut seen, at(100));
    assert_eq!(seen.pods, Vec::new());
    assert_eq!(plan(&late, &seen, at(101)), Vec::new());
}

#[test]
fn a_pod_that_is_ready_is_not_too_late() {
    let late = wish(Wish::Running, Some(PodWish { ready_by: Some(at(100)), ..pod_wish(1, 1) }), 1);
    let ready = pod_of(&pod_wish(1, 1), PodStage::Ready, at(99));
    let seen = InstanceSeen { pods: vec![ready], ..InstanceSeen::default() };
    assert_eq!(plan(&late, &seen, at(200)), Vec::new());
}

#[test]
fn the_next_attempt_waits_for_the_last_ones_end_but_not_on_a_lost_node() {
    let mut old = pod_of(&pod_wish(1, 1), PodStage::Terminating, at(0));
    old.deletion = Some(Deletion { requested_at: at(0), due_at: at(30) });
    let mut seen = InstanceSeen { pods: vec![old], ..InstanceSeen::default() };
    assert_eq!(plan(&running(2, 2), &seen, at(10)), Vec::new());
    seen.pods[0].node_lost_at = Some(at(5));
    assert_eq!(plan(&running(2, 2), &seen, at(10)).len(), 2);
}

#[test]
fn the_next_attempt_with_a_volume_waits_on_a_lost_node_too_and_for_whom_is_told() {
    let next = wish(Wish::Running, Some(mounting(2, 2)), 2);
    let mut old = pod_of(&mounting(1, 1), PodStage::Terminating, at(0));
    old.deletion = Some(Deletion { requested_at: at(0), due_at: at(30) });
    let mut seen = InstanceSeen { pods: vec![old], ..InstanceSeen::default() };
    assert_eq!((plan(&next, &seen, at(10)), holder(&next, &seen, at(10))), (Vec::new(), None), "it ends as it should");
    assert_eq!(holder(&next, &seen, at(100)).map(|pod| pod.attempt), Some(1), "it does not end");
    seen.pods[0].node_lost_at = Some(at(5));
    assert_eq!(plan(&next, &seen, at(10)), Vec::new());
    assert_eq!(holder(&next, &seen, at(10)).map(|pod| pod.attempt), Some(1), "its node is lost");
    assert_eq!(holder(&running(2, 2), &seen, at(10)), None, "without a volume nothing waits");
    assert_eq!(holder(&wish(Wish::Stopped, None, 2), &seen, at(10)), None, "nothing is to start");
    seen.pods.clear();
    assert_eq!((plan(&next, &seen, at(10)).len(), holder(&next, &seen, at(10))), (2, None));
}

#[test]
fn a_pod_that_lacks_its_secret_gets_it() {
    let mut pod = pod_of(&pod_wish(1, 1), PodStage::Starting, at(0));
    pod.lacks_environment = true;
    let seen = InstanceSeen { pods: vec![pod], ..InstanceSeen::default() };
    assert_eq!(plan(&running(1, 1), &seen, at(10)), [Action::ApplySecret(pod_wish(1, 1))]);
}

#[test]
fn a_pod_stuck_in_its_end_is_not_deleted_twice() {
    let mut stuck = pod_of(&pod_wish(1, 1), PodStage::Terminating, at(0));
    stuck.deletion = Some(Deletion { requested_at: at(0), due_at: at(30) });
    let seen = InstanceSeen { pods: vec![stuck], ..InstanceSeen::default() };
    assert_eq!(plan(&wish(Wish::Stopped, None, 2), &seen, at(10_000)), Vec::new());
}
