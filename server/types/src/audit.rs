//! The audit as it is read.

use serde::{Deserialize, Serialize};

use crate::{OrganisationId, Timestamp, UserId};

/// Which rows of the audit are wanted; nothing means all.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditFilter {
    /// What whoever has this in their name, address or id did, or the worker with this name.
    pub who: Option<String>,
    /// Verbs of this area, the word before the dot: `instance`, `price`.
    pub area: Option<String>,
    /// What was done to the thing with this id.
    pub subject: Option<String>,
    /// What this person did.
    pub user: Option<UserId>,
    /// What was done in this organisation; for the installation's list only.
    pub organisation: Option<OrganisationId>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

/// One change, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditView {
    /// The row's id.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// In which organisation; nothing for the installation itself.
    pub organisation: Option<OrganisationId>,
    /// What the organisation is called.
    pub organisation_name: Option<String>,
    /// Who: a person's id, or the name of a worker.
    pub principal: String,
    /// What the person is called.
    pub name: Option<String>,
    /// Set when a person acted as the hub's staff.
    pub staff_role: Option<String>,
    /// What was done: area and verb in the past, as in `instance.launched`.
    pub verb: String,
    /// The id of the thing.
    pub subject: String,
    /// The thing's fields that differ.
    pub changes: Vec<FieldChange>,
    /// From which network address.
    pub address: Option<String>,
    /// The number of the request, as its answer and the log say it; nothing where none is known.
    pub request: Option<String>,
    /// Its place in the sealed chain; nothing while it waits for the sealer.
    pub seal: Option<i64>,
}

/// A field before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// The field's name.
    pub field: String,
    /// Its value before; nothing where there was none.
    pub before: Option<String>,
    /// Its value after; nothing where there is none.
    pub after: Option<String>,
}
