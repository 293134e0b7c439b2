//! Opening a line: the instances beneath it, their billed stretches, and the price's version.

use sea_orm::FromQueryResult;
use types::{
    DocumentLine, IntervalId, InvoiceId, InvoiceStatus, LeaseId, LineInstance, LineStretch, LineView, Money, Timestamp,
    UsedId,
};
use uuid::Uuid;

use super::{
    document_in,
    entity::{self, Row},
    usage::Items,
};
use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadInvoices},
};

#[derive(FromQueryResult)]
struct StretchRow {
    instance_id: Uuid,
    is_volume: bool,
    name: String,
    interval_id: IntervalId,
    lease_id: LeaseId,
    attempt: i32,
    units: i32,
    started_at: Timestamp,
    ended_at: Timestamp,
    net: i64,
}

#[derive(FromQueryResult)]
struct PriceRow {
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
}

/// A line of an invoice or a draft with everything beneath it; at most 10,000 stretches.
///
/// # Errors
/// `NotFound` for another organisation's invoice and for a line that it does not have.
pub async fn line_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId, line: u16) -> Result<LineView> {
    tx.admits(scope)?;
    let row = entity::invoice_in(tx, invoice).await?;
    let document = document_in(tx, &row).await?;
    let line = document.lines.into_iter().find(|known| known.line == line).ok_or(Error::NotFound)?;
    let sql = "SELECT started_at, ended_at FROM price WHERE id = $1";
    let price: PriceRow = tx.one(sql, [line.price.into()]).await?.ok_or(Error::NotFound)?;
    let instances = instances(stretches_in(tx, &row, &line).await?, &line);
    Ok(LineView { line, price_started_at: price.started_at, price_ended_at: price.ended_at, instances })
}

/// The rated items that were summed into the line: those with its key.
async fn stretches_in(tx: &Tx, row: &Row, line: &DocumentLine) -> Result<Vec<StretchRow>> {
    let items = match row.status {
        InvoiceStatus::Draft => Items::Open,
        InvoiceStatus::Finalised => Items::Of(row.id),
    };
    let sql = format!(
        "SELECT l.subject_id AS instance_id, l.subject_kind = 'volume' AS is_volume,
                coalesce(n.name, v.name) AS name, r.interval_id, r.lease_id, l.attempt, l.units,
                r.started_at, r.ended_at, r.net
         FROM rated_item r
         JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
         JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id
         LEFT JOIN instance n ON n.organisation_id = l.organisation_id AND n.id = l.instance_id
         LEFT JOIN volume v ON v.organisation_id = l.organisation_id AND v.id = l.volume_id
         JOIN tax_rule t ON t.id = r.tax_rule_id
         WHERE r.organisation_id = $1 AND l.project_id = $5 AND r.price_id = $6
         AND t.category = $7 AND t.rate_ppm = $8 AND t.reason_code IS NOT DISTINCT FROM $9
         AND r.started_at >= $10 AND r.ended_at <= $11 AND (r.started_at < $3) = $12 AND {}
         ORDER BY name, l.subject_id, r.started_at, r.id LIMIT 10000",
        items.condition()
    );
    let values = [
        tx.organisation.into(),
        row.ended_at.into(),
        row.started_at.into(),
        items.invoice().into(),
        line.project.into(),
        line.price.into(),
        line.category.word().into(),
        line.rate_ppm.into(),
        line.reason_code.clone().into(),
        line.started_at.into(),
        line.ended_at.into(),
        line.is_late.into(),
    ];
    tx.all(&sql, values).await
}

fn instances(rows: Vec<StretchRow>, line: &DocumentLine) -> Vec<LineInstance> {
    let mut instances: Vec<LineInstance> = Vec::new();
    for row in rows {
        let net = Money { micros: row.net, currency: line.exact.currency };
        let unit_seconds = row.ended_at.seconds_since(row.started_at) * i64::from(row.units);
        let stretch = LineStretch {
            interval: row.interval_id,
            lease: row.lease_id,
            attempt: row.attempt,
            units: row.units,
            started_at: row.started_at,
            ended_at: row.ended_at,
            net,
        };
        let instance = UsedId::of(row.instance_id, row.is_volume);
        match instances.last_mut().filter(|last| last.instance == instance) {
            Some(last) => {
                last.unit_seconds += unit_seconds;
                last.net.micros += net.micros;
                last.stretches.push(stretch);
            }
            None => {
                instances.push(LineInstance { instance, name: row.name, unit_seconds, net, stretches: vec![stretch] });
            }
        }
    }
    instances
}
