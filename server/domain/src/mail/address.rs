//! What a letter can be addressed to.

use crate::{Error, Result, Rule};

/// An address that a letter can be sent to, in small letters. Whether somebody reads it, only the letter tells.
///
/// # Errors
/// `Invalid` for what is none.
pub(crate) fn address(email: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    let has_form = email.split_once('@').is_some_and(|(user, host)| {
        let labels = host.split('.').collect::<Vec<_>>();
        !user.is_empty() && labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && !host.contains('@')
    });
    let is_plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"<>(),;:\"\\[]".contains(letter);
    if has_form && email.len() <= 254 && email.chars().all(is_plain) {
        return Ok(email);
    }
    Err(Error::Invalid { field: "email", rule: Rule::Email })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_in_small_letters_and_what_is_none_is_refused() {
        assert_eq!(address(" Salma.B+gpu@Atlas.Example ").unwrap(), "salma.b+gpu@atlas.example");
        let none = [
            "",
            "salma",
            "@atlas.example",
            "salma@",
            "salma@host",
            "a b@c.d",
            "a@b@c.d",
            "<a@b.c>",
            "a@.c",
            "a@b.",
            "a@b.c,d@e.f",
        ];
        for none in none {
            assert!(matches!(address(none), Err(Error::Invalid { field: "email", .. })), "{none}");
        }
        assert!(address(&format!("{}@b.example", "a".repeat(250))).is_err());
    }
}
