//! Everything that is kept of a person, for themselves.

use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value;
use types::{SessionId, Timestamp, TokenId, UserId};

use super::{Actor, Recent};
use crate::{Database, Error, Open, Result, audit, organisations};

/// Rows of the audit that one archive holds; the latest.
const MOST_ROWS: i64 = 20_000;

/// One part of what is kept, by its name.
pub type Part = (&'static str, Value);

#[derive(Serialize)]
struct Account {
    user: UserId,
    email: String,
    name: String,
    language: Option<String>,
    time_zone: Option<String>,
    created_at: Timestamp,
    staff_roles: Vec<String>,
}

#[derive(FromQueryResult)]
struct Created {
    created_at: Timestamp,
}

#[derive(FromQueryResult, Serialize)]
struct Session {
    id: SessionId,
    device: String,
    address: String,
    created_at: Timestamp,
    seen_at: Timestamp,
    expires_at: Timestamp,
    ended_at: Option<Timestamp>,
}

#[derive(FromQueryResult, Serialize)]
struct Identity {
    issuer: String,
    subject: String,
    linked_at: Timestamp,
}

/// What they show beside the password; never what opens with it.
#[derive(FromQueryResult, Serialize)]
struct Factor {
    kind: String,
    name: Option<String>,
    /// Of recovery codes, how many are left.
    n_left: Option<i64>,
    added_at: Timestamp,
    used_at: Option<Timestamp>,
}

/// What their programs come with; never what opens with it.
#[derive(FromQueryResult, Serialize)]
struct Token {
    id: TokenId,
    organisation: String,
    name: String,
    permissions: Vec<String>,
    made_at: Timestamp,
    expires_at: Timestamp,
    used_at: Option<Timestamp>,
    used_from: Option<String>,
    revoked_at: Option<Timestamp>,
}

#[derive(FromQueryResult, Serialize)]
struct Done {
    at: Timestamp,
    /// Whether they did it; else it was done to them.
    own: bool,
    organisation: Option<String>,
    verb: String,
    subject: String,
    address: Option<String>,
    request_id: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
}

#[derive(FromQueryResult, Serialize)]
struct Written {
    kind: String,
    recipient: String,
    language: Option<String>,
    written_at: Timestamp,
    sent_at: Option<Timestamp>,
}

/// Account, sessions, memberships, identities, factors, tokens, rows of the audit and letters of the actor. What an organisation's rows
/// say before and after is the organisation's, and is left out. That it was taken is in the audit.
///
/// # Errors
/// Only the database's own.
pub async fn export_person(db: &Database, actor: &Actor, _: Recent, now: Timestamp) -> Result<Vec<Part>> {
    let me = actor.person().id;
    let memberships = organisations::list_memberships(db, actor).await?;
    let open = db.myself(me, now).await?;
    let sessions: Vec<Session> = open.all(SESSIONS, [me.into()]).await?;
    let identities: Vec<Identity> = open.all(IDENTITIES, [me.into()]).await?;
    let factors: Vec<Factor> = open.all(FACTORS, [me.into()]).await?;
    let tokens: Vec<Token> = open.all(TOKENS, []).await?;
    let rows: Vec<Done> = open.all(AUDIT, [MOST_ROWS.into()]).await?;
    let letters: Vec<Written> = open.all(LETTERS, []).await?;
    let parts = vec![
        ("account", json(account_in(&open, actor).await?)?),
        ("sessions", json(sessions)?),
        ("memberships", json(memberships)?),
        ("identities", json(identities)?),
        ("factors", json(factors)?),
        ("tokens", json(tokens)?),
        ("audit", json(rows)?),
        ("letters", json(letters)?),
    ];
    let (subject, before, after) = (me.to_string(), None::<()>, None::<()>);
    let change = audit::Change { verb: "person.exported", subject, before, after };
    audit::record_as(&open, &actor.principal(None), change).await?;
    open.commit().await?;
    Ok(parts)
}

const SESSIONS: &str = "SELECT id, device, address, created_at, seen_at, expires_at, ended_at FROM session
    WHERE user_id = $1 ORDER BY created_at DESC, id";
const IDENTITIES: &str = "SELECT issuer, subject, linked_at FROM identity WHERE user_id = $1 ORDER BY linked_at";
const FACTORS: &str = "SELECT 'authenticator' AS kind, NULL::text AS name, NULL::bigint AS n_left,
        confirmed_at AS added_at, CASE WHEN last_step > 0 THEN to_timestamp(last_step * 30) END AS used_at
    FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL
    UNION ALL SELECT 'passkey', name, NULL, created_at, used_at FROM passkey WHERE user_id = $1
    UNION ALL SELECT 'recovery-codes', NULL, count(*), min(created_at), NULL FROM recovery_code
    WHERE user_id = $1 HAVING count(*) > 0 ORDER BY added_at, kind";
const TOKENS: &str = "SELECT * FROM own_tokens()";
const AUDIT: &str = "SELECT * FROM audit_about($1)";
const LETTERS: &str = "SELECT * FROM own_letters()";

async fn account_in(open: &Open, actor: &Actor) -> Result<Account> {
    let person = actor.person();
    let row: Option<Created> = open.one("SELECT created_at FROM person WHERE id = $1", [person.id.into()]).await?;
    Ok(Account {
        user: person.id,
        email: person.email.clone(),
        name: person.name.clone(),
        language: person.locale.clone(),
        time_zone: person.time_zone.clone(),
        created_at: row.ok_or(Error::NotFound)?.created_at,
        staff_roles: person.staff.iter().map(|role| role.word().to_owned()).collect(),
    })
}

fn json(part: impl Serialize) -> Result<Value> {
    serde_json::to_value(part).map_err(|error| Error::Corrupt(format!("what is kept of a person: {error}")))
}
