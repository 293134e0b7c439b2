//! Scheduling: the node that fits, the sentence when none does, and another try when something is freed.

use kube::api::{DeleteParams, Patch, PatchParams};
use serde_json::json;

use crate::house::{House, condition, eventually, gpu_pod, h100};

async fn why_waiting(house: &House, name: &str) -> String {
    let waits = async || {
        let pod = house.pod(name).await;
        let scheduled = condition(&pod, "PodScheduled");
        (scheduled["reason"] == "Unschedulable").then(|| scheduled["message"].as_str().unwrap_or_default().to_owned())
    };
    eventually("a reason to wait", waits).await
}

#[tokio::test]
async fn a_pod_goes_to_a_node_with_its_gpu() {
    let house = House::quick().await;
    house.apply(&gpu_pod("one", "NVIDIA-L40S", 4)).await.unwrap();
    assert_eq!(house.ready("one", "True").await["spec"]["nodeName"], "tet-l40s-01");
}

#[tokio::test]
async fn a_pod_that_fits_nowhere_says_why_in_the_schedulers_words() {
    let house = House::quick().await;
    house.apply(&gpu_pod("nine", "NVIDIA-H200", 9)).await.unwrap();
    let sentence = "0/6 nodes are available: 2 Insufficient nvidia.com/gpu, 4 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/6 nodes are available: 2 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling.";
    assert_eq!(why_waiting(&house, "nine").await, sentence);
    assert_eq!(house.said_of("nine").await, [("FailedScheduling".to_owned(), sentence.to_owned())]);
    let mut untolerating = h100("shy");
    untolerating["spec"]["tolerations"] = json!([]);
    house.apply(&untolerating).await.unwrap();
    assert!(why_waiting(&house, "shy").await.contains("6 node(s) had untolerated taint(s)"));
}

#[tokio::test]
async fn gpus_are_never_given_out_twice_and_a_freed_one_is_given_on() {
    let house = House::quick().await;
    house.apply(&gpu_pod("a", "NVIDIA-L40S", 3)).await.unwrap();
    house.ready("a", "True").await;
    house.apply(&gpu_pod("b", "NVIDIA-L40S", 2)).await.unwrap();
    assert!(why_waiting(&house, "b").await.contains("1 Insufficient nvidia.com/gpu"));
    house.pods().delete("a", &DeleteParams::default()).await.unwrap();
    house.ready("b", "True").await;
}

#[tokio::test]
async fn a_cordoned_node_takes_nothing_new() {
    let house = House::quick().await;
    let cordon = |on: bool| Patch::Strategic(json!({"spec": {"unschedulable": on}}));
    house.nodes().patch("tet-l40s-01", &PatchParams::default(), &cordon(true)).await.unwrap();
    house.apply(&gpu_pod("one", "NVIDIA-L40S", 1)).await.unwrap();
    assert!(why_waiting(&house, "one").await.contains("1 node(s) were unschedulable"));
    house.nodes().patch("tet-l40s-01", &PatchParams::default(), &cordon(false)).await.unwrap();
    house.ready("one", "True").await;
}

#[tokio::test]
async fn a_pod_waits_for_its_claim() {
    let house = House::quick().await;
    let mut pod = h100("one");
    pod["spec"]["volumes"] = json!([{"name": "disk", "persistentVolumeClaim": {"claimName": "disk"}}]);
    house.apply(&pod).await.unwrap();
    assert!(
        why_waiting(&house, "one")
            .await
            .starts_with("0/6 nodes are available: persistentvolumeclaim \"disk\" not found.")
    );
    house.claim("disk").await;
    house.ready("one", "True").await;
}
