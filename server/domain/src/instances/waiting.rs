//! What the cluster has not taken yet: the small question that is asked every second.

use sea_orm::FromQueryResult;
use types::{ClusterId, InstanceId, NamespaceWish, OrganisationId};

use super::wishes::some_namespaces_in;
use crate::{Open, Result};

#[derive(FromQueryResult)]
struct InstanceRow {
    id: InstanceId,
}

/// The instances whose last wish the cluster has not taken, oldest wish first.
///
/// # Errors
/// Only the database's own.
pub async fn untaken_in(open: &Open, cluster: ClusterId) -> Result<Vec<InstanceId>> {
    let sql = "SELECT id FROM instance WHERE cluster_id = $1 AND applied_seq < wish_seq ORDER BY wish_seq";
    let rows: Vec<InstanceRow> = open.all(sql, [cluster.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The namespaces whose last change the cluster has not taken.
///
/// # Errors
/// Only the database's own.
pub async fn untaken_namespaces_in(open: &Open, cluster: ClusterId) -> Result<Vec<NamespaceWish>> {
    some_namespaces_in(open, cluster, None, true).await
}

/// The namespace of one organisation.
///
/// # Errors
/// `NotFound` where the organisation has none in the cluster.
pub async fn namespace_in(open: &Open, cluster: ClusterId, organisation: OrganisationId) -> Result<NamespaceWish> {
    let wishes = some_namespaces_in(open, cluster, Some(organisation), false).await?;
    wishes.into_iter().next().ok_or(crate::Error::NotFound)
}
