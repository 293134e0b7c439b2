//! Unit-seconds by day: what was held, billed or not, on the seller's calendar.

use sea_orm::FromQueryResult;
use types::{Timestamp, UsageDay};

use crate::{
    Result, Tx,
    access::{Scope, policy::ReadUsage},
    billing,
};

/// The most days that can be asked for.
const MOST_DAYS: u16 = 92;

#[derive(FromQueryResult)]
struct Stretch {
    started_at: Timestamp,
    ended_at: Timestamp,
    billable: bool,
    units: i32,
}

/// The last `n_days` days (1 to 92), the earliest first, today until now; days without use among them.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn usage_by_day_in(tx: &Tx, scope: &Scope<ReadUsage>, n_days: u16) -> Result<Vec<UsageDay>> {
    tx.admits(scope)?;
    let zone = billing::seller_zone_in(tx).await?;
    by_day_in(tx, &edges(&zone, tx.now, n_days.clamp(1, MOST_DAYS))).await
}

/// What was held between each instant and the next one; what goes on has lasted until the last.
pub(crate) async fn by_day_in(tx: &Tx, edges: &[Timestamp]) -> Result<Vec<UsageDay>> {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return Ok(Vec::new()) };
    let sql =
        "SELECT greatest(i.started_at, $2) AS started_at, coalesce(i.ended_at, $3) AS ended_at, i.billable, l.units
               FROM usage_interval i JOIN lease l ON l.organisation_id = i.organisation_id AND l.id = i.lease_id
               WHERE i.organisation_id = $1 AND l.subject_kind = 'pod'
               AND (i.ended_at IS NULL OR i.ended_at > $2) AND i.started_at < $3";
    let values = [tx.organisation.into(), (*first).into(), last.floor().into()];
    let stretches: Vec<Stretch> = tx.all(sql, values).await?;
    Ok(edges.windows(2).map(|day| sum(&stretches, day[0], day[1])).collect())
}

/// The beginnings of the days, and now.
fn edges(zone: &jiff::tz::TimeZone, now: Timestamp, n_days: u16) -> Vec<Timestamp> {
    let today = now.as_jiff().to_zoned(zone.clone()).date();
    let day = |ago: u16| today.checked_sub(jiff::Span::new().days(i64::from(ago))).ok()?.to_zoned(zone.clone()).ok();
    let begins = (0..n_days).rev().filter_map(day).map(|day| Timestamp::from(day.timestamp()));
    begins.chain([now]).collect()
}

fn sum(stretches: &[Stretch], from: Timestamp, to: Timestamp) -> UsageDay {
    let mut day = UsageDay { started_at: from, billed_unit_s: 0, unbilled_unit_s: 0 };
    for stretch in stretches {
        let seconds = stretch.ended_at.min(to).seconds_since(stretch.started_at.max(from)).max(0);
        let unit_s = seconds * i64::from(stretch.units);
        match stretch.billable {
            true => day.billed_unit_s += unit_s,
            false => day.unbilled_unit_s += unit_s,
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|_| Timestamp::from_second(0))
    }

    #[test]
    fn a_stretch_over_midnight_counts_on_both_days_and_no_second_twice() {
        let zone = jiff::tz::TimeZone::UTC;
        let edges = edges(&zone, at("2026-11-22T06:00:00Z"), 3);
        assert_eq!(edges[0], at("2026-11-20T00:00:00Z"));
        let stretch = |from, to, billable, units| Stretch { started_at: at(from), ended_at: at(to), billable, units };
        let stretches = [
            stretch("2026-11-20T23:59:50Z", "2026-11-21T00:00:30Z", true, 2),
            stretch("2026-11-21T10:00:00Z", "2026-11-21T10:01:00Z", false, 1),
        ];
        let days: Vec<_> = edges.windows(2).map(|day| sum(&stretches, day[0], day[1])).collect();
        let seconds: Vec<_> = days.iter().map(|day| (day.billed_unit_s, day.unbilled_unit_s)).collect();
        assert_eq!(seconds, [(20, 0), (60, 60), (0, 0)]);
    }
}
