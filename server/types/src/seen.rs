//! What a cluster shows: facts as it states them, with its own times. What they mean for phases and money is the domain's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ClaimSeen, GpuKind, InstanceId, InstanceReason, OrganisationId, Resources, Timestamp, word::words};

/// Seconds after its due end from which a pod that is still there counts as stuck.
const STUCK_AFTER_S: i64 = 60;

words! {
    /// Where a pod stands on its way, by the cluster's own word.
    PodStage {
        /// Has no node.
        Scheduling = "scheduling",
        /// Has a node, which prepares it or fetches the image.
        Pulling = "pulling",
        /// The container is there and not ready for the first time.
        Starting = "starting",
        /// Ready.
        Ready = "ready",
        /// Was ready, or its node was lost, and is not now.
        Unready = "unready",
        /// Ended with success.
        Finished = "finished",
        /// Ended without success and will not start again.
        Failed = "failed",
        /// Its deletion was asked for.
        Terminating = "terminating",
    }
}

/// Whether something holds, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// Whether it holds now.
    pub holds: bool,
    /// The cluster's time of the last change.
    pub at: Timestamp,
}

/// What the cluster last said about something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSeen {
    /// The cluster's code, such as `FailedScheduling`.
    pub reason: String,
    /// The cluster's sentence.
    pub message: String,
    /// When it was last said.
    pub at: Timestamp,
}

/// A container that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerRuns {
    /// The runtime's id.
    pub id: String,
    /// When it started.
    pub started_at: Timestamp,
}

/// A container that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerEnded {
    /// The runtime's id; empty when it never had one.
    pub id: String,
    /// When it started, where that is known.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Timestamp,
    /// What it ended with.
    pub exit_code: i32,
    /// The cluster's code, such as `OOMKilled`.
    pub reason: String,
}

/// A deletion that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When the pod should be gone.
    pub due_at: Timestamp,
}

/// A pod of this installation, as the cluster shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodSeen {
    /// Whose pod.
    pub organisation: OrganisationId,
    /// Of which instance.
    pub instance: InstanceId,
    /// Which attempt of it.
    pub attempt: i32,
    /// The number of the wish that made or last changed it.
    pub wish_seq: i64,
    /// Where it lives.
    pub namespace: String,
    /// Its name there.
    pub name: String,
    /// What tells it from every other pod that ever had the name.
    pub uid: String,
    /// The node it is bound to.
    pub node: Option<String>,
    /// Where it stands.
    pub stage: PodStage,
    /// Why it stands there, where the cluster says so.
    pub reason: Option<InstanceReason>,
    /// The cluster's last word about it.
    pub last_event: Option<EventSeen>,
    /// When the API server took it.
    pub created_at: Timestamp,
    /// When it was bound to its node.
    pub scheduled_at: Option<Timestamp>,
    /// When its node began to fetch the image.
    pub pulling_at: Option<Timestamp>,
    /// The Ready condition; none before it was first stated.
    pub ready: Option<Since>,
    /// The container that runs now.
    pub container: Option<ContainerRuns>,
    /// The container that ended last, also when another runs by now.
    pub ended: Option<ContainerEnded>,
    /// How often the container was started again.
    pub restarts: i32,
    /// The deletion that was asked for, by whomever.
    pub deletion: Option<Deletion>,
    /// The last sign of life of its node, when the node does not answer now.
    pub node_lost_at: Option<Timestamp>,
    /// Whether a GPU of it is unhealthy or gone; the cluster gives no time for this.
    pub gpu_lost: bool,
    /// Whether its container waits for the instance's Secret.
    pub lacks_environment: bool,
}

impl PodSeen {
    /// The pod of an instance's first wish as it is when the API server has just taken it.
    #[must_use]
    pub fn taken(organisation: OrganisationId, instance: InstanceId, attempt: i32, created_at: Timestamp) -> Self {
        Self {
            organisation,
            instance,
            attempt,
            wish_seq: 1,
            namespace: format!("tm-{}", organisation.characters()),
            name: format!("in-{}-{attempt}", instance.characters()),
            uid: format!("uid-{}-{attempt}", instance.characters()),
            node: None,
            stage: PodStage::Scheduling,
            reason: None,
            last_event: None,
            created_at,
            scheduled_at: None,
            pulling_at: None,
            ready: None,
            container: None,
            ended: None,
            restarts: 0,
            deletion: None,
            node_lost_at: None,
            gpu_lost: false,
            lacks_environment: false,
        }
    }

