//! Wishes as the cluster's side reads them.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use types::{
    ClusterId, InstanceId, InstanceWish, MountWish, NamespaceWish, OrganisationId, PodWish, Resources, Timestamp, Wish,
};

use super::phases::READY_WITHIN_S;
use crate::{Error, Open, Result, catalogue::template, volumes};

const MIB: i64 = 1024 * 1024;
const GIB: i64 = 1024 * MIB;
/// Seconds between the polite and the hard end of a pod.
const GRACE_S: i64 = 30;

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    id: InstanceId,
    wish: Wish,
    wish_seq: i64,
    attempt: i32,
    name: String,
    template: String,
    image: String,
    environment: serde_json::Value,
    units: i32,
    resource: String,
    node_labels: serde_json::Value,
    n_vcpus: i32,
    memory_mib: i64,
    disk_mib: i64,
    started_at: Option<Timestamp>,
    ready_at: Option<Timestamp>,
    is_told: bool,
}

const QUERY: &str = "SELECT i.organisation_id, i.id, i.wish, i.wish_seq, i.attempt, i.name, i.template, i.image,
        i.environment, i.units, f.resource, f.node_labels, f.n_vcpus, f.memory_mib, f.disk_mib, l.started_at, l.ready_at,
        i.wish = 'running' AND i.applied_seq = i.wish_seq AND i.phase NOT IN ('requested', 'queued') AS is_told
    FROM instance i JOIN flavour f ON f.id = i.flavour_id
    LEFT JOIN lease l ON l.organisation_id = i.organisation_id AND l.subject_id = i.id AND l.attempt = i.attempt";

/// An instance whose wish is not both taken and at rest.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Awake {
    /// Which.
    pub instance: InstanceId,
    /// Its present attempt.
    pub attempt: i32,
    /// Whether that is wished to run.
    pub runs: bool,
    /// Whether the cluster took the wish and it runs.
    pub is_running: bool,
}

/// Every instance of a cluster that is awake.
///
/// # Errors
/// Only the database's own.
pub async fn awake_in(open: &Open, cluster: ClusterId) -> Result<Vec<Awake>> {
    let sql = "SELECT id AS instance, attempt, wish = 'running' AS runs,
                      wish = 'running' AND phase = 'running' AND applied_seq = wish_seq AS is_running
               FROM instance WHERE cluster_id = $1
               AND (applied_seq < wish_seq OR phase NOT IN ('stopped', 'failed', 'deleted')) ORDER BY wish_seq";
    open.all(sql, [cluster.into()]).await
}

/// A wish, and whether there is more to tell of it than that it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wished {
    /// The wish.
    pub wish: InstanceWish,
    /// Whether it is told already that the cluster took it, and nothing would change if it were told again.
    pub is_told: bool,
}

