//! What a domain is, and which one an address is at. Names are compared whole and as the name service has them.

use crate::{Error, Result, Rule};

/// Where everybody can have an address: whoever claimed one of these would get strangers.
const PUBLIC: [&str; 40] = [
    "126.com",
    "163.com",
    "aol.com",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.fr",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "live.fr",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "menara.ma",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "outlook.fr",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "sfr.fr",
    "wanadoo.fr",
    "web.de",
    "yahoo.com",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
];

/// The domain that somebody claims, as the name service has it.
pub(super) fn claimed(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Invalid { field: "name", rule: Rule::Required });
    }
    let name = normal(text).ok_or(Error::Invalid { field: "name", rule: Rule::Domain })?;
    if PUBLIC.contains(&name.as_str()) {
        return Err(Error::Invalid { field: "name", rule: Rule::OwnDomain });
    }
    Ok(name)
}

/// The domain that an address is at, as the name service has it; nothing for what can be nobody's domain.
pub(crate) fn domain_of(address: &str) -> Option<String> {
    address.rsplit_once('@').and_then(|(_, host)| normal(host))
}

fn normal(text: &str) -> Option<String> {
    let name = idna::domain_to_ascii_strict(text).ok()?;
    let last = name.rsplit_once('.').map(|(_, last)| last)?;
    // An address of the network is not a name.
    (!last.is_empty() && !last.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_as_the_name_service_has_it() {
        for (text, name) in [
            (" Atlas.Example ", "atlas.example"),
            ("b\u{fc}cher.example", "xn--bcher-kva.example"),
            ("BU\u{308}CHER.example", "xn--bcher-kva.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("موقع.example", "xn--4gbrim.example"),
            ("a-1.b.example", "a-1.b.example"),
        ] {
            assert_eq!(claimed(text).unwrap(), name, "{text}");
        }
    }

    #[test]
    fn what_is_no_domain_of_ones_own_is_refused() {
        let none = ["example", "a..example", ".example", "atlas.example.", "-a.example", "a_b.example", "a b.example"];
        let more = ["atlas@b.example", "https://atlas.example", "192.0.2.1", "[::1]", "xn--a.example", "a.example/b"];
        for text in none.iter().chain(&more) {
            let refused = claimed(text);
            assert!(matches!(refused, Err(Error::Invalid { rule: Rule::Domain, .. })), "{text}: {refused:?}");
        }
        assert!(claimed(&format!("{}.example", "a".repeat(64))).is_err());
        assert!(matches!(claimed(" "), Err(Error::Invalid { rule: Rule::Required, .. })));
        for public in ["gmail.com", "GMAIL.com", "Outlook.fr"] {
            assert!(matches!(claimed(public), Err(Error::Invalid { rule: Rule::OwnDomain, .. })), "{public}");
        }
    }

    #[test]
    fn an_address_is_at_all_of_what_follows_its_last_at() {
        assert_eq!(domain_of("amina@atlas.example").as_deref(), Some("atlas.example"));
        assert_eq!(domain_of("amina@B\u{fc}cher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(domain_of("\"a@atlas.example\"@evil.example").as_deref(), Some("evil.example"));
        for other in ["amina@mail.atlas.example", "amina@atlas.example.evil.example", "amina@notatlas.example"] {
            assert_ne!(domain_of(other).as_deref(), Some("atlas.example"), "{other}");
        }
        assert_eq!(domain_of("amina"), None);
        assert_eq!(domain_of("amina@localhost"), None);
    }

    #[test]
    fn the_public_ones_are_written_as_they_are_compared() {
        assert!(PUBLIC.is_sorted());
        assert!(PUBLIC.iter().all(|name| normal(name).as_deref() == Some(*name)));
    }
}
