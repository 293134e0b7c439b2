//! The picture drawn from events as API servers send them: in order, repeated, late and out of order.

use proptest::prelude::*;
use serde_json::{Value, json};
use types::{InstanceReason, PodStage};
use uuid::Uuid;

use super::*;

const ONE: &str = "00000000000000000000000001";

fn now() -> Timestamp {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn pod(uid: &str, version: u32, ready: bool) -> Pod {
    of(json!({
        "metadata": {
            "name": format!("in-{ONE}-1"), "namespace": format!("tm-{ONE}"), "uid": uid,
            "resourceVersion": version.to_string(), "creationTimestamp": "2026-11-01T10:00:00Z",
            "annotations": { "tamuda.dev/wish-seq": "5" },
            "labels": {
                "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "dev",
                "tamuda.dev/organisation": ONE, "tamuda.dev/instance": ONE, "tamuda.dev/attempt": "1",
            },
        },
        "spec": { "nodeName": "gpu-1", "containers": [{
            "name": "instance", "resources": { "limits": { "nvidia.com/gpu": "2" } },
        }] },
        "status": { "phase": "Running", "conditions": [{
            "type": "Ready", "status": if ready { "True" } else { "False" },
            "lastTransitionTime": "2026-11-01T10:01:00Z",
        }] },
    }))
}

fn foreign(name: &str, phase: &str) -> Pod {
    of(json!({
        "metadata": { "name": name, "namespace": "elsewhere", "uid": name, "resourceVersion": "1" },
        "spec": { "nodeName": "gpu-1", "containers": [{
            "name": "c", "resources": { "limits": { "nvidia.com/gpu": "1" } },
        }] },
        "status": { "phase": phase },
    }))
}

fn node(version: u32, ready: &str, allocatable: i32) -> Node {
    of(json!({
        "metadata": { "name": "gpu-1", "uid": "n", "resourceVersion": version.to_string() },
        "status": {
            "capacity": { "nvidia.com/gpu": "8" }, "allocatable": { "nvidia.com/gpu": allocatable.to_string() },
            "conditions": [{ "type": "Ready", "status": ready, "lastTransitionTime": "2026-11-01T11:00:40Z" }],
        },
    }))
}

fn lease(version: u32, renewed: &str) -> Lease {
    of(json!({
        "metadata": { "name": "gpu-1", "namespace": "kube-node-lease", "uid": "l", "resourceVersion": version.to_string() },
        "spec": { "renewTime": renewed },
    }))
}

fn saying(reason: &str, at: &str) -> Saying {
    of(json!({
        "metadata": { "name": reason, "namespace": format!("tm-{ONE}"), "uid": reason, "resourceVersion": "1" },
        "involvedObject": {
            "kind": "Pod", "namespace": format!("tm-{ONE}"), "name": format!("in-{ONE}-1"), "uid": "a",
        },
        "reason": reason, "message": format!("{reason} happened"), "lastTimestamp": at,
    }))
}

fn claim(uid: &str, version: u32) -> PersistentVolumeClaim {
    of(json!({
        "metadata": {
            "name": format!("vo-{ONE}"), "namespace": format!("tm-{ONE}"), "uid": uid,
            "resourceVersion": version.to_string(), "creationTimestamp": "2026-11-01T10:00:00Z",
            "annotations": { "tamuda.dev/wish-seq": "7" },
            "labels": {
                "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "dev",
                "tamuda.dev/organisation": ONE, "tamuda.dev/volume": ONE,
            },
        },
        "spec": { "resources": { "requests": { "storage": "10Gi" } } },
        "status": { "phase": "Bound", "capacity": { "storage": "10Gi" } },
    }))
}

fn lists() -> Vec<Noted> {
    vec![
        Noted::Pod(Event::Init),
        Noted::Pod(Event::InitDone),
        Noted::Other(Event::InitDone),
        Noted::Claim(Event::InitDone),
        Noted::Lease(Event::InitApply(lease(1, "2026-11-01T11:00:00.000000Z"))),
        Noted::Lease(Event::InitDone),
        Noted::Saying(Event::InitDone),
        Noted::Node(Event::InitApply(node(1, "True", 8))),
        Noted::Node(Event::InitDone),
    ]
}

fn synced() -> Picture {
    let mut picture = Picture::new("dev".parse().unwrap());
    lists().into_iter().for_each(|noted| drop(picture.take(noted, now())));
    assert!(picture.is_synced());
    picture
}

fn seen(picture: &Picture) -> PodSeen {
    let pods = picture.pods_of(InstanceId::from_uuid(Uuid::from_u128(1)));
    assert_eq!(pods.len(), 1);
    pods.into_iter().next().unwrap()
}

fn gpus(picture: &Picture) -> (i64, i64, i64) {
    let node = picture.nodes().next().unwrap();
    (node.gpus[0].ours, node.gpus[0].foreign, node.gpus[0].free())
}

#[test]
fn nothing_is_reported_before_every_watch_has_listed() {
    let mut picture = Picture::new("dev".parse().unwrap());
    let mut reports: Vec<Vec<ClusterSeen>> = lists().into_iter().map(|noted| picture.take(noted, now())).collect();
    let last = reports.pop().unwrap();
    assert!(reports.iter().all(Vec::is_empty));
    assert!(matches!(&last[..], [ClusterSeen::Snapshot { nodes, .. }] if nodes.len() == 1));
}

#[test]
fn a_change_is_reported_once_however_often_it_is_told() {
    let mut picture = synced();
    let told = || Noted::Pod(Event::Apply(pod("a", 10, true)));
    let first = picture.take(told(), now());
    assert!(matches!(&first[..], [ClusterSeen::Pod(_), ClusterSeen::Node(_)]), "{first:?}");
    assert_eq!(picture.take(told(), now()), []);
    assert_eq!(picture.highest_wish_seq(), 5);
}

#[test]
fn a_renewed_lease_is_no_change() {
    let mut picture = synced();
    let renewed = Noted::Lease(Event::Apply(lease(2, "2026-11-01T11:00:10.000000Z")));
    assert_eq!(picture.take(renewed, now()), []);
    assert_eq!(picture.nodes().next().unwrap().renewed_at, "2026-11-01T11:00:10Z".parse().ok());
}

#[test]
fn a_lost_node_is_lost_since_its_last_renewal_and_comes_back() {
    let mut picture = synced();
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, true))), now());
    picture.take(Noted::Node(Event::Apply(node(11, "Unknown", 8))), now());
    let lost = seen(&picture);
    assert_eq!((lost.stage, lost.reason), (PodStage::Unready, Some(InstanceReason::NodeLost)));
    assert_eq!(lost.node_lost_at, "2026-11-01T11:00:00Z".parse().ok());
    picture.take(Noted::Node(Event::Apply(node(12, "True", 8))), now());
    assert_eq!((seen(&picture).stage, seen(&picture).node_lost_at), (PodStage::Ready, None));
}

