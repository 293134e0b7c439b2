//! The hub's own people, and who is proposed to become one.

use serde::{Deserialize, Serialize};

use crate::{ProposalId, ResetId, Role, StaffRole, Timestamp, UserId};

/// A person with one of their roles at the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffView {
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What they do for the hub.
    pub role: StaffRole,
    /// Since when.
    pub since: Timestamp,
}

/// A role that somebody is proposed for, until another one of the staff agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    /// Its id.
    pub id: ProposalId,
    /// For whom.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Which role.
    pub role: StaffRole,
    /// Why.
    pub reason: String,
    /// Who proposes it.
    pub proposed_by: UserId,
    /// What who proposes it is called.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Timestamp,
    /// From when on nobody can agree any more.
    pub expires_at: Timestamp,
}

/// Who should have which role at the hub, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposeStaff {
    /// The address that they sign in with.
    pub email: String,
    /// The role.
    pub role: StaffRole,
    /// What the audit says of it.
    pub reason: String,
}

/// Which role somebody has no more, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeStaff {
    /// Whose.
    pub user: UserId,
    /// The role.
    pub role: StaffRole,
    /// What the audit says of it.
    pub reason: String,
}

/// Whose second factors are to be taken away, until another one of the staff agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorResetView {
    /// Its id.
    pub id: ResetId,
    /// Whose.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Why, and how it was made sure who they are.
    pub reason: String,
    /// Who asks for it.
    pub asked_by: UserId,
    /// What who asks for it is called.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// From when on nobody can agree any more.
    pub expires_at: Timestamp,
}

/// Whose second factors should be taken away, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskForFactorReset {
    /// The address that they sign in with.
    pub email: String,
    /// How it was made sure who they are: what the audit says of it.
    pub reason: String,
}

/// What the hub sees of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Whose.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Since when nobody comes in by it; nothing where it is open.
    pub stopped_at: Option<Timestamp>,
    /// What they do for the hub.
    pub roles: Vec<StaffRole>,
    /// What the organisations are called that they belong to.
    pub organisations: Vec<String>,
    /// How many sessions are open.
    pub n_sessions: i64,
}

/// As whom staff want to look at an organisation, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginView {
    /// The role of a member.
    pub role: Role,
    /// What the organisation reads of it.
    pub reason: String,
}
