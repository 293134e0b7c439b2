//! Views and requests of the catalogue and of quotas: what can be launched, at what price, and whether it would start.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Argument, CoverView, FlavourId, GpuKind, Money, NewVolume, ProjectId, Timestamp, VolumeId, word::words};

/// Something that can be launched, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FlavourView {
    /// Its id.
    pub id: FlavourId,
    /// Its word in addresses, `h200`.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// The model of the GPU.
    pub model: String,
    /// A whole GPU or a slice.
    pub kind: GpuKind,
    /// GPU memory of one unit, in MiB.
    pub gpu_memory_mib: i64,
    /// CPUs of one unit.
    pub n_vcpus: i32,
    /// Memory of one unit, in MiB.
    pub memory_mib: i64,
    /// Disk of one unit, in MiB.
    pub disk_mib: i64,
    /// The most units of one launch.
    pub max_units: u32,
    /// Net price of one unit for one hour; nothing while it is not for sale.
    pub per_hour: Option<Money>,
    /// Net price of one unit for 730 hours, a month on average.
    pub per_month: Option<Money>,
    /// Units that work, on nodes that take launches.
    pub n_units: u32,
    /// Units that are free there.
    pub n_free: u32,
    /// The most free units on one node: what one launch can have now.
    pub n_free_on_one_node: u32,
    /// What the organisation may hold and holds; nothing in the public list.
    pub quota: Option<QuotaUse>,
    /// Whether one unit would start now; nothing in the public list.
    pub verdict: Option<Verdict>,
    /// Whether its nodes are invented by the simulator.
    pub simulated: bool,
}

/// A quota and what is used of it, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuotaUse {
    /// Units that the organisation may hold.
    pub units: u32,
    /// Units that it holds.
    pub used: u32,
}

impl QuotaUse {
    /// Units left.
    #[must_use]
    pub const fn left(self) -> u32 {
        self.units.saturating_sub(self.used)
    }
}

words! {
    /// Whether a launch would start.
    VerdictWord {
        /// Starts as soon as it is asked for.
        Now = "now",
        /// May be launched, and waits.
        Waits = "waits",
        /// Would be refused.
        Cannot = "cannot",
    }
}

words! {
    /// Why a launch would wait or be refused.
    VerdictReason {
        /// No node has as many units free: `asked`, `free`, `largest`.
        NoFreeGpu = "no_free_gpu",
        /// No node that has it takes launches now.
        NodesAway = "nodes_away",
        /// The cluster does not answer; what it holds is not known now.
        ClusterSilent = "cluster_silent",
        /// The organisation's quota: `asked`, `left`, `quota`.
        Quota = "quota",
        /// Balance and grants do not cover the start, what a new volume sets aside included: `needed`, `available`.
        Credit = "credit",
        /// A budget that would count it leaves too little, as its refusal says: `of`, `name`, `needed`, `left`.
        Budget = "budget_exceeded",
        /// The token that asks may not run as many units at once: `most`.
        TokenUnits = "token_units",
        /// The flavour has no price.
        NotForSale = "not_for_sale",
        /// No node has as many units in all: `asked`, `most`.
        TooManyUnits = "too_many_units",
        /// What was due long ago is not paid: `owed`.
        PaymentOverdue = "payment_overdue",
        /// The hub suspended the organisation.
        Suspended = "suspended",
        /// The organisation was closed by its owner.
        Closing = "closing",
        /// No cluster has the flavour, or not the one in which the volumes stand.
        Nowhere = "nowhere",
        /// One instance does not mount as many volumes: `max`.
        TooManyVolumes = "too_many_volumes",
        /// One of the volumes is not there.
        VolumeUnknown = "volume_unknown",
        /// One of the volumes is of another project.
        VolumeOfAnotherProject = "volume_of_another_project",
        /// One of the volumes stands in another cluster.
        VolumeElsewhere = "volume_elsewhere",
        /// An instance mounts one of the volumes.
        VolumeInUse = "volume_in_use",
        /// Nobody pays for one of the volumes.
        VolumeFrozen = "volume_frozen",
        /// The storage of one of the volumes is gone.
        VolumeLost = "volume_lost",
        /// One of the volumes is deleted.
        VolumeDeleted = "volume_deleted",
        /// Name or size of the new volume cannot be.
        NewVolume = "new_volume",
        /// Another volume has the new one's name: `name`.
        VolumeNameTaken = "volume_name_taken",
        /// The organisation's quota of storage, in gigabytes: `asked`, `left`, `quota`.
        StorageQuota = "storage_quota",
        /// Storage has no price.
        StorageNotForSale = "storage_not_for_sale",
    }
}

/// Whether a launch would start, why not, and what would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// Starts now, waits or cannot.
    pub word: VerdictWord,
    /// Why it does not start now.
    pub reason: Option<VerdictReason>,
    /// What the reason's sentence needs to know.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub arguments: BTreeMap<String, Argument>,
    /// The nearest launches that would start now, at most three; none when this one does.
    pub alternatives: Vec<Alternative>,
}

