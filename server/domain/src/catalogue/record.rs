//! Writing flavours and what each node has of them, as the leader sees them; nothing where nothing changed.

use std::collections::{BTreeMap, HashMap};

use sea_orm::FromQueryResult;
use types::{ClusterId, FlavourId, FlavourSeen, GpuKind, NodeSeen, Timestamp};

use crate::{Database, Error, Open, Result, access::Job, clusters};

const MIB: i64 = 1024 * 1024;

/// A flavour as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Flavour {
    slug: String,
    name: String,
    gpu_model: String,
    gpu_kind: GpuKind,
    gpu_memory_mib: i64,
    resource: String,
    nodes: BTreeMap<String, String>,
    n_vcpus: i32,
    memory_mib: i64,
    disk_mib: i64,
    max_units: i32,
    simulated: bool,
}

#[derive(FromQueryResult)]
struct FlavourRow {
    id: FlavourId,
    slug: String,
    name: String,
    gpu_model: String,
    gpu_kind: GpuKind,
    gpu_memory_mib: i64,
    resource: String,
    node_labels: serde_json::Value,
    n_vcpus: i32,
    memory_mib: i64,
    disk_mib: i64,
    max_units: i32,
    simulated: bool,
}

/// What a node has of a flavour, in units.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
struct Count {
    node_name: String,
    flavour_id: FlavourId,
    n_capacity: i32,
    n_allocatable: i32,
    n_used: i32,
    takes_pods: bool,
}

/// Records every flavour that the cluster offers and every node that has it, as the leader of `epoch`.
///
/// # Errors
/// A conflict when another leads by now.
pub async fn record_flavours(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    (flavours, nodes): (&[FlavourSeen], &[NodeSeen]),
    now: Timestamp,
) -> Result<()> {
    let open = db.work(job, now).await?;
    let known: HashMap<String, Flavour> =
        known_in(&open).await?.into_iter().map(|(_, f)| (f.slug.clone(), f)).collect();
    let mut n_written = 0;
    for flavour in flavours.iter().map(Flavour::from) {
        if known.get(&flavour.slug) != Some(&flavour) {
            write_in(&open, &flavour).await?;
            n_written += 1;
        }
    }
    n_written += clusters::record_nodes_in(&open, cluster, nodes).await?;
    n_written += record_counts_in(&open, cluster, nodes).await?;
    if n_written == 0 {
        return Ok(());
    }
    clusters::fence_in(&open, epoch).await?;
    open.commit().await
}

/// Records what each of `nodes` has of the known flavours; other nodes keep theirs. How many rows that wrote.
pub(crate) async fn record_counts_in(open: &Open, cluster: ClusterId, nodes: &[NodeSeen]) -> Result<usize> {
    let flavours = known_in(open).await?;
    let sql = "SELECT node_name, flavour_id, n_capacity, n_allocatable, n_used, takes_pods FROM node_flavour
               WHERE cluster_id = $1 AND node_name = ANY($2)";
    let names: Vec<String> = nodes.iter().map(|node| node.name.clone()).collect();
    let stored: Vec<Count> = open.all(sql, [cluster.into(), names.into()]).await?;
    let seen: Vec<Count> = nodes.iter().flat_map(|node| counts_of(node, &flavours)).collect();
    let mut n_written = 0;
    for count in seen.iter().filter(|count| !stored.contains(count)) {
        write_count_in(open, cluster, count).await?;
        n_written += 1;
    }
    let is_there =
        |old: &&Count| seen.iter().any(|new| (&new.node_name, new.flavour_id) == (&old.node_name, old.flavour_id));
    for count in stored.iter().filter(|old| !is_there(old)) {
        let sql = "DELETE FROM node_flavour WHERE cluster_id = $1 AND node_name = $2 AND flavour_id = $3";
        open.run(sql, [cluster.into(), count.node_name.clone().into(), count.flavour_id.into()]).await?;
        n_written += 1;
    }
    Ok(n_written)
}

impl From<&FlavourSeen> for Flavour {
    fn from(seen: &FlavourSeen) -> Self {
        let at_least_one = |count: i64| i32::try_from(count).unwrap_or(i32::MAX).max(1);
        Self {
            slug: seen.slug.clone(),
            name: seen.name.clone(),
            gpu_model: seen.model.clone(),
            gpu_kind: seen.kind,
            gpu_memory_mib: seen.memory_mib.max(1),
            resource: seen.resource.clone(),
            nodes: seen.nodes.clone(),
            n_vcpus: at_least_one(seen.unit.cpu_millis / 1000),
            memory_mib: (seen.unit.memory_bytes / MIB).max(1),
            disk_mib: (seen.unit.disk_bytes / MIB).max(1),
            max_units: if seen.kind == GpuKind::Mig { 1 } else { at_least_one(seen.most_units) },
            simulated: seen.simulated,
        }
    }
}

