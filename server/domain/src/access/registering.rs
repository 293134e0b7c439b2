//! An account by oneself: an address, proved by the letter that is sent there, then a name and a password.

use sea_orm::FromQueryResult;
use types::{LetterKind, Timestamp, UserId};

use super::{
    NewPerson, Principal,
    joining::{begin_in, person_name},
    password::hash_password,
    sessions::{Token, hashed},
};
use crate::{
    Database, Error, Result,
    database::statement,
    mail::{self, Letter},
};

/// How long the way to an account is open.
pub const REGISTRATION_HOURS: i64 = 24;

#[derive(FromQueryResult)]
struct Asked {
    is_known: bool,
    name: Option<String>,
    locale: Option<String>,
}

#[derive(FromQueryResult)]
struct Address {
    email: String,
}

/// Sends the way to an account to an address; where somebody signs in with it already, a letter that says so. Whoever
/// asks learns neither.
///
/// # Errors
/// `Invalid` for what is no address.
pub async fn ask_to_register(db: &Database, email: &str, language: &str, now: Timestamp) -> Result<()> {
    let email = mail::address(email)?;
    let (token, until) = (Token::fresh()?, now.plus_seconds(REGISTRATION_HOURS * 3600));
    let open = db.public_writing(Principal::Nobody, now).await?;
    let values = [email.as_str().into(), hashed(token.reveal()).into(), now.into(), until.into()];
    let asked: Option<Asked> = open.one("SELECT * FROM ask_to_register($1, $2, $3, $4)", values).await?;
    if let Some(asked) = asked {
        let reader = (email.as_str(), Some(asked.locale.as_deref().unwrap_or(language)));
        let name = ("name", asked.name.unwrap_or_default());
        let letter = match asked.is_known {
            true => Letter::new(LetterKind::AlreadyRegistered, reader, [name], until),
            false => {
                let facts = [name, ("token", token.reveal().to_owned()), ("until", until.to_string())];
                Letter::new(LetterKind::Register, reader, facts, until)
            }
        };
        mail::post_in(&open, letter).await?;
    }
    open.commit().await
}

/// The address that a token makes an account of; nothing for one that is unknown, used or too old.
///
/// # Errors
/// Only the database's own.
pub async fn address_of_registration(db: &Database, token: &str, now: Timestamp) -> Result<Option<String>> {
    let query = statement("SELECT * FROM address_of_registration($1, $2)", [hashed(token).into(), now.into()]);
    Ok(Address::find_by_statement(query).one(db.before_scope()).await?.map(|row| row.email))
}

/// Makes an account of the address that the token was sent to, and signs it in.
///
/// # Errors
/// `Invalid` for a name or a password that may not be; `NotFound` for a token that is unknown, used or too old.
pub async fn register(db: &Database, token: &str, mut who: NewPerson, now: Timestamp) -> Result<Token> {
    let name = person_name(&who.name)?.to_owned();
    // Looked up first: hashing is dear, and a stranger could ask for it again and again.
    address_of_registration(db, token, now).await?.ok_or(Error::NotFound)?;
    let (id, hash) = (UserId::new(now), hash_password(std::mem::take(&mut who.password)).await?);
    let open = db.public_writing(Principal::Nobody, now).await?;
    let values = [hashed(token).into(), id.into(), name.into(), hash.into(), who.language.as_str().into(), now.into()];
    if open.run("SELECT * FROM register($1, $2, $3, $4, $5, $6)", values).await? == 0 {
        return Err(Error::NotFound);
    }
    let (open, session) = begin_in(open, id, &who).await?;
    open.commit().await?;
    Ok(session)
}
