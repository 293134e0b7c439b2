//! Recovery codes: ten, each good once, for who has lost what they sign in with. They are shown once, and their hashes kept:
//! 120 bits of chance need no slow one.

use totp_rs::Secret;
use types::{Timestamp, UserId};

use super::{Change, Whence, is_any_set_in, set_in, tell_in};
use crate::{
    Database, Error, Open, Result,
    access::{Actor, Recent, sessions::hashed},
};

/// How many there are of them.
pub const RECOVERY_CODES: usize = 10;
/// Their chance.
const BYTES: usize = 15;

/// Makes new codes in place of those that there were.
///
/// # Errors
/// A conflict for who has no factor, and so nothing to recover.
pub async fn renew_codes(
    db: &Database,
    actor: &Actor,
    _: Recent,
    language: &str,
    now: Timestamp,
) -> Result<Vec<String>> {
    let person = actor.person();
    let open = db.myself(person.id, now).await?.by(actor.principal(None)).await?;
    if !is_any_set_in(&open, person.id).await? {
        return Err(Error::Conflict("codes-without-factor"));
    }
    let codes = make_in(&open, person.id).await?;
    tell_in(&open, person.id, Change::CodesMade, (&person.address, language)).await?;
    open.commit().await?;
    Ok(codes)
}

/// Makes the first codes of a person; nothing where they have some.
pub(super) async fn make_first_in(open: &Open, user: UserId) -> Result<Option<Vec<String>>> {
    if set_in(open, user).await?.n_codes > 0 {
        return Ok(None);
    }
    make_in(open, user).await.map(Some)
}

/// Uses a code up; whether it was one. Of many who bring it at once, one does.
pub(super) async fn take_in(open: &Open, user: UserId, code: &str, from: Whence<'_>) -> Result<bool> {
    let sql = "DELETE FROM recovery_code WHERE user_id = $1 AND code_sha256 = $2";
    if open.run(sql, [user.into(), hashed(&plain(code)).into()]).await? == 0 {
        return Ok(false);
    }
    tell_in(open, user, Change::CodeUsed, from).await?;
    Ok(true)
}

async fn make_in(open: &Open, user: UserId) -> Result<Vec<String>> {
    open.run("DELETE FROM recovery_code WHERE user_id = $1", [user.into()]).await?;
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let mut bytes = vec![0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
        let code = Secret::from(bytes).to_base32();
        let sql = "INSERT INTO recovery_code (user_id, code_sha256, created_at) VALUES ($1, $2, $3)";
        open.run(sql, [user.into(), hashed(&code).into(), open.now.into()]).await?;
        codes.push(in_groups(&code));
    }
    Ok(codes)
}

/// As it is written down: `abcd-efgh-…`.
fn in_groups(code: &str) -> String {
    let letters: Vec<char> = code.to_lowercase().chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// As it was hashed, whatever was made of it on paper: there is no 0, 1 or 8 in it.
fn plain(typed: &str) -> String {
    let letter = |typed: char| match typed.to_ascii_uppercase() {
        '0' => 'O',
        '1' => 'I',
        '8' => 'B',
        letter => letter,
    };
    typed.chars().filter(char::is_ascii_alphanumeric).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_however_it_was_written_down() {
        let code = Secret::from(vec![0xb5; BYTES]).to_base32();
        assert_eq!(code.len(), 24);
        let written = in_groups(&code);
        assert_eq!(written.matches('-').count(), 5);
        for typed in [written.clone(), written.to_uppercase(), written.replace('-', " "), written.replace('o', "0")] {
            assert_eq!(plain(&typed), code, "{typed}");
        }
    }
}
