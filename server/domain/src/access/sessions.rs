//! Sessions: opened, listed and ended, and the look-up that turns a cookie's token into an [`Actor`].

use sea_orm::{ConnectionTrait, FromQueryResult};
use sha2::{Digest, Sha256};
use types::{LetterKind, List, SessionId, SessionView, StaffRole, Timestamp, UserId};

use super::{
    Actor, Principal,
    origins::{self, Origin},
    scope::Person,
};
use crate::{
    Database, Error, Open, Result, audit,
    database::statement,
    mail::{self, Letter, NOTICE_S},
};

/// A session ends after this long without a request.
pub const IDLE_HOURS: i64 = 12;
/// A session ends after this long, whatever happens.
pub const ABSOLUTE_HOURS: i64 = 7 * 24;

/// What the cookie holds, or a letter; only its hash is stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub(crate) fn fresh() -> Result<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Its value.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What a person signs in with, and from where.
#[derive(Clone)]
pub struct NewSession {
    /// The address, in any case of letters.
    pub email: String,
    /// The password.
    pub password: String,
    /// What the browser says it is.
    pub device: String,
    /// Where the request came from.
    pub address: String,
    /// The language that it was made in, for who has none in their account.
    pub language: String,
}

#[derive(FromQueryResult)]
struct PasswordRow {
    user_id: UserId,
    password_hash: Option<String>,
}

#[derive(FromQueryResult)]
struct SessionRow {
    session_id: SessionId,
    user_id: UserId,
    email: String,
    name: String,
    locale: Option<String>,
    time_zone: Option<String>,
    staff_roles: Vec<String>,
    has_factor: bool,
    seen_at: Timestamp,
    proved_at: Timestamp,
}

/// Opens a session for a person who has proved who they are.
pub(super) async fn open_session_in(
    open: &Open,
    user: UserId,
    device: &str,
    address: &str,
) -> Result<(SessionId, Token)> {
    let (id, token) = (SessionId::new(open.now), Token::fresh()?);
    let sql =
        "INSERT INTO session (id, user_id, token_sha256, device, address, created_at, seen_at, proved_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7)";
    let values = [
        id.into(),
        user.into(),
        hashed(token.reveal()).into(),
        device.into(),
        address.into(),
        open.now.into(),
        open.now.plus_seconds(ABSOLUTE_HOURS * 3600).into(),
    ];
    open.run(sql, values).await?;
    let opened = Principal::Person { user, session: id, address: address.to_owned(), request: None, staff: None };
    record_in(open, &opened, "session.opened", Some(serde_json::json!({ "device": device }))).await?;
    Ok((id, token))
}

/// Records what became of the principal's session.
pub(super) async fn record_in(open: &Open, by: &Principal, verb: &str, after: Option<serde_json::Value>) -> Result<()> {
    let subject = match by {
        Principal::Person { session, .. } => session.to_string(),
        other => other.name(),
    };
    audit::record_as(open, by, audit::Change { verb, subject, before: None::<()>, after }).await
}

/// Records that the person's password or code was asked for within a session and was wrong.
pub(super) async fn record_wrong(db: &Database, actor: &Actor, now: Timestamp) -> Result<()> {
    let open = db.myself(actor.person().id, now).await?;
    record_in(&open, &actor.principal(None), "session.proof_failed", None).await?;
    open.commit().await
}

#[derive(FromQueryResult)]
struct Before {
    email: String,
    name: String,
    locale: Option<String>,
    /// Whether they ever signed in, and with such a device: one that is only newer is the same.
    has_signed_in: bool,
    knows_device: bool,
}

/// Tells a person of a device that they never used; the first one is theirs.
pub(super) async fn notice_in(
    open: &Open,
    (user, session): (UserId, SessionId),
    device: &str,
    ask: &NewSession,
) -> Result<()> {
    let sql = "SELECT p.email, p.name, p.locale,
                   EXISTS (SELECT 1 FROM session s WHERE s.user_id = $1 AND s.id <> $2) AS has_signed_in,
                   EXISTS (SELECT 1 FROM session s WHERE s.user_id = $1 AND s.id <> $2 AND
                       regexp_replace(s.device, '[0-9.]+', '', 'g') = regexp_replace($3, '[0-9.]+', '', 'g')
                   ) AS knows_device
               FROM person p WHERE p.id = $1";
    let before: Before = open.one(sql, [user.into(), session.into(), device.into()]).await?.ok_or(Error::NotFound)?;
    if before.knows_device || !before.has_signed_in {
        return Ok(());
    }
    let facts = [
        ("name", before.name),
        ("at", open.now.to_string()),
        ("device", device.to_owned()),
        ("address", ask.address.clone()),
    ];
    let reader = (before.email.as_str(), Some(before.locale.as_deref().unwrap_or(&ask.language)));
    let letter = Letter::new(LetterKind::NewDevice, reader, facts, open.now.plus_seconds(NOTICE_S));
    mail::post_in(open, letter).await
}

