//! A month's rated stretches one by one: what a spreadsheet or a program of the customer adds up itself.

use sea_orm::FromQueryResult;
use types::{
    Currency, Cursor, FlavourId, IntervalId, List, Money, PriceId, ProjectId, Timestamp, TokenId, UsageStretch, UsedId,
    UserId,
};
use uuid::Uuid;

use super::{
    Month,
    groups::{GRANTED, currency_in, sum},
};
use crate::{
    Result, Tx,
    access::{Scope, policy::ReadUsage},
    cursor::{Place, paged},
};

#[derive(FromQueryResult)]
struct StretchRow {
    id: Uuid,
    interval_id: IntervalId,
    project_id: ProjectId,
    project_name: String,
    launched_by: Option<UserId>,
    member_name: Option<String>,
    token_id: Option<TokenId>,
    token_name: Option<String>,
    flavour_id: FlavourId,
    flavour_name: String,
    instance_id: Uuid,
    is_volume: bool,
    instance_name: String,
    started_at: Timestamp,
    ended_at: Timestamp,
    units: i32,
    price_id: PriceId,
    version: i32,
    micros_per_hour: i64,
    net: i64,
    gross: i64,
    granted: i64,
}

/// Every stretch that was rated of a month, the latest first; their sums are those of the month's groups.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_usage_in(
    tx: &Tx,
    scope: &Scope<ReadUsage>,
    month: &Month,
    page: &Cursor,
) -> Result<List<UsageStretch>> {
    tx.admits(scope)?;
    let currency = currency_in(tx).await?;
    let rows = rows_in(tx, month, Place::of(page)?, i64::from(page.size()) + 1).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.started_at, id: row.id });
    Ok(List { items: rows.into_iter().map(|row| row.view(currency)).collect(), next_cursor })
}

async fn rows_in(tx: &Tx, month: &Month, after: Option<Place>, limit: i64) -> Result<Vec<StretchRow>> {
    let sql = format!(
        "SELECT r.id, r.interval_id, l.project_id, pr.name AS project_name, l.launched_by,
                (SELECT nullif(m.name, '') FROM person m WHERE m.id = l.launched_by) AS member_name, l.token_id,
                (SELECT t.name FROM token t WHERE t.organisation_id = $1 AND t.id = l.token_id) AS token_name,
                l.flavour_id, f.name AS flavour_name, l.subject_id AS instance_id,
                l.subject_kind = 'volume' AS is_volume, coalesce(n.name, v.name) AS instance_name,
                r.started_at, r.ended_at, l.units, r.price_id, p.version, p.micros_per_hour, r.net, r.gross,
                {GRANTED} AS granted
         FROM (SELECT * FROM rated_item WHERE organisation_id = $1 AND started_at >= $2 AND started_at < $3
               AND ($4::timestamptz IS NULL OR (started_at <= $4 AND (started_at < $4 OR id < $5)))
               ORDER BY started_at DESC, id DESC LIMIT $6) r
         JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id
         JOIN project pr ON pr.organisation_id = l.organisation_id AND pr.id = l.project_id
         LEFT JOIN instance n ON n.organisation_id = l.organisation_id AND n.id = l.instance_id
         LEFT JOIN volume v ON v.organisation_id = l.organisation_id AND v.id = l.volume_id
         JOIN price p ON p.id = r.price_id
         JOIN flavour f ON f.id = l.flavour_id
         ORDER BY r.started_at DESC, r.id DESC"
    );
    let values = [
        tx.organisation.into(),
        month.started_at.into(),
        month.ended_at.into(),
        after.map(|place| place.at).into(),
        after.map(|place| place.id).into(),
        limit.into(),
    ];
    tx.all(&sql, values).await
}

impl StretchRow {
    fn view(self, currency: Currency) -> UsageStretch {
        let unit_seconds = self.ended_at.seconds_since(self.started_at) * i64::from(self.units);
        UsageStretch {
            interval: self.interval_id,
            project: self.project_id,
            project_name: self.project_name,
            member: self.launched_by,
            member_name: self.member_name,
            token: self.token_id,
            token_name: self.token_name,
            flavour: self.flavour_id,
            flavour_name: self.flavour_name,
            instance: UsedId::of(self.instance_id, self.is_volume),
            instance_name: self.instance_name,
            started_at: self.started_at,
            ended_at: self.ended_at,
            units: self.units,
            price: self.price_id,
            price_version: self.version,
            per_hour: Money { micros: self.micros_per_hour, currency },
            sum: sum(unit_seconds, (self.net, self.gross), self.granted, currency),
        }
    }
}
