//! The table `billing_period`, always inside one organisation, and the seller's calendar.

use jiff::tz::TimeZone;
use sea_orm::FromQueryResult;
use types::Timestamp;

use super::calendar;
use crate::{Error, Open, Result, Tx};

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

#[derive(FromQueryResult)]
struct StartRow {
    started_at: Timestamp,
}

/// When the organisation's running period will end: no rated item may lie on both sides of that instant.
///
/// # Errors
/// `Corrupt` when no period runs.
pub(crate) async fn running_period_end_in(tx: &Tx) -> Result<Timestamp> {
    let sql = "SELECT started_at FROM billing_period WHERE organisation_id = $1 AND ended_at IS NULL";
    let row: Option<StartRow> = tx.one(sql, [tx.organisation.into()]).await?;
    let row = row.ok_or_else(|| Error::Corrupt("no period runs".to_owned()))?;
    calendar::period_end(row.started_at, &seller_zone_in(tx).await?)
}
