//! The tables `credit_note`, `credit_note_line` and `credit_note_tax`, always inside one organisation, and who paid what
//! they take back.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    CreditDocument, CreditNoteId, CreditNoteSummary, CreditedLine, Currency, DocumentTax, InvoiceId, OrganisationId,
    Timestamp,
};
use uuid::Uuid;

use super::{
    restore::{Burnt, Charged, Paid, Undo},
    steps::{Credited, Measure},
};
use crate::{
    Error, Open, Result, Tx,
    invoices::{
        entity::{as_json, date, minor},
        rounding::money,
        series::CREDIT_NOTES,
    },
};

/// The columns of a row, from `credit_note c` and its `invoice v`.
pub(super) const COLUMNS: &str =
    "c.organisation_id, c.id, c.number, c.invoice_id, v.number AS invoice_number, c.reason,
    c.currency, c.net, c.tax, c.total, c.issued_on::text AS issued_on, c.issued_at";

/// The tables of a row.
pub(super) const TABLES: &str = "credit_note c
    JOIN invoice v ON v.organisation_id = c.organisation_id AND v.id = c.invoice_id";

/// A credit note without its document; amounts in minor units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    organisation_id: OrganisationId,
    pub(super) id: CreditNoteId,
    number: String,
    invoice_id: InvoiceId,
    invoice_number: String,
    reason: String,
    currency: Currency,
    net: i64,
    tax: i64,
    pub(super) total: i64,
    issued_on: String,
    pub(super) issued_at: Timestamp,
}

impl Row {
    pub(super) fn summary(self) -> Result<CreditNoteSummary> {
        let money = |minor| money(minor, self.currency);
        let issued_on = date(Some(&self.issued_on))?;
        Ok(CreditNoteSummary {
            id: self.id,
            organisation: self.organisation_id,
            number: self.number,
            invoice: self.invoice_id,
            invoice_number: self.invoice_number,
            reason: self.reason,
            net: money(self.net)?,
            tax: money(self.tax)?,
            total: money(self.total)?,
            issued_on: issued_on.ok_or_else(|| Error::Corrupt("a credit note without a day".to_owned()))?,
            issued_at: self.issued_at,
        })
    }
}

#[derive(FromQueryResult)]
struct LineRow {
    line: i16,
    amount: i64,
    unit_seconds: i64,
}

/// What of each line credit notes have taken back. Who writes after it holds the invoice's lock.
pub(super) async fn credited_in(tx: &Tx, invoice: InvoiceId) -> Result<Credited> {
    let sql = "SELECT line, sum(amount)::bigint AS amount, sum(unit_seconds)::bigint AS unit_seconds
               FROM credit_note_line WHERE organisation_id = $1 AND invoice_id = $2 GROUP BY line";
    let rows: Vec<LineRow> = tx.all(sql, [tx.organisation.into(), invoice.into()]).await?;
    let measure = |row: LineRow| {
        let line = u16::try_from(row.line).map_err(|_| Error::Corrupt("a line below zero".to_owned()))?;
        Ok((line, Measure { amount: row.amount, unit_seconds: row.unit_seconds }))
    };
    rows.into_iter().map(measure).collect()
}

/// The rated items of an invoice's lines: those with the line's key.
const ITEMS: &str = "invoice_line n
    JOIN tax_rule k ON k.id = n.tax_rule_id
    JOIN settlement m ON m.organisation_id = n.organisation_id AND m.invoice_id = n.invoice_id
    JOIN rated_item r ON r.organisation_id = m.organisation_id AND r.settlement_id = m.id
         AND r.price_id = n.price_id AND r.started_at >= n.started_at AND r.ended_at <= n.ended_at
    JOIN tax_rule t ON t.id = r.tax_rule_id AND t.category = k.category AND t.rate_ppm = k.rate_ppm
         AND t.reason_code IS NOT DISTINCT FROM k.reason_code
    JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id AND l.project_id = n.project_id";

/// Who paid the lines of a finalised invoice when they were settled.
pub(super) async fn paid_in(tx: &Tx, invoice: InvoiceId) -> Result<Paid> {
    let sql = format!(
        "SELECT n.line, sum(r.gross)::bigint AS gross FROM {ITEMS}
         WHERE n.organisation_id = $1 AND n.invoice_id = $2 GROUP BY n.line"
    );
    let charged: Vec<Charged> = tx.all(&sql, [tx.organisation.into(), invoice.into()]).await?;
    let sql = format!(
        "SELECT n.line, lot.id AS lot, a.id AS account, lot.name, lot.kind, lot.unit, f.id AS flavour,
                sum(u.amount)::bigint AS amount, sum(u.net)::bigint AS net, sum(u.gross)::bigint AS gross
         FROM {ITEMS}
         JOIN lot_use u ON u.organisation_id = r.organisation_id AND u.rated_item_id = r.id AND u.kind = 'burn'
         JOIN lot ON lot.organisation_id = u.organisation_id AND lot.id = u.lot_id
         JOIN account a ON a.organisation_id = lot.organisation_id AND a.kind = 'lots_' || lot.kind AND a.unit = lot.unit
         LEFT JOIN flavour f ON lot.unit = 'gpu_s:' || f.slug
         WHERE n.organisation_id = $1 AND n.invoice_id = $2
         GROUP BY n.line, lot.id, a.id, lot.name, lot.kind, lot.unit, f.id, lot.priority, lot.expires_at, lot.effective_at
         ORDER BY lot.priority, lot.expires_at NULLS LAST, lot.effective_at, lot.id, n.line"
    );
    let burnt: Vec<Burnt> = tx.all(&sql, [tx.organisation.into(), invoice.into()]).await?;
    Ok(Paid { charged, burnt })
}

