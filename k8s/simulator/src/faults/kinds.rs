//! The faults there are, as JSON writes them.

use serde::{Deserialize, Serialize};

/// A fault to switch on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// The pods that a pod's fault meets; an empty target meets all.
    #[serde(default)]
    pub pods: PodTarget,
    /// The requests that an API fault meets; an empty target meets all.
    #[serde(default)]
    pub requests: RequestTarget,
    /// How often it strikes before it is over; until cleared when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// After how many milliseconds it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_ms: Option<u64>,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FaultKind {
    /// A node's kubelet falls silent; its containers run on unseen.
    NodeLost {
        /// The node.
        node: String,
    },
    /// A node's kubelet reports that it is not ready.
    NodeNotReady {
        /// The node.
        node: String,
    },
    /// GPUs of a node are no longer allocatable.
    GpuLost {
        /// The node.
        node: String,
        /// How many.
        #[serde(default = "one")]
        n_gpus: u32,
        /// The pod (`namespace/name`) that held one: its container ends with exit code 1 until the GPU is back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pod: Option<String>,
    },
    /// A clock is off: a node's, or the API server's without one.
    ClockSkew {
        /// The node.
        #[serde(default)]
        node: Option<String>,
        /// By how many milliseconds; negative is behind.
        ms: i64,
    },
    /// Images cannot be pulled.
    PullFailure,
    /// The container runs and never answers its readiness.
    NeverReady,
    /// A running container ends.
    Exit {
        /// Its exit code.
        code: i32,
    },
    /// A running container is killed for memory.
    OomKilled,
    /// The container ends with exit code 1 each time it was started.
    CrashLoop,
    /// The kubelet refuses the pod as it does after a restart that lost its devices.
    AdmissionError,
    /// The kubelet evicts the pod for disk pressure.
    Evicted,
    /// A pod that is deleted stays Terminating.
    StuckTerminating,
    /// A container uses the whole grace period to stop.
    Lingers,
    /// Requests get no answer until the fault is cleared; open watches go on.
    Hang,
    /// Requests are answered 503.
    Unavailable,
    /// Connections are refused and open ones cut, `/simulator` too: give it a time, or clear it by the library.
    Refuse,
    /// Requests wait first.
    Slow {
        /// For how many milliseconds.
        ms: u64,
    },
    /// Requests are answered 429.
    TooManyRequests {
        /// The seconds in `Retry-After`.
        #[serde(default = "one_second")]
        retry_after_s: u64,
    },
    /// A request is done, then its connection is cut without an answer.
    AnswerLost,
    /// Every open watch ends now, without a word.
    WatchCut,
    /// Watches tell each event twice.
    WatchDuplicate,
    /// Watches that meet an event say nothing from then on and never end.
    WatchStale,
}

/// Which pods a fault meets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PodTarget {
    /// The pod's namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The pod's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The node it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// A part of its first container's image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// A label, `name=value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Which requests a fault meets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestTarget {
    /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verb: Option<String>,
    /// The plural name, such as `pods`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The namespace in the path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The name in the path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A fault that is on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Planned {
    /// What clears it.
    pub id: String,
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
}

impl Fault {
    /// A fault that meets everything it can, until cleared.
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, pods: PodTarget::default(), requests: RequestTarget::default(), times: None, for_ms: None }
    }

    /// Only these pods.
    #[must_use]
    pub fn on_pods(self, pods: PodTarget) -> Self {
        Self { pods, ..self }
    }

    /// Only these requests.
    #[must_use]
    pub fn on_requests(self, requests: RequestTarget) -> Self {
        Self { requests, ..self }
    }

    /// Only this often.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// Only for so many milliseconds.
    #[must_use]
    pub fn for_ms(self, ms: u64) -> Self {
        Self { for_ms: Some(ms), ..self }
    }
}

fn one() -> u32 {
    1
}

fn one_second() -> u64 {
    1
}
