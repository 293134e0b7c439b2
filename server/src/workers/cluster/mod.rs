//! The leader's work on the cluster: it alone observes, records what it sees and makes wishes true.
//! A leader that loses its lease drops everything at once; one whose watch ends stops the program.

mod collect;
mod latest;
mod lead;
mod logs;
mod reconcile;
mod record;
mod skew;
mod volumes;

use std::sync::Arc;

use anyhow::Context;
use domain::{Clock, Database, access::Job, clusters};
use k8s::{ClusterAddress, Installation, Observed, Permit, Queue};
use tokio::sync::{Notify, mpsc, watch};
use tokio_util::sync::CancellationToken;
use types::{ClusterId, InstanceId};

pub use logs::ClusterLogs;

use super::chores;
use crate::http::events::Hinter;

/// The name under which the audit knows this work.
const JOB: Job = Job::of("cluster");
/// Reports that may wait for the database before the observer waits too; as many are looked at together.
const REPORTS: usize = 1024;

/// One cluster, and what the work on it needs.
#[derive(Clone)]
pub struct ClusterWork {
    db: Database,
    clock: Clock,
    cluster: k8s::Cluster,
    id: ClusterId,
    /// Who this process is among those that want to lead.
    holder: Arc<str>,
    /// Told when a wish may have been written, so that it need not wait for the next look.
    hint: Arc<Notify>,
    /// Told when something was recorded, so that pages need not wait either.
    hinter: Hinter,
}

impl ClusterWork {
    /// Connects to the cluster that the database knows under `name`; sends nothing yet.
    ///
    /// # Errors
    /// When the database has no installation or no such cluster, or the address cannot be used.
    pub async fn connect(
        db: Database,
        clock: Clock,
        address: &ClusterAddress,
        name: &str,
        hinter: Hinter,
    ) -> anyhow::Result<Self> {
        let open = db.work(JOB, clock.now()).await?;
        let installation = clusters::installation_in(&open).await;
        let installation = installation.context("there is no installation yet: run `tamuda admin`")?;
        let id = clusters::find_cluster_in(&open, name).await?;
        let id =
            id.with_context(|| format!("the database knows no cluster {name}: register it with `tamuda admin`"))?;
        drop(open);
        let installation: Installation = installation.to_string().parse()?;
        let cluster = k8s::Cluster::connect(address, installation).await?;
        let holder = format!("{}-{}", std::process::id(), uuid_of_process()?).into();
        Ok(Self { db, clock, cluster, id, holder, hint: hinter.wishes(), hinter })
    }

    /// The port to logs, which every process has, leader or not.
    #[must_use]
    pub fn logs(&self) -> ClusterLogs {
        ClusterLogs::new(self.cluster.clone())
    }

    /// Leads whenever nobody else does, until `stop`.
    ///
    /// # Errors
    /// When a watch ended: the process must end too.
    pub async fn run(self, stop: CancellationToken) -> anyhow::Result<()> {
        lead::lead(&self, &stop).await
    }

    /// Everything that the leader of `epoch` does; ends only with a reason.
    async fn follow(&self, epoch: i64, permit: watch::Receiver<Permit>) -> anyhow::Result<()> {
        let (reports, reported) = mpsc::channel(REPORTS);
        let clock = self.clock.clone();
        let (observed, observer) = k8s::observe(&self.cluster, reports, move || clock.now())?;
        let (queue, worker) = Queue::new();
        let held = watch::Sender::new(true);
        let leader = Arc::new(Leader { work: self.clone(), epoch, permit, observed, held });
        let reconciler = Arc::clone(&leader);
        let all = Arc::clone(&leader);
        tokio::select! {
            () = observer => anyhow::bail!("a watch of the cluster ended"),
            outcome = leader.record(reported, &queue) => outcome.context("recording what the cluster shows"),
            outcome = leader.notice_wishes(&queue) => outcome.context("reading wishes"),
            outcome = leader.set_up_namespaces() => outcome.context("setting up namespaces"),
            outcome = leader.tend_volumes() => outcome.context("keeping volumes"),
            outcome = leader.collect() => outcome.context("collecting what nobody wants"),
            outcome = leader.expire(&queue) => outcome.context("giving up what took too long"),
            () = leader.measure_skew() => anyhow::bail!("measuring the clocks ended"),
            () = chores::tend(self.db.clone(), self.clock.clone()) => anyhow::bail!("the chores ended"),
            () = worker.run(
                move |key| { let leader = Arc::clone(&reconciler); async move { leader.reconcile(key).await } },
                move || { let leader = Arc::clone(&all); async move { leader.every_key().await } },
            ) => anyhow::bail!("the queue ended"),
        }
    }
}

/// The leader of one epoch.
struct Leader {
    work: ClusterWork,
    epoch: i64,
    permit: watch::Receiver<Permit>,
    observed: Observed,
    /// Whether deletions wait: before the first look, and while the operator is asked.
    held: watch::Sender<bool>,
}

/// The queue's key.
type Key = InstanceId;

/// Tells two processes with one number apart, as in containers.
fn uuid_of_process() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