#[test]
fn a_node_that_was_taken_away_is_lost_too() {
    let mut picture = synced();
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, true))), now());
    let reports = picture.take(Noted::Node(Event::Delete(node(11, "True", 8))), now());
    assert!(reports.iter().any(|report| matches!(report, ClusterSeen::NodeGone { name } if name == "gpu-1")));
    assert_eq!(seen(&picture).reason, Some(InstanceReason::NodeLost));
}

#[test]
fn gpus_are_counted_for_us_and_for_others_until_a_pod_ends() {
    let mut picture = synced();
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, true))), now());
    picture.take(Noted::Other(Event::Apply(foreign("x", "Running"))), now());
    picture.take(Noted::Other(Event::Apply(foreign("y", "Succeeded"))), now());
    assert_eq!(gpus(&picture), (2, 1, 5));
    picture.take(Noted::Other(Event::Delete(foreign("x", "Running"))), now());
    picture.take(Noted::Pod(Event::Delete(pod("a", 12, false))), now());
    assert_eq!(gpus(&picture), (0, 0, 8));
}

#[test]
fn a_lost_gpu_is_told_only_of_a_pod_that_must_lack_it() {
    let mut picture = synced();
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, true))), now());
    picture.take(Noted::Node(Event::Apply(node(11, "True", 1))), now());
    assert_eq!(seen(&picture).reason, Some(InstanceReason::GpuLost));
    picture.take(Noted::Other(Event::Apply(foreign("x", "Running"))), now());
    picture.take(Noted::Node(Event::Apply(node(12, "True", 2))), now());
    assert!(!seen(&picture).gpu_lost);
    picture.take(Noted::Node(Event::Apply(node(13, "True", 0))), now());
    assert!(seen(&picture).gpu_lost);
}

#[test]
fn an_end_is_told_when_it_was_seen_and_not_when_it_was_missed() {
    let mut picture = synced();
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, true))), now());
    let reports = picture.take(Noted::Pod(Event::Delete(pod("a", 11, false))), now());
    assert!(matches!(&reports[0], ClusterSeen::PodGone(last) if last.uid == "a"));

    picture.take(Noted::Pod(Event::Apply(pod("b", 12, true))), now());
    picture.take(Noted::Pod(Event::Init), now());
    let reports = picture.take(Noted::Pod(Event::InitDone), now());
    assert!(matches!(&reports[..], [ClusterSeen::Snapshot { pods, .. }] if pods.is_empty()));
}

#[test]
fn a_pod_that_took_anothers_name_ends_it() {
    let mut picture = synced();
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, true))), now());
    let reports = picture.take(Noted::Pod(Event::Apply(pod("b", 12, true))), now());
    assert!(matches!(&reports[..], [ClusterSeen::PodGone(a), ClusterSeen::Pod(b)] if a.uid == "a" && b.uid == "b"));
}

