//! Countries that people choose from.

use crate::{Words, say};

/// Those that an organisation can be opened in on the screens, the hub's own first, then by their English names.
pub const COUNTRIES: &[&str] = &[
    "MA", "DZ", "AT", "BH", "BE", "BJ", "BF", "CM", "CA", "CI", "CZ", "DK", "EG", "FI", "FR", "GA", "DE", "GH", "GR",
    "GN", "IN", "IE", "IT", "JO", "KE", "KW", "LB", "LU", "ML", "MR", "NL", "NE", "NG", "NO", "OM", "PL", "PT", "QA",
    "RO", "RW", "SA", "SN", "ZA", "ES", "SE", "CH", "TG", "TN", "TR", "AE", "GB", "US",
];

impl Words {
    /// A country by its two capital letters.
    #[must_use]
    pub fn country(&self, code: &str) -> String {
        say!(self, "country", code = code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for locale in Locale::ALL {
            let words = Words::new(locale, "UTC");
            assert!(COUNTRIES.iter().all(|code| words.country(code) != *code), "{}", locale.tag());
        }
    }
}
