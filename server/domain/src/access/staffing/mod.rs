//! Who has a role at the hub: two of its people appoint one, and one is enough to revoke. The first are made by the
//! database's owner (`founding`).

mod entity;

use types::{
    LetterKind, List, ProposalId, ProposalView, ProposeStaff, RevokeStaff, StaffRole, StaffView, Timestamp, UserId,
};

use self::entity::{Holder, ProposalRow, Reader, STAFF, StaffRow, WAITING, insert_in, roles_in, waiting_in};
use super::{
    Recent, Survey,
    policy::{AppointStaff, ReadStaff},
};
use crate::{
    Database, Error, Open, Result, Rule, audit,
    commands::{Command, Installation, once},
    mail::{self, Letter, NOTICE_S},
};

/// So long may somebody else agree to a proposal.
pub const PROPOSAL_DAYS: i64 = 7;

/// Everybody who has a role at the hub, by name, a row for each role; at most 500.
///
/// # Errors
/// Only the database's own.
pub async fn list_staff(open: &Open, _: &Survey<ReadStaff>) -> Result<List<StaffView>> {
    let rows: Vec<StaffRow> = open.all(&format!("{STAFF} ORDER BY p.name, s.user_id, s.role LIMIT 500"), []).await?;
    Ok(List { items: rows.into_iter().map(StaffView::from).collect(), next_cursor: None })
}

/// The proposals that wait for a second person, the latest first; at most 200.
///
/// # Errors
/// Only the database's own.
pub async fn list_proposals(open: &Open, _: &Survey<ReadStaff>) -> Result<List<ProposalView>> {
    let sql = format!("{WAITING} ORDER BY a.proposed_at DESC, a.id LIMIT 200");
    let rows: Vec<ProposalRow> = open.all(&sql, [open.now.into()]).await?;
    Ok(List { items: rows.into_iter().map(ProposalView::from).collect(), next_cursor: None })
}

/// Proposes that somebody who has an account gets a role at the hub; they have it once another one has agreed.
///
/// # Errors
/// `Invalid` for an address that nobody signs in with and for a reason that is missing or too long; a conflict for who
/// has the role or is proposed for it already.
pub async fn propose_staff(
    db: &Database,
    survey: &Survey<AppointStaff>,
    _: Recent,
    command: Command,
    ask: &ProposeStaff,
    now: Timestamp,
) -> Result<ProposalView> {
    let reason = audit::reason(&ask.reason)?;
    let tx = Installation(db.govern(survey, now).await?);
    once(tx, command, async |tx: &Installation| {
        let sql = "SELECT id AS user_id FROM person WHERE email = lower($1)";
        let holder: Option<Holder> = tx.one(sql, [ask.email.trim().into()]).await?;
        let user = holder.ok_or(Error::Invalid { field: "email", rule: Rule::Known })?.user_id;
        if roles_in(tx, user).await?.iter().any(|row| row.role == ask.role) {
            return Err(Error::Conflict("staff-already"));
        }
        let late = "UPDATE staff_proposal SET ended_at = $1
                    WHERE expires_at <= $1 AND confirmed_at IS NULL AND ended_at IS NULL";
        tx.run(late, [tx.now.into()]).await?;
        let id = insert_in(tx, user, ask.role, reason).await?;
        let view = waiting_in(tx, id).await?;
        record_in(tx, "staff.proposed", user, ask.role, Some(reason)).await?;
        Ok(view)
    })
    .await
}

/// Agrees to a proposal: who it is about has the role from then on.
///
/// # Errors
/// A conflict for who proposed it and whom it is about; `NotFound` for one that is over.
pub async fn confirm_staff(
    db: &Database,
    survey: &Survey<AppointStaff>,
    _: Recent,
    id: ProposalId,
    now: Timestamp,
) -> Result<ProposalView> {
    let open = db.govern(survey, now).await?;
    let view = waiting_in(&open, id).await?;
    // The database holds it too: a constraint of the table, whoever asks.
    let second = open.principal.user().filter(|user| *user != view.proposed_by && *user != view.user);
    let second = second.ok_or(Error::Conflict("staff-second-person"))?;
    let sql = "SELECT * FROM appoint_staff($1, $2, $3)";
    let appointed: Option<Holder> = open.one(sql, [id.into(), second.into(), now.into()]).await?;
    let Holder { user_id } = appointed.ok_or(Error::NotFound)?;
    record_in(&open, "staff.appointed", user_id, view.role, Some(&view.reason)).await?;
    tell_in(&open, user_id, view.role, "appointed").await?;
    open.commit().await?;
    Ok(view)
}

