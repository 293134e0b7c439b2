//! Pods as API servers really show them, and what is read from each.

use serde_json::{Value, json};

use super::*;

fn shown(spec: Value, status: Value, more: Value) -> Option<PodSeen> {
    shown_with(spec, status, more, &Around::default())
}

fn shown_with(spec: Value, status: Value, more: Value, around: &Around) -> Option<PodSeen> {
    let one = "00000000000000000000000001";
    let mut metadata = json!({
        "name": format!("in-{one}-2"), "namespace": format!("tm-{one}"), "uid": "u",
        "creationTimestamp": "2026-11-01T00:00:00Z",
        "annotations": { "tamuda.dev/wish-seq": "9" },
        "labels": {
            "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "dev",
            "tamuda.dev/organisation": one, "tamuda.dev/instance": one, "tamuda.dev/attempt": "2",
        },
    });
    metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let object = serde_json::from_value(json!({ "metadata": metadata, "spec": spec, "status": status })).unwrap();
    pod(&"dev".parse().unwrap(), &object, around)
}

fn on_a_node() -> Value {
    json!({ "nodeName": "gpu-1", "containers": [] })
}

fn ready(status: &str, at: &str) -> Value {
    json!({ "type": "Ready", "status": status, "lastTransitionTime": at })
}

fn container(state: Value, last: Value, restarts: i32) -> Value {
    json!([{
        "name": "instance", "image": "", "imageID": "", "ready": true, "restartCount": restarts,
        "containerID": "c2", "state": state, "lastState": last,
    }])
}

fn stand_of(status: Value) -> (PodStage, Option<InstanceReason>) {
    let seen = shown(on_a_node(), status, json!({})).unwrap();
    (seen.stage, seen.reason)
}

