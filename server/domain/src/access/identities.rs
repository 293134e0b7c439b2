//! Signing in as who one is at a provider. The key is the provider's issuer and its word for the person, never an
//! address; an account that is there already is linked only by its password or a passkey. Speaking to providers is
//! `openid`'s affair.

use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use types::{LetterKind, Timestamp, UserId};

use super::{
    Actor, Entry, NewSession, Origin, Principal, Recent,
    checking::check_password,
    entering::{Then, enter},
    factors::Whence,
    sessions::{Token, hashed, password_of},
};
use crate::{
    Database, Error, Open, Result, audit,
    database::statement,
    mail::{self, Letter, NOTICE_S},
};

/// How long the offer to link an account stands.
const OFFER_S: i64 = 600;

/// Who somebody is at a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreigner {
    /// Who says so.
    pub issuer: String,
    /// Whom they mean.
    pub subject: String,
    /// Their address, where the provider vouches for it.
    pub proven_email: Option<String>,
    /// What they are called.
    pub name: Option<String>,
    /// Their sign-in there.
    pub origin: Origin,
}

/// What became of somebody who came from a provider.
#[derive(Debug)]
pub enum Arrival {
    /// They are known here, and as far as somebody with their password: a provider does not stand for the second factor
    /// that they have set.
    Known(Entry),
    /// Somebody signs in with their address already; whoever shows that account's password or a passkey of it links it with
    /// this token.
    Offered {
        /// What the form brings back.
        token: Token,
        /// The account's address.
        email: String,
    },
    /// Nobody knows them here, and the provider vouches for no address.
    Unproven,
}

/// An account at a provider that a person signs in with.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct IdentityView {
    /// Who vouches for it.
    pub issuer: String,
    /// What they call the person.
    pub subject: String,
    /// Since when it opens the account.
    pub linked_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Known {
    user_id: UserId,
}

#[derive(FromQueryResult)]
struct Address {
    email: String,
}

#[derive(FromQueryResult)]
struct Linked {
    issuer: String,
    subject: String,
    #[sea_orm(nested)]
    origin: Origin,
}

/// Signs in whoever a provider says somebody is: the person that is linked, a new one with a proven address, or nobody
/// yet. Of `from` only device, address and language count.
///
/// # Errors
/// Only the database's own.
pub async fn arrive(db: &Database, who: &Foreigner, from: &NewSession, now: Timestamp) -> Result<Arrival> {
    let values = [who.issuer.as_str().into(), who.subject.as_str().into()];
    let query = statement("SELECT * FROM person_of_identity($1, $2)", values);
    if let Some(Known { user_id }) = Known::find_by_statement(query).one(db.before_scope()).await? {
        let open = db.public_writing(Principal::Nobody, now).await?;
        let open = open.by(Principal::Recipient { user: user_id, address: from.address.clone() }).await?;
        return enter(open, user_id, from, Then::came_by(who)).await.map(Arrival::Known);
    }
    let Some(email) = who.proven_email.as_deref().and_then(|email| mail::address(email).ok()) else {
        return Ok(Arrival::Unproven);
    };
    let open = db.public_writing(Principal::Nobody, now).await?;
    match register_in(&open, who, &email, &from.language).await? {
        Some(user) => {
            let open = open.by(Principal::Recipient { user, address: from.address.clone() }).await?;
            record_in(&open, "person.registered", user, &who.issuer).await?;
            enter(open, user, from, Then::came_by(who)).await.map(Arrival::Known)
        }
        None => offer(open, who, &email).await,
    }
}

/// The address of the account that a token offers to link; nothing for one that is unknown, used or too old.
///
/// # Errors
/// Only the database's own.
pub async fn address_of_offer(db: &Database, token: &str, now: Timestamp) -> Result<Option<String>> {
    let query = statement("SELECT * FROM address_of_offer($1, $2)", [hashed(token).into(), now.into()]);
    Ok(Address::find_by_statement(query).one(db.before_scope()).await?.map(|row| row.email))
}

