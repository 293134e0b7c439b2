//! What settlements read beside metering's own answers: how many seconds were rated before.

use sea_orm::FromQueryResult;
use types::{LeaseId, PriceId, TaxRuleId};
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
