//! The hall: the nodes of a hub, with the labels, resources and conditions that real ones write.

mod gpus;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

pub use self::gpus::{GpuPlan, NodePlan, hub, hubs};

use crate::clock::{micros, seconds};

/// The Node as its kubelet and GPU Feature Discovery register it.
pub(crate) fn node(plan: &NodePlan, position: usize, uid: &str, now: Timestamp) -> Value {
    let at = seconds(now);
    json!({
        "metadata": {
            "name": plan.name, "uid": uid, "creationTimestamp": at, "labels": labels(plan),
            "annotations": {"node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true"},
        },
        "spec": {
            "podCIDR": format!("10.{}.0.0/16", 64 + position % 190), "podCIDRs": [format!("10.{}.0.0/16", 64 + position % 190)],
            "taints": [{"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}],
        },
        "status": {
            "capacity": resources(plan, 0, 0), "allocatable": allocatable(plan, 0),
            "addresses": [
                {"type": "InternalIP", "address": address(position)},
                {"type": "Hostname", "address": plan.name},
            ],
            "conditions": conditions(&at),
            "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
            "nodeInfo": {
                "machineID": uid.replace('-', ""), "systemUUID": uid, "bootID": uid, "kernelVersion": "6.8.0-60-generic",
                "osImage": "Ubuntu 24.04.2 LTS (simulated)", "containerRuntimeVersion": "containerd://2.1.0",
                "kubeletVersion": "v1.36.3", "kubeProxyVersion": "", "operatingSystem": "linux", "architecture": "amd64",
            },
            "images": [],
        },
    })
}

/// The hub's nodes as a real cluster takes them: what its API server gives to each object is left out.
pub fn nodes() -> Vec<Value> {
    let registered = |(position, plan): (usize, &NodePlan)| {
        let mut node = node(plan, position, "", Timestamp::UNIX_EPOCH);
        node["apiVersion"] = "v1".into();
        node["kind"] = "Node".into();
        let metadata = json!({"name": plan.name, "labels": node["metadata"]["labels"].take()});
        node["metadata"] = metadata;
        node["spec"] = json!({"taints": node["spec"]["taints"].take()});
        let status =
            json!({"capacity": node["status"]["capacity"].take(), "allocatable": node["status"]["allocatable"].take()});
        node["status"] = status;
        node
    };
    hub().iter().enumerate().map(registered).collect()
}

/// A node's Lease, renewed now.
pub(crate) fn lease(node: &str, node_uid: &str, uid: &str, now: Timestamp) -> Value {
    json!({
        "metadata": {
            "name": node, "namespace": "kube-node-lease", "uid": uid, "creationTimestamp": seconds(now),
            "ownerReferences": [{"apiVersion": "v1", "kind": "Node", "name": node, "uid": node_uid}],
        },
        "spec": {"holderIdentity": node, "leaseDurationSeconds": 40, "renewTime": micros(now)},
    })
}

/// What pods may ask of a node that has lost `gpus_lost` GPUs.
pub(crate) fn allocatable(plan: &NodePlan, gpus_lost: u32) -> Value {
    resources(plan, gpus_lost, 1)
}

/// The address of the node at a position in the plan.
pub(crate) fn address(position: usize) -> String {
    format!("10.20.0.{}", position + 11)
}

/// `reserve` is 0 for capacity and 1 for what the system leaves over.
fn resources(plan: &NodePlan, gpus_lost: u32, reserve: u64) -> Value {
    let mut map = Map::new();
    map.insert("cpu".into(), format!("{}m", plan.cpus * 1000 - reserve * 1000).into());
    map.insert("memory".into(), format!("{}Ki", (plan.memory_gib - reserve * 8) << 20).into());
    map.insert(
        "ephemeral-storage".into(),
        format!("{}Ki", (plan.disk_gib - reserve * (plan.disk_gib / 10)) << 20).into(),
    );
    map.insert("hugepages-1Gi".into(), "0".into());
    map.insert("hugepages-2Mi".into(), "0".into());
    map.insert("pods".into(), plan.pods.to_string().into());
    map.insert("nvidia.com/gpu".into(), plan.gpu.whole.saturating_sub(gpus_lost).to_string().into());
    for (profile, count) in &plan.gpu.slices {
        map.insert(format!("nvidia.com/mig-{profile}"), count.to_string().into());
    }
    map.into()
}

fn labels(plan: &NodePlan) -> Value {
    let gpu = &plan.gpu;
    let mut labels = json!({
        "kubernetes.io/hostname": plan.name, "kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux",
        "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": plan.zone, "topology.kubernetes.io/region": "ma-north",
        "tamuda.dev/simulated": "true",
        "nvidia.com/gpu.present": "true", "nvidia.com/gpu.deploy.device-plugin": "true",
        "nvidia.com/gpu.product": gpu.product, "nvidia.com/gpu.memory": gpu.memory_mib.to_string(),
        "nvidia.com/gpu.count": gpu.installed.to_string(), "nvidia.com/gpu.family": gpu.family,
        "nvidia.com/gpu.compute.major": gpu.compute.0.to_string(), "nvidia.com/gpu.compute.minor": gpu.compute.1.to_string(),
        "nvidia.com/gpu.replicas": "1", "nvidia.com/gpu.sharing-strategy": "none", "nvidia.com/gpu.machine": plan.machine,
        "nvidia.com/mig.capable": gpu.mig_capable.to_string(),
        "nvidia.com/mps.capable": "false", "nvidia.com/vgpu.present": "false",
        "nvidia.com/cuda.driver-version.full": "580.65.06", "nvidia.com/cuda.driver-version.major": "580",
        "nvidia.com/cuda.driver-version.minor": "65", "nvidia.com/cuda.driver-version.revision": "06",
        "nvidia.com/cuda.runtime-version.full": "13.0", "nvidia.com/cuda.runtime-version.major": "13",
        "nvidia.com/cuda.runtime-version.minor": "0",
    });
    if gpu.mig_capable {
        labels["nvidia.com/mig.strategy"] = if gpu.slices.is_empty() { "single" } else { "mixed" }.into();
    }
    for (profile, count) in &gpu.slices {
        let prefix = format!("nvidia.com/mig-{profile}");
        labels[format!("{prefix}.count")] = count.to_string().into();
        labels[format!("{prefix}.product")] = format!("{}-MIG-{profile}", gpu.product).into();
        labels[format!("{prefix}.memory")] = gpus::slice_memory_mib(profile).to_string().into();
        labels[format!("{prefix}.replicas")] = "1".into();
        labels[format!("{prefix}.sharing-strategy")] = "none".into();
    }
    labels
}

fn conditions(at: &str) -> Value {
    let condition = |kind: &str, status: &str, reason: &str, message: &str| {
        json!({"type": kind, "status": status, "reason": reason, "message": message,
               "lastHeartbeatTime": at, "lastTransitionTime": at})
    };
    json!([
        condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ])
}
