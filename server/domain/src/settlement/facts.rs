//! What settlements read beside metering's own answers: seconds rated before, and leases whose hold must be closed.

use sea_orm::FromQueryResult;
use types::{LeaseId, PriceId, TaxRuleId, Timestamp};
use uuid::Uuid;

use crate::{Result, Tx};

/// Seconds that were rated of a lease at one price and tax.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(crate) struct RatedBefore {
    pub(crate) lease_id: LeaseId,
    pub(crate) price_id: PriceId,
    pub(crate) tax_rule_id: TaxRuleId,
    pub(crate) seconds: i64,
}

/// How many seconds of these leases were rated before, by price and tax.
pub(crate) async fn rated_before_in(tx: &Tx, leases: Vec<Uuid>) -> Result<Vec<RatedBefore>> {
    let sql =
        "SELECT lease_id, price_id, tax_rule_id, sum(extract(epoch FROM ended_at - started_at))::bigint AS seconds
               FROM rated_item WHERE organisation_id = $1 AND lease_id = ANY($2)
               GROUP BY lease_id, price_id, tax_rule_id";
    tx.all(sql, [tx.organisation.into(), leases.into()]).await
}

#[derive(FromQueryResult)]
struct EndRow {
    ended_at: Option<Timestamp>,
}

/// The earliest end of a lease whose hold is still open.
pub(crate) async fn first_end_in(tx: &Tx) -> Result<Option<Timestamp>> {
    let sql = "SELECT min(l.ended_at) AS ended_at FROM hold h
               JOIN lease l ON l.organisation_id = h.organisation_id AND l.id = h.lease_id
               WHERE h.organisation_id = $1 AND h.state = 'open'";
    Ok(tx.one(sql, [tx.organisation.into()]).await?.and_then(|row: EndRow| row.ended_at))
}
