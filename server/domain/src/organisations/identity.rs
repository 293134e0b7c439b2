//! What an organisation is for the law: which numbers a country's businesses have, and the form of each.

use types::OrganisationSettings;

use super::vat;
use crate::{Error, Result, Rule};

/// The languages that documents come in.
const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];
/// A register's number, where it has no form that is known.
const MOST_LETTERS: u32 = 60;

/// The settings as they are kept: without spaces around, without empty numbers.
///
/// # Errors
/// `Invalid` for the first field that may not be.
pub(super) fn checked(ask: &OrganisationSettings, country: &str) -> Result<OrganisationSettings> {
    let is_moroccan = country == "MA";
    let said = |number: &Option<String>| {
        let plain = number.as_deref().unwrap_or_default().trim();
        (!plain.is_empty()).then(|| plain.to_owned())
    };
    if !LANGUAGES.contains(&ask.language.as_str()) {
        return Err(Error::Invalid { field: "language", rule: Rule::Known });
    }
    Ok(OrganisationSettings {
        name: text("name", &ask.name, 100)?,
        legal_name: text("legal_name", &ask.legal_name, 200)?,
        address: text("address", &ask.address, 500)?,
        ice: number("ice", said(&ask.ice), |ice| is_moroccan && digits(ice, 15..=15))?,
        tax_id: number(
            "tax_id",
            said(&ask.tax_id),
            |tax| if is_moroccan { digits(tax, 5..=8) } else { is_short(tax) },
        )?,
        trade_register: number("trade_register", said(&ask.trade_register), is_short)?,
        business_tax: number("business_tax", said(&ask.business_tax), |tax| is_moroccan && digits(tax, 8..=8))?,
        vat_id: number("vat_id", said(&ask.vat_id).map(|id| vat::plain(&id)), |id| vat::fits(country, id))?,
        language: ask.language.clone(),
    })
}

/// Text that is said, and not longer than a line of an invoice takes.
pub(super) fn text(field: &'static str, text: &str, max: u32) -> Result<String> {
    match text.trim().chars().count() {
        0 => Err(Error::Invalid { field, rule: Rule::Required }),
        n if n <= max as usize => Ok(text.trim().to_owned()),
        _ => Err(Error::Invalid { field, rule: Rule::Length { min: 1, max } }),
    }
}

fn number(field: &'static str, said: Option<String>, fits: impl Fn(&str) -> bool) -> Result<Option<String>> {
    match said {
        Some(number) if !fits(&number) => Err(Error::Invalid { field, rule: Rule::Form }),
        said => Ok(said),
    }
}

fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.chars().all(|digit| digit.is_ascii_digit())
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= MOST_LETTERS as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> OrganisationSettings {
        OrganisationSettings {
            name: " Rif ".to_owned(),
            legal_name: "Rif SARL".to_owned(),
            address: "Tétouan".to_owned(),
            ice: Some("001234567000089".to_owned()),
            tax_id: Some("40112233".to_owned()),
            trade_register: Some("27915 Tétouan".to_owned()),
            business_tax: Some("51203344".to_owned()),
            vat_id: Some("  ".to_owned()),
            language: "fr".to_owned(),
        }
    }

    #[test]
    fn moroccan_numbers_have_their_form_and_what_is_empty_is_none() {
        let kept = checked(&settings(), "MA").unwrap();
        assert_eq!((kept.name.as_str(), kept.vat_id), ("Rif", None));
        let wrong = |field: &'static str, ask: OrganisationSettings| {
            let outcome = checked(&ask, "MA");
            assert!(matches!(outcome, Err(Error::Invalid { field: named, .. }) if named == field), "{outcome:?}");
        };
        let number = |text: &str| Some(text.to_owned());
        wrong("ice", OrganisationSettings { ice: number("00123456700008"), ..settings() });
        wrong("ice", OrganisationSettings { ice: number("00123456700008x"), ..settings() });
        wrong("tax_id", OrganisationSettings { tax_id: number("401122331"), ..settings() });
        wrong("business_tax", OrganisationSettings { business_tax: number("5120334"), ..settings() });
        wrong("trade_register", OrganisationSettings { trade_register: number(&"1".repeat(61)), ..settings() });
        wrong("legal_name", OrganisationSettings { legal_name: " ".to_owned(), ..settings() });
        wrong("address", OrganisationSettings { address: "x".repeat(501), ..settings() });
        wrong("language", OrganisationSettings { language: "de".to_owned(), ..settings() });
    }

    #[test]
    fn numbers_that_only_morocco_gives_belong_to_its_organisations() {
        assert!(matches!(checked(&settings(), "FR"), Err(Error::Invalid { field: "ice", .. })));
        let french = OrganisationSettings {
            ice: None,
            business_tax: None,
            tax_id: Some("552 100 554".to_owned()),
            vat_id: Some("fr 40 303.265.045".to_owned()),
            ..settings()
        };
        assert_eq!(checked(&french, "FR").unwrap().vat_id.as_deref(), Some("FR40303265045"));
        assert!(matches!(checked(&french, "DE"), Err(Error::Invalid { field: "vat_id", .. })));
    }
}
