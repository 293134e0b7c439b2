//! What was rated, what lots paid and what was not billed, each read in one statement for a whole document.

use sea_orm::FromQueryResult;
use types::{
    FlavourId, IntervalReason, InvoiceId, LotId, PriceId, ProjectId, TaxCategory, TaxRuleId, Timestamp, UnbilledLine,
};

use super::compose::{Slice, Sponsored};
use crate::{
    Result, Tx,
    access::{Scope, policy::ReadUsage},
    billing,
};

/// Reasons for which no second is billed although an instance was wished and had begun: what somebody who pays may
/// ask about. Waiting and ending are no part of what is sold.
pub(super) const FAULTS: &str = "'restarting', 'node_fault', 'gpu_lost', 'maintenance', 'unconfirmed', 'waived'";

/// Which rated items a document is made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Items {
    /// Those that no invoice names yet and no earlier draft holds, and that end by the period's end.
    Open,
    /// Those that begin in a period which the running one still keeps from opening.
    Ahead,
    /// Those that the invoice names.
    Of(InvoiceId),
}

/// A stretch of time that a document covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
}

impl Window {
    /// Until when what was not billed is told by now: what goes on in a period that runs has not lasted until its end.
    pub(super) fn until(self, now: Timestamp) -> Timestamp {
        self.ended_at.min(now.floor()).max(self.started_at)
    }
}

impl Items {
    /// The condition on `r` and its settlement `m`; $2 is the period's end, $3 its start, $4 the invoice.
    pub(super) const fn condition(self) -> &'static str {
        match self {
            Self::Open => {
                "$4::uuid IS NULL AND m.invoice_id IS NULL AND m.rated_to <= $2 AND m.rated_to > coalesce((
                     SELECT max(d.ended_at) FROM billing_period d
                     JOIN invoice v ON v.organisation_id = d.organisation_id AND v.period_id = d.id
                     WHERE d.organisation_id = $1 AND v.status = 'draft' AND d.ended_at <= $3), '-infinity')"
            }
            Self::Ahead => "$4::uuid IS NULL AND m.invoice_id IS NULL AND m.rated_to <= $2 AND r.started_at >= $3",
            Self::Of(_) => "m.invoice_id = $4 AND $2::timestamptz IS NOT NULL",
        }
    }

    pub(super) fn invoice(self) -> Option<InvoiceId> {
        match self {
            Self::Open | Self::Ahead => None,
            Self::Of(invoice) => Some(invoice),
        }
    }
}

#[derive(FromQueryResult)]
struct SliceRow {
    project_id: ProjectId,
    project_name: String,
    flavour_id: FlavourId,
    flavour_name: String,
    price_id: PriceId,
    version: i32,
    micros_per_hour: i64,
    tax_rule_id: TaxRuleId,
    category: TaxCategory,
    rate_ppm: i32,
    reason_code: Option<String>,
    late_from: Option<Timestamp>,
    started_at: Timestamp,
    ended_at: Timestamp,
    unit_seconds: i64,
    net: i64,
    tax: i64,
    promo: i64,
    promo_tax: i64,
}

/// What was rated, summed by line.
pub(super) async fn slices_in(tx: &Tx, items: Items, window: Window) -> Result<Vec<Slice>> {
    let sql = format!(
        "SELECT s.*, pr.name AS project_name, p.flavour_id, f.name AS flavour_name, p.version, p.micros_per_hour,
                t.category, t.rate_ppm, t.reason_code
         FROM (SELECT l.project_id, r.price_id, r.tax_rule_id, b.started_at AS late_from,
                      min(r.started_at) AS started_at, max(r.ended_at) AS ended_at,
                      sum(extract(epoch FROM r.ended_at - r.started_at)::bigint * l.units)::bigint AS unit_seconds,
                      sum(r.net)::bigint AS net, sum(r.gross - r.net)::bigint AS tax,
                      coalesce(sum(u.net), 0)::bigint AS promo, coalesce(sum(u.gross - u.net), 0)::bigint AS promo_tax
               FROM rated_item r
               JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
               JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id
               LEFT JOIN billing_period b ON b.organisation_id = r.organisation_id AND r.started_at < $3
                    AND b.started_at <= r.started_at AND b.ended_at > r.started_at
               LEFT JOIN LATERAL (
                   SELECT sum(CASE u.kind WHEN 'burn' THEN u.net ELSE -u.net END) AS net,
                          sum(CASE u.kind WHEN 'burn' THEN u.gross ELSE -u.gross END) AS gross
                   FROM lot_use u JOIN lot ON lot.organisation_id = u.organisation_id AND lot.id = u.lot_id
                   WHERE u.organisation_id = r.organisation_id AND u.rated_item_id = r.id AND lot.kind = 'promo') u ON true
               WHERE r.organisation_id = $1 AND {}
               GROUP BY l.project_id, r.price_id, r.tax_rule_id, b.started_at) s
         JOIN project pr ON pr.organisation_id = $1 AND pr.id = s.project_id
         JOIN price p ON p.id = s.price_id
         JOIN flavour f ON f.id = p.flavour_id
         JOIN tax_rule t ON t.id = s.tax_rule_id",
        items.condition()
    );
    let values = [tx.organisation.into(), window.ended_at.into(), window.started_at.into(), items.invoice().into()];
    let rows: Vec<SliceRow> = tx.all(&sql, values).await?;
    Ok(rows.into_iter().map(Slice::from).collect())
}

