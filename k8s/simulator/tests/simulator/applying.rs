//! Writing: server-side apply, create, patch, and what is refused.

use k8s_openapi::api::{
    core::v1::{Namespace, Pod, Secret},
    networking::v1::NetworkPolicy,
};
use kube::api::{Api, Patch, PatchParams, PostParams};
use serde_json::json;

use crate::house::{House, gpu_pod, h100, refusal};

#[tokio::test]
async fn applying_the_same_again_changes_nothing() {
    let house = House::quick().await;
    house.apply(&h100("one")).await.unwrap();
    let before = house.ready("one", "True").await;
    let again = house.apply(&h100("one")).await.unwrap();
    assert_eq!(again.metadata.resource_version.unwrap(), before["metadata"]["resourceVersion"]);
    assert_eq!(house.pod("one").await, before);
}

#[tokio::test]
async fn apply_takes_away_what_it_named_before_and_leaves_what_others_wrote() {
    let house = House::quick().await;
    let mut pod = gpu_pod("one", "nothing", 1);
    pod["metadata"]["annotations"] = json!({"tamuda.dev/wish-seq": "7", "tamuda.dev/note": "x"});
    house.apply(&pod).await.unwrap();
    let by_hand = json!({"metadata": {"labels": {"hand": "made"}}});
    house.pods().patch("one", &PatchParams::default(), &Patch::Merge(by_hand)).await.unwrap();
    pod["metadata"]["annotations"] = json!({"tamuda.dev/wish-seq": "8"});
    let after = house.apply(&pod).await.unwrap();
    let annotations = after.metadata.annotations.unwrap();
    assert_eq!(annotations.len(), 1);
    assert_eq!(annotations["tamuda.dev/wish-seq"], "8");
    assert_eq!(after.metadata.labels.unwrap()["hand"], "made");
}

#[tokio::test]
async fn another_manager_needs_force_for_a_field_that_is_held() {
    let house = House::quick().await;
    house.apply(&gpu_pod("one", "nothing", 1)).await.unwrap();
    let theirs = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"who": "me"}}});
    let refused = house.pods().patch("one", &PatchParams::apply("other"), &Patch::Apply(&theirs)).await;
    assert_eq!(refusal(refused).code, 409);
    let forced = house.pods().patch("one", &PatchParams::apply("other").force(), &Patch::Apply(&theirs)).await.unwrap();
    assert_eq!(forced.metadata.labels.unwrap()["who"], "me");
}

#[tokio::test]
async fn a_pods_spec_cannot_change() {
    let house = House::quick().await;
    house.apply(&gpu_pod("one", "nothing", 1)).await.unwrap();
    let status = refusal(house.apply(&gpu_pod("one", "nothing", 2)).await);
    assert_eq!((status.code, status.reason.as_str()), (422, "Invalid"));
    assert!(
        status.message.starts_with("Pod \"one\" is invalid: spec: Forbidden: pod updates may not change fields"),
        "{}",
        status.message
    );
}

#[tokio::test]
async fn bad_names_missing_namespaces_and_twins_are_refused_as_kubernetes_does() {
    let house = House::quick().await;
    let name = refusal(house.apply(&h100("Not_A_Name")).await);
    assert_eq!(name.code, 422);
    let typed: Pod = serde_json::from_value(h100("one")).unwrap();
    let elsewhere: Api<Pod> = Api::namespaced(house.client.clone(), "nowhere");
    let nowhere = refusal(elsewhere.create(&PostParams::default(), &typed).await);
    assert_eq!((nowhere.code, nowhere.message.as_str()), (404, "namespaces \"nowhere\" not found"));
    house.pods().create(&PostParams::default(), &typed).await.unwrap();
    let twin = refusal(house.pods().create(&PostParams::default(), &typed).await);
    assert_eq!((twin.code, twin.reason.as_str()), (409, "AlreadyExists"));
}

