//! Recording what the observer reports, one after the other and each until the database has it. A report that the database
//! refuses, which is a fault of ours, keeps nothing else waiting; but nothing after it counts as known, so that nothing is
//! billed past it, until everything that is there can be recorded.

#[cfg(test)]
mod tests;

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use domain::{
    catalogue,
    clusters::{self, Missing, NotRecorded},
    instances,
};
use k8s::{Catalogue, Cause, Queue};
use tokio::sync::mpsc;
use types::ClusterSeen;

use super::{JOB, Key, Leader, latest::Latest};

/// How long a database that is away is left alone before it is told again.
const TELL_AGAIN: Duration = Duration::from_secs(1);
/// How often it is tried to record all that is there, after something was refused.
const RECORD_ALL_EACH: Duration = Duration::from_secs(20);
/// The word for what was refused.
const REFUSED: &str = "report_refused";

/// What was refused since all that is there was recorded.
struct Refused {
    /// Of these pods and claims something is missing: what comes after it would be taken for what came next.
    uids: HashSet<String>,
    /// Or of any.
    of_any: bool,
    /// When it was tried last to record all.
    tried_at: Instant,
}

impl Refused {
    fn new() -> Self {
        Self { uids: HashSet::new(), of_any: false, tried_at: Instant::now() }
    }

    /// Notes what is missing after a report; a snapshot has brought what is not missing after it.
    fn note(&mut self, seen: &ClusterSeen, left: Vec<NotRecorded>) {
        if matches!(seen, ClusterSeen::Snapshot { .. }) {
            self.uids.clear();
            self.of_any = false;
        }
        for one in left {
            match one.missing {
                Missing::One(uid) => drop(self.uids.insert(uid)),
                Missing::Any => self.of_any = true,
                Missing::State => {}
            }
        }
    }

    /// Whether a report has to wait for a snapshot.
    fn holds_back(&self, seen: &ClusterSeen) -> bool {
        match seen {
            ClusterSeen::Pod(pod) | ClusterSeen::PodGone(pod) => self.misses(&pod.uid),
            ClusterSeen::Claim(claim) | ClusterSeen::ClaimGone(claim) => self.misses(&claim.uid),
            // They say until when all is known.
            ClusterSeen::Fresh { .. } | ClusterSeen::Stale { .. } => true,
            ClusterSeen::Snapshot { .. } | ClusterSeen::Node(_) | ClusterSeen::NodeGone { .. } => false,
        }
    }

    fn misses(&self, uid: &str) -> bool {
        self.of_any || self.uids.contains(uid)
    }
}

impl Leader {
    /// Records every report; ends when another leads, since then nothing of this one counts.
    pub(super) async fn record(&self, reported: mpsc::Receiver<ClusterSeen>, queue: &Queue<Key>) -> anyhow::Result<()> {
        let (mut known, mut refused) = (Catalogue::default(), None::<Refused>);
        let mut reports = Latest::of(reported);
        while let Some(seen) = reports.next().await {
            match &mut refused {
                Some(refused) if refused.holds_back(&seen) => self.ask_for_all(refused),
                refused => self.record_or_refuse(&seen, &mut known, refused).await?,
            }
            self.wake(&seen, queue);
        }
        anyhow::bail!("the observer reports no more")
    }

    fn ask_for_all(&self, refused: &mut Refused) {
        if refused.tried_at.elapsed() > RECORD_ALL_EACH {
            refused.tried_at = Instant::now();
            self.observed.want_snapshot();
        }
    }

    async fn record_or_refuse(
        &self,
        seen: &ClusterSeen,
        known: &mut Catalogue,
        refused: &mut Option<Refused>,
    ) -> anyhow::Result<()> {
        if matches!(seen, ClusterSeen::Snapshot { .. } | ClusterSeen::Node(_)) {
            self.renew_catalogue(known).await?;
        }
        let (db, place) = (&self.work.db, (self.work.id, self.epoch));
        let record = async || instances::record_what_can_be(db, JOB, place, seen, self.work.clock.now()).await;
        let left = match self.insist(record).await? {
            Ok(left) => left,
            Err(error) => vec![NotRecorded { missing: Missing::Any, error }],
        };
        if !left.is_empty() {
            self.tell_refused(seen, &left).await?;
            refused.get_or_insert_with(Refused::new).note(seen, left);
            return Ok(());
        }
        self.tell(seen);
        if matches!(seen, ClusterSeen::Snapshot { .. }) && refused.take().is_some() {
            tracing::info!("what the cluster shows is recorded again");
        }
        Ok(())
    }

    /// Says that something cannot be recorded: to the log, and to whoever looks at the cluster.
    async fn tell_refused(&self, seen: &ClusterSeen, left: &[NotRecorded]) -> anyhow::Result<()> {
        for NotRecorded { missing, error } in left {
            let report = match seen {
                ClusterSeen::Snapshot { .. } => "of everything".to_owned(),
                seen => format!("{seen:?}"),
            };
            let error = error as &dyn std::error::Error;
            tracing::error!(error, ?missing, report, "what the cluster shows cannot be recorded");
        }
        let (db, place) = (&self.work.db, (self.work.id, self.epoch));
        self.insist(async || clusters::stop_knowing(db, JOB, place, REFUSED, self.work.clock.now()).await).await??;
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
            // A fault of ours: what runs is recorded all the same.
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "what the nodes offer cannot be recorded");
            }
            Ok(()) => *known = catalogue,
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

    /// Repeats what the database did not take, until it answers.
    ///
    /// # Errors
    /// When another leads.
    async fn insist<T>(&self, write: impl AsyncFn() -> domain::Result<T>) -> anyhow::Result<domain::Result<T>> {
        loop {
            match write().await {
                Err(domain::Error::Unavailable(cause)) => {
                    tracing::warn!(%cause, "the database is away; what was seen waits");
                    tokio::time::sleep(TELL_AGAIN).await;
                }
                Err(domain::Error::NotLeading) => return Err(domain::Error::NotLeading.into()),
                answer => return Ok(answer),
            }
        }
    }
}
