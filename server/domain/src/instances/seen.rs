//! Recording what the observer reports, in the order in which it learnt it; telling it twice changes nothing.

use std::collections::{HashMap, HashSet};

use sea_orm::FromQueryResult;
use types::{ClusterId, ClusterSeen, InstanceId, NodeSeen, OrganisationId, PodSeen, Timestamp};

use super::{
    entity::{self, Instance},
    expire,
    observe::{self, Observed, Sight},
};
use crate::{
    Database, Open, Result, Tx,
    access::Job,
    catalogue,
    clusters::{self, Missing, NotRecorded, go_on},
    metering::{self, Fact, Lease},
    settlement, volumes,
};

/// The word for a watch that reports nothing.
const STALE: &str = "watch_stale";

/// Records one report, as the leader of `epoch`, as [`record_what_can_be`] does.
///
/// # Errors
/// What the database refuses, besides that another leads by now.
pub async fn record_seen(
    db: &Database,
    job: Job,
    place: (ClusterId, i64),
    seen: &ClusterSeen,
    now: Timestamp,
) -> Result<()> {
    let refused = record_what_can_be(db, job, place, seen, now).await?;
    refused.into_iter().next().map_or(Ok(()), |one| Err(one.error))
}

/// Records what can be recorded of a report, as the leader of `epoch`; gives what the database refused of it.
///
/// Reports are recorded one after the other. After something was refused, what is reported of the same pod or claim is not to
/// be recorded, and no `Fresh`, which would say that all was, before a snapshot that is recorded whole.
///
/// # Errors
/// That another leads by now, and that the database is away.
pub async fn record_what_can_be(
    db: &Database,
    job: Job,
    (cluster, epoch): (ClusterId, i64),
    seen: &ClusterSeen,
    now: Timestamp,
) -> Result<Vec<NotRecorded>> {
    let leader = Leader { db, job, cluster, epoch, now };
    let mut refused = Vec::new();
    let one = |uid: &String| Missing::One(uid.clone());
    let (missing, recorded) = match seen {
        ClusterSeen::Snapshot { pods, nodes, claims, .. } => {
            let recorded = leader.snapshot(pods, nodes, &mut refused).await;
            go_on(&mut refused, Missing::Any, recorded)?;
            (Missing::Any, volumes::claims(db, job, (cluster, epoch), claims, &mut refused, now).await)
        }
        ClusterSeen::Claim(claim) => (one(&claim.uid), volumes::claim(db, job, epoch, claim, now).await),
        ClusterSeen::ClaimGone(claim) => (one(&claim.uid), volumes::claim_gone(db, job, epoch, claim, now).await),
        ClusterSeen::Pod(pod) => (one(&pod.uid), leader.pod(pod, Sight::Seen).await),
        ClusterSeen::PodGone(pod) => (one(&pod.uid), leader.pod(pod, Sight::Gone).await),
        ClusterSeen::Node(node) => (Missing::State, leader.nodes(std::slice::from_ref(node), &[]).await),
        ClusterSeen::NodeGone { name } => (Missing::State, leader.nodes(&[], std::slice::from_ref(name)).await),
        ClusterSeen::Fresh { through } => {
            (Missing::State, clusters::observe_through(db, job, (cluster, epoch), *through, now).await)
        }
        ClusterSeen::Stale { since } => {
            (Missing::State, clusters::stall(db, job, (cluster, epoch), *since, STALE, now).await)
        }
    };
    go_on(&mut refused, missing, recorded)?;
    Ok(refused)
}

/// Who records, where and when.
#[derive(Clone, Copy)]
struct Leader<'a> {
    db: &'a Database,
    job: Job,
    cluster: ClusterId,
    epoch: i64,
    now: Timestamp,
}

/// Everything that is known of a cluster's living leases, to tell which sightings say nothing new.
struct Known {
    leases: HashMap<(InstanceId, i32), Lease>,
    facts: HashMap<types::LeaseId, Vec<Fact>>,
    instances: HashMap<InstanceId, Instance>,
    /// Until when all was seen; where nothing was yet, the beginning of time.
    through: Timestamp,
}