async fn known_in(open: &Open) -> Result<Vec<(FlavourId, Flavour)>> {
    let sql = "SELECT id, slug, name, gpu_model, gpu_kind, gpu_memory_mib, resource, node_labels, n_vcpus, memory_mib,
                   disk_mib, max_units, simulated FROM flavour WHERE item = 'gpu'";
    open.all::<FlavourRow, 0>(sql, []).await?.into_iter().map(FlavourRow::flavour).collect()
}

impl FlavourRow {
    fn flavour(self) -> Result<(FlavourId, Flavour)> {
        let nodes = serde_json::from_value(self.node_labels)
            .map_err(|error| Error::Corrupt(format!("labels of flavour {}: {error}", self.id)))?;
        let flavour = Flavour {
            slug: self.slug,
            name: self.name,
            gpu_model: self.gpu_model,
            gpu_kind: self.gpu_kind,
            gpu_memory_mib: self.gpu_memory_mib,
            resource: self.resource,
            nodes,
            n_vcpus: self.n_vcpus,
            memory_mib: self.memory_mib,
            disk_mib: self.disk_mib,
            max_units: self.max_units,
            simulated: self.simulated,
        };
        Ok((self.id, flavour))
    }
}

async fn write_in(open: &Open, flavour: &Flavour) -> Result<()> {
    let labels = serde_json::to_value(&flavour.nodes).map_err(|error| Error::Corrupt(error.to_string()))?;
    let sql =
        "INSERT INTO flavour (id, slug, name, gpu_model, gpu_kind, gpu_memory_mib, resource, node_labels, n_vcpus,
                   memory_mib, disk_mib, max_units, simulated, first_seen_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
               ON CONFLICT (slug) DO UPDATE SET name = excluded.name, gpu_model = excluded.gpu_model,
                   gpu_kind = excluded.gpu_kind, gpu_memory_mib = excluded.gpu_memory_mib, resource = excluded.resource,
                   node_labels = excluded.node_labels, n_vcpus = excluded.n_vcpus, memory_mib = excluded.memory_mib,
                   disk_mib = excluded.disk_mib, max_units = excluded.max_units, simulated = excluded.simulated";
    let values = [
        FlavourId::new(open.now).into(),
        flavour.slug.clone().into(),
        flavour.name.clone().into(),
        flavour.gpu_model.clone().into(),
        flavour.gpu_kind.word().into(),
        flavour.gpu_memory_mib.into(),
        flavour.resource.clone().into(),
        labels.into(),
        flavour.n_vcpus.into(),
        flavour.memory_mib.into(),
        flavour.disk_mib.into(),
        flavour.max_units.into(),
        flavour.simulated.into(),
        open.now.into(),
    ];
    open.run(sql, values).await.map(drop)
}

async fn write_count_in(open: &Open, cluster: ClusterId, count: &Count) -> Result<()> {
    let sql =
        "INSERT INTO node_flavour (cluster_id, node_name, flavour_id, n_capacity, n_allocatable, n_used, takes_pods)
               VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (cluster_id, node_name, flavour_id) DO UPDATE SET n_capacity = excluded.n_capacity,
                   n_allocatable = excluded.n_allocatable, n_used = excluded.n_used, takes_pods = excluded.takes_pods";
    let values = [
        cluster.into(),
        count.node_name.clone().into(),
        count.flavour_id.into(),
        count.n_capacity.into(),
        count.n_allocatable.into(),
        count.n_used.into(),
        count.takes_pods.into(),
    ];
    open.run(sql, values).await.map(drop)
}

/// The flavours that a node has: its labels are the flavour's, and it offers the resource.
fn counts_of(node: &NodeSeen, flavours: &[(FlavourId, Flavour)]) -> Vec<Count> {
    let units = |count: i64| i32::try_from(count.max(0)).unwrap_or(i32::MAX);
    let count = |(id, flavour): &(FlavourId, Flavour)| {
        let gpu = node.gpus.iter().find(|gpu| gpu.resource == flavour.resource)?;
        let is_its = flavour.nodes.iter().all(|(name, value)| node.labels.get(name) == Some(value));
        is_its.then(|| Count {
            node_name: node.name.clone(),
            flavour_id: *id,
            n_capacity: units(gpu.capacity),
            n_allocatable: units(gpu.allocatable),
            n_used: units(gpu.ours + gpu.foreign),
            takes_pods: node.takes_pods(),
        })
    };
    flavours.iter().filter_map(count).collect()
}