/// Links the offered identity to the account whose password is shown, and signs in; where that asks for a second factor,
/// the identity is linked once it is shown.
///
/// # Errors
/// `WrongPassword`; `NotFound` for an offer that is unknown, used, too old, or another account's.
pub async fn link(db: &Database, token: &str, mut ask: NewSession, now: Timestamp) -> Result<Entry> {
    let password = std::mem::take(&mut ask.password);
    let user = check_password(db, &ask, password, now).await?;
    let open = db.public_writing(Principal::Nobody, now).await?;
    let open = open.by(Principal::Recipient { user, address: ask.address.clone() }).await?;
    enter(open, user, &ask, Then::linking(token)).await
}

/// One's own accounts at providers, the latest last; at most 100.
///
/// # Errors
/// Only the database's own.
pub async fn list_identities(db: &Database, actor: &Actor, now: Timestamp) -> Result<Vec<IdentityView>> {
    let user = actor.person().id;
    let sql = "SELECT issuer, subject, linked_at FROM identity WHERE user_id = $1 ORDER BY linked_at, issuer LIMIT 100";
    db.myself(user, now).await?.all(sql, [user.into()]).await
}

/// Takes an account at a provider away from the person: it opens nothing any more, and the other sessions that came by it
/// end. The language is that of the screen.
///
/// # Errors
/// `NotFound` for one that is not theirs; a conflict for the last way in: without a password, another account at a
/// provider or a passkey it stays.
pub async fn unlink_identity(
    db: &Database,
    actor: &Actor,
    _: Recent,
    (issuer, subject, language): (&str, &str, &str),
    now: Timestamp,
) -> Result<()> {
    let person = actor.person();
    let (_, password) = password_of(db, &person.email).await?;
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    one_way_less_in(&open, person.id).await?;
    let sql = "DELETE FROM identity WHERE issuer = $1 AND subject = $2 AND user_id = $3";
    if open.run(sql, [issuer.into(), subject.into(), person.id.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    keep_a_way_in(&open, person.id, password.is_some()).await?;
    end_what_came_by_in(&open, actor, (issuer, subject)).await?;
    let (before, after) = (Some(serde_json::json!({ "issuer": issuer })), None::<()>);
    let change = audit::Change { verb: "identity.unlinked", subject: person.id.to_string(), before, after };
    audit::record_installation(&open, change).await?;
    tell_in(&open, (person.id, LetterKind::IdentityUnlinked), issuer, (&person.address, language)).await?;
    open.commit().await
}

/// Lets whoever takes a way in from the person go one after the other: of the last two, each would find the other.
pub(super) async fn one_way_less_in(open: &Open, user: UserId) -> Result<()> {
    open.run("SELECT id FROM person WHERE id = $1 FOR NO KEY UPDATE", [user.into()]).await.map(drop)
}

/// Refuses to leave somebody without a password, an account at a provider and a passkey.
pub(super) async fn keep_a_way_in(open: &Open, user: UserId, has_password: bool) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Left {
        is_any: bool,
    }
    if has_password {
        return Ok(());
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM identity WHERE user_id = $1)
                   OR EXISTS (SELECT 1 FROM passkey WHERE user_id = $1) AS is_any";
    let left: Option<Left> = open.one(sql, [user.into()]).await?;
    if left.is_some_and(|left| left.is_any) { Ok(()) } else { Err(Error::Conflict("last-way-in")) }
}

/// Ends the person's other sessions that came by an identity, and the sign-ins by it that wait for a factor.
async fn end_what_came_by_in(open: &Open, actor: &Actor, (issuer, subject): (&str, &str)) -> Result<()> {
    let person = actor.person();
    let sql = "WITH gone AS (
                   DELETE FROM session_origin
                   WHERE user_id = $1 AND issuer = $2 AND subject = $3 AND session_id <> $4 RETURNING session_id)
               UPDATE session s SET ended_at = $5 FROM gone WHERE s.id = gone.session_id AND s.ended_at IS NULL";
    let values = [person.id.into(), issuer.into(), subject.into(), person.session.into(), open.now.into()];
    open.run(sql, values).await?;
    let sql = "DELETE FROM pending_sign_in
               WHERE user_id = $1 AND came_by ->> 'issuer' = $2 AND came_by ->> 'subject' = $3";
    open.run(sql, [person.id.into(), issuer.into(), subject.into()]).await.map(drop)
}

