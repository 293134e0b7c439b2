//! Accounts that the hub stops, as one that was taken over, opens again, or signs out everywhere. Speed counts, so one
//! operator is enough; the others and its person hear of it by letter. Nobody comes in by a stopped account, whatever they
//! show, and they hear why only after they have shown it.

use sea_orm::FromQueryResult;
use serde_json::json;
use types::{AccountView, LetterKind, StaffRole, Timestamp, UserId};

use super::{IDLE_HOURS, Recent, Survey, policy::StopAccounts, staffing};
use crate::{
    Database, Error, Open, Result, Rule, audit,
    mail::{self, Letter, NOTICE_S},
};

#[derive(FromQueryResult)]
struct AccountRow {
    user_id: UserId,
    name: String,
    email: String,
    stopped_at: Option<Timestamp>,
    roles: Vec<String>,
    organisations: Vec<String>,
    n_sessions: i64,
}

#[derive(FromQueryResult)]
struct Holder {
    user_id: UserId,
}

#[derive(FromQueryResult)]
struct Ended {
    n_ended: i64,
}

#[derive(FromQueryResult)]
struct Reader {
    user_id: UserId,
    name: String,
    email: String,
    locale: Option<String>,
    by_name: Option<String>,
}

/// Who signs in with the address.
///
/// # Errors
/// `Invalid` for an address that nobody signs in with.
pub async fn find_account(open: &Open, _: &Survey<StopAccounts>, email: &str) -> Result<UserId> {
    let sql = "SELECT p.id AS user_id FROM person p WHERE p.email = lower($1)";
    let holder: Option<Holder> = open.one(sql, [email.trim().into()]).await?;
    Ok(holder.ok_or(Error::Invalid { field: "email", rule: Rule::Known })?.user_id)
}

/// What the hub sees of an account.
///
/// # Errors
/// `NotFound` for one that there is not, or that is erased.
pub async fn account_of(open: &Open, _: &Survey<StopAccounts>, user: UserId) -> Result<AccountView> {
    account_in(open, user).await
}

/// Stops an account: all its sessions end, their next request and every open stream within a second, and its own tokens
/// open nothing until it is opened again.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long; `NotFound` for an account that there is not; a conflict for one's
/// own, for the last operator's, and for one that is stopped.
pub async fn stop_account(
    db: &Database,
    survey: &Survey<StopAccounts>,
    _: Recent,
    (user, reason): (UserId, &str),
    now: Timestamp,
) -> Result<AccountView> {
    let reason = audit::reason(reason)?;
    let open = db.govern(survey, now).await?;
    let account = account_in(&open, user).await?;
    if open.principal.user() == Some(user) {
        return Err(Error::Conflict("stop-own"));
    }
    // Of two operators who stop each other at once, the second finds the first to be the last; so does who revokes.
    open.run("SELECT pg_advisory_xact_lock(hashtextextended('staff', 19))", []).await?;
    if account.roles.contains(&StaffRole::Operator) && !is_another_operator_in(&open, user).await? {
        return Err(Error::Conflict("last-operator"));
    }
    let ended: Option<Ended> = open.one("SELECT * FROM stop_account($1, $2)", [user.into(), now.into()]).await?;
    let Ended { n_ended } = ended.ok_or(Error::Conflict("account-stopped-already"))?;
    staffing::end_asked_in(&open, user).await?;
    record_in(&open, "account.stopped", user, json!({ "reason": reason, "sessions": n_ended })).await?;
    tell_in(&open, &account, "stopped", reason).await?;
    open.commit().await?;
    Ok(account)
}

/// Opens a stopped account again: its person signs in as before, and its own tokens open what they did.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long; `NotFound` for an account that there is not; a conflict for one
/// that is open.
pub async fn open_account(
    db: &Database,
    survey: &Survey<StopAccounts>,
    _: Recent,
    (user, reason): (UserId, &str),
    now: Timestamp,
) -> Result<AccountView> {
    let reason = audit::reason(reason)?;
    let open = db.govern(survey, now).await?;
    let account = account_in(&open, user).await?;
    if open.run("SELECT * FROM open_account($1)", [user.into()]).await? == 0 {
        return Err(Error::Conflict("account-open-already"));
    }
    record_in(&open, "account.opened", user, json!({ "reason": reason })).await?;
    tell_in(&open, &account, "opened", reason).await?;
    open.commit().await?;
    Ok(account)
}

