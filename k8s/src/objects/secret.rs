//! An instance's Secret: its environment, which only its pod reads.

use std::collections::BTreeMap;

use k8s_openapi::{ByteString, api::core::v1::Secret};
use types::PodWish;

use crate::{
    names::{self, INSTANCE, Installation},
    objects::organisation_meta,
};

/// What the container toolkit and the loader obey: from a tenant they would reach beyond the pod.
const NOT_FROM_TENANTS: &[&str] = &["NVIDIA_", "LD_", "CUDA_MPS_"];

/// The Secret of the pod's instance.
pub(crate) fn secret(installation: &Installation, wish: &PodWish) -> Secret {
    let name = names::secret(wish.instance);
    let mut metadata = organisation_meta(installation, wish.organisation, &name, wish.wish_seq);
    metadata.labels.get_or_insert_default().insert(INSTANCE.to_owned(), wish.instance.characters());
    Secret { metadata, type_: Some("Opaque".to_owned()), data: Some(allowed(&wish.environment)), ..Secret::default() }
}

fn allowed(environment: &BTreeMap<String, String>) -> BTreeMap<String, ByteString> {
    let reaches_beyond =
        |name: &str| NOT_FROM_TENANTS.iter().any(|prefix| name.to_ascii_uppercase().starts_with(prefix));
    let kept = environment.iter().filter(|(name, _)| !reaches_beyond(name));
    kept.map(|(name, value)| (name.clone(), ByteString(value.clone().into_bytes()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_cannot_steer_the_driver_or_the_loader() {
        let names = ["NVIDIA_VISIBLE_DEVICES", "ld_preload", "LD_LIBRARY_PATH", "CUDA_MPS_PIPE_DIRECTORY", "OLD_NAME"];
        let environment = names.map(|name| (name.to_owned(), "x".to_owned())).into();
        let kept: Vec<String> = allowed(&environment).into_keys().collect();
        assert_eq!(kept, ["OLD_NAME"]);
    }
}
