//! Authenticators: a seed that a person's device shares with us makes a code of six digits each 30 seconds (RFC 6238). A
//! code of the step before or after is taken too, and each step once.

use sea_orm::FromQueryResult;
use totp_rs::{Builder, Totp};
use types::{Timestamp, UserId};
use uuid::Uuid;

use super::{Change, forget_codes_in, recovery, tell_in};
use crate::{
    Database, Error, Open, Result,
    access::{Actor, Job, Recent},
    secrets::{Place, Sealed, SecretKeys},
};

/// How long a new seed waits for its first code.
pub const ENROLMENT_MINUTES: i64 = 15;
/// The seed's bytes, as the hash of HMAC-SHA-1 is long.
const SEED: usize = 20;
/// How many seeds are sealed anew at once.
const RESEALED: i64 = 100;

/// A new seed as it is shown, until a code of it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// What the picture says: `otpauth://totp/…`.
    pub uri: String,
    /// The seed for who types it, in base 32.
    pub seed: String,
}

#[derive(FromQueryResult)]
struct Kept {
    id: Uuid,
    secret: Vec<u8>,
    key_id: String,
}

/// Makes a seed that waits for its first code; one that waited before is forgotten, one that counts stays.
///
/// # Errors
/// A conflict where the installation has no key to seal it with.
pub async fn begin_totp(db: &Database, keys: &SecretKeys, actor: &Actor, _: Recent, now: Timestamp) -> Result<()> {
    let mut seed = [0; SEED];
    getrandom::fill(&mut seed).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
    let (id, user) = (types::new_uuid(now), actor.person().id);
    let sealed = keys.seal(place(id), &seed)?;
    let open = db.myself(user, now).await?;
    open.run("DELETE FROM totp WHERE user_id = $1 AND confirmed_at IS NULL", [user.into()]).await?;
    let sql = "INSERT INTO totp (id, user_id, secret, key_id, created_at) VALUES ($1, $2, $3, $4, $5)";
    open.run(sql, [id.into(), user.into(), sealed.bytes.into(), sealed.key_id.into(), now.into()]).await?;
    open.commit().await
}

/// The seed that waits for its first code.
///
/// # Errors
/// `Corrupt` for a seed that does not open.
pub async fn enrolment(
    db: &Database,
    keys: &SecretKeys,
    actor: &Actor,
    _: Recent,
    now: Timestamp,
) -> Result<Option<Enrolment>> {
    let person = actor.person();
    let Some(kept) = waiting_in(&db.myself(person.id, now).await?, person.id).await? else { return Ok(None) };
    let totp = kept.opened(keys, &person.email)?;
    let uri = totp.to_url().map_err(|error| Error::Corrupt(format!("an authenticator's address: {error}")))?;
    Ok(Some(Enrolment { uri, seed: totp.secret().to_base32() }))
}

