//! Names, labels and annotations of everything that Tamuda has in a cluster. Names derive from ids alone.

use std::{collections::BTreeMap, fmt, str::FromStr};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use types::{InstanceId, OrganisationId, VolumeId};
use uuid::Uuid;

pub(crate) const MANAGED_BY: &str = "app.kubernetes.io/managed-by";
pub(crate) const TAMUDA: &str = "tamuda";
pub(crate) const INSTALLATION: &str = "tamuda.dev/installation";
pub(crate) const ORGANISATION: &str = "tamuda.dev/organisation";
pub(crate) const INSTANCE: &str = "tamuda.dev/instance";
/// Which volume a claim is of.
pub(crate) const VOLUME: &str = "tamuda.dev/volume";
pub(crate) const ATTEMPT: &str = "tamuda.dev/attempt";
pub(crate) const WISH_SEQ: &str = "tamuda.dev/wish-seq";
pub(crate) const NAME: &str = "tamuda.dev/name";
/// What the names of organisations' namespaces begin with.
pub(crate) const NAMESPACE_PREFIX: &str = "tm-";
/// Stands on the nodes that the simulator invents.
pub(crate) const SIMULATED: &str = "tamuda.dev/simulated";

/// Which installation of Tamuda an object belongs to; the same word stands in its database.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Installation(String);

/// A text that cannot name an installation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an installation is named by 1 to 63 letters, digits and hyphens that begin and end with a letter or digit")]
pub struct NotAnInstallation;

impl Installation {
    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Selects everything of this installation.
    pub(crate) fn selector(&self) -> String {
        format!("{MANAGED_BY}={TAMUDA},{INSTALLATION}={self}")
    }

    /// Whether the object carries this installation's labels.
    pub(crate) fn owns(&self, meta: &ObjectMeta) -> bool {
        label(meta, MANAGED_BY) == Some(TAMUDA) && label(meta, INSTALLATION) == Some(&self.0)
    }
}

impl fmt::Display for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Installation {
    type Err = NotAnInstallation;

    fn from_str(text: &str) -> Result<Self, NotAnInstallation> {
        let edges = [text.chars().next(), text.chars().next_back()];
        let edges_fit = edges.iter().all(|edge| edge.is_some_and(|c| c.is_ascii_alphanumeric()));
        let all_fit = text.len() <= 63 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if edges_fit && all_fit { Ok(Self(text.to_owned())) } else { Err(NotAnInstallation) }
    }
}

/// The namespace of an organisation: all 26 characters, since a UUIDv7 begins with the time.
pub(crate) fn namespace(organisation: OrganisationId) -> String {
    format!("{NAMESPACE_PREFIX}{}", organisation.characters())
}

/// The pod of an attempt.
pub(crate) fn pod(instance: InstanceId, attempt: i32) -> String {
    format!("in-{}-{attempt}", instance.characters())
}

/// The Secret of an instance.
pub(crate) fn secret(instance: InstanceId) -> String {
    format!("in-{}", instance.characters())
}

/// The claim of a volume.
pub(crate) fn claim(volume: VolumeId) -> String {
    format!("vo-{}", volume.characters())
}

/// The labels of everything that an organisation has.
pub(crate) fn labels_of(installation: &Installation, organisation: OrganisationId) -> BTreeMap<String, String> {
    let pairs = [
        (MANAGED_BY, TAMUDA.to_owned()),
        (INSTALLATION, installation.to_string()),
        (ORGANISATION, organisation.characters()),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The annotation that says which wish an object comes from.
pub(crate) fn wish_seq(number: i64) -> BTreeMap<String, String> {
    BTreeMap::from([(WISH_SEQ.to_owned(), number.to_string())])
}

/// The number of the wish that an object comes from, if it says one.
pub(crate) fn wish_seq_of(meta: &ObjectMeta) -> Option<i64> {
    meta.annotations.as_ref()?.get(WISH_SEQ)?.parse().ok()
}

/// Whose pod it is and which one, as its labels say; none when they do not say it or its name says otherwise.
pub(crate) fn identity(meta: &ObjectMeta) -> Option<(OrganisationId, InstanceId, i32)> {
    let organisation = id(label(meta, ORGANISATION)?).map(OrganisationId::from_uuid)?;
    let instance = id(label(meta, INSTANCE)?).map(InstanceId::from_uuid)?;
    let attempt = label(meta, ATTEMPT)?.parse().ok()?;
    let agrees = meta.name.as_deref() == Some(&pod(instance, attempt))
        && meta.namespace.as_deref() == Some(&namespace(organisation));
    agrees.then_some((organisation, instance, attempt))
}

/// Whose claim it is and of which volume, as its labels say; none when they do not say it or its name says otherwise.
pub(crate) fn identity_of_claim(meta: &ObjectMeta) -> Option<(OrganisationId, VolumeId)> {
    let organisation = id(label(meta, ORGANISATION)?).map(OrganisationId::from_uuid)?;
    let volume = id(label(meta, VOLUME)?).map(VolumeId::from_uuid)?;
    let agrees =
        meta.name.as_deref() == Some(&claim(volume)) && meta.namespace.as_deref() == Some(&namespace(organisation));
    agrees.then_some((organisation, volume))
}

pub(crate) fn label<'a>(meta: &'a ObjectMeta, key: &str) -> Option<&'a str> {
    meta.labels.as_ref()?.get(key).map(String::as_str)
}

/// The UUID of 26 characters; every kind of id is written alike, so one parser serves.
fn id(characters: &str) -> Option<Uuid> {
    format!("{}_{characters}", InstanceId::PREFIX).parse().ok().map(InstanceId::uuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_label_values_name_an_installation() {
        for text in ["dev", "0198c2f7-1b6e", "A"] {
            assert!(text.parse::<Installation>().is_ok(), "{text}");
        }
        for text in ["", "-a", "a-", "a b", "a,b=c", &"a".repeat(64)] {
            assert!(text.parse::<Installation>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_taken_pod_has_the_names_that_are_given_here() {
        let now = types::Timestamp::from_second(0);
        let taken = types::PodSeen::taken(OrganisationId::new(now), InstanceId::new(now), 3, now);
        let given = (namespace(taken.organisation), pod(taken.instance, 3));
        assert_eq!((taken.namespace, taken.name), given);
    }

    #[test]
    fn a_pod_whose_labels_contradict_its_name_has_no_identity() {
        let (organisation, instance) =
            (OrganisationId::from_uuid(Uuid::from_u128(1)), InstanceId::from_uuid(Uuid::from_u128(2)));
        let mut labels = BTreeMap::from([(ORGANISATION.to_owned(), organisation.characters())]);
        labels.insert(INSTANCE.to_owned(), instance.characters());
        labels.insert(ATTEMPT.to_owned(), "3".to_owned());
        let mut meta = ObjectMeta {
            name: Some(pod(instance, 3)),
            namespace: Some(namespace(organisation)),
            labels: Some(labels),
            ..ObjectMeta::default()
        };
        assert_eq!(identity(&meta), Some((organisation, instance, 3)));
        meta.name = Some(pod(instance, 4));
        assert_eq!(identity(&meta), None);
    }
}
