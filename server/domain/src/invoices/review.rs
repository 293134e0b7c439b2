//! What finance looks at before it finalises: all invoices with the reasons to look.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use types::{Cursor, InvoiceStatus, List, ReviewReason, ReviewView};

use super::{
    entity::{self, COLUMNS, TABLES},
    rounding::{MICROS_PER_MINOR, money},
    standing::NOT_ISSUED,
    usage::FAULTS,
};
use crate::{
    Open, Result,
    access::{Survey, policy::ReadInvoices},
    cursor::{Place, paged},
};

/// What the organisation of `v` owes, in micro-units: what its wallet is below zero, and what was used beyond its floor.
const OWED: &str = "greatest(-coalesce((SELECT a.posted FROM account a
         WHERE a.organisation_id = v.organisation_id AND a.kind = 'wallet' AND a.unit = v.currency), 0), 0)
     - coalesce((SELECT sum(m.amount) FROM posting m JOIN account h ON h.id = m.account_id
         WHERE m.organisation_id = v.organisation_id AND h.organisation_id IS NULL AND h.kind = 'receivable'
         AND h.unit = v.currency), 0)";

#[derive(FromQueryResult)]
struct Signs {
    id: types::InvoiceId,
    organisation_name: String,
    slug: String,
    total_before: Option<i64>,
    unbilled_unit_seconds: i64,
    price_changed: bool,
    has_late_facts: bool,
    is_overbilled: bool,
    has_no_tax_id: bool,
    owes_from_before: bool,
    is_contested: bool,
}

/// The invoices of all organisations, the latest draft first, each with the reasons to look at it.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_for_review(
    open: &Open,
    _: &Survey<ReadInvoices>,
    status: Option<InvoiceStatus>,
    page: &Cursor,
) -> Result<List<ReviewView>> {
    let after = Place::of(page)?;
    let rows = rows(open, status, after, page).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.drafted_at, id: row.id.uuid() });
    let mut signs = signs(open, &rows).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(place) = signs.iter().position(|signs| signs.id == row.id) {
            items.push(view(&row, signs.swap_remove(place))?);
        }
    }
    Ok(List { items, next_cursor })
}

async fn rows(
    open: &Open,
    status: Option<InvoiceStatus>,
    after: Option<Place>,
    page: &Cursor,
) -> Result<Vec<entity::Row>> {
    // Said apart, so that each is read along an index of its own.
    let wanted = if status.is_some() { "v.status = $1" } else { "$1::text IS NULL" };
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE {wanted}
         AND ($2::timestamptz IS NULL OR (v.drafted_at, v.id) < ($2, $3))
         ORDER BY v.drafted_at DESC, v.id DESC LIMIT $4"
    );
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    open.all(&sql, [status.map(InvoiceStatus::word).into(), at.into(), id.into(), limit.into()]).await
}

