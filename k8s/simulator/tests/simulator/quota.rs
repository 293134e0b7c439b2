//! Quotas and limits: the real sentences, the kept sums, what frees them.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare has failed")]

use k8s_openapi::api::core::v1::{LimitRange, ResourceQuota, Service};
use k8s_simulator::{Fault, FaultKind};
use kube::api::{Api, DeleteParams, PostParams};
use serde_json::json;

use crate::house::{House, eventually, gpu_pod, h100, refusal};

async fn used(house: &House, resource: &str) -> String {
    let quota = Api::<ResourceQuota>::get(&house.api(), "compute").await.unwrap();
    quota.status.and_then(|status| status.used).map(|used| used[resource].0.clone()).unwrap_or_default()
}

#[tokio::test]
async fn the_third_gpu_of_two_is_refused_with_kubernetes_own_sentence() {
    let house = House::quick().await;
    house.quota(&json!({"requests.nvidia.com/gpu": "2"})).await;
    house.apply(&h100("one")).await.unwrap();
    house.apply(&h100("two")).await.unwrap();
    let status = refusal(house.apply(&h100("three")).await);
    let sentence = "pods \"three\" is forbidden: exceeded quota: compute, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2";
    assert_eq!((status.code, status.reason.as_str(), status.message.as_str()), (403, "Forbidden", sentence));
    assert_eq!(used(&house, "requests.nvidia.com/gpu").await, "2");
}

#[tokio::test]
async fn parallel_creations_fill_a_quota_exactly() {
    let house = House::quick().await;
    house.quota(&json!({"requests.nvidia.com/gpu": "3"})).await;
    let pods: Vec<_> = (0..12).map(|n| gpu_pod(&format!("p{n}"), "nothing", 1)).collect();
    let answers = futures_util::future::join_all(pods.iter().map(|pod| house.apply(pod))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
}

#[tokio::test]
async fn mig_slices_have_a_quota_of_their_own() {
    let house = House::quick().await;
    house.quota(&json!({"requests.nvidia.com/mig-1g.10gb": "0"})).await;
    let mut pod = gpu_pod("slice", "NVIDIA-A100-SXM4-80GB", 1);
    let amounts = json!({"cpu": "1", "memory": "1Gi", "nvidia.com/mig-1g.10gb": "1"});
    pod["spec"]["containers"][0]["resources"] = json!({"requests": amounts, "limits": amounts});
    assert_eq!(refusal(house.apply(&pod).await).code, 403);
}

#[tokio::test]
async fn a_quota_is_freed_when_the_pod_is_gone_and_not_while_it_is_stuck() {
    let house = House::quick().await;
    house.quota(&json!({"pods": "1", "requests.cpu": "8"})).await;
    house.apply(&h100("one")).await.unwrap();
    house.ready("one", "True").await;
    let stuck = house.simulator.inject(Fault::new(FaultKind::StuckTerminating));
    house.pods().delete("one", &DeleteParams::default()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(used(&house, "pods").await, "1");
    assert_eq!(refusal(house.apply(&h100("two")).await).code, 403);
    house.simulator.clear(&stuck);
    eventually("a free quota", async || (used(&house, "pods").await == "0").then_some(())).await;
    assert_eq!(used(&house, "requests.cpu").await, "0");
    house.apply(&h100("two")).await.unwrap();
}

#[tokio::test]
async fn a_quota_on_processors_wants_them_named_unless_a_limit_range_names_them() {
    let house = House::quick().await;
    house.quota(&json!({"requests.cpu": "8"})).await;
    let mut pod = h100("one");
    pod["spec"]["containers"][0]["resources"] = json!({});
    let status = refusal(house.apply(&pod).await);
    assert_eq!(status.message, "pods \"one\" is forbidden: failed quota: compute: must specify requests.cpu for: main");
    let limits = json!({"limits": [{"type": "Container", "default": {"cpu": "2"}, "defaultRequest": {"cpu": "1"}, "max": {"cpu": "4"}}]});
    let range: LimitRange = serde_json::from_value(json!({"metadata": {"name": "limits"}, "spec": limits})).unwrap();
    house.api().create(&PostParams::default(), &range).await.unwrap();
    house.apply(&pod).await.unwrap();
    assert_eq!(used(&house, "requests.cpu").await, "1");
    let status = refusal(house.apply(&h100("two")).await);
    assert_eq!(status.message, "pods \"two\" is forbidden: maximum cpu usage per Container is 4, but limit is 8");
}

#[tokio::test]
async fn load_balancers_are_refused_where_there_may_be_none() {
    let house = House::quick().await;
    house.quota(&json!({"services.loadbalancers": "0", "requests.storage": "15Gi"})).await;
    let spec = json!({"type": "LoadBalancer", "ports": [{"port": 80}]});
    let service: Service = serde_json::from_value(json!({"metadata": {"name": "web"}, "spec": spec})).unwrap();
    assert_eq!(refusal(house.api().create(&PostParams::default(), &service).await).code, 403);
    house.claim("disk").await;
    assert_eq!(used(&house, "requests.storage").await, "10Gi");
}
