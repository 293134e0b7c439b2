//! A month's days: what was held on each, billed or not.

use jiff::ToSpan;
use types::{Timestamp, UsageDay};

use super::Month;
use crate::{
    Result, Tx,
    access::{Scope, policy::ReadUsage},
    billing, metering,
};

/// Unit-seconds of each day of a month that has begun, the earliest first, today until now; days without use among them.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn usage_by_day_of_month_in(tx: &Tx, scope: &Scope<ReadUsage>, month: &Month) -> Result<Vec<UsageDay>> {
    tx.admits(scope)?;
    metering::by_day_in(tx, &edges(month, tx.now)).await
}

/// The beginnings of the days that have begun, and where the last one ends or has come to; nothing for a month to come.
fn edges(month: &Month, now: Timestamp) -> Vec<Timestamp> {
    let until = month.ended_at.min(now);
    let first = billing::day(month.started_at, &month.zone);
    let day = |n: i64| first.checked_add(n.days()).ok()?.to_zoned(month.zone.clone()).ok();
    let begins = (0..31).filter_map(day).map(|day| Timestamp::from(day.timestamp()));
    let begun: Vec<Timestamp> = begins.take_while(|begin| *begin < until).collect();
    if begun.is_empty() { begun } else { begun.into_iter().chain([until]).collect() }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_that_is_over_has_all_its_days_and_one_that_runs_those_that_have_begun() {
        let february = Month::beginning(jiff::civil::date(2026, 2, 1), TimeZone::UTC).unwrap();
        let over = edges(&february, at("2026-05-01T00:00:00Z"));
        assert_eq!((over.len(), over[28]), (29, at("2026-03-01T00:00:00Z")));
        let runs = edges(&february, at("2026-02-02T06:00:00.5Z"));
        assert_eq!(runs, [at("2026-02-01T00:00:00Z"), at("2026-02-02T00:00:00Z"), at("2026-02-02T06:00:00.5Z")]);
        assert!(edges(&february, at("2026-01-31T23:59:59Z")).is_empty());
    }
}
