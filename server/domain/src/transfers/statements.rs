//! Statements that were imported, and how far each is booked.

use sea_orm::FromQueryResult;
use types::{Currency, Cursor, List, StatementFormat, StatementId, StatementView, Timestamp};

use super::{accounts::stored, count, day, money};
use crate::{
    Error, Open, Result,
    access::{Survey, policy::ReadInvoices},
    cursor::{Place, paged},
};

/// The columns of a row.
const COLUMNS: &str = "s.id, a.iban, a.currency, s.file_name, s.format, s.from_on::text AS from_on,
     s.to_on::text AS to_on, s.opening, s.closing, s.n_lines, s.n_known, n.n_new, n.n_unmatched, n.credited, n.waiting,
     p.name AS imported_by, s.imported_at";

/// The tables of a row `s`, which the caller names: its lines are counted for as many rows as there are.
const TABLES: &str = "JOIN receiving_account a ON a.id = s.account_id
     LEFT JOIN person p ON p.id = s.imported_by
     CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE l.state = 'new') AS n_new,
                count(*) FILTER (WHERE l.state = 'unmatched') AS n_unmatched,
                coalesce(sum(l.amount) FILTER (WHERE l.state = 'matched'), 0)::bigint AS credited,
                coalesce(sum(l.amount) FILTER (WHERE l.state IN ('new', 'unmatched')), 0)::bigint AS waiting
         FROM bank_line l WHERE l.organisation_id = s.organisation_id AND l.statement_id = s.id) n";

#[derive(FromQueryResult)]
struct Row {
    id: StatementId,
    iban: String,
    currency: Currency,
    file_name: String,
    format: StatementFormat,
    from_on: Option<String>,
    to_on: Option<String>,
    opening: Option<i64>,
    closing: Option<i64>,
    n_lines: i32,
    n_known: i32,
    n_new: i64,
    n_unmatched: i64,
    credited: i64,
    waiting: i64,
    imported_by: Option<String>,
    imported_at: Timestamp,
}

impl Row {
    fn view(self) -> Result<StatementView> {
        let money = |minor| money(minor, self.currency);
        Ok(StatementView {
            id: self.id,
            iban: stored(&self.iban)?.to_string(),
            from_on: self.from_on.as_deref().map(day).transpose()?,
            to_on: self.to_on.as_deref().map(day).transpose()?,
            opening: self.opening.map(money).transpose()?,
            closing: self.closing.map(money).transpose()?,
            n_lines: count(self.n_lines.into())?,
            n_known: count(self.n_known.into())?,
            n_new: count(self.n_new)?,
            n_unmatched: count(self.n_unmatched)?,
            credited: money(self.credited)?,
            waiting: money(self.waiting)?,
            file_name: self.file_name,
            format: self.format,
            imported_by: self.imported_by,
            imported_at: self.imported_at,
        })
    }
}

/// The statements that were imported, the latest first.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_statements(open: &Open, _: &Survey<ReadInvoices>, page: &Cursor) -> Result<List<StatementView>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM (
             SELECT * FROM bank_statement WHERE $1::timestamptz IS NULL OR (imported_at, id) < ($1, $2)
             ORDER BY imported_at DESC, id DESC LIMIT $3) s {TABLES}
         ORDER BY s.imported_at DESC, s.id DESC"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = open.all(&sql, [at.into(), id.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.imported_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::view).collect::<Result<_>>()?, next_cursor })
}

/// One statement.
///
/// # Errors
/// `NotFound` for one that was never imported.
pub async fn statement(open: &Open, _: &Survey<ReadInvoices>, id: StatementId) -> Result<StatementView> {
    view(open, id).await
}

pub(super) async fn view(open: &Open, id: StatementId) -> Result<StatementView> {
    let sql = format!("SELECT {COLUMNS} FROM bank_statement s {TABLES} WHERE s.id = $1");
    let row: Option<Row> = open.one(&sql, [id.into()]).await?;
    row.ok_or(Error::NotFound)?.view()
}