/// The signs of a whole page in one statement. The items of a draft are those that no invoice names yet and no earlier draft
/// has. Who buys and what they owe is asked of drafts alone: an issued document names whom it names. Less than a minor unit
/// is owed by nobody.
async fn signs(open: &Open, rows: &[entity::Row]) -> Result<Vec<Signs>> {
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let sql = format!(
        "SELECT v.id, o.name AS organisation_name, o.slug, b.total AS total_before,
                coalesce(u.unit_seconds, 0) AS unbilled_unit_seconds,
                EXISTS (SELECT 1 FROM rated_item r JOIN price c ON c.id = r.price_id
                        JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
                        WHERE r.organisation_id = v.organisation_id AND m.invoice_id IS NOT DISTINCT FROM s.stamp
                        AND r.started_at >= p.started_at AND r.ended_at <= p.ended_at
                        AND c.started_at > p.started_at AND c.version > 1) AS price_changed,
                EXISTS (SELECT 1 FROM rated_item r
                        JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
                        WHERE r.organisation_id = v.organisation_id AND m.invoice_id IS NOT DISTINCT FROM s.stamp
                        AND r.started_at < p.started_at AND r.ended_at > s.since) AS has_late_facts,
                EXISTS (SELECT 1 FROM overbilled e
                        JOIN rated_item r ON r.organisation_id = e.organisation_id AND r.lease_id = e.lease_id
                             AND r.started_at < e.ended_at AND r.ended_at > e.started_at
                        JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
                        WHERE e.organisation_id = v.organisation_id AND m.invoice_id IS NOT DISTINCT FROM s.stamp
                        AND r.ended_at > s.since AND r.ended_at <= p.ended_at) AS is_overbilled,
                v.status = 'draft' AND o.is_business AND o.ice IS NULL AND o.vat_id IS NULL AS has_no_tax_id,
                CASE WHEN v.status <> 'draft' OR {OWED} < {MICROS_PER_MINOR} THEN false
                     ELSE {OWED} - ({NOT_ISSUED} v.organisation_id) >= {MICROS_PER_MINOR} END AS owes_from_before,
                EXISTS (SELECT 1 FROM dispute d WHERE d.organisation_id = v.organisation_id AND d.state = 'open'
                        AND (v.status = 'draft' OR d.invoice_id = v.id)) AS is_contested
         FROM {TABLES}
         JOIN organisation o ON o.id = v.organisation_id
         CROSS JOIN LATERAL (
             SELECT CASE v.status WHEN 'finalised' THEN v.id END AS stamp,
                    coalesce((SELECT max(d.ended_at) FROM billing_period d
                              JOIN invoice w ON w.organisation_id = d.organisation_id AND w.period_id = d.id
                              WHERE d.organisation_id = v.organisation_id AND v.status = 'draft' AND w.status = 'draft'
                              AND d.ended_at <= p.started_at), '-infinity') AS since) s
         LEFT JOIN billing_period q ON q.organisation_id = v.organisation_id AND q.ended_at = p.started_at
         LEFT JOIN invoice b ON b.organisation_id = q.organisation_id AND b.period_id = q.id
         LEFT JOIN LATERAL (
             SELECT sum(extract(epoch FROM least(coalesce(i.ended_at, p.ended_at), p.ended_at)
                                           - greatest(i.started_at, p.started_at))::bigint * l.units)::bigint AS unit_seconds
             FROM usage_interval i JOIN lease l ON l.organisation_id = i.organisation_id AND l.id = i.lease_id
             WHERE i.organisation_id = v.organisation_id AND NOT i.billable AND i.reason IN ({FAULTS})
             AND i.started_at < p.ended_at AND (i.ended_at > p.started_at OR i.ended_at IS NULL)) u ON true
         WHERE v.id = ANY($1)"
    );
    open.all(&sql, [ids.into()]).await
}

fn view(row: &entity::Row, signs: Signs) -> Result<ReviewView> {
    let rose = signs.total_before.is_some_and(|before| before > 0 && i128::from(row.total) > 4 * i128::from(before));
    let reasons = [
        (signs.unbilled_unit_seconds > 0, ReviewReason::UnbilledSeconds),
        (rose, ReviewReason::RoseFourfold),
        (signs.price_changed, ReviewReason::PriceChanged),
        (signs.has_late_facts, ReviewReason::LateFacts),
        (signs.is_overbilled, ReviewReason::Overbilled),
        (signs.has_no_tax_id, ReviewReason::MissingTaxId),
        (signs.owes_from_before, ReviewReason::UnpaidReceivable),
        (signs.is_contested, ReviewReason::ContestedLine),
    ];
    Ok(ReviewView {
        invoice: row.summary()?,
        organisation_name: signs.organisation_name,
        slug: signs.slug,
        total_before: signs.total_before.map(|before| money(before, row.currency)).transpose()?,
        unbilled_unit_seconds: signs.unbilled_unit_seconds,
        reasons: reasons.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect(),
    })
}

/// These invoices, in their order, each with the reasons to look at it.
pub(super) async fn of_rows(open: &Open, rows: &[entity::Row]) -> Result<Vec<ReviewView>> {
    let signs = signs(open, rows).await?.into_iter().map(|signs| (signs.id, signs));
    let mut signs: HashMap<_, _> = signs.collect();
    rows.iter().filter_map(|row| signs.remove(&row.id).map(|signs| view(row, signs))).collect()
}
