//! Faults: each of them switched on, seen, and gone again.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare has failed")]

use std::time::Duration;

use k8s_simulator::{Fault, FaultKind, PodTarget, RequestTarget};
use kube::api::{Api, DeleteParams, ListParams, PostParams};
use serde_json::{Value, json};

use crate::house::{House, condition, gpu_pod, h100, noon, refusal};

async fn running(house: &House) -> String {
    house.apply(&h100("one")).await.unwrap();
    house.advance(60.0).await;
    let pod = house.pod("one").await;
    assert_eq!(condition(&pod, "Ready")["status"], "True");
    pod["spec"]["nodeName"].as_str().unwrap().to_owned()
}

fn one() -> PodTarget {
    PodTarget { name: Some("one".to_owned()), ..PodTarget::default() }
}

fn creating() -> RequestTarget {
    RequestTarget { verb: Some("patch".to_owned()), resource: Some("pods".to_owned()), ..RequestTarget::default() }
}

async fn node(house: &House, name: &str) -> Value {
    serde_json::to_value(house.nodes().get(name).await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_lost_node_is_unknown_after_the_grace_and_its_pods_unready_until_it_is_back() {
    let house = House::stepped().await;
    let name = running(&house).await;
    let fault = house.simulator.inject(Fault::new(FaultKind::NodeLost { node: name.clone() }));
    house.advance(40.0).await;
    assert_eq!(condition(&node(&house, &name).await, "Ready")["status"], "True");
    house.advance(30.0).await;
    let lost = node(&house, &name).await;
    assert_eq!(condition(&lost, "Ready")["status"], "Unknown");
    let taints = lost["spec"]["taints"].as_array().unwrap();
    assert!(
        taints.iter().any(|taint| taint["key"] == "node.kubernetes.io/unreachable" && taint["effect"] == "NoExecute")
    );
    let pod = house.pod("one").await;
    assert_eq!(condition(&pod, "Ready")["status"], "False");
    assert_eq!(pod["status"]["containerStatuses"][0]["ready"], true);
    house.pods().delete("one", &DeleteParams::default()).await.unwrap();
    house.advance(300.0).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_some(), "no kubelet confirms the end");
    house.simulator.clear(&fault);
    house.advance(20.0).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_none());
    let back = node(&house, &name).await;
    assert_eq!(condition(&back, "Ready")["status"], "True");
    assert_eq!(back["spec"]["taints"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_pod_on_a_node_that_returns_is_ready_again_without_a_restart() {
    let house = House::stepped().await;
    let name = running(&house).await;
    let fault = house.simulator.inject(Fault::new(FaultKind::NodeLost { node: name }));
    house.advance(120.0).await;
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "False");
    house.simulator.clear(&fault);
    house.advance(20.0).await;
    let pod = house.pod("one").await;
    assert_eq!(condition(&pod, "Ready")["status"], "True");
    assert_eq!(pod["status"]["containerStatuses"][0]["restartCount"], 0);
}

#[tokio::test]
async fn the_pods_of_a_node_that_was_deleted_end_after_a_while_and_a_node_that_is_back_keeps_them() {
    let house = House::stepped().await;
    let name = running(&house).await;
    let registered = k8s_simulator::nodes().into_iter().find(|node| node["metadata"]["name"] == *name).unwrap();
    let registered = serde_json::from_value(registered).unwrap();
    house.nodes().delete(&name, &DeleteParams::default()).await.unwrap();
    house.advance(30.0).await;
    house.nodes().create(&PostParams::default(), &registered).await.unwrap();
    house.advance(120.0).await;
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "True");
    house.nodes().delete(&name, &DeleteParams::default()).await.unwrap();
    house.advance(45.0).await;
    assert_eq!(house.pod("one").await["status"]["phase"], "Running");
    house.advance(15.0).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_none());
}

#[tokio::test]
async fn a_node_that_is_not_ready_says_so_and_so_do_its_pods() {
    let house = House::stepped().await;
    let name = running(&house).await;
    let fault = house.simulator.inject(Fault::new(FaultKind::NodeNotReady { node: name.clone() }));
    house.advance(1.0).await;
    assert_eq!(condition(&node(&house, &name).await, "Ready")["status"], "False");
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "False");
    house.simulator.clear(&fault);
    house.advance(1.0).await;
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "True");
}

