//! Sessions that came by a provider: which one is remembered, so that signing out leads there, and they end when it says so.

use std::fmt;

use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use types::{SessionId, Timestamp, UserId};

use super::{ABSOLUTE_HOURS, Foreigner, Job, sessions::hashed};
use crate::{Database, Open, Result, database::statement};

/// What names a session at a provider is no longer than this, or is not remembered.
const MOST_OF_SID: usize = 255;
/// The same of an ID token, which has to fit into an address.
const MOST_OF_ID_TOKEN: usize = 4_000;

/// The sign-in at a provider that a session came by.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, FromQueryResult)]
pub struct Origin {
    /// The provider's word in addresses.
    pub provider: String,
    /// The session there.
    pub sid: Option<String>,
    /// What signing out there takes as a hint.
    pub id_token: Option<String>,
}

/// A provider's notice that somebody signed out there, which was verified. One of `subject` and `sid` is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who says so.
    pub issuer: String,
    /// Who signed out; of all their sessions when `sid` is not said.
    pub subject: Option<String>,
    /// The session there that ended.
    pub sid: Option<String>,
    /// What names the notice, which works once.
    pub name: String,
    /// From when on it is not believed any more.
    pub until: Timestamp,
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.provider)
    }
}

impl Origin {
    pub(super) fn sid(&self) -> Option<&str> {
        self.sid.as_deref().filter(|sid| sid.len() <= MOST_OF_SID)
    }

    pub(super) fn id_token(&self) -> Option<&str> {
        self.id_token.as_deref().filter(|token| token.len() <= MOST_OF_ID_TOKEN)
    }
}

/// Ends the sessions that a notice is about; how many, or nothing for a notice that came before.
///
/// # Errors
/// Only the database's own.
pub async fn end_sessions_elsewhere(db: &Database, notice: &Notice, now: Timestamp) -> Result<Option<i64>> {
    #[derive(FromQueryResult)]
    struct Ended {
        n: i64,
    }
    let values = [
        hashed(&format!("{} {}", notice.issuer, notice.name)).into(),
        notice.until.into(),
        notice.issuer.as_str().into(),
        notice.subject.as_deref().into(),
        notice.sid.as_deref().into(),
        now.into(),
    ];
    let query = statement("SELECT * FROM end_sessions_elsewhere($1, $2, $3, $4, $5, $6)", values);
    Ok(Ended::find_by_statement(query).one(db.before_scope()).await?.map(|row| row.n))
}

/// Forgets how sessions came that are over by their age, and the notices that nobody would believe any more.
///
/// # Errors
/// Only the database's own.
pub async fn forget_origins(db: &Database, job: Job, now: Timestamp) -> Result<()> {
    let open = db.work(job, now).await?;
    open.run("DELETE FROM session_origin WHERE expires_at <= $1", [now.into()]).await?;
    open.run("DELETE FROM logout_notice WHERE expires_at <= $1", [now.into()]).await?;
    open.commit().await
}

/// Remembers how a session came.
pub(super) async fn keep_in(open: &Open, (user, session): (UserId, SessionId), who: &Foreigner) -> Result<()> {
    let sql = "INSERT INTO session_origin (session_id, user_id, provider, issuer, subject, sid, id_token, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        session.into(),
        user.into(),
        who.origin.provider.as_str().into(),
        who.issuer.as_str().into(),
        who.subject.as_str().into(),
        who.origin.sid().into(),
        who.origin.id_token().into(),
        open.now.plus_seconds(ABSOLUTE_HOURS * 3600).into(),
    ];
    open.run(sql, values).await.map(drop)
}

/// How one of the person's own sessions came, which nobody needs to know any more.
pub(super) async fn take_in(open: &Open, session: SessionId) -> Result<Option<Origin>> {
    let sql = "DELETE FROM session_origin WHERE session_id = $1 RETURNING provider, sid, id_token";
    open.one(sql, [session.into()]).await
}
