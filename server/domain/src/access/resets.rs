//! A way back for who has lost every second factor: one of the hub's people asks, once they have made sure outside of
//! the portal who it is, and another one agrees. Then the factors are gone and all sessions ended; who it is about hears
//! of both, and can stop it before. Nobody does either for themselves.

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{AskForFactorReset, FactorResetView, LetterKind, List, ResetId, Timestamp, UserId};

use super::{
    Actor, Recent, Survey,
    policy::{ReadStaff, ResetFactors},
};
use crate::{
    Database, Error, Open, Result, Rule, audit,
    commands::{Command, Installation, once},
    mail::{self, Letter, NOTICE_S},
};

/// So long may somebody else agree.
pub const RESET_HOURS: i64 = 72;

#[derive(FromQueryResult)]
struct ResetRow {
    id: ResetId,
    user_id: UserId,
    name: String,
    email: String,
    reason: String,
    asked_by: UserId,
    asked_by_name: String,
    asked_at: Timestamp,
    expires_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Holder {
    user_id: UserId,
    n_factors: i64,
}

#[derive(FromQueryResult)]
struct Done {
    n_factors: i64,
    n_sessions: i64,
}

#[derive(FromQueryResult)]
struct Until {
    expires_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Reader {
    name: String,
    email: String,
    locale: Option<String>,
}

/// What waits for a second person at the instant of the first value.
const WAITING: &str = "SELECT r.id, r.user_id, p.name, p.email, r.reason, r.asked_by, b.name AS asked_by_name,
        r.asked_at, r.expires_at
    FROM factor_reset r JOIN person p ON p.id = r.user_id JOIN person b ON b.id = r.asked_by
    WHERE r.confirmed_at IS NULL AND r.ended_at IS NULL AND r.expires_at > $1";

/// What waits for a second person, the latest first; at most 200.
///
/// # Errors
/// Only the database's own.
pub async fn list_factor_resets(open: &Open, _: &Survey<ReadStaff>) -> Result<List<FactorResetView>> {
    let sql = format!("{WAITING} ORDER BY r.asked_at DESC, r.id LIMIT 200");
    let rows: Vec<ResetRow> = open.all(&sql, [open.now.into()]).await?;
    Ok(List { items: rows.into_iter().map(FactorResetView::from).collect(), next_cursor: None })
}

/// Asks that somebody loses all their second factors, and writes to them how to stop it.
///
/// # Errors
/// `Invalid` for an address that nobody signs in with and for a reason that is missing or too long; a conflict for
/// oneself, for who has no factor, and for whom it is asked already.
pub async fn ask_for_factor_reset(
    db: &Database,
    survey: &Survey<ResetFactors>,
    _: Recent,
    command: Command,
    ask: &AskForFactorReset,
    now: Timestamp,
) -> Result<FactorResetView> {
    let reason = audit::reason(&ask.reason)?;
    let tx = Installation(db.govern(survey, now).await?);
    once(tx, command, async |tx: &Installation| {
        let user = holder_in(tx, &ask.email).await?;
        let late = "UPDATE factor_reset SET ended_at = $1
                    WHERE expires_at <= $1 AND confirmed_at IS NULL AND ended_at IS NULL";
        tx.run(late, [tx.now.into()]).await?;
        let id = insert_in(tx, user, reason).await?;
        let view = waiting_in(tx, id).await?;
        record_in(tx, "factor.reset_asked", user, json!({ "reason": reason, "until": view.expires_at })).await?;
        tell_in(tx, user, "asked", view.expires_at).await?;
        Ok(view)
    })
    .await
}

/// Agrees: the person's second factors are gone, and all their sessions ended.
///
/// # Errors
/// A conflict for who asked and whom it is about; `NotFound` for one that is over.
pub async fn confirm_factor_reset(
    db: &Database,
    survey: &Survey<ResetFactors>,
    _: Recent,
    id: ResetId,
    now: Timestamp,
) -> Result<FactorResetView> {
    let open = db.govern(survey, now).await?;
    let view = waiting_in(&open, id).await?;
    // The database holds it too: a constraint of the table, whoever asks.
    let second = open.principal.user().filter(|user| *user != view.asked_by && *user != view.user);
    let second = second.ok_or(Error::Conflict("staff-second-person"))?;
    let sql = "SELECT * FROM reset_factors($1, $2, $3)";
    let done: Option<Done> = open.one(sql, [id.into(), second.into(), now.into()]).await?;
    let Done { n_factors, n_sessions } = done.ok_or(Error::NotFound)?;
    let after =
        json!({ "reason": view.reason, "asked_by": view.asked_by, "factors": n_factors, "sessions": n_sessions });
    record_in(&open, "factor.reset", view.user, after).await?;
    tell_in(&open, view.user, "done", now).await?;
    open.commit().await?;
    Ok(view)
}

/// Takes it back, one's own or another's.
///
/// # Errors
/// `NotFound` for one that is over.
pub async fn withdraw_factor_reset(
    db: &Database,
    survey: &Survey<ResetFactors>,
    id: ResetId,
    now: Timestamp,
) -> Result<FactorResetView> {
    let open = db.govern(survey, now).await?;
    let view = waiting_in(&open, id).await?;
    let sql = "UPDATE factor_reset SET ended_at = $2 WHERE id = $1 AND confirmed_at IS NULL AND ended_at IS NULL";
    if open.run(sql, [id.into(), now.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    record_in(&open, "factor.reset_withdrawn", view.user, json!({ "asked_by": view.asked_by })).await?;
    tell_in(&open, view.user, "withdrawn", now).await?;
    open.commit().await?;
    Ok(view)
}

/// Until when the hub may take the actor's factors away; nothing where nobody asked for it.
///
/// # Errors
/// Only the database's own.
pub async fn factor_reset_of(db: &Database, actor: &Actor, now: Timestamp) -> Result<Option<Timestamp>> {
    let open = db.myself(actor.person().id, now).await?;
    let sql = "SELECT expires_at FROM factor_reset
               WHERE user_id = $1 AND confirmed_at IS NULL AND ended_at IS NULL AND expires_at > $2";
    let row: Option<Until> = open.one(sql, [actor.person().id.into(), now.into()]).await?;
    Ok(row.map(|row| row.expires_at))
}

/// Stops what was asked about the actor, who is there with their factors; where nothing was, nothing happens.
///
/// # Errors
/// Only the database's own.
pub async fn stop_factor_reset(db: &Database, actor: &Actor, now: Timestamp) -> Result<()> {
    let (open, me) = (db.myself(actor.person().id, now).await?, actor.person().id);
    let sql = "UPDATE factor_reset SET ended_at = $2
               WHERE user_id = $1 AND confirmed_at IS NULL AND ended_at IS NULL AND expires_at > $2";
    if open.run(sql, [me.into(), now.into()]).await? == 0 {
        return Ok(());
    }
    let (subject, before, after) = (me.to_string(), None::<()>, None::<()>);
    let change = audit::Change { verb: "factor.reset_stopped", subject, before, after };
    audit::record_as(&open, &actor.principal(None), change).await?;
    open.commit().await
}

/// Who signs in with the address, where there is something to take away and it is not who asks.
async fn holder_in(open: &Open, email: &str) -> Result<UserId> {
    let sql = "SELECT p.id AS user_id, count_factors(p.id) AS n_factors FROM person p WHERE p.email = lower($1)";
    let holder: Option<Holder> = open.one(sql, [email.trim().into()]).await?;
    let Holder { user_id, n_factors } = holder.ok_or(Error::Invalid { field: "email", rule: Rule::Known })?;
    if open.principal.user() == Some(user_id) {
        return Err(Error::Conflict("reset-own"));
    }
    if n_factors == 0 { Err(Error::Conflict("reset-nothing")) } else { Ok(user_id) }
}

async fn insert_in(open: &Open, user: UserId, reason: &str) -> Result<ResetId> {
    let id = ResetId::new(open.now);
    let sql = "INSERT INTO factor_reset (id, user_id, reason, asked_by, asked_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        id.into(),
        user.into(),
        reason.into(),
        open.principal.user().map(UserId::uuid).into(),
        open.now.into(),
        open.now.plus_seconds(RESET_HOURS * 3600).into(),
    ];
    open.run(sql, values).await?;
    Ok(id)
}

async fn waiting_in(open: &Open, id: ResetId) -> Result<FactorResetView> {
    let sql = format!("{WAITING} AND r.id = $2");
    let row: Option<ResetRow> = open.one(&sql, [open.now.into(), id.into()]).await?;
    row.map(FactorResetView::from).ok_or(Error::NotFound)
}

async fn record_in(open: &Open, verb: &'static str, user: UserId, after: serde_json::Value) -> Result<()> {
    let (subject, before) = (user.to_string(), None::<()>);
    audit::record_installation(open, audit::Change { verb, subject, before, after: Some(after) }).await
}

/// Writes to the person alone: it is their address that the hub knows.
async fn tell_in(open: &Open, user: UserId, change: &str, until: Timestamp) -> Result<()> {
    let sql = "SELECT name, email, locale FROM person WHERE id = $1";
    let reader: Reader = open.one(sql, [user.into()]).await?.ok_or(Error::NotFound)?;
    let facts = [("name", reader.name), ("change", change.to_owned()), ("until", until.to_string())];
    let to = (reader.email.as_str(), reader.locale.as_deref());
    let useful = open.now.plus_seconds(NOTICE_S).max(until);
    mail::post_in(open, Letter::new(LetterKind::FactorsReset, to, facts, useful)).await
}

impl From<ResetRow> for FactorResetView {
    fn from(row: ResetRow) -> Self {
        Self {
            id: row.id,
            user: row.user_id,
            name: row.name,
            email: row.email,
            reason: row.reason,
            asked_by: row.asked_by,
            asked_by_name: row.asked_by_name,
            asked_at: row.asked_at,
            expires_at: row.expires_at,
        }
    }
}
