//! The tables `invoice`, `invoice_line` and `invoice_tax`, always inside one organisation.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{Currency, Document, InvoiceId, InvoiceStatus, InvoiceSummary, Money, OrganisationId, PeriodId, Timestamp};
use uuid::Uuid;

use super::{series::INVOICES, usage::Window};
use crate::{Error, Open, Result, Tx, cursor::Place};

/// The columns of a row, from `invoice v` and its `billing_period p`.
pub(super) const COLUMNS: &str = "v.organisation_id, v.id, v.status, v.number, v.currency, p.started_at, p.ended_at,
    v.net, v.tax, v.total, v.issued_on::text AS issued_on, v.due_on::text AS due_on, v.drafted_at, v.finalised_at";

/// The tables of a row.
pub(super) const TABLES: &str = "invoice v
    JOIN billing_period p ON p.organisation_id = v.organisation_id AND p.id = v.period_id";

/// An invoice without its document; amounts in minor units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    pub(super) organisation_id: OrganisationId,
    pub(super) id: InvoiceId,
    pub(super) status: InvoiceStatus,
    number: Option<String>,
    pub(super) currency: Currency,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
    pub(super) net: i64,
    pub(super) tax: i64,
    pub(super) total: i64,
    issued_on: Option<String>,
    due_on: Option<String>,
    pub(super) drafted_at: Timestamp,
    finalised_at: Option<Timestamp>,
}

impl Row {
    pub(super) fn window(&self) -> Window {
        Window { started_at: self.started_at, ended_at: self.ended_at }
    }

    pub(super) fn summary(&self) -> Result<InvoiceSummary> {
        let money = |minor| super::rounding::money(minor, self.currency);
        Ok(InvoiceSummary {
            id: self.id,
            organisation: self.organisation_id,
            status: self.status,
            number: self.number.clone(),
            period_started_at: self.started_at,
            period_ended_at: self.ended_at,
            net: money(self.net)?,
            tax: money(self.tax)?,
            total: money(self.total)?,
            issued_on: date(self.issued_on.as_deref())?,
            due_on: date(self.due_on.as_deref())?,
            drafted_at: self.drafted_at,
            finalised_at: self.finalised_at,
        })
    }
}

pub(super) fn date(text: Option<&str>) -> Result<Option<Date>> {
    text.map(|text| text.parse().map_err(|error| Error::Corrupt(format!("date: {error}")))).transpose()
}

/// One invoice of the organisation.
pub(super) async fn invoice_in(tx: &Tx, invoice: InvoiceId) -> Result<Row> {
    one(tx, invoice, "").await
}

/// The same, which nobody else finalises until the transaction ends.
pub(super) async fn lock_in(tx: &Tx, invoice: InvoiceId) -> Result<Row> {
    one(tx, invoice, "FOR NO KEY UPDATE OF v").await
}

async fn one(tx: &Tx, invoice: InvoiceId, lock: &str) -> Result<Row> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE v.organisation_id = $1 AND v.id = $2 {lock}");
    tx.one(&sql, [tx.organisation.into(), invoice.into()]).await?.ok_or(Error::NotFound)
}

/// The organisation's invoices behind a place, the latest first.
pub(super) async fn newest_in(tx: &Tx, after: Option<Place>, limit: i64) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE v.organisation_id = $1 AND ($2::timestamptz IS NULL OR (v.drafted_at, v.id) < ($2, $3))
         ORDER BY v.drafted_at DESC, v.id DESC LIMIT $4"
    );
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    tx.all(&sql, [tx.organisation.into(), at.into(), id.into(), limit.into()]).await
}

/// Stores the draft of a period's invoice.
pub(super) async fn insert_draft_in(tx: &Tx, period: PeriodId, document: &Document) -> Result<InvoiceId> {
    let id = InvoiceId::new(tx.now);
    let sql =
        "INSERT INTO invoice (organisation_id, id, period_id, status, series, language, currency, net, tax, total,
                   drafted_at) VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10)";
    let values = [
        tx.organisation.into(),
        id.into(),
        period.into(),
        INVOICES.prefix.into(),
        document.language.clone().into(),
        document.currency.word().into(),
        minor(document.net).into(),
        minor(document.tax).into(),
        minor(document.total).into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct Exists {
    exists: bool,
}

/// Whether a draft waits for a period before this one.
pub(super) async fn has_earlier_draft_in(tx: &Tx, started_at: Timestamp) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {TABLES} WHERE v.organisation_id = $1 AND v.status = 'draft'
                        AND p.started_at < $2) AS exists"
    );
    Ok(tx.one(&sql, [tx.organisation.into(), started_at.into()]).await?.is_some_and(|row: Exists| row.exists))
}

