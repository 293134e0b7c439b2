//! The table `month_close`. The seller is the hub.

use sea_orm::FromQueryResult;
use serde_json::Value;
use types::{CloseLine, Currency, Money, MonthState, MonthSummary, Timestamp};

use super::actor;
use crate::{Error, Open, Result, payments::money, usage::Month};

const SELECT: &str = "SELECT m.month, m.started_at, m.ended_at, o.name AS opened_by, m.opened_at, c.name AS closed_by,
        m.closed_at, m.checklist
    FROM month_close m JOIN organisation h ON h.id = m.seller_id AND h.kind = 'hub'
    LEFT JOIN person o ON o.id = m.opened_by LEFT JOIN person c ON c.id = m.closed_by";

/// A month whose close was opened.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    month: String,
    started_at: Timestamp,
    ended_at: Timestamp,
    opened_by: Option<String>,
    opened_at: Timestamp,
    closed_by: Option<String>,
    closed_at: Option<Timestamp>,
    checklist: Option<Value>,
}

/// A month that is held.
#[derive(FromQueryResult)]
pub(super) struct Held {
    pub(super) closed_at: Option<Timestamp>,
}

/// What was invoiced in a currency, in minor units.
#[derive(FromQueryResult)]
struct Sum {
    currency: Currency,
    total: i64,
}

impl Row {
    pub(super) fn summary(self) -> MonthSummary {
        MonthSummary {
            month: self.month,
            started_at: self.started_at,
            ended_at: self.ended_at,
            state: if self.closed_at.is_some() { MonthState::Closed } else { MonthState::Open },
            opened_by: self.opened_by,
            opened_at: Some(self.opened_at),
            closed_by: self.closed_by,
            closed_at: self.closed_at,
        }
    }

    /// What was found when it was closed; nothing while it is open.
    pub(super) fn checklist(&self) -> Result<Option<Vec<CloseLine>>> {
        let read = |stored: &Value| serde_json::from_value(stored.clone());
        let lines = self.checklist.as_ref().map(read).transpose();
        lines.map_err(|error| Error::Corrupt(format!("checklist: {error}")))
    }
}

/// Opens the close; not where it was opened before.
pub(super) async fn insert_in(open: &Open, month: &Month) -> Result<bool> {
    let sql = "INSERT INTO month_close (seller_id, month, started_at, ended_at, opened_by, opened_at)
               SELECT id, $1, $2, $3, $4, $5 FROM organisation WHERE kind = 'hub' ON CONFLICT DO NOTHING";
    let values =
        [month.word().into(), month.started_at.into(), month.ended_at.into(), actor(open).into(), open.now.into()];
    Ok(open.run(sql, values).await? == 1)
}

/// The month's row, with which nothing happens until the transaction ends.
pub(super) async fn lock_in(open: &Open, month: &Month) -> Result<Option<Held>> {
    let sql = "SELECT m.closed_at FROM month_close m JOIN organisation h ON h.id = m.seller_id AND h.kind = 'hub'
               WHERE m.month = $1 FOR UPDATE OF m";
    open.one(sql, [month.word().into()]).await
}

/// Closes the month with what was found.
pub(super) async fn close_in(open: &Open, month: &Month, lines: &[CloseLine]) -> Result<()> {
    let lines = serde_json::to_value(lines).map_err(|error| Error::Corrupt(format!("checklist: {error}")))?;
    let sql = "UPDATE month_close m SET closed_by = $2, closed_at = $3, checklist = $4
               FROM organisation h WHERE h.id = m.seller_id AND h.kind = 'hub' AND m.month = $1";
    let values = [month.word().into(), actor(open).into(), open.now.into(), lines.into()];
    open.run(sql, values).await.map(drop)
}

/// What the invoices of the periods that ended in a month come to, with tax: a sum for each currency.
pub(super) async fn invoiced_in(open: &Open, month: &Month) -> Result<Vec<Money>> {
    let sql = "SELECT v.currency, sum(v.total)::bigint AS total
               FROM invoice v JOIN billing_period p ON p.organisation_id = v.organisation_id AND p.id = v.period_id
               WHERE v.status = 'finalised' AND p.ended_at > $1 AND p.ended_at <= $2
               GROUP BY v.currency ORDER BY v.currency";
    let rows: Vec<Sum> = open.all(sql, [month.started_at.into(), month.ended_at.into()]).await?;
    rows.into_iter().map(|row| money(row.total, row.currency)).collect()
}

/// A month's row, where its close was opened.
pub(super) async fn row_in(open: &Open, month: &Month) -> Result<Option<Row>> {
    open.one(&format!("{SELECT} WHERE m.month = $1"), [month.word().into()]).await
}

/// The latest months that were opened.
pub(super) async fn newest_in(open: &Open) -> Result<Vec<Row>> {
    open.all(&format!("{SELECT} ORDER BY m.month DESC LIMIT 36"), []).await
}