/// Takes a proposal back, one's own or another's.
///
/// # Errors
/// `NotFound` for one that is over.
pub async fn withdraw_proposal(
    db: &Database,
    survey: &Survey<AppointStaff>,
    id: ProposalId,
    now: Timestamp,
) -> Result<ProposalView> {
    let open = db.govern(survey, now).await?;
    let view = waiting_in(&open, id).await?;
    let sql = "UPDATE staff_proposal SET ended_at = $2 WHERE id = $1 AND confirmed_at IS NULL AND ended_at IS NULL";
    if open.run(sql, [id.into(), now.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    record_in(&open, "staff.withdrawn", view.user, view.role, None).await?;
    open.commit().await?;
    Ok(view)
}

/// Takes a role at the hub from somebody at once: their next request, and every open stream within a second. What they
/// asked as an operator, and nobody agreed to yet, ends with it.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long; `NotFound` for who does not have the role; a conflict for the last
/// operator.
pub async fn revoke_staff(
    db: &Database,
    survey: &Survey<AppointStaff>,
    _: Recent,
    ask: &RevokeStaff,
    now: Timestamp,
) -> Result<()> {
    let reason = audit::reason(&ask.reason)?;
    let open = db.govern(survey, now).await?;
    // Of two operators who revoke each other at once, the second finds itself the last.
    open.run("SELECT pg_advisory_xact_lock(hashtextextended('staff', 19))", []).await?;
    // Who is stopped is no operator to whom the hub could be left.
    let sql = format!("{STAFF} WHERE s.role = $1 AND p.stopped_at IS NULL");
    let operators: Vec<StaffRow> = open.all(&sql, [StaffRole::Operator.word().into()]).await?;
    if ask.role == StaffRole::Operator && operators.len() == 1 && operators[0].user_id == ask.user {
        return Err(Error::Conflict("last-operator"));
    }
    // Told first: afterwards they are none of those who have the role.
    tell_in(&open, ask.user, ask.role, "revoked").await?;
    let sql = "DELETE FROM staff WHERE user_id = $1 AND role = $2";
    if open.run(sql, [ask.user.into(), ask.role.word().into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    if ask.role == StaffRole::Operator {
        end_asked_in(&open, ask.user).await?;
    }
    record_in(&open, "staff.revoked", ask.user, ask.role, Some(reason)).await?;
    open.commit().await
}

/// The roles that a person has at the hub.
///
/// # Errors
/// `NotFound` for who has none.
pub async fn staff_roles(open: &Open, _: &Survey<AppointStaff>, user: UserId) -> Result<Vec<StaffView>> {
    let rows = roles_in(open, user).await?;
    if rows.is_empty() { Err(Error::NotFound) } else { Ok(rows.into_iter().map(StaffView::from).collect()) }
}

/// Ends what an operator asked a second one to agree to: it holds only as long as both are operators.
pub(super) async fn end_asked_in(open: &Open, user: UserId) -> Result<()> {
    for (table, asker) in [("staff_proposal", "proposed_by"), ("factor_reset", "asked_by")] {
        let sql = format!(
            "UPDATE {table} SET ended_at = $2 WHERE {asker} = $1 AND confirmed_at IS NULL AND ended_at IS NULL"
        );
        open.run(&sql, [user.into(), open.now.into()]).await?;
    }
    Ok(())
}

async fn record_in(open: &Open, verb: &'static str, user: UserId, role: StaffRole, reason: Option<&str>) -> Result<()> {
    let after = Some(serde_json::json!({ "role": role, "reason": reason }));
    let (subject, before) = (user.to_string(), None::<()>);
    audit::record_installation(open, audit::Change { verb, subject, before, after }).await
}

/// Writes to the person and to all who have the role.
async fn tell_in(open: &Open, user: UserId, role: StaffRole, change: &str) -> Result<()> {
    let sql = "SELECT name, email, locale FROM person WHERE id = $1";
    let Some(person) = open.one::<Reader, 1>(sql, [user.into()]).await? else { return Ok(()) };
    let sql = "SELECT p.name, p.email, p.locale FROM person p
               WHERE p.id = $1 OR EXISTS (SELECT 1 FROM staff s WHERE s.user_id = p.id AND s.role = $2) ORDER BY p.id";
    let readers: Vec<Reader> = open.all(sql, [user.into(), role.word().into()]).await?;
    for reader in readers {
        let facts = [
            ("name", reader.name),
            ("member", person.name.clone()),
            ("email", person.email.clone()),
            ("role", role.word().to_owned()),
            ("change", change.to_owned()),
            ("at", open.now.to_string()),
        ];
        let to = (reader.email.as_str(), reader.locale.as_deref());
        let letter = Letter::new(LetterKind::StaffChanged, to, facts, open.now.plus_seconds(NOTICE_S));
        mail::post_in(open, letter).await?;
    }
    Ok(())
}
