//! What a pod mounts: of the simulator alone, since no class of storage stands behind the real control plane's claims.

use types::{ClaimPhase, MountWish, PodWish, VolumeId, VolumeWish};

use crate::{
    peer::peer,
    volumes::{step, until, wish},
    world::{Portal, instance, namespace, organisation, pod, running},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pod_mounts_a_bound_claim_which_grows_under_it_and_is_protected_by_it() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let volume = VolumeId::from_uuid(instance.uuid());
    let (quota, kept) = (namespace(organisation, 1), wish(organisation, volume, 10, 1));
    step(&portal, &quota, &kept).await;
    let mounts = vec![MountWish { volume, name: "data".to_owned() }];
    portal.wish(&quota, &running(PodWish { mounts, ..pod(organisation, instance, 1, 1) }));
    portal.until_ready(instance, 1).await;
    let bound = until(&portal, volume, |claim| claim.phase == ClaimPhase::Bound).await;
    assert_eq!(bound.capacity_gb, 10);
    let grown = VolumeWish { size_gb: 20, wish_seq: 2, uid: Some(bound.uid.clone()), ..kept };
    step(&portal, &quota, &grown).await;
    until(&portal, volume, |claim| claim.capacity_gb == 20).await;
    let gone = VolumeWish { is_gone: true, wish_seq: 3, ..grown };
    step(&portal, &quota, &gone).await;
    let ending = until(&portal, volume, |claim| claim.is_ending).await;
    assert_eq!((ending.uid, ending.phase), (bound.uid, ClaimPhase::Bound));
}
