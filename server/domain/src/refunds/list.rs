//! An organisation's refunds, as it reads them.

use sea_orm::FromQueryResult;
use types::{Currency, Cursor, List, RefundId, RefundRail, RefundState, RefundView, Timestamp};

use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadBalance},
    cursor::{Place, paged},
    payments::money,
};

/// The columns of a refund `r` with who asked for it `a`.
pub(super) const COLUMNS: &str =
    "r.id, r.rail, r.state, r.amount, r.currency, r.goes_to, r.reference, r.reason, r.failure,
     a.name AS asked_by, r.asked_at, r.paid_on::text AS paid_on, r.ended_at";

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: RefundId,
    pub(super) rail: RefundRail,
    pub(super) state: RefundState,
    pub(super) amount: i64,
    pub(super) currency: Currency,
    pub(super) goes_to: Option<String>,
    reference: Option<String>,
    reason: String,
    failure: Option<String>,
    asked_by: Option<String>,
    pub(super) asked_at: Timestamp,
    paid_on: Option<String>,
    ended_at: Option<Timestamp>,
}

impl Row {
    pub(super) fn view(self) -> Result<RefundView> {
        let corrupt = |of: &str, error: &dyn std::fmt::Display| Error::Corrupt(format!("{of} of a refund: {error}"));
        let reference = self.reference.map(|text| {
            let reference = text.parse::<::payments::Reference>().map_err(|error| corrupt("reference", &error))?;
            Ok::<_, Error>(reference.to_string())
        });
        let paid_on =
            self.paid_on.map(|text| text.parse::<jiff::civil::Date>().map_err(|error| corrupt("day", &error)));
        Ok(RefundView {
            id: self.id,
            rail: self.rail,
            state: self.state,
            amount: money(self.amount, self.currency)?,
            goes_to: self.goes_to.as_deref().map(ends_with),
            reference: reference.transpose()?,
            reason: self.reason,
            failure: self.failure,
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            paid_on: paid_on.transpose()?,
            ended_at: self.ended_at,
        })
    }
}

/// The last four characters: what tells a card or an account from others.
pub(super) fn ends_with(whole: &str) -> String {
    let n = whole.chars().count().saturating_sub(4);
    whole.chars().skip(n).collect()
}

/// The organisation's refunds, the latest first.
///
/// # Errors
/// `NotFound` when the proof is of another organisation; `Invalid` for a cursor that no page gave.
pub async fn list_refunds_in(tx: &Tx, scope: &Scope<ReadBalance>, page: &Cursor) -> Result<List<RefundView>> {
    tx.admits(scope)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM refund r LEFT JOIN person a ON a.id = r.asked_by
         WHERE r.organisation_id = $1 AND ($2::timestamptz IS NULL OR (r.asked_at, r.id) < ($2, $3))
         ORDER BY r.asked_at DESC, r.id DESC LIMIT $4"
    );
    let after = Place::of(page)?;
    let (at, id) = (after.map(|place| place.at), after.map(|place| place.id));
    let limit = i64::from(page.size()) + 1;
    let rows: Vec<Row> = tx.all(&sql, [tx.organisation.into(), at.into(), id.into(), limit.into()]).await?;
    let (rows, next_cursor) = paged(rows, page, |row| Place { at: row.asked_at, id: row.id.uuid() });
    Ok(List { items: rows.into_iter().map(Row::view).collect::<Result<_>>()?, next_cursor })
}

/// One refund of the organisation.
///
/// # Errors
/// `NotFound` for another organisation's.
pub async fn refund_in(tx: &Tx, scope: &Scope<ReadBalance>, refund: RefundId) -> Result<RefundView> {
    tx.admits(scope)?;
    view_in(tx, refund).await
}

pub(super) async fn view_in(tx: &Tx, refund: RefundId) -> Result<RefundView> {
    let sql = format!(
        "SELECT {COLUMNS} FROM refund r LEFT JOIN person a ON a.id = r.asked_by
         WHERE r.organisation_id = $1 AND r.id = $2"
    );
    let row: Option<Row> = tx.one(&sql, [tx.organisation.into(), refund.into()]).await?;
    row.ok_or(Error::NotFound)?.view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_card_or_an_account_its_end_is_told() {
        assert_eq!(ends_with("4242"), "4242");
        assert_eq!(ends_with("MA64011519000001205000534921"), "4921");
        assert_eq!((ends_with(""), ends_with("12é")), (String::new(), "12é".to_owned()));
    }
}
