//! Reading what forms send, and saying beside its field what cannot be taken.

use domain::{Error, Rule};
use jiff::{
    civil::DateTime,
    tz::{TimeZone, TimeZoneDatabase},
};
use leptos::prelude::AnyView;
use messages::{Words, say};
use session::Refused;
use types::{Code, MICROS_PER_UNIT, Timestamp};

use crate::components::{Banner, TextArea, Tone, banner};

/// An amount as people write it, in millionths: `1250.50`, `1 250,50`.
pub(super) fn micros(field: &'static str, text: &str) -> Result<i64, Refused> {
    let wrong = || Refused::from(Error::Invalid { field, rule: Rule::PositiveAmount });
    decimal(text).filter(|micros| *micros > 0).ok_or_else(wrong)
}

fn decimal(text: &str) -> Option<i64> {
    let text = text.replace([' ', '\u{a0}', '\u{202f}', '\''], "");
    // A comma groups where a point stands too, and is the decimal mark where it stands alone.
    let text = if text.contains('.') { text.replace(',', "") } else { text.replace(',', ".") };
    let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || part.len() > 6 || !digits(whole) || !digits(part) {
        return None;
    }
    let part = format!("{part:0<6}").parse::<i64>().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(MICROS_PER_UNIT)?.checked_add(part)
}

/// The same as a field shows it: cents are written, and more only where there are.
pub(super) fn decimal_of(micros: i64) -> String {
    let (whole, part) = (micros / MICROS_PER_UNIT, format!("{:06}", micros % MICROS_PER_UNIT));
    let kept = part.trim_end_matches('0').len().max(2);
    format!("{whole}.{}", &part[..kept])
}

/// A whole number.
pub(super) fn whole(field: &'static str, text: &str, max: u32) -> Result<u32, Refused> {
    let rule = Rule::Range { min: 0, max: max.into() };
    text.trim().parse().map_err(|_| Error::Invalid { field, rule }.into())
}

/// A moment as the field `datetime-local` sends it, meant in the reader's zone; nothing where nothing was said.
pub(super) fn instant(words: &Words, field: &'static str, text: &str) -> Result<Option<Timestamp>, Refused> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let wrong = || Refused::from(Error::Invalid { field, rule: Rule::Form });
    let civil = text.trim().parse::<DateTime>().map_err(|_| wrong())?;
    let zoned = civil.to_zoned(zone(words)).map_err(|_| wrong())?;
    Ok(Some(zoned.timestamp().into()))
}

/// A moment as the field `datetime-local` takes it.
pub(super) fn for_field(words: &Words, at: Timestamp) -> String {
    at.as_jiff().to_zoned(zone(words)).strftime("%Y-%m-%dT%H:%M").to_string()
}

fn zone(words: &Words) -> TimeZone {
    TimeZoneDatabase::bundled().get(words.zone()).unwrap_or(TimeZone::UTC)
}

/// Whether a refusal is said on the form that it is of; others take the whole page.
pub(super) fn is_said_here(refused: &Refused) -> bool {
    let code = refused.refusal().code;
    matches!(
        code,
        Code::Invalid
            | Code::Conflict
            | Code::PreconditionFailed
            | Code::IdempotencyConflict
            | Code::InsufficientCredit
            | Code::BudgetExceeded
            | Code::PaymentOverdue
            | Code::QuotaExceeded
            | Code::NameTaken
            | Code::NotForSale
    )
}

/// What to say beside `field`.
pub(super) fn problem(words: &Words, refused: Option<&Refused>, field: &str) -> Option<String> {
    let refusal = refused?.refusal();
    (refusal.field.as_deref() == Some(field)).then(|| words.refusal(&refusal).message)
}

/// The field for why staff do what they do.
pub(super) fn reason_field(
    words: &Words,
    value: impl Into<String>,
    hint: String,
    refused: Option<&Refused>,
) -> AnyView {
    let area = TextArea {
        name: "reason".to_owned(),
        label: say!(words, "staff-reason"),
        value: value.into(),
        hint: Some(hint),
        error: problem(words, refused, "reason"),
    };
    area.view()
}

/// What to say above a form of a refusal that is about none of its fields.
pub(super) fn notice(words: &Words, refused: Option<&Refused>) -> Option<AnyView> {
    refused.filter(|refused| refused.refusal().field.is_none()).map(|refused| told(words, refused))
}

/// The same of any refusal: where the form that it is of is no longer on the page.
pub(super) fn told(words: &Words, refused: &Refused) -> AnyView {
    let said = words.refusal(&refused.refusal());
    banner(Banner { tone: Tone::Bad, title: said.message, words: Some(said.hint), action: None })
}

#[cfg(test)]
mod tests {
    use messages::Locale;

    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for text in ["1250.5", "1 250,50", "1,250.50", "1250,500000"] {
            assert_eq!(decimal(text), Some(1_250_500_000), "{text}");
        }
        assert_eq!([1_250_500_000, 5, 12_000_000].map(decimal_of), ["1250.50", "0.000005", "12.00"]);
        for text in ["", ".", "-1", "1.0000001", "12a", "99999999999999999999", "1.2.3"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_is_meant_in_the_readers_zone_and_comes_back_the_same() {
        let words = Words::new(Locale::En, "Africa/Casablanca");
        let at = instant(&words, "from", "2026-07-01T08:30").unwrap().unwrap();
        assert_eq!(at.to_string(), "2026-07-01T07:30:00Z");
        assert_eq!(for_field(&words, at), "2026-07-01T08:30");
        assert!(instant(&words, "from", "tomorrow").is_err());
    }
}
