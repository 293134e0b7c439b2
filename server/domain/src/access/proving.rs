//! Showing once more who one is, before what changes who may come in.

use types::Timestamp;

use super::{
    Actor,
    factors::{is_any_set_in, take_code_in},
    password::fits,
    sessions::{Token, hashed, password_of, record_in, record_wrong},
};
use crate::{Database, Error, Open, Result, secrets::SecretKeys};

/// What a person shows.
#[derive(Clone)]
pub struct Proof {
    /// Their password.
    pub password: String,
    /// The code of their second factor, or a recovery code; counts only where they have set one.
    pub code: String,
    /// The language of the screen.
    pub language: String,
}

/// Notes that the person proved once more who they are. The session goes on with another token: whoever had the one
/// before has nothing from the proof.
///
/// # Errors
/// `WrongPassword` and `WrongFactor` when they did not.
pub async fn prove_again(
    db: &Database,
    keys: &SecretKeys,
    actor: &Actor,
    proof: Proof,
    now: Timestamp,
) -> Result<Token> {
    let person = actor.person();
    let (_, stored) = password_of(db, &person.email).await?;
    if !fits(proof.password, stored).await? {
        record_wrong(db, actor, now).await?;
        return Err(Error::WrongPassword);
    }
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    if is_any_set_in(&open, person.id).await? {
        let taken = take_code_in(&open, keys, person.id, &proof.code, (&person.address, &proof.language)).await;
        if let Err(error @ Error::WrongFactor) = taken {
            drop(open);
            record_wrong(db, actor, now).await?;
            return Err(error);
        }
        taken?;
    }
    renew(open, actor).await
}

/// Notes that the person proved once more who they are, by signing in again at a provider with an account that is theirs. A
/// provider stands for the password and not for the factor, so that it proves nothing where one is set. The session goes on
/// with another token.
///
/// # Errors
/// `NotFound` for an account there that is not theirs; `FactorNeeded` where they have set a second factor.
pub async fn prove_with_identity(
    db: &Database,
    actor: &Actor,
    (issuer, subject): (&str, &str),
    now: Timestamp,
) -> Result<Token> {
    let user = actor.person().id;
    let open = db.myself(user, now).await?.by(actor.principal(None)).await?;
    if is_any_set_in(&open, user).await? {
        return Err(Error::FactorNeeded);
    }
    let sql = "SELECT user_id FROM identity WHERE issuer = $1 AND subject = $2 AND user_id = $3";
    if open.run(sql, [issuer.into(), subject.into(), user.into()]).await? == 0 {
        drop(open);
        record_wrong(db, actor, now).await?;
        return Err(Error::NotFound);
    }
    renew(open, actor).await
}

/// Gives the session its proof and another token, and makes it true.
pub(super) async fn renew(open: Open, actor: &Actor) -> Result<Token> {
    let token = Token::fresh()?;
    let sql = "UPDATE session SET proved_at = $2, token_sha256 = $3 WHERE id = $1";
    open.run(sql, [actor.person().session.into(), open.now.into(), hashed(token.reveal()).into()]).await?;
    record_in(&open, &actor.principal(None), "session.proved", None).await?;
    open.commit().await?;
    Ok(token)
}