/// Lets a seed count whose first code is shown, in place of the one before. The person's first recovery codes come with
/// it.
///
/// # Errors
/// `WrongFactor` for another code; `NotFound` where no seed waits any more.
pub async fn confirm_totp(
    db: &Database,
    keys: &SecretKeys,
    actor: &Actor,
    _: Recent,
    (code, language): (&str, &str),
    now: Timestamp,
) -> Result<Option<Vec<String>>> {
    let person = actor.person();
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    let kept = waiting_in(&open, person.id).await?.ok_or(Error::NotFound)?;
    let code: String = code.split_whitespace().collect();
    let step = step_of(&kept.opened(keys, &person.email)?, &code, now).ok_or(Error::WrongFactor)?;
    let before = "DELETE FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL";
    open.run(before, [person.id.into()]).await?;
    let sql = "UPDATE totp SET confirmed_at = $2, last_step = $3 WHERE id = $1 AND confirmed_at IS NULL";
    if open.run(sql, [kept.id.into(), now.into(), step.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    let codes = recovery::make_first_in(&open, person.id).await?;
    tell_in(&open, person.id, Change::TotpSet, (&person.address, language)).await?;
    open.commit().await?;
    Ok(codes)
}

/// Takes the authenticator away; recovery codes go with the last factor.
///
/// # Errors
/// `NotFound` for who has none.
pub async fn remove_totp(db: &Database, actor: &Actor, _: Recent, language: &str, now: Timestamp) -> Result<()> {
    let person = actor.person();
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    let sql = "DELETE FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL";
    if open.run(sql, [person.id.into()]).await? == 0 {
        return Err(Error::NotFound);
    }
    forget_codes_in(&open, person.id).await?;
    tell_in(&open, person.id, Change::TotpRemoved, (&person.address, language)).await?;
    open.commit().await
}

/// Takes a code of the person's authenticator; whether it was one. Of many who bring it at once, one does.
pub(super) async fn take_in(open: &Open, keys: &SecretKeys, user: UserId, code: &str) -> Result<bool> {
    let sql = "SELECT id, secret, key_id FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL";
    let Some(kept) = open.one::<Kept, 1>(sql, [user.into()]).await? else { return Ok(false) };
    let Some(step) = step_of(&kept.opened(keys, "")?, code, open.now) else { return Ok(false) };
    // Compared and set in one: who comes second finds the step taken.
    let sql = "UPDATE totp SET last_step = $2 WHERE id = $1 AND last_step < $2";
    Ok(open.run(sql, [kept.id.into(), step.into()]).await? == 1)
}

/// Seals with the first key what another has sealed, some at a time; how many. When there are none left, the other key can
/// go.
///
/// # Errors
/// `Corrupt` for a seed that does not open.
pub async fn reseal(db: &Database, job: Job, keys: &SecretKeys, now: Timestamp) -> Result<usize> {
    let Some(first) = keys.first() else { return Ok(0) };
    let open = db.work(job, now).await?;
    let sql = "SELECT id, secret, key_id FROM totp WHERE key_id <> $1 ORDER BY id LIMIT $2";
    let kept: Vec<Kept> = open.all(sql, [first.into(), RESEALED.into()]).await?;
    let n_kept = kept.len();
    for kept in kept {
        let seed = kept.seed(keys)?;
        let sealed = keys.seal(place(kept.id), &seed)?;
        let sql = "UPDATE totp SET secret = $2, key_id = $3 WHERE id = $1";
        open.run(sql, [kept.id.into(), sealed.bytes.into(), sealed.key_id.into()]).await?;
    }
    open.commit().await?;
    Ok(n_kept)
}

impl Kept {
    fn seed(&self, keys: &SecretKeys) -> Result<Vec<u8>> {
        let sealed = Sealed { key_id: self.key_id.clone(), bytes: self.secret.clone() };
        keys.open(place(self.id), &sealed)
    }

    fn opened(&self, keys: &SecretKeys, email: &str) -> Result<Totp> {
        // A colon ends the issuer's name in the address.
        let account = email.replace(':', " ");
        let builder =
            Builder::new().with_secret(self.seed(keys)?).with_issuer(Some("Tamuda")).with_account_name(account);
        builder.build().map_err(|error| Error::Corrupt(format!("an authenticator's seed: {error}")))
    }
}

async fn waiting_in(open: &Open, user: UserId) -> Result<Option<Kept>> {
    let sql = "SELECT id, secret, key_id FROM totp WHERE user_id = $1 AND confirmed_at IS NULL AND created_at > $2";
    open.one(sql, [user.into(), open.now.plus_seconds(-ENROLMENT_MINUTES * 60).into()]).await
}

fn place(row: Uuid) -> Place {
    Place { table: "totp", column: "secret", row }
}

/// The step of 30 seconds that a code belongs to: the present one, or the one before or after.
fn step_of(totp: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.as_second()).ok()?;
    totp.check(code, seconds).and_then(|step| i64::try_from(step).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totp() -> Totp {
        Builder::new().with_secret(b"12345678901234567890".to_vec()).build().unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six digits.
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(step_of(&totp(), code, Timestamp::from_second(second)), Some(second / 30), "{code}");
        }
    }

    #[test]
    fn a_code_counts_a_step_early_and_late_and_no_longer() {
        let counts = |second| step_of(&totp(), "081804", Timestamp::from_second(second)).is_some();
        let begin = 1_111_111_109 / 30 * 30;
        assert!(counts(begin) && counts(begin - 30) && counts(begin + 59));
        assert!(!counts(begin - 31) && !counts(begin + 60));
    }

    #[test]
    fn what_is_no_code_is_none() {
        for code in ["", "08180", "0818040", "+81804", "08180x", "٠٨١٨٠٤"] {
            assert_eq!(step_of(&totp(), code, Timestamp::from_second(1_111_111_109)), None, "{code}");
        }
    }
}
