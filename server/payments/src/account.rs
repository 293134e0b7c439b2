//! Bank accounts: IBANs by the registry, Moroccan RIBs by their key. Morocco's IBAN is not in the registry: it is `MA`,
//! check digits and the RIB.

use std::fmt;

use crate::{
    check::{check_digits, is_checked, remainder},
    text::squeeze,
};

const RIB_DIGITS: usize = 24;
const MOROCCO: &str = "MA";

/// An IBAN that is right in itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Iban(String);

/// The 24 digits of a Moroccan account: bank, place, account, key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rib(String);

/// What is wrong with an account.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    /// Nothing was typed.
    #[error("there is no account")]
    Empty,
    /// It holds what no account does.
    #[error("an account holds letters and digits only, not “{0}”")]
    Character(char),
    /// An IBAN begins otherwise.
    #[error("an IBAN begins with its country's two letters and two digits")]
    Start,
    /// No country that has IBANs is called so.
    #[error("no country with IBANs has the letters {0}")]
    Country(String),
    /// It is too short or too long, where that can be told.
    #[error("it has {given} characters, and must have {needed}")]
    Length {
        /// How many it has.
        given: usize,
        /// How many it should have.
        needed: usize,
    },
    /// Its length or its characters are not its country's.
    #[error("an IBAN of {country} does not have {given} characters of this kind")]
    Shape {
        /// The country's letters.
        country: String,
        /// How many characters it has.
        given: usize,
    },
    /// The two digits behind the country do not fit the rest.
    #[error("its check digits do not fit: at least one character is wrong")]
    CheckDigits,
    /// The last two digits of a RIB do not fit the rest.
    #[error("its key, the last two digits, does not fit: at least one digit is wrong")]
    Key,
}

impl AccountFault {
    /// What to do about it.
    #[must_use]
    pub const fn next(&self) -> &'static str {
        match self {
            Self::Empty => "Type the IBAN or the RIB.",
            Self::Character(_) | Self::Start | Self::Country(_) => "Type it as it stands on the bank's own paper.",
            Self::Length { .. } | Self::Shape { .. } => "Look for a missing or doubled character.",
            Self::CheckDigits | Self::Key => "Compare it digit by digit with the bank's own paper.",
        }
    }
}

impl Iban {
    /// As people type it: spaces, hyphens and small letters do no harm.
    ///
    /// # Errors
    /// When it cannot be an IBAN, with what is wrong.
    pub fn parse(text: &str) -> Result<Self, AccountFault> {
        let text = typed(text)?;
        let bytes = text.as_bytes();
        let starts = |places: std::ops::Range<usize>, is: fn(&u8) -> bool| {
            bytes.get(places).is_some_and(|some| some.iter().all(is))
        };
        if !starts(0..2, u8::is_ascii_uppercase) || !starts(2..4, u8::is_ascii_digit) {
            return Err(AccountFault::Start);
        }
        if text.starts_with(MOROCCO) {
            moroccan(&text)?
        } else {
            registered(&text)?
        };
        Ok(Self(text))
    }

    /// Without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two letters that it begins with.
    #[must_use]
    pub fn country(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

impl Rib {
    /// As people type it.
    ///
    /// # Errors
    /// When it cannot be a RIB, with what is wrong.
    pub fn parse(text: &str) -> Result<Self, AccountFault> {
        let text = typed(text)?;
        if let Some(letter) = text.chars().find(|character| !character.is_ascii_digit()) {
            return Err(AccountFault::Character(letter));
        }
        if text.len() != RIB_DIGITS {
            return Err(AccountFault::Length { given: text.len(), needed: RIB_DIGITS });
        }
        // The key makes the whole number a multiple of 97, and is 01 to 97.
        let is_key = !text.ends_with("00") && !text.ends_with("98") && !text.ends_with("99");
        if is_key && remainder(text.chars()) == Some(0) { Ok(Self(text)) } else { Err(AccountFault::Key) }
    }

    /// Its 24 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same account for payers abroad.
    #[must_use]
    pub fn iban(&self) -> Iban {
        let digits = check_digits(MOROCCO, &self.0).unwrap_or_default();
        Iban(format!("{MOROCCO}{digits}{}", self.0))
    }
}

/// Groups of four, as it is printed.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, character) in self.0.chars().enumerate() {
            let gap = if place > 0 && place % 4 == 0 { " " } else { "" };
            write!(f, "{gap}{character}")?;
        }
        Ok(())
    }
}

/// Bank, place, account and key, as it is printed.
impl fmt::Display for Rib {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |places: std::ops::Range<usize>| self.0.get(places).unwrap_or_default();
        write!(f, "{} {} {} {}", part(0..3), part(3..6), part(6..22), part(22..24))
    }
}

/// How accounts compare, whichever way a bank writes them: a RIB as its IBAN, all else as letters and digits.
pub(crate) fn comparable(account: &str) -> String {
    Rib::parse(account).map_or_else(|_| squeeze(account), |rib| rib.iban().0)
}

