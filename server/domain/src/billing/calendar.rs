//! Where periods end: at the first instant of the next month on the seller's calendar. Never asks the database.

use jiff::{
    ToSpan,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};
use types::Timestamp;

use crate::{Error, Result};

/// The seller's days and months.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) zone: TimeZone,
}

impl Calendar {
    /// Where periods end after `from`, up to the first end at `through` or later: no rated item may lie on both sides of one.
    pub(crate) fn period_ends(&self, from: Timestamp, through: Timestamp) -> Result<Vec<Timestamp>> {
        let mut ends = vec![period_end(from, &self.zone)?];
        while let Some(&end) = ends.last().filter(|&&end| end < through) {
            ends.push(period_end(end, &self.zone)?);
        }
        Ok(ends)
    }

    /// The first instant of the month of `at`.
    pub(crate) fn month_start(&self, at: Timestamp) -> Result<Timestamp> {
        let first = day(at, &self.zone).first_of_month();
        Ok(first.to_zoned(self.zone.clone()).map_err(beyond)?.timestamp().into())
    }

    /// The first instant of the month after.
    pub(crate) fn month_end(&self, at: Timestamp) -> Result<Timestamp> {
        period_end(at, &self.zone)
    }

    /// The end of the day of `at`; the end of a period is one of them.
    pub(crate) fn day_end(&self, at: Timestamp) -> Result<Timestamp> {
        let next = day(at, &self.zone).tomorrow().and_then(|day| day.to_zoned(self.zone.clone())).map_err(beyond)?;
        Ok(next.timestamp().into())
    }
}

/// The zone with this name in the database that the program carries.
///
/// # Errors
/// `Corrupt` for a name that is stored and unknown.
pub(crate) fn zone(name: &str) -> Result<TimeZone> {
    TimeZoneDatabase::bundled().get(name).map_err(|error| Error::Corrupt(format!("time zone: {error}")))
}

/// The first instant of the month after the one in which `from` lies, in the seller's zone.
///
/// # Errors
/// `Corrupt` beyond the year 9999.
pub(crate) fn period_end(from: Timestamp, zone: &TimeZone) -> Result<Timestamp> {
    let month = from.as_jiff().to_zoned(zone.clone()).date().first_of_month();
    let next = month.checked_add(1.month()).map_err(beyond)?;
    Ok(next.to_zoned(zone.clone()).map_err(beyond)?.timestamp().into())
}

fn beyond(error: jiff::Error) -> Error {
    Error::Corrupt(format!("calendar: {error}"))
}

/// The day on which `at` lies, in the seller's zone.
pub(crate) fn day(at: Timestamp, zone: &TimeZone) -> Date {
    at.as_jiff().to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(from: &str, zone_name: &str) -> i64 {
        let from: Timestamp = from.parse().unwrap();
        period_end(from, &zone(zone_name).unwrap()).unwrap().seconds_since(from) / 3600
    }

    /// Only of the past: what Morocco does from the autumn of 2026 on depends on the edition of the zones' data.
    #[test]
    fn months_around_ramadan_are_as_long_as_the_clocks_in_casablanca_made_them() {
        // Back an hour on 15 February 2026 and forward on 22 March.
        assert_eq!(hours("2026-01-31T23:00:00Z", "Africa/Casablanca"), 673);
        assert_eq!(hours("2026-03-01T00:00:00Z", "Africa/Casablanca"), 743);
        assert_eq!(hours("2025-07-31T23:00:00Z", "Africa/Casablanca"), 744);
    }

    #[test]
    fn periods_tile_in_every_zone_from_2020_to_2040_and_each_begins_with_the_first_second_of_a_month() {
        let mut n_zones = 0;
        for name in TimeZoneDatabase::bundled().available() {
            let zone = zone(name.as_str()).unwrap();
            let mut from = period_end("2019-12-10T13:37:21Z".parse().unwrap(), &zone).unwrap();
            for n in 0..21 * 12 {
                let (year, month) = (i16::try_from(2020 + n / 12).unwrap(), i8::try_from(n % 12 + 1).unwrap());
                let first = jiff::civil::date(year, month, 1);
                assert_eq!(day(from, &zone), first, "{name}: a month is skipped or repeated");
                assert!(day(from.plus_seconds(-1), &zone) < first, "{name}: {first} began before {from}");
                let end = period_end(from, &zone).unwrap();
                assert!(from == from.floor() && end > from, "{name}: {from} to {end}");
                // The first second and the last lie in the same period, and the second after the last does not.
                assert_eq!(period_end(end.plus_seconds(-1), &zone).unwrap(), end, "{name}");
                from = end;
            }
            n_zones += 1;
        }
        assert!(n_zones > 400, "only {n_zones} zones");
    }

    proptest! {
        #[test]
        fn every_second_of_a_period_has_the_same_end(at in 1_700_000_000i64..1_900_000_000, step in 0i64..2_678_400) {
            let zone = zone("Africa/Casablanca").unwrap();
            let from = period_end(Timestamp::from_second(at), &zone).unwrap();
            let (end, inside) = (period_end(from, &zone).unwrap(), from.plus_seconds(step));
            prop_assert_eq!(period_end(inside, &zone).unwrap() == end, inside < end);
        }
    }
}
