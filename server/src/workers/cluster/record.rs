//! Recording what the observer reports, one after the other and each until the database has it.

use std::time::Duration;

use domain::{catalogue, instances};
use k8s::{Catalogue, Cause, Queue};
use tokio::sync::mpsc;
use types::ClusterSeen;

use super::{JOB, Key, Leader};

/// How long a database that is away is left alone before it is told again.
const TELL_AGAIN: Duration = Duration::from_secs(1);

impl Leader {
    /// Records every report; ends when another leads, since then nothing of this one counts.
    pub(super) async fn record(
        &self,
        mut reported: mpsc::Receiver<ClusterSeen>,
        queue: &Queue<Key>,
    ) -> anyhow::Result<()> {
        let mut known = Catalogue::default();
        while let Some(seen) = reported.recv().await {
            if matches!(seen, ClusterSeen::Snapshot { .. } | ClusterSeen::Node(_)) {
                self.renew_catalogue(&mut known).await?;
            }
            self.insist(async || self.record_one(&seen).await).await?;
            self.tell(&seen);
            self.wake(&seen, queue);
        }
        anyhow::bail!("the observer reports no more")
    }

    /// Tells the pages what was recorded, and that the cluster was heard of.
    fn tell(&self, seen: &ClusterSeen) {
        let heard = |at| self.work.hinter.raise(domain::Hint::Heard(self.work.id, at));
        match seen {
            ClusterSeen::Fresh { through } => return heard(*through),
            ClusterSeen::Stale { .. } => {}
            _ => heard(self.work.clock.now()),
        }
        self.work.hinter.raise(domain::Hint::Cluster);
    }

    async fn record_one(&self, seen: &ClusterSeen) -> domain::Result<()> {
        let place = (self.work.id, self.epoch);
        instances::record_seen(&self.work.db, JOB, place, seen, self.work.clock.now()).await
    }

    /// Records what is for sale where that changed: nodes report their leases all the time, and seldom a flavour.
    /// Flavours come before the counts of the nodes that have them.
    async fn renew_catalogue(&self, known: &mut Catalogue) -> anyhow::Result<()> {
        let nodes = self.observed.nodes();
        let catalogue = k8s::catalogue(&nodes);
        if catalogue == *known {
            return Ok(());
        }
        for refused in &catalogue.refused {
            tracing::warn!(node = refused.node, resource = refused.resource, refused.reason, "an offer is left out");
        }
        let (place, seen) = ((self.work.id, self.epoch), (catalogue.flavours.as_slice(), nodes.as_slice()));
        let record = async || catalogue::record_flavours(&self.work.db, JOB, place, seen, self.work.clock.now()).await;
        self.insist(record).await?;
        *known = catalogue;
        Ok(())
    }

    /// Has the instances looked at that a report is about.
    fn wake(&self, seen: &ClusterSeen, queue: &Queue<Key>) {
        match seen {
            ClusterSeen::Pod(pod) | ClusterSeen::PodGone(pod) => queue.push(pod.instance, Cause::Watch),
            ClusterSeen::Snapshot { pods, .. } => {
                pods.iter().for_each(|pod| queue.push(pod.instance, Cause::Watch));
            }
            // Volumes are looked at by themselves each half second.
            ClusterSeen::Claim(_)
            | ClusterSeen::ClaimGone(_)
            | ClusterSeen::Node(_)
            | ClusterSeen::NodeGone { .. }
            | ClusterSeen::Fresh { .. }
            | ClusterSeen::Stale { .. } => {}
        }
    }

    /// Repeats what the database did not take; what it refuses for good ends this leader.
    async fn insist(&self, write: impl AsyncFn() -> domain::Result<()>) -> anyhow::Result<()> {
        loop {
            match write().await {
                Ok(()) => return Ok(()),
                Err(domain::Error::Unavailable(cause)) => {
                    tracing::warn!(%cause, "the database is away; what was seen waits");
                    tokio::time::sleep(TELL_AGAIN).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
