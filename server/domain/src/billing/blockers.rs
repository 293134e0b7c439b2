//! The clusters that a close waits for: those with leases in the period whose facts are not certain up to its end.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{CloseBlocker, ClusterId, OrganisationId, Timestamp};

use crate::{Error, Open, Result, metering::SETTLING_DELAY_S};

/// A period that somebody wants to close.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Closing {
    pub(super) organisation_id: uuid::Uuid,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    cluster_id: ClusterId,
    name: String,
    known_through: Timestamp,
    trouble: Option<String>,
}

/// Of each period, the clusters that it waits for, by name. One statement for all of them.
pub(super) async fn blockers_in(open: &Open, closing: &[Closing]) -> Result<Vec<(OrganisationId, CloseBlocker)>> {
    let sql = "SELECT p.organisation_id, c.id AS cluster_id, c.name, o.trouble,
                      coalesce(o.observed_through - $2::bigint * interval '1 second', p.started_at) AS known_through
               FROM jsonb_to_recordset($1) AS p (organisation_id uuid, started_at timestamptz, ended_at timestamptz)
               CROSS JOIN LATERAL (
                   SELECT DISTINCT l.cluster_id FROM lease l
                   WHERE l.organisation_id = p.organisation_id AND l.started_at < p.ended_at
                   AND (l.ended_at IS NULL OR l.ended_at > p.started_at)) used
               JOIN cluster c ON c.id = used.cluster_id
               LEFT JOIN cluster_observation o ON o.cluster_id = c.id
               WHERE (o.observed_through IS NULL OR o.observed_through < p.ended_at + $2::bigint * interval '1 second')
               AND NOT EXISTS (SELECT 1 FROM cluster_waiver w WHERE w.organisation_id = p.organisation_id
                               AND w.cluster_id = c.id AND w.waived_through >= p.ended_at)
               ORDER BY c.name";
    let closing = serde_json::to_value(closing).map_err(|error| Error::Corrupt(format!("periods: {error}")))?;
    let rows: Vec<Row> = open.all(sql, [closing.into(), SETTLING_DELAY_S.into()]).await?;
    let blocker = |row: Row| {
        let Row { organisation_id, cluster_id: cluster, name, known_through, trouble } = row;
        (organisation_id, CloseBlocker { cluster, name, known_through, trouble })
    };
    Ok(rows.into_iter().map(blocker).collect())
}
