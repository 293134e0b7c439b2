//! The password that somebody signs in with, and what a wrong one leaves for its person to see.

use sea_orm::ConnectionTrait;
use types::{Timestamp, UserId};

use super::{NewSession, Principal, password::fits, sessions::password_of};
use crate::{Database, Error, Result, audit, database::statement};

/// Who signs in with this address and password.
pub(super) async fn check_password(
    db: &Database,
    ask: &NewSession,
    password: String,
    now: Timestamp,
) -> Result<UserId> {
    let (user, stored) = password_of(db, ask.email.trim()).await?;
    let fits = fits(password, stored).await?;
    match user.filter(|_| fits) {
        Some(user) => Ok(user),
        None => {
            record_wrong_password(db, user, &ask.address, now).await?;
            Err(Error::WrongPassword)
        }
    }
}

/// Leaves a row of the audit to the person whose password was wrong, and none where there is no such person, after the same
/// work.
async fn record_wrong_password(db: &Database, user: Option<UserId>, address: &str, now: Timestamp) -> Result<()> {
    let values =
        [types::new_uuid(now).into(), user.map(UserId::uuid).into(), address.into(), now.into(), audit::salt()?.into()];
    db.before_scope().execute_raw(statement("SELECT refuse_sign_in($1, $2, $3, $4, $5)", values)).await?;
    Ok(())
}

/// Leaves one to the person whose sign-in waited for a code and got a wrong one: somebody else may know their password.
pub(super) async fn record_wrong_code(db: &Database, user: UserId, address: &str, now: Timestamp) -> Result<()> {
    let open = db.public_writing(Principal::Nobody, now).await?;
    let open = open.by(Principal::Recipient { user, address: address.to_owned() }).await?;
    let (before, after, subject) = (None::<()>, None::<()>, user.to_string());
    let change = audit::Change { verb: "session.code_refused", subject, before, after };
    audit::record_installation(&open, change).await?;
    open.commit().await
}
