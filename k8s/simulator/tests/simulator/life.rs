//! A pod's life on a clock that a test moves: every phase at its second, every status as a kubelet writes it.

use serde_json::{Value, json};

use crate::house::{House, condition, h100};

fn waiting(pod: &Value) -> &Value {
    &pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"]
}

#[tokio::test]
async fn nothing_happens_while_the_clock_stands() {
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    house.simulator.settle().await;
    let pod = house.pod("one").await;
    assert_eq!(pod["status"]["phase"], "Pending");
    assert!(pod["spec"]["nodeName"].is_null());
}

#[tokio::test]
async fn a_pod_is_bound_pulled_started_and_ready_at_its_times() {
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    house.advance(1.0).await;
    let pod = house.pod("one").await;
    assert_eq!((&pod["status"]["phase"], waiting(&pod)), (&json!("Pending"), &json!("ContainerCreating")));
    assert_eq!(pod["status"]["startTime"], "2026-03-01T12:00:01Z");
    assert_eq!(condition(&pod, "Ready")["reason"], "ContainersNotReady");
    house.advance(6.0).await;
    assert_eq!(waiting(&house.pod("one").await), "ContainerCreating");
    house.advance(14.0).await;
    let pod = house.pod("one").await;
    let container = &pod["status"]["containerStatuses"][0];
    assert_eq!(pod["status"]["phase"], "Running");
    assert_eq!(condition(&pod, "Ready")["status"], "True");
    assert_eq!(
        (&container["started"], &container["ready"], &container["restartCount"]),
        (&json!(true), &json!(true), &json!(0))
    );
    assert!(container["containerID"].as_str().unwrap().starts_with("containerd://"));
    assert_eq!(pod["status"]["qosClass"], "Guaranteed");
    let ready_at = condition(&pod, "Ready")["lastTransitionTime"].as_str().unwrap().to_owned();
    assert!(ready_at.as_str() > "2026-03-01T12:00:12Z" && ready_at.as_str() < "2026-03-01T12:00:22Z", "{ready_at}");
}

#[tokio::test]
async fn the_events_tell_the_story_in_kubernetes_words() {
    let house = House::stepped().await;
    house.apply(&h100("one")).await.unwrap();
    house.advance(60.0).await;
    let said = house.said_of("one").await;
    let reasons: Vec<&str> = said.iter().map(|(reason, _)| reason.as_str()).collect();
    assert_eq!(reasons, ["Scheduled", "Pulling", "Pulled", "Created", "Started"]);
    assert!(said[0].1.starts_with("Successfully assigned team/one to tet-h100-0"), "{}", said[0].1);
    assert_eq!(said[1].1, "Pulling image \"quay.io/jupyter/pytorch-notebook:cuda12\"");
    assert!(said[2].1.starts_with("Successfully pulled image"), "{}", said[2].1);
}

#[tokio::test]
async fn an_image_that_is_on_the_node_is_not_pulled_again() {
    let house = House::stepped().await;
    let mut pod = h100("one");
    pod["spec"]["nodeSelector"] = json!({"kubernetes.io/hostname": "tet-h100-01"});
    house.apply(&pod).await.unwrap();
    house.advance(60.0).await;
    pod["metadata"]["name"] = "two".into();
    house.apply(&pod).await.unwrap();
    house.advance(6.0).await;
    assert_eq!(condition(&house.pod("two").await, "Ready")["status"], "True");
    let said = house.said_of("two").await;
    assert!(
        said.iter().any(|(_, message)| message.ends_with("already present on machine and can be accessed by the pod")),
        "{said:?}"
    );
}

#[tokio::test]
async fn a_container_with_a_missing_secret_waits_for_it() {
    let house = House::stepped().await;
    let mut pod = h100("one");
    pod["spec"]["containers"][0]["envFrom"] = json!([{"secretRef": {"name": "keys"}}]);
    house.apply(&pod).await.unwrap();
    house.advance(60.0).await;
    assert_eq!(waiting(&house.pod("one").await), "CreateContainerConfigError");
    house.secret("keys").await;
    house.advance(60.0).await;
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "True");
}

#[tokio::test]
async fn a_readiness_probe_delays_ready_after_running() {
    let house = House::stepped().await;
    let mut pod = h100("one");
    pod["spec"]["containers"][0]["readinessProbe"] = json!({"httpGet": {"path": "/", "port": 8888}});
    house.apply(&pod).await.unwrap();
    house.advance(60.0).await;
    let pod = house.pod("one").await;
    let started = pod["status"]["containerStatuses"][0]["state"]["running"]["startedAt"].as_str().unwrap();
    assert!(condition(&pod, "Ready")["lastTransitionTime"].as_str().unwrap() > started);
}

#[tokio::test]
async fn a_pod_past_its_deadline_fails() {
    let house = House::stepped().await;
    let mut pod = h100("one");
    pod["spec"]["activeDeadlineSeconds"] = 120.into();
    house.apply(&pod).await.unwrap();
    house.advance(100.0).await;
    assert_eq!(house.pod("one").await["status"]["phase"], "Running");
    house.advance(30.0).await;
    let pod = house.pod("one").await;
    assert_eq!((&pod["status"]["phase"], &pod["status"]["reason"]), (&json!("Failed"), &json!("DeadlineExceeded")));
}

#[tokio::test]
async fn a_nodes_lease_moves_every_ten_seconds() {
    let house = House::stepped().await;
    let leases: kube::Api<k8s_openapi::api::coordination::v1::Lease> =
        kube::Api::namespaced(house.client.clone(), "kube-node-lease");
    let renewed = async || leases.get("tet-h200-01").await.unwrap().spec.unwrap().renew_time.unwrap().0;
    let before = renewed().await;
    house.advance(10.0).await;
    assert_eq!(renewed().await.duration_since(before).as_secs(), 10);
}
