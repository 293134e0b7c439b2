//! The table `node`: each node as it was last seen, written when it changed.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use types::{ClusterId, NodeSeen, Timestamp};

use crate::{Error, Open, Result};

#[derive(FromQueryResult)]
struct NodeRow {
    name: String,
    seen: serde_json::Value,
    gone_at: Option<Timestamp>,
}

/// The names of the nodes that are there.
pub(crate) async fn known_nodes_in(open: &Open, cluster: ClusterId) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Named {
        name: String,
    }
    let sql = "SELECT name FROM node WHERE cluster_id = $1 AND gone_at IS NULL";
    Ok(open.all::<Named, 1>(sql, [cluster.into()]).await?.into_iter().map(|row| row.name).collect())
}

/// Records nodes that are new, changed or back; how many that were.
pub(crate) async fn record_nodes_in(open: &Open, cluster: ClusterId, nodes: &[NodeSeen]) -> Result<usize> {
    let mut n_written = 0;
    let names: Vec<String> = nodes.iter().map(|node| node.name.clone()).collect();
    let sql = "SELECT name, seen, gone_at FROM node WHERE cluster_id = $1 AND name = ANY($2)";
    let rows: Vec<NodeRow> = open.all(sql, [cluster.into(), names.into()]).await?;
    let known: HashMap<&str, &NodeRow> = rows.iter().map(|row| (row.name.as_str(), row)).collect();
    for node in nodes {
        let seen = lasting(node)?;
        if known.get(node.name.as_str()).is_none_or(|row| row.seen != seen || row.gone_at.is_some()) {
            write_in(open, cluster, node, seen).await?;
            n_written += 1;
        }
    }
    Ok(n_written)
}

/// Records that a node is gone, with all that it had.
pub(crate) async fn record_node_gone_in(open: &Open, cluster: ClusterId, name: &str) -> Result<()> {
    let sql = "UPDATE node SET gone_at = $3, ready = false WHERE cluster_id = $1 AND name = $2 AND gone_at IS NULL";
    open.run(sql, [cluster.into(), name.into(), open.now.into()]).await?;
    let sql = "DELETE FROM node_flavour WHERE cluster_id = $1 AND node_name = $2";
    open.run(sql, [cluster.into(), name.into()]).await.map(drop)
}

/// A node that answers says so every ten seconds: the time of that is kept only for one that does not.
fn lasting(node: &NodeSeen) -> Result<serde_json::Value> {
    let mut node = node.clone();
    if node.ready.is_some_and(|ready| ready.holds) {
        node.renewed_at = None;
    }
    serde_json::to_value(node).map_err(|error| Error::Corrupt(format!("node: {error}")))
}

async fn write_in(open: &Open, cluster: ClusterId, node: &NodeSeen, seen: serde_json::Value) -> Result<()> {
    let sql = "INSERT INTO node (cluster_id, name, seen, ready, seen_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (cluster_id, name) DO UPDATE SET seen = excluded.seen, ready = excluded.ready,
                   seen_at = excluded.seen_at, gone_at = NULL";
    let is_ready = node.ready.is_some_and(|ready| ready.holds);
    let values = [cluster.into(), node.name.clone().into(), seen.into(), is_ready.into(), open.now.into()];
    open.run(sql, values).await.map(drop)
}