/// Letters and digits, in capitals.
fn typed(text: &str) -> Result<String, AccountFault> {
    let is_gap = |character: &char| character.is_whitespace() || matches!(character, '-' | '.');
    let text: String = text.chars().filter(|character| !is_gap(character)).collect();
    if let Some(other) = text.chars().find(|character| !character.is_ascii_alphanumeric()) {
        return Err(AccountFault::Character(other));
    }
    if text.is_empty() { Err(AccountFault::Empty) } else { Ok(text.to_ascii_uppercase()) }
}

fn moroccan(text: &str) -> Result<(), AccountFault> {
    let rib = text.get(4..).unwrap_or_default();
    if rib.len() != RIB_DIGITS {
        return Err(AccountFault::Length { given: text.len(), needed: 4 + RIB_DIGITS });
    }
    if rib.bytes().all(|byte| byte.is_ascii_digit()) && !is_checked(text) {
        return Err(AccountFault::CheckDigits);
    }
    Rib::parse(rib).map(drop)
}

/// The registry's library judges check digits first; what they should be tells whether the rest was right.
fn registered(text: &str) -> Result<(), AccountFault> {
    let (country, body) = (text.get(..2).unwrap_or_default(), text.get(4..).unwrap_or_default());
    let digits = check_digits(country, body).unwrap_or_default();
    match format!("{country}{digits}{body}").parse::<iban::Iban>() {
        Ok(right) if iban::IbanLike::electronic_str(&right) == text => Ok(()),
        Ok(_) => Err(AccountFault::CheckDigits),
        Err(iban::ParseIbanError::UnknownCountry(_)) => Err(AccountFault::Country(country.to_owned())),
        Err(_) => Err(AccountFault::Shape { country: country.to_owned(), given: text.len() }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RIB: &str = "011519000001205000534921";

    #[test]
    fn published_examples_are_right() {
        for text in ["DE89 3704 0044 0532 0130 00", "fr14-2004-1010-0505-0001-3m02-606", "GB29NWBK60161331926819"] {
            assert!(Iban::parse(text).is_ok(), "{text}");
        }
        let moroccan = Iban::parse("MA64 0115 1900 0001 2050 0053 4921").unwrap();
        assert_eq!(Rib::parse(RIB).unwrap().iban(), moroccan);
        assert_eq!(Rib::parse(RIB).unwrap().to_string(), "011 519 0000012050005349 21");
        assert_eq!(moroccan.to_string(), "MA64 0115 1900 0001 2050 0053 4921");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let shape = |country: &str, given| AccountFault::Shape { country: country.to_owned(), given };
        let wrong = [
            ("", AccountFault::Empty),
            ("DE89 3704 0044 0532 0130 00€", AccountFault::Character('€')),
            ("8937 0400 4405 3201 3000", AccountFault::Start),
            ("DEX9", AccountFault::Start),
            ("DE88 3704 0044 0532 0130 00", AccountFault::CheckDigits),
            ("DE89 3704 0044 0532 0130 0", shape("DE", 21)),
            ("DE89 3704 0044 0532 0130 0A", shape("DE", 22)),
            ("ZZ89 3704 0044", AccountFault::Country("ZZ".to_owned())),
            ("MA64 0115 1900 0001 2050 0053 4922", AccountFault::CheckDigits),
            ("MA64 0115 1900 0001 2050 0053 492", AccountFault::Length { given: 27, needed: 28 }),
        ];
        for (text, fault) in wrong {
            assert_eq!(Iban::parse(text), Err(fault), "{text}");
        }
        assert_eq!(Rib::parse("0115"), Err(AccountFault::Length { given: 4, needed: 24 }));
        assert_eq!(Rib::parse("011519000001205000534922"), Err(AccountFault::Key));
        assert_eq!(Rib::parse("01151900000120500053492X"), Err(AccountFault::Character('X')));
    }

    #[test]
    fn iban_whose_rib_has_a_wrong_key_is_refused() {
        let body = "011519000001205000534922";
        let text = format!("MA{}{body}", check_digits("MA", body).unwrap());
        assert_eq!(Iban::parse(&text), Err(AccountFault::Key));
    }

    #[test]
    fn rib_and_its_iban_are_one_account() {
        assert_eq!(comparable("011 519 0000012050005349 21"), comparable("ma64 0115 1900 0001 2050 0053 4921"));
        assert_ne!(comparable(RIB), comparable("011519000001205000534922"));
    }

    proptest! {
        #[test]
        fn slipped_digit_of_a_rib_is_noticed(place in 0..24_usize, by in 1..10_u32) {
            let mut characters: Vec<char> = RIB.chars().collect();
            let digit = characters[place].to_digit(10).unwrap();
            characters[place] = char::from_digit((digit + by) % 10, 10).unwrap();
            let text: String = characters.into_iter().collect();
            prop_assert_eq!(Rib::parse(&text), Err(AccountFault::Key));
        }

        #[test]
        fn any_text_can_be_asked(text in "\\PC*") {
            let _ = (Iban::parse(&text), Rib::parse(&text), comparable(&text));
        }
    }
}
