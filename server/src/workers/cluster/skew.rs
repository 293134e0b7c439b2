//! Measuring how far the clocks are apart on which money stands: this process's, the database's, the API server's and
//! the nodes'. The largest distance is recorded, and the operator sees it.

use std::time::Duration;

use domain::clusters;
use types::{NodeSeen, Timestamp};

use super::{JOB, Leader};

/// How often it is measured.
const MEASURE_EACH: Duration = Duration::from_secs(30);
/// An HTTP date names the second that has begun: on average half of it has passed.
const HALF_A_SECOND_MS: i64 = 500;

impl Leader {
    /// Measures and records, until it is dropped.
    pub(super) async fn measure_skew(&self) {
        loop {
            if let Err(error) = self.measure_once().await {
                tracing::warn!(error = format!("{error:#}"), "the clocks are compared again later");
            }
            tokio::time::sleep(MEASURE_EACH).await;
        }
    }

    async fn measure_once(&self) -> anyhow::Result<()> {
        let (work, now) = (&self.work, self.work.clock.now());
        let asked_at = work.clock.now();
        let server = work.cluster.time().await?;
        let server = server.map(|time| time.millis_since(middle(asked_at, work.clock.now())) + HALF_A_SECOND_MS);
        let open = work.db.work(JOB, now).await?;
        let asked_at = work.clock.now();
        let database = clusters::database_time_in(&open).await?.millis_since(middle(asked_at, work.clock.now()));
        drop(open);
        let nodes = ahead(&self.observed.nodes(), work.clock.now());
        let worst = server.into_iter().chain([database]).chain(nodes).max_by_key(|skew_ms| skew_ms.abs());
        let place = (work.id, self.epoch);
        Ok(clusters::record_skew(&work.db, JOB, place, worst.unwrap_or(0), work.clock.now()).await?)
    }
}

/// A question was answered somewhere between asking and hearing.
fn middle(asked_at: Timestamp, heard_at: Timestamp) -> Timestamp {
    let half = jiff::SignedDuration::from_millis(heard_at.millis_since(asked_at) / 2);
    asked_at.as_jiff().checked_add(half).map_or(asked_at, Timestamp::from)
}

/// How far the most hurried node is ahead: a Lease renewed in the future. One that lags looks like one that is silent.
fn ahead(nodes: &[NodeSeen], now: Timestamp) -> Option<i64> {
    nodes
        .iter()
        .filter_map(|node| node.renewed_at)
        .map(|at| at.millis_since(now))
        .filter(|ahead_ms| *ahead_ms > 0)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_compared_with_the_middle_of_its_journey() {
        let (asked, heard) = ("2026-03-01T00:00:00Z".parse().unwrap(), "2026-03-01T00:00:04Z".parse().unwrap());
        assert_eq!(middle(asked, heard), "2026-03-01T00:00:02Z".parse().unwrap());
    }
}