#[tokio::test]
async fn a_lost_gpu_leaves_the_nodes_allocatable_and_ends_its_pods_container() {
    let house = House::stepped().await;
    let name = running(&house).await;
    let kind = FaultKind::GpuLost { node: name.clone(), n_gpus: 1, pod: Some("team/one".to_owned()) };
    let fault = house.simulator.inject(Fault::new(kind));
    house.advance(30.0).await;
    let sick = node(&house, &name).await;
    assert_eq!(
        (&sick["status"]["allocatable"]["nvidia.com/gpu"], &sick["status"]["capacity"]["nvidia.com/gpu"]),
        (&json!("7"), &json!("8"))
    );
    let pod = house.pod("one").await;
    assert_eq!(pod["status"]["containerStatuses"][0]["lastState"]["terminated"]["exitCode"], 1);
    house.simulator.clear(&fault);
    house.advance(600.0).await;
    assert_eq!(node(&house, &name).await["status"]["allocatable"]["nvidia.com/gpu"], "8");
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "True");
}

#[tokio::test]
async fn an_image_that_cannot_be_pulled_backs_off_and_is_pulled_when_it_can() {
    let house = House::stepped().await;
    let target = PodTarget { image: Some("jupyter".to_owned()), ..PodTarget::default() };
    let fault = house.simulator.inject(Fault::new(FaultKind::PullFailure).on_pods(target));
    house.apply(&h100("one")).await.unwrap();
    house.advance(20.0).await;
    let pod = house.pod("one").await;
    assert_eq!(pod["status"]["containerStatuses"][0]["state"]["waiting"]["reason"], "ImagePullBackOff");
    let said = house.said_of("one").await;
    assert!(said.iter().any(|(reason, message)| reason == "Failed" && message == "Error: ErrImagePull"), "{said:?}");
    house.simulator.clear(&fault);
    house.advance(120.0).await;
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "True");
}

#[tokio::test]
async fn a_pod_that_never_gets_ready_runs_all_the_same() {
    let house = House::stepped().await;
    let fault = house.simulator.inject(Fault::new(FaultKind::NeverReady).on_pods(one()));
    house.apply(&h100("one")).await.unwrap();
    house.advance(120.0).await;
    let pod = house.pod("one").await;
    assert_eq!((&pod["status"]["phase"], &condition(&pod, "Ready")["status"]), (&json!("Running"), &json!("False")));
    house.simulator.clear(&fault);
    house.advance(30.0).await;
    assert_eq!(condition(&house.pod("one").await, "Ready")["status"], "True");
}

#[tokio::test]
async fn an_exit_restarts_the_container_and_keeps_its_last_state() {
    let house = House::stepped().await;
    running(&house).await;
    for (n, kind, reason) in [(1, FaultKind::Exit { code: 3 }, "Error"), (2, FaultKind::OomKilled, "OOMKilled")] {
        house.simulator.inject(Fault::new(kind).on_pods(one()).times(1));
        house.advance(60.0).await;
        let container = house.pod("one").await["status"]["containerStatuses"][0].clone();
        assert_eq!(container["restartCount"], n);
        assert_eq!(container["lastState"]["terminated"]["reason"], reason);
        assert_eq!(container["ready"], true);
    }
}

#[tokio::test]
async fn a_crash_loop_waits_longer_each_time() {
    let house = House::stepped().await;
    house.simulator.inject(Fault::new(FaultKind::CrashLoop).on_pods(one()));
    house.apply(&h100("one")).await.unwrap();
    house.advance(90.0).await;
    let container = house.pod("one").await["status"]["containerStatuses"][0].clone();
    assert_eq!(container["state"]["waiting"]["reason"], "CrashLoopBackOff");
    assert_eq!(container["lastState"]["terminated"]["exitCode"], 1);
    let soon = container["restartCount"].as_u64().unwrap();
    house.advance(3600.0).await;
    let later = house.pod("one").await["status"]["containerStatuses"][0]["restartCount"].as_u64().unwrap();
    assert!(soon >= 2 && later > soon && later < 25, "{soon} then {later}");
}

#[tokio::test]
async fn admission_errors_and_evictions_fail_the_pod_for_good() {
    let house = House::stepped().await;
    for (kind, reason) in [(FaultKind::AdmissionError, "UnexpectedAdmissionError"), (FaultKind::Evicted, "Evicted")] {
        running(&house).await;
        house.simulator.inject(Fault::new(kind).on_pods(one()).times(1));
        house.advance(1.0).await;
        let pod = house.pod("one").await;
        assert_eq!((&pod["status"]["phase"], &pod["status"]["reason"]), (&json!("Failed"), &json!(reason)));
        house.pods().delete("one", &DeleteParams::default()).await.unwrap();
        house.advance(1.0).await;
    }
}

