//! Check digits by the remainder of 97 (ISO 7064), which IBANs, RIBs and creditor references share.

/// The remainder by 97 of the number that digits and letters spell, letters counting from 10; nothing for other
/// characters.
pub(crate) fn remainder(characters: impl Iterator<Item = char>) -> Option<u32> {
    let mut rest = 0;
    for character in characters {
        let value = character.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        rest = (rest * shift + value) % 97;
    }
    Some(rest)
}

/// The two digits that stand between a prefix and a body, as `DE` and a German account.
pub(crate) fn check_digits(prefix: &str, body: &str) -> Option<String> {
    let rest = remainder(body.chars().chain(prefix.chars()).chain("00".chars()))?;
    Some(format!("{:02}", 98 - rest))
}

/// Whether the third and fourth character are the check digits of the rest.
pub(crate) fn is_checked(text: &str) -> bool {
    let (Some(prefix), Some(digits), Some(body)) = (text.get(..2), text.get(2..4), text.get(4..)) else { return false };
    !body.is_empty() && check_digits(prefix, body).is_some_and(|right| right == digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_are_checked() {
        assert!(is_checked("RF18539007547034"), "the example of ISO 11649");
        assert!(is_checked("GB29NWBK60161331926819"), "the registry's British IBAN");
        assert!(!is_checked("RF19539007547034"));
        assert!(!is_checked("RF18") && !is_checked("") && !is_checked("é") && !is_checked("RF18 39"));
    }
}
