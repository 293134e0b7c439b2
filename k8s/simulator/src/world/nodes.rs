//! The nodes' own words (Leases, Ready, allocatable) and the controller that notices when they fall silent.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::clock::{micros, seconds};
use crate::config::Delays;
use crate::events::{Emitter, Note};
use crate::faults::Faults;
use crate::hall::{self, NodePlan};
use crate::kinds::Kind;
use crate::store::{Applied, Key, Object, Shelves, WriteFailed};
use crate::uid;

/// The hub's nodes and when each was last heard of.
#[derive(Debug)]
pub(super) struct Nodes {
    plans: Vec<NodePlan>,
    heard: HashMap<String, (String, Timestamp)>,
    delays: Delays,
    faults: Arc<Faults>,
}

impl Nodes {
    pub(super) fn new(plans: Vec<NodePlan>, delays: Delays, faults: Arc<Faults>) -> Self {
        Self { plans, heard: HashMap::new(), delays, faults }
    }

    pub(super) fn len(&self) -> usize {
        self.plans.len()
    }

    /// Makes the nodes that do not exist yet.
    pub(super) fn register(&self, shelves: &mut Shelves, now: Timestamp) -> Result<(), WriteFailed> {
        for (position, plan) in self.plans.iter().enumerate() {
            let key = Key::node(&plan.name);
            if shelves.get(&key).is_none() {
                let own = uid::fresh();
                shelves.put(&key, hall::node(plan, position, &own, now), Applied::default())?;
                shelves.put(
                    &Key::lease(&plan.name),
                    hall::lease(&plan.name, &own, &uid::fresh(), now),
                    Applied::default(),
                )?;
            }
        }
        Ok(())
    }

    /// Renews a node's Lease, unless the node is lost.
    pub(super) fn renew(&self, shelves: &mut Shelves, position: usize, now: Timestamp) -> Result<(), WriteFailed> {
        let Some(plan) = self.plans.get(position).filter(|plan| !self.faults.is_lost(&plan.name)) else {
            return Ok(());
        };
        let skew = SignedDuration::from_millis(self.faults.skew_ms(Some(&plan.name)));
        let own = now.checked_add(skew).unwrap_or(now);
        shelves.edit(&Key::lease(&plan.name), |body| body["spec"]["renewTime"] = micros(own).into())?;
        Ok(())
    }

    /// Writes what a node's kubelet says; answers its name when it is ready again after it was not.
    pub(super) fn report(
        &self,
        shelves: &mut Shelves,
        position: usize,
        now: Timestamp,
    ) -> Result<Option<String>, WriteFailed> {
        let Some(plan) = self.plans.get(position).filter(|plan| !self.faults.is_lost(&plan.name)) else {
            return Ok(None);
        };
        let key = Key::node(&plan.name);
        let Some(before) = shelves.get(&key).cloned() else { return Ok(None) };
        let ready = !self.faults.is_not_ready(&plan.name);
        let (status, reason, message) = if ready {
            ("True", "KubeletReady", "kubelet is posting ready status")
        } else {
            (
                "False",
                "KubeletNotReady",
                "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized",
            )
        };
        let allocatable = hall::allocatable(plan, self.faults.gpus_lost(&plan.name));
        shelves.edit(&key, |body| {
            body["status"]["allocatable"] = allocatable;
            for condition in crate::json::each_mut(body, "/status/conditions") {
                match condition["type"].as_str() {
                    Some("Ready") => set_condition(condition, status, reason, message, now),
                    Some(kind) if condition["status"] == "Unknown" => {
                        let (reason, message) = healthy(kind);
                        set_condition(condition, "False", reason, message, now);
                    }
                    _ => {}
                }
            }
            set_taints(body, if ready { &[] } else { &["not-ready"] }, now);
        })?;
        let was = ready_of(&before);
        if was != status {
            let word = if ready { "NodeReady" } else { "NodeNotReady" };
            Emitter::kubelet(&plan.name).tell(
                shelves,
                &before,
                Note::normal(word, format!("Node {} status is now: {word}", plan.name)),
                now,
            )?;
            if !ready {
                mark_pods(shelves, &plan.name, now)?;
            }
        }
        Ok((ready && was != "True").then(|| plan.name.clone()))
    }

