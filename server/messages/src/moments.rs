//! Dates and times in a given zone, and how far away they are.

use jiff::{Timestamp, tz::TimeZone};

use crate::{Locale, bundle::say, spans};

/// `1 November 2026`
pub(crate) fn date(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    let day = at.to_zoned(zone.clone());
    let month = say(locale, "month-name", &[("n", day.month().into())]);
    // A year has no groups: it goes in as text.
    let year = day.year().to_string();
    say(locale, "date-long", &[("day", day.day().into()), ("month", month.into()), ("year", year.into())])
}

/// `1 Nov`
pub(crate) fn day(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    let day = at.to_zoned(zone.clone());
    let month = say(locale, "month-short", &[("n", day.month().into())]);
    say(locale, "date-short", &[("day", day.day().into()), ("month", month.into())])
}

/// `November 2026`
pub(crate) fn month(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    let day = at.to_zoned(zone.clone());
    let month = say(locale, "month-name", &[("n", day.month().into())]);
    say(locale, "date-month", &[("month", month.into()), ("year", day.year().to_string().into())])
}

/// `14:02`
pub(crate) fn clock(zone: &TimeZone, at: Timestamp) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `14:02:07`
pub(crate) fn clock_to_the_second(zone: &TimeZone, at: Timestamp) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string()
}

/// How long ago, in one unit: `just now`, `2 min ago`. A moment ahead of `now` is just now.
pub(crate) fn ago(locale: Locale, now: Timestamp, then: Timestamp) -> String {
    let seconds = now.as_second() - then.as_second();
    if seconds < 1 {
        return say(locale, "ago-now", &[]);
    }
    say(locale, "ago", &[("span", spans::largest(locale, seconds).into())])
}

/// How far ahead, in one unit: `in 2 min`. A moment that has passed is now.
pub(crate) fn ahead(locale: Locale, now: Timestamp, then: Timestamp) -> String {
    let seconds = then.as_second() - now.as_second();
    if seconds < 1 {
        return say(locale, "ago-now", &[]);
    }
    say(locale, "ahead", &[("span", spans::largest(locale, seconds).into())])
}
