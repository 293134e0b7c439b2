//! A month's charges as FOCUS 1.2 has them, read page by page: those of one organisation, and those of all. An issued
//! invoice has all that it bills in its own month, late facts too; what no invoice names yet stands in the month in which
//! it began.

mod charges;

use std::{collections::HashMap, sync::Arc};

use sea_orm::FromQueryResult;
use types::{
    Currency, Cursor, FlavourId, InvoiceId, List, LotId, LotKind, MICROS_PER_UNIT, OrganisationId, PriceId, ProjectId,
    TaxCategory, Timestamp, UsedId,
};
use uuid::Uuid;

pub use self::charges::{FocusBill, FocusCharge, FocusNature, FocusPayer, FocusStretch};
use self::charges::{Use, charges, rounding};
use super::Month;
use crate::{
    Error, Open, Result, Rule, Tx,
    access::{
        Scope, Survey,
        policy::{ReadInvoices, ReadUsage},
    },
    cursor::{Place, paged},
};

const MICROS_PER_MINOR: i64 = MICROS_PER_UNIT / 100;

#[derive(FromQueryResult)]
struct AccountRow {
    organisation_name: String,
    currency: Currency,
    provider: String,
    issuer: String,
}

#[derive(FromQueryResult)]
struct IssuedRow {
    id: InvoiceId,
    number: Option<String>,
    total: i64,
    started_at: Timestamp,
    ended_at: Timestamp,
    earliest: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct ItemRow {
    id: Uuid,
    invoice_id: Option<InvoiceId>,
    project_id: ProjectId,
    project_name: String,
    flavour_id: FlavourId,
    flavour_name: String,
    instance_id: Uuid,
    is_volume: bool,
    instance_name: String,
    cluster_name: String,
    region: String,
    started_at: Timestamp,
    ended_at: Timestamp,
    units: i32,
    price_id: PriceId,
    micros_per_hour: i64,
    category: TaxCategory,
    rate_ppm: i32,
    net: i64,
    gross: i64,
}

#[derive(FromQueryResult)]
struct UseRow {
    rated_item_id: Uuid,
    lot_id: LotId,
    kind: LotKind,
    name: String,
    net: i64,
    gross: i64,
}

#[derive(FromQueryResult)]
struct SumRow {
    charged: i64,
}

#[derive(FromQueryResult)]
struct NextRow {
    id: OrganisationId,
}

/// An issued invoice of the month.
struct Issued {
    id: InvoiceId,
    total: i64,
    earliest: Option<Timestamp>,
    bill: Arc<FocusBill>,
}

/// What a month of an organisation is billed with.
struct Bills {
    issued: Vec<Issued>,
    /// Of what no invoice names yet.
    open: Arc<FocusBill>,
}

/// The organisation's charges of a month, the latest first and what rounding gave or took last. Those of each issued
/// invoice sum up to its total.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_focus_charges_in(
    tx: &Tx,
    scope: &Scope<ReadUsage>,
    month: &Month,
    page: &Cursor,
) -> Result<List<FocusCharge>> {
    tx.admits(scope)?;
    charges_of(tx, tx.organisation, month, page).await
}

/// The charges of all organisations of a month, one organisation after another.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_all_focus_charges(
    open: &Open,
    _: &Survey<ReadInvoices>,
    month: &Month,
    page: &Cursor,
) -> Result<List<FocusCharge>> {
    let (organisation, cursor) = match page.cursor.as_deref().map(within) {
        Some(place) => place.ok_or(Error::Invalid { field: "cursor", rule: Rule::Form })?,
        None => match behind(open, None, month).await? {
            Some(first) => (first, None),
            None => return Ok(List { items: Vec::new(), next_cursor: None }),
        },
    };
    let list = charges_of(open, organisation, month, &Cursor { cursor, limit: page.limit }).await?;
    let next_cursor = match list.next_cursor {
        Some(place) => Some(cursor_of(organisation, &place)),
        None => behind(open, Some(organisation), month).await?.map(|next| cursor_of(next, "")),
    };
    Ok(List { items: list.items, next_cursor })
}

fn cursor_of(organisation: OrganisationId, place: &str) -> String {
    format!("{}.{place}", organisation.uuid().simple())
}

/// The organisation that a page goes on with, and where in it; nothing before its first row.
fn within(cursor: &str) -> Option<(OrganisationId, Option<String>)> {
    let (organisation, place) = cursor.split_once('.')?;
    let organisation = OrganisationId::from_uuid(Uuid::try_parse(organisation).ok()?);
    Some((organisation, Some(place).filter(|place| !place.is_empty()).map(str::to_owned)))
}

