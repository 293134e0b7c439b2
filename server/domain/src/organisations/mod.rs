//! Organisations, their members and projects, as people inside them see them; and all of them, for staff.

mod closing;
mod domains;
mod found;
mod identity;
mod invitations;
mod members;
mod owners;
mod projects;
mod settings;
mod staff;
mod vat;

use sea_orm::FromQueryResult;
use types::{
    Currency, List, MemberView, MembershipView, OrganisationId, OrganisationStanding, Role, Timestamp, UserId,
};

pub(crate) use self::domains::domain_of;
pub use self::{
    closing::{close_organisation, closing_in, due_to_end, end_organisation, keep_organisation},
    domains::{answer_domain, claim_domain, domain_in, domain_to_confirm_in, give_up_domain, list_domains},
    found::found_organisation,
    invitations::{INVITATION_HOURS, invite, list_invitations_in, resend_invitation, revoke_invitation},
    members::{change_role, leave, remove_member, transfer_ownership},
    projects::{
        close_project, list_open_projects_in, list_project_members_in, list_projects_in, make_project, open_project,
        project_closing_in, rename_project, set_project_members,
    },
    settings::{change_organisation, settings_in},
    staff::{list_organisations, organisation_in},
};
pub(crate) use self::{
    members::own_role_in,
    owners::tell_owners_in,
    projects::{check_member_in, check_open_in, first_open_project_in, hold_open_in},
};
use crate::{
    Database, Error, Result, Tx,
    access::{Actor, Scope, policy::ReadMembers},
    database::statement,
};

/// How the organisation `o` stands, in the words of [`OrganisationStanding`]; as `seat_of` says it.
const STANDING: &str = "CASE WHEN o.closed_at IS NOT NULL THEN 'closed' WHEN o.closes_at IS NOT NULL THEN 'closing'
    ELSE o.state END";

#[derive(FromQueryResult)]
struct MembershipRow {
    organisation_id: OrganisationId,
    slug: String,
    name: String,
    role: Role,
}

/// The organisations that the actor belongs to, by name.
///
/// # Errors
/// Only the database's own.
pub async fn list_memberships(db: &Database, actor: &Actor) -> Result<Vec<MembershipView>> {
    let query = statement("SELECT * FROM organisations_of($1)", [actor.person().id.into()]);
    let rows = MembershipRow::find_by_statement(query).all(db.before_scope()).await?;
    let view = |row: MembershipRow| MembershipView {
        organisation: row.organisation_id,
        slug: row.slug,
        name: row.name,
        role: row.role,
    };
    Ok(rows.into_iter().map(view).collect())
}

#[derive(FromQueryResult)]
struct MemberRow {
    user_id: UserId,
    name: String,
    email: String,
    role: Role,
    joined_at: Timestamp,
}

/// The organisation's members, in the order they joined, then by name; at most 1,000.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_members_in(tx: &Tx, scope: &Scope<ReadMembers>) -> Result<List<MemberView>> {
    tx.admits(scope)?;
    let sql = "SELECT m.user_id, p.name, p.email, m.role, m.joined_at FROM member m JOIN person p ON p.id = m.user_id
               WHERE m.organisation_id = $1 ORDER BY m.joined_at, p.name, m.user_id LIMIT 1000";
    let rows: Vec<MemberRow> = tx.all(sql, [tx.organisation().into()]).await?;
    let view = |row: MemberRow| MemberView {
        user: row.user_id,
        name: row.name,
        email: row.email,
        role: row.role,
        joined_at: row.joined_at,
    };
    Ok(List { items: rows.into_iter().map(view).collect(), next_cursor: None })
}

/// The organisation as it buys: what decides its prices and its tax, and whether it may.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Buyer {
    pub(crate) currency: Currency,
    /// Two capital letters.
    pub(crate) country: String,
    pub(crate) is_business: bool,
    pub(crate) standing: OrganisationStanding,
}

/// The transaction's organisation as it buys.
pub(crate) async fn buyer_in(tx: &Tx) -> Result<Buyer> {
    let sql =
        format!("SELECT currency, country, is_business, {STANDING} AS standing FROM organisation o WHERE o.id = $1");
    tx.one(&sql, [tx.organisation().into()]).await?.ok_or(Error::NotFound)
}

impl Buyer {
    /// Refuses what an organisation that the hub suspended, or that its owner closed, may not begin.
    pub(crate) fn check_active(&self) -> Result<()> {
        self.check_open()?;
        let is_suspended = self.standing == OrganisationStanding::Suspended;
        if is_suspended { Err(Error::Conflict("organisation-suspended")) } else { Ok(()) }
    }

    /// Refuses what an organisation that its owner closed is given no more.
    pub(crate) fn check_open(&self) -> Result<()> {
        match self.standing {
            OrganisationStanding::Active | OrganisationStanding::Suspended => Ok(()),
            OrganisationStanding::Closing | OrganisationStanding::Closed => Err(Error::Conflict("organisation-closed")),
        }
    }
}
