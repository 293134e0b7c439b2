//! Recalculating an invoice from usage intervals and price versions, and saying what differs.

mod rules;

use sea_orm::FromQueryResult;
use types::{
    Difference, Document, InvoiceId, InvoiceStatus, LeaseId, PriceId, ProjectId, Recalculation, TaxRuleId, Timestamp,
};

use self::rules::Item;
use super::{
    Parties, canonical,
    compose::{Parts, compose},
    entity, frozen,
    usage::{self, Items, Window},
};
use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadInvoices},
};

#[derive(FromQueryResult)]
struct ItemRow {
    lease_id: LeaseId,
    project_id: ProjectId,
    price_id: PriceId,
    tax_rule_id: TaxRuleId,
    units: i32,
    started_at: Timestamp,
    ended_at: Timestamp,
    net: i64,
    gross: i64,
    is_of_invoice: bool,
    late_from: Option<Timestamp>,
    billable: bool,
    interval_started_at: Timestamp,
    interval_ended_at: Option<Timestamp>,
    micros_per_hour: i64,
    price_holds: bool,
    rate_ppm: i32,
    tax_holds: bool,
}

/// Computes a finalised invoice again from intervals and price versions, and compares it with what was issued.
///
/// # Errors
/// `NotFound` for another organisation's invoice; a conflict for a draft, which is always computed anew.
pub async fn recalculate_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<Recalculation> {
    tx.admits(scope)?;
    let row = entity::invoice_in(tx, invoice).await?;
    if row.status != InvoiceStatus::Finalised {
        return Err(Error::Conflict("draft-has-no-replay"));
    }
    let snapshot = entity::snapshot_in(tx, invoice).await?;
    let issued = frozen(&snapshot.snapshot)?;
    let items = items_in(tx, invoice, row.started_at).await?;
    let mut differences = digests(&snapshot);
    differences.extend(columns(&row, &issued));
    differences.extend(rules::of_items(&items));
    let recomposed = recomposed_in(tx, (invoice, &issued), row.window(), &items).await?;
    differences.extend(rules::of_documents(&issued, &recomposed));
    let n_stretches = items.iter().filter(|item| item.is_of_invoice).count() as u64;
    let is_equal = differences.is_empty();
    differences.truncate(100);
    Ok(Recalculation { is_equal, n_stretches, differences })
}

/// The document from the recalculated items, by the function that composed the issued one.
async fn recomposed_in(
    tx: &Tx,
    (invoice, issued): (InvoiceId, &Document),
    window: Window,
    items: &[Item],
) -> Result<Document> {
    let stored = usage::slices_in(tx, Items::Of(invoice), window).await?;
    let slices = stored.into_iter().map(|slice| rules::recalculated(rules::named(slice, issued), items)).collect();
    let sponsored = usage::sponsored_in(tx, Items::Of(invoice), window).await?;
    let frame = Parties::of(tx, window).await?.frame(window);
    compose(Parts { frame, slices, sponsored, unbilled: Vec::new(), owed: 0 })
}

/// Every item of the leases that the invoice bills, in the order of rating: earlier ones count into the same segments.
async fn items_in(tx: &Tx, invoice: InvoiceId, started_at: Timestamp) -> Result<Vec<Item>> {
    let sql = "SELECT r.lease_id, l.project_id, r.price_id, r.tax_rule_id, l.units, r.started_at,
                      r.ended_at, r.net, r.gross, coalesce(s.invoice_id = $2, false) AS is_of_invoice,
                      b.started_at AS late_from, i.billable, i.started_at AS interval_started_at,
                      i.ended_at AS interval_ended_at, p.micros_per_hour, t.rate_ppm,
                      p.flavour_id = l.flavour_id AND p.currency = o.currency AND p.started_at <= r.started_at
                          AND (p.ended_at IS NULL OR p.ended_at >= r.ended_at) AS price_holds,
                      t.started_at <= r.started_at AND (t.ended_at IS NULL OR t.ended_at >= r.ended_at) AS tax_holds
               FROM rated_item r
               JOIN settlement s ON s.organisation_id = r.organisation_id AND s.id = r.settlement_id
               JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id
               JOIN usage_interval i ON i.organisation_id = r.organisation_id AND i.id = r.interval_id
               JOIN organisation o ON o.id = r.organisation_id
               JOIN price p ON p.id = r.price_id
               JOIN tax_rule t ON t.id = r.tax_rule_id
               LEFT JOIN billing_period b ON b.organisation_id = r.organisation_id AND r.started_at < $3
                    AND b.started_at <= r.started_at AND b.ended_at > r.started_at
               WHERE r.organisation_id = $1 AND r.lease_id IN (
                   SELECT x.lease_id FROM settlement m
                   JOIN rated_item x ON x.organisation_id = m.organisation_id AND x.settlement_id = m.id
                   WHERE m.organisation_id = $1 AND m.invoice_id = $2)
               ORDER BY s.settled_through, r.started_at, r.id";
    let rows: Vec<ItemRow> = tx.all(sql, [tx.organisation.into(), invoice.into(), started_at.into()]).await?;
    rules::in_segments(rows.into_iter().map(Item::from).collect())
}

impl From<ItemRow> for Item {
    fn from(row: ItemRow) -> Self {
        let until = row.interval_ended_at.map_or(row.ended_at, |end| end.min(row.ended_at));
        let seconds = until.seconds_since(row.interval_started_at.max(row.started_at)).max(0);
        Self {
            lease: row.lease_id,
            key: (row.project_id, row.price_id, row.tax_rule_id, row.late_from),
            units: row.units,
            micros_per_hour: row.micros_per_hour,
            rate_ppm: row.rate_ppm,
            started_at: row.started_at,
            ended_at: row.ended_at,
            stored: (row.net, row.gross),
            is_of_invoice: row.is_of_invoice,
            price_and_tax_hold: row.price_holds && row.tax_holds,
            seconds: if row.billable { seconds } else { 0 },
            recalculated: (0, 0),
        }
    }
}

fn digests(snapshot: &entity::Snapshot) -> Vec<Difference> {
    let stored = canonical::hex(&snapshot.snapshot_sha256);
    rules::differing("document sha256", &stored, &canonical::sha256_hex(&snapshot.snapshot)).into_iter().collect()
}

fn columns(row: &entity::Row, issued: &Document) -> Vec<Difference> {
    let stored = [row.net, row.tax, row.total].map(|minor| i128::from(minor) * 10_000);
    let said = [issued.net, issued.tax, issued.total].map(|money| i128::from(money.micros));
    ["invoice net", "invoice tax", "invoice total"]
        .into_iter()
        .zip(stored.into_iter().zip(said))
        .filter_map(|(place, (stored, said))| rules::differing(place, &stored, &said))
        .collect()
}