/// Ends all sessions of an account, and the sign-ins that wait for a factor; who has what it takes may sign in again.
///
/// # Errors
/// `NotFound` for an account that there is not; a conflict for one without a session.
pub async fn sign_account_out(
    db: &Database,
    survey: &Survey<StopAccounts>,
    _: Recent,
    user: UserId,
    now: Timestamp,
) -> Result<AccountView> {
    let open = db.govern(survey, now).await?;
    let account = account_in(&open, user).await?;
    let sql = "SELECT sign_account_out($1, $2) AS n_ended";
    let ended: Option<Ended> = open.one(sql, [user.into(), now.into()]).await?;
    let n_ended = ended.map(|row| row.n_ended).filter(|n_ended| *n_ended > 0);
    let n_ended = n_ended.ok_or(Error::Conflict("account-signed-out"))?;
    record_in(&open, "account.signed_out", user, json!({ "sessions": n_ended })).await?;
    tell_in(&open, &account, "signed-out", "").await?;
    open.commit().await?;
    Ok(account)
}

async fn account_in(open: &Open, user: UserId) -> Result<AccountView> {
    let sql = "SELECT * FROM account_of($1, $2, $3::text::interval)";
    let values = [user.into(), open.now.into(), format!("{IDLE_HOURS} hours").into()];
    let row: Option<AccountRow> = open.one(sql, values).await?;
    row.map(AccountView::from).ok_or(Error::NotFound)
}

/// Whether somebody else is an operator, and not stopped.
async fn is_another_operator_in(open: &Open, user: UserId) -> Result<bool> {
    let sql = "SELECT s.user_id FROM staff s JOIN person p ON p.id = s.user_id
               WHERE s.role = $1 AND s.user_id <> $2 AND p.stopped_at IS NULL LIMIT 1";
    Ok(open.run(sql, [StaffRole::Operator.word().into(), user.into()]).await? > 0)
}

async fn record_in(open: &Open, verb: &'static str, user: UserId, after: serde_json::Value) -> Result<()> {
    let (subject, before) = (user.to_string(), None::<()>);
    audit::record_installation(open, audit::Change { verb, subject, before, after: Some(after) }).await
}

/// Writes to the person, and to every other operator.
async fn tell_in(open: &Open, account: &AccountView, change: &str, reason: &str) -> Result<()> {
    let sql = "SELECT p.id AS user_id, p.name, p.email, p.locale, b.name AS by_name
               FROM person p LEFT JOIN person b ON b.id = $2
               WHERE p.id = $1 OR p.id IS DISTINCT FROM $2 AND p.stopped_at IS NULL AND EXISTS (
                   SELECT 1 FROM staff s WHERE s.user_id = p.id AND s.role = $3) ORDER BY p.id";
    let by = open.principal.user().map(UserId::uuid);
    let values = [account.user.into(), by.into(), StaffRole::Operator.word().into()];
    let readers: Vec<Reader> = open.all(sql, values).await?;
    for reader in readers {
        let (to, until) = ((reader.email.as_str(), reader.locale.as_deref()), open.now.plus_seconds(NOTICE_S));
        let (name, change, at) = (("name", reader.name), ("change", change.to_owned()), ("at", open.now.to_string()));
        let letter = match reader.user_id == account.user {
            true => Letter::new(LetterKind::AccountStopped, to, [name, change, at], until),
            false => {
                let (member, email) = (("member", account.name.clone()), ("email", account.email.clone()));
                let (by, reason) = (("by", reader.by_name.unwrap_or_default()), ("reason", reason.to_owned()));
                Letter::new(LetterKind::OperatorsTold, to, [name, change, at, member, email, by, reason], until)
            }
        };
        mail::post_in(open, letter).await?;
    }
    Ok(())
}

impl From<AccountRow> for AccountView {
    fn from(row: AccountRow) -> Self {
        Self {
            user: row.user_id,
            name: row.name,
            email: row.email,
            stopped_at: row.stopped_at,
            roles: row.roles.iter().filter_map(|word| word.parse().ok()).collect(),
            organisations: row.organisations,
            n_sessions: row.n_sessions,
        }
    }
}
