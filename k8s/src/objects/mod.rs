//! The objects that Tamuda writes, built from wishes alone: pure, and the same for the same wish.

mod claim;
mod namespace;
mod network;
mod pod;
mod secret;

pub(crate) use claim::claim;
pub(crate) use namespace::{limit_range, namespace, resource_quota};
pub(crate) use network::network_policies;
pub(crate) use pod::{CONTAINER, pod};
pub(crate) use secret::secret;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use types::OrganisationId;

use crate::names::{self, Installation};

/// The metadata of something that belongs to a whole organisation.
fn organisation_meta(installation: &Installation, organisation: OrganisationId, name: &str, seq: i64) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.to_owned()),
        namespace: Some(names::namespace(organisation)),
        labels: Some(names::labels_of(installation, organisation)),
        annotations: Some(names::wish_seq(seq)),
        ..ObjectMeta::default()
    }
}

#[cfg(test)]
mod tests;
