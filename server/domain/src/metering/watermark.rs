//! How far money may read facts.

use sea_orm::FromQueryResult;
use types::{OrganisationId, Timestamp};

use crate::{Error, Open, Result};

/// Seconds that money stays behind what was observed, so that facts which are learnt late come in time.
pub const SETTLING_DELAY_S: i64 = 120;

#[derive(FromQueryResult)]
struct Observed {
    settled_through: Timestamp,
    n_needed: i64,
    n_observed: i64,
    observed_through: Option<Timestamp>,
}

/// Everything of the organisation before this instant is known: the least of the clusters where it has leases that
/// run or are not settled, less the settling delay. It never goes back.
///
/// # Errors
/// [`Error::NotFound`] for an organisation without a settlement timer.
pub async fn watermark_in(open: &Open, organisation: OrganisationId) -> Result<Timestamp> {
    let sql = "WITH needed AS (
                   SELECT DISTINCT l.cluster_id FROM lease l JOIN settlement_timer t USING (organisation_id)
                   WHERE l.organisation_id = $1 AND (l.ended_at IS NULL OR l.ended_at > t.settled_through)),
               known AS (
                   -- What finance waived counts as seen: nothing of it will be billed.
                   SELECT greatest(o.observed_through, (
                              SELECT max(w.waived_through) + $2::bigint * interval '1 second' FROM cluster_waiver w
                              WHERE w.organisation_id = $1 AND w.cluster_id = needed.cluster_id)) AS observed_through
                   FROM needed LEFT JOIN cluster_observation o USING (cluster_id))
               SELECT t.settled_through, s.n_needed, s.n_observed, s.observed_through
               FROM settlement_timer t, (
                   SELECT count(*) AS n_needed, count(observed_through) AS n_observed,
                          min(observed_through) AS observed_through
                   FROM known) s
               WHERE t.organisation_id = $1";
    let values = [organisation.into(), SETTLING_DELAY_S.into()];
    let row: Observed = open.one(sql, values).await?.ok_or(Error::NotFound)?;
    let observed = match row.observed_through {
        _ if row.n_needed == 0 => open.now,
        Some(through) if row.n_observed == row.n_needed => through.min(open.now),
        _ => return Ok(row.settled_through),
    };
    Ok(observed.plus_seconds(-SETTLING_DELAY_S).floor().max(row.settled_through))
}