/// The next organisation with something in the month.
async fn behind(open: &Open, organisation: Option<OrganisationId>, month: &Month) -> Result<Option<OrganisationId>> {
    let sql = "SELECT o.id FROM organisation o
               CROSS JOIN LATERAL (
                   (SELECT 1 FROM rated_item r
                    WHERE r.organisation_id = o.id AND r.started_at >= $2 AND r.started_at < $3 LIMIT 1)
                   UNION ALL
                   (SELECT 1 FROM billing_period p JOIN invoice v ON v.organisation_id = o.id AND v.period_id = p.id
                    WHERE p.organisation_id = o.id AND p.ended_at > $2 AND p.ended_at <= $3 LIMIT 1)
                   LIMIT 1) something
               WHERE o.kind = 'tenant' AND ($1::uuid IS NULL OR o.id > $1) ORDER BY o.id LIMIT 1";
    let after = organisation.map(OrganisationId::uuid);
    let row: Option<NextRow> = open.one(sql, [after.into(), month.started_at.into(), month.ended_at.into()]).await?;
    Ok(row.map(|row| row.id))
}

async fn charges_of(
    open: &Open,
    organisation: OrganisationId,
    month: &Month,
    page: &Cursor,
) -> Result<List<FocusCharge>> {
    let after = Place::of(page)?;
    let bills = bills(open, organisation, month).await?;
    let rows = items(open, organisation, month, &bills, after, i64::from(page.size()) + 1).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.started_at, id: row.id });
    let mut uses = uses(open, organisation, &rows).await?;
    let mut found = Vec::with_capacity(rows.len() * 2);
    for row in rows {
        let bill = bills.of(row.invoice_id).clone();
        let used = uses.remove(&row.id).unwrap_or_default();
        found.extend(charges(&bill, row.stretch(), used));
    }
    if next_cursor.is_none() {
        for invoice in &bills.issued {
            let charged = charged(open, organisation, invoice.id).await?;
            found.extend(rounding(&invoice.bill, invoice.total, charged));
        }
    }
    Ok(List { items: found, next_cursor })
}

async fn bills(open: &Open, organisation: OrganisationId, month: &Month) -> Result<Bills> {
    let sql = "SELECT o.name AS organisation_name, o.currency, h.name AS provider, h.legal_name AS issuer
               FROM organisation o JOIN organisation h ON h.kind = 'hub' WHERE o.id = $1";
    let account: AccountRow = open.one(sql, [organisation.into()]).await?.ok_or(Error::NotFound)?;
    let sql = "SELECT v.id, v.number, v.total, p.started_at, p.ended_at,
                      (SELECT min(l.started_at) FROM invoice_line l
                       WHERE l.organisation_id = v.organisation_id AND l.invoice_id = v.id) AS earliest
               FROM billing_period p JOIN invoice v ON v.organisation_id = p.organisation_id AND v.period_id = p.id
               WHERE p.organisation_id = $1 AND p.ended_at > $2 AND p.ended_at <= $3 AND v.status = 'finalised'
               ORDER BY p.ended_at";
    let values = [organisation.into(), month.started_at.into(), month.ended_at.into()];
    let rows: Vec<IssuedRow> = open.all(sql, values).await?;
    let bill = |period: (Timestamp, Timestamp), invoice: Option<String>| {
        Arc::new(FocusBill {
            organisation,
            organisation_name: account.organisation_name.clone(),
            currency: account.currency,
            provider: account.provider.clone(),
            issuer: account.issuer.clone(),
            period_started_at: period.0,
            period_ended_at: period.1,
            invoice,
        })
    };
    let issued = rows.into_iter().map(|row| Issued {
        id: row.id,
        total: row.total * MICROS_PER_MINOR,
        earliest: row.earliest,
        bill: bill((row.started_at, row.ended_at), row.number),
    });
    Ok(Bills { issued: issued.collect(), open: bill((month.started_at, month.ended_at), None) })
}

impl Bills {
    fn of(&self, invoice: Option<InvoiceId>) -> &Arc<FocusBill> {
        let issued = self.issued.iter().find(|issued| Some(issued.id) == invoice);
        issued.map_or(&self.open, |issued| &issued.bill)
    }
}

