//! Second factors: what a person has set beside their password. Setting one and taking it away stand in the files of each;
//! here is what they share: the list, the code that is shown, and who hears of a change.

mod ceremony;
mod passkeys;
mod recovery;
mod second;
mod shown;
mod totp;

use sea_orm::FromQueryResult;
use types::{LetterKind, Timestamp, UserId};

pub use self::{
    ceremony::{Answered, Asked, CEREMONY_MINUTES, RelyingParty},
    passkeys::{PasskeyView, add_passkey, begin_passkey, list_passkeys, remove_passkey},
    recovery::{RECOVERY_CODES, renew_codes},
    second::{Waiting, finish_with_code, waiting},
    shown::{
        begin_alone, begin_proof, begin_second, finish_with_passkey, link_with_passkey, prove_with_passkey,
        sign_in_with_passkey,
    },
    totp::{ENROLMENT_MINUTES, Enrolment, begin_totp, confirm_totp, enrolment, remove_totp, reseal},
};
use super::Actor;
use crate::{
    Database, Error, Open, Result, audit,
    mail::{self, Letter, NOTICE_S},
    secrets::SecretKeys,
};

/// What a person has set.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Factors {
    /// Since when they have an authenticator.
    pub totp_since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub n_codes: i64,
    /// How many passkeys they have.
    pub n_passkeys: i64,
}

impl Factors {
    /// Whether signing in asks for one of them.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.totp_since.is_some() || self.n_passkeys > 0
    }
}

/// From where somebody acts, and the language of the screen, for who has none in their account.
pub(super) type Whence<'a> = (&'a str, &'a str);

/// What became of somebody's factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    TotpSet,
    TotpRemoved,
    PasskeyAdded,
    PasskeyRemoved,
    CodesMade,
    CodeUsed,
}

impl Change {
    /// As the audit says it, and as the letter does.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::TotpSet => ("factor.totp_set", "totp-set"),
            Self::TotpRemoved => ("factor.totp_removed", "totp-removed"),
            Self::PasskeyAdded => ("factor.passkey_added", "passkey-added"),
            Self::PasskeyRemoved => ("factor.passkey_removed", "passkey-removed"),
            Self::CodesMade => ("factor.codes_made", "codes-made"),
            Self::CodeUsed => ("factor.code_used", "code-used"),
        }
    }
}

/// What a person has set.
///
/// # Errors
/// Only the database's own.
pub async fn factors(db: &Database, actor: &Actor, now: Timestamp) -> Result<Factors> {
    let user = actor.person().id;
    set_in(&db.myself(user, now).await?, user).await
}

pub(super) async fn set_in(open: &Open, user: UserId) -> Result<Factors> {
    let sql = "SELECT (SELECT confirmed_at FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS totp_since,
                   (SELECT count(*) FROM recovery_code WHERE user_id = $1) AS n_codes,
                   (SELECT count(*) FROM passkey WHERE user_id = $1) AS n_passkeys";
    open.one(sql, [user.into()]).await?.ok_or(Error::NotFound)
}

/// Whether signing in asks the person for a second factor.
pub(super) async fn is_any_set_in(open: &Open, user: UserId) -> Result<bool> {
    Ok(set_in(open, user).await?.is_any())
}

/// Takes what a person typed: the code that their authenticator shows now, or one of their recovery codes. Either is gone
/// with it.
pub(super) async fn take_code_in(
    open: &Open,
    keys: &SecretKeys,
    user: UserId,
    typed: &str,
    from: Whence<'_>,
) -> Result<()> {
    let code: String = typed.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let fits = match code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        true => totp::take_in(open, keys, user, &code).await?,
        false => recovery::take_in(open, user, &code, from).await?,
    };
    if fits { Ok(()) } else { Err(Error::WrongFactor) }
}

/// Recovery codes are for who has a factor: with the last one they go.
pub(super) async fn forget_codes_in(open: &Open, user: UserId) -> Result<()> {
    if !is_any_set_in(open, user).await? {
        open.run("DELETE FROM recovery_code WHERE user_id = $1", [user.into()]).await?;
    }
    Ok(())
}

/// Says so in the audit and to the person, who must hear of it when it was somebody else.
pub(super) async fn tell_in(open: &Open, user: UserId, change: Change, (address, language): Whence<'_>) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Reader {
        email: String,
        name: String,
        locale: Option<String>,
    }
    let (verb, word) = change.words();
    let (before, after, subject) = (None::<()>, None::<()>, user.to_string());
    audit::record_installation(open, audit::Change { verb, subject, before, after }).await?;
    let sql = "SELECT email, name, locale FROM person WHERE id = $1";
    let reader: Reader = open.one(sql, [user.into()]).await?.ok_or(Error::NotFound)?;
    let facts = [
        ("name", reader.name),
        ("change", word.to_owned()),
        ("at", open.now.to_string()),
        ("address", address.to_owned()),
    ];
    let to = (reader.email.as_str(), Some(reader.locale.as_deref().unwrap_or(language)));
    mail::post_in(open, Letter::new(LetterKind::FactorChanged, to, facts, open.now.plus_seconds(NOTICE_S))).await
}
