//! Views of people, sessions, members and organisations.

use serde::{Deserialize, Serialize};

use crate::{InvitationId, OrganisationId, ProjectId, Role, SessionId, Timestamp, UserId};

/// A session as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Its id.
    pub id: SessionId,
    /// What the browser said it is.
    pub device: String,
    /// The network address it was opened from.
    pub address: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// Whether the request came with it.
    pub is_this_one: bool,
}

/// An organisation that a person belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MembershipView {
    /// The organisation's id.
    pub organisation: OrganisationId,
    /// Its word in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The person's role in it.
    pub role: Role,
}

/// A member of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// The person's id.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
}

/// Who is to be asked into an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The address that the letter goes to, and that they must sign in with.
    pub email: String,
    /// The role that they would have.
    pub role: Role,
}

/// An invitation that nobody has answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Its id.
    pub id: InvitationId,
    /// The address that it was sent to.
    pub email: String,
    /// The role that they would have.
    pub role: Role,
    /// What the member who asked them is called; nothing where they are a member no more.
    pub invited_by: Option<String>,
    /// When its letter was last written.
    pub sent_at: Timestamp,
    /// From when on it cannot be accepted.
    pub expires_at: Timestamp,
}

/// Asks for a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeProject {
    /// What it is called, 1 to 60 characters.
    pub name: String,
}

/// Says who may launch in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetProjectMembers {
    /// Which one.
    pub project: ProjectId,
    /// Nobody means every member who may launch at all.
    pub members: Vec<UserId>,
}

/// A named share of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectView {
    /// Its id.
    pub id: ProjectId,
    /// Its word in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
}

/// What a person says of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    /// What they are called.
    pub name: String,
    /// The language of letters, and of screens where a browser chose none: en, fr or ar. Nothing follows the browser.
    pub locale: Option<String>,
    /// The IANA zone that times are written in. Nothing follows the hub.
    pub time_zone: Option<String>,
}