#[tokio::test]
async fn a_container_that_lingers_uses_its_whole_grace() {
    let house = House::stepped().await;
    running(&house).await;
    house.simulator.inject(Fault::new(FaultKind::Lingers).on_pods(one()));
    house.pods().delete("one", &DeleteParams::default().grace_period(20)).await.unwrap();
    house.advance(18.0).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_some());
    house.advance(3.0).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_none());
}

#[tokio::test]
async fn a_lost_answer_leaves_the_object_made() {
    let house = House::quick().await;
    house.simulator.inject(Fault::new(FaultKind::AnswerLost).on_requests(creating()).times(1));
    let answer = house.apply(&gpu_pod("one", "nothing", 1)).await;
    assert!(matches!(answer, Err(kube::Error::HyperError(_) | kube::Error::Service(_))), "{answer:?}");
    house.pods().get("one").await.unwrap();
    house.apply(&gpu_pod("one", "nothing", 1)).await.unwrap();
}

#[tokio::test]
async fn refusals_strike_as_often_as_they_were_told_to() {
    let house = House::quick().await;
    for (kind, code) in [(FaultKind::TooManyRequests { retry_after_s: 1 }, 429), (FaultKind::Unavailable, 503)] {
        house.simulator.inject(Fault::new(kind).on_requests(creating()).times(2));
        for _ in 0..2 {
            assert_eq!(refusal(house.apply(&gpu_pod("one", "nothing", 1)).await).code, code);
        }
        house.apply(&gpu_pod("one", "nothing", 1)).await.unwrap();
    }
    assert!(house.simulator.faults().is_empty());
}

#[tokio::test]
async fn requests_hang_until_the_fault_is_cleared_while_a_watch_goes_on() {
    use futures_util::{TryStreamExt, pin_mut};
    let house = House::quick().await;
    let watch = house.pods().watch(&Default::default(), "0").await.unwrap();
    pin_mut!(watch);
    let hang = house.simulator.inject(
        Fault::new(FaultKind::Hang)
            .on_requests(RequestTarget { verb: Some("list".to_owned()), ..RequestTarget::default() }),
    );
    let pods = house.pods();
    let listing = tokio::spawn(async move { pods.list(&ListParams::default()).await });
    house.apply(&gpu_pod("one", "nothing", 1)).await.unwrap();
    assert!(watch.try_next().await.unwrap().is_some());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!listing.is_finished());
    house.simulator.clear(&hang);
    assert_eq!(listing.await.unwrap().unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_refused_connection_comes_back_by_itself() {
    let house = House::quick().await;
    house.simulator.inject(Fault::new(FaultKind::Refuse).for_ms(300));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(tokio::net::TcpStream::connect(house.simulator.address()).await.is_err());
    crate::house::eventually("an answer", async || house.pods().list(&ListParams::default()).await.ok()).await;
}

#[tokio::test]
async fn a_skewed_node_writes_its_own_time_and_is_not_taken_for_lost() {
    let house = House::stepped().await;
    house.simulator.inject(Fault::new(FaultKind::ClockSkew { node: Some("tet-h100-01".to_owned()), ms: -90_000 }));
    house.advance(120.0).await;
    let leases: Api<k8s_openapi::api::coordination::v1::Lease> =
        Api::namespaced(house.client.clone(), "kube-node-lease");
    let renewed = leases.get("tet-h100-01").await.unwrap().spec.unwrap().renew_time.unwrap().0;
    assert!(renewed.duration_since(noon()).as_secs() <= 31);
    assert_eq!(condition(&node(&house, "tet-h100-01").await, "Ready")["status"], "True");
}

#[tokio::test]
async fn faults_are_switched_over_http_as_well() {
    let house = House::quick().await;
    let send = async |method: &str, path: &str, body: Value| {
        let request =
            axum::http::Request::builder().method(method).uri(path).header("content-type", "application/json");
        let request = request.body(serde_json::to_vec(&body).unwrap()).unwrap();
        house.client.request_text(request).await.unwrap()
    };
    let fault = json!({"fault": "node_lost", "node": "tet-h100-01", "for_ms": 60_000});
    let added: Value = serde_json::from_str(&send("POST", "/simulator/faults", fault).await).unwrap();
    let listed: Value = serde_json::from_str(&send("GET", "/simulator/faults", Value::Null).await).unwrap();
    assert_eq!((&listed[0]["id"], &listed[0]["fault"]), (&added["id"], &json!("node_lost")));
    send("DELETE", &format!("/simulator/faults/{}", added["id"].as_str().unwrap()), Value::Null).await;
    assert!(house.simulator.faults().is_empty());
}
