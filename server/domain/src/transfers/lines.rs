//! Lines of statements: reading them back for the pure crate, and listing them for finance.

use payments::Line;
use sea_orm::FromQueryResult;
use types::{
    BankLineId, BankLineState, BankLineView, Currency, Cursor, List, MatchClass, OrganisationId, PayerOrganisation,
    StatementId, Timestamp, TransferId,
};
use uuid::Uuid;

use super::{count, day, items, money, words};
use crate::{
    Error, Open, Result,
    access::{Survey, policy::ReadInvoices},
    cursor::{Place, paged},
};

/// The columns of a row.
const COLUMNS: &str = "l.id, l.statement_id, l.identity, l.place, l.booked_on::text AS booked_on,
     l.value_on::text AS value_on, a.currency, l.amount, l.payer_name, l.payer_account, l.remittance, l.bank_reference,
     l.state, l.score, l.reasons, l.note, r.organisation_id, o.slug, o.name, r.transfer_id, r.class,
     p.name AS decided_by, l.decided_at, s.imported_at";

/// The tables of a row.
const TABLES: &str = "bank_line l
     JOIN bank_statement s ON s.organisation_id = l.organisation_id AND s.id = l.statement_id
     JOIN receiving_account a ON a.id = l.account_id
     LEFT JOIN transfer_receipt r ON r.bank_line = l.id AND r.undone_at IS NULL
     LEFT JOIN organisation o ON o.id = r.organisation_id
     LEFT JOIN person p ON p.id = l.decided_by";

/// A line with whom it paid.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: BankLineId,
    statement_id: StatementId,
    identity: String,
    place: i32,
    booked_on: String,
    value_on: String,
    pub(super) currency: Currency,
    amount: i64,
    payer_name: Option<String>,
    payer_account: Option<String>,
    remittance: String,
    bank_reference: Option<String>,
    state: BankLineState,
    score: i16,
    reasons: serde_json::Value,
    note: Option<String>,
    organisation_id: Option<OrganisationId>,
    slug: Option<String>,
    name: Option<String>,
    transfer_id: Option<TransferId>,
    class: Option<MatchClass>,
    decided_by: Option<String>,
    decided_at: Option<Timestamp>,
    imported_at: Timestamp,
}

impl Row {
    /// The line as the pure crate read it.
    pub(super) fn line(&self) -> Result<Line> {
        Ok(Line {
            identity: self.identity.clone(),
            row: usize::try_from(self.place).unwrap_or(0),
            booked_on: day(&self.booked_on)?,
            value_on: day(&self.value_on)?,
            currency: self.currency,
            amount: self.amount,
            payer_name: self.payer_name.clone(),
            payer_account: self.payer_account.clone(),
            remittance: self.remittance.clone(),
            reference: self.bank_reference.clone(),
        })
    }

    /// Whom it paid.
    pub(super) fn organisation_id(&self) -> Option<OrganisationId> {
        self.organisation_id
    }

    fn waits(&self) -> bool {
        matches!(self.state, BankLineState::New | BankLineState::Unmatched)
    }

    fn view(self) -> Result<BankLineView> {
        let organisation = match (self.organisation_id, self.slug, self.name) {
            (Some(id), Some(slug), Some(name)) => Some(PayerOrganisation { id, slug, name }),
            _ => None,
        };
        Ok(BankLineView {
            id: self.id,
            statement: self.statement_id,
            place: count(self.place.into())?,
            booked_on: day(&self.booked_on)?,
            amount: money(self.amount, self.currency)?,
            payer_name: self.payer_name,
            payer_account: self.payer_account,
            remittance: self.remittance,
            bank_reference: self.bank_reference,
            state: self.state,
            score: u8::try_from(self.score).unwrap_or(0),
            reasons: words::of_json(self.reasons)?,
            note: self.note,
            organisation,
            transfer: self.transfer_id,
            class: self.class,
            decided_by: self.decided_by,
            decided_at: self.decided_at,
        })
    }
}

/// A statement's lines in the order of its file.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_statement_lines(
    open: &Open,
    _: &Survey<ReadInvoices>,
    statement: StatementId,
    page: &Cursor,
) -> Result<List<BankLineView>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE l.organisation_id = (SELECT id FROM organisation WHERE kind = 'hub') AND l.statement_id = $1
         AND (l.place, l.id) > ($2, $3) ORDER BY l.place, l.id LIMIT $4"
    );
    // Lines have no time of their own: the place in the file stands where other lists have an instant.
    let (place, id) = Place::of(page)?.map_or((0, Uuid::nil()), |after| (after.at.as_second(), after.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = open.all(&sql, [statement.into(), place.into(), id.into(), limit.into()]).await?;
    let at = |row: &Row| Place { at: Timestamp::from_second(row.place.into()), id: row.id.uuid() };
    let (rows, next_cursor) = paged(rows, page, at);
    Ok(List { items: rows.into_iter().map(Row::view).collect::<Result<_>>()?, next_cursor })
}

/// The lines of all statements that wait for a person, the latest imported first.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_waiting_lines(open: &Open, _: &Survey<ReadInvoices>, page: &Cursor) -> Result<List<BankLineView>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE l.state IN ('new', 'unmatched') AND ($1::uuid IS NULL OR l.id < $1) ORDER BY l.id DESC LIMIT $2"
    );
    let after = Place::of(page)?.map(|place| place.id);
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = open.all(&sql, [after.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.imported_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::view).collect::<Result<_>>()?, next_cursor })
}

/// One line. Where it waits, organisation, transfer and reasons are what would be proposed now.
///
/// # Errors
/// `NotFound` for a line that no statement brought.
pub async fn line(open: &Open, _: &Survey<ReadInvoices>, id: BankLineId) -> Result<BankLineView> {
    let row = row(open, id).await?.ok_or(Error::NotFound)?;
    if !row.waits() {
        return row.view();
    }
    let proposed = items::proposals(open, row.currency, &[row.line()?]).await?.pop();
    let view = row.view()?;
    let Some(proposal) = proposed else { return Ok(view) };
    Ok(BankLineView {
        organisation: proposal.target.as_ref().map(|target| target.organisation.clone()),
        transfer: proposal.target.as_ref().and_then(|target| target.transfer),
        class: Some(proposal.class),
        score: proposal.score,
        reasons: proposal.reasons,
        ..view
    })
}

pub(super) async fn row(open: &Open, id: BankLineId) -> Result<Option<Row>> {
    open.one(&format!("SELECT {COLUMNS} FROM {TABLES} WHERE l.id = $1"), [id.into()]).await
}

/// The lines of a statement that are stored and not booked, in the order of its file.
pub(super) async fn new_of(open: &Open, statement: StatementId) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE l.organisation_id = (SELECT id FROM organisation WHERE kind = 'hub') AND l.statement_id = $1
         AND l.state = 'new' ORDER BY l.place, l.id"
    );
    open.all(&sql, [statement.into()]).await
}
