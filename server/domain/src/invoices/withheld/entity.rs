//! The table `withholding`, and what of invoices, credit notes and rules decides about it; inside one organisation.

use sea_orm::FromQueryResult;
use types::{Currency, InvoiceId, RecordWithholding, Timestamp, UserId, WithholdingId, WithholdingView};
use uuid::Uuid;

use super::rules::Basis;
use crate::{
    Error, Result, Tx,
    invoices::{entity::date, rounding::money},
};

/// A record; the amount in minor units, what it paid of a debt in micro-units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    pub(super) id: WithholdingId,
    pub(super) invoice_id: InvoiceId,
    certificate: String,
    certified_on: String,
    pub(super) amount: i64,
    currency: Currency,
    pub(super) owed: i64,
    recorded_at: Timestamp,
    undo_reason: Option<String>,
    pub(super) undone_at: Option<Timestamp>,
}

impl Row {
    pub(super) fn view(self) -> Result<WithholdingView> {
        let certified_on = date(Some(&self.certified_on))?;
        Ok(WithholdingView {
            id: self.id,
            invoice: self.invoice_id,
            certificate: self.certificate,
            certified_on: certified_on.ok_or_else(|| Error::Corrupt("a certificate without a day".to_owned()))?,
            amount: money(self.amount, self.currency)?,
            recorded_at: self.recorded_at,
            undone_at: self.undone_at,
            undo_reason: self.undo_reason,
        })
    }
}

const COLUMNS: &str = "id, invoice_id, certificate, certified_on::text AS certified_on, amount, currency, owed,
    recorded_at, undo_reason, undone_at";

/// Those of an invoice, the latest first.
pub(super) async fn of_invoice_in(tx: &Tx, invoice: InvoiceId) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM withholding WHERE organisation_id = $1 AND invoice_id = $2
         ORDER BY recorded_at DESC, id DESC"
    );
    tx.all(&sql, [tx.organisation.into(), invoice.into()]).await
}

/// One of the organisation's. Who writes after it holds the purse.
pub(super) async fn one_in(tx: &Tx, id: WithholdingId) -> Result<Row> {
    let sql = format!("SELECT {COLUMNS} FROM withholding WHERE organisation_id = $1 AND id = $2");
    tx.one(&sql, [tx.organisation.into(), id.into()]).await?.ok_or(Error::NotFound)
}

/// What its rules let a customer withhold of an invoice.
pub(super) async fn bases_in(tx: &Tx, invoice: InvoiceId) -> Result<Vec<Basis>> {
    let sql = "SELECT t.withheld_of, t.withheld_ppm, i.taxable - coalesce(c.taxable, 0)::bigint AS taxable,
                      i.tax - coalesce(c.tax, 0)::bigint AS tax
               FROM invoice_tax i JOIN tax_rule t ON t.id = i.tax_rule_id
               LEFT JOIN LATERAL (
                   SELECT sum(n.taxable) AS taxable, sum(n.tax) AS tax FROM credit_note_tax n
                   WHERE n.organisation_id = i.organisation_id AND n.invoice_id = i.invoice_id
                   AND n.tax_rule_id = i.tax_rule_id) c ON true
               WHERE i.organisation_id = $1 AND i.invoice_id = $2 AND t.withheld_ppm IS NOT NULL";
    tx.all(sql, [tx.organisation.into(), invoice.into()]).await
}

/// What a record is booked as.
pub(super) struct Booked {
    pub(super) id: WithholdingId,
    pub(super) entry: Uuid,
    /// In minor units.
    pub(super) amount: i64,
    /// In micro-units.
    pub(super) owed: i64,
}

/// Stores a record.
pub(super) async fn insert_in(tx: &Tx, ask: &RecordWithholding, booked: &Booked) -> Result<()> {
    let sql =
        "INSERT INTO withholding (organisation_id, id, invoice_id, certificate, certified_on, currency, amount, owed,
                   entry_id, recorded_by, recorded_at)
               VALUES ($1, $2, $3, $4, $5::text::date, $6, $7, $8, $9, $10, $11)";
    let values = [
        tx.organisation.into(),
        booked.id.into(),
        ask.invoice.into(),
        ask.certificate.trim().into(),
        ask.certified_on.to_string().into(),
        ask.amount.currency.word().into(),
        booked.amount.into(),
        booked.owed.into(),
        booked.entry.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Remembers that a record was taken back.
pub(super) async fn undo_in(tx: &Tx, id: WithholdingId, entry: Uuid, reason: &str) -> Result<()> {
    let sql = "UPDATE withholding SET undo_entry_id = $3, undo_reason = $4, undone_by = $5, undone_at = $6
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        id.into(),
        entry.into(),
        reason.into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}
