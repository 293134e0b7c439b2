//! Reading contested lines: one, an organisation's, an invoice's with what is open of it, and everybody's.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use types::{
    Cursor, DisputeDeskView, DisputeId, DisputeState, DisputeView, InvoiceDisputes, InvoiceId, InvoiceStatus, List,
};

use super::{
    entity::{self, BESIDE, COLUMNS, Row},
    open_amount_in, rules,
};
use crate::{
    Error, Open, Result, Tx,
    access::{Scope, Survey, policy::ReadInvoices},
    billing,
    cursor::{Place, paged},
};

/// One contested line.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn dispute_in(tx: &Tx, scope: &Scope<ReadInvoices>, dispute: DisputeId) -> Result<DisputeView> {
    tx.admits(scope)?;
    entity::view_in(tx, dispute).await
}

/// The lines that the organisation contested, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_disputes_in(tx: &Tx, scope: &Scope<ReadInvoices>, page: &Cursor) -> Result<List<DisputeView>> {
    tx.admits(scope)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM dispute d {BESIDE}
         WHERE d.organisation_id = $1 AND ($2::timestamptz IS NULL OR (d.opened_at, d.id) < ($2, $3))
         ORDER BY d.opened_at DESC, d.id DESC LIMIT $4"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), at.into(), id.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.opened_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::view).collect::<Result<_>>()?, next_cursor })
}

#[derive(FromQueryResult)]
struct Invoice {
    status: InvoiceStatus,
    issued_on: Option<String>,
}

/// What of an invoice is contested, the latest 200, and until when more can be.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn disputes_of_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<InvoiceDisputes> {
    tx.admits(scope)?;
    let sql =
        "SELECT v.status, v.issued_on::text AS issued_on FROM invoice v WHERE v.organisation_id = $1 AND v.id = $2";
    let row: Option<Invoice> = tx.one(sql, [tx.organisation.into(), invoice.into()]).await?;
    let row = row.ok_or(Error::NotFound)?;
    let issued_on = row.issued_on.filter(|_| row.status == InvoiceStatus::Finalised);
    let issued_on = issued_on.map(|day| day.parse::<Date>().map_err(|error| Error::Corrupt(format!("{day}: {error}"))));
    let until = issued_on.transpose()?.map(rules::last_day);
    let today = billing::day(tx.now, &billing::seller_zone_in(tx).await?);
    let sql = format!(
        "SELECT {COLUMNS} FROM dispute d {BESIDE} WHERE d.organisation_id = $1 AND d.invoice_id = $2
         ORDER BY d.opened_at DESC, d.id DESC LIMIT 200"
    );
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), invoice.into()]).await?;
    Ok(InvoiceDisputes {
        until,
        is_contestable: until.is_some_and(|until| today <= until),
        open: open_amount_in(tx, invoice).await?,
        disputes: rows.into_iter().map(Row::view).collect::<Result<_>>()?,
    })
}

#[derive(FromQueryResult)]
struct Listed {
    organisation_name: String,
    slug: String,
    #[sea_orm(nested)]
    dispute: Row,
}

/// The contested lines of all organisations, the one that waits longest first; of one state where one is said.
///
/// # Errors
/// `Invalid` for a cursor that no page gave.
pub async fn list_all_disputes(
    open: &Open,
    _: &Survey<ReadInvoices>,
    state: Option<DisputeState>,
    page: &Cursor,
) -> Result<List<DisputeDeskView>> {
    // Said apart, so that each is read along an index of its own.
    let wanted = if state.is_some() { "d.state = $1" } else { "$1::text IS NULL" };
    let sql = format!(
        "SELECT {COLUMNS}, o.name AS organisation_name, o.slug
         FROM (SELECT * FROM dispute d
               WHERE {wanted} AND ($2::timestamptz IS NULL OR (d.opened_at, d.id) > ($2, $3))
               ORDER BY d.opened_at, d.id LIMIT $4) d
         {BESIDE} JOIN organisation o ON o.id = d.organisation_id
         ORDER BY d.opened_at, d.id"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let values = [state.map(DisputeState::word).into(), at.into(), id.into(), limit.into()];
    let rows: Vec<Listed> = open.all(&sql, values).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.dispute.opened_at, id: row.dispute.id.uuid() });
    let view = |row: Listed| {
        let Listed { organisation_name, slug, dispute } = row;
        Ok(DisputeDeskView { dispute: dispute.view()?, organisation_name, slug })
    };
    Ok(List { items: rows.into_iter().map(view).collect::<Result<_>>()?, next_cursor })
}
