//! Whether a pod fits a node: selector, taints, free resources.

use std::sync::Arc;

use serde_json::Value;

use crate::quantity::Amounts;
use crate::store::{Index, Object, demand_of};

/// A node and what is free on it.
pub(super) struct Site {
    node: Arc<Object>,
    allocatable: Amounts,
    taken: Amounts,
}

impl Site {
    pub(super) fn new(node: &Arc<Object>, index: &Index) -> Self {
        let allocatable = Amounts::read(node.body["status"].get("allocatable"));
        Self { node: node.clone(), allocatable, taken: index.taken(&node.key.name) }
    }

    pub(super) fn name(&self) -> &str {
        &self.node.key.name
    }

    /// The free part of processors and memory, between 0 and 1.
    #[expect(clippy::cast_precision_loss, reason = "a score among nodes needs no exact digits")]
    pub(super) fn free_share(&self) -> f64 {
        let share = |name: &str| 1.0 - self.taken.get(name) as f64 / self.allocatable.get(name).max(1) as f64;
        f64::midpoint(share("cpu"), share("memory"))
    }
}

/// Why a node does not take a pod, in the scheduler's words; empty when it does.
pub(super) fn unfit_because(pod: &Object, site: &Site) -> Vec<String> {
    let (pod, node) = (&pod.body["spec"], &site.node.body);
    if node["spec"]["unschedulable"] == true {
        return vec!["node(s) were unschedulable".to_owned()];
    }
    let taints = node["spec"]["taints"].as_array().into_iter().flatten();
    if taints.filter(|taint| taint["effect"] != "PreferNoSchedule").any(|taint| !tolerates(pod, taint)) {
        return vec!["node(s) had untolerated taint(s)".to_owned()];
    }
    let wanted = pod["nodeSelector"].as_object().into_iter().flatten();
    if wanted.into_iter().any(|(label, value)| node["metadata"]["labels"][label] != *value) {
        return vec!["node(s) didn't match Pod's node affinity/selector".to_owned()];
    }
    short_of(pod, site)
}

fn short_of(pod: &Value, site: &Site) -> Vec<String> {
    let demand = demand_of(&serde_json::json!({"spec": {"containers": pod["containers"]}}));
    let short = demand.0.iter().filter(|(name, amount)| **amount > site.allocatable.get(name) - site.taken.get(name));
    short
        .map(|(name, _)| if name == "pods" { "Too many pods".to_owned() } else { format!("Insufficient {name}") })
        .collect()
}

fn tolerates(pod: &Value, taint: &Value) -> bool {
    pod["tolerations"].as_array().into_iter().flatten().any(|toleration| {
        let key = toleration["key"].as_str().unwrap_or_default();
        let exists = toleration["operator"] == "Exists";
        let value =
            exists || toleration["value"].as_str().unwrap_or_default() == taint["value"].as_str().unwrap_or_default();
        let effect = toleration["effect"].as_str().unwrap_or_default();
        (effect.is_empty() || taint["effect"] == effect)
            && (if key.is_empty() { exists } else { taint["key"] == key && value })
    })
}
