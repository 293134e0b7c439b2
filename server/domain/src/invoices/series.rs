//! The numbers of the seller's documents: each kind has a series of its own, gap-free in each year of its calendar.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use types::OrganisationId;

use super::entity::date;
use crate::{Error, Result, Tx};

/// A series: what it numbers, and what its numbers begin with.
pub(super) struct Series {
    kind: &'static str,
    pub(super) prefix: &'static str,
}

/// The invoices'.
pub(super) const INVOICES: Series = Series { kind: "invoice", prefix: "TM" };
/// The credit notes'.
pub(super) const CREDIT_NOTES: Series = Series { kind: "credit_note", prefix: "TMC" };
/// The receipts'.
pub(super) const RECEIPTS: Series = Series { kind: "receipt", prefix: "TMR" };

#[derive(FromQueryResult)]
struct NumberRow {
    number: i32,
    issued_on: String,
}

/// The next number of the seller's series and its date. Take it last: others wait for it until the commit.
pub(super) async fn take_number_in(
    tx: &Tx,
    series: &Series,
    seller: OrganisationId,
    today: Date,
) -> Result<(String, Date)> {
    let sql = "SELECT number, issued_on::text FROM take_document_number($1, $2, $3, $4::text::date)";
    let values = [seller.into(), series.kind.into(), i32::from(today.year()).into(), today.to_string().into()];
    let row: NumberRow = tx.one(sql, values).await?.ok_or_else(|| Error::Corrupt("no document number".to_owned()))?;
    let issued_on = date(Some(&row.issued_on))?.unwrap_or(today);
    Ok((format!("{}-{:04}-{:06}", series.prefix, today.year(), row.number), issued_on))
}
