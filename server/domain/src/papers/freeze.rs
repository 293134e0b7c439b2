//! Freezing what a document says. An invoice and a credit note were frozen when they became final, and say the same here; what
//! the others say is composed once, from rows that do not change, with both parties as they are then.

use sea_orm::FromQueryResult;
use serde::Serialize;
use serde_json::Value;
use types::{Currency, Document, PaperId, PaperKind, PayTo};

use super::{account, entity::day, queue::FrozenPaper, received};
use crate::{Error, Result, Tx, canonical};

#[derive(FromQueryResult)]
struct Row {
    kind: PaperKind,
    language: Option<String>,
    snapshot: Option<Vec<u8>>,
    from_on: Option<String>,
    through_on: Option<String>,
}

/// A document as it was composed.
pub(super) struct Composed {
    pub(super) number: Option<String>,
    pub(super) language: String,
    pub(super) snapshot: Vec<u8>,
}

impl Composed {
    pub(super) fn new(number: Option<String>, language: String, said: &impl Serialize) -> Result<Self> {
        Ok(Self { number, language, snapshot: canonical::bytes(said)? })
    }
}

/// What a document says, frozen now if it was not before; nothing where there is nothing to say any more.
pub(super) async fn frozen_in(tx: &Tx, paper: PaperId) -> Result<Option<FrozenPaper>> {
    let sql = "SELECT kind, language, snapshot, from_on::text AS from_on, through_on::text AS through_on FROM paper
               WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE";
    let row: Option<Row> = tx.one(sql, [tx.organisation.into(), paper.into()]).await?;
    let Row { kind, language, snapshot, from_on, through_on } = row.ok_or(Error::NotFound)?;
    let frozen =
        |language, snapshot| FrozenPaper { organisation: tx.organisation, id: paper, kind, language, snapshot };
    if let Some((language, snapshot)) = language.zip(snapshot) {
        return Ok(Some(frozen(language, snapshot)));
    }
    let composed = match kind {
        PaperKind::Invoice => Some(invoice_in(tx, paper).await?),
        PaperKind::CreditNote => Some(credit_note_in(tx, paper).await?),
        PaperKind::ProForma => Some(received::pro_forma_in(tx, paper).await?),
        PaperKind::Receipt => received::receipt_in(tx, paper).await?,
        PaperKind::Statement => {
            let days = day(from_on.as_deref())?.zip(day(through_on.as_deref())?);
            let days = days.ok_or_else(|| Error::Corrupt("a statement without days".to_owned()))?;
            Some(account::statement_in(tx, days).await?)
        }
    };
    let Some(Composed { number, language, snapshot }) = composed else { return Ok(None) };
    let sql = "UPDATE paper SET number = $3, language = $4, snapshot = $5, snapshot_sha256 = sha256($5)
               WHERE organisation_id = $1 AND id = $2";
    let values =
        [tx.organisation.into(), paper.into(), number.into(), language.clone().into(), snapshot.clone().into()];
    tx.run(sql, values).await?;
    Ok(Some(frozen(language, snapshot)))
}

#[derive(FromQueryResult)]
struct Frozen {
    number: Option<String>,
    language: String,
    snapshot: Vec<u8>,
}

/// As it was finalised, and where what is due is paid.
async fn invoice_in(tx: &Tx, paper: PaperId) -> Result<Composed> {
    let sql = "SELECT number, language, snapshot FROM invoice
               WHERE organisation_id = $1 AND id = $2 AND status = 'finalised'";
    let row: Option<Frozen> = tx.one(sql, [tx.organisation.into(), paper.into()]).await?;
    let Frozen { number, language, snapshot } = row.ok_or(Error::NotFound)?;
    let document: Document = read(&snapshot)?;
    let mut said: Value = read(&snapshot)?;
    if document.due.micros > 0 {
        let pay_to = pay_to_in(tx, document.currency, document.number.clone()).await?;
        if let (Some(pay_to), Some(fields)) = (pay_to, said.as_object_mut()) {
            fields.insert("pay_to".to_owned(), value(&pay_to)?);
        }
    }
    Composed::new(number, language, &said)
}

/// As it was issued.
async fn credit_note_in(tx: &Tx, paper: PaperId) -> Result<Composed> {
    let sql = "SELECT number, language, snapshot FROM credit_note WHERE organisation_id = $1 AND id = $2";
    let row: Option<Frozen> = tx.one(sql, [tx.organisation.into(), paper.into()]).await?;
    let Frozen { number, language, snapshot } = row.ok_or(Error::NotFound)?;
    Composed::new(number, language, &read::<Value>(&snapshot)?)
}

#[derive(FromQueryResult)]
struct AccountRow {
    beneficiary: String,
    bank: String,
    iban: String,
}

/// Where the hub is paid in a currency now, and with which reference.
async fn pay_to_in(tx: &Tx, currency: Currency, reference: Option<String>) -> Result<Option<PayTo>> {
    let sql = "SELECT beneficiary, bank, iban FROM receiving_account WHERE currency = $1 AND ended_at IS NULL";
    let row: Option<AccountRow> = tx.one(sql, [currency.word().into()]).await?;
    Ok(row.map(|row| pay_to(row.beneficiary, row.bank, row.iban, reference)))
}

pub(super) fn pay_to(holder: String, bank: String, iban: String, reference: Option<String>) -> PayTo {
    PayTo { holder, iban, bic: None, bank: Some(bank), reference }
}

fn read<T: serde::de::DeserializeOwned>(snapshot: &[u8]) -> Result<T> {
    serde_json::from_slice(snapshot).map_err(|error| Error::Corrupt(format!("snapshot: {error}")))
}

fn value(said: &impl Serialize) -> Result<Value> {
    serde_json::to_value(said).map_err(|error| Error::Corrupt(format!("snapshot: {error}")))
}
