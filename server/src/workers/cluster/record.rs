//! Recording what the observer reports, one after the other and each until the database has it. A report that the database
//! refuses, which is a fault of ours, keeps nothing else waiting; but nothing after it counts as known, so that nothing is
//! billed past it, until everything that is there can be recorded.

use std::time::{Duration, Instant};

use domain::{catalogue, clusters, instances};
use k8s::{Catalogue, Cause, Queue};
use tokio::sync::mpsc;
use types::{ClusterSeen, Timestamp};

use super::{JOB, Key, Leader, latest::Latest};

/// How long a database that is away is left alone before it is told again.
const TELL_AGAIN: Duration = Duration::from_secs(1);
/// How often it is tried to record all that is there, after something was refused.
const RECORD_ALL_EACH: Duration = Duration::from_secs(20);
/// The word for what was refused.
const REFUSED: &str = "report_refused";

impl Leader {
    /// Records every report; ends when another leads, since then nothing of this one counts.
    pub(super) async fn record(&self, reported: mpsc::Receiver<ClusterSeen>, queue: &Queue<Key>) -> anyhow::Result<()> {
        // When something was refused last; nothing once everything is recorded.
        let (mut known, mut refused_at) = (Catalogue::default(), None::<Instant>);
        let mut reports = Latest::of(reported);
        while let Some(seen) = reports.next().await {
            if matches!(seen, ClusterSeen::Snapshot { .. } | ClusterSeen::Node(_)) {
                self.renew_catalogue(&mut known).await?;
            }
            match (&seen, refused_at) {
                (ClusterSeen::Fresh { .. }, Some(at)) => {
                    if at.elapsed() < RECORD_ALL_EACH {
                        continue;
                    }
                    refused_at = (!self.record_all().await?).then(Instant::now);
                    if refused_at.is_some() {
                        continue;
                    }
                    tracing::info!("what the cluster shows is recorded again");
                }
                // It says until when all is known.
                (ClusterSeen::Stale { .. }, Some(_)) => continue,
                _ => {}
            }
            if !self.record_or_refuse(&seen).await? {
                refused_at = Some(Instant::now());
            }
            self.wake(&seen, queue);
        }
        anyhow::bail!("the observer reports no more")
    }

    /// Records everything that is there now; false where something of it is refused.
    async fn record_all(&self) -> anyhow::Result<bool> {
        self.record_or_refuse(&self.observed.snapshot(self.work.clock.now())).await
    }

    /// False where the database refuses it.
    async fn record_or_refuse(&self, seen: &ClusterSeen) -> anyhow::Result<bool> {
        let refused = self.insist(async || self.record_one(seen).await).await?;
        match &refused {
            None => self.tell(seen),
            Some(error) => self.tell_refused(seen, error).await?,
        }
        Ok(refused.is_none())
    }

    /// Says that something cannot be recorded: to the log, and to whoever looks at the cluster.
    async fn tell_refused(&self, seen: &ClusterSeen, error: &domain::Error) -> anyhow::Result<()> {
        let report = match seen {
            ClusterSeen::Snapshot { .. } => "of everything".to_owned(),
            seen => format!("{seen:?}"),
        };
        tracing::error!(error = error as &dyn std::error::Error, report, "what the cluster shows cannot be recorded");
        let (place, since) = ((self.work.id, self.epoch), Timestamp::from_second(0));
        // Since when is known stays what it was.
        let stall = async || clusters::stall(&self.work.db, JOB, place, since, REFUSED, self.work.clock.now()).await;
        if let Some(error) = self.insist(stall).await? {
            return Err(error.into());
        }
        self.work.hinter.raise(domain::Hint::Cluster);
        Ok(())
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
        match self.insist(record).await? {
            Some(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "what the nodes offer cannot be recorded");
            }
            None => *known = catalogue,
        }
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

    /// Repeats what the database did not take; gives why it refused it, where it answered.
    ///
    /// # Errors
    /// When another leads.
    async fn insist(&self, write: impl AsyncFn() -> domain::Result<()>) -> anyhow::Result<Option<domain::Error>> {
        loop {
            match write().await {
                Ok(()) => return Ok(None),
                Err(domain::Error::Unavailable(cause)) => {
                    tracing::warn!(%cause, "the database is away; what was seen waits");
                    tokio::time::sleep(TELL_AGAIN).await;
                }
                Err(domain::Error::NotLeading) => return Err(domain::Error::NotLeading.into()),
                Err(error) => return Ok(Some(error)),
            }
        }
    }
}
