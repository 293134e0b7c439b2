//! Reading: discovery, get, list with selectors and pages, logs.

use std::collections::BTreeSet;

use k8s_openapi::api::coordination::v1::Lease;
use k8s_openapi::api::core::v1::{Namespace, Node, Pod};
use k8s_simulator::{SimulatorConfig, hubs};
use kube::api::{Api, ListParams, LogParams};
use kube::discovery::Discovery;

use crate::house::{House, TEAM, gpu_pod, h100, refusal};

#[tokio::test]
async fn discovery_names_every_kind_the_portal_uses() {
    let house = House::quick().await;
    let found = Discovery::new(house.client.clone()).run().await.unwrap();
    let kinds: Vec<String> =
        found.groups().flat_map(|group| group.recommended_resources()).map(|(resource, _)| resource.kind).collect();
    for kind in [
        "Pod",
        "Node",
        "Namespace",
        "Lease",
        "ResourceQuota",
        "LimitRange",
        "Secret",
        "NetworkPolicy",
        "PersistentVolumeClaim",
    ] {
        assert!(kinds.iter().any(|found| found == kind), "{kind} is missing in {kinds:?}");
    }
}

#[tokio::test]
async fn nodes_carry_the_labels_and_resources_of_their_gpus() {
    let house = House::quick().await;
    let nodes = house
        .nodes()
        .list(&ListParams::default().labels("nvidia.com/gpu.product=NVIDIA-A100-SXM4-80GB"))
        .await
        .unwrap()
        .items;
    let [node] = nodes.as_slice() else { panic!("one A100 node expected") };
    let labels = node.metadata.labels.clone().unwrap();
    let allocatable = node.status.clone().unwrap().allocatable.unwrap();
    assert_eq!(labels["nvidia.com/mig.strategy"], "mixed");
    assert_eq!(labels["nvidia.com/mig-1g.10gb.count"], "14");
    assert_eq!(labels["tamuda.dev/simulated"], "true");
    assert_eq!(allocatable["nvidia.com/mig-1g.10gb"].0, "14");
    assert_eq!(allocatable["nvidia.com/gpu"].0, "4");
    let lease = Api::<Lease>::namespaced(house.client.clone(), "kube-node-lease").get("tet-a100-01").await.unwrap();
    assert!(lease.spec.unwrap().renew_time.is_some());
}

#[tokio::test]
async fn lists_choose_by_label_and_field_and_say_no_to_unknown_fields() {
    let house = House::quick().await;
    house.apply(&h100("one")).await.unwrap();
    house.apply(&h100("two")).await.unwrap();
    let node = house.ready("one", "True").await["spec"]["nodeName"].as_str().unwrap().to_owned();
    let by_label = house.pods().list(&ListParams::default().labels("who=two")).await.unwrap();
    assert_eq!(by_label.items.len(), 1);
    let by_node = house
        .pods()
        .list(&ListParams::default().fields(&format!("spec.nodeName={node},metadata.name=one")))
        .await
        .unwrap();
    assert_eq!(by_node.items.len(), 1);
    let unknown = house.pods().list(&ListParams::default().fields("spec.colour=red")).await;
    assert_eq!(refusal(unknown).code, 400);
}

