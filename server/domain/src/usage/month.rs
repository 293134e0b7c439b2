//! A month of the seller's calendar: the invoices are cut by it, so what is used is summed by it too.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use types::Timestamp;

use crate::{Error, Open, Result, Rule, billing};

/// The years that can be asked for.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=9000;

/// A month, from its first instant to the first one after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    first: Date,
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Timestamp,
    pub(super) zone: TimeZone,
}

impl Month {
    /// The month with this word, `2026-10`; the one that holds now where nothing is said.
    ///
    /// # Errors
    /// `Invalid` about `month` for a text that is none.
    pub async fn of_in(open: &Open, word: Option<&str>) -> Result<Self> {
        let zone = billing::seller_zone_in(open).await?;
        let first = match word {
            Some(word) => first_of(word).ok_or(Error::Invalid { field: "month", rule: Rule::Form })?,
            None => billing::day(open.now, &zone).first_of_month(),
        };
        Self::beginning(first, zone)
    }

    pub(super) fn beginning(first: Date, zone: TimeZone) -> Result<Self> {
        let started_at: Timestamp = first.to_zoned(zone.clone()).map_err(beyond)?.timestamp().into();
        let ended_at = billing::period_end(started_at, &zone)?;
        Ok(Self { first, started_at, ended_at, zone })
    }

    /// How an address names it: `2026-10`.
    #[must_use]
    pub fn word(&self) -> String {
        word(self.first)
    }

    pub(crate) fn before(&self) -> Result<String> {
        Ok(word(self.first.checked_sub(1.month()).map_err(beyond)?))
    }

    /// The month after, where it has begun.
    pub(crate) fn after(&self, now: Timestamp) -> Result<Option<String>> {
        let next = self.first.checked_add(1.month()).map_err(beyond)?;
        Ok((self.ended_at <= now).then(|| word(next)))
    }
}

fn word(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

fn first_of(word: &str) -> Option<Date> {
    let (year, month) = word.split_once('-')?;
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    let year = year.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, month.parse().ok()?, 1).ok()
}

fn beyond(error: jiff::Error) -> Error {
    Error::Corrupt(format!("month: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_it_is_written_and_nothing_else_is_one() {
        for text in ["2026-01", "2026-12", "2000-02"] {
            assert_eq!(first_of(text).map(word).as_deref(), Some(text));
        }
        for text in ["", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026-01-01", "+026-01", "1999-12", "9001-01"]
        {
            assert_eq!(first_of(text), None, "{text}");
        }
    }

    #[test]
    fn months_follow_one_another_and_none_is_ahead_of_now() {
        let month = Month::beginning(first_of("2026-03").unwrap(), TimeZone::UTC).unwrap();
        assert_eq!(
            (month.before().unwrap().as_str(), month.ended_at.to_string().as_str()),
            ("2026-02", "2026-04-01T00:00:00Z")
        );
        assert_eq!(month.after(month.ended_at.plus_seconds(-1)).unwrap(), None);
        assert_eq!(month.after(month.ended_at).unwrap().as_deref(), Some("2026-04"));
        let december = Month::beginning(first_of("2026-12").unwrap(), TimeZone::UTC).unwrap();
        assert_eq!(december.after(december.ended_at).unwrap().as_deref(), Some("2027-01"));
    }
}
