//! From a volume's wish to its claim and back.

use std::time::{Duration, Instant};

use k8s_openapi::api::core::v1::PersistentVolumeClaim;
use kube::{Api, api::PostParams};
use serde_json::json;
use types::{ClaimPhase, ClaimSeen, InstanceReason, NamespaceWish, OrganisationId, VolumeId, VolumeWish, WishOutcome};

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

/// The claim of a volume as the portal makes it, but of the class that does not grow.
fn fixed(portal: &Portal, organisation: OrganisationId, volume: VolumeId) -> PersistentVolumeClaim {
    let claim = json!({
        "metadata": {
            "name": format!("vo-{}", volume.characters()),
            "annotations": { "tamuda.dev/wish-seq": "1" },
            "labels": {
                "app.kubernetes.io/managed-by": "tamuda",
                "tamuda.dev/installation": portal.cluster.installation().as_str(),
                "tamuda.dev/organisation": organisation.characters(),
                "tamuda.dev/volume": volume.characters(),
            },
        },
        "spec": {
            "storageClassName": "fixed",
            "accessModes": ["ReadWriteOncePod"],
            "resources": { "requests": { "storage": "10Gi" } },
        },
    });
    serde_json::from_value(claim).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn storage_that_does_not_grow_stays_as_it_is_and_says_why() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let organisation = organisation();
    let [first, second] = [instance(), instance()].map(|instance| VolumeId::from_uuid(instance.uuid()));
    let quota = namespace(organisation, 1);
    // A new namespace refuses claims until its quota is counted; this one is no longer new.
    step(&portal, &quota, &wish(organisation, first, 1, 1)).await;
    peer.offer_fixed_storage();
    let claims: Api<PersistentVolumeClaim> =
        Api::namespaced(peer.client(), &format!("tm-{}", organisation.characters()));
    claims.create(&PostParams::default(), &fixed(&portal, organisation, second)).await.unwrap();
    let bound = until(&portal, second, |claim| claim.phase == ClaimPhase::Bound).await;
    let grown = VolumeWish { uid: Some(bound.uid.clone()), ..wish(organisation, second, 20, 2) };
    let outcome = portal.cluster.reconcile_volume(&permit(), &quota, &grown, (Some(&bound), false)).await.unwrap();
    let why = "the storageclass that provisions the pvc must support resize";
    let refused = InstanceReason::StorageRefused;
    let told = |outcome: &WishOutcome| match outcome {
        WishOutcome::Waits { reason, message } => *reason == refused && message.contains(why),
        WishOutcome::Done | WishOutcome::Refused { .. } => false,
    };
    assert!(told(&outcome), "{outcome:?}");
    let kept = claims.get(&format!("vo-{}", second.characters())).await.unwrap();
    assert_eq!(kept.spec.unwrap().resources.unwrap().requests.unwrap()["storage"].0, "10Gi");
}
