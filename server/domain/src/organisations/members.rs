//! Who is in an organisation, and as what: roles changed, members removed, leaving, handing over.
//!
//! An organisation always has an owner, and only owners make and unmake owners.

use sea_orm::FromQueryResult;
use types::{Role, Timestamp, UserId};

use super::invitations::revoke_of_in;
use crate::{
    Database, Error, Result, Tx,
    access::{
        Recent, Scope,
        policy::{ManageMembers, ManageOwners, ReadOrganisation},
    },
    audit,
};

#[derive(FromQueryResult)]
struct Owner {
    user_id: UserId,
}

#[derive(FromQueryResult)]
struct Member {
    role: Role,
}

/// Gives a member another role.
///
/// # Errors
/// `NotFound` for who is no member; `Forbidden` where the role is or becomes owner and the actor is none; a conflict
/// for the last owner.
pub async fn change_role(
    db: &Database,
    scope: &Scope<ManageMembers>,
    _: Recent,
    (member, role): (UserId, Role),
    now: Timestamp,
) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let owners = owners_in(&tx).await?;
    let before = role_in(&tx, member).await?;
    if before == role {
        return Ok(());
    }
    check_owner(&tx, &owners, [before, role])?;
    if before == Role::Owner {
        check_not_last(&owners)?;
    }
    set_in(&tx, member, role).await?;
    revoke_of_in(&tx, member, Some(role)).await?;
    record(&tx, "member.changed", member, Some(before), Some(role)).await?;
    tx.commit().await
}

/// Takes a member out of the organisation; what they launched stays the organisation's.
///
/// # Errors
/// `NotFound` for who is no member; `Forbidden` for an owner where the actor is none; a conflict for the last owner.
pub async fn remove_member(
    db: &Database,
    scope: &Scope<ManageMembers>,
    _: Recent,
    member: UserId,
    now: Timestamp,
) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let owners = owners_in(&tx).await?;
    let role = role_in(&tx, member).await?;
    check_owner(&tx, &owners, [role])?;
    end_in(tx, &owners, "member.removed", (member, role)).await
}

/// Takes the actor out of the organisation.
///
/// # Errors
/// `NotFound` for staff who are no member; a conflict for the last owner.
pub async fn leave(db: &Database, scope: &Scope<ReadOrganisation>, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let owners = owners_in(&tx).await?;
    let member = tx.principal.user().ok_or(Error::NotFound)?;
    let role = role_in(&tx, member).await?;
    end_in(tx, &owners, "member.left", (member, role)).await
}

/// Makes another member an owner and the actor an admin, in one step.
///
/// # Errors
/// `NotFound` for who is no member; a conflict for the actor themselves.
pub async fn transfer_ownership(
    db: &Database,
    scope: &Scope<ManageOwners>,
    _: Recent,
    member: UserId,
    now: Timestamp,
) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    let owners = owners_in(&tx).await?;
    let actor = tx.principal.user().filter(|user| owners.contains(user)).ok_or(Error::Forbidden("ManageOwners"))?;
    let before = role_in(&tx, member).await?;
    if member == actor {
        return Err(Error::Conflict("owner-already"));
    }
    set_in(&tx, member, Role::Owner).await?;
    set_in(&tx, actor, Role::Admin).await?;
    revoke_of_in(&tx, actor, Some(Role::Admin)).await?;
    record(&tx, "member.changed", member, Some(before), Some(Role::Owner)).await?;
    record(&tx, "member.changed", actor, Some(Role::Owner), Some(Role::Admin)).await?;
    tx.commit().await
}

/// The role of the member who acts.
pub(crate) async fn own_role_in(tx: &Tx) -> Result<Role> {
    role_in(tx, tx.principal.user().ok_or(Error::NotFound)?).await
}

/// The owners, locked: of two who unmake each other at once, the second finds itself the last.
pub(super) async fn owners_in(tx: &Tx) -> Result<Vec<UserId>> {
    let sql = "SELECT user_id FROM member WHERE organisation_id = $1 AND role = 'owner' ORDER BY user_id FOR UPDATE";
    let rows: Vec<Owner> = tx.all(sql, [tx.organisation.into()]).await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

async fn role_in(tx: &Tx, member: UserId) -> Result<Role> {
    let sql = "SELECT role FROM member WHERE organisation_id = $1 AND user_id = $2 FOR UPDATE";
    let row: Option<Member> = tx.one(sql, [tx.organisation.into(), member.into()]).await?;
    row.map(|row| row.role).ok_or(Error::NotFound)
}

/// Refuses to give or take the owner's role unless the actor has it.
pub(super) fn check_owner<const N: usize>(tx: &Tx, owners: &[UserId], touched: [Role; N]) -> Result<()> {
    let is_owner = tx.principal.user().is_some_and(|user| owners.contains(&user));
    if is_owner || !touched.contains(&Role::Owner) { Ok(()) } else { Err(Error::Forbidden("ManageOwners")) }
}

fn check_not_last(owners: &[UserId]) -> Result<()> {
    if owners.len() > 1 { Ok(()) } else { Err(Error::Conflict("last-owner")) }
}

async fn set_in(tx: &Tx, member: UserId, role: Role) -> Result<()> {
    let sql = "UPDATE member SET role = $3 WHERE organisation_id = $1 AND user_id = $2";
    tx.run(sql, [tx.organisation.into(), member.into(), role.word().into()]).await.map(drop)
}

async fn end_in(tx: Tx, owners: &[UserId], verb: &'static str, (member, role): (UserId, Role)) -> Result<()> {
    if role == Role::Owner {
        check_not_last(owners)?;
    }
    revoke_of_in(&tx, member, None).await?;
    let sql = "DELETE FROM member WHERE organisation_id = $1 AND user_id = $2";
    tx.run(sql, [tx.organisation.into(), member.into()]).await?;
    let sql = "UPDATE token SET revoked_at = $3 WHERE organisation_id = $1 AND held_by = $2 AND revoked_at IS NULL";
    tx.run(sql, [tx.organisation.into(), member.into(), tx.now.into()]).await?;
    let sql = "INSERT INTO departure (organisation_id, user_id, left_at) VALUES ($1, $2, $3)
               ON CONFLICT (organisation_id, user_id) DO UPDATE SET left_at = excluded.left_at";
    tx.run(sql, [tx.organisation.into(), member.into(), tx.now.into()]).await?;
    record(&tx, verb, member, Some(role), None).await?;
    tx.commit().await
}

async fn record(tx: &Tx, verb: &'static str, member: UserId, before: Option<Role>, after: Option<Role>) -> Result<()> {
    let role = |role: Role| serde_json::json!({ "role": role });
    let (subject, before, after) = (member.to_string(), before.map(role), after.map(role));
    audit::record_in(tx, audit::Change { verb, subject, before, after }).await
}
