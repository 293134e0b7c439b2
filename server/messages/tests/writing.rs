//! What amounts, dates and sentences look like in each language.

use messages::{Locale, Words, say};
use types::{Currency, Money, Timestamp};

fn words(locale: Locale) -> Words {
    Words::new(locale, "Africa/Casablanca")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| Timestamp::from_second(0))
}

fn mad(micros: i64) -> Money {
    Money { micros, currency: Currency::Mad }
}

#[test]
fn money_carries_its_currency_and_its_sign() {
    let english = words(Locale::En);
    assert_eq!(english.money(mad(1_126_400_000)), "1,126.40\u{a0}MAD");
    assert_eq!(english.money_with_sign(mad(12_000_000_000)), "+12,000.00\u{a0}MAD");
    assert_eq!(english.money_with_sign(mad(-3_200_000)), "\u{2212}3.20\u{a0}MAD");
    assert_eq!(english.per_hour(mad(27_400_000)), "27.40\u{a0}MAD/h");
    assert_eq!(words(Locale::Fr).money(mad(1_126_400_000)), "1\u{202f}126,40\u{a0}MAD");
    assert_eq!(words(Locale::Ar).money(mad(1_126_400_000)), "1,126.40\u{a0}MAD");
    assert_eq!(english.percent(200_000), "20\u{a0}%");
}

#[test]
fn dates_follow_the_language_and_the_zone() {
    // An hour before midnight in UTC it is the next month in Morocco.
    let moment = at("2026-05-31T23:30:07Z");
    assert_eq!(words(Locale::En).date(moment), "1 June 2026");
    assert_eq!(words(Locale::Fr).date(moment), "1er juin 2026");
    assert_eq!(words(Locale::Fr).month(moment), "juin 2026");
    assert_eq!(words(Locale::En).moment(moment), "1 Jun, 00:30:07");
    assert_eq!(Words::new(Locale::En, "America/New_York").date(moment), "31 May 2026");
    let arabic = words(Locale::Ar).date(moment).replace(['\u{2068}', '\u{2069}', '\u{200f}'], "");
    assert_eq!(arabic, "1 يونيو 2026");
}

#[test]
fn the_clock_of_morocco_is_the_bundled_one_whatever_the_machine_believes() {
    let clock = |text| words(Locale::En).clock(at(text));
    assert_eq!(clock("2026-02-01T12:00:00Z"), "13:00");
    // Ramadan.
    assert_eq!(clock("2026-02-20T12:00:00Z"), "12:00");
    assert_eq!(clock("2026-04-20T12:00:00Z"), "13:00");
    // Since 20 September 2026 Morocco keeps to UTC; a system with older zone files still says 13:00.
    assert_eq!(clock("2026-11-01T12:00:00Z"), "12:00");
}

#[test]
fn an_unknown_zone_is_utc_and_says_so() {
    let words = Words::new(Locale::En, "Mars/Olympus");
    assert_eq!((words.zone(), words.clock(at("2026-11-22T09:00:00Z"))), ("UTC", "09:00".to_owned()));
}

#[test]
fn relative_times_have_one_unit_and_never_a_future_past() {
    let (now, english) = (at("2026-11-22T12:00:00Z"), words(Locale::En));
    assert_eq!(english.ago(now, now.plus_seconds(-2)), "2\u{a0}s ago");
    assert_eq!(english.ago(now, now.plus_seconds(5)), "just now");
    assert_eq!(english.ago(now, now.plus_seconds(-7_300)), "2\u{a0}h ago");
    assert_eq!(english.ahead(now, now.plus_seconds(600)), "in 10\u{a0}min");
    let french = words(Locale::Fr);
    assert_eq!(french.ago(now, now.plus_seconds(-120)), "il y a 2\u{a0}min");
}

#[test]
fn sentences_take_their_arguments_and_choose_their_plural() {
    let said =
        |locale, n| say!(words(locale), "form-has-errors", n = n).replace(['\u{2068}', '\u{2069}', '\u{200f}'], "");
    assert_eq!(said(Locale::En, 1), "One field needs another look.");
    assert_eq!(said(Locale::En, 1_200), "1,200 fields need another look.");
    assert_eq!(said(Locale::Ar, 2), "حقلان يحتاجان إلى مراجعة.");
    assert_eq!(said(Locale::Ar, 7), "7 حقول تحتاج إلى مراجعة.");
    assert_eq!(said(Locale::Ar, 100), "100 حقل يحتاج إلى مراجعة.");
}

#[test]
fn arabic_isolates_what_it_embeds_and_english_stays_plain() {
    let english = say!(words(Locale::En), "updated", ago = "2 s ago");
    assert_eq!(english, "Updated 2 s ago");
    let arabic = say!(words(Locale::Ar), "per-hour", amount = "27.40 MAD");
    assert_eq!(arabic, "\u{2068}27.40 MAD\u{2069}/h");
}