/// The wish of one instance, at rest or not.
///
/// # Errors
/// `Corrupt` for a row that does not read back.
pub async fn wish_of_in(open: &Open, cluster: ClusterId, instance: InstanceId) -> Result<Option<Wished>> {
    let sql = format!("{QUERY} WHERE i.cluster_id = $1 AND i.id = $2");
    let row = open.one::<Row, 2>(&sql, [cluster.into(), instance.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let is_told = row.is_told;
    let wish = row.wish(volumes::mounts_of_in(open, instance).await?)?;
    Ok(Some(Wished { wish, is_told }))
}

#[derive(FromQueryResult)]
struct NamespaceRow {
    organisation_id: OrganisationId,
    wish_seq: i64,
    resource: Option<String>,
    item: Option<String>,
    units: i64,
    n_vcpus: i64,
    memory_mib: i64,
    disk_mib: i64,
}

/// Every organisation's namespace in a cluster, with the quota that is to be copied there.
///
/// # Errors
/// Only the database's own.
pub async fn namespaces_in(open: &Open, cluster: ClusterId) -> Result<Vec<NamespaceWish>> {
    some_namespaces_in(open, cluster, None, false).await
}

/// The same of one organisation alone, or only those whose last change the cluster has not taken.
pub(super) async fn some_namespaces_in(
    open: &Open,
    cluster: ClusterId,
    of: Option<OrganisationId>,
    untaken: bool,
) -> Result<Vec<NamespaceWish>> {
    let sql = "SELECT n.organisation_id, n.wish_seq, f.resource, f.item, coalesce(sum(q.units), 0)::bigint AS units,
                   coalesce(sum(q.units * f.n_vcpus), 0)::bigint AS n_vcpus,
                   coalesce(sum(q.units * f.memory_mib), 0)::bigint AS memory_mib,
                   coalesce(sum(q.units * f.disk_mib), 0)::bigint AS disk_mib
               FROM namespace n LEFT JOIN quota q ON q.organisation_id = n.organisation_id
               LEFT JOIN flavour f ON f.id = q.flavour_id
               WHERE n.cluster_id = $1 AND ($2::uuid IS NULL OR n.organisation_id = $2)
               AND (NOT $3 OR n.applied_seq < n.wish_seq)
               GROUP BY n.organisation_id, n.wish_seq, f.resource, f.item ORDER BY n.organisation_id";
    let values = [cluster.into(), of.map(OrganisationId::uuid).into(), untaken.into()];
    let rows: Vec<NamespaceRow> = open.all(sql, values).await?;
    let mut wishes: Vec<NamespaceWish> = Vec::new();
    for row in rows {
        if wishes.last().is_none_or(|last| last.organisation != row.organisation_id) {
            wishes.push(row.empty());
        }
        if let Some(wish) = wishes.last_mut() {
            row.add_to(wish);
        }
    }
    Ok(wishes)
}

impl NamespaceRow {
    fn empty(&self) -> NamespaceWish {
        NamespaceWish {
            organisation: self.organisation_id,
            gpus: BTreeMap::new(),
            pods: Resources::default(),
            storage_bytes: 0,
            wish_seq: self.wish_seq,
        }
    }

    fn add_to(self, wish: &mut NamespaceWish) {
        if self.item.as_deref() == Some("storage") {
            wish.storage_bytes += self.units * GIB;
            return;
        }
        wish.pods.cpu_millis += self.n_vcpus * 1000;
        wish.pods.memory_bytes += self.memory_mib * MIB;
        wish.pods.disk_bytes += self.disk_mib * MIB;
        if let Some(resource) = self.resource {
            wish.gpus.insert(resource, self.units);
        }
    }
}

impl Row {
    fn wish(self, mounts: Vec<MountWish>) -> Result<InstanceWish> {
        Ok(InstanceWish {
            organisation: self.organisation_id,
            instance: self.id,
            wish: self.wish,
            wish_seq: self.wish_seq,
            pod: if self.wish == Wish::Running { Some(self.pod(mounts)?) } else { None },
        })
    }

    fn pod(self, mounts: Vec<MountWish>) -> Result<PodWish> {
        let unreadable = |error: serde_json::Error| Error::Corrupt(format!("instance {}: {error}", self.id));
        let template = template(&self.template);
        let tenant = serde_json::from_value(self.environment).map_err(unreadable)?;
        let units = i64::from(self.units);
        let waits = self.ready_at.is_none();
        Ok(PodWish {
            organisation: self.organisation_id,
            instance: self.id,
            attempt: self.attempt,
            wish_seq: self.wish_seq,
            name: self.name,
            image: self.image,
            command: template.map(|template| template.command()).unwrap_or_default(),
            environment: template.map_or_else(BTreeMap::new, |template| template.environment(tenant)),
            ports: template.map(|template| template.ports()).unwrap_or_default(),
            resource: self.resource,
            units: self.units,
            needs: Resources {
                cpu_millis: i64::from(self.n_vcpus) * 1000 * units,
                memory_bytes: self.memory_mib * MIB * units,
                disk_bytes: self.disk_mib * MIB * units,
            },
            nodes: serde_json::from_value(self.node_labels).map_err(unreadable)?,
            max_duration_s: None,
            grace_s: GRACE_S,
            ready_by: self.started_at.filter(|_| waits).map(|at| at.plus_seconds(READY_WITHIN_S)),
            mounts,
        })
    }
}
