//! The table `dispute`, always inside one organisation.

use sea_orm::FromQueryResult;
use types::{
    ContestLine, CreditDocument, CreditNoteId, Currency, DisputeId, DisputeState, DisputeView, InvoiceId, Money,
    OrganisationId, Timestamp,
};

use super::rules::MICROS_PER_MINOR;
use crate::{Error, Result, Tx};

/// The columns of a row, from `dispute d`, its `invoice v`, its `credit_note c` and its `person p`.
pub(super) const COLUMNS: &str =
    "d.organisation_id, d.id, d.invoice_id, v.number AS invoice_number, d.line, d.flavour_name,
     d.project_name, v.currency, d.amount, d.total, d.is_whole, d.reason, d.state, p.name AS opened_by, d.opened_at, d.answer,
     d.answered_at, d.credit_note_id, c.number AS credit_note_number";

/// The tables of a row, beside that of disputes.
pub(super) const BESIDE: &str = "
     JOIN invoice v ON v.organisation_id = d.organisation_id AND v.id = d.invoice_id
     LEFT JOIN credit_note c ON c.organisation_id = d.organisation_id AND c.id = d.credit_note_id
     LEFT JOIN person p ON p.id = d.opened_by";

/// A contested line; amounts in minor units.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    organisation_id: OrganisationId,
    pub(super) id: DisputeId,
    invoice_id: InvoiceId,
    invoice_number: String,
    line: i16,
    flavour_name: String,
    project_name: String,
    currency: Currency,
    amount: i64,
    total: i64,
    is_whole: bool,
    reason: String,
    state: DisputeState,
    opened_by: Option<String>,
    pub(super) opened_at: Timestamp,
    answer: Option<String>,
    answered_at: Option<Timestamp>,
    credit_note_id: Option<CreditNoteId>,
    credit_note_number: Option<String>,
}

impl Row {
    pub(super) fn view(self) -> Result<DisputeView> {
        Ok(DisputeView {
            id: self.id,
            organisation: self.organisation_id,
            invoice: self.invoice_id,
            invoice_number: self.invoice_number,
            line: u16::try_from(self.line).map_err(|_| Error::Corrupt("a line below zero".to_owned()))?,
            flavour_name: self.flavour_name,
            project_name: self.project_name,
            amount: money(self.amount, self.currency)?,
            total: money(self.total, self.currency)?,
            is_whole: self.is_whole,
            reason: self.reason,
            state: self.state,
            opened_by: self.opened_by.filter(|name| !name.is_empty()),
            opened_at: self.opened_at,
            answer: self.answer,
            answered_at: self.answered_at,
            credit_note: self.credit_note_id,
            credit_note_number: self.credit_note_number,
        })
    }
}

/// Minor units as micro-units.
pub(super) fn micros(minor: i64) -> Result<i64> {
    let beyond = || Error::Corrupt("an amount beyond what can be booked".to_owned());
    minor.checked_mul(MICROS_PER_MINOR).ok_or_else(beyond)
}

/// Minor units as money.
pub(super) fn money(minor: i64, currency: Currency) -> Result<Money> {
    Ok(Money { micros: micros(minor)?, currency })
}

/// One contested line of the organisation.
pub(super) async fn view_in(tx: &Tx, dispute: DisputeId) -> Result<DisputeView> {
    let sql = format!("SELECT {COLUMNS} FROM dispute d {BESIDE} WHERE d.organisation_id = $1 AND d.id = $2");
    let row: Option<Row> = tx.one(&sql, [tx.organisation.into(), dispute.into()]).await?;
    row.ok_or(Error::NotFound)?.view()
}

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

/// How often a line was contested, whatever became of it.
pub(super) async fn n_of_line_in(tx: &Tx, invoice: InvoiceId, line: u16) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM dispute WHERE organisation_id = $1 AND invoice_id = $2 AND line = $3";
    let row: Option<Number> = tx.one(sql, [tx.organisation.into(), invoice.into(), i32::from(line).into()]).await?;
    Ok(row.map_or(0, |row| row.n))
}

/// Stores what was asked for, with what a credit of it would come to now.
///
/// # Errors
/// A conflict where nothing of the line was charged, and for a line that is contested already.
pub(super) async fn insert_in(tx: &Tx, ask: &ContestLine, reason: &str, drawn: &CreditDocument) -> Result<DisputeId> {
    let [line] = drawn.lines.as_slice() else { return Err(Error::Corrupt("not one line".to_owned())) };
    let (amount, total) = (line.amount.micros / MICROS_PER_MINOR, drawn.total.micros / MICROS_PER_MINOR);
    if amount == 0 {
        return Err(Error::Conflict("nothing-to-contest"));
    }
    let id = DisputeId::new(tx.now);
    let sql = "INSERT INTO dispute (organisation_id, id, invoice_id, line, flavour_name, project_name, amount, total,
                   is_whole, reason, state, opened_by, opened_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12)";
    let values = [
        tx.organisation.into(),
        id.into(),
        ask.invoice.into(),
        i32::from(ask.line).into(),
        line.of.flavour_name.clone().into(),
        line.of.project_name.clone().into(),
        amount.into(),
        total.into(),
        ask.amount.is_none().into(),
        reason.into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    tx.run(sql, values).await?;
    Ok(id)
}

/// How it ends.
pub(super) struct Ended<'a> {
    pub(super) state: DisputeState,
    pub(super) answer: Option<&'a str>,
    pub(super) credit_note: Option<CreditNoteId>,
}

/// Ends an open one; whoever comes second waits for the first and finds it ended.
///
/// # Errors
/// A conflict for one that is not open.
pub(super) async fn end_in(tx: &Tx, dispute: DisputeId, ended: Ended<'_>) -> Result<()> {
    let sql = "UPDATE dispute SET state = $3, answer = $4, credit_note_id = $5, answered_by = $6, answered_at = $7
               WHERE organisation_id = $1 AND id = $2 AND state = 'open'";
    let values = [
        tx.organisation.into(),
        dispute.into(),
        ended.state.word().into(),
        ended.answer.into(),
        ended.credit_note.into(),
        tx.principal.user().into(),
        tx.now.into(),
    ];
    if tx.run(sql, values).await? == 0 { Err(Error::Conflict("dispute-answered")) } else { Ok(()) }
}
