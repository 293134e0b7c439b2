//! Secrets that have to be read back, sealed where they are stored (AES-256-GCM). A sealed secret opens only with the key
//! that sealed it, and only in its own table, column and row. Where keys come from is the program's affair.

use std::{fmt, sync::Arc};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use uuid::Uuid;

use crate::{Error, Result};

/// The keys that secrets are sealed with: the first one seals, all of them open. Cheap to clone, and never shown.
#[derive(Clone, Default)]
pub struct SecretKeys(Arc<[Key]>);

struct Key {
    id: String,
    key: LessSafeKey,
}

/// Where a secret is stored: nowhere else does it open.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's id.
    pub row: Uuid,
}

/// A secret as it is stored, beside the id of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: String,
    /// The nonce, what was sealed, and the tag.
    pub bytes: Vec<u8>,
}

impl SecretKeys {
    /// Reads keys, one a line: an id, a space, and 256 random bits in hexadecimal. Empty lines and lines that begin with
    /// `#` say nothing.
    ///
    /// # Errors
    /// A sentence on the first line that cannot be; it never shows a key.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut keys: Vec<Key> = Vec::new();
        for (n, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = Key::parse(line).ok_or_else(|| {
                format!("line {}: say an id of small letters, digits and dashes, and 64 hexadecimal digits", n + 1)
            })?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(format!("line {}: the id {} stands there twice", n + 1, key.id));
            }
            keys.push(key);
        }
        if keys.is_empty() { Err("there is no key in it".to_owned()) } else { Ok(Self(keys.into())) }
    }

    /// The id of the key that seals; nothing where there is none.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(|key| key.id.as_str())
    }

    /// Seals a secret for its place with the first key.
    ///
    /// # Errors
    /// A conflict where there is no key.
    pub fn seal(&self, place: Place, secret: &[u8]) -> Result<Sealed> {
        let Key { id, key } = self.0.first().ok_or(Error::Conflict("secrets-without-key"))?;
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
        let mut kept = secret.to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place.bound(id), &mut kept)
            .map_err(|_| Error::Corrupt("a secret is too long to be sealed".to_owned()))?;
        Ok(Sealed { key_id: id.clone(), bytes: [&nonce[..], &kept].concat() })
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// `Corrupt` where its key is unknown, it was sealed for another place, or it was changed.
    pub fn open(&self, place: Place, sealed: &Sealed) -> Result<Vec<u8>> {
        let Place { table, column, row } = place;
        let known = self.0.iter().find(|key| key.id == sealed.key_id);
        let Key { id, key } = known.ok_or_else(|| {
            Error::Corrupt(format!(
                "{table}.{column} of {row} is sealed with the key {}, which is not there",
                sealed.key_id
            ))
        })?;
        let damaged = || Error::Corrupt(format!("{table}.{column} of {row} was not sealed there"));
        let (nonce, kept) = sealed.bytes.split_at_checked(NONCE_LEN).ok_or_else(damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
        let mut kept = kept.to_vec();
        let secret = key.open_in_place(nonce, place.bound(id), &mut kept).map_err(|_| damaged())?;
        Ok(secret.to_vec())
    }
}

impl fmt::Debug for SecretKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

impl Key {
    fn parse(line: &str) -> Option<Self> {
        let (id, digits) = line.split_once(char::is_whitespace)?;
        let digits = digits.trim();
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !id.bytes().all(is_plain) || digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let bytes: Option<Vec<u8>> = (0..32).map(|n| u8::from_str_radix(&digits[2 * n..2 * n + 2], 16).ok()).collect();
        let key = UnboundKey::new(&AES_256_GCM, &bytes?).ok()?;
        Some(Self { id: id.to_owned(), key: LessSafeKey::new(key) })
    }
}

impl Place {
    /// What the seal is bound to besides the secret.
    fn bound(self, key_id: &str) -> Aad<String> {
        let Self { table, column, row } = self;
        Aad::from(format!("{table}.{column}/{row}/{key_id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "2026-11 1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f";
    const NEW: &str = "2027-01 2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e";

    fn place(row: u128) -> Place {
        Place { table: "totp", column: "secret", row: Uuid::from_u128(row) }
    }

    fn keys(lines: &[&str]) -> SecretKeys {
        SecretKeys::parse(&lines.join("\n")).unwrap()
    }

    #[test]
    fn a_secret_opens_in_its_own_place_and_nowhere_else() {
        let keys = keys(&[OLD]);
        let sealed = keys.seal(place(1), b"seed").unwrap();
        assert_eq!(keys.open(place(1), &sealed).unwrap(), b"seed");
        assert!(!sealed.bytes.windows(4).any(|part| part == b"seed"));
        let elsewhere = [place(2), Place { table: "token", ..place(1) }, Place { column: "key", ..place(1) }];
        for place in elsewhere {
            assert!(matches!(keys.open(place, &sealed), Err(Error::Corrupt(_))), "{place:?}");
        }
    }

    #[test]
    fn nothing_of_a_sealed_secret_can_be_changed() {
        let keys = keys(&[OLD]);
        let sealed = keys.seal(place(1), b"seed").unwrap();
        for n in 0..sealed.bytes.len() {
            let mut changed = sealed.clone();
            changed.bytes[n] ^= 1;
            assert!(keys.open(place(1), &changed).is_err(), "byte {n}");
            changed.bytes.truncate(n);
            assert!(keys.open(place(1), &changed).is_err(), "the first {n} bytes");
        }
    }

    #[test]
    fn the_same_secret_never_looks_the_same() {
        let keys = keys(&[OLD]);
        assert_ne!(keys.seal(place(1), b"seed").unwrap(), keys.seal(place(1), b"seed").unwrap());
    }

    #[test]
    fn the_first_key_seals_and_every_key_opens() {
        let (before, after) = (keys(&[OLD]), keys(&[NEW, OLD]));
        let sealed = before.seal(place(1), b"seed").unwrap();
        assert_eq!(after.open(place(1), &sealed).unwrap(), b"seed");
        let again = after.seal(place(1), b"seed").unwrap();
        assert_eq!((again.key_id.as_str(), after.first()), ("2027-01", Some("2027-01")));
        assert!(matches!(before.open(place(1), &again), Err(Error::Corrupt(said)) if said.contains("2027-01")));
        // Under the name of another key it does not open either.
        let renamed = keys(&[&OLD.replace("2026-11", "2027-01")]);
        assert!(renamed.open(place(1), &Sealed { key_id: "2027-01".to_owned(), ..sealed }).is_err());
    }

    #[test]
    fn without_a_key_nothing_is_sealed() {
        let none = SecretKeys::default();
        assert!(matches!(none.seal(place(1), b"seed"), Err(Error::Conflict("secrets-without-key"))));
    }

    #[test]
    fn what_is_no_list_of_keys_is_refused_without_showing_one() {
        assert!(SecretKeys::parse(&format!("# made by hand\n\n{OLD}\n")).is_ok());
        let digits = OLD.split_once(' ').unwrap().1;
        let twice = format!("{OLD}\n{OLD}");
        let short = &OLD[..OLD.len() - 1];
        let signed = format!("a +f{}", &digits[2..]);
        for text in ["", "# none", digits, short, "Upper 00", twice.as_str(), signed.as_str()] {
            let error = SecretKeys::parse(text).unwrap_err();
            assert!(!error.contains("1f1f"), "{error}");
        }
        assert_eq!(format!("{:?}", keys(&[NEW, OLD])), r#"["2027-01", "2026-11"]"#);
    }
}
