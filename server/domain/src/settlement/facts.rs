//! What settlements read of the cluster's facts: billable seconds without a rated item, and leases that are open.

use sea_orm::FromQueryResult;
use types::{FlavourId, IntervalId, LeaseId, PriceId, ProjectId, TaxRuleId, Timestamp};
use uuid::Uuid;

use crate::{Result, Tx};

/// Billable seconds of an interval that no settlement has rated.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(crate) struct Stretch {
    pub(crate) interval_id: IntervalId,
    pub(crate) lease_id: LeaseId,
    pub(crate) project_id: ProjectId,
    pub(crate) flavour_id: FlavourId,
    pub(crate) units: i32,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

/// A lease that has not ended.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(crate) struct OpenLease {
    pub(crate) id: LeaseId,
    pub(crate) project_id: ProjectId,
    pub(crate) flavour_id: FlavourId,
    pub(crate) units: i32,
    /// Whether its seconds are billed now.
    pub(crate) burns: bool,
}

/// Seconds that were rated of a lease at one price and tax.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(crate) struct RatedBefore {
    pub(crate) lease_id: LeaseId,
    pub(crate) price_id: PriceId,
    pub(crate) tax_rule_id: TaxRuleId,
    pub(crate) seconds: i64,
}

/// Every billable second below `through` without a rated item, by start and lease; late ones among them.
pub(crate) async fn unrated_in(tx: &Tx, through: Timestamp) -> Result<Vec<Stretch>> {
    // The ranges are taken apart in the answer, not in a condition: their operators are not leakproof.
    let sql = r#"SELECT i.id AS interval_id, l.id AS lease_id, l.project_id, l.flavour_id, l.units,
                        lower(gap) AS "from", upper(gap) AS "to"
                 FROM usage_interval i
                 JOIN lease l ON l.organisation_id = i.organisation_id AND l.id = i.lease_id
                 CROSS JOIN LATERAL unnest(
                     tstzmultirange(tstzrange(i.started_at, least(i.ended_at, $2))) - coalesce(
                         (SELECT range_agg(tstzrange(r.started_at, r.ended_at)) FROM rated_item r
                          WHERE r.organisation_id = $1 AND r.lease_id = i.lease_id AND r.interval_id = i.id),
                         '{}')) AS gap
                 WHERE i.organisation_id = $1 AND i.billable AND i.started_at < $2
                 ORDER BY "from", l.id"#;
    tx.all(sql, [tx.organisation.into(), through.into()]).await
}

/// The organisation's leases that have not ended, the oldest first.
pub(crate) async fn open_leases_in(tx: &Tx) -> Result<Vec<OpenLease>> {
    let sql = "SELECT l.id, l.project_id, l.flavour_id, l.units,
                      EXISTS (SELECT 1 FROM usage_interval i WHERE i.organisation_id = l.organisation_id
                              AND i.lease_id = l.id AND i.billable AND i.ended_at IS NULL) AS burns
               FROM lease l WHERE l.organisation_id = $1 AND l.ended_at IS NULL ORDER BY l.started_at, l.id";
    tx.all(sql, [tx.organisation.into()]).await
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

#[derive(FromQueryResult)]
struct Observed {
    n_blind: i64,
    observed_through: Option<Timestamp>,
}

/// W: money reads facts before this instant, which lies behind what every cluster with leases of the organisation
/// has shown.
pub(crate) async fn watermark_in(tx: &Tx, settled_through: Timestamp) -> Result<Timestamp> {
    // What finance waived counts as seen: nothing of it will be billed.
    let sql = "SELECT count(*) FILTER (WHERE k.observed_through IS NULL) AS n_blind,
                      min(k.observed_through) AS observed_through
               FROM (SELECT greatest(o.observed_through, (
                                SELECT max(w.waived_through) + $3::bigint * interval '1 second' FROM cluster_waiver w
                                WHERE w.organisation_id = $1 AND w.cluster_id = l.cluster_id)) AS observed_through
                     FROM (SELECT DISTINCT cluster_id FROM lease
                           WHERE organisation_id = $1 AND (ended_at IS NULL OR ended_at > $2)) l
                     LEFT JOIN cluster_observation o ON o.cluster_id = l.cluster_id) k";
    let values = [tx.organisation.into(), settled_through.into(), super::timer::LAG_S.into()];
    let row: Option<Observed> = tx.one(sql, values).await?;
    let observed = match row {
        Some(Observed { n_blind: 0, observed_through }) => observed_through.unwrap_or(tx.now).min(tx.now),
        _ => return Ok(settled_through),
    };
    Ok(observed.plus_seconds(-super::timer::LAG_S).floor().max(settled_through))
}
