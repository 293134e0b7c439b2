//! The claim of a volume: storage that no pod owns.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimSpec, VolumeResourceRequirements},
    apimachinery::pkg::api::resource::Quantity,
};
use types::VolumeWish;

use crate::{
    names::{self, Installation, NAME, VOLUME},
    objects::organisation_meta,
};

/// The claim that was wished for, of the cluster's own class of storage.
pub(crate) fn claim(installation: &Installation, wish: &VolumeWish) -> PersistentVolumeClaim {
    let name = names::claim(wish.volume);
    let mut metadata = organisation_meta(installation, wish.organisation, &name, wish.wish_seq);
    metadata.labels.get_or_insert_default().insert(VOLUME.to_owned(), wish.volume.characters());
    metadata.annotations.get_or_insert_default().insert(NAME.to_owned(), wish.name.clone());
    let storage = BTreeMap::from([("storage".to_owned(), Quantity(format!("{}Gi", wish.size_gb)))]);
    let resources = VolumeResourceRequirements { requests: Some(storage), ..VolumeResourceRequirements::default() };
    let spec = PersistentVolumeClaimSpec {
        // The scheduler itself keeps a second pod away, also where the observer has not seen the first one yet.
        access_modes: Some(vec!["ReadWriteOncePod".to_owned()]),
        resources: Some(resources),
        ..PersistentVolumeClaimSpec::default()
    };
    PersistentVolumeClaim { metadata, spec: Some(spec), status: None }
}

#[cfg(test)]
mod tests {
    use types::{OrganisationId, VolumeId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_claim_is_named_by_its_id_alone_and_owned_by_nobody() {
        let (organisation, volume) =
            (OrganisationId::from_uuid(Uuid::from_u128(1)), VolumeId::from_uuid(Uuid::from_u128(2)));
        let wish = VolumeWish {
            organisation,
            volume,
            name: "data".to_owned(),
            size_gb: 50,
            wish_seq: 7,
            is_gone: false,
            uid: None,
        };
        let claim = claim(&"dev".parse().unwrap(), &wish);
        assert_eq!(claim.metadata.name.as_deref(), Some(names::claim(volume).as_str()));
        assert_eq!(names::identity_of_claim(&claim.metadata), Some((organisation, volume)));
        assert_eq!(names::wish_seq_of(&claim.metadata), Some(7));
        assert_eq!(claim.metadata.owner_references, None);
        let spec = claim.spec.unwrap();
        assert_eq!(spec.access_modes.unwrap(), ["ReadWriteOncePod"]);
        let requests = spec.resources.unwrap().requests.unwrap();
        assert_eq!(requests["storage"].0, "50Gi");
    }
}
