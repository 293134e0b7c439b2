//! Views of people, sessions, members and organisations.

use serde::{Deserialize, Serialize};

use crate::{
    DomainId, InvitationId, Money, OrganisationId, ProjectId, Role, SessionId, Timestamp, UserId, word::words,
};

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

/// Another role for a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRole {
    /// The role that they have from now on.
    pub role: Role,
}

/// Who is to be asked into an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The address that the letter goes to, and that they must sign in with.
    pub email: String,
    /// The role that they would have.
    pub role: Role,
}

/// An invitation that nobody has answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// Asks that a project is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameProject {
    /// What it is called from now on, 1 to 60 characters.
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

/// For whom a project is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProjectMembers {
    /// Nobody means every member who may launch at all.
    pub members: Vec<UserId>,
}

/// A domain that an organisation asks the hub to let its people in by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimDomain {
    /// What stands after the @ of their addresses.
    pub name: String,
    /// The provider that they sign in with, by its word in addresses.
    pub provider: String,
    /// As what they join; never as owners.
    pub role: Role,
}

/// A domain whose people come into an organisation by themselves, or would once the hub has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainView {
    /// Its id, which the record in the name service says.
    pub id: DomainId,
    /// As it stands in the name service: small letters, punycode.
    pub name: String,
    /// The provider that they sign in with, by its word in addresses.
    pub provider: String,
    /// As what they join.
    pub role: Role,
    /// What the owner who asked is called; nothing where they are a member no more.
    pub claimed_by: Option<String>,
    /// When they asked.
    pub claimed_at: Timestamp,
    /// When the hub confirmed it; nothing while it waits.
    pub confirmed_at: Option<Timestamp>,
}

/// A domain as the hub's staff list it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationDomainView {
    /// The organisation's word in addresses.
    pub organisation_slug: String,
    /// What it is called.
    pub organisation_name: String,
    /// What it asked for.
    pub domain: DomainView,
}

words! {
    /// What the hub's staff say to a domain that is asked for.
    DomainAnswer {
        /// The name service shows that it is the organisation's.
        Confirm = "confirm",
        /// It does not.
        Refuse = "refuse",
    }
}

/// An answer to an organisation that asked for a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDomain {
    /// Which.
    pub id: DomainId,
    /// What is said.
    pub answer: DomainAnswer,
    /// What was seen, or why not.
    pub reason: String,
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
    /// When it was closed; nothing while it is open, and only then something is launched in it.
    pub closed_at: Option<Timestamp>,
}

/// What closing a project does, before it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProjectClosingView {
    /// The project.
    pub project: ProjectView,
    /// Its instances that are not deleted: there may be none.
    pub n_instances: i64,
    /// What they are called, by name; at most ten.
    pub instances: Vec<String>,
    /// Whether no other project is open: a launch needs one.
    pub is_last: bool,
    /// The ceiling of its budget, which ends; nothing where it has none.
    pub ceiling: Option<Money>,
    /// Members whom it is for; none where it is for all.
    pub n_members: i64,
    /// Tokens that reach no other open project, and so launch nothing any more.
    pub n_tokens: i64,
    /// Grants that pay in no other open project, and so pay nothing while it is closed.
    pub n_lots: i64,
}

/// What a person says of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountSettings {
    /// What they are called.
    pub name: String,
    /// The language of letters, and of screens where a browser chose none: en, fr or ar. Nothing follows the browser.
    pub locale: Option<String>,
    /// The IANA zone that times are written in. Nothing follows the hub.
    pub time_zone: Option<String>,
}
