//! From a volume's wish to its claim and back.

use std::time::{Duration, Instant};

use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use kube::Api;
use types::{ClaimSeen, NamespaceWish, OrganisationId, VolumeId, VolumeWish, WishOutcome};

use crate::{
    peer::{PATIENCE, peer},
    world::{Portal, eventually, instance, namespace, organisation, permit},
};

pub(crate) fn wish(organisation: OrganisationId, volume: VolumeId, size_gb: i64, wish_seq: i64) -> VolumeWish {
    let name = "data".to_owned();
    VolumeWish { organisation, volume, name, size_gb, wish_seq, is_gone: false, uid: None }
}

/// Takes the wish a step towards what is seen of it; a namespace that is new needs a moment.
pub(crate) async fn step(portal: &Portal, quota: &NamespaceWish, wish: &VolumeWish) {
    let began = Instant::now();
    loop {
        let seen = portal.observed.claim_of(wish.volume);
        let outcome = portal.cluster.reconcile_volume(&permit(), quota, wish, (seen.as_ref(), false)).await.unwrap();
        if outcome == WishOutcome::Done {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{outcome:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub(crate) async fn until(portal: &Portal, volume: VolumeId, wanted: impl Fn(&ClaimSeen) -> bool) -> ClaimSeen {
    let what = || format!("{:?}", portal.observed.claim_of(volume));
    eventually(|| portal.observed.claim_of(volume).filter(&wanted), what).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_is_made_once_belongs_to_nobody_and_goes_when_nothing_of_it_is_wished() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let volume = VolumeId::from_uuid(instance.uuid());
    let (quota, kept) = (namespace(organisation, 1), wish(organisation, volume, 10, 1));
    step(&portal, &quota, &kept).await;
    let seen = until(&portal, volume, |claim| claim.wanted_gb == 10).await;
    let claims: Api<PersistentVolumeClaim> =
        Api::namespaced(peer.client(), &format!("tm-{}", organisation.characters()));
    let name = format!("vo-{}", volume.characters());
    assert_eq!(claims.get(&name).await.unwrap().metadata.owner_references, None);
    // Wishing it again changes nothing.
    step(&portal, &quota, &VolumeWish { uid: Some(seen.uid.clone()), ..kept.clone() }).await;
    assert_eq!(until(&portal, volume, |_| true).await.uid, seen.uid);
    let gone = VolumeWish { is_gone: true, wish_seq: 2, uid: Some(seen.uid), ..kept };
    step(&portal, &quota, &gone).await;
    let what = || format!("{:?}", portal.observed.claim_of(volume));
    eventually(|| portal.observed.claim_of(volume).is_none().then_some(()), what).await;
}
