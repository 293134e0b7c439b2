//! An organisation's namespace: Pod Security pinned, a quota that copies the database's, limits for what names none.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::core::v1::{LimitRange, LimitRangeItem, LimitRangeSpec, Namespace, ResourceQuota, ResourceQuotaSpec},
    apimachinery::pkg::api::resource::Quantity,
};
use types::NamespaceWish;

use crate::{
    names::{self, Installation, TAMUDA},
    objects::organisation_meta,
    quantity::{of_millis, of_units},
};

/// The version of the Pod Security standard that was read when this was written.
const POD_SECURITY_VERSION: &str = "v1.36";

/// The namespace itself.
pub(crate) fn namespace(installation: &Installation, wish: &NamespaceWish) -> Namespace {
    let mut metadata =
        organisation_meta(installation, wish.organisation, &names::namespace(wish.organisation), wish.wish_seq);
    metadata.namespace = None;
    let labels = metadata.labels.get_or_insert_default();
    for mode in ["enforce", "audit", "warn"] {
        labels.insert(format!("pod-security.kubernetes.io/{mode}"), "restricted".to_owned());
        labels.insert(format!("pod-security.kubernetes.io/{mode}-version"), POD_SECURITY_VERSION.to_owned());
    }
    Namespace { metadata, ..Namespace::default() }
}

/// The copy of the organisation's quota that stands in the cluster.
pub(crate) fn resource_quota(installation: &Installation, wish: &NamespaceWish) -> ResourceQuota {
    let mut hard = BTreeMap::from([
        ("requests.cpu".to_owned(), of_millis(wish.pods.cpu_millis)),
        ("requests.memory".to_owned(), of_units(wish.pods.memory_bytes)),
        ("requests.ephemeral-storage".to_owned(), of_units(wish.pods.disk_bytes)),
        ("requests.storage".to_owned(), of_units(wish.storage_bytes)),
        ("requests.nvidia.com/gpu".to_owned(), of_units(0)),
        ("services.loadbalancers".to_owned(), of_units(0)),
        ("services.nodeports".to_owned(), of_units(0)),
    ]);
    hard.extend(wish.gpus.iter().map(|(resource, units)| (format!("requests.{resource}"), of_units(*units))));
    ResourceQuota {
        metadata: organisation_meta(installation, wish.organisation, TAMUDA, wish.wish_seq),
        spec: Some(ResourceQuotaSpec { hard: Some(hard), ..ResourceQuotaSpec::default() }),
        ..ResourceQuota::default()
    }
}

/// What a container gets that names nothing: almost nothing, so that no pod escapes the quota.
pub(crate) fn limit_range(installation: &Installation, wish: &NamespaceWish) -> LimitRange {
    let little: BTreeMap<String, Quantity> = [("cpu", "100m"), ("memory", "128Mi"), ("ephemeral-storage", "1Gi")]
        .into_iter()
        .map(|(resource, amount)| (resource.to_owned(), Quantity(amount.to_owned())))
        .collect();
    let item = LimitRangeItem {
        type_: "Container".to_owned(),
        default: Some(little.clone()),
        default_request: Some(little),
        ..LimitRangeItem::default()
    };
    LimitRange {
        metadata: organisation_meta(installation, wish.organisation, TAMUDA, wish.wish_seq),
        spec: Some(LimitRangeSpec { limits: vec![item] }),
    }
}
