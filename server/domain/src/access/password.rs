//! Argon2id, away from the threads that serve requests.

use std::time::Duration;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use tokio::sync::Semaphore;
use types::{Code, Refusal};

use super::breached::is_breached;
use crate::{Error, Result, Rule};

/// A hash of nobody's password, so that an unknown address takes as long as a wrong password.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$dGFtdWRhLW5vYm9keQ$fX4xLF4dAWZw7GfS1ew7tTXnMKtOJbS3A9Ypw1p2mFI";

/// Words that whoever guesses tries first here; a password counts by what it has beside them.
const OWN_WORDS: [&str; 8] = ["tamuda", "nvidia", "kubernetes", "cloud", "portal", "password", "admin", "gpu"];
const LEAST_BESIDE: usize = 8;

/// The hash to store for a password of 8 to 128 characters.
///
/// # Errors
/// `Invalid` for another length, for one that stands in lists of stolen ones, and for one of the product's own words.
pub async fn hash_password(password: String) -> Result<String> {
    if !(8..=128).contains(&password.chars().count()) {
        return Err(Error::Invalid { field: "password", rule: Rule::Length { min: 8, max: 128 } });
    }
    if is_breached(&password) {
        return Err(Error::Invalid { field: "password", rule: Rule::Unbreached });
    }
    if !is_beyond_own_words(&password) {
        return Err(Error::Invalid { field: "password", rule: Rule::BeyondOwnWords });
    }
    aside(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(|error| Error::Corrupt(format!("argon2: {error}")))
}

/// Whether enough is left of a password without the words that are tried first.
fn is_beyond_own_words(password: &str) -> bool {
    let folded = password.to_lowercase();
    let has_any = OWN_WORDS.iter().any(|word| folded.contains(word));
    let left = OWN_WORDS.iter().fold(folded, |left, word| left.replace(word, ""));
    !has_any || left.chars().count() >= LEAST_BESIDE
}

/// Whether the password is the one behind the stored hash; as slow when there is none.
pub(super) async fn fits(password: String, stored: Option<String>) -> Result<bool> {
    aside(move || {
        let known = stored.is_some();
        let hash = stored.unwrap_or_else(|| NOBODYS.to_owned());
        let fits = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && fits
    })
    .await
}

/// So many are hashed at once: each takes 19 MiB.
static HASHING: Semaphore = Semaphore::const_new(4);
/// So long does one wait for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let turn = tokio::time::timeout(PATIENCE, HASHING.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(Error::Refused(Box::new(Refusal::new(Code::Unavailable, "too-slow"))));
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Corrupt(format!("hashing stopped: {error}")))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn a_password_fits_only_its_own_hash() {
        let hash = hash_password("correct horse".to_owned()).await.unwrap();
        assert!(fits("correct horse".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!fits("wrong horse".to_owned(), Some(hash)).await.unwrap());
        assert!(!fits("correct horse".to_owned(), None).await.unwrap());
    }

    #[tokio::test]
    async fn what_is_stored_is_slow_and_is_the_password_as_it_was_typed_to_its_end() {
        let long = "Aé ".repeat(42) + "xy";
        let hash = hash_password(long.clone()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits(long.clone(), Some(hash.clone())).await.unwrap());
        for other in [long.to_lowercase(), long.trim_end_matches('y').to_owned(), format!("{long} ")] {
            assert!(!fits(other, Some(hash.clone())).await.unwrap());
        }
    }

    #[tokio::test]
    async fn nobodys_hash_is_one_that_is_really_computed() {
        assert!(PasswordHash::new(NOBODYS).is_ok());
        let start = Instant::now();
        assert!(!fits("any".to_owned(), None).await.unwrap());
        assert!(start.elapsed().as_micros() > 500, "an unknown address answers at once");
    }

    #[test]
    fn the_products_own_words_make_no_password() {
        for password in ["tamuda-2026", "TamudaTamuda!", "nvidia gpu 1", "KubernetesAdmin7"] {
            assert!(!is_beyond_own_words(password), "{password}");
        }
        for password in ["three herons", "tamuda over the lagoon", "8 letter"] {
            assert!(is_beyond_own_words(password), "{password}");
        }
    }

    #[tokio::test]
    async fn short_and_long_passwords_are_refused() {
        for password in ["1234567".to_owned(), "x".repeat(129)] {
            assert!(matches!(hash_password(password).await, Err(Error::Invalid { field: "password", .. })));
        }
    }
}