/// Links the identity behind an offer's hash; who they are at the provider that vouched for them.
pub(super) async fn link_in(open: &Open, user: UserId, offer: Vec<u8>, from: &NewSession) -> Result<Foreigner> {
    let values = [offer.into(), user.into(), open.now.into()];
    let linked: Option<Linked> = open.one("SELECT * FROM link_identity($1, $2, $3)", values).await?;
    let Linked { issuer, subject, origin } = linked.ok_or(Error::NotFound)?;
    record_in(open, "identity.linked", user, &issuer).await?;
    tell_in(open, (user, LetterKind::IdentityLinked), &issuer, (&from.address, &from.language)).await?;
    // The offer was made to this address because the provider vouched for it.
    Ok(Foreigner { issuer, subject, proven_email: email_of_in(open, user).await?, name: None, origin })
}

async fn email_of_in(open: &Open, user: UserId) -> Result<Option<String>> {
    let row: Option<Address> = open.one("SELECT email FROM person WHERE id = $1", [user.into()]).await?;
    Ok(row.map(|row| row.email))
}

async fn register_in(open: &Open, who: &Foreigner, email: &str, language: &str) -> Result<Option<UserId>> {
    let name: String =
        who.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(email).chars().take(100).collect();
    let values = [
        who.issuer.as_str().into(),
        who.subject.as_str().into(),
        UserId::new(open.now).into(),
        email.into(),
        name.into(),
        language.into(),
        open.now.into(),
    ];
    let row: Option<Known> = open.one("SELECT * FROM register_identity($1, $2, $3, $4, $5, $6, $7)", values).await?;
    Ok(row.map(|row| row.user_id))
}

async fn offer(open: Open, who: &Foreigner, email: &str) -> Result<Arrival> {
    let (token, now) = (Token::fresh()?, open.now);
    let values = [
        hashed(token.reveal()).into(),
        who.issuer.as_str().into(),
        who.subject.as_str().into(),
        who.origin.provider.as_str().into(),
        who.origin.sid().into(),
        who.origin.id_token().into(),
        email.into(),
        now.into(),
        now.plus_seconds(OFFER_S).into(),
    ];
    let sql = "SELECT * FROM offer_identity($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let row: Option<Address> = open.one(sql, values).await?;
    open.commit().await?;
    Ok(row.map_or(Arrival::Unproven, |row| Arrival::Offered { token, email: row.email }))
}

async fn record_in(open: &Open, verb: &'static str, user: UserId, issuer: &str) -> Result<()> {
    let after = Some(serde_json::json!({ "issuer": issuer }));
    audit::record_installation(open, audit::Change { verb, subject: user.to_string(), before: None::<()>, after }).await
}

/// Another way in, or one less, is told of: whoever did it may not be the person.
async fn tell_in(
    open: &Open,
    (user, kind): (UserId, LetterKind),
    issuer: &str,
    (address, language): Whence<'_>,
) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Reader {
        email: String,
        name: String,
        locale: Option<String>,
    }
    let sql = "SELECT email, name, locale FROM person WHERE id = $1";
    let reader: Reader = open.one(sql, [user.into()]).await?.ok_or(Error::NotFound)?;
    let facts = [
        ("name", reader.name),
        ("issuer", issuer.to_owned()),
        ("at", open.now.to_string()),
        ("address", address.to_owned()),
    ];
    let to = (reader.email.as_str(), Some(reader.locale.as_deref().unwrap_or(language)));
    mail::post_in(open, Letter::new(kind, to, facts, open.now.plus_seconds(NOTICE_S))).await
}
