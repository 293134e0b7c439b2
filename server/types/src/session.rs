//! Signing in, and what a person is told about themselves.

use serde::{Deserialize, Serialize};

use crate::{MembershipView, StaffRole, UserId};

/// What a person signs in with.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The address, in any case of letters.
    pub email: String,
    /// The password.
    pub password: String,
    /// The code of an authenticator, or a recovery code, where the person has set a second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonView {
    /// Their id.
    pub user: UserId,
    /// The address they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The language of their account: en, fr or ar; nothing where they have not chosen.
    pub locale: Option<String>,
    /// What they do for the hub.
    pub staff: Vec<StaffRole>,
    /// The organisations they belong to, by name.
    pub organisations: Vec<MembershipView>,
}
