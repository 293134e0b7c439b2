//! How well the work on clusters goes, in one look: for readiness, metrics and `tamuda doctor`.

use sea_orm::FromQueryResult;
use types::Timestamp;

use crate::{Open, Result};

/// One cluster and the process that leads.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ClusterHealth {
    /// The cluster's name.
    pub name: String,
    /// How long the present leader may go on without renewing; in the past, or nothing, when nobody leads.
    pub led_until: Option<Timestamp>,
    /// Everything before this was seen; nothing before the first look.
    pub observed_through: Option<Timestamp>,
    /// Why it does not move on: the word of a message.
    pub trouble: Option<String>,
    /// How far the clocks are apart, in milliseconds.
    pub skew_ms: i64,
    /// Questions that wait for the operator.
    pub n_questions: i64,
    /// Instances whose last wish the cluster has not taken.
    pub n_untaken: i64,
}

impl ClusterHealth {
    /// Whether some process leads at `now`.
    #[must_use]
    pub fn is_led(&self, now: Timestamp) -> bool {
        self.led_until.is_some_and(|until| until > now)
    }
}

#[derive(FromQueryResult)]
struct Time {
    time: Timestamp,
}

/// Every registered cluster, by name.
///
/// # Errors
/// Only the database's own.
pub async fn health_in(open: &Open) -> Result<Vec<ClusterHealth>> {
    let sql = "SELECT c.name, (SELECT until FROM leader WHERE name = 'workers') AS led_until, o.observed_through,
                   o.trouble, coalesce(o.skew_ms, 0) AS skew_ms,
                   (SELECT count(*) FROM operator_question q WHERE q.cluster_id = c.id AND q.answer IS NULL)
                       AS n_questions,
                   (SELECT count(*) FROM instance i WHERE i.cluster_id = c.id AND i.applied_seq < i.wish_seq)
                       AS n_untaken
               FROM cluster c LEFT JOIN cluster_observation o ON o.cluster_id = c.id ORDER BY c.name";
    open.all(sql, []).await
}

/// What the database's clock says at this moment, whatever `now` the transaction was given.
///
/// # Errors
/// Only the database's own.
pub async fn database_time_in(open: &Open) -> Result<Timestamp> {
    let row: Option<Time> = open.one("SELECT clock_timestamp() AS time", []).await?;
    row.map(|row| row.time).ok_or(crate::Error::NotFound)
}
