//! The three languages, and which one a person gets.

/// A language of the portal, with its way of writing numbers and dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English, days before months, 24 hours.
    #[default]
    En,
    /// French as written in Morocco and France.
    Fr,
    /// Modern Standard Arabic with Morocco's months and Latin digits.
    Ar,
}

/// The side a text begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of the HTML attribute `dir`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

impl Locale {
    /// Every language, in the order in which people choose among them.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Ar];

    /// The language tag of BCP 47, as in the HTML attribute `lang` and in cookies.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ar => "ar",
        }
    }

    /// The side its lines begin at.
    #[must_use]
    pub fn dir(self) -> Direction {
        match self {
            Self::En | Self::Fr => Direction::Ltr,
            Self::Ar => Direction::Rtl,
        }
    }

    /// The language's name in itself, for a list of languages.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Ar => "العربية",
        }
    }

    /// The language of a tag, regions aside: `fr-MA` is French. `None` for languages we do not speak.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// Chosen first by the cookie, then by the account, then by the header `Accept-Language`, else English.
    #[must_use]
    pub fn choose(cookie: Option<&str>, account: Option<Self>, accept_language: Option<&str>) -> Self {
        cookie.and_then(Self::of_tag).or(account).or_else(|| accept_language.and_then(preferred)).unwrap_or_default()
    }
}

/// The language with the highest weight that we speak; the earlier of two with equal weight.
fn preferred(header: &str) -> Option<Locale> {
    // A longer header is nobody's browser.
    let ranges = header.split(',').take(20).filter_map(weighted);
    let (locale, weight) = ranges.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (weight > 0.0).then_some(locale)
}

fn weighted(range: &str) -> Option<(Locale, f32)> {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let weight = match parameters.trim().strip_prefix("q=") {
        Some(text) => text.trim().parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?,
        None => 1.0,
    };
    Some((Locale::of_tag(tag.trim())?, weight))
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, Ar, En, Fr};

    #[test]
    fn the_cookie_wins_over_the_account_and_the_account_over_the_browser() {
        assert_eq!(Locale::choose(Some("ar"), Some(Fr), Some("en")), Ar);
        assert_eq!(Locale::choose(Some("de"), Some(Fr), Some("en")), Fr);
        assert_eq!(Locale::choose(None, None, Some("fr-MA,fr;q=0.9")), Fr);
        assert_eq!(Locale::choose(None, None, None), En);
    }

    #[test]
    fn the_browsers_heaviest_known_language_is_taken() {
        let choose = |header| Locale::choose(None, None, Some(header));
        assert_eq!(choose("de, en;q=0.3, ar-MA;q=0.8"), Ar);
        assert_eq!(choose("fr;q=0.5, ar;q=0.5"), Fr);
        assert_eq!(choose("ar;q=0, de"), En);
        assert_eq!(choose("ar;q=7, fr;q=x, en"), En);
        assert_eq!(choose(";;,,"), En);
    }
}