impl From<SliceRow> for Slice {
    fn from(row: SliceRow) -> Self {
        Self {
            project: row.project_id,
            project_name: row.project_name,
            flavour: row.flavour_id,
            flavour_name: row.flavour_name,
            price: row.price_id,
            price_version: row.version,
            micros_per_hour: row.micros_per_hour,
            tax_rule: row.tax_rule_id,
            category: row.category,
            rate_ppm: row.rate_ppm,
            reason_code: row.reason_code,
            late_from: row.late_from,
            started_at: row.started_at,
            ended_at: row.ended_at,
            unit_seconds: row.unit_seconds,
            net: row.net,
            promo: row.promo,
            accrued_tax: row.tax - row.promo_tax,
        }
    }
}

#[derive(FromQueryResult)]
struct LotRow {
    lot_id: LotId,
    name: String,
    gross: i64,
}

/// What each funder's lot paid, in the lots' own order of burning.
pub(super) async fn sponsored_in(tx: &Tx, items: Items, window: Window) -> Result<Vec<Sponsored>> {
    let sql = format!(
        "SELECT u.lot_id, lot.name, sum(CASE u.kind WHEN 'burn' THEN u.gross ELSE -u.gross END)::bigint AS gross
         FROM rated_item r
         JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
         JOIN lot_use u ON u.organisation_id = r.organisation_id AND u.rated_item_id = r.id
         JOIN lot ON lot.organisation_id = u.organisation_id AND lot.id = u.lot_id
         WHERE r.organisation_id = $1 AND lot.kind = 'sponsored' AND $3::timestamptz IS NOT NULL AND {}
         GROUP BY u.lot_id, lot.name, lot.priority, lot.expires_at, lot.effective_at
         ORDER BY lot.priority, lot.expires_at NULLS LAST, lot.effective_at, u.lot_id",
        items.condition()
    );
    let values = [tx.organisation.into(), window.ended_at.into(), window.started_at.into(), items.invoice().into()];
    let rows: Vec<LotRow> = tx.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| Sponsored { lot: row.lot_id, name: row.name, gross: row.gross }).collect())
}

#[derive(FromQueryResult)]
struct UnbilledRow {
    project_id: ProjectId,
    project_name: String,
    flavour_id: FlavourId,
    flavour_name: String,
    reason: IntervalReason,
    unit_seconds: i64,
}

/// All time since the running period's start that is not billed, by project, flavour and reason; waiting and ending too,
/// which stand on no invoice.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn unbilled_in(tx: &Tx, scope: &Scope<ReadUsage>) -> Result<Vec<UnbilledLine>> {
    tx.admits(scope)?;
    let period = billing::running_in(tx).await?;
    lines_in(tx, Window { started_at: period.started_at, ended_at: tx.now }, "").await
}

/// The period's time that was lost to faults, by reason: a document says it, and it costs nothing.
pub(super) async fn lost_in(tx: &Tx, window: Window) -> Result<Vec<UnbilledLine>> {
    lines_in(tx, window, &format!("AND i.reason IN ({FAULTS})")).await
}

async fn lines_in(tx: &Tx, window: Window, only: &str) -> Result<Vec<UnbilledLine>> {
    let sql = format!(
        "SELECT l.project_id, pr.name AS project_name, l.flavour_id, f.name AS flavour_name, i.reason,
                sum(extract(epoch FROM least(coalesce(i.ended_at, $3), $3) - greatest(i.started_at, $2))::bigint
                    * l.units)::bigint AS unit_seconds
         FROM usage_interval i
         JOIN lease l ON l.organisation_id = i.organisation_id AND l.id = i.lease_id
         JOIN project pr ON pr.organisation_id = l.organisation_id AND pr.id = l.project_id
         JOIN flavour f ON f.id = l.flavour_id
         WHERE i.organisation_id = $1 AND NOT i.billable AND i.started_at < $3
         AND (i.ended_at > $2 OR i.ended_at IS NULL) {only}
         GROUP BY l.project_id, pr.name, l.flavour_id, f.name, i.reason
         ORDER BY pr.name, l.project_id, f.name, l.flavour_id, i.reason"
    );
    let values = [tx.organisation.into(), window.started_at.into(), window.until(tx.now).into()];
    let rows: Vec<UnbilledRow> = tx.all(&sql, values).await?;
    let line = |row: UnbilledRow| UnbilledLine {
        project: row.project_id,
        project_name: row.project_name,
        flavour: row.flavour_id,
        flavour_name: row.flavour_name,
        reason: row.reason,
        unit_seconds: row.unit_seconds,
    };
    Ok(rows.into_iter().map(line).collect())
}
