//! What a pod mounts: of the simulator alone, since no class of storage stands behind the real control plane's claims.

use types::{ClaimPhase, InstanceReason, MountWish, PodStage, PodWish, VolumeId, VolumeWish, Wish, WishOutcome};

use crate::{
    peer::peer,
    volumes::{step, until, wish},
    world::{Portal, eventually, instance, namespace, organisation, pod, running, without_pod},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_grows_under_its_pod_outlives_it_and_is_protected_by_the_next() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let volume = VolumeId::from_uuid(instance.uuid());
    let (quota, kept) = (namespace(organisation, 1), wish(organisation, volume, 10, 1));
    step(&portal, &quota, &kept).await;
    let mounts = vec![MountWish { volume, name: "data".to_owned() }];
    let start = |attempt, seq| running(PodWish { mounts: mounts.clone(), ..pod(organisation, instance, attempt, seq) });
    portal.wish(&quota, &start(1, 1));
    portal.until_ready(instance, 1).await;
    let bound = until(&portal, volume, |claim| claim.phase == ClaimPhase::Bound).await;
    assert_eq!(bound.capacity_gb, 10);
    let grown = VolumeWish { size_gb: 20, wish_seq: 2, uid: Some(bound.uid.clone()), ..kept };
    step(&portal, &quota, &grown).await;
    until(&portal, volume, |claim| claim.capacity_gb == 20).await;
    portal.wish(&quota, &without_pod(Wish::Stopped, &start(1, 1), 3));
    portal.until_gone(instance).await;
    portal.wish(&quota, &start(2, 4));
    portal.until_ready(instance, 2).await;
    let gone = VolumeWish { is_gone: true, wish_seq: 5, ..grown };
    step(&portal, &quota, &gone).await;
    let ending = until(&portal, volume, |claim| claim.is_ending).await;
    assert_eq!((ending.uid, ending.phase), (bound.uid, ClaimPhase::Bound));
    portal.wish(&quota, &without_pod(Wish::Stopped, &start(2, 4), 6));
    let what = || format!("{:?}", portal.observed.claim_of(volume));
    eventually(|| portal.observed.claim_of(volume).is_none().then_some(()), what).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_lost_node_the_next_attempt_waits_until_the_kubelet_confirms_the_end_or_the_node_is_taken_away() {
    for comes_back in [true, false] {
        let peer = peer().await;
        let portal = Portal::start(&peer.cluster("dev")).await;
        let (organisation, instance) = (organisation(), instance());
        let volume = VolumeId::from_uuid(instance.uuid());
        let quota = namespace(organisation, 2);
        step(&portal, &quota, &wish(organisation, volume, 10, 1)).await;
        let mounts = vec![MountWish { volume, name: "data".to_owned() }];
        let start =
            |attempt, seq| running(PodWish { mounts: mounts.clone(), ..pod(organisation, instance, attempt, seq) });
        portal.wish(&quota, &start(1, 1));
        let old = portal.until_ready(instance, 1).await;
        let node = old.node.clone().unwrap();
        peer.lose_node(&node);
        portal.until(instance, |pod| pod.reason == Some(InstanceReason::NodeLost)).await;
        portal.wish(&quota, &start(2, 2));
        let held = || match portal.outcome(instance) {
            Some(WishOutcome::Waits { reason: InstanceReason::VolumeHeld, message }) => Some(message),
            _ => None,
        };
        let told = eventually(held, || format!("{:?}", portal.outcome(instance))).await;
        assert!(told.contains(&old.name) && told.contains(&node), "{told}");
        // It was asked to end, and is alone.
        let ending = portal.until(instance, |pod| pod.stage == PodStage::Terminating).await;
        assert_eq!(ending.uid, old.uid);
        if comes_back {
            peer.return_node(&node)
        } else {
            peer.take_node(&node).await
        }
        let next = portal.until_ready(instance, 2).await;
        assert!(comes_back || next.node != Some(node), "{next:?}");
    }
}