#[tokio::test]
async fn a_pod_without_limit_for_its_gpu_is_invalid() {
    let house = House::quick().await;
    let mut pod = h100("one");
    pod["spec"]["containers"][0]["resources"]["limits"] = json!({});
    let status = refusal(house.apply(&pod).await);
    assert_eq!(status.code, 422);
    assert!(status.message.contains("Limit must be set for non overcommitable resources"), "{}", status.message);
}

#[tokio::test]
async fn a_new_namespace_refuses_pods_until_its_service_account_exists() {
    let house = House::stepped().await;
    house.namespace("fresh").await;
    let pods: Api<Pod> = Api::namespaced(house.client.clone(), "fresh");
    let typed: Pod = serde_json::from_value(h100("one")).unwrap();
    let early = refusal(pods.create(&PostParams::default(), &typed).await);
    assert_eq!(early.code, 403);
    assert!(early.message.contains("error looking up service account fresh/default"), "{}", early.message);
    house.advance(1.0).await;
    pods.create(&PostParams::default(), &typed).await.unwrap();
}

#[tokio::test]
async fn a_stale_resource_version_is_a_conflict() {
    let house = House::quick().await;
    let secret = house.secret("keys").await;
    let relabel = |label: &str| {
        let mut secret = secret.clone();
        secret.metadata.labels = Some([("a".to_owned(), label.to_owned())].into());
        secret
    };
    let secrets: Api<Secret> = house.api();
    secrets.replace("keys", &PostParams::default(), &relabel("1")).await.unwrap();
    let stale = refusal(secrets.replace("keys", &PostParams::default(), &relabel("2")).await);
    assert_eq!((stale.code, stale.reason.as_str()), (409, "Conflict"));
    assert_eq!(secrets.get("keys").await.unwrap().data.unwrap()["key"].0, b"value");
}

#[tokio::test]
async fn dry_runs_and_unknown_pod_features_are_answered_501() {
    let house = House::quick().await;
    let namespace: Namespace = serde_json::from_value(json!({"metadata": {"name": "dry"}})).unwrap();
    let dry = Api::<Namespace>::all(house.client.clone())
        .create(&PostParams { dry_run: true, ..PostParams::default() }, &namespace)
        .await;
    assert_eq!(refusal(dry).code, 501);
    let mut pod = h100("one");
    pod["spec"]["initContainers"] = json!([{"name": "first", "image": "busybox:1"}]);
    assert_eq!(refusal(house.apply(&pod).await).code, 501);
}

#[tokio::test]
async fn a_range_that_kubernetes_cannot_read_or_that_is_not_inside_the_whole_is_refused() {
    let house = House::quick().await;
    let policies = house.api::<NetworkPolicy>();
    let apply = async |cidr: &str, except: &str| {
        let block = json!({"cidr": cidr, "except": [except]});
        let policy = json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "out"},
            "spec": {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"to": [{"ipBlock": block}]}]}});
        policies.patch("out", &PatchParams::apply("test"), &Patch::Apply(&policy)).await
    };
    apply("::/0", "fe80::/10").await.unwrap();
    apply("0.0.0.0/0", "10.0.0.0/8").await.unwrap();
    for (cidr, except, why) in [
        ("::/0", "::ffff:0:0/96", "must not have an IPv4-mapped IPv6 address"),
        ("::/0", "10.0.0.0/8", "must be a strict subset of `cidr`"),
        ("10.0.0.0/8", "11.0.0.0/16", "must be a strict subset of `cidr`"),
        ("10.0.0.0/8", "10.0.0.1/16", "must not have bits set beyond the prefix length"),
        ("10.0.0.0/8", "10.0.0.0", "must be a valid CIDR value"),
    ] {
        let kube::core::Status { code, message, .. } = refusal(apply(cidr, except).await);
        assert!(code == 422 && message.contains(why), "{except}: {code} {message}");
        assert!(message.starts_with("NetworkPolicy.networking.k8s.io \"out\" is invalid"), "{message}");
    }
}
