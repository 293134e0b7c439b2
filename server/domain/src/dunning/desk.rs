//! Everybody with something overdue, as finance looks through them: the longest overdue first.

use jiff::{civil::Date, tz::TimeZone};
use sea_orm::FromQueryResult;
use types::{Currency, Cursor, DunningCase, DunningStep, List, Money, OrganisationId, Timestamp};

use crate::{
    Error, Open, Result,
    access::{Survey, policy::ReadInvoices},
    cursor::{Place, paged},
};

const COLUMNS: &str =
    "d.organisation_id, o.name, o.slug, o.currency, d.overdue_micros, d.due_on::text AS due_on, d.step,
     d.next_at, d.paused_until, d.pause_reason, p.name AS paused_by";

const TABLES: &str = "dunning d JOIN organisation o ON o.id = d.organisation_id
     LEFT JOIN person p ON p.id = d.paused_by";

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    name: String,
    slug: String,
    currency: Currency,
    overdue_micros: i64,
    due_on: String,
    step: Option<DunningStep>,
    next_at: Timestamp,
    paused_until: Option<Timestamp>,
    pause_reason: Option<String>,
    paused_by: Option<String>,
}

impl Row {
    /// A rest that is over is none.
    fn view(self, now: Timestamp) -> Result<DunningCase> {
        let rests = self.paused_until.filter(|until| *until > now);
        Ok(DunningCase {
            organisation: self.organisation_id,
            organisation_name: self.name,
            slug: self.slug,
            amount: Money { micros: self.overdue_micros, currency: self.currency },
            due_on: day(&self.due_on)?,
            step: self.step,
            next_at: self.next_at,
            paused_until: rests,
            pause_reason: self.pause_reason.filter(|_| rests.is_some()),
            paused_by: self.paused_by.filter(|_| rests.is_some()),
        })
    }
}

fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|error| Error::Corrupt(format!("date: {error}")))
}

/// The organisations with something overdue, the longest first.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_cases(open: &Open, _: &Survey<ReadInvoices>, page: &Cursor) -> Result<List<DunningCase>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES}
         WHERE d.due_on IS NOT NULL AND ($1::text IS NULL OR (d.due_on, d.organisation_id) > ($1::text::date, $2))
         ORDER BY d.due_on, d.organisation_id LIMIT $3"
    );
    // A day stands in the place as its first instant.
    let after = Place::of(page)?;
    let from = after.map(|place| place.at.as_jiff().to_zoned(TimeZone::UTC).date().to_string());
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = open.all(&sql, [from.into(), after.map(|place| place.id).into(), limit.into()]).await?;
    let at = |row: &Row| day(&row.due_on).and_then(|day| day.to_zoned(TimeZone::UTC).map_err(beyond));
    let place = |row: &Row| Place {
        at: at(row).map_or(open.now, |day| day.timestamp().into()),
        id: row.organisation_id.uuid(),
    };
    let (rows, next_cursor) = paged(rows, page, place);
    Ok(List { items: rows.into_iter().map(|row| row.view(open.now)).collect::<Result<_>>()?, next_cursor })
}

/// One organisation's case; nothing where nothing of it is overdue.
///
/// # Errors
/// Only the database's own.
pub async fn case(open: &Open, _: &Survey<ReadInvoices>, organisation: OrganisationId) -> Result<Option<DunningCase>> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE d.organisation_id = $1 AND d.due_on IS NOT NULL");
    let row: Option<Row> = open.one(&sql, [organisation.into()]).await?;
    row.map(|row| row.view(open.now)).transpose()
}

fn beyond(error: jiff::Error) -> Error {
    Error::Corrupt(format!("calendar: {error}"))
}
