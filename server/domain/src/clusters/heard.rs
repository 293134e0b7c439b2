//! How far each cluster was heard of, for whoever says how old the news is.

use sea_orm::FromQueryResult;
use types::{ClusterId, Timestamp};

use crate::{Open, Result};

/// A cluster, and the last word of it that is certain.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ClusterHeard {
    /// Which one.
    pub id: ClusterId,
    /// What it is called.
    pub name: String,
    /// Everything before this was seen; nothing before the first look. Moved each minute while all is well.
    pub through: Option<Timestamp>,
    /// Whether it is known that nothing later was seen.
    pub is_silent: bool,
}

/// Every registered cluster.
///
/// # Errors
/// Only the database's own.
pub async fn heard_in(open: &Open) -> Result<Vec<ClusterHeard>> {
    let sql = "SELECT c.id, c.name, o.observed_through AS through, o.trouble IS NOT NULL AS is_silent
               FROM cluster c LEFT JOIN cluster_observation o ON o.cluster_id = c.id ORDER BY c.name";
    open.all(sql, []).await
}
