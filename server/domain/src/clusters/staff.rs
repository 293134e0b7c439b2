//! What the hub's staff read of clusters, across organisations.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{
    Argument, ClusterId, ClusterView, EventView, GpuResource, GpuView, HallView, InstanceId, InstanceReason, LeaseId,
    List, NodeSeen, NodeView, OrganisationId, Phase, Timestamp, UnconfirmedView, UsedId, WaitingView,
};
use uuid::Uuid;

use super::questions::list_questions;
use crate::{
    Error, Open, Result,
    access::{Survey, policy::ReadNodes},
};

/// Days of unconfirmed seconds that the operator sees.
const UNCONFIRMED_DAYS: i64 = 30;

/// Everything that the operator looks at first; in one reading transaction its parts agree.
///
/// # Errors
/// Only the database's own.
pub async fn hall(open: &Open, survey: &Survey<ReadNodes>) -> Result<HallView> {
    Ok(HallView {
        clusters: list_clusters(open, survey).await?.items,
        nodes: list_nodes(open, survey).await?.items,
        waiting: list_waiting(open, survey).await?.items,
        questions: list_questions(open, survey).await?.items,
        unconfirmed: list_unconfirmed(open, survey).await?.items,
    })
}

#[derive(FromQueryResult)]
struct ClusterRow {
    id: ClusterId,
    name: String,
    region: String,
    simulated: bool,
    observed_through: Option<Timestamp>,
    trouble: Option<String>,
    skew_ms: i64,
}

/// Every cluster, by name.
///
/// # Errors
/// Only the database's own.
pub async fn list_clusters(open: &Open, _: &Survey<ReadNodes>) -> Result<List<ClusterView>> {
    let sql =
        "SELECT c.id, c.name, c.region, c.simulated, o.observed_through, o.trouble, coalesce(o.skew_ms, 0) AS skew_ms
               FROM cluster c LEFT JOIN cluster_observation o ON o.cluster_id = c.id ORDER BY c.name";
    let view = |row: ClusterRow| ClusterView {
        id: row.id,
        name: row.name,
        region: row.region,
        simulated: row.simulated,
        observed_through: row.observed_through,
        trouble: row.trouble,
        skew_ms: row.skew_ms,
    };
    Ok(whole(open.all::<ClusterRow, 0>(sql, []).await?.into_iter().map(view)))
}

#[derive(FromQueryResult)]
struct NodeRow {
    cluster: String,
    seen: serde_json::Value,
    seen_at: Timestamp,
    gone_at: Option<Timestamp>,
}

/// Every node, by cluster and name; one that is gone for a day is not shown.
///
/// # Errors
/// Only the database's own.
pub async fn list_nodes(open: &Open, _: &Survey<ReadNodes>) -> Result<List<NodeView>> {
    let sql = "SELECT c.name AS cluster, n.seen, n.seen_at, n.gone_at FROM node n JOIN cluster c ON c.id = n.cluster_id
               WHERE n.gone_at IS NULL OR n.gone_at > $1 ORDER BY c.name, n.name";
    let rows: Vec<NodeRow> = open.all(sql, [open.now.plus_seconds(-24 * 3600).into()]).await?;
    let items = rows.into_iter().map(NodeRow::view).collect::<Result<_>>()?;
    Ok(List { items, next_cursor: None })
}

impl NodeRow {
    fn view(self) -> Result<NodeView> {
        let unreadable = |error| Error::Corrupt(format!("node: {error}"));
        let node: NodeSeen = serde_json::from_value(self.seen).map_err(unreadable)?;
        Ok(NodeView {
            cluster: self.cluster,
            ready: self.gone_at.is_none() && node.ready.is_some_and(|ready| ready.holds),
            ready_since: node.ready.map(|ready| ready.at),
            gpus: node.gpus.into_iter().map(gpu_view).collect(),
            name: node.name,
            product: node.product,
            zone: node.zone,
            renewed_at: node.renewed_at,
            cordoned: node.cordoned,
            simulated: node.simulated,
            seen_at: self.seen_at,
            gone_at: self.gone_at,
        })
    }
}

fn gpu_view(gpu: GpuResource) -> GpuView {
    GpuView {
        resource: gpu.resource,
        n_capacity: gpu.capacity,
        n_allocatable: gpu.allocatable,
        n_ours: gpu.ours,
        n_foreign: gpu.foreign,
    }
}

