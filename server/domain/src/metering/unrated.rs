//! What money asks of metering: seconds that no settlement has rated, and leases that run.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{ClusterId, FlavourId, InstanceId, IntervalId, LeaseId, ProjectId, Timestamp};
use uuid::Uuid;

use crate::{Result, Tx};

/// Billable seconds of one interval without a rated item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnratedStretch {
    /// The interval they are of.
    pub interval: IntervalId,
    /// Its lease.
    pub lease: LeaseId,
    /// Whose share of the organisation pays.
    pub project: ProjectId,
    /// What was used.
    pub flavour: FlavourId,
    /// How many units of it.
    pub units: u32,
    /// The first second.
    pub started_at: Timestamp,
    /// The second after the last.
    pub ended_at: Timestamp,
}

impl UnratedStretch {
    /// What is left of it between what was rated, which comes in order.
    pub(crate) fn without(&self, rated: impl IntoIterator<Item = (Timestamp, Timestamp)>) -> Vec<Self> {
        let mut holes = Vec::new();
        let mut at = self.started_at;
        for (from, to) in rated {
            holes.push((at, from.min(self.ended_at)));
            at = at.max(to);
        }
        holes.push((at, self.ended_at));
        let stretch = |(started_at, ended_at)| Self { started_at, ended_at, ..self.clone() };
        holes.into_iter().filter(|(from, to)| from < to).map(stretch).collect()
    }
}

/// A lease that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningLease {
    /// Its id.
    pub lease: LeaseId,
    /// Of which instance; of a volume, its UUID as such an id.
    pub instance: InstanceId,
    /// Whether it is of a volume, which has a lifeboat.
    pub is_volume: bool,
    /// Whose share of the organisation pays.
    pub project: ProjectId,
    /// What is used.
    pub flavour: FlavourId,
    /// How many units of it.
    pub units: u32,
    /// Where.
    pub cluster: ClusterId,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// Since when each second is billed; nothing while none is.
    pub billable_since: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct IntervalRow {
    id: IntervalId,
    lease_id: LeaseId,
    project_id: ProjectId,
    flavour_id: FlavourId,
    units: i32,
    started_at: Timestamp,
    ended_at: Timestamp,
    rated_from: Option<Timestamp>,
    rated_to: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct LeaseRow {
    id: LeaseId,
    subject_id: InstanceId,
    is_volume: bool,
    project_id: ProjectId,
    flavour_id: FlavourId,
    units: i32,
    cluster_id: ClusterId,
    started_at: Timestamp,
    billable_since: Option<Timestamp>,
}

/// The intervals that may have seconds before $2 that are not rated: those that go on or ended after the last
/// settlement's end, those that facts cut about its time or later, and those that it passed over without a price.
const CANDIDATES: &str = "
    SELECT i.id, i.lease_id, i.started_at, least(i.ended_at, $2) AS ended_at
    FROM usage_interval i
    WHERE i.organisation_id = $1 AND i.billable AND i.started_at < $2 AND (
        i.ended_at IS NULL
        OR i.ended_at > (SELECT settled_through FROM settlement_timer WHERE organisation_id = $1)
        OR i.unpriced_from IS NOT NULL
        OR i.cut_at >= (SELECT coalesce(max(at), '2000-01-01') FROM settlement WHERE organisation_id = $1) - interval '10 minutes')";

/// Every billable second before `through` that has no rated item, by start and lease.
///
/// # Errors
/// Only the database's own.
pub async fn unrated_in(tx: &Tx, through: Timestamp) -> Result<Vec<UnratedStretch>> {
    let sql = format!(
        "SELECT c.id, c.lease_id, l.project_id, l.flavour_id, l.units, c.started_at, c.ended_at,
                r.started_at AS rated_from, r.ended_at AS rated_to
         FROM ({CANDIDATES}) c JOIN lease l ON l.organisation_id = $1 AND l.id = c.lease_id
         LEFT JOIN rated_item r ON r.organisation_id = $1 AND r.lease_id = c.lease_id AND r.interval_id = c.id
         ORDER BY c.id, r.started_at"
    );
    let rows: Vec<IntervalRow> = tx.all(&sql, [tx.organisation.into(), through.into()]).await?;
    let mut stretches: Vec<_> = rows.chunk_by(|row, next| row.id == next.id).flat_map(stretches).collect();
    stretches.sort_by_key(|stretch| (stretch.started_at, stretch.lease));
    Ok(stretches)
}

/// Moves the organisation's watermark to `through`, and remembers the first second of each interval that the settlement
/// passed over since it had no price or no tax; all others have none.
pub(crate) async fn mark_settled_in(
    tx: &Tx,
    through: Timestamp,
    unpriced: &BTreeMap<IntervalId, Timestamp>,
) -> Result<()> {
    // The intervals are written before the timer, as by whoever cuts them and calculates it then: the count makes sure.
    let sql = "WITH priced AS (
                   UPDATE usage_interval SET unpriced_from = NULL
                   WHERE organisation_id = $1 AND billable AND unpriced_from IS NOT NULL AND NOT id = ANY($3)
                   RETURNING id)
               UPDATE settlement_timer SET settled_through = $2 FROM (SELECT count(*) FROM priced) p
               WHERE organisation_id = $1";
    let ids: Vec<Uuid> = unpriced.keys().map(|id| id.uuid()).collect();
    if !ids.is_empty() {
        mark_unpriced_in(tx, unpriced).await?;
    }
    tx.run(sql, [tx.organisation.into(), through.into(), ids.into()]).await.map(drop)
}

