//! Volumes: what is asked, what is seen, and the words between the cluster and the domain.

use serde::{Deserialize, Serialize};

use crate::{
    ClusterId, InstanceId, InstanceReason, Money, OrganisationId, ProjectId, Timestamp, VolumeId, word::words,
};

words! {
    /// What an organisation wants of a volume.
    VolumeKeep {
        /// That it is there.
        Kept = "kept",
        /// That it goes once nobody can take its deletion back.
        Deleted = "deleted",
        /// That nothing of it is left.
        Gone = "gone",
    }
}

words! {
    /// Where a volume stands.
    VolumePhase {
        /// Wished, and not yet seen in the cluster.
        Requested = "requested",
        /// The cluster looks for the storage.
        Pending = "pending",
        /// There, and what is billed.
        Bound = "bound",
        /// There, and grows.
        Resizing = "resizing",
        /// The storage behind it is gone or cannot be told.
        Lost = "lost",
        /// Is being taken away.
        Deleting = "deleting",
        /// Gone.
        Deleted = "deleted",
    }
}

words! {
    /// Where a claim stands, by the cluster's own word.
    ClaimPhase {
        /// Has no storage yet.
        Pending = "pending",
        /// Has storage.
        Bound = "bound",
        /// Had storage, which is gone.
        Lost = "lost",
    }
}

/// What a volume is to be in the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumeWish {
    /// Whose volume.
    pub organisation: OrganisationId,
    /// Which volume.
    pub volume: VolumeId,
    /// What the person called it; kept as an annotation only.
    pub name: String,
    /// Gigabytes of it.
    pub size_gb: i64,
    /// The wish's number in the installation's sequence.
    pub wish_seq: i64,
    /// Whether nothing of it is to be left.
    pub is_gone: bool,
    /// The claim that it has or had; one that is gone is never replaced by an empty one.
    pub uid: Option<String>,
}

/// A volume that a pod mounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MountWish {
    /// Which volume.
    pub volume: VolumeId,
    /// Small letters, digits and single dashes: where it stands below `/volumes`.
    pub name: String,
}

/// A claim of this installation, as the cluster shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimSeen {
    /// Whose volume.
    pub organisation: OrganisationId,
    /// Which volume.
    pub volume: VolumeId,
    /// The number of the wish that made or last changed it.
    pub wish_seq: i64,
    /// What tells it from every other claim that ever had the name.
    pub uid: String,
    /// Where it stands; the cluster gives no time for this.
    pub phase: ClaimPhase,
    /// Gigabytes that it asks for.
    pub wanted_gb: i64,
    /// Gigabytes that it has; 0 before it is bound.
    pub capacity_gb: i64,
    /// When the API server took it.
    pub created_at: Timestamp,
    /// Whether its deletion was asked for, by whomever.
    pub is_ending: bool,
}

/// A volume to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeVolume {
    /// The share of the organisation that it belongs to.
    pub project: ProjectId,
    /// 1 to 40 lower-case letters, digits and single dashes; no other volume of the organisation has it.
    pub name: String,
    /// Gigabytes, 1 to 10,000.
    pub size_gb: u32,
}

/// A volume to make larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrowVolume {
    /// Gigabytes afterwards, more than before.
    pub size_gb: u32,
}

/// A volume's deletion or its undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeVolume {
    /// Which volume.
    pub volume: VolumeId,
    /// The version that the caller saw; nothing changes any.
    #[serde(default)]
    pub version: Option<i64>,
}

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VolumeView {
    /// Its id.
    pub id: VolumeId,
    /// Raised by each change; the ETag.
    pub version: i64,
    /// What the organisation calls it.
    pub name: String,
    /// Whose share it is of.
    pub project: ProjectId,
    /// That project's name.
    pub project_name: String,
    /// The cluster that it stands in.
    pub cluster: ClusterId,
    /// The cluster's name.
    pub cluster_name: String,
    /// Gigabytes that are wished.
    pub size_gb: u32,
    /// Gigabytes that are there.
    pub capacity_gb: u32,
    /// What the organisation wants of it.
    pub wish: VolumeKeep,
    /// Where it stands.
    pub phase: VolumePhase,
    /// Since when.
    pub phase_at: Timestamp,
    /// Why it stands there.
    pub reason: Option<InstanceReason>,
    /// What the cluster answered about that, in its own words.
    pub message: Option<String>,
    /// The instance that mounts it now, and what it is called.
    pub instance: Option<InstanceId>,
    /// What that instance is called.
    pub instance_name: Option<String>,
    /// Net price of its size for one hour now; nothing where it is not for sale.
    pub per_hour: Option<Money>,
    /// Since when nobody pays for it: it is kept, not mounted and not billed.
    pub frozen_at: Option<Timestamp>,
    /// When a frozen volume is deleted unless money comes.
    pub deletes_at: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When its deletion was asked for.
    pub deleted_at: Option<Timestamp>,
    /// Until when the deletion can be undone.
    pub undo_until: Option<Timestamp>,
}

/// What was used: an attempt of an instance, or a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum UsedId {
    /// An instance.
    Instance(InstanceId),
    /// A volume.
    Volume(VolumeId),
}

impl UsedId {
    /// The thing of this UUID.
    #[must_use]
    pub const fn of(uuid: uuid::Uuid, is_volume: bool) -> Self {
        match is_volume {
            true => Self::Volume(VolumeId::from_uuid(uuid)),
            false => Self::Instance(InstanceId::from_uuid(uuid)),
        }
    }
}

impl std::fmt::Display for UsedId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Instance(id) => id.fmt(f),
            Self::Volume(id) => id.fmt(f),
        }
    }
}

impl PartialEq<InstanceId> for UsedId {
    fn eq(&self, other: &InstanceId) -> bool {
        *self == Self::Instance(*other)
    }
}
