//! A node as the cluster shows it, in words of ours.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::core::v1::{Node, NodeStatus},
    apimachinery::pkg::api::resource::Quantity,
};
use types::{GpuResource, NodeSeen, Resources, Since, Timestamp};

use super::instant;
use crate::{
    names::SIMULATED,
    quantity::{thousandths, whole},
};

const ZONE: &str = "topology.kubernetes.io/zone";
const KEPT: &[&str] = &["nvidia.com/", "topology.kubernetes.io/", "node.kubernetes.io/instance-type", "tamuda.dev/"];

/// Units of each GPU resource that pods hold on a node: ours, then anybody else's.
pub(crate) type Held = BTreeMap<String, (i64, i64)>;

/// The node, with what pods hold of it and the last renewal of its Lease.
pub(crate) fn node(node: &Node, held: &Held, renewed_at: Option<Timestamp>) -> NodeSeen {
    let labels = labels(node);
    let nothing = NodeStatus::default();
    let status = node.status.as_ref().unwrap_or(&nothing);
    NodeSeen {
        name: node.metadata.name.clone().unwrap_or_default(),
        product: labels.get("nvidia.com/gpu.product").cloned(),
        gpu_memory_mib: labels.get("nvidia.com/gpu.memory").and_then(|text| text.parse().ok()),
        ready: ready(status),
        renewed_at,
        cordoned: node.spec.as_ref().and_then(|spec| spec.unschedulable).unwrap_or(false),
        simulated: labels.get(SIMULATED).is_some_and(|value| value == "true"),
        zone: labels.get(ZONE).cloned(),
        gpus: gpus(status, held),
        allocatable: resources(status.allocatable.as_ref()),
        labels,
    }
}

/// Whether the control plane lost touch with it, which is not the same as its saying that it is not ready.
pub(crate) fn is_silent(node: &Node) -> bool {
    let conditions = node.status.as_ref().and_then(|status| status.conditions.as_ref());
    conditions.into_iter().flatten().any(|it| it.type_ == "Ready" && it.status == "Unknown")
}

fn labels(node: &Node) -> BTreeMap<String, String> {
    let all = node.metadata.labels.iter().flatten();
    let kept = all.filter(|(key, _)| KEPT.iter().any(|prefix| key.starts_with(prefix)));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn ready(status: &NodeStatus) -> Option<Since> {
    let condition = status.conditions.iter().flatten().find(|condition| condition.type_ == "Ready")?;
    Some(Since { holds: condition.status == "True", at: instant(condition.last_transition_time.as_ref()?) })
}

fn gpus(status: &NodeStatus, held: &Held) -> Vec<GpuResource> {
    let nothing = BTreeMap::new();
    let capacity = status.capacity.as_ref().unwrap_or(&nothing);
    let allocatable = status.allocatable.as_ref().unwrap_or(&nothing);
    let units = |of: &BTreeMap<String, Quantity>, resource: &str| of.get(resource).and_then(whole).unwrap_or(0);
    let offered = capacity.keys().filter(|resource| is_gpu(resource));
    let seen = offered.map(|resource| {
        let (ours, foreign) = held.get(resource).copied().unwrap_or_default();
        let (capacity, allocatable) = (units(capacity, resource), units(allocatable, resource));
        GpuResource { resource: resource.clone(), capacity, allocatable, ours, foreign }
    });
    // The device plugin leaves a resource at 0 when the node is divided in another way.
    seen.filter(|gpu| gpu.capacity + gpu.ours + gpu.foreign > 0).collect()
}

/// Whether pods ask for a GPU or a slice by this name.
pub(crate) fn is_gpu(resource: &str) -> bool {
    resource == "nvidia.com/gpu" || resource.starts_with("nvidia.com/mig-")
}

fn resources(amounts: Option<&BTreeMap<String, Quantity>>) -> Resources {
    let amount = |resource: &str| amounts.and_then(|amounts| amounts.get(resource));
    Resources {
        cpu_millis: amount("cpu").and_then(thousandths).unwrap_or(0),
        memory_bytes: amount("memory").and_then(whole).unwrap_or(0),
        disk_bytes: amount("ephemeral-storage").and_then(whole).unwrap_or(0),
    }
}