async fn items(
    open: &Open,
    organisation: OrganisationId,
    month: &Month,
    bills: &Bills,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<ItemRow>> {
    let sql = "SELECT r.id, r.invoice_id, l.project_id, pr.name AS project_name, l.flavour_id, f.name AS flavour_name,
                      l.subject_id AS instance_id, l.subject_kind = 'volume' AS is_volume,
                      coalesce(n.name, v.name) AS instance_name, c.name AS cluster_name, c.region,
                      r.started_at, r.ended_at, l.units, r.price_id, p.micros_per_hour, t.category, t.rate_ppm, r.net,
                      r.gross
               FROM (SELECT r.*, m.invoice_id FROM rated_item r
                     JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
                     WHERE r.organisation_id = $1 AND r.started_at >= $2 AND r.started_at < $3
                     AND (m.invoice_id = ANY($4) OR (m.invoice_id IS NULL AND r.started_at >= $5))
                     AND ($6::timestamptz IS NULL OR (r.started_at <= $6 AND (r.started_at < $6 OR r.id < $7)))
                     ORDER BY r.started_at DESC, r.id DESC LIMIT $8) r
               JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id
               JOIN cluster c ON c.id = l.cluster_id
               JOIN project pr ON pr.organisation_id = l.organisation_id AND pr.id = l.project_id
               LEFT JOIN instance n ON n.organisation_id = l.organisation_id AND n.id = l.instance_id
               LEFT JOIN volume v ON v.organisation_id = l.organisation_id AND v.id = l.volume_id
               JOIN price p ON p.id = r.price_id
               JOIN tax_rule t ON t.id = r.tax_rule_id
               JOIN flavour f ON f.id = l.flavour_id
               ORDER BY r.started_at DESC, r.id DESC";
    let invoices: Vec<Uuid> = bills.issued.iter().map(|issued| issued.id.uuid()).collect();
    // Facts that were learnt late began in a month before.
    let earliest = bills.issued.iter().filter_map(|issued| issued.earliest).min();
    let from = earliest.map_or(month.started_at, |earliest| earliest.min(month.started_at));
    let values = [
        organisation.into(),
        from.into(),
        month.ended_at.into(),
        invoices.into(),
        month.started_at.into(),
        after.map(|place| place.at).into(),
        after.map(|place| place.id).into(),
        limit.into(),
    ];
    open.all(sql, values).await
}

/// What lots paid of these items, by item. What a credit note gave back later does not change what was used.
async fn uses(open: &Open, organisation: OrganisationId, rows: &[ItemRow]) -> Result<HashMap<Uuid, Vec<Use>>> {
    let sql = "SELECT u.rated_item_id, u.lot_id, l.kind, l.name, sum(u.net)::bigint AS net,
                      sum(u.gross)::bigint AS gross
               FROM lot_use u JOIN lot l ON l.organisation_id = u.organisation_id AND l.id = u.lot_id
               WHERE u.organisation_id = $1 AND u.rated_item_id = ANY($2) AND u.kind = 'burn'
               GROUP BY u.rated_item_id, u.lot_id, l.kind, l.name, l.priority
               ORDER BY u.rated_item_id, l.priority, u.lot_id";
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let uses: Vec<UseRow> = open.all(sql, [organisation.into(), ids.into()]).await?;
    let mut found: HashMap<Uuid, Vec<Use>> = HashMap::new();
    for row in uses {
        let used = Use { lot: row.lot_id, kind: row.kind, name: row.name, net: row.net, gross: row.gross };
        found.entry(row.rated_item_id).or_default().push(used);
    }
    Ok(found)
}

/// What the items of an invoice come to, with tax and without what gifts took off.
async fn charged(open: &Open, organisation: OrganisationId, invoice: InvoiceId) -> Result<i64> {
    let sql = "SELECT coalesce(sum(r.gross - coalesce(g.gross, 0)), 0)::bigint AS charged
               FROM rated_item r
               JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
               LEFT JOIN LATERAL (
                   SELECT sum(u.gross) AS gross
                   FROM lot_use u JOIN lot l ON l.organisation_id = u.organisation_id AND l.id = u.lot_id
                   WHERE u.organisation_id = r.organisation_id AND u.rated_item_id = r.id AND u.kind = 'burn'
                   AND l.kind = 'promo') g ON true
               WHERE r.organisation_id = $1 AND m.invoice_id = $2";
    let row: Option<SumRow> = open.one(sql, [organisation.into(), invoice.into()]).await?;
    Ok(row.map_or(0, |row| row.charged))
}

impl ItemRow {
    fn stretch(self) -> FocusStretch {
        FocusStretch {
            project: self.project_id,
            project_name: self.project_name,
            flavour: self.flavour_id,
            flavour_name: self.flavour_name,
            instance: UsedId::of(self.instance_id, self.is_volume),
            instance_name: self.instance_name,
            cluster_name: self.cluster_name,
            region: self.region,
            started_at: self.started_at,
            ended_at: self.ended_at,
            units: self.units,
            price: self.price_id,
            per_hour: self.micros_per_hour,
            category: self.category,
            rate_ppm: self.rate_ppm,
            net: self.net,
            gross: self.gross,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_all_goes_on_within_its_organisation_or_begins_the_next_and_other_texts_are_none() {
        let atlas = OrganisationId::from_uuid(Uuid::from_u128(7));
        let place = "2026-10-03T10:00:00.5Z_00000000000000000000000000000001";
        assert_eq!(within(&cursor_of(atlas, place)), Some((atlas, Some(place.to_owned()))));
        assert_eq!(within(&cursor_of(atlas, "")), Some((atlas, None)));
        for text in ["", "x", ".", "org_x.", place] {
            assert_eq!(within(text), None, "{text}");
        }
    }
}
