//! Views and requests of instances.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Argument, AttemptView, Currency, FlavourId, InstanceId, InstanceReason, Phase, ProjectId, Timestamp, VolumeId, Wish,
};

/// One instance to launch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LaunchInstance {
    /// The share of the organisation that it belongs to.
    pub project: ProjectId,
    /// 1 to 63 lower-case letters, digits and single dashes; no living instance of the organisation has it.
    pub name: String,
    /// What to launch.
    pub flavour: FlavourId,
    /// How many units of it; a slice is always 1.
    pub units: u32,
    /// The word of a template.
    pub template: String,
    /// Added to the template's environment; at most 64 names.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Volumes of the organisation that it mounts below `/volumes`, each under its name; at most 8.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<VolumeId>,
    /// A volume that is made with it and mounted too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_volume: Option<NewVolume>,
}

/// A volume that is made with an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewVolume {
    /// 1 to 40 lower-case letters, digits and single dashes; no other volume of the organisation has it.
    pub name: String,
    /// Gigabytes, 1 to 10,000.
    pub size_gb: u32,
}

/// A stop, with what the customer is to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StopInstance {
    /// Which instance.
    pub instance: InstanceId,
    /// The version that the caller saw; nothing stops any.
    #[serde(default)]
    pub version: Option<i64>,
    /// Why; the hub's staff must say it.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A start, restart, deletion or its undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeInstance {
    /// Which instance.
    pub instance: InstanceId,
    /// The version that the caller saw; nothing changes any.
    #[serde(default)]
    pub version: Option<i64>,
}

/// Which instances a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceFilter {
    /// Only those in this phase.
    #[serde(default)]
    pub phase: Option<Phase>,
    /// Only those of this project.
    #[serde(default)]
    pub project: Option<ProjectId>,
}

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstanceView {
    /// Its id.
    pub id: InstanceId,
    /// Raised by each change; the ETag.
    pub version: i64,
    /// What the organisation calls it.
    pub name: String,
    /// Whose share it is of.
    pub project: ProjectId,
    /// That project's name.
    pub project_name: String,
    /// What was launched.
    pub flavour: FlavourId,
    /// The flavour's name.
    pub flavour_name: String,
    /// How many units.
    pub units: u32,
    /// The template's word.
    pub template: String,
    /// The cluster's name.
    pub cluster: String,
    /// Where the cluster stands.
    pub region: String,
    /// Whether the cluster is invented.
    pub simulated: bool,
    /// What the organisation wants of it.
    pub wish: Wish,
    /// Which start of it this is, from 1.
    pub attempt: u32,
    /// Where it stands.
    pub phase: Phase,
    /// Since when.
    pub phase_at: Timestamp,
    /// When the phase is given up.
    pub deadline_at: Option<Timestamp>,
    /// Why it stands there.
    pub reason: Option<InstanceReason>,
    /// What the reason's sentence needs to know.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub reason_arguments: BTreeMap<String, Argument>,
    /// What the person who stopped it said.
    pub note: Option<String>,
    /// The cluster's last event about it.
    pub event: Option<EventView>,
    /// How often its container was started again.
    pub n_restarts: u32,
    /// When it was launched.
    pub launched_at: Timestamp,
    /// When its deletion was asked for.
    pub deleted_at: Option<Timestamp>,
    /// Until when the deletion can be undone.
    pub undo_until: Option<Timestamp>,
}

/// What the cluster last said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventView {
    /// The cluster's code.
    pub reason: String,
    /// The cluster's sentence.
    pub message: String,
    /// When it was said.
    pub at: Timestamp,
}

/// An instance with its attempts and what its cost is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstanceDetail {
    /// The instance.
    #[serde(flatten)]
    pub instance: InstanceView,
    /// `repository@sha256:…`.
    pub image: String,
    /// The names of its environment; values are told to nobody.
    pub environment: Vec<String>,
    /// The template's ports.
    pub ports: Vec<u16>,
    /// Who launched it.
    pub launched_by: String,
    /// Its attempts, newest first, at most 20.
    pub attempts: Vec<AttemptView>,
    /// What its cost is made of.
    pub cost: CostInputs,
}

/// What the cost of an instance is made of, over all attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CostInputs {
    /// The organisation's currency.
    pub currency: Currency,
    /// Net price of all its units for one hour now, in 10⁻⁶ of the currency.
    pub micros_per_hour: Option<i64>,
    /// Seconds that are billed, until now.
    pub billed_s: i64,
    /// Seconds that are not billed, until now.
    pub unbilled_s: i64,
    /// Seconds of the billed ones that a settlement has rated.
    pub rated_s: i64,
    /// Net amount of what was rated, in 10⁻⁶ of the currency.
    pub rated_net_micros: i64,
    /// The same with tax.
    pub rated_gross_micros: i64,
}

impl CostInputs {
    /// Net cost until now in 10⁻⁶ of the currency: what was rated, and the rest at the price of now.
    #[must_use]
    pub fn net_micros(&self) -> i64 {
        let unrated_s = i128::from((self.billed_s - self.rated_s).max(0));
        let unrated = unrated_s * i128::from(self.micros_per_hour.unwrap_or(0)) / 3600;
        self.rated_net_micros.saturating_add(i64::try_from(unrated).unwrap_or(i64::MAX))
    }
}
