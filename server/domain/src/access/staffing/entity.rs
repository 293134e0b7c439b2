//! The rows of the hub's people and of who is proposed to become one.

use sea_orm::FromQueryResult;
use types::{ProposalId, ProposalView, StaffRole, StaffView, Timestamp, UserId};

use super::PROPOSAL_DAYS;
use crate::{Error, Open, Result};

/// A person with one of their roles.
#[derive(FromQueryResult)]
pub(super) struct StaffRow {
    pub(super) user_id: UserId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: StaffRole,
    pub(super) since: Timestamp,
}

/// A proposal with the names of both.
#[derive(FromQueryResult)]
pub(super) struct ProposalRow {
    pub(super) id: ProposalId,
    pub(super) user_id: UserId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: StaffRole,
    pub(super) reason: String,
    pub(super) proposed_by: UserId,
    pub(super) proposed_by_name: String,
    pub(super) proposed_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// Whom a letter goes to.
#[derive(FromQueryResult)]
pub(super) struct Reader {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) locale: Option<String>,
}

/// Whose it is.
#[derive(FromQueryResult)]
pub(super) struct Holder {
    pub(super) user_id: UserId,
}

/// Everybody of the hub.
pub(super) const STAFF: &str =
    "SELECT s.user_id, p.name, p.email, s.role, s.since FROM staff s JOIN person p ON p.id = s.user_id";
/// What waits for a second person at the instant of the first value.
pub(super) const WAITING: &str = "SELECT a.id, a.user_id, p.name, p.email, a.role, a.reason, a.proposed_by,
        b.name AS proposed_by_name, a.proposed_at, a.expires_at
    FROM staff_proposal a JOIN person p ON p.id = a.user_id JOIN person b ON b.id = a.proposed_by
    WHERE a.confirmed_at IS NULL AND a.ended_at IS NULL AND a.expires_at > $1";

impl From<StaffRow> for StaffView {
    fn from(StaffRow { user_id, name, email, role, since }: StaffRow) -> Self {
        Self { user: user_id, name, email, role, since }
    }
}

impl From<ProposalRow> for ProposalView {
    fn from(row: ProposalRow) -> Self {
        Self {
            id: row.id,
            user: row.user_id,
            name: row.name,
            email: row.email,
            role: row.role,
            reason: row.reason,
            proposed_by: row.proposed_by,
            proposed_by_name: row.proposed_by_name,
            proposed_at: row.proposed_at,
            expires_at: row.expires_at,
        }
    }
}

/// The roles of a person.
pub(super) async fn roles_in(open: &Open, user: UserId) -> Result<Vec<StaffRow>> {
    open.all(&format!("{STAFF} WHERE s.user_id = $1 ORDER BY s.role"), [user.into()]).await
}

/// One that waits.
pub(super) async fn waiting_in(open: &Open, id: ProposalId) -> Result<ProposalView> {
    let sql = format!("{WAITING} AND a.id = $2");
    let row: Option<ProposalRow> = open.one(&sql, [open.now.into(), id.into()]).await?;
    row.map(ProposalView::from).ok_or(Error::NotFound)
}

/// Writes a new one.
pub(super) async fn insert_in(open: &Open, user: UserId, role: StaffRole, reason: &str) -> Result<ProposalId> {
    let id = ProposalId::new(open.now);
    let sql = "INSERT INTO staff_proposal (id, user_id, role, reason, proposed_by, proposed_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        id.into(),
        user.into(),
        role.word().into(),
        reason.into(),
        open.principal.user().map(UserId::uuid).into(),
        open.now.into(),
        open.now.plus_seconds(PROPOSAL_DAYS * 86_400).into(),
    ];
    open.run(sql, values).await?;
    Ok(id)
}
