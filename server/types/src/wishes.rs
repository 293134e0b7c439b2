//! What the domain wishes of a cluster, and what becomes of a wish.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{InstanceId, InstanceReason, MountWish, OrganisationId, Timestamp, Wish};

/// An amount of what every pod needs besides GPUs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resources {
    /// Thousandths of a CPU.
    pub cpu_millis: i64,
    /// Bytes of memory.
    pub memory_bytes: i64,
    /// Bytes of the node's own disk.
    pub disk_bytes: i64,
}

/// What an organisation's namespace is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamespaceWish {
    /// Whose namespace.
    pub organisation: OrganisationId,
    /// Units it may hold of each GPU resource (`nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`). Name every one that
    /// the cluster has: what is not named is not bounded there.
    pub gpus: BTreeMap<String, i64>,
    /// CPU, memory and disk of all its pods together.
    pub pods: Resources,
    /// Bytes of all its volumes together.
    pub storage_bytes: i64,
    /// The wish's number in the installation's sequence.
    pub wish_seq: i64,
}

/// What an instance is to be in the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceWish {
    /// Whose instance.
    pub organisation: OrganisationId,
    /// Which instance.
    pub instance: InstanceId,
    /// The last wish of it; `Deleted` takes away everything but volumes.
    pub wish: Wish,
    /// The wish's number in the installation's sequence.
    pub wish_seq: i64,
    /// The pod that is wanted; none when stopped, deleted or given up.
    pub pod: Option<PodWish>,
}

/// The pod of one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodWish {
    /// Whose pod.
    pub organisation: OrganisationId,
    /// Of which instance.
    pub instance: InstanceId,
    /// Which attempt of it, from 1.
    pub attempt: i32,
    /// The wish's number in the installation's sequence.
    pub wish_seq: i64,
    /// What the person called the instance; kept as an annotation only.
    pub name: String,
    /// `repository@sha256:…`.
    pub image: String,
    /// What to start instead of the image's own command; empty for the image's own.
    pub command: Vec<String>,
    /// Environment, kept in the instance's Secret.
    pub environment: BTreeMap<String, String>,
    /// Ports that the container listens on; it is ready when the first one answers.
    pub ports: Vec<PortWish>,
    /// The GPU resource, `nvidia.com/gpu` or `nvidia.com/mig-…`.
    pub resource: String,
    /// Units of it.
    pub units: i32,
    /// CPU, memory and disk of the whole pod.
    pub needs: Resources,
    /// Labels of the nodes that it may run on.
    pub nodes: BTreeMap<String, String>,
    /// Seconds after which the cluster ends it.
    pub max_duration_s: Option<i64>,
    /// Seconds between the polite and the hard end, at most 120.
    pub grace_s: i64,
    /// When it is not ready by then, it is deleted and never made again; none once it was ready.
    pub ready_by: Option<Timestamp>,
    /// The volumes that it mounts, by name.
    pub mounts: Vec<MountWish>,
}

/// A port of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortWish {
    /// Its name, at most 15 lower-case letters, digits and hyphens.
    pub name: String,
    /// Its number.
    pub port: u16,
}

/// What came of carrying out a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WishOutcome {
    /// The cluster has taken everything.
    Done,
    /// Not yet; it is tried again by itself.
    Waits {
        /// Why.
        reason: InstanceReason,
        /// In the cluster's words.
        message: String,
    },
    /// The cluster will never take it; the attempt is over.
    Refused {
        /// Why.
        reason: InstanceReason,
        /// In the cluster's words.
        message: String,
    },
}
