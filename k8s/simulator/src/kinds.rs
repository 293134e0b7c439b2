//! The kinds of object that exist here, what Kubernetes calls them, and the types that prune and check their bodies.

use k8s_openapi::api::{coordination::v1 as coordination, core::v1 as core, networking::v1 as networking};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `v1` Namespace.
    Namespace,
    /// `v1` Node.
    Node,
    /// `v1` Pod.
    Pod,
    /// `coordination.k8s.io/v1` Lease.
    Lease,
    /// `v1` ResourceQuota.
    ResourceQuota,
    /// `v1` LimitRange.
    LimitRange,
    /// `v1` Secret.
    Secret,
    /// `v1` Service.
    Service,
    /// `v1` PersistentVolumeClaim.
    PersistentVolumeClaim,
    /// `v1` ServiceAccount.
    ServiceAccount,
    /// `v1` Event.
    Event,
    /// `networking.k8s.io/v1` NetworkPolicy.
    NetworkPolicy,
}

/// What Kubernetes calls a kind.
pub(crate) struct Words {
    pub(crate) group: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) plural: &'static str,
    pub(crate) singular: &'static str,
    pub(crate) short: &'static [&'static str],
    pub(crate) namespaced: bool,
    pub(crate) has_status: bool,
}

const fn words(
    names: (&'static str, &'static str, &'static str),
    short: &'static [&'static str],
    namespaced: bool,
    has_status: bool,
) -> Words {
    Words { group: "", kind: names.0, plural: names.1, singular: names.2, short, namespaced, has_status }
}

const NAMESPACE: Words = words(("Namespace", "namespaces", "namespace"), &["ns"], false, true);
const NODE: Words = words(("Node", "nodes", "node"), &["no"], false, true);
const POD: Words = words(("Pod", "pods", "pod"), &["po"], true, true);
const LEASE: Words = Words { group: "coordination.k8s.io", ..words(("Lease", "leases", "lease"), &[], true, false) };
const QUOTA: Words = words(("ResourceQuota", "resourcequotas", "resourcequota"), &["quota"], true, true);
const LIMITS: Words = words(("LimitRange", "limitranges", "limitrange"), &["limits"], true, false);
const SECRET: Words = words(("Secret", "secrets", "secret"), &[], true, false);
const SERVICE: Words = words(("Service", "services", "service"), &["svc"], true, true);
const CLAIM: Words =
    words(("PersistentVolumeClaim", "persistentvolumeclaims", "persistentvolumeclaim"), &["pvc"], true, true);
const ACCOUNT: Words = words(("ServiceAccount", "serviceaccounts", "serviceaccount"), &["sa"], true, false);
const EVENT: Words = words(("Event", "events", "event"), &["ev"], true, false);
const POLICY: Words = Words {
    group: "networking.k8s.io",
    ..words(("NetworkPolicy", "networkpolicies", "networkpolicy"), &["netpol"], true, false)
};

impl Kind {
    /// Every kind there is.
    pub const ALL: [Self; 12] = [
        Self::Namespace,
        Self::Node,
        Self::Pod,
        Self::Lease,
        Self::ResourceQuota,
        Self::LimitRange,
        Self::Secret,
        Self::Service,
        Self::PersistentVolumeClaim,
        Self::ServiceAccount,
        Self::Event,
        Self::NetworkPolicy,
    ];

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::Namespace => &NAMESPACE,
            Self::Node => &NODE,
            Self::Pod => &POD,
            Self::Lease => &LEASE,
            Self::ResourceQuota => &QUOTA,
            Self::LimitRange => &LIMITS,
            Self::Secret => &SECRET,
            Self::Service => &SERVICE,
            Self::PersistentVolumeClaim => &CLAIM,
            Self::ServiceAccount => &ACCOUNT,
            Self::Event => &EVENT,
            Self::NetworkPolicy => &POLICY,
        }
    }

    /// `v1` or `group/v1`.
    pub(crate) fn api_version(self) -> String {
        let group = self.words().group;
        if group.is_empty() { "v1".to_owned() } else { format!("{group}/v1") }
    }

    /// `pods`, or `leases.coordination.k8s.io`, as error messages name a resource.
    pub(crate) fn qualified(self) -> String {
        let words = self.words();
        if words.group.is_empty() { words.plural.to_owned() } else { format!("{}.{}", words.plural, words.group) }
    }

    pub(crate) fn of_resource(group: &str, plural: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.words().group == group && kind.words().plural == plural)
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.words().kind == name)
    }

    /// The body with unknown fields pruned; the error says which field has the wrong type.
    pub(crate) fn prune(self, body: Value) -> Result<Value, String> {
        match self {
            Self::Namespace => through::<core::Namespace>(body),
            Self::Node => through::<core::Node>(body),
            Self::Pod => through::<core::Pod>(body),
            Self::Lease => through::<coordination::Lease>(body),
            Self::ResourceQuota => through::<core::ResourceQuota>(body),
            Self::LimitRange => through::<core::LimitRange>(body),
            Self::Secret => through::<core::Secret>(body),
            Self::Service => through::<core::Service>(body),
            Self::PersistentVolumeClaim => through::<core::PersistentVolumeClaim>(body),
            Self::ServiceAccount => through::<core::ServiceAccount>(body),
            Self::Event => through::<core::Event>(body),
            Self::NetworkPolicy => through::<networking::NetworkPolicy>(body),
        }
    }
}

fn through<T: Serialize + DeserializeOwned>(body: Value) -> Result<Value, String> {
    let typed: T = serde_json::from_value(body).map_err(|error| error.to_string())?;
    serde_json::to_value(typed).map_err(|error| error.to_string())
}
