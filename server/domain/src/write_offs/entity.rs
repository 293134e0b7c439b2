//! The table `write_off`, always inside one organisation.

use sea_orm::FromQueryResult;
use types::{Currency, InvoiceId, Money, OrganisationId, Timestamp, WriteOffDebt, WriteOffId, WriteOffView};
use uuid::Uuid;

use crate::{Error, Result, Tx};

/// What a row is read from.
const ROWS: &str = "SELECT w.organisation_id, w.id, w.invoice_id, v.number AS invoice_number, w.amount, w.of_wallet,
        w.currency, w.reason, w.written_off_at, w.undone_at, w.undo_reason
    FROM write_off w
    LEFT JOIN invoice v ON v.organisation_id = w.organisation_id AND v.id = w.invoice_id
    WHERE w.organisation_id = $1";

/// A write-off; amounts in micro-units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    organisation_id: OrganisationId,
    id: WriteOffId,
    pub(super) invoice_id: Option<InvoiceId>,
    invoice_number: Option<String>,
    pub(super) amount: i64,
    /// What of it was below zero in the wallet.
    pub(super) of_wallet: i64,
    currency: Currency,
    reason: String,
    written_off_at: Timestamp,
    undone_at: Option<Timestamp>,
    undo_reason: Option<String>,
}

impl Row {
    pub(super) fn is_undone(&self) -> bool {
        self.undone_at.is_some()
    }

    pub(super) fn view(self) -> WriteOffView {
        WriteOffView {
            id: self.id,
            organisation: self.organisation_id,
            invoice: self.invoice_id,
            invoice_number: self.invoice_number,
            amount: Money { micros: self.amount, currency: self.currency },
            reason: self.reason,
            written_off_at: self.written_off_at,
            undone_at: self.undone_at,
            undo_reason: self.undo_reason,
        }
    }
}

/// One of the organisation.
pub(super) async fn one_in(tx: &Tx, id: WriteOffId) -> Result<Row> {
    one(tx, id, "").await
}

/// The same, which nobody else undoes until the transaction ends.
pub(super) async fn lock_in(tx: &Tx, id: WriteOffId) -> Result<Row> {
    one(tx, id, "FOR NO KEY UPDATE OF w").await
}

async fn one(tx: &Tx, id: WriteOffId, lock: &str) -> Result<Row> {
    let sql = format!("{ROWS} AND w.id = $2 {lock}");
    tx.one(&sql, [tx.organisation.into(), id.into()]).await?.ok_or(Error::NotFound)
}

/// The latest 200, the latest first.
pub(super) async fn newest_in(tx: &Tx) -> Result<Vec<Row>> {
    let sql = format!("{ROWS} ORDER BY w.written_off_at DESC, w.id DESC LIMIT 200");
    tx.all(&sql, [tx.organisation.into()]).await
}

/// Stores a write-off with what of it was in the wallet, and the entry that booked it.
pub(super) async fn insert_in(
    tx: &Tx,
    id: WriteOffId,
    ask: &WriteOffDebt,
    (of_wallet, entry): (i64, Uuid),
) -> Result<()> {
    let sql = "INSERT INTO write_off (organisation_id, id, invoice_id, amount, of_wallet, currency, reason, entry_id,
                   written_off_by, written_off_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = [
        tx.organisation.into(),
        id.into(),
        ask.invoice.into(),
        ask.amount.micros.into(),
        of_wallet.into(),
        ask.amount.currency.word().into(),
        ask.reason.trim().into(),
        entry.into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// Marks one undone, by the entry that booked it.
pub(super) async fn undo_in(tx: &Tx, id: WriteOffId, entry: Uuid, reason: &str) -> Result<()> {
    let sql = "UPDATE write_off SET undo_entry_id = $3, undo_reason = $4, undone_by = $5, undone_at = $6
               WHERE organisation_id = $1 AND id = $2";
    let values =
        [tx.organisation.into(), id.into(), entry.into(), reason.into(), tx.principal.user().into(), tx.now.into()];
    tx.run(sql, values).await.map(drop)
}