    /// When it became ready, if it is ready now.
    #[must_use]
    pub fn ready_since(&self) -> Option<Timestamp> {
        self.ready.filter(|ready| ready.holds).map(|ready| ready.at)
    }

    /// Whether it should have ended long before `now` and is still there.
    #[must_use]
    pub fn is_stuck(&self, now: Timestamp) -> bool {
        self.deletion.is_some_and(|deletion| deletion.due_at.plus_seconds(STUCK_AFTER_S) < now)
    }
}

/// What a node holds of one GPU resource, in units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GpuResource {
    /// `nvidia.com/gpu` or `nvidia.com/mig-…`.
    pub resource: String,
    /// Units it was built with.
    pub capacity: i64,
    /// Units that work and may be given away.
    pub allocatable: i64,
    /// Units that pods of this installation hold.
    pub ours: i64,
    /// Units that anybody else's pods hold.
    pub foreign: i64,
}

impl GpuResource {
    /// Units that a pod could have now.
    #[must_use]
    pub fn free(&self) -> i64 {
        (self.allocatable - self.ours - self.foreign).max(0)
    }
}

/// A node, as the cluster shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeSeen {
    /// Its name.
    pub name: String,
    /// Its labels about GPUs, place and kind.
    pub labels: BTreeMap<String, String>,
    /// The GPU as its driver names it, `NVIDIA-H200`.
    pub product: Option<String>,
    /// Memory of one whole GPU, in MiB.
    pub gpu_memory_mib: Option<i64>,
    /// The Ready condition.
    pub ready: Option<Since>,
    /// The last time that its kubelet renewed its Lease.
    pub renewed_at: Option<Timestamp>,
    /// Whether new pods are kept off it.
    pub cordoned: bool,
    /// Whether it is invented by the simulator.
    pub simulated: bool,
    /// The zone it stands in.
    pub zone: Option<String>,
    /// Each GPU resource it offers.
    pub gpus: Vec<GpuResource>,
    /// CPU, memory and disk that pods may have.
    pub allocatable: Resources,
}

impl NodeSeen {
    /// Whether it takes new pods.
    #[must_use]
    pub fn takes_pods(&self) -> bool {
        !self.cordoned && self.ready.is_some_and(|ready| ready.holds)
    }
}

/// Something that nodes offer and that can be sold: a whole GPU of a model, or a MIG slice of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlavourSeen {
    /// What it is called in addresses and tables, `h200` or `a100-1g.10gb`; the same for the same thing, always.
    pub slug: String,
    /// What people read, `H200` or `A100 · 1g.10gb`.
    pub name: String,
    /// The model of the GPU, `H200`.
    pub model: String,
    /// Whole or slice.
    pub kind: GpuKind,
    /// GPU memory of one unit, in MiB.
    pub memory_mib: i64,
    /// The resource that a pod asks for.
    pub resource: String,
    /// The labels that select its nodes.
    pub nodes: BTreeMap<String, String>,
    /// CPU, memory and disk of one unit.
    pub unit: Resources,
    /// Units of the largest node: no launch can have more.
    pub most_units: i64,
    /// Whether every node behind it is simulated.
    pub simulated: bool,
}

/// What the observer reports, in the order in which it learnt it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClusterSeen {
    /// Everything there is, after a start or a gap: what is missing here is gone, and nobody saw when.
    Snapshot {
        /// Every pod of this installation.
        pods: Vec<PodSeen>,
        /// Every node.
        nodes: Vec<NodeSeen>,
        /// Every claim of this installation.
        claims: Vec<ClaimSeen>,
        /// When it was taken.
        at: Timestamp,
    },
    /// A pod is new or changed.
    Pod(Box<PodSeen>),
    /// A pod's end was witnessed: how it was last.
    PodGone(Box<PodSeen>),
    /// A claim is new or changed.
    Claim(Box<ClaimSeen>),
    /// A claim's end was witnessed: how it was last.
    ClaimGone(Box<ClaimSeen>),
    /// A node is new or changed.
    Node(Box<NodeSeen>),
    /// A node is gone.
    NodeGone {
        /// Its name.
        name: String,
    },
    /// All that happened before this was reported.
    Fresh {
        /// That instant.
        through: Timestamp,
    },
    /// Nothing after this is known; a snapshot follows when the cluster answers again.
    Stale {
        /// That instant.
        since: Timestamp,
    },
}