/// Has the invoice name everything that was rated up to the period's end and that no other names.
pub(super) async fn take_items_in(tx: &Tx, invoice: InvoiceId, ended_at: Timestamp) -> Result<u64> {
    let sql = "UPDATE settlement SET invoice_id = $2
               WHERE organisation_id = $1 AND invoice_id IS NULL AND rated_to <= $3";
    tx.run(sql, [tx.organisation.into(), invoice.into(), ended_at.into()]).await
}

#[derive(Serialize)]
struct LineRow {
    line: u16,
    project_id: Uuid,
    flavour_id: Uuid,
    price_id: Uuid,
    tax_rule_id: Uuid,
    started_at: Timestamp,
    ended_at: Timestamp,
    unit_seconds: i64,
    net_micros: i64,
    allowance_micros: i64,
    net: i64,
}

#[derive(Serialize)]
struct TaxRow {
    tax_rule_id: Uuid,
    taxable: i64,
    tax: i64,
}

/// Stores the document's lines and taxes, for sums over many invoices; what counts is the snapshot.
pub(super) async fn insert_lines_in(tx: &Tx, invoice: InvoiceId, document: &Document) -> Result<()> {
    let line = |line: &types::DocumentLine| LineRow {
        line: line.line,
        project_id: line.project.uuid(),
        flavour_id: line.flavour.uuid(),
        price_id: line.price.uuid(),
        tax_rule_id: line.tax_rule.uuid(),
        started_at: line.started_at,
        ended_at: line.ended_at,
        unit_seconds: line.unit_seconds,
        net_micros: line.exact.micros,
        allowance_micros: line.exact_allowance.micros,
        net: minor(line.net),
    };
    let tax = |group: &types::DocumentTax| TaxRow {
        tax_rule_id: group.tax_rule.uuid(),
        taxable: minor(group.taxable),
        tax: minor(group.tax),
    };
    let sql = "WITH line AS (
                   INSERT INTO invoice_line SELECT $1, $2, x.* FROM jsonb_to_recordset($3) AS x (line smallint,
                       project_id uuid, flavour_id uuid, price_id uuid, tax_rule_id uuid, started_at timestamptz,
                       ended_at timestamptz, unit_seconds bigint, net_micros bigint, allowance_micros bigint,
                       net bigint))
               INSERT INTO invoice_tax SELECT $1, $2, x.* FROM jsonb_to_recordset($4) AS x (tax_rule_id uuid,
                   taxable bigint, tax bigint)";
    let lines = as_json(&document.lines.iter().map(line).collect::<Vec<_>>())?;
    let taxes = as_json(&document.taxes.iter().map(tax).collect::<Vec<_>>())?;
    tx.run(sql, [tx.organisation.into(), invoice.into(), lines.into(), taxes.into()]).await.map(drop)
}

pub(super) fn as_json(rows: &impl Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(rows).map_err(|error| Error::Corrupt(format!("invoice: {error}")))
}

/// Makes the draft final; from here on the database refuses every change of it.
pub(super) async fn finalise_in(tx: &Tx, invoice: InvoiceId, document: &Document, snapshot: &[u8]) -> Result<Row> {
    let sql = format!(
        "UPDATE invoice v SET status = 'finalised', number = $3, net = $4, tax = $5, total = $6,
             issued_on = $7::text::date, due_on = $8::text::date, snapshot = $9, snapshot_sha256 = sha256($9),
             language = $10, finalised_at = $11, finalised_by = $12
         FROM billing_period p
         WHERE v.organisation_id = $1 AND v.id = $2 AND p.organisation_id = $1 AND p.id = v.period_id
         RETURNING {COLUMNS}"
    );
    let values = [
        tx.organisation.into(),
        invoice.into(),
        document.number.clone().into(),
        minor(document.net).into(),
        minor(document.tax).into(),
        minor(document.total).into(),
        document.issued_on.map(|date| date.to_string()).into(),
        document.due_on.map(|date| date.to_string()).into(),
        snapshot.to_vec().into(),
        document.language.clone().into(),
        tx.now.into(),
        tx.principal.user().into(),
    ];
    tx.one(&sql, values).await?.ok_or(Error::NotFound)
}

/// The document as it was issued, byte for byte, with the digest that was stored beside it.
#[derive(FromQueryResult)]
pub(super) struct Snapshot {
    pub(super) snapshot: Vec<u8>,
    pub(super) snapshot_sha256: Vec<u8>,
}

/// The snapshot of a finalised invoice.
pub(super) async fn snapshot_in(open: &Open, invoice: InvoiceId) -> Result<Snapshot> {
    let sql = "SELECT snapshot, snapshot_sha256 FROM invoice WHERE id = $1 AND status = 'finalised'";
    open.one(sql, [invoice.into()]).await?.ok_or(Error::NotFound)
}

/// Minor units of an amount on a document, which has no parts of them.
pub(super) fn minor(money: Money) -> i64 {
    super::rounding::nearest(money.micros)
}