#[derive(FromQueryResult)]
struct WaitingRow {
    organisation_id: OrganisationId,
    slug: String,
    organisation_name: String,
    id: InstanceId,
    name: String,
    flavour: String,
    units: i32,
    phase: Phase,
    phase_at: Timestamp,
    deadline_at: Option<Timestamp>,
    reason: Option<InstanceReason>,
    reason_arguments: Option<serde_json::Value>,
    event_reason: Option<String>,
    event_message: Option<String>,
    event_at: Option<Timestamp>,
    node_name: Option<String>,
}

/// Every instance that waits or is degraded, with the reason and since when; the longest first, at most 500.
///
/// # Errors
/// Only the database's own.
pub async fn list_waiting(open: &Open, _: &Survey<ReadNodes>) -> Result<List<WaitingView>> {
    let sql = "SELECT i.organisation_id, o.slug, o.name AS organisation_name, i.id, i.name, f.name AS flavour, i.units,
                   i.phase, i.phase_at, i.deadline_at, i.reason, i.reason_arguments, i.event_reason, i.event_message,
                   i.event_at, l.node_name
               FROM instance i JOIN organisation o ON o.id = i.organisation_id JOIN flavour f ON f.id = i.flavour_id
               LEFT JOIN lease l ON l.subject_id = i.id AND l.attempt = i.attempt
               WHERE i.phase IN ('requested', 'queued', 'scheduling', 'pulling', 'starting', 'degraded', 'stopping')
               ORDER BY i.phase_at, i.id LIMIT 500";
    let rows: Vec<WaitingRow> = open.all(sql, []).await?;
    Ok(whole(rows.into_iter().map(WaitingRow::view)))
}

impl WaitingRow {
    fn view(self) -> WaitingView {
        WaitingView {
            event: event(self.event_reason, self.event_message, self.event_at),
            reason_arguments: arguments(self.reason_arguments),
            organisation: self.organisation_id,
            organisation_slug: self.slug,
            organisation_name: self.organisation_name,
            instance: self.id,
            name: self.name,
            flavour: self.flavour,
            units: self.units.unsigned_abs(),
            phase: self.phase,
            since: self.phase_at,
            deadline_at: self.deadline_at,
            reason: self.reason,
            node: self.node_name,
        }
    }
}

/// What a reason's sentence needs to know, as it was stored.
pub(crate) fn arguments(stored: Option<serde_json::Value>) -> BTreeMap<String, Argument> {
    stored.and_then(|stored| serde_json::from_value(stored).ok()).unwrap_or_default()
}

/// The cluster's last event, where there was one.
pub(crate) fn event(reason: Option<String>, message: Option<String>, at: Option<Timestamp>) -> Option<EventView> {
    Some(EventView { reason: reason?, message: message?, at: at? })
}

#[derive(FromQueryResult)]
struct UnconfirmedRow {
    organisation_id: OrganisationId,
    organisation_name: String,
    subject_id: Uuid,
    is_volume: bool,
    name: String,
    lease_id: LeaseId,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
}

/// Seconds of the last 30 days that nobody saw and that are not billed, newest first; at most 200 stretches.
///
/// # Errors
/// Only the database's own.
pub async fn list_unconfirmed(open: &Open, _: &Survey<ReadNodes>) -> Result<List<UnconfirmedView>> {
    let sql = "SELECT u.organisation_id, o.name AS organisation_name, l.subject_id,
                   l.subject_kind = 'volume' AS is_volume, coalesce(i.name, v.name) AS name, u.lease_id, u.started_at,
                   u.ended_at
               FROM usage_interval u JOIN lease l ON l.id = u.lease_id
               LEFT JOIN instance i ON i.id = l.instance_id LEFT JOIN volume v ON v.id = l.volume_id
               JOIN organisation o ON o.id = u.organisation_id
               WHERE u.reason = 'unconfirmed' AND u.started_at >= $1 ORDER BY u.started_at DESC LIMIT 200";
    let since = open.now.plus_seconds(-UNCONFIRMED_DAYS * 24 * 3600);
    let view = |row: UnconfirmedRow| UnconfirmedView {
        organisation: row.organisation_id,
        organisation_name: row.organisation_name,
        instance: UsedId::of(row.subject_id, row.is_volume),
        name: row.name,
        lease: row.lease_id,
        started_at: row.started_at,
        ended_at: row.ended_at,
    };
    Ok(whole(open.all::<UnconfirmedRow, 1>(sql, [since.into()]).await?.into_iter().map(view)))
}

fn whole<T>(items: impl Iterator<Item = T>) -> List<T> {
    List { items: items.collect(), next_cursor: None }
}