#[test]
fn a_pod_of_another_installation_is_not_seen() {
    let labels = json!({ "labels": { "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "other" } });
    assert_eq!(shown(on_a_node(), json!({}), labels), None);
}

#[test]
fn a_pod_without_a_node_waits_for_one() {
    let unschedulable = json!({ "phase": "Pending", "conditions": [{
        "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
        "lastTransitionTime": "2026-11-01T00:00:01Z",
    }] });
    let seen = shown(json!({ "containers": [] }), unschedulable, json!({})).unwrap();
    assert_eq!((seen.stage, seen.reason), (PodStage::Scheduling, Some(InstanceReason::NoFreeGpu)));
    assert_eq!(seen.scheduled_at, None);
}

#[test]
fn a_pod_waits_for_its_volume_and_not_for_a_gpu_where_that_is_used_missing_or_unbound() {
    use InstanceReason::{NoFreeGpu, StorageNotReady, VolumeHeld};
    for (message, reason) in [
        ("0/2 nodes are available: 2 Insufficient nvidia.com/gpu.", NoFreeGpu),
        (
            "0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node has pod using PersistentVolumeClaim \
             with the same name and ReadWriteOncePod access mode.",
            VolumeHeld,
        ),
        ("0/2 nodes are available: persistentvolumeclaim \"vo-x\" not found.", StorageNotReady),
        ("0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.", StorageNotReady),
    ] {
        let status = json!({ "phase": "Pending", "conditions": [{
            "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message,
            "lastTransitionTime": "2026-11-01T00:00:01Z",
        }] });
        let seen = shown(json!({ "containers": [] }), status, json!({})).unwrap();
        assert_eq!((seen.stage, seen.reason), (PodStage::Scheduling, Some(reason)), "{message}");
    }
}

#[test]
fn each_reason_for_waiting_is_told_apart() {
    use {InstanceReason as Why, PodStage as Stage};
    for (reason, expected) in [
        ("ContainerCreating", (Stage::Pulling, None)),
        ("ErrImagePull", (Stage::Pulling, Some(Why::ImagePullFailed))),
        ("ImagePullBackOff", (Stage::Pulling, Some(Why::ImagePullFailed))),
        ("CreateContainerConfigError", (Stage::Starting, Some(Why::ContainerStarting))),
    ] {
        let waiting = container(json!({ "waiting": { "reason": reason } }), json!({}), 0);
        assert_eq!(stand_of(json!({ "phase": "Pending", "containerStatuses": waiting })), expected, "{reason}");
    }
}

#[test]
fn an_event_tells_fetching_from_starting() {
    let status = json!({
        "phase": "Pending",
        "containerStatuses": container(json!({ "waiting": { "reason": "ContainerCreating" } }), json!({}), 0),
    });
    let at = "2026-11-01T00:00:05Z".parse().unwrap();
    let said = |reason: &str| EventSeen { reason: reason.into(), message: String::new(), at };
    for (reason, expected) in [("Pulling", PodStage::Pulling), ("Pulled", PodStage::Starting)] {
        let around = Around { last_event: Some(said(reason)), pulling_at: Some(at), ..Around::default() };
        assert_eq!(shown_with(on_a_node(), status.clone(), json!({}), &around).unwrap().stage, expected);
    }
}

#[test]
fn readiness_is_the_conditions_word_with_the_conditions_time() {
    let running = container(json!({ "running": { "startedAt": "2026-11-01T00:00:10Z" } }), json!({}), 0);
    let status = |ready: Value| json!({ "phase": "Running", "conditions": [ready], "containerStatuses": running });
    let yes = shown(on_a_node(), status(ready("True", "2026-11-01T00:00:12Z")), json!({})).unwrap();
    assert_eq!((yes.stage, yes.ready_since()), (PodStage::Ready, "2026-11-01T00:00:12Z".parse().ok()));
    assert_eq!(stand_of(status(ready("False", "2026-11-01T00:00:05Z"))).0, PodStage::Starting);
    assert_eq!(stand_of(status(ready("False", "2026-11-01T01:00:00Z"))).0, PodStage::Unready);
}

#[test]
fn a_restarted_container_shows_the_end_of_the_one_before() {
    let before = json!({ "terminated": {
        "exitCode": 137, "reason": "OOMKilled", "containerID": "c1",
        "startedAt": "2026-11-01T00:00:10Z", "finishedAt": "2026-11-01T00:30:00Z",
    } });
    let again = container(json!({ "running": { "startedAt": "2026-11-01T00:30:20Z" } }), before, 1);
    let conditions = [ready("True", "2026-11-01T00:30:21Z")];
    let status = json!({ "phase": "Running", "conditions": conditions, "containerStatuses": again });
    let seen = shown(on_a_node(), status, json!({})).unwrap();
    let (ended, container) = (seen.ended.unwrap(), seen.container.unwrap());
    assert_eq!((ended.id.as_str(), ended.exit_code, ended.reason.as_str()), ("c1", 137, "OOMKilled"));
    assert_eq!((container.id.as_str(), seen.restarts, seen.stage), ("c2", 1, PodStage::Ready));
}

#[test]
fn a_pod_whose_node_was_lost_is_not_ready_whatever_its_container_says() {
    let running = container(json!({ "running": { "startedAt": "2026-11-01T00:00:10Z" } }), json!({}), 0);
    let conditions = [ready("True", "2026-11-01T00:00:12Z")];
    let status = json!({ "phase": "Running", "conditions": conditions, "containerStatuses": running });
    let around = Around { node_lost_at: "2026-11-01T02:00:00Z".parse().ok(), ..Around::default() };
    let seen = shown_with(on_a_node(), status, json!({}), &around).unwrap();
    assert_eq!((seen.stage, seen.reason), (PodStage::Unready, Some(InstanceReason::NodeLost)));
}

#[test]
fn an_unhealthy_gpu_is_the_pods_own() {
    let mut running = container(json!({ "running": { "startedAt": "2026-11-01T00:00:10Z" } }), json!({}), 0);
    running[0]["allocatedResourcesStatus"] =
        json!([{ "name": "nvidia.com/gpu", "resources": [{ "resourceID": "GPU-1", "health": "Unhealthy" }] }]);
    let conditions = [ready("True", "2026-11-01T00:00:12Z")];
    let status = json!({ "phase": "Running", "conditions": conditions, "containerStatuses": running });
    assert_eq!(stand_of(status), (PodStage::Unready, Some(InstanceReason::GpuLost)));
}

#[test]
fn a_container_that_cannot_run_where_a_gpu_is_missing_lacks_it() {
    let end = json!({ "terminated": { "exitCode": 1, "finishedAt": "2026-11-01T00:30:00Z" } });
    let crashing = container(json!({ "waiting": { "reason": "CrashLoopBackOff" } }), end, 3);
    let status = json!({ "phase": "Running", "containerStatuses": crashing });
    for (gpus_missing, expected) in [(false, InstanceReason::ContainerRestarting), (true, InstanceReason::GpuLost)] {
        let around = Around { gpus_missing, ..Around::default() };
        let seen = shown_with(on_a_node(), status.clone(), json!({}), &around).unwrap();
        assert_eq!((seen.reason, seen.gpu_lost), (Some(expected), gpus_missing));
    }
}

#[test]
fn why_a_pod_failed_is_read_from_its_own_code() {
    for (reason, expected) in [
        ("Evicted", InstanceReason::PodDeleted),
        ("UnexpectedAdmissionError", InstanceReason::NodeRefused),
        ("DeadlineExceeded", InstanceReason::DeadlinePassed),
        ("NodeShutdown", InstanceReason::NodeLost),
    ] {
        let status = json!({ "phase": "Failed", "reason": reason });
        assert_eq!(stand_of(status), (PodStage::Failed, Some(expected)), "{reason}");
    }
    let collected = json!([{ "type": "DisruptionTarget", "status": "True", "reason": "DeletionByPodGC" }]);
    let status = json!({ "phase": "Failed", "conditions": collected });
    assert_eq!(stand_of(status), (PodStage::Failed, Some(InstanceReason::NodeLost)));
}

#[test]
fn a_deletion_was_requested_its_grace_before_it_is_due() {
    let more = json!({ "deletionTimestamp": "2026-11-01T03:00:30Z", "deletionGracePeriodSeconds": 30 });
    let seen = shown(on_a_node(), json!({ "phase": "Running" }), more).unwrap();
    assert_eq!(seen.stage, PodStage::Terminating);
    assert_eq!(seen.deletion.unwrap().requested_at, "2026-11-01T03:00:00Z".parse().unwrap());
    assert!(!seen.is_stuck("2026-11-01T03:01:30Z".parse().unwrap()));
    assert!(seen.is_stuck("2026-11-01T03:01:31Z".parse().unwrap()));
}
