//! Staff who look at an organisation as one of its members would. They see what both that member and they themselves may
//! see, and change nothing; the organisation's audit says who looked, as whom and why.

use sea_orm::FromQueryResult;
use types::{BeginView, Role, SessionId, Timestamp};

use super::{Principal, Scope, Seat, policy::ViewAsMember};
use crate::{Database, Error, Result, Tx, audit, database::statement};

/// A view ends by itself after this long.
pub const VIEW_MINUTES: i64 = 60;

#[derive(FromQueryResult)]
struct Viewed {
    role: Role,
}

#[derive(FromQueryResult)]
struct Ended {
    role: Role,
    reason: String,
}

/// Begins to look as somebody with a role would, by the session that asks; a view before it ends.
///
/// # Errors
/// `Invalid` for a reason that is missing or too long.
pub async fn begin_view(db: &Database, scope: &Scope<ViewAsMember>, ask: &BeginView, now: Timestamp) -> Result<()> {
    let reason = audit::reason(&ask.reason)?;
    let tx = db.begin(scope, now).await?;
    let session = session(&tx)?;
    end_in(&tx, session).await?;
    let until = now.plus_seconds(VIEW_MINUTES * 60);
    let sql = "INSERT INTO staff_view (organisation_id, id, session_id, role, reason, began_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        tx.organisation().into(),
        types::new_uuid(now).into(),
        session.into(),
        ask.role.word().into(),
        reason.into(),
        now.into(),
        until.into(),
    ];
    tx.run(sql, values).await?;
    let after = serde_json::json!({ "role": ask.role, "reason": reason, "until": until });
    record_in(&tx, "view.began", after).await?;
    tx.commit().await
}

/// Ends the view of the session that asks; without one there is nothing to end.
///
/// # Errors
/// Only the database's own.
pub async fn end_view(db: &Database, scope: &Scope<ViewAsMember>, now: Timestamp) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    end_in(&tx, session(&tx)?).await?;
    tx.commit().await
}

/// The seat as its person looks from it: as a member would, where they are staff who have begun a view.
///
/// # Errors
/// Only the database's own.
pub async fn seen(db: &Database, seat: Seat, now: Timestamp) -> Result<Seat> {
    let Some(person) = seat.person().filter(|person| !person.staff.is_empty()) else { return Ok(seat) };
    let values = [person.session.into(), seat.organisation().into(), now.into()];
    let query = statement("SELECT * FROM view_of($1, $2, $3)", values);
    let viewed = Viewed::find_by_statement(query).one(db.before_scope()).await?;
    Ok(match viewed {
        Some(Viewed { role }) => seat.looking_as(role),
        None => seat,
    })
}

/// One that ended by itself is said to have ended, too, when the session begins or ends another.
async fn end_in(tx: &Tx, session: SessionId) -> Result<()> {
    let sql = "UPDATE staff_view SET ended_at = least($3, expires_at)
               WHERE organisation_id = $1 AND session_id = $2 AND ended_at IS NULL RETURNING role, reason";
    let ended: Option<Ended> = tx.one(sql, [tx.organisation().into(), session.into(), tx.now.into()]).await?;
    let Some(Ended { role, reason }) = ended else { return Ok(()) };
    record_in(tx, "view.ended", serde_json::json!({ "role": role, "reason": reason })).await
}

async fn record_in(tx: &Tx, verb: &'static str, after: serde_json::Value) -> Result<()> {
    let (subject, before) = (tx.organisation().to_string(), None::<()>);
    audit::record_in(tx, audit::Change { verb, subject, before, after: Some(after) }).await
}

fn session(tx: &Tx) -> Result<SessionId> {
    match tx.principal {
        Principal::Person { session, .. } => Ok(session),
        Principal::Recipient { .. } | Principal::Token { .. } | Principal::Worker(_) | Principal::Nobody => {
            Err(Error::NotFound)
        }
    }
}
