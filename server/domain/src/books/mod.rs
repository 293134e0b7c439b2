//! The hub's books across organisations, as finance and the auditor read them: sums of the ledger's postings and the
//! journal itself. Nothing here changes anything.
//!
//! What was posted below zero is the debit side, what was posted above it the credit side: the ledger's amounts are
//! positive where the hub owes or has earned.

mod ageing;
mod balance;
mod journal;
mod revenue;
mod vat;

use jiff::{civil::Date, tz::TimeZone};
use sea_orm::FromQueryResult;
use types::{AskBooks, Currency, Money, Timestamp};

pub use self::{
    ageing::ageing,
    balance::{list_account_organisations, trial_balance},
    journal::list_journal,
    revenue::revenue,
    vat::vat_sheet,
};
use crate::{Error, Open, Result, Rule, billing};

/// 9999-01-01: later than anything that is booked.
const NEVER: i64 = 253_370_764_800;

/// Which books are read, and up to where.
struct Books {
    currency: Currency,
    zone: TimeZone,
    /// The last day that they hold.
    day: Date,
    /// They hold what was booked before; without a day everything, also what another clock booked a moment ahead.
    before: Timestamp,
    /// The instant that this is, for people.
    at: Timestamp,
}

#[derive(FromQueryResult)]
struct Hub {
    currency: Currency,
}

impl Books {
    async fn of(open: &Open, ask: &AskBooks) -> Result<Self> {
        let zone = billing::seller_zone_in(open).await?;
        let currency = match ask.currency {
            Some(currency) => currency,
            None => {
                let hub: Option<Hub> = open.one("SELECT currency FROM organisation WHERE kind = 'hub'", []).await?;
                hub.ok_or_else(|| Error::Corrupt("there is no hub".to_owned()))?.currency
            }
        };
        let before = match ask.day {
            Some(day) => end_of(day, &zone, "day")?,
            None => Timestamp::from_second(NEVER),
        };
        let day = ask.day.unwrap_or_else(|| billing::day(open.now, &zone));
        Ok(Self { currency, zone, day, before, at: before.min(open.now) })
    }

    fn money(&self, micros: i64) -> Money {
        Money { micros, currency: self.currency }
    }
}

/// The first instant of a day that somebody asked for.
pub(crate) fn start_of(day: Date, zone: &TimeZone, field: &'static str) -> Result<Timestamp> {
    // What the database and every calendar can say.
    if !(2000..=9000).contains(&day.year()) {
        return Err(Error::Invalid { field, rule: Rule::Form });
    }
    first_instant(day, zone)
}

/// The first instant after a day that somebody asked for.
pub(crate) fn end_of(day: Date, zone: &TimeZone, field: &'static str) -> Result<Timestamp> {
    let next = day.tomorrow().map_err(|_| Error::Invalid { field, rule: Rule::Form })?;
    start_of(next, zone, field)
}

fn first_instant(day: Date, zone: &TimeZone) -> Result<Timestamp> {
    Ok(day.to_zoned(zone.clone()).map_err(beyond)?.timestamp().into())
}

fn beyond(error: jiff::Error) -> Error {
    Error::Corrupt(format!("calendar: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_whole_in_the_sellers_zone_and_one_beyond_every_calendar_is_refused() {
        let zone = billing::zone("Africa/Casablanca").unwrap();
        let day = jiff::civil::date(2026, 7, 1);
        assert_eq!(start_of(day, &zone, "from").unwrap().to_string(), "2026-06-30T23:00:00Z");
        assert_eq!(end_of(day, &zone, "to").unwrap().to_string(), "2026-07-01T23:00:00Z");
        for day in [Date::MIN, Date::MAX, jiff::civil::date(1999, 12, 30)] {
            assert!(matches!(end_of(day, &zone, "to"), Err(Error::Invalid { field: "to", rule: Rule::Form })), "{day}");
        }
    }
}
