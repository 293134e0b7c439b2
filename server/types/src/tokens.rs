//! Requests and views of API tokens.

use serde::{Deserialize, Serialize};

use crate::{BudgetWindow, FlavourId, Money, ProjectId, Role, Timestamp, TokenId};

/// A token as those who may see it do; its secret is told once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenView {
    /// Its id.
    pub id: TokenId,
    /// What it is called.
    pub name: String,
    /// Whose it is; nothing for a service account's.
    pub person: Option<String>,
    /// The role of a service account; nothing where the person's counts.
    pub role: Option<Role>,
    /// What it may do, as far as its role may.
    pub permissions: Vec<String>,
    /// In which projects; empty for all.
    pub projects: Vec<ProjectId>,
    /// With which flavours; empty for all.
    pub flavours: Vec<FlavourId>,
    /// From which networks; empty for everywhere.
    pub networks: Vec<String>,
    /// How many units may run at once by it; nothing for as many as the quota allows.
    pub most_units: Option<u32>,
    /// What it may spend, gross; nothing where it launches nothing.
    pub ceiling: Option<Money>,
    /// Over which time.
    pub window: Option<BudgetWindow>,
    /// What it has spent in that time, up to the last settlement.
    pub spent: Option<Money>,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// From when on it opens nothing.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// From where.
    pub used_from: Option<String>,
}

/// A token that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTokenView {
    /// The token.
    pub token: TokenView,
    /// What programs send: `Authorization: Bearer tmd_…`. Nobody can read it again; empty in a rehearsal.
    pub secret: String,
}

/// Asks for a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeToken {
    /// What it is called, 1 to 60 characters.
    pub name: String,
    /// The role of a service account, which outlives its maker; a token of the maker's own where nothing is said.
    #[serde(default)]
    pub role: Option<Role>,
    /// What it may do: names of permissions.
    pub permissions: Vec<String>,
    /// In which projects; empty for all.
    #[serde(default)]
    pub projects: Vec<ProjectId>,
    /// With which flavours; empty for all.
    #[serde(default)]
    pub flavours: Vec<FlavourId>,
    /// From which networks, `192.0.2.0/24` or `2001:db8::1`; empty for everywhere.
    #[serde(default)]
    pub networks: Vec<String>,
    /// How many units may run at once by it.
    #[serde(default)]
    pub most_units: Option<u32>,
    /// What it may spend, gross; required of one that launches or starts.
    #[serde(default)]
    pub ceiling: Option<Money>,
    /// Over which time; the month where nothing is said.
    #[serde(default)]
    pub window: Option<BudgetWindow>,
    /// Days that it lasts, 1 to 365.
    pub days: u16,
}
