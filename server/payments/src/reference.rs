//! The reference that a transfer carries: a creditor reference of ISO 11649, so that banks' own forms check it, with
//! digits alone behind its `RF`, so that every slipped or swapped digit is noticed.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::check::{check_digits, is_checked};

/// Digits behind the check digits: 53 bits of a row's random ones.
const N_DIGITS: usize = 16;
/// Check digits and the others.
const N_BEHIND_RF: usize = 2 + N_DIGITS;
/// From so many digits on, what follows `RF` inside a word is meant as a reference too.
const N_SURELY_MEANT: usize = 10;
/// Shorter ones that are right in themselves are other creditors'.
const N_OF_OTHERS: usize = 14;

/// What a customer writes into a transfer, and a statement brings back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

/// What of a free text are references.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Those that are right, each once, in their order.
    pub references: Vec<Reference>,
    /// What was meant as one and is wrong in itself; it must never be taken for another one.
    pub slipped: Vec<String>,
}

impl Reference {
    /// The reference of a row, from the random end of its UUIDv7. Two rows in 10¹⁶ share one, so it is a unique column.
    #[must_use]
    pub fn of(row: Uuid) -> Self {
        let random = row.as_u128() % 10_u128.pow(16);
        let body = format!("{random:016}");
        // What is made of digits alone always has check digits.
        let digits = check_digits("RF", &body).unwrap_or_default();
        Self(format!("RF{digits}{body}"))
    }

    /// Without spaces, as banks' files want it and the database keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Finds references in what somebody wrote: spaces, punctuation, line breaks, small letters, Arabic digits, and the
    /// letters O, I and L for digits do no harm.
    #[must_use]
    pub fn read(text: &str) -> Reading {
        let written = written(text);
        let mut reading = Reading::default();
        let mut at = 0;
        while let Some(here) = written.get(at..).filter(|rest| !rest.is_empty()) {
            at += look(here, &mut reading);
        }
        reading
    }
}

/// Groups of four, as people read it.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, character) in self.0.chars().enumerate() {
            let gap = if place > 0 && place % 4 == 0 { " " } else { "" };
            write!(f, "{gap}{character}")?;
        }
        Ok(())
    }
}

/// A text that is not one of our references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a reference of RF and 18 digits whose check digits are right")]
pub struct ParseReferenceError;

impl FromStr for Reference {
    type Err = ParseReferenceError;

    fn from_str(text: &str) -> Result<Self, ParseReferenceError> {
        let is_ours = text.len() == 2 + N_BEHIND_RF && text.starts_with("RF");
        let is_right = is_ours && text.bytes().skip(2).all(|byte| byte.is_ascii_digit()) && is_checked(text);
        if is_right { Ok(Self(text.to_owned())) } else { Err(ParseReferenceError) }
    }
}

/// A letter or digit, and whether a word begins with it.
struct Written {
    character: char,
    begins: bool,
}

fn written(text: &str) -> Vec<Written> {
    let mut written = Vec::new();
    let mut begins = true;
    for character in text.chars() {
        if character.is_alphanumeric() {
            let character = character.to_ascii_uppercase();
            written.push(Written { character, begins });
        }
        begins = !character.is_alphanumeric();
    }
    written
}

/// The digit that somebody meant.
fn digit(written: &Written) -> Option<char> {
    match written.character {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        // Arabic-Indic and Persian digits.
        arabic @ ('\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}') => char::from_digit(u32::from(arabic) & 0xF, 10),
        other => other.is_ascii_digit().then_some(other),
    }
}

