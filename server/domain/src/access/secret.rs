//! What an API token looks like: `tmd_`, forty random characters, and six that follow from them, so that a scanner of
//! source code knows a leaked one without asking anybody. Pure but for the randomness.

use sha2::{Digest, Sha256};

use crate::{Error, Result};

const PREFIX: &str = "tmd_";
/// Crockford's: no letter that is read as a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Two hundred bits.
const N_RANDOM: usize = 40;
const N_CHECK: usize = 6;

/// A new one.
pub(crate) fn fresh() -> Result<String> {
    let mut bytes = [0_u8; N_RANDOM];
    getrandom::fill(&mut bytes).map_err(|error| Error::Corrupt(format!("no randomness: {error}")))?;
    let random = letters(&bytes);
    Ok(format!("{PREFIX}{random}{}", check(&random)))
}

/// Whether somebody can have made it: right in form, and its last characters follow from the others.
pub(super) fn is_one(token: &str) -> bool {
    let rest = token.strip_prefix(PREFIX).filter(|rest| rest.is_ascii() && rest.len() == N_RANDOM + N_CHECK);
    rest.is_some_and(|rest| {
        let (random, told) = rest.split_at(N_RANDOM);
        random.bytes().all(|byte| ALPHABET.contains(&byte)) && check(random) == told
    })
}

fn check(random: &str) -> String {
    letters(&Sha256::digest(random.as_bytes())[..N_CHECK])
}

fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_is_known_by_its_form_and_no_two_are_the_same() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_ne!(one, other);
        assert!(one.starts_with("tmd_") && one.len() == 50, "{one}");
        assert!(is_one(&one) && is_one(&other));
        // Its form stands in the documentation: scanners look for it.
        let known = "tmd_0000000000000000000000000000000000000000";
        assert!(is_one(&format!("{known}{}", check(&known[4..]))));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_noticed_without_asking_anybody(place in 4_usize..50, wrong in 0_usize..32) {
            let token = fresh().unwrap();
            let mut bytes = token.clone().into_bytes();
            prop_assume!(bytes[place] != ALPHABET[wrong]);
            bytes[place] = ALPHABET[wrong];
            // Six characters are thirty bits: a typing error passes once in a thousand million.
            prop_assert!(!is_one(&String::from_utf8(bytes).unwrap()));
        }

        #[test]
        fn any_other_text_is_none(text in ".{0,60}") {
            prop_assert!(!is_one(&text));
        }
    }
}