#[tokio::test]
async fn pages_of_a_list_show_one_moment_and_expire_at_compaction() {
    let house = House::quick().await;
    for name in ["a", "b", "c"] {
        house.apply(&gpu_pod(name, "nothing", 1)).await.unwrap();
    }
    let first = house.pods().list(&ListParams::default().limit(1)).await.unwrap();
    house.pods().delete("c", &Default::default()).await.unwrap();
    let token = first.metadata.continue_.clone().unwrap();
    let rest = house.pods().list(&ListParams::default().limit(5).continue_token(&token)).await.unwrap();
    let names: Vec<_> = rest.items.iter().map(|pod| pod.metadata.name.clone().unwrap()).collect();
    assert_eq!(names, ["b", "c"]);
    assert_eq!(rest.metadata.resource_version, first.metadata.resource_version);
    house.simulator.compact();
    let late = house.pods().list(&ListParams::default().continue_token(&token)).await;
    assert_eq!(refusal(late).code, 410);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_what_is_not_simulated_501() {
    let house = House::quick().await;
    let pod = refusal(house.pods().get("nobody").await);
    assert_eq!((pod.code, pod.reason.as_str(), pod.message.as_str()), (404, "NotFound", "pods \"nobody\" not found"));
    let pods: Api<k8s_openapi::api::core::v1::ConfigMap> = house.api();
    assert_eq!(refusal(pods.get("x").await).code, 501);
    let namespace = Api::<Namespace>::all(house.client.clone()).get(TEAM).await.unwrap();
    assert_eq!(namespace.status.unwrap().phase.unwrap(), "Active");
}

#[tokio::test]
async fn metadata_alone_can_be_read() {
    let house = House::quick().await;
    let nodes = Api::<Node>::all(house.client.clone()).list_metadata(&ListParams::default()).await.unwrap();
    assert_eq!(nodes.items.len(), 6);
}

#[tokio::test]
async fn a_log_begins_with_the_truth_and_gives_its_tail() {
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    let waiting = refusal(house.pods().logs("one", &LogParams::default()).await);
    assert_eq!(waiting.code, 400);
    house.advance(600.0).await;
    let log = house.pods().logs("one", &LogParams::default()).await.unwrap();
    assert!(log.starts_with("[simulated]"), "{log}");
    let tail = house
        .pods()
        .logs("one", &LogParams { tail_lines: Some(2), timestamps: true, ..LogParams::default() })
        .await
        .unwrap();
    assert_eq!(tail.lines().count(), 2);
    assert!(tail.starts_with("2026-03-01T12:"), "{tail}");
    assert!(tail.contains("autosave"), "{tail}");
    let since = LogParams { since_seconds: Some(61), ..LogParams::default() };
    assert_eq!(house.pods().logs("one", &since).await.unwrap().lines().count(), 1);
}

#[tokio::test]
async fn a_followed_log_goes_on_and_ends_with_the_pod() {
    use futures_util::{AsyncBufReadExt, TryStreamExt};
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    house.advance(60.0).await;
    let follow = LogParams { follow: true, tail_lines: Some(1), ..LogParams::default() };
    let mut lines = house.pods().log_stream("one", &follow).await.unwrap().lines();
    lines.try_next().await.unwrap().unwrap();
    house.advance(60.0).await;
    let next = lines.try_next().await.unwrap().unwrap();
    assert!(next.contains("autosave"), "{next}");
    Api::<Pod>::delete(&house.pods(), "one", &Default::default()).await.unwrap();
    house.advance(60.0).await;
    while lines.try_next().await.unwrap().is_some() {}
}

#[tokio::test]
async fn requests_are_counted_by_verb_the_refused_ones_too() {
    let house = House::quick().await;
    let counted = async || {
        let request = axum::http::Request::get("/simulator/requests").body(Vec::new()).unwrap();
        serde_json::from_str::<serde_json::Value>(&house.client.request_text(request).await.unwrap()).unwrap()
    };
    let before = counted().await;
    house.apply(&h100("counted")).await.unwrap();
    house.pods().get("counted").await.unwrap();
    house.pods().get("nobody").await.unwrap_err();
    let after = counted().await;
    let more = |verb: &str| after[verb].as_u64().unwrap_or(0) - before[verb].as_u64().unwrap_or(0);
    assert_eq!((more("patch"), more("get"), more("create")), (1, 2, 0), "{before} {after}");
}

#[tokio::test]
async fn halls_side_by_side_have_nodes_of_their_own() {
    let config = SimulatorConfig { nodes: hubs(3), ..SimulatorConfig::quick() };
    let house = House::new(config).await;
    let nodes = house.nodes().list(&ListParams::default()).await.unwrap().items;
    let names: BTreeSet<_> = nodes.iter().filter_map(|node| node.metadata.name.clone()).collect();
    assert_eq!(names.len(), 18);
    assert!(names.contains("tet-h200-01") && names.contains("tet3-l40s-01"), "{names:?}");
}
