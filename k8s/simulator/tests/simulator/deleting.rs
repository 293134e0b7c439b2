//! Deleting: grace, preconditions, finalizers, claims in use, namespaces with their content.

use k8s_openapi::api::core::v1::{Namespace, PersistentVolumeClaim, Pod, Secret};
use kube::api::{Api, DeleteParams, Patch, PatchParams, Preconditions};
use serde_json::json;

use crate::house::{House, eventually, gpu_pod, h100, refusal};

#[tokio::test]
async fn a_running_pod_is_marked_first_and_gone_when_it_has_stopped() {
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    house.advance(60.0).await;
    house.pods().delete("one", &DeleteParams::default()).await.unwrap();
    let marked = house.pod("one").await;
    assert_eq!(marked["metadata"]["deletionGracePeriodSeconds"], 30);
    assert_eq!(marked["metadata"]["deletionTimestamp"], "2026-03-01T12:01:31Z");
    house.advance(2.0).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_none());
}

#[tokio::test]
async fn a_pod_without_node_and_a_pod_deleted_without_grace_are_gone_at_once() {
    let house = House::stepped().await;
    house.apply(&gpu_pod("waits", "nothing", 1)).await.unwrap();
    house.apply(&h100("runs")).await.unwrap();
    house.advance(60.0).await;
    house.pods().delete("waits", &DeleteParams::default()).await.unwrap();
    house.pods().delete("runs", &DeleteParams::default().grace_period(0)).await.unwrap();
    assert!(house.pods().list(&Default::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_wrong_uid_or_version_stops_a_deletion() {
    let house = House::quick().await;
    let pod = house.apply(&gpu_pod("one", "nothing", 1)).await.unwrap();
    let expect = |uid: Option<String>, version: Option<&str>| {
        let wanted = Preconditions { uid, resource_version: version.map(str::to_owned) };
        DeleteParams { preconditions: Some(wanted), ..DeleteParams::default() }
    };
    let uid = refusal(house.pods().delete("one", &expect(Some("other".to_owned()), None)).await);
    assert_eq!((uid.code, uid.reason.as_str()), (409, "Conflict"));
    assert!(uid.message.contains("the UID in the precondition (other) does not match"), "{}", uid.message);
    assert_eq!(refusal(house.pods().delete("one", &expect(None, Some("1"))).await).code, 409);
    house.pods().delete("one", &expect(pod.metadata.uid, None)).await.unwrap();
    assert!(house.pods().get_opt("one").await.unwrap().is_none());
}

#[tokio::test]
async fn a_finalizer_keeps_an_object_until_it_is_taken_away() {
    let house = House::quick().await;
    house.secret("keys").await;
    let secrets: Api<Secret> = house.api();
    let hold = |list: serde_json::Value| Patch::Merge(json!({"metadata": {"finalizers": list}}));
    secrets.patch("keys", &PatchParams::default(), &hold(json!(["tamuda.dev/hold"]))).await.unwrap();
    secrets.delete("keys", &DeleteParams::default()).await.unwrap();
    assert!(secrets.get("keys").await.unwrap().metadata.deletion_timestamp.is_some());
    secrets.patch("keys", &PatchParams::default(), &hold(json!(null))).await.unwrap();
    assert!(secrets.get_opt("keys").await.unwrap().is_none());
}

#[tokio::test]
async fn a_claim_in_use_outlives_its_deletion_until_the_pod_is_gone() {
    let house = House::quick().await;
    house.claim("disk").await;
    let mut pod = h100("one");
    pod["spec"]["volumes"] = json!([{"name": "disk", "persistentVolumeClaim": {"claimName": "disk"}}]);
    house.apply(&pod).await.unwrap();
    house.ready("one", "True").await;
    let claims: Api<PersistentVolumeClaim> = house.api();
    assert_eq!(claims.get("disk").await.unwrap().status.unwrap().phase.unwrap(), "Bound");
    claims.delete("disk", &DeleteParams::default()).await.unwrap();
    house.simulator.settle().await;
    assert!(claims.get("disk").await.unwrap().metadata.deletion_timestamp.is_some());
    house.pods().delete("one", &DeleteParams::default()).await.unwrap();
    eventually("the claim's end", async || claims.get_opt("disk").await.unwrap().is_none().then_some(())).await;
}

#[tokio::test]
async fn a_bound_claim_that_asks_for_more_gets_it_and_none_gets_smaller() {
    let house = House::quick().await;
    house.claim("disk").await;
    let claims: Api<PersistentVolumeClaim> = house.api();
    let has = async |size: &str| {
        let status = claims.get("disk").await.unwrap().status?;
        (status.phase.as_deref() == Some("Bound") && status.capacity?["storage"].0 == size).then_some(())
    };
    eventually("the claim's volume", async || has("10Gi").await).await;
    let asks = |size: &str| json!({"spec": {"resources": {"requests": {"storage": size}}}});
    let patch = async |size: &str| claims.patch("disk", &PatchParams::default(), &Patch::Merge(asks(size))).await;
    patch("20Gi").await.unwrap();
    eventually("the larger volume", async || has("20Gi").await).await;
    assert_eq!(refusal(patch("5Gi").await).code, 422);
}

#[tokio::test]
async fn a_claim_of_the_class_that_does_not_grow_is_refused_more_and_keeps_what_it_has() {
    let house = House::quick().await;
    let claims: Api<PersistentVolumeClaim> = house.api();
    let spec = json!({
        "storageClassName": "fixed", "accessModes": ["ReadWriteOncePod"],
        "resources": {"requests": {"storage": "10Gi"}},
    });
    let claim = serde_json::from_value(json!({"metadata": {"name": "disk"}, "spec": spec})).unwrap();
    claims.create(&Default::default(), &claim).await.unwrap();
    let asks = |size: &str| Patch::Merge(json!({"spec": {"resources": {"requests": {"storage": size}}}}));
    let status = refusal(claims.patch("disk", &PatchParams::default(), &asks("20Gi")).await);
    let sentence = "persistentvolumeclaims \"disk\" is forbidden: only dynamically provisioned pvc can be resized and \
                    the storageclass that provisions the pvc must support resize";
    assert_eq!((status.code, status.message.as_str()), (403, sentence));
    claims.patch("disk", &PatchParams::default(), &asks("10Gi")).await.unwrap();
}

#[tokio::test]
async fn a_namespace_takes_its_content_with_it_and_refuses_more() {
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    house.secret("keys").await;
    house.advance(60.0).await;
    let namespaces: Api<Namespace> = Api::all(house.client.clone());
    namespaces.delete(crate::house::TEAM, &DeleteParams::default()).await.unwrap();
    let late = refusal(house.apply(&h100("late")).await);
    assert_eq!(late.code, 403);
    assert!(late.message.contains("because it is being terminated"), "{}", late.message);
    house.advance(60.0).await;
    assert!(namespaces.get_opt(crate::house::TEAM).await.unwrap().is_none());
    assert!(Api::<Pod>::all(house.client.clone()).list(&Default::default()).await.unwrap().items.is_empty());
}
