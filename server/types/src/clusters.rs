//! What the hub's staff see of clusters, nodes and whatever waits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Argument, ClusterId, EventView, InstanceId, InstanceReason, LeaseId, OrganisationId, Phase, Timestamp, UsedId,
    word::words,
};

/// Everything the operator looks at first, from one state of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HallView {
    /// Every cluster.
    pub clusters: Vec<ClusterView>,
    /// Every node, by cluster and name.
    pub nodes: Vec<NodeView>,
    /// What waits, longest first.
    pub waiting: Vec<WaitingView>,
    /// What the operator is asked.
    pub questions: Vec<QuestionView>,
    /// Seconds that nobody saw, newest first, of the last 30 days.
    pub unconfirmed: Vec<UnconfirmedView>,
}

/// A cluster and how well it is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClusterView {
    /// Its id.
    pub id: ClusterId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub region: String,
    /// Whether it is invented.
    pub simulated: bool,
    /// Everything before this was seen; nothing before the first look.
    pub observed_through: Option<Timestamp>,
    /// Why it does not move on: the word of a message.
    pub trouble: Option<String>,
    /// How far the cluster's clocks are from the database's, in milliseconds; above 5,000 is trouble.
    pub skew_ms: i64,
}

/// A node, as the leader last saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NodeView {
    /// The cluster's name.
    pub cluster: String,
    /// Its own.
    pub name: String,
    /// The GPU as its driver names it.
    pub product: Option<String>,
    /// The zone it stands in.
    pub zone: Option<String>,
    /// Whether it answers.
    pub ready: bool,
    /// Since when it answers, or does not.
    pub ready_since: Option<Timestamp>,
    /// The last sign of life of a node that does not answer.
    pub renewed_at: Option<Timestamp>,
    /// Whether launches are kept off it.
    pub cordoned: bool,
    /// Whether it is invented.
    pub simulated: bool,
    /// When it was last seen to change.
    pub seen_at: Timestamp,
    /// When it was gone.
    pub gone_at: Option<Timestamp>,
    /// Each GPU resource that it offers.
    pub gpus: Vec<GpuView>,
}

/// What a node holds of one GPU resource, in units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GpuView {
    /// `nvidia.com/gpu` or `nvidia.com/mig-…`.
    pub resource: String,
    /// Units it was built with.
    pub n_capacity: i64,
    /// Units that work.
    pub n_allocatable: i64,
    /// Units that our instances hold.
    pub n_ours: i64,
    /// Units that others' pods hold.
    pub n_foreign: i64,
}

/// An instance that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingView {
    /// Whose.
    pub organisation: OrganisationId,
    /// That organisation's word in addresses.
    pub organisation_slug: String,
    /// What it is called.
    pub organisation_name: String,
    /// Which instance.
    pub instance: InstanceId,
    /// What it is called.
    pub name: String,
    /// The flavour's name.
    pub flavour: String,
    /// How many units.
    pub units: u32,
    /// Where it waits.
    pub phase: Phase,
    /// Since when.
    pub since: Timestamp,
    /// When it is given up.
    pub deadline_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<InstanceReason>,
    /// What the reason's sentence needs to know.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub reason_arguments: BTreeMap<String, Argument>,
    /// The cluster's last event about it.
    pub event: Option<EventView>,
    /// The node it waits on.
    pub node: Option<String>,
}

/// A stretch that nobody saw, and that is not billed therefore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnconfirmedView {
    /// Whose.
    pub organisation: OrganisationId,
    /// What it is called.
    pub organisation_name: String,
    /// Which instance, or which volume.
    pub instance: UsedId,
    /// What it is called.
    pub name: String,
    /// Which attempt, or which stretch of the volume's life.
    pub lease: LeaseId,
    /// From when.
    pub started_at: Timestamp,
    /// Until when.
    pub ended_at: Option<Timestamp>,
}

words! {
    /// What the operator is asked before anything is deleted.
    OperatorQuestion {
        /// The cluster is ahead of the database, which was restored.
        RestoredDatabase = "restored_database",
        /// An unusual share of all objects would be deleted.
        ManyDeletions = "many_deletions",
    }
}

words! {
    /// What the operator says.
    OperatorAnswer {
        /// Delete nothing.
        Keep = "keep",
        /// Delete what was asked about.
        Delete = "delete",
    }
}

/// A question to the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionView {
    /// Its number.
    pub id: String,
    /// About which cluster.
    pub cluster: String,
    /// What is asked.
    pub question: OperatorQuestion,
    /// What the question's sentence needs to know.
    pub arguments: BTreeMap<String, Argument>,
    /// When.
    pub asked_at: Timestamp,
    /// What was answered.
    pub answer: Option<OperatorAnswer>,
    /// When.
    pub answered_at: Option<Timestamp>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerQuestion {
    /// The question's number.
    pub id: String,
    /// What is answered.
    pub answer: OperatorAnswer,
}
