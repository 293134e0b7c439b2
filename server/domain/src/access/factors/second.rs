//! The second step of signing in: a sign-in that waits is finished with a factor, once, within a few minutes.

use sea_orm::FromQueryResult;
use types::{Timestamp, UserId};

use super::take_code_in;
use crate::{
    Database, Error, Open, Result,
    access::{
        NewSession, Principal, Token,
        checking::record_wrong_code,
        entering::{Then, begin},
        sessions::hashed,
    },
    database::statement,
    secrets::SecretKeys,
};

/// Who is signing in, and what they can show.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    /// Who.
    #[sea_orm(from_alias = "user_id")]
    pub user: UserId,
    /// The address they sign in with.
    pub email: String,
    /// Whether they have an authenticator.
    pub has_totp: bool,
    /// Whether they have a passkey.
    pub has_passkey: bool,
}

/// The sign-in that a token names; nothing for one that is unknown, finished or too old.
///
/// # Errors
/// Only the database's own.
pub async fn waiting(db: &Database, token: &str, now: Timestamp) -> Result<Option<Waiting>> {
    let query = statement("SELECT * FROM pending_of($1, $2)", [hashed(token).into(), now.into()]);
    Ok(Waiting::find_by_statement(query).one(db.before_scope()).await?)
}

/// Finishes a sign-in with the code of an authenticator, or with a recovery code. Of `from` only device, address and
/// language count.
///
/// # Errors
/// `WrongFactor` for a code that is wrong or was used; `NotFound` for a sign-in that is unknown, finished or too old.
pub async fn finish_with_code(
    db: &Database,
    keys: &SecretKeys,
    (token, code): (&str, &str),
    from: &NewSession,
    now: Timestamp,
) -> Result<Token> {
    let (open, user) = resume(db, token, from, now).await?;
    let taken = take_code_in(&open, keys, user, code, (&from.address, &from.language)).await;
    if let Err(error @ Error::WrongFactor) = taken {
        drop(open);
        record_wrong_code(db, user, &from.address, now).await?;
        return Err(error);
    }
    taken?;
    finish(open, token, user, from).await
}

/// A transaction of the person whose sign-in it is.
pub(super) async fn resume(db: &Database, token: &str, from: &NewSession, now: Timestamp) -> Result<(Open, UserId)> {
    let user = waiting(db, token, now).await?.ok_or(Error::NotFound)?.user;
    let open = db.public_writing(Principal::Nobody, now).await?;
    Ok((open.by(Principal::Recipient { user, address: from.address.clone() }).await?, user))
}

/// Uses the sign-in up, opens the session, and makes it true.
pub(super) async fn finish(open: Open, token: &str, user: UserId, from: &NewSession) -> Result<Token> {
    #[derive(FromQueryResult)]
    struct Offered {
        offer_sha256: Option<Vec<u8>>,
        came_by: Option<serde_json::Value>,
    }
    let sql = "UPDATE pending_sign_in SET used_at = $2
               WHERE token_sha256 = $1 AND used_at IS NULL AND expires_at > $2 RETURNING offer_sha256, came_by";
    let used: Option<Offered> = open.one(sql, [hashed(token).into(), open.now.into()]).await?;
    let Offered { offer_sha256: offer, came_by } = used.ok_or(Error::NotFound)?;
    // It may hold what a provider takes as a proof.
    let sql = "UPDATE pending_sign_in SET came_by = NULL WHERE token_sha256 = $1 AND came_by IS NOT NULL";
    open.run(sql, [hashed(token).into()]).await?;
    let came_by = came_by.map(serde_json::from_value).transpose();
    let came_by = came_by.map_err(|error| Error::Corrupt(format!("a sign-in that waits: {error}")))?;
    begin(open, user, from, Then { offer, came_by }).await
}