/// The person behind a cookie's token.
///
/// # Errors
/// `Unauthenticated` for a token that is unknown, ended or too old.
pub async fn signed_in(db: &Database, token: &str, address: &str, now: Timestamp) -> Result<Actor> {
    let idle = format!("{IDLE_HOURS} hours");
    let values = [hashed(token).into(), now.into(), idle.into()];
    let sql = "SELECT * FROM session_of($1, $2, $3::text::interval)";
    let query = statement(sql, values);
    let row = SessionRow::find_by_statement(query).one(db.before_scope()).await?.ok_or(Error::Unauthenticated)?;
    if now.seconds_since(row.seen_at) > 60 {
        let touch = statement("SELECT touch_session($1, $2)", [row.session_id.into(), now.into()]);
        db.before_scope().execute_raw(touch).await?;
    }
    let staff = row.staff_roles.iter().filter_map(|word| word.parse::<StaffRole>().ok()).collect();
    Ok(Actor::checked(Person {
        id: row.user_id,
        session: row.session_id,
        email: row.email,
        name: row.name,
        locale: row.locale,
        time_zone: row.time_zone,
        staff,
        has_factor: row.has_factor,
        staff_waits: false,
        address: address.to_owned(),
        request: None,
        proved_at: row.proved_at,
    }))
}

/// Ends all of the person's sessions but the one that the request came with.
///
/// # Errors
/// Only the database's own.
pub async fn end_other_sessions(db: &Database, actor: &Actor, now: Timestamp) -> Result<()> {
    let open = db.myself(actor.person().id, now).await?;
    let n_ended = end_others_in(&open, actor).await?;
    let after = Some(serde_json::json!({ "ended": n_ended }));
    record_in(&open, &actor.principal(None), "session.others_ended", after).await?;
    open.commit().await
}

pub(super) async fn end_others_in(open: &Open, actor: &Actor) -> Result<u64> {
    let sql = "UPDATE session SET ended_at = $3 WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL";
    let person = actor.person();
    open.run(sql, [person.id.into(), person.session.into(), open.now.into()]).await
}

/// Ends the session that the request came with; how it came, where that was by a provider.
///
/// # Errors
/// Only the database's own.
pub async fn sign_out(db: &Database, actor: &Actor, now: Timestamp) -> Result<Option<Origin>> {
    end(db, actor, actor.person().session, now).await
}

/// Ends one of the person's own sessions; ending it twice is no error.
///
/// # Errors
/// `NotFound` for a session that is not theirs.
pub async fn end_session(db: &Database, actor: &Actor, session: SessionId, now: Timestamp) -> Result<()> {
    end(db, actor, session, now).await.map(drop)
}

async fn end(db: &Database, actor: &Actor, session: SessionId, now: Timestamp) -> Result<Option<Origin>> {
    let open = db.myself(actor.person().id, now).await?;
    let sql = "UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    if open.run(sql, [session.into(), now.into()]).await? == 0 {
        // Row-level security shows one's own alone.
        let known = open.run("SELECT id FROM session WHERE id = $1", [session.into()]).await?;
        return if known == 0 { Err(Error::NotFound) } else { Ok(None) };
    }
    let (subject, before, after) = (session.to_string(), None::<()>, None::<()>);
    let change = audit::Change { verb: "session.ended", subject, before, after };
    audit::record_as(&open, &actor.principal(None), change).await?;
    let origin = origins::take_in(&open, session).await?;
    open.commit().await?;
    Ok(origin)
}

#[derive(FromQueryResult)]
struct OwnSession {
    id: SessionId,
    device: String,
    address: String,
    created_at: Timestamp,
    seen_at: Timestamp,
}

/// The person's living sessions, the latest first; at most 100.
///
/// # Errors
/// Only the database's own.
pub async fn list_sessions(db: &Database, actor: &Actor, now: Timestamp) -> Result<List<SessionView>> {
    let open = db.myself(actor.person().id, now).await?;
    let sql = "SELECT id, device, address, created_at, seen_at FROM session
               WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND seen_at > $3
               ORDER BY created_at DESC LIMIT 100";
    let idle_since = now.plus_seconds(-IDLE_HOURS * 3600);
    let rows: Vec<OwnSession> = open.all(sql, [actor.person().id.into(), now.into(), idle_since.into()]).await?;
    let view = |row: OwnSession| SessionView {
        id: row.id,
        device: row.device,
        address: row.address,
        created_at: row.created_at,
        seen_at: row.seen_at,
        is_this_one: row.id == actor.person().session,
    };
    Ok(List { items: rows.into_iter().map(view).collect(), next_cursor: None })
}

/// Whose address it is, and the hash of their password.
pub(super) async fn password_of(db: &Database, email: &str) -> Result<(Option<UserId>, Option<String>)> {
    let query = statement("SELECT * FROM password_of($1)", [email.into()]);
    let row = PasswordRow::find_by_statement(query).one(db.before_scope()).await?;
    Ok(row.map_or((None, None), |row| (Some(row.user_id), row.password_hash)))
}

pub(crate) fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

impl Database {
    /// Opens a transaction that sees one person's own rows and no organisation.
    pub(crate) async fn myself(&self, user: UserId, now: Timestamp) -> Result<Open> {
        let open = self.public_writing(Principal::Nobody, now).await?;
        open.set("tamuda.user", user.uuid().to_string()).await?;
        Ok(open)
    }
}
