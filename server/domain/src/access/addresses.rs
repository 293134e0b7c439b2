//! Another address to sign in with: asked for by who has just proved who they are, and taken over once a letter there
//! was read by the same person.

use sea_orm::FromQueryResult;
use types::{LetterKind, Timestamp};

use super::{
    Actor, Recent,
    sessions::{Token, hashed},
};
use crate::{
    Database, Error, Open, Result, audit,
    mail::{self, Letter, NOTICE_S},
};

/// How long the way to another address is open.
pub const ADDRESS_HOURS: i64 = 24;

#[derive(FromQueryResult)]
struct Asked {
    is_known: bool,
}

#[derive(FromQueryResult)]
struct Address {
    email: String,
}

/// Sends a letter to the address that the actor wants; where somebody signs in with it already, one that says so.
/// Whoever asks learns neither.
///
/// # Errors
/// `Invalid` for what is no address; a conflict for the one that the actor has.
pub async fn ask_for_address(
    db: &Database,
    actor: &Actor,
    _: Recent,
    (email, language): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    let (email, person) = (mail::address(email)?, actor.person());
    if email == person.email {
        return Err(Error::Conflict("address-same"));
    }
    let (token, until) = (Token::fresh()?, now.plus_seconds(ADDRESS_HOURS * 3600));
    let open = db.myself(person.id, now).await?;
    let values = [email.as_str().into(), hashed(token.reveal()).into(), now.into(), until.into()];
    let asked: Option<Asked> = open.one("SELECT * FROM ask_for_address($1, $2, $3, $4)", values).await?;
    let reader = (email.as_str(), Some(person.locale.as_deref().unwrap_or(language)));
    match asked.map(|asked| asked.is_known) {
        // Three letters wait to be read already.
        None => {}
        Some(true) => mail::post_in(&open, Letter::new(LetterKind::AlreadyRegistered, reader, [], until)).await?,
        Some(false) => {
            let name = ("name", person.name.clone());
            let facts = [name, ("token", token.reveal().to_owned()), ("until", until.to_string())];
            mail::post_in(&open, Letter::new(LetterKind::ChangeAddress, reader, facts, until)).await?;
        }
    }
    open.commit().await
}

/// The address that the actor's token takes over; nothing for one that is unknown, used, too old, or another person's.
///
/// # Errors
/// Only the database's own.
pub async fn address_of_change(db: &Database, actor: &Actor, token: &str, now: Timestamp) -> Result<Option<String>> {
    let open = db.myself(actor.person().id, now).await?;
    let values = [hashed(token).into(), now.into()];
    let row: Option<Address> = open.one("SELECT * FROM address_of_change($1, $2)", values).await?;
    Ok(row.map(|row| row.email))
}

/// Makes the address that the token was sent to the actor's, and tells the one before.
///
/// # Errors
/// `NotFound` for a token that is unknown, used, too old, or another person's, and for an address that somebody signs in
/// with by now.
pub async fn change_address(db: &Database, actor: &Actor, token: &str, language: &str, now: Timestamp) -> Result<()> {
    let person = actor.person();
    let open = db.myself(person.id, now).await?;
    let values = [hashed(token).into(), now.into()];
    let row: Option<Address> = open.one("SELECT * FROM change_address($1, $2)", values).await?;
    let Address { email } = row.ok_or(Error::NotFound)?;
    let told = |email: &str| Some(serde_json::json!({ "email": email }));
    let (before, after, subject) = (told(&person.email), told(&email), person.id.to_string());
    let change = audit::Change { verb: "person.address_changed", subject, before, after };
    audit::record_as(&open, &actor.principal(None), change).await?;
    tell_in(&open, actor, &email, language).await?;
    open.commit().await
}

/// Whoever reads the address before must hear of it when it was somebody else.
async fn tell_in(open: &Open, actor: &Actor, email: &str, language: &str) -> Result<()> {
    let person = actor.person();
    let facts = [
        ("at", open.now.to_string()),
        ("address", person.address.clone()),
        ("email", email.to_owned()),
        ("name", person.name.clone()),
    ];
    let reader = (person.email.as_str(), Some(person.locale.as_deref().unwrap_or(language)));
    mail::post_in(open, Letter::new(LetterKind::AddressChanged, reader, facts, open.now.plus_seconds(NOTICE_S))).await
}
