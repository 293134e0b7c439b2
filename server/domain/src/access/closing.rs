//! Closing one's account: announced, taken back within a day, then erased. What is a person's own goes; what they did in
//! organisations stays the organisations', under their id alone, and the chain of seals still verifies.

use sea_orm::FromQueryResult;
use types::{LetterKind, Timestamp, UserId};

use super::{Actor, Recent};
use crate::{
    Database, Error, Result,
    access::Job,
    audit,
    mail::{self, Letter},
};

/// How long a closed account can be kept after all.
pub const CLOSING_HOURS: i64 = 24;

#[derive(FromQueryResult)]
struct Closing {
    erase_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Outcome {
    outcome: String,
}

#[derive(FromQueryResult)]
struct Erased {
    user_id: UserId,
}

/// When the actor's account is erased; nothing where they did not close it.
///
/// # Errors
/// Only the database's own.
pub async fn closing_at(db: &Database, actor: &Actor, now: Timestamp) -> Result<Option<Timestamp>> {
    let open = db.myself(actor.person().id, now).await?;
    let row: Option<Closing> =
        open.one("SELECT erase_at FROM person WHERE id = $1", [actor.person().id.into()]).await?;
    Ok(row.and_then(|row| row.erase_at))
}

/// Announces that the actor's account is erased in a day, and writes to them how to keep it.
///
/// # Errors
/// A conflict for who belongs to an organisation or to the hub's staff.
pub async fn close_account(db: &Database, actor: &Actor, _: Recent, language: &str, now: Timestamp) -> Result<()> {
    let (person, until) = (actor.person(), now.plus_seconds(CLOSING_HOURS * 3600));
    let open = db.myself(person.id, now).await?;
    let answer: Option<Outcome> = open.one("SELECT close_account($1) AS outcome", [until.into()]).await?;
    match answer.as_ref().map(|answer| answer.outcome.as_str()) {
        Some("closed") => {}
        Some("member") => return Err(Error::Conflict("account-is-member")),
        Some("staff") => return Err(Error::Conflict("account-is-staff")),
        _ => return Ok(()),
    }
    let (subject, before, after) = (person.id.to_string(), None::<()>, Some(serde_json::json!({ "erased_at": until })));
    let change = audit::Change { verb: "person.closed", subject, before, after };
    audit::record_as(&open, &actor.principal(None), change).await?;
    let facts = [("until", until.to_string()), ("name", person.name.clone())];
    let reader = (person.email.as_str(), Some(person.locale.as_deref().unwrap_or(language)));
    mail::post_in(&open, Letter::new(LetterKind::AccountClosed, reader, facts, until)).await?;
    open.commit().await
}

/// Keeps the account after all; one that is not closed is kept anyway.
///
/// # Errors
/// Only the database's own.
pub async fn keep_account(db: &Database, actor: &Actor, now: Timestamp) -> Result<()> {
    let open = db.myself(actor.person().id, now).await?;
    let sql = "UPDATE person SET erase_at = NULL WHERE id = $1 AND erase_at IS NOT NULL";
    if open.run(sql, [actor.person().id.into()]).await? == 0 {
        return Ok(());
    }
    let (subject, before, after) = (actor.person().id.to_string(), None::<()>, None::<()>);
    let change = audit::Change { verb: "person.kept", subject, before, after };
    audit::record_as(&open, &actor.principal(None), change).await?;
    open.commit().await
}

/// Erases the accounts whose day is over; how many.
///
/// # Errors
/// Only the database's own.
pub async fn erase_due(db: &Database, job: Job, now: Timestamp) -> Result<usize> {
    let open = db.work(job, now).await?;
    let erased: Vec<Erased> = open.all("SELECT user_id FROM erase_due($1) AS user_id", [now.into()]).await?;
    for Erased { user_id } in &erased {
        let (subject, before, after) = (user_id.to_string(), None::<()>, None::<()>);
        let change = audit::Change { verb: "person.erased", subject, before, after };
        audit::record_installation(&open, change).await?;
    }
    open.commit().await?;
    Ok(erased.len())
}