/// Notes what begins here, and says how far to go on.
fn look(here: &[Written], reading: &mut Reading) -> usize {
    let [first, second, rest @ ..] = here else { return 1 };
    if (first.character, second.character) != ('R', 'F') {
        return 1;
    }
    let digits: String = rest.iter().take(N_BEHIND_RF).map_while(digit).collect();
    let found = format!("RF{digits}");
    if let Ok(reference) = found.parse::<Reference>() {
        if !reading.references.contains(&reference) {
            reading.references.push(reference);
        }
        return found.len();
    }
    let is_meant = digits.len() >= if first.begins { 4 } else { N_SURELY_MEANT };
    let is_of_others = digits.len() <= N_OF_OTHERS && is_checked(&found);
    if is_meant && !is_of_others && !reading.slipped.contains(&found) {
        reading.slipped.push(found);
    }
    2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reference() -> impl Strategy<Value = Reference> {
        any::<u128>().prop_map(|number| Reference::of(Uuid::from_u128(number)))
    }

    /// What stands between characters in files of banks and on forms.
    fn gaps() -> impl Strategy<Value = Vec<&'static str>> {
        let gap = prop::sample::select(vec!["", "", "", " ", "-", "\n", "\r\n", ".", "  "]);
        prop::collection::vec(gap, 2 + N_BEHIND_RF)
    }

    fn spread(reference: &str, gaps: &[&str]) -> String {
        reference.chars().zip(gaps).flat_map(|(character, gap)| [character.to_string(), (*gap).to_owned()]).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_however_it_was_spaced(of in reference(), gaps in gaps(), small: bool) {
            let mut text = spread(of.as_str(), &gaps);
            if small {
                text = text.to_lowercase();
            }
            let text = format!("Invoice 12 of May, {text} thank you 2026");
            prop_assert_eq!(Reference::read(&text), Reading { references: vec![of.clone()], slipped: vec![] });
            prop_assert_eq!(Reference::read(&of.to_string()).references, vec![of]);
        }

        #[test]
        fn slipped_digit_is_told_and_never_read(of in reference(), place in 2..20_usize, by in 1..10_u32) {
            let mut characters: Vec<char> = of.as_str().chars().collect();
            let digit = characters[place].to_digit(10).unwrap();
            characters[place] = char::from_digit((digit + by) % 10, 10).unwrap();
            let text: String = characters.into_iter().collect();
            prop_assert_eq!(Reference::read(&text), Reading { references: vec![], slipped: vec![text.clone()] });
        }

        #[test]
        fn swapped_neighbours_are_told_and_never_read(of in reference(), place in 4..19_usize) {
            let mut characters: Vec<char> = of.as_str().chars().collect();
            prop_assume!(characters[place] != characters[place + 1]);
            characters.swap(place, place + 1);
            let text: String = characters.into_iter().collect();
            prop_assert_eq!(Reference::read(&text), Reading { references: vec![], slipped: vec![text.clone()] });
        }

        #[test]
        fn missing_digit_is_told_and_never_read(of in reference(), place in 2..20_usize) {
            let mut text = of.as_str().to_owned();
            text.remove(place);
            prop_assert_eq!(Reference::read(&text), Reading { references: vec![], slipped: vec![text.clone()] });
        }

        #[test]
        fn any_text_can_be_read(text in "\\PC*") {
            let _ = Reference::read(&text);
        }
    }

    #[test]
    fn letters_and_arabic_digits_stand_for_digits() {
        let of = Reference::of(Uuid::from_u128(1_001_203));
        assert_eq!(of.to_string(), format!("{} 0000 0000 0100 1203", &of.as_str()[..4]));
        let typed = format!("{}OOOO OOOO OLOO I2٠٣", &of.as_str()[..4]);
        assert_eq!(Reference::read(&typed).references, [of]);
    }

    #[test]
    fn references_of_other_creditors_and_words_are_none_of_ours() {
        for text in ["RF18 5390 0754 7034", "surf 12 times", "RF", "PERF2026 1234 5", "RF45 for May"] {
            assert_eq!(Reference::read(text), Reading::default(), "{text}");
        }
    }

    #[test]
    fn reference_is_read_once_and_beside_others() {
        let (one, two) = (Reference::of(Uuid::from_u128(1)), Reference::of(Uuid::from_u128(2)));
        let text = format!("{one} {two} {}", one.as_str());
        assert_eq!(Reference::read(&text).references, [one, two]);
    }
}
