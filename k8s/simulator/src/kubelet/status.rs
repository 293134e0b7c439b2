//! A pod's status as the kubelet writes it: conditions, container statuses, addresses.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::seconds;
use crate::store::{Key, Object, Shelves, WriteFailed};
use crate::uid;

/// What a pod's status is to show.
pub(super) struct Face<'a> {
    pub(super) phase: &'static str,
    pub(super) state: State,
    pub(super) ready: bool,
    /// The pod's own reason and message, when the pod as a whole failed.
    pub(super) why: Option<(&'static str, &'a str)>,
    pub(super) address: Option<String>,
}

/// What its containers do.
pub(super) enum State {
    /// They wait, with reason and message.
    Waiting(&'static str, String),
    /// They start now; the image's digest.
    Running(String),
    /// They have ended: the whole `state` object.
    Ended(Value),
}

impl State {
    /// The end of what runs now; what never ran stays unstarted.
    pub(super) fn ended(pod: &Object, code: i32, reason: &str, now: Timestamp) -> Self {
        let container = &pod.body["status"]["containerStatuses"][0];
        let started = container["state"]["running"]["startedAt"].as_str().map_or_else(|| seconds(now), str::to_owned);
        Self::Ended(json!({"terminated": {
            "exitCode": code, "reason": reason, "startedAt": started, "finishedAt": seconds(now),
            "containerID": container["containerID"].as_str().unwrap_or_default(),
        }}))
    }
}

/// Writes the status; conditions that stay the same keep their transition times.
pub(super) fn paint(
    shelves: &mut Shelves,
    pod: &Arc<Object>,
    face: &Face<'_>,
    now: Timestamp,
) -> Result<(), WriteFailed> {
    let node = shelves.get(&Key::node(pod.text("/spec/nodeName"))).cloned();
    let host = node.as_ref().map_or("", |node| node.text("/status/addresses/0/address")).to_owned();
    shelves.edit(&pod.key, |body| {
        let containers = containers(body, face, now);
        let status = &mut body["status"];
        status["phase"] = face.phase.into();
        status["hostIP"] = host.as_str().into();
        status["hostIPs"] = json!([{"ip": host}]);
        if !status["startTime"].is_string() {
            status["startTime"] = seconds(now).into();
        }
        if let Some(address) = &face.address {
            status["podIP"] = address.as_str().into();
            status["podIPs"] = json!([{"ip": address}]);
        }
        if let Some((reason, message)) = face.why {
            status["reason"] = reason.into();
            status["message"] = message.into();
        }
        status["containerStatuses"] = containers.into();
        write_conditions(body, face, now);
    })?;
    Ok(())
}

/// Moves only Ready and ContainersReady, with the containers' own flag.
pub(super) fn set_ready(
    shelves: &mut Shelves,
    pod: &Arc<Object>,
    ready: bool,
    now: Timestamp,
) -> Result<(), WriteFailed> {
    shelves.edit(&pod.key, |body| {
        for container in crate::json::each_mut(body, "/status/containerStatuses") {
            container["ready"] = ready.into();
        }
        write_readiness(body, ready, unready_reason("Running"), now);
    })?;
    Ok(())
}

/// Sets one condition; the transition time moves only with the status.
pub(crate) fn set_condition(body: &mut Value, kind: &str, status: bool, why: Option<(&str, &str)>, now: Timestamp) {
    let mut conditions = body["status"]["conditions"].as_array().cloned().unwrap_or_default();
    let wanted = if status { "True" } else { "False" };
    let before = conditions.iter().find(|condition| condition["type"] == kind && condition["status"] == wanted);
    let since = before.map_or_else(|| seconds(now).into(), |condition| condition["lastTransitionTime"].clone());
    let mut condition = json!({"type": kind, "status": wanted, "lastTransitionTime": since});
    if let Some((reason, message)) = why {
        condition["reason"] = reason.into();
        condition["message"] = message.into();
    }
    match conditions.iter_mut().find(|condition| condition["type"] == kind) {
        Some(own) => *own = condition,
        None => conditions.push(condition),
    }
    body["status"]["conditions"] = conditions.into();
}

fn write_conditions(body: &mut Value, face: &Face<'_>, now: Timestamp) {
    let sandbox = face.phase == "Running";
    set_condition(body, "PodReadyToStartContainers", sandbox, None, now);
    set_condition(body, "Initialized", true, None, now);
    write_readiness(body, face.ready, unready_reason(face.phase), now);
}

fn write_readiness(body: &mut Value, ready: bool, reason: &str, now: Timestamp) {
    let names: Vec<&str> = body["spec"]["containers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|container| container["name"].as_str())
        .collect();
    let message = if reason == "ContainersNotReady" {
        format!("containers with unready status: [{}]", names.join(" "))
    } else {
        String::new()
    };
    let why = (!ready).then_some((reason, message.as_str()));
    set_condition(body, "Ready", ready, why, now);
    set_condition(body, "ContainersReady", ready, why, now);
}

fn unready_reason(phase: &str) -> &'static str {
    match phase {
        "Succeeded" => "PodCompleted",
        "Failed" => "PodFailed",
        _ => "ContainersNotReady",
    }
}

fn containers(body: &Value, face: &Face<'_>, now: Timestamp) -> Vec<Value> {
    let before = body["status"]["containerStatuses"].as_array().cloned().unwrap_or_default();
    let specified = body["spec"]["containers"].as_array().into_iter().flatten().enumerate();
    specified
        .map(|(position, container)| {
            container_status(container, before.get(position).unwrap_or(&Value::Null), face, now)
        })
        .collect()
}

fn container_status(container: &Value, before: &Value, face: &Face<'_>, now: Timestamp) -> Value {
    let ended_before = before["state"]["terminated"].is_object();
    let last =
        if ended_before && !matches!(face.state, State::Ended(_)) { &before["state"] } else { &before["lastState"] };
    let restarts = before["restartCount"].as_u64().unwrap_or(0);
    let mut status = json!({
        "name": container["name"], "image": container["image"], "ready": face.ready, "started": false,
        "imageID": before["imageID"].as_str().unwrap_or_default(), "restartCount": restarts,
        "lastState": if last.is_object() { last.clone() } else { json!({}) },
    });
    if let Some(id) = before["containerID"].as_str() {
        status["containerID"] = id.into();
    }
    match &face.state {
        State::Waiting(reason, message) => {
            status["state"] = json!({"waiting": {"reason": reason}});
            if !message.is_empty() {
                status["state"]["waiting"]["message"] = message.as_str().into();
            }
        }
        State::Running(digest) => {
            status["state"] = json!({"running": {"startedAt": seconds(now)}});
            status["started"] = true.into();
            status["imageID"] = digest.as_str().into();
            status["containerID"] = uid::container().into();
            status["restartCount"] = (restarts + u64::from(last["terminated"].is_object())).into();
        }
        State::Ended(state) => status["state"] = state.clone(),
    }
    status
}