#[derive(Serialize)]
struct Restore {
    id: Uuid,
    lot_id: Uuid,
    amount: i64,
    net: i64,
    gross: i64,
}

/// Gives lots back what they paid, by the entry that books it.
pub(super) async fn restore_in(tx: &Tx, entry: Uuid, undo: &Undo) -> Result<()> {
    let restore = |lot: &super::restore::Restored| Restore {
        id: types::new_uuid(tx.now),
        lot_id: lot.lot.uuid(),
        amount: lot.amount,
        net: lot.net,
        gross: lot.gross,
    };
    let sql = "WITH restored AS (
                   SELECT * FROM jsonb_to_recordset($3)
                       AS t(id uuid, lot_id uuid, amount bigint, net bigint, gross bigint)),
               written AS (
                   INSERT INTO lot_use (organisation_id, id, lot_id, entry_id, kind, amount, net, gross, at)
                   SELECT $1, id, lot_id, $2, 'restore', amount, net, gross, $4 FROM restored)
               UPDATE lot SET used = used - t.amount FROM restored t
               WHERE lot.organisation_id = $1 AND lot.id = t.lot_id";
    let rows = as_json(&undo.lots.iter().map(restore).collect::<Vec<_>>())?;
    tx.run(sql, [tx.organisation.into(), entry.into(), rows.into(), tx.now.into()]).await.map(drop)
}

#[derive(Serialize)]
struct LineOf {
    line: u16,
    unit_seconds: i64,
    amount: i64,
    allowance: i64,
    net: i64,
}

#[derive(Serialize)]
struct TaxOf {
    tax_rule_id: Uuid,
    taxable: i64,
    tax: i64,
}

/// Stores an issued credit note; from here on the database refuses every change of it.
pub(super) async fn insert_in(
    tx: &Tx,
    id: CreditNoteId,
    entry: Option<Uuid>,
    document: &CreditDocument,
    snapshot: &[u8],
) -> Result<()> {
    let sql =
        "INSERT INTO credit_note (organisation_id, id, invoice_id, series, number, language, currency, reason, net,
                   tax, total, issued_on, snapshot, snapshot_sha256, entry_id, issued_at, issued_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::date, $13, sha256($13), $14, $15, $16)";
    let values = [
        tx.organisation.into(),
        id.into(),
        document.invoice.into(),
        CREDIT_NOTES.prefix.into(),
        document.number.clone().into(),
        document.language.clone().into(),
        document.currency.word().into(),
        document.reason.clone().into(),
        minor(document.net).into(),
        minor(document.tax).into(),
        minor(document.total).into(),
        document.issued_on.map(|date| date.to_string()).into(),
        snapshot.to_vec().into(),
        entry.into(),
        tx.now.into(),
        tx.principal.user().into(),
    ];
    tx.run(sql, values).await?;
    insert_lines_in(tx, id, document).await
}

/// What sums over many credit notes are made of, and what holds them within their invoice.
async fn insert_lines_in(tx: &Tx, id: CreditNoteId, document: &CreditDocument) -> Result<()> {
    let line = |line: &CreditedLine| LineOf {
        line: line.of.line,
        unit_seconds: line.unit_seconds,
        amount: minor(line.amount),
        allowance: minor(line.allowance),
        net: minor(line.net),
    };
    let sql = "INSERT INTO credit_note_line (organisation_id, credit_note_id, invoice_id, line, unit_seconds, amount,
                   allowance, net)
               SELECT $1, $2, $3, x.* FROM jsonb_to_recordset($4) AS x (line smallint, unit_seconds bigint,
                   amount bigint, allowance bigint, net bigint)";
    let rows = as_json(&document.lines.iter().map(line).collect::<Vec<_>>())?;
    tx.run(sql, [tx.organisation.into(), id.into(), document.invoice.into(), rows.into()]).await?;
    let tax = |group: &DocumentTax| TaxOf {
        tax_rule_id: group.tax_rule.uuid(),
        taxable: minor(group.taxable),
        tax: minor(group.tax),
    };
    let sql = "INSERT INTO credit_note_tax (organisation_id, credit_note_id, invoice_id, tax_rule_id, taxable, tax)
               SELECT $1, $2, $3, x.* FROM jsonb_to_recordset($4) AS x (tax_rule_id uuid, taxable bigint, tax bigint)";
    let rows = as_json(&document.taxes.iter().map(tax).collect::<Vec<_>>())?;
    tx.run(sql, [tx.organisation.into(), id.into(), document.invoice.into(), rows.into()]).await.map(drop)
}

/// One credit note of the organisation.
pub(super) async fn note_in(tx: &Tx, note: CreditNoteId) -> Result<Row> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE c.organisation_id = $1 AND c.id = $2");
    tx.one(&sql, [tx.organisation.into(), note.into()]).await?.ok_or(Error::NotFound)
}

#[derive(FromQueryResult)]
struct SnapshotRow {
    snapshot: Vec<u8>,
}

/// The document as it was issued, byte for byte.
pub(super) async fn snapshot_in(open: &Open, note: CreditNoteId) -> Result<Vec<u8>> {
    let sql = "SELECT snapshot FROM credit_note WHERE id = $1";
    let row: Option<SnapshotRow> = open.one(sql, [note.into()]).await?;
    row.map(|row| row.snapshot).ok_or(Error::NotFound)
}
