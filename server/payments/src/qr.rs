//! What a telephone reads from a pro-forma: the European Payments Council's code (EPC069-12) for euros to an account in
//! SEPA. Morocco has no such standard for transfers (its QR codes are merchants', EMVCo), so that all else is plain
//! text to copy from: who, where, how much, for what.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use types::Currency;

use crate::{Iban, Reference, Rib, text::tidy};

/// What stands around the picture, in modules: readers need four.
const QUIET: i32 = 4;
/// The largest version that EPC069-12 allows.
const LARGEST: u8 = 13;
/// The longest name that EPC069-12 allows, in characters.
const LONGEST_NAME: usize = 70;
/// The most that EPC069-12 allows, in cents.
const MOST: i64 = 99_999_999_999;

/// Countries whose accounts SEPA reaches.
const SEPA: [&str; 42] = [
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE",
    "SI", "SK", "SM", "VA",
];

/// What a transfer needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Who is paid.
    pub beneficiary: String,
    /// Where, for payers anywhere.
    pub iban: Iban,
    /// Where, for payers in Morocco.
    pub rib: Option<Rib>,
    /// In which currency.
    pub currency: Currency,
    /// How much, in minor units.
    pub amount: i64,
    /// For what.
    pub reference: Reference,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstructionFault {
    /// Nothing, less than nothing, or more than the code can say.
    #[error("the amount is not one that a transfer can have")]
    Amount,
    /// Nobody is named, or too long a name.
    #[error("the beneficiary's name must have 1 to 70 characters")]
    Beneficiary,
}

impl Instruction {
    /// The text in the picture.
    ///
    /// # Errors
    /// When amount or name are none that a transfer can have.
    pub fn payload(&self) -> Result<String, InstructionFault> {
        let name = tidy(&self.beneficiary);
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(InstructionFault::Beneficiary);
        }
        if !(1..=MOST).contains(&self.amount) {
            return Err(InstructionFault::Amount);
        }
        let amount = format!("{}{}.{:02}", self.currency, self.amount / 100, self.amount % 100);
        let (iban, reference) = (self.iban.as_str(), self.reference.as_str());
        if self.currency == Currency::Eur && SEPA.contains(&self.iban.country()) {
            // Version 2 needs no BIC, character set 1 is UTF-8; the purpose between amount and reference is left empty.
            return Ok(["BCD", "002", "1", "SCT", "", &name, iban, &amount, "", reference].join("\n"));
        }
        let account = match &self.rib {
            Some(rib) if self.currency == Currency::Mad => format!("RIB {}", rib.as_str()),
            _ => format!("IBAN {iban}"),
        };
        let amount = format!("{} {}.{:02}", self.currency, self.amount / 100, self.amount % 100);
        Ok([name.as_str(), &account, &amount, reference].join("\n"))
    }
}

/// The picture of a text, dark on light in either scheme; nothing for one that is too long. It is correction level M
/// and no larger than version 13, as EPC069-12 asks.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    let segment = QrSegment::make_bytes(text.as_bytes());
    let level = QrCodeEcc::Medium;
    let code =
        QrCode::encode_segments_advanced(&[segment], level, Version::MIN, Version::new(LARGEST), None, false).ok()?;
    let size = code.size() + 2 * QUIET;
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/><path d="{}" fill="#000"/></svg>"##,
        path(&code)
    ))
}

/// One step for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn instruction(currency: Currency, iban: &str, rib: Option<&str>) -> Instruction {
        Instruction {
            beneficiary: "Hub  of\nTétouan".to_owned(),
            iban: Iban::parse(iban).unwrap(),
            rib: rib.map(|rib| Rib::parse(rib).unwrap()),
            currency,
            amount: 120_005,
            reference: Reference::of(Uuid::from_u128(7)),
        }
    }

    #[test]
    fn euros_to_sepa_are_the_payments_councils_code() {
        let asked = instruction(Currency::Eur, "DE89370400440532013000", None);
        let reference = asked.reference.as_str();
        let expected = format!("BCD\n002\n1\nSCT\n\nHub of Tétouan\nDE89370400440532013000\nEUR1200.05\n\n{reference}");
        assert_eq!(asked.payload().unwrap(), expected);
    }

    #[test]
    fn all_else_is_plain_text_to_copy_from() {
        let (iban, rib) = ("MA64011519000001205000534921", "011519000001205000534921");
        let dirhams = instruction(Currency::Mad, iban, Some(rib));
        let reference = dirhams.reference.as_str();
        assert_eq!(dirhams.payload().unwrap(), format!("Hub of Tétouan\nRIB {rib}\nMAD 1200.05\n{reference}"));
        let euros = instruction(Currency::Eur, iban, Some(rib));
        assert_eq!(euros.payload().unwrap(), format!("Hub of Tétouan\nIBAN {iban}\nEUR 1200.05\n{reference}"));
    }

    #[test]
    fn instruction_that_no_bank_carries_out_has_no_code() {
        let right = instruction(Currency::Eur, "DE89370400440532013000", None);
        for amount in [0, -1, MOST + 1, i64::MIN] {
            let wrong = Instruction { amount, ..right.clone() };
            assert_eq!(wrong.payload(), Err(InstructionFault::Amount));
        }
        for beneficiary in [" \n".to_owned(), "x".repeat(71)] {
            let wrong = Instruction { beneficiary, ..right.clone() };
            assert_eq!(wrong.payload(), Err(InstructionFault::Beneficiary));
        }
    }

    #[test]
    fn every_dark_module_is_drawn_and_no_light_one() {
        let text = instruction(Currency::Eur, "DE89370400440532013000", None).payload().unwrap();
        let code = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).unwrap();
        let drawn = path(&code);
        let runs = drawn.split('h').skip(1).filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok());
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        assert_eq!(runs.sum::<usize>(), all.filter(|(x, y)| code.get_module(*x, *y)).count());
        let picture = svg(&text).unwrap();
        assert!(picture.starts_with("<svg ") && picture.contains("M4 4h7v1h-7z"), "{picture}");
    }

    #[test]
    fn longest_instruction_has_a_picture_and_a_letter_has_none() {
        let longest = Instruction {
            beneficiary: "é".repeat(LONGEST_NAME),
            amount: MOST,
            ..instruction(Currency::Eur, "MT84MALT011000012345MTLCAST001S", None)
        };
        assert!(svg(&longest.payload().unwrap()).is_some());
        assert!(svg(&"x".repeat(400)).is_none());
    }
}
