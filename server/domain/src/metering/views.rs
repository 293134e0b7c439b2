//! Attempts with their stations and seconds, as people see them.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use types::{
    AttemptView, CostInputs, Currency, InstanceId, IntervalId, IntervalReason, IntervalView, LeaseId, Phase,
    StationView, Timestamp,
};

use crate::{Error, Result, Tx};

/// Attempts that a screen shows.
const MOST_ATTEMPTS: i64 = 20;
/// Stretches that a screen shows of one attempt.
const MOST_INTERVALS: i64 = 500;

#[derive(FromQueryResult)]
struct LeaseRow {
    id: LeaseId,
    attempt: i32,
    node_name: Option<String>,
    pod_created_at: Option<Timestamp>,
    scheduled_at: Option<Timestamp>,
    pulling_at: Option<Timestamp>,
    starting_at: Option<Timestamp>,
    ready_at: Option<Timestamp>,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct IntervalRow {
    lease_id: LeaseId,
    id: IntervalId,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    billable: bool,
    reason: Option<IntervalReason>,
}

#[derive(FromQueryResult)]
struct CostRow {
    currency: Currency,
    billed_s: i64,
    unbilled_s: i64,
    rated_s: i64,
    rated_net: i64,
    rated_gross: i64,
}

/// An instance's attempts, newest first.
pub(crate) async fn attempts_in(tx: &Tx, instance: InstanceId) -> Result<Vec<AttemptView>> {
    let sql = "SELECT id, attempt, node_name, pod_created_at, scheduled_at, pulling_at, starting_at, ready_at,
                      started_at, ended_at
               FROM lease WHERE organisation_id = $1 AND subject_id = $2 ORDER BY attempt DESC LIMIT $3";
    let rows: Vec<LeaseRow> = tx.all(sql, [tx.organisation.into(), instance.into(), MOST_ATTEMPTS.into()]).await?;
    let mut intervals = intervals_in(tx, instance).await?;
    let view = |row: LeaseRow| AttemptView { intervals: intervals.remove(&row.id).unwrap_or_default(), ..row.view() };
    Ok(rows.into_iter().map(view).collect())
}

/// What an instance's cost is made of; `micros_per_hour` is its price now, of all units.
pub(crate) async fn cost_of_in(tx: &Tx, instance: InstanceId, micros_per_hour: Option<i64>) -> Result<CostInputs> {
    let sql = "SELECT o.currency, s.billed_s, s.unbilled_s, r.rated_s, r.rated_net, r.rated_gross FROM organisation o,
                   (SELECT coalesce(sum(seconds) FILTER (WHERE billable), 0)::bigint AS billed_s,
                           coalesce(sum(seconds) FILTER (WHERE NOT billable), 0)::bigint AS unbilled_s
                    FROM (SELECT i.billable, greatest(extract(epoch FROM coalesce(i.ended_at, $3) - i.started_at), 0) AS seconds
                          FROM lease l JOIN usage_interval i ON i.organisation_id = l.organisation_id AND i.lease_id = l.id
                          WHERE l.organisation_id = $1 AND l.subject_id = $2) i) s,
                   (SELECT coalesce(sum(extract(epoch FROM r.ended_at - r.started_at)), 0)::bigint AS rated_s,
                           coalesce(sum(r.net), 0)::bigint AS rated_net, coalesce(sum(r.gross), 0)::bigint AS rated_gross
                    FROM lease l JOIN rated_item r ON r.organisation_id = l.organisation_id AND r.lease_id = l.id
                    WHERE l.organisation_id = $1 AND l.subject_id = $2) r
               WHERE o.id = $1";
    let values = [tx.organisation.into(), instance.into(), tx.now.floor().into()];
    let row: CostRow = tx.one(sql, values).await?.ok_or(Error::NotFound)?;
    Ok(CostInputs {
        currency: row.currency,
        micros_per_hour,
        billed_s: row.billed_s,
        unbilled_s: row.unbilled_s,
        rated_s: row.rated_s,
        rated_net_micros: row.rated_net,
        rated_gross_micros: row.rated_gross,
    })
}

async fn intervals_in(tx: &Tx, instance: InstanceId) -> Result<HashMap<LeaseId, Vec<IntervalView>>> {
    let sql = "SELECT l.id AS lease_id, i.id, i.started_at, i.ended_at, i.billable, i.reason
               FROM (SELECT id FROM lease WHERE organisation_id = $1 AND subject_id = $2
                     ORDER BY attempt DESC LIMIT $3) l
               CROSS JOIN LATERAL (
                   SELECT id, started_at, ended_at, billable, reason FROM usage_interval
                   WHERE organisation_id = $1 AND lease_id = l.id ORDER BY started_at DESC LIMIT $4) i
               ORDER BY i.started_at";
    let values = [tx.organisation.into(), instance.into(), MOST_ATTEMPTS.into(), MOST_INTERVALS.into()];
    let mut by_lease = HashMap::<LeaseId, Vec<IntervalView>>::new();
    for row in tx.all::<IntervalRow, 4>(sql, values).await? {
        let IntervalRow { lease_id, id, started_at, ended_at, billable, reason } = row;
        by_lease.entry(lease_id).or_default().push(IntervalView { id, started_at, ended_at, billable, reason });
    }
    Ok(by_lease)
}

impl LeaseRow {
    fn view(self) -> AttemptView {
        let stations = [
            (Phase::Queued, Some(self.started_at)),
            (Phase::Scheduling, self.pod_created_at),
            (Phase::Pulling, self.pulling_at.or(self.scheduled_at)),
            (Phase::Starting, self.starting_at),
            (Phase::Running, self.ready_at),
        ];
        let station = |(phase, at): (Phase, Option<Timestamp>)| at.map(|at| StationView { phase, at });
        AttemptView {
            lease: self.id,
            attempt: self.attempt.unsigned_abs(),
            node: self.node_name,
            started_at: self.started_at,
            ended_at: self.ended_at,
            stations: stations.into_iter().filter_map(station).collect(),
            intervals: Vec::new(),
        }
    }
}
