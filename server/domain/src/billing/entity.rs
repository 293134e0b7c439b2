//! The tables `billing_period` and `cluster_waiver`, and the seller's calendar.

use jiff::tz::TimeZone;
use sea_orm::FromQueryResult;
use types::{PeriodId, Timestamp, UserId};

use super::calendar::{self, Calendar};
use crate::{Error, Open, Result, Tx, metering::SETTLING_DELAY_S};

/// A stretch of an organisation's time that one invoice covers.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Period {
    pub(crate) id: PeriodId,
    pub(crate) started_at: Timestamp,
    /// Nothing while it runs.
    pub(crate) ended_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct ZoneRow {
    time_zone: String,
}

/// The zone in which the seller's days and months begin.
///
/// # Errors
/// `Corrupt` when there is no hub or its zone is unknown.
pub(crate) async fn seller_zone_in(open: &Open) -> Result<TimeZone> {
    let row: Option<ZoneRow> = open.one("SELECT time_zone FROM organisation WHERE kind = 'hub'", []).await?;
    calendar::zone(&row.ok_or_else(|| Error::Corrupt("there is no hub".to_owned()))?.time_zone)
}

/// The seller's calendar.
pub(crate) async fn calendar_in(tx: &Tx) -> Result<Calendar> {
    Ok(Calendar { zone: seller_zone_in(tx).await? })
}

/// The organisation's running period.
pub(crate) async fn running_in(tx: &Tx) -> Result<Period> {
    let sql = "SELECT id, started_at, ended_at FROM billing_period WHERE organisation_id = $1 AND ended_at IS NULL";
    let row: Option<Period> = tx.one(sql, [tx.organisation.into()]).await?;
    row.ok_or_else(|| Error::Corrupt("no period runs".to_owned()))
}

#[derive(FromQueryResult)]
struct LockedRow {
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    time_zone: String,
}

/// A period of the organisation, which nobody else closes until the transaction ends, and the seller's zone.
pub(super) async fn lock_in(tx: &Tx, period: PeriodId) -> Result<(Period, TimeZone)> {
    let sql = "SELECT started_at, ended_at, coalesce((SELECT time_zone FROM organisation WHERE kind = 'hub'), '') AS time_zone
               FROM billing_period WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE";
    let row: LockedRow = tx.one(sql, [tx.organisation.into(), period.into()]).await?.ok_or(Error::NotFound)?;
    let zone = calendar::zone(&row.time_zone)?;
    Ok((Period { id: period, started_at: row.started_at, ended_at: row.ended_at }, zone))
}

/// From when on billable seconds of an organisation may be unsettled; empty where there are none. What began after a
/// period's end does not keep the period waiting; what nobody has priced yet does.
pub(super) const UNSETTLED_FROM: &str = "least((
    SELECT min(greatest(i.started_at, t.settled_through)) FROM usage_interval i
    WHERE i.organisation_id = t.organisation_id AND i.billable
    AND (i.ended_at > t.settled_through OR i.ended_at IS NULL)), (
    SELECT min(i.unpriced_from) FROM usage_interval i
    WHERE i.organisation_id = t.organisation_id AND i.billable AND i.unpriced_from IS NOT NULL))";

/// What still keeps usage before an instant from being billed.
#[derive(FromQueryResult)]
pub(super) struct Readiness {
    /// Every cluster of the installation is known up to the end; where one is not, it matters whose leases it has.
    pub(super) is_known: bool,
    /// There are seconds for which there is no price or no tax.
    pub(super) has_unpriced: bool,
    /// Everything is settled.
    pub(super) is_settled: bool,
}

/// Whether the organisation's usage before the end of a period can be billed.
pub(super) async fn readiness_in(tx: &Tx, ended_at: Timestamp) -> Result<Readiness> {
    let sql = format!(
        "SELECT coalesce((SELECT min(coalesce(o.observed_through, '-infinity')) FROM cluster c
                          LEFT JOIN cluster_observation o ON o.cluster_id = c.id) >= $3, true) AS is_known,
                coalesce({UNSETTLED_FROM} >= $2, true) AS is_settled,
                EXISTS (SELECT 1 FROM usage_interval i WHERE i.organisation_id = $1 AND i.billable
                        AND i.unpriced_from IS NOT NULL AND i.unpriced_from < $2) AS has_unpriced
         FROM settlement_timer t WHERE t.organisation_id = $1"
    );
    let observed = ended_at.plus_seconds(SETTLING_DELAY_S);
    tx.one(&sql, [tx.organisation.into(), ended_at.into(), observed.into()]).await?.ok_or(Error::NotFound)
}

/// Ends the period and begins the next at the same instant.
pub(super) async fn turn_in(tx: &Tx, period: PeriodId, ended_at: Timestamp, by: Option<UserId>) -> Result<PeriodId> {
    let next = PeriodId::new(tx.now);
    let sql = "WITH ended AS (
                   UPDATE billing_period SET ended_at = $3, closed_at = $4, closed_by = $5
                   WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL RETURNING organisation_id, ended_at)
               INSERT INTO billing_period (organisation_id, id, started_at)
               SELECT organisation_id, $6, ended_at FROM ended";
    let values = [tx.organisation.into(), period.into(), ended_at.into(), tx.now.into(), by.into(), next.into()];
    if tx.run(sql, values).await? == 0 { Err(Error::Conflict("period-closed")) } else { Ok(next) }
}
