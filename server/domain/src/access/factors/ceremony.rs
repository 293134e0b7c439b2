//! Ceremonies of WebAuthn: what a browser was asked to sign with a passkey. It is kept here and not in the browser, for five
//! minutes, one answer, and whoever it was asked of.

use std::time::Duration;

use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Serialize, de::DeserializeOwned};
use types::{SessionId, Timestamp, UserId};
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder, WebauthnError};

use crate::{
    Database, Error, Result,
    access::{Token, sessions::hashed},
    database::statement,
};

/// How long a browser has for its answer.
pub const CEREMONY_MINUTES: i64 = 5;

/// The name that passkeys are made for: the host of the portal's public address.
#[derive(Clone, Debug)]
pub struct RelyingParty(pub(super) Webauthn);

/// What a browser is asked.
#[derive(Debug)]
pub struct Asked {
    /// For `navigator.credentials`.
    pub options: serde_json::Value,
    /// What the browser brings back with its answer.
    pub token: Token,
}

/// What a browser answers.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    /// Which ceremony it is of.
    pub token: &'a str,
    /// The credential as the browser's own JSON.
    pub credential: &'a str,
}

/// What a ceremony is for: an answer to another one counts for nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Register,
    Prove,
    Second,
    Alone,
}

/// Whom it was asked of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Asker {
    pub(super) user: Option<UserId>,
    pub(super) session: Option<SessionId>,
}

#[derive(FromQueryResult)]
struct Kept {
    user_id: Option<UserId>,
    session_id: Option<SessionId>,
    state: serde_json::Value,
}

impl RelyingParty {
    /// The portal at this address; nothing where browsers make no passkeys: for a bare number, and without TLS anywhere but
    /// on one's own machine.
    #[must_use]
    pub fn at(base_url: &str) -> Option<Self> {
        let origin = Url::parse(base_url).ok()?;
        let name = origin.domain().filter(|name| origin.scheme() == "https" || *name == "localhost")?;
        let timeout = Duration::from_secs(CEREMONY_MINUTES.unsigned_abs() * 60);
        let built = WebauthnBuilder::new(name, &origin).ok()?.rp_name("Tamuda").timeout(timeout).build();
        built.ok().map(Self)
    }
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Prove => "prove",
            Self::Second => "second",
            Self::Alone => "alone",
        }
    }
}

/// Keeps what the answer is held against.
pub(super) async fn begin(
    db: &Database,
    purpose: Purpose,
    of: Asker,
    (options, state): (impl Serialize, impl Serialize),
    now: Timestamp,
) -> Result<Asked> {
    let token = Token::fresh()?;
    let values = [
        hashed(token.reveal()).into(),
        purpose.word().into(),
        of.user.map(UserId::uuid).into(),
        of.session.map(SessionId::uuid).into(),
        json(&state)?.into(),
        now.into(),
        now.plus_seconds(CEREMONY_MINUTES * 60).into(),
    ];
    let sql = "SELECT begin_ceremony($1, $2, $3, $4, $5, $6, $7)";
    db.before_scope().execute_raw(statement(sql, values)).await?;
    Ok(Asked { options: json(&options)?, token })
}

/// What the answer is held against, and the answer; the ceremony is over with it, whatever becomes of it.
pub(super) async fn end<S: DeserializeOwned, A: DeserializeOwned>(
    db: &Database,
    purpose: Purpose,
    of: Asker,
    answered: Answered<'_>,
    now: Timestamp,
) -> Result<(S, A)> {
    let values = [hashed(answered.token).into(), purpose.word().into(), now.into()];
    let query = statement("SELECT * FROM end_ceremony($1, $2, $3)", values);
    let kept = Kept::find_by_statement(query).one(db.before_scope()).await?.ok_or(Error::WrongFactor)?;
    if of != (Asker { user: kept.user_id, session: kept.session_id }) {
        return Err(Error::WrongFactor);
    }
    let state = serde_json::from_value(kept.state);
    let state = state.map_err(|error| Error::Corrupt(format!("a ceremony's state: {error}")))?;
    let credential = serde_json::from_str(answered.credential).map_err(|error| {
        tracing::info!(%error, "a passkey's answer cannot be read");
        Error::WrongFactor
    })?;
    Ok((state, credential))
}

pub(super) fn json(thing: &impl Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(thing).map_err(|error| Error::Corrupt(format!("a passkey: {error}")))
}

/// What the library holds against an answer; why in detail stands in the log.
pub(super) fn refused(error: WebauthnError) -> Error {
    tracing::warn!(%error, "a passkey was refused");
    Error::WrongFactor
}

/// What it holds against ourselves.
pub(super) fn broken(error: WebauthnError) -> Error {
    Error::Corrupt(format!("a ceremony cannot begin: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_made_for_a_name_over_tls_or_on_ones_own_machine() {
        for address in ["https://gpu.example.org", "https://gpu.example.org:8443", "http://localhost:3000"] {
            assert!(RelyingParty::at(address).is_some(), "{address}");
        }
        for address in ["http://gpu.example.org", "https://192.0.2.7", "http://127.0.0.1:3000", "https://[::1]", "gpu"]
        {
            assert!(RelyingParty::at(address).is_none(), "{address}");
        }
    }
}
