//! What a pod mounts: of the simulator alone, since no class of storage stands behind the real control plane's claims.

use types::{ClaimPhase, MountWish, PodWish, VolumeId, VolumeWish, Wish};

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