/// A launch that would start now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alternative {
    /// Of what.
    pub flavour: FlavourId,
    /// Its word in addresses.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// How many units.
    pub units: u32,
    /// Net price of all of them for one hour.
    pub per_hour: Money,
}

/// What a launch would cost and whether it would start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteView {
    /// Whose share of the organisation would pay.
    pub project: ProjectId,
    /// Starts now, waits or cannot.
    pub verdict: Verdict,
    /// Net price of all units for one hour; nothing while it is not for sale.
    pub per_hour: Option<Money>,
    /// The same with tax.
    pub per_hour_with_tax: Option<Money>,
    /// Tax in millionths of the net price.
    pub rate_ppm: i32,
    /// The organisation's quota before the launch.
    pub quota: QuotaUse,
    /// What the start would set aside, who would pay, and how long the balance lasts.
    pub cover: Option<CoverView>,
    /// The volumes that it would mount, as far as there are such.
    pub volumes: Vec<PlannedMount>,
    /// What the volume that is made with it would cost.
    pub new_volume: Option<PlannedVolume>,
}

/// A volume that a launch would mount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedMount {
    /// Its id.
    pub id: VolumeId,
    /// What the organisation calls it.
    pub name: String,
    /// Gigabytes of it.
    pub size_gb: u32,
}

/// A volume that a launch would make, and what it costs apart from the instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedVolume {
    /// What the organisation would call it.
    pub name: String,
    /// Gigabytes of it.
    pub size_gb: u32,
    /// Net price of its size for one hour; nothing while storage is not for sale.
    pub per_hour: Option<Money>,
    /// The same with tax.
    pub per_hour_with_tax: Option<Money>,
    /// Gigabytes that the organisation may hold and holds before it.
    pub quota: QuotaUse,
    /// What is set aside for it: some days of its price with tax, and who pays.
    pub lifeboat: Option<CoverView>,
}

/// A launch that is asked about before it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLaunch {
    /// The flavour.
    pub flavour: FlavourId,
    /// How many units of it.
    pub units: u32,
    /// Whose share it would be of, as grants and budgets may be for one alone; the first by name in which the asker may
    /// launch, where nothing is said.
    pub project: Option<ProjectId>,
    /// Volumes that it would mount.
    pub volumes: Vec<VolumeId>,
    /// A volume that would be made with it.
    pub new_volume: Option<NewVolume>,
}

impl PlanLaunch {
    /// A launch without volumes.
    #[must_use]
    pub const fn of(flavour: FlavourId, units: u32, project: Option<ProjectId>) -> Self {
        Self { flavour, units, project, volumes: Vec::new(), new_volume: None }
    }
}

/// What a launch would do and cost, before it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LaunchPlan {
    /// Of what, as it stands now; free where the volumes stand.
    pub flavour: FlavourView,
    /// Whose share of the organisation it would be of.
    pub project: ProjectId,
    /// How many units.
    pub units: u32,
    /// Whether it would start, money and budgets included.
    pub verdict: Verdict,
    /// Net price of all units for one hour.
    pub per_hour: Option<Money>,
    /// The same with tax.
    pub per_hour_with_tax: Option<Money>,
    /// Net price of all units for 730 hours.
    pub per_month: Option<Money>,
    /// Tax on top, in millionths of the net price.
    pub rate_ppm: i32,
    /// What the organisation may hold and holds before it.
    pub quota: QuotaUse,
    /// What it sets aside and who pays, with tax; nothing while it is not for sale.
    pub cover: Option<CoverView>,
    /// The volumes that it would mount, as far as there are such.
    pub volumes: Vec<PlannedMount>,
    /// What the volume that is made with it would cost, which comes on top.
    pub new_volume: Option<PlannedVolume>,
}

/// A software that an instance starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateView {
    /// Its word in requests, `pytorch`.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// `repository@sha256:…`.
    pub image: String,
    /// Ports that it serves.
    pub ports: Vec<u16>,
}

/// How many units of a flavour an organisation may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuotaView {
    /// Of what.
    pub flavour: FlavourId,
    /// Its word in addresses.
    pub slug: String,
    /// What people read.
    pub name: String,
    /// What it may hold and holds.
    pub quota: QuotaUse,
    /// Why it is as high as it is; nothing where it was never set.
    pub reason: Option<String>,
    /// When it was set.
    pub set_at: Option<Timestamp>,
}

/// A new quota for one flavour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetQuota {
    /// Of what.
    pub flavour: FlavourId,
    /// Units that the organisation may hold, 0 to 10,000.
    pub units: u32,
    /// Why, for the audit and the organisation; 1 to 500 characters.
    pub reason: String,
}
