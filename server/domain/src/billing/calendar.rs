//! Where periods end: at the first instant of the next month on the seller's calendar. Never asks the database.

use jiff::{
    ToSpan,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};
use types::Timestamp;

use crate::{Error, Result};

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
    let beyond = |error| Error::Corrupt(format!("calendar: {error}"));
    let month = from.as_jiff().to_zoned(zone.clone()).date().first_of_month();
    let next = month.checked_add(1.month()).map_err(beyond)?;
    Ok(next.to_zoned(zone.clone()).map_err(beyond)?.timestamp().into())
}

/// The day on which `at` lies, in the seller's zone.
pub(crate) fn day(at: Timestamp, zone: &TimeZone) -> Date {
    at.as_jiff().to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod tests {
    use jiff::tz;
    use proptest::prelude::*;

    use super::*;

    fn hours(from: &str, zone_name: &str) -> i64 {
        let from: Timestamp = from.parse().unwrap();
        period_end(from, &zone(zone_name).unwrap()).unwrap().seconds_since(from) / 3600
    }

    #[test]
    fn months_around_ramadan_are_as_long_as_the_clocks_in_casablanca_make_them() {
        // Back an hour on 15 February 2026 and forward on 22 March; back for good on 20 September.
        assert_eq!(hours("2026-01-31T23:00:00Z", "Africa/Casablanca"), 673);
        assert_eq!(hours("2026-03-01T00:00:00Z", "Africa/Casablanca"), 743);
        assert_eq!(hours("2026-07-31T23:00:00Z", "Africa/Casablanca"), 744);
        assert_eq!(hours("2026-08-31T23:00:00Z", "Africa/Casablanca"), 721);
    }

    #[test]
    fn periods_tile_in_every_zone_and_each_ends_where_a_month_begins() {
        for name in tz::db().available() {
            let zone = zone(name.as_str()).unwrap();
            let mut from: Timestamp = "2024-11-17T13:37:21Z".parse().unwrap();
            for n in 0..60 {
                let end = period_end(from, &zone).unwrap();
                assert!(end > from && end.seconds_since(from) <= 32 * 86_400, "{name}: {from} to {end}");
                assert_eq!((day(end, &zone).day(), end.floor()), (1, end), "{name}");
                let month = day(from, &zone).first_of_month().checked_add(1.month()).unwrap();
                assert_eq!(day(end, &zone), month, "{name}: period {n} skips or repeats a month");
                from = end;
            }
        }
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
