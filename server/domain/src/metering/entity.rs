//! The tables `lease_fact` and `usage_interval`.

use sea_orm::FromQueryResult;
use types::{ClusterId, IntervalId, IntervalReason, LeaseId, Timestamp};

use super::{
    cuts::{Cuts, Interval},
    facts::{Fact, FactKind},
    timeline::Span,
};
use crate::{Open, Result, Tx};

#[derive(FromQueryResult)]
struct FactRow {
    lease_id: LeaseId,
    kind: FactKind,
    generation: i32,
    stated_at: Timestamp,
    seen_at: Timestamp,
    container_id: Option<String>,
    since: Option<Timestamp>,
    reason: Option<IntervalReason>,
}

impl From<FactRow> for Fact {
    fn from(row: FactRow) -> Self {
        let FactRow { kind, generation, stated_at, seen_at, container_id, since, reason, .. } = row;
        Self { kind, generation, stated_at, seen_at, container_id, since, reason }
    }
}

#[derive(FromQueryResult)]
struct IntervalRow {
    id: IntervalId,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    reason: Option<IntervalReason>,
    container_id: Option<String>,
    rated_from: Option<Timestamp>,
    rated_to: Option<Timestamp>,
}

impl From<IntervalRow> for Interval {
    fn from(row: IntervalRow) -> Self {
        let IntervalRow { started_at, ended_at, reason, container_id, .. } = row;
        let span = Span { started_at, ended_at, reason, container_id };
        Self { id: row.id, span, rated: row.rated_from.zip(row.rated_to) }
    }
}

/// All that is known of a lease.
pub(super) async fn facts_in(tx: &Tx, lease: LeaseId) -> Result<Vec<Fact>> {
    let sql = "SELECT lease_id, kind, generation, stated_at, seen_at, container_id, since, reason FROM lease_fact
               WHERE organisation_id = $1 AND lease_id = $2";
    let rows: Vec<FactRow> = tx.all(sql, [tx.organisation.into(), lease.into()]).await?;
    Ok(rows.into_iter().map(Fact::from).collect())
}

/// All that is known of the leases of a cluster that may have a pod, of all organisations.
pub(super) async fn facts_of_living_in(open: &Open, cluster: ClusterId) -> Result<Vec<(LeaseId, Fact)>> {
    let sql = "SELECT f.lease_id, f.kind, f.generation, f.stated_at, f.seen_at, f.container_id, f.since, f.reason
               FROM lease l JOIN lease_fact f ON f.organisation_id = l.organisation_id AND f.lease_id = l.id
               WHERE l.cluster_id = $1 AND (l.ended_at IS NULL OR (l.pod_uid IS NOT NULL AND l.pod_gone_at IS NULL))";
    let rows: Vec<FactRow> = open.all(sql, [cluster.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.lease_id, Fact::from(row))).collect())
}

/// Keeps a fact, or what was learnt more of it.
pub(super) async fn keep_fact_in(tx: &Tx, lease: LeaseId, fact: &Fact) -> Result<()> {
    let sql = "INSERT INTO lease_fact (organisation_id, lease_id, kind, generation, stated_at, seen_at, container_id,
                   since, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               ON CONFLICT ON CONSTRAINT fact_is_known_once DO UPDATE SET seen_at = excluded.seen_at,
                   container_id = excluded.container_id, since = excluded.since, reason = excluded.reason";
    let values = [
        tx.organisation.into(),
        lease.into(),
        fact.kind.into(),
        fact.generation.into(),
        fact.stated_at.into(),
        fact.seen_at.into(),
        fact.container_id.clone().into(),
        fact.since.into(),
        fact.reason.map(IntervalReason::word).into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// A lease's intervals, oldest first, with what was rated of each.
pub(super) async fn intervals_in(tx: &Tx, lease: LeaseId) -> Result<Vec<Interval>> {
    let sql = "SELECT i.id, i.started_at, i.ended_at, i.reason, i.container_id,
                      min(r.started_at) AS rated_from, max(r.ended_at) AS rated_to
               FROM usage_interval i LEFT JOIN rated_item r
                    ON r.organisation_id = i.organisation_id AND r.lease_id = i.lease_id AND r.interval_id = i.id
               WHERE i.organisation_id = $1 AND i.lease_id = $2 GROUP BY i.organisation_id, i.id ORDER BY i.started_at";
    let rows: Vec<IntervalRow> = tx.all(sql, [tx.organisation.into(), lease.into()]).await?;
    Ok(rows.into_iter().map(Interval::from).collect())
}

/// Writes cuts, in the order in which nothing ever overlaps.
pub(super) async fn cut_in(tx: &Tx, lease: LeaseId, cuts: Cuts) -> Result<()> {
    for id in cuts.deleted {
        let sql = "DELETE FROM usage_interval WHERE organisation_id = $1 AND id = $2";
        tx.run(sql, [tx.organisation.into(), id.into()]).await?;
    }
    for (id, span) in cuts.changed {
        let sql = "UPDATE usage_interval SET started_at = $3, ended_at = $4, billable = $5, reason = $6,
                       container_id = $7, cut_at = $8 WHERE organisation_id = $1 AND id = $2";
        write(tx, sql, id.into(), span).await?;
    }
    for span in cuts.added {
        let sql = "INSERT INTO usage_interval (organisation_id, id, started_at, ended_at, billable, reason,
                       container_id, cut_at, lease_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let [a, b, c, d, e, f, g, h] = values(tx, IntervalId::new(tx.now).into(), span);
        tx.run(sql, [a, b, c, d, e, f, g, h, lease.into()]).await?;
    }
    Ok(())
}

async fn write(tx: &Tx, sql: &str, id: sea_orm::Value, span: Span) -> Result<()> {
    tx.run(sql, values(tx, id, span)).await.map(drop)
}

fn values(tx: &Tx, id: sea_orm::Value, span: Span) -> [sea_orm::Value; 8] {
    [
        tx.organisation.into(),
        id,
        span.started_at.into(),
        span.ended_at.into(),
        span.reason.is_none().into(),
        span.reason.map(IntervalReason::word).into(),
        span.container_id.into(),
        tx.now.into(),
    ]
}