async fn mark_unpriced_in(tx: &Tx, first: &BTreeMap<IntervalId, Timestamp>) -> Result<()> {
    let rows: Vec<_> = first.iter().map(|(id, from)| serde_json::json!({ "id": id.uuid(), "from": from })).collect();
    let sql = "UPDATE usage_interval i SET unpriced_from = x.\"from\"
               FROM jsonb_to_recordset($2) AS x (id uuid, \"from\" timestamptz)
               WHERE i.organisation_id = $1 AND i.id = x.id";
    tx.run(sql, [tx.organisation.into(), serde_json::Value::from(rows).into()]).await.map(drop)
}

/// The organisation's leases that have not ended, oldest first.
///
/// # Errors
/// Only the database's own.
pub async fn open_leases_in(tx: &Tx) -> Result<Vec<RunningLease>> {
    let sql = "SELECT l.id, l.subject_id, l.subject_kind = 'volume' AS is_volume, l.project_id, l.flavour_id, l.units,
                      l.cluster_id, l.started_at, i.started_at AS billable_since
               FROM lease l LEFT JOIN usage_interval i ON i.organisation_id = l.organisation_id AND i.lease_id = l.id
                    AND i.ended_at IS NULL AND i.billable
               WHERE l.organisation_id = $1 AND l.ended_at IS NULL ORDER BY l.started_at, l.id";
    let rows: Vec<LeaseRow> = tx.all(sql, [tx.organisation.into()]).await?;
    Ok(rows.into_iter().map(RunningLease::from).collect())
}

impl From<LeaseRow> for RunningLease {
    fn from(row: LeaseRow) -> Self {
        Self {
            lease: row.id,
            instance: row.subject_id,
            is_volume: row.is_volume,
            project: row.project_id,
            flavour: row.flavour_id,
            units: row.units.unsigned_abs(),
            cluster: row.cluster_id,
            started_at: row.started_at,
            billable_since: row.billable_since,
        }
    }
}

/// What is left of one interval, which the rows tell once for each of its rated items.
fn stretches(rows: &[IntervalRow]) -> Vec<UnratedStretch> {
    let row = &rows[0];
    let whole = UnratedStretch {
        interval: row.id,
        lease: row.lease_id,
        project: row.project_id,
        flavour: row.flavour_id,
        units: row.units.unsigned_abs(),
        started_at: row.started_at,
        ended_at: row.ended_at,
    };
    whole.without(rows.iter().filter_map(|row| row.rated_from.zip(row.rated_to)))
}
