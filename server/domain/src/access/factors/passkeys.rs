//! Passkeys: keys that a device or a password keeper makes for this portal's name and uses only after it has recognised its
//! person. So one is a second factor, and enough alone.

use sea_orm::FromQueryResult;
use types::{PasskeyId, Timestamp, UserId};
use webauthn_rs::prelude::{AuthenticationResult, Passkey, PasskeyRegistration, RegisterPublicKeyCredential};

use super::{
    Change,
    ceremony::{self, Answered, Asked, Asker, Purpose, RelyingParty, broken, json, refused},
    forget_codes_in, recovery, tell_in,
};
use crate::{
    Database, Error, Open, Result, Rule,
    access::{
        Actor, Recent,
        identities::{keep_a_way_in, one_way_less_in},
        sessions::password_of,
    },
};

/// How many one may have.
const MOST: usize = 20;

/// A passkey as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PasskeyView {
    /// Its id.
    pub id: PasskeyId,
    /// What they call it.
    pub name: String,
    /// Since when they have it.
    pub created_at: Timestamp,
    /// When they last signed in or proved themselves with it.
    pub used_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
pub(super) struct Kept {
    pub(super) id: PasskeyId,
    pub(super) credential: serde_json::Value,
}

/// One's own passkeys, the latest last.
///
/// # Errors
/// Only the database's own.
pub async fn list_passkeys(db: &Database, actor: &Actor, now: Timestamp) -> Result<Vec<PasskeyView>> {
    let user = actor.person().id;
    let sql = "SELECT id, name, created_at, used_at FROM passkey WHERE user_id = $1 ORDER BY created_at LIMIT 100";
    db.myself(user, now).await?.all(sql, [user.into()]).await
}

/// Asks the browser for a new passkey.
///
/// # Errors
/// A conflict for who has as many as one may.
pub async fn begin_passkey(
    db: &Database,
    party: &RelyingParty,
    actor: &Actor,
    _: Recent,
    now: Timestamp,
) -> Result<Asked> {
    let person = actor.person();
    let known = of_person_in(&db.myself(person.id, now).await?, person.id).await?;
    if known.len() >= MOST {
        return Err(Error::Conflict("passkeys-many"));
    }
    let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
    let begun = party.0.start_passkey_registration(person.id.uuid(), &person.email, &person.name, Some(known));
    let (options, state) = begun.map_err(broken)?;
    let mut options = json(&options)?;
    // Kept by the authenticator where it can, so that it is found without an address.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
    ceremony::begin(db, Purpose::Register, asker(actor), (options, state), now).await
}

/// Keeps the passkey that the browser answers with. The person's first recovery codes come with it.
///
/// # Errors
/// `Invalid` for a name that may not be; `WrongFactor` for an answer that does not hold; a conflict for a passkey that is
/// known.
pub async fn add_passkey(
    db: &Database,
    party: &RelyingParty,
    actor: &Actor,
    _: Recent,
    (answered, name, language): (Answered<'_>, &str, &str),
    now: Timestamp,
) -> Result<Option<Vec<String>>> {
    let (person, name) = (actor.person(), named(name)?);
    let (state, credential): (PasskeyRegistration, RegisterPublicKeyCredential) =
        ceremony::end(db, Purpose::Register, asker(actor), answered, now).await?;
    let passkey = party.0.finish_passkey_registration(&credential, &state).map_err(refused)?;
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    let sql = "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        PasskeyId::new(now).into(),
        person.id.into(),
        passkey.cred_id().clone().into(),
        json(&passkey)?.into(),
        name.into(),
        now.into(),
    ];
    open.run(sql, values).await?;
    let codes = recovery::make_first_in(&open, person.id).await?;
    tell_in(&open, person.id, Change::PasskeyAdded, (&person.address, language)).await?;
    open.commit().await?;
    Ok(codes)
}

/// Forgets a passkey; recovery codes go with the last factor.
///
/// # Errors
/// `NotFound` for one that is not theirs; a conflict for the last way in, as of
/// [`unlink_identity`](crate::access::unlink_identity).
pub async fn remove_passkey(
    db: &Database,
    actor: &Actor,
    _: Recent,
    (passkey, language): (PasskeyId, &str),
    now: Timestamp,
) -> Result<()> {
    let person = actor.person();
    let (_, password) = password_of(db, &person.email).await?;
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    one_way_less_in(&open, person.id).await?;
    if open.run("DELETE FROM passkey WHERE id = $1", [passkey.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    keep_a_way_in(&open, person.id, password.is_some()).await?;
    forget_codes_in(&open, person.id).await?;
    tell_in(&open, person.id, Change::PasskeyRemoved, (&person.address, language)).await?;
    open.commit().await
}

/// Whom a signed-in ceremony is asked of.
pub(super) fn asker(actor: &Actor) -> Asker {
    Asker { user: Some(actor.person().id), session: Some(actor.person().session) }
}

/// The keys of a person's passkeys.
pub(super) async fn of_person_in(open: &Open, user: UserId) -> Result<Vec<Passkey>> {
    let sql = "SELECT id, credential FROM passkey WHERE user_id = $1 ORDER BY created_at";
    let kept: Vec<Kept> = open.all(sql, [user.into()]).await?;
    kept.iter().map(Kept::key).collect()
}

/// Notes that a passkey was used, with its counter. Of two answers at once with one counter, one counts.
pub(super) async fn used_in(open: &Open, result: &AuthenticationResult) -> Result<()> {
    let sql = "SELECT id, credential FROM passkey WHERE credential_id = $1";
    let kept: Kept = open.one(sql, [result.cred_id().clone().into()]).await?.ok_or(Error::WrongFactor)?;
    let mut key = kept.key()?;
    if !result.user_verified() || key.update_credential(result).is_none() {
        return Err(Error::WrongFactor);
    }
    let sql = "UPDATE passkey SET credential = $3, used_at = $4 WHERE id = $1 AND credential = $2";
    let values = [kept.id.into(), kept.credential.into(), json(&key)?.into(), open.now.into()];
    if open.run(sql, values).await? == 0 { Err(Error::WrongFactor) } else { Ok(()) }
}

impl Kept {
    pub(super) fn key(&self) -> Result<Passkey> {
        let key = serde_json::from_value(self.credential.clone());
        key.map_err(|error| Error::Corrupt(format!("a passkey: {error}")))
    }
}

fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Error::Invalid { field: "name", rule: Rule::Required }),
        1..=60 => Ok(name),
        _ => Err(Error::Invalid { field: "name", rule: Rule::Length { min: 1, max: 60 } }),
    }
}
