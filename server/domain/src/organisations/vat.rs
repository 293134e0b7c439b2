//! The form of each country's VAT numbers. Whether somebody has the number, only its authority knows.

/// Country, prefix, and what may follow, each form by itself: `d` stands for a digit, `x` for a digit or a letter,
/// everything else for itself.
#[rustfmt::skip]
const FORMS: &[(&str, &str, &[&str])] = &[
    ("AT", "AT",  &["Udddddddd"]),
    ("BE", "BE",  &["0ddddddddd", "1ddddddddd"]),
    ("BG", "BG",  &["ddddddddd", "dddddddddd"]),
    ("CH", "CHE", &["ddddddddd", "dddddddddMWST", "dddddddddTVA", "dddddddddIVA"]),
    ("CY", "CY",  &["ddddddddx"]),
    ("CZ", "CZ",  &["dddddddd", "ddddddddd", "dddddddddd"]),
    ("DE", "DE",  &["ddddddddd"]),
    ("DK", "DK",  &["dddddddd"]),
    ("EE", "EE",  &["ddddddddd"]),
    ("ES", "ES",  &["xdddddddx"]),
    ("FI", "FI",  &["dddddddd"]),
    ("FR", "FR",  &["xxddddddddd"]),
    ("GB", "GB",  &["ddddddddd", "dddddddddddd", "GDddd", "HAddd"]),
    ("GR", "EL",  &["ddddddddd"]),
    ("HR", "HR",  &["ddddddddddd"]),
    ("HU", "HU",  &["dddddddd"]),
    ("IE", "IE",  &["dxdddddx", "dxdddddxx"]),
    ("IT", "IT",  &["ddddddddddd"]),
    ("LT", "LT",  &["ddddddddd", "dddddddddddd"]),
    ("LU", "LU",  &["dddddddd"]),
    ("LV", "LV",  &["ddddddddddd"]),
    ("MT", "MT",  &["dddddddd"]),
    ("NL", "NL",  &["dddddddddBdd"]),
    ("NO", "NO",  &["ddddddddd", "dddddddddMVA"]),
    ("PL", "PL",  &["dddddddddd"]),
    ("PT", "PT",  &["ddddddddd"]),
    ("RO", "RO",  &["dd", "ddd", "dddd", "ddddd", "dddddd", "ddddddd", "dddddddd", "ddddddddd", "dddddddddd"]),
    ("SE", "SE",  &["dddddddddddd"]),
    ("SI", "SI",  &["dddddddd"]),
    ("SK", "SK",  &["dddddddddd"]),
];

/// The number without what people write between its parts.
pub(super) fn plain(number: &str) -> String {
    let parts = number.chars().filter(|letter| !letter.is_whitespace() && !".-/".contains(*letter));
    parts.flat_map(char::to_uppercase).collect()
}

/// Whether a plain number can be one of that country; where its form is not known here, 4 to 20 letters and digits.
pub(super) fn fits(country: &str, number: &str) -> bool {
    match FORMS.iter().find(|(of, ..)| *of == country) {
        Some((_, prefix, forms)) => {
            number.strip_prefix(prefix).is_some_and(|rest| forms.iter().any(|form| has_form(rest, form)))
        }
        None => (4..=20).contains(&number.len()) && number.chars().all(|letter| letter.is_ascii_alphanumeric()),
    }
}

fn has_form(text: &str, form: &str) -> bool {
    let fits = |(letter, form): (char, char)| match form {
        'd' => letter.is_ascii_digit(),
        'x' => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
        itself => letter == itself,
    };
    text.chars().count() == form.len() && text.chars().zip(form.chars()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_countrys_numbers_have_its_form() {
        for (country, number) in [
            ("FR", "FR 40 303 265 045"),
            ("FR", "FRK7399859412"),
            ("DE", "DE-136.695.976"),
            ("AT", "ATU13585627"),
            ("ES", "ESX9999999X"),
            ("GR", "EL094259216"),
            ("NL", "NL004495445B01"),
            ("IE", "IE6433435OA"),
            ("GB", "GB 980 7806 84"),
            ("CH", "CHE-123.456.788 TVA"),
            ("NO", "NO 123456785 MVA"),
            ("SN", "005123456"),
        ] {
            assert!(fits(country, &plain(number)), "{number} in {country}");
        }
        for (country, number) in [
            ("FR", "FR4030326504"),
            ("FR", "DE136695976"),
            ("FR", "40303265045"),
            ("DE", "DE13669597X"),
            ("AT", "AT13585627"),
            ("GR", "GR094259216"),
            ("NL", "NL004495445A01"),
            ("SN", "1"),
            ("SN", "<script>"),
            ("FR", "FR४०303265045"),
        ] {
            assert!(!fits(country, &plain(number)), "{number} in {country}");
        }
    }
}