impl Leader<'_> {
    async fn pod(self, pod: &PodSeen, sight: Sight) -> Result<()> {
        let tx = self.db.work_in(self.job, pod.organisation, self.now).await?;
        let observed = observe::observe_in(&tx, pod, sight).await?;
        self.keep(tx, pod.instance, observed).await
    }

    /// Commits facts, with a note for the timers that they move; the next attempt, which asks for money, follows by itself.
    async fn keep(self, tx: Tx, instance: InstanceId, observed: Observed) -> Result<()> {
        let organisation = tx.organisation();
        if observed.changes_rates {
            settlement::note_rates_in(&tx).await?;
        }
        if observed.is_new {
            clusters::fence_in(&tx, self.epoch).await?;
            tx.commit().await?;
        }
        if observed.is_lost {
            let of = (organisation, instance);
            expire::replace_attempt(self.db, self.job, self.epoch, of, self.now).await?;
        }
        Ok(())
    }

    /// Records everything that can be recorded: each pod by itself, all nodes together.
    async fn snapshot(self, pods: &[PodSeen], nodes: &[NodeSeen], refused: &mut Vec<NotRecorded>) -> Result<()> {
        let known = self.known().await?;
        for pod in pods.iter().filter(|pod| known.is_news(pod, self.now)) {
            let sight = Sight::AfterGap(known.through);
            go_on(refused, Missing::One(pod.uid.clone()), self.pod(pod, sight).await)?;
        }
        let seen: HashSet<&str> = pods.iter().map(|pod| pod.uid.as_str()).collect();
        for lease in known.leases.values().filter(|lease| lease.has_pod()) {
            if let Some(uid) = lease.pod_uid.as_ref().filter(|uid| !seen.contains(uid.as_str())) {
                go_on(refused, Missing::One(uid.clone()), self.lose_sight(lease).await)?;
            }
        }
        let open = self.db.work(self.job, self.now).await?;
        let known_nodes = clusters::known_nodes_in(&open, self.cluster).await?;
        drop(open);
        let is_gone = |name: &String| nodes.iter().all(|node| node.name != *name);
        let gone: Vec<String> = known_nodes.into_iter().filter(is_gone).collect();
        go_on(refused, Missing::State, self.nodes(nodes, &gone).await)
    }

    async fn lose_sight(self, lease: &Lease) -> Result<()> {
        let tx = self.db.work_in(self.job, lease.organisation_id, self.now).await?;
        let Some(instance) = entity::lock_in(&tx, lease.subject_id).await? else { return Ok(()) };
        let Some(lease) = metering::lock_lease_in(&tx, lease.subject_id, lease.attempt).await? else { return Ok(()) };
        let id = instance.id;
        let observed = observe::lose_sight_in(&tx, instance, lease).await?;
        self.keep(tx, id, observed).await
    }

    async fn nodes(self, nodes: &[NodeSeen], gone: &[String]) -> Result<()> {
        let open = self.db.work(self.job, self.now).await?;
        let mut n_written = clusters::record_nodes_in(&open, self.cluster, nodes).await?;
        n_written += catalogue::record_counts_in(&open, self.cluster, nodes).await?;
        for name in gone {
            clusters::record_node_gone_in(&open, self.cluster, name).await?;
            n_written += 1;
        }
        if n_written == 0 {
            return Ok(());
        }
        clusters::fence_in(&open, self.epoch).await?;
        open.commit().await
    }

    async fn known(self) -> Result<Known> {
        let open = self.db.work(self.job, self.now).await?;
        let leases = metering::living_leases_in(&open, self.cluster).await?;
        Ok(Known {
            leases: leases.into_iter().map(|lease| ((lease.subject_id, lease.attempt), lease)).collect(),
            facts: metering::known_facts_in(&open, self.cluster).await?,
            instances: moving_in(&open, self.cluster).await?,
            through: clusters::observed_in(&open, self.cluster).await?.unwrap_or(Timestamp::from_second(0)),
        })
    }
}

impl Known {
    /// Whether a sighting would write anything.
    fn is_news(&self, pod: &PodSeen, now: Timestamp) -> bool {
        let (Some(lease), Some(instance)) =
            (self.leases.get(&(pod.instance, pod.attempt)), self.instances.get(&pod.instance))
        else {
            return true;
        };
        let facts = self.facts.get(&lease.id).map(Vec::as_slice).unwrap_or_default();
        metering::would_change(lease, facts, pod, self.through, now)
            || observe::next(instance, pod, lease, now) != *instance
    }
}

/// The instances of a cluster that do not rest, of all organisations.
async fn moving_in(open: &Open, cluster: ClusterId) -> Result<HashMap<InstanceId, Instance>> {
    let sql = format!(
        "SELECT {} FROM instance
         WHERE cluster_id = $1 AND (applied_seq < wish_seq OR phase NOT IN ('stopped', 'failed', 'deleted'))",
        entity::COLUMNS
    );
    let rows = open.all::<Instance, 1>(&sql, [cluster.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// An instance by its owner.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Owned {
    pub(super) organisation_id: OrganisationId,
    pub(super) id: InstanceId,
}
