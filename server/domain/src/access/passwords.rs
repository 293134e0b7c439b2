//! Another password: by a person who knows the present one, or by whoever reads the letters sent to their address.

use sea_orm::FromQueryResult;
use types::{LetterKind, Timestamp, UserId};

use super::{
    Actor, Principal,
    password::{fits, hash_password},
    sessions::{Token, end_others_in, hashed, password_of, record_wrong},
};
use crate::{
    Database, Error, Open, Result, audit,
    database::statement,
    mail::{self, Letter, NOTICE_S},
};

/// How long the way to a new password is open.
pub const RESET_MINUTES: i64 = 60;

#[derive(FromQueryResult)]
struct Holder {
    user_id: UserId,
    email: String,
    name: String,
    locale: Option<String>,
}

#[derive(FromQueryResult)]
struct Address {
    email: String,
}

/// Sends the way to a new password to an address, when somebody signs in with it; nobody learns whether. The letter is
/// in the account's language, else in the `language` that the request was made in, as those below.
///
/// # Errors
/// Only the database's own.
pub async fn ask_for_reset(db: &Database, email: &str, language: &str, now: Timestamp) -> Result<()> {
    let token = Token::fresh()?;
    let until = now.plus_seconds(RESET_MINUTES * 60);
    let open = db.public_writing(Principal::Nobody, now).await?;
    let values = [email.trim().into(), hashed(token.reveal()).into(), now.into(), until.into()];
    let holder: Option<Holder> = open.one("SELECT * FROM ask_for_reset($1, $2, $3, $4)", values).await?;
    if let Some(holder) = holder.map(|holder| holder.reading(language)) {
        let facts = [("token", token.reveal().to_owned()), ("until", until.to_string()), ("name", holder.name.clone())];
        mail::post_in(&open, Letter::new(LetterKind::ResetPassword, holder.address(), facts, until)).await?;
    }
    open.commit().await
}

/// The address whose password a token may set; nothing for one that is unknown, used or too old.
///
/// # Errors
/// Only the database's own.
pub async fn address_of_reset(db: &Database, token: &str, now: Timestamp) -> Result<Option<String>> {
    let query = statement("SELECT * FROM holder_of_reset($1, $2)", [hashed(token).into(), now.into()]);
    Ok(Address::find_by_statement(query).one(db.before_scope()).await?.map(|row| row.email))
}

/// Sets the password of the person whom the token was sent to, and ends all of their sessions; asked for from an address,
/// in a language.
///
/// # Errors
/// `Invalid` for a password that may not be; `NotFound` for a token that is unknown, used or too old.
pub async fn reset_password(
    db: &Database,
    token: &str,
    password: String,
    (from, language): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    // Looked up first: hashing is dear, and a stranger could ask for it again and again.
    address_of_reset(db, token, now).await?.ok_or(Error::NotFound)?;
    let hash = hash_password(password).await?;
    let open = db.public_writing(Principal::Nobody, now).await?;
    let values = [hashed(token).into(), hash.into(), now.into()];
    let holder: Option<Holder> = open.one("SELECT * FROM reset_password($1, $2, $3)", values).await?;
    let holder = holder.ok_or(Error::NotFound)?.reading(language);
    let open = open.by(Principal::Recipient { user: holder.user_id, address: from.to_owned() }).await?;
    changed_in(&open, &holder, "password.reset", from).await?;
    open.commit().await
}

/// Sets the actor's own password and ends all of their other sessions.
///
/// # Errors
/// `WrongPassword` for the present one; `Invalid` for a new one that may not be.
pub async fn change_password(
    db: &Database,
    actor: &Actor,
    present: String,
    wanted: String,
    language: &str,
    now: Timestamp,
) -> Result<()> {
    let person = actor.person();
    let (_, stored) = password_of(db, &person.email).await?;
    if !fits(present, stored).await? {
        record_wrong(db, actor, now).await?;
        return Err(Error::WrongPassword);
    }
    let hash = hash_password(wanted).await?;
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    open.run("UPDATE person SET password_hash = $2 WHERE id = $1", [person.id.into(), hash.into()]).await?;
    end_others_in(&open, actor).await?;
    let (email, name, locale) = (person.email.clone(), person.name.clone(), person.locale.clone());
    let holder = Holder { user_id: person.id, email, name, locale }.reading(language);
    changed_in(&open, &holder, "password.changed", &person.address).await?;
    open.commit().await
}

/// Says so in the audit and to the person, who must hear of it when it was somebody else.
async fn changed_in(open: &Open, holder: &Holder, verb: &'static str, from: &str) -> Result<()> {
    let (before, after, subject) = (None::<()>, None::<()>, holder.user_id.to_string());
    audit::record_installation(open, audit::Change { verb, subject, before, after }).await?;
    let facts = [("at", open.now.to_string()), ("address", from.to_owned()), ("name", holder.name.clone())];
    let until = open.now.plus_seconds(NOTICE_S);
    mail::post_in(open, Letter::new(LetterKind::PasswordChanged, holder.address(), facts, until)).await
}

impl Holder {
    fn reading(self, language: &str) -> Self {
        Self { locale: self.locale.or_else(|| Some(language.to_owned())), ..self }
    }

    /// Where letters to them go, and in which language.
    fn address(&self) -> (&str, Option<&str>) {
        (&self.email, self.locale.as_deref())
    }
}