    /// Declares nodes unreachable whose Lease was not renewed for too long.
    pub(super) fn monitor(&mut self, shelves: &mut Shelves, now: Timestamp) -> Result<(), WriteFailed> {
        let nodes: Vec<Arc<Object>> = shelves.scan(Kind::Node, None).cloned().collect();
        for node in nodes {
            let name = node.key.name.as_str();
            let renewed = shelves.get(&Key::lease(name)).map_or("", |lease| lease.text("/spec/renewTime")).to_owned();
            let heard = self.heard.entry(name.to_owned()).or_insert_with(|| (renewed.clone(), now));
            if heard.0 != renewed {
                *heard = (renewed, now);
            }
            // What counts is when this controller saw the Lease move, not what a skewed clock wrote into it.
            let silent = now.duration_since(heard.1)
                > SignedDuration::try_from(self.delays.node_grace).unwrap_or(SignedDuration::MAX);
            if silent && ready_of(&node) != "Unknown" {
                declare_unknown(shelves, &node, now)?;
            }
        }
        Ok(())
    }
}

fn declare_unknown(shelves: &mut Shelves, node: &Arc<Object>, now: Timestamp) -> Result<(), WriteFailed> {
    shelves.edit(&node.key, |body| {
        for condition in crate::json::each_mut(body, "/status/conditions") {
            set_condition(condition, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", now);
        }
        set_taints(body, &["unreachable"], now);
    })?;
    let note = Note::normal("NodeNotReady", format!("Node {} status is now: NodeNotReady", node.key.name));
    Emitter::node_controller().tell(shelves, node, note, now)?;
    mark_pods(shelves, &node.key.name, now)
}

/// The pods of a node that is not ready: their Ready goes False, their containers' own flag stays as it was.
fn mark_pods(shelves: &mut Shelves, node: &str, now: Timestamp) -> Result<(), WriteFailed> {
    for key in shelves.index().pods_on(node) {
        let Some(pod) = shelves.get(&key).cloned() else { continue };
        let marked = shelves.edit(&key, |body| {
            for condition in crate::json::each_mut(body, "/status/conditions") {
                if condition["type"] == "Ready" && condition["status"] == "True" {
                    condition["status"] = "False".into();
                    condition["lastTransitionTime"] = seconds(now).into();
                }
            }
        })?;
        if marked.is_some_and(|marked| marked.revision != pod.revision) {
            Emitter::node_controller().tell(shelves, &pod, Note::warning("NodeNotReady", "Node is not ready"), now)?;
        }
    }
    Ok(())
}

fn set_condition(condition: &mut Value, status: &str, reason: &str, message: &str, now: Timestamp) {
    if condition["status"] == status && condition["reason"] == reason {
        return;
    }
    condition["status"] = status.into();
    condition["reason"] = reason.into();
    condition["message"] = message.into();
    condition["lastTransitionTime"] = seconds(now).into();
    if status != "Unknown" {
        condition["lastHeartbeatTime"] = seconds(now).into();
    }
}

/// Keeps the administrator's taints and replaces the controller's own.
fn set_taints(body: &mut Value, wanted: &[&str], now: Timestamp) {
    let mut taints = body["spec"]["taints"].as_array().cloned().unwrap_or_default();
    let key = |word: &str| format!("node.kubernetes.io/{word}");
    let own = [key("unreachable"), key("not-ready")];
    taints.retain(|taint| {
        !own.iter().any(|own| taint["key"] == *own) || wanted.iter().any(|word| taint["key"] == key(word))
    });
    for word in wanted.iter().map(|word| key(word)) {
        for effect in ["NoSchedule", "NoExecute"] {
            if !taints.iter().any(|taint| taint["key"] == word && taint["effect"] == effect) {
                taints.push(json!({"key": word, "effect": effect, "timeAdded": seconds(now)}));
            }
        }
    }
    body["spec"]["taints"] = taints.into();
}

fn ready_of(node: &Object) -> &str {
    let conditions = node.body["status"]["conditions"].as_array().into_iter().flatten();
    conditions
        .filter(|condition| condition["type"] == "Ready")
        .find_map(|condition| condition["status"].as_str())
        .unwrap_or_default()
}

fn healthy(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "MemoryPressure" => ("KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        "DiskPressure" => ("KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        _ => ("KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    }
}