#[test]
fn a_claim_is_told_when_it_changed_and_its_end_when_it_was_seen() {
    let mut picture = synced();
    let volume = VolumeId::from_uuid(Uuid::from_u128(1));
    let reports = picture.take(Noted::Claim(Event::Apply(claim("a", 10))), now());
    assert!(matches!(&reports[..], [ClusterSeen::Claim(a)] if a.uid == "a" && a.capacity_gb == 10), "{reports:?}");
    assert_eq!(picture.take(Noted::Claim(Event::Apply(claim("a", 11))), now()), []);
    assert_eq!(picture.highest_wish_seq(), 7);

    let reports = picture.take(Noted::Claim(Event::Apply(claim("b", 12))), now());
    assert!(matches!(&reports[..], [ClusterSeen::ClaimGone(a), ClusterSeen::Claim(b)] if a.uid == "a" && b.uid == "b"));
    let reports = picture.take(Noted::Claim(Event::Delete(claim("b", 13))), now());
    assert!(matches!(&reports[..], [ClusterSeen::ClaimGone(b)] if b.uid == "b"), "{reports:?}");
    assert_eq!(picture.claim_of(volume), None);

    picture.take(Noted::Claim(Event::Apply(claim("c", 14))), now());
    assert!(picture.claim_of(volume).is_some());
    picture.take(Noted::Claim(Event::Init), now());
    let reports = picture.take(Noted::Claim(Event::InitDone), now());
    assert!(matches!(&reports[..], [ClusterSeen::Snapshot { claims, .. }] if claims.is_empty()), "{reports:?}");
}

#[test]
fn the_clusters_last_word_is_the_latest_whenever_it_arrives() {
    let mut picture = synced();
    picture.take(Noted::Saying(Event::Apply(saying("Pulled", "2026-11-01T10:00:30Z"))), now());
    picture.take(Noted::Pod(Event::Apply(pod("a", 10, false))), now());
    picture.take(Noted::Saying(Event::Apply(saying("Pulling", "2026-11-01T10:00:10Z"))), now());
    let seen = seen(&picture);
    assert_eq!(seen.last_event.unwrap().message, "Pulled happened");
    assert_eq!(seen.pulling_at, "2026-11-01T10:00:10Z".parse().ok());
}

proptest! {
    #[test]
    fn the_end_is_the_same_in_any_order_and_any_number(places in prop::collection::vec(any::<u32>(), 14)) {
        let told = || vec![
            Noted::Pod(Event::Apply(pod("a", 10, false))),
            Noted::Pod(Event::Apply(pod("a", 11, true))),
            Noted::Node(Event::Apply(node(12, "Unknown", 8))),
            Noted::Node(Event::Apply(node(13, "True", 4))),
            Noted::Lease(Event::Apply(lease(14, "2026-11-01T11:30:00.000000Z"))),
            Noted::Saying(Event::Apply(saying("Pulling", "2026-11-01T10:00:10Z"))),
            Noted::Saying(Event::Apply(saying("Started", "2026-11-01T10:00:50Z"))),
        ];
        let end_of = |notes: Vec<Noted>| {
            let mut picture = synced();
            notes.into_iter().for_each(|noted| drop(picture.take(noted, now())));
            picture.snapshot(now())
        };
        let expected = end_of(told());
        let mut muddled: Vec<(u32, Noted)> = places.into_iter().zip(told().into_iter().chain(told())).collect();
        muddled.sort_by_key(|(place, _)| *place);
        prop_assert_eq!(end_of(muddled.into_iter().map(|(_, noted)| noted).collect()), expected);
    }

    #[test]
    fn the_reports_alone_redraw_the_picture(places in prop::collection::vec(0..6_usize, 1..30)) {
        let mut picture = synced();
        let mut pods: BTreeMap<String, PodSeen> = BTreeMap::new();
        for (version, place) in (20..).zip(places) {
            let noted = match place {
                0 => Noted::Pod(Event::Apply(pod("a", version, true))),
                1 => Noted::Pod(Event::Apply(pod("b", version, false))),
                2 => Noted::Pod(Event::Delete(pod("a", version, false))),
                3 => Noted::Pod(Event::Delete(pod("b", version, false))),
                4 => Noted::Node(Event::Apply(node(version, "Unknown", 8))),
                _ => Noted::Node(Event::Apply(node(version, "True", 8))),
            };
            for report in picture.take(noted, now()) {
                match report {
                    ClusterSeen::Pod(pod) => drop(pods.insert(pod.uid.clone(), *pod)),
                    ClusterSeen::PodGone(pod) => drop(pods.remove(&pod.uid)),
                    _ => {}
                }
            }
        }
        let mut told: Vec<PodSeen> = pods.into_values().collect();
        told.sort_by(|a, b| a.uid.cmp(&b.uid));
        prop_assert_eq!(told, picture.pods().cloned().collect::<Vec<_>>());
    }
}
