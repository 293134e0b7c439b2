//! What the demonstration takes from the cluster, and what its story says that the cluster showed.

use std::time::Duration;

use anyhow::{Context, bail};
use domain::{
    Clock, Database,
    access::{Job, policy::SetPrices},
    catalogue,
    clusters::{self, Lead},
    instances, prices, settlement,
};
use tokio::sync::mpsc;
use types::{
    ClusterSeen, ContainerEnded, ContainerRuns, Deletion, FlavourId, NodeSeen, PodSeen, PodStage, Since, Timestamp,
    WishOutcome,
};

use super::{Demo, people, plan::Run};

pub(super) const JOB: Job = Job::of("demo");
/// How long the cluster may take to show its nodes.
const PATIENCE: Duration = Duration::from_secs(60);
/// Seconds from the request to each station.
const SCHEDULED_S: i64 = 1;
const STARTED_S: i64 = 14;
const READY_S: i64 = 19;
/// The last word of a node that is lost comes this long before anybody notices.
const NOTICED_S: i64 = 40;

/// The nodes that the cluster has now.
pub(super) async fn nodes(
    db: &Database,
    address: &k8s::ClusterAddress,
    clock: &Clock,
) -> anyhow::Result<Vec<NodeSeen>> {
    let open = db.work(JOB, clock.now()).await?;
    let installation = clusters::installation_in(&open).await?.to_string().parse()?;
    drop(open);
    let cluster = k8s::Cluster::connect(address, installation).await?;
    let (reports, mut reported) = mpsc::channel(64);
    let clock = clock.clone();
    let (_, observer) = k8s::observe(&cluster, reports, move || clock.now())?;
    let snapshot = async {
        while let Some(seen) = reported.recv().await {
            if let ClusterSeen::Snapshot { nodes, .. } = seen {
                return Ok(nodes);
            }
        }
        bail!("the cluster reports no more")
    };
    tokio::select! {
        () = observer => bail!("a watch of the cluster ended"),
        nodes = tokio::time::timeout(PATIENCE, snapshot) => nodes.context("the cluster did not answer in time")?,
    }
}

/// Records nodes and flavours as if they had been there from the first day; the flavours by their slugs.
pub(super) async fn record(demo: &Demo, nodes: &[NodeSeen]) -> anyhow::Result<Vec<(String, FlavourId)>> {
    let now = demo.months.first;
    let place = (demo.cluster, lead(demo, now).await?.epoch);
    let flavours = k8s::catalogue(nodes).flavours;
    catalogue::record_flavours(&demo.db, JOB, place, (&flavours, nodes), now).await?;
    let snapshot = ClusterSeen::Snapshot { pods: Vec::new(), nodes: nodes.to_vec(), claims: Vec::new(), at: now };
    instances::record_seen(&demo.db, JOB, place, &snapshot, now).await?;
    let finance = demo.survey::<SetPrices>(people::STAFF[2].email, now).await?;
    let open = demo.db.survey(&finance, now).await?;
    let known = prices::list_prices(&open, &finance).await?.items;
    Ok(known.into_iter().map(|history| (history.slug, history.flavour)).collect())
}

/// The lead in which the story is told at `now`.
async fn lead(demo: &Demo, now: Timestamp) -> anyhow::Result<Lead> {
    let lead = clusters::take_lead(&demo.db, JOB, "demo", now).await?;
    lead.context("somebody else leads: seed before the portal is started")
}

/// Records one report at `now`, and lets the lead go again.
pub(super) async fn show(demo: &Demo, seen: &ClusterSeen, now: Timestamp) -> anyhow::Result<()> {
    let lead = lead(demo, now).await?;
    instances::record_seen(&demo.db, JOB, (demo.cluster, lead.epoch), seen, now).await?;
    for organisation in settlement::organisations_with_new_rates(&demo.db.work(JOB, now).await?).await? {
        settlement::follow_rates(&demo.db, JOB, organisation, now).await?;
    }
    Ok(clusters::give_up_lead(&demo.db, JOB, lead, now).await?)
}

/// Says that the cluster has taken the last wish of a run, as the portal's own worker would.
pub(super) async fn taken(demo: &Demo, run: &Run, now: Timestamp) -> anyhow::Result<()> {
    let lead = lead(demo, now).await?;
    let wished = instances::wish_of_in(&demo.db.work(JOB, now).await?, demo.cluster, run.instance).await?;
    let of = (run.organisation, run.instance, wished.map_or(run.wish_seq, |wished| wished.wish.wish_seq));
    instances::record_outcome(&demo.db, JOB, lead.epoch, of, &WishOutcome::Done, now).await?;
    Ok(clusters::give_up_lead(&demo.db, JOB, lead, now).await?)
}

/// The pod of a run as the cluster showed it from `READY_S` after the request on.
pub(super) fn ready(run: &Run, asked_at: Timestamp, back_at: Option<Timestamp>) -> PodSeen {
    let ready_at = back_at.unwrap_or(asked_at.plus_seconds(READY_S));
    PodSeen {
        wish_seq: run.wish_seq,
        node: Some(run.node.clone()),
        stage: PodStage::Ready,
        scheduled_at: Some(asked_at.plus_seconds(SCHEDULED_S)),
        pulling_at: Some(asked_at.plus_seconds(SCHEDULED_S)),
        ready: Some(Since { holds: true, at: ready_at }),
        container: Some(container(run, asked_at)),
        ..PodSeen::taken(run.organisation, run.instance, 1, asked_at)
    }
}

/// The same pod while its node does not answer since `lost_at`.
pub(super) fn lost(run: &Run, asked_at: Timestamp, lost_at: Timestamp) -> PodSeen {
    let noticed = Since { holds: false, at: lost_at.plus_seconds(NOTICED_S) };
    PodSeen {
        stage: PodStage::Unready,
        reason: Some(types::InstanceReason::NodeLost),
        ready: Some(noticed),
        node_lost_at: Some(lost_at),
        ..ready(run, asked_at, None)
    }
}

/// The same pod at its end, which was asked for at `stopped_at`.
pub(super) fn gone(run: &Run, asked_at: Timestamp, stopped_at: Timestamp) -> PodSeen {
    let finished_at = stopped_at.plus_seconds(3);
    let started_at = Some(asked_at.plus_seconds(STARTED_S));
    let reason = "Completed".to_owned();
    PodSeen {
        stage: PodStage::Terminating,
        ready: Some(Since { holds: false, at: finished_at }),
        container: None,
        ended: Some(ContainerEnded { id: container_id(run), started_at, finished_at, exit_code: 0, reason }),
        deletion: Some(Deletion { requested_at: stopped_at, due_at: stopped_at.plus_seconds(30) }),
        ..ready(run, asked_at, None)
    }
}

fn container(run: &Run, asked_at: Timestamp) -> ContainerRuns {
    ContainerRuns { id: container_id(run), started_at: asked_at.plus_seconds(STARTED_S) }
}

fn container_id(run: &Run) -> String {
    format!("containerd://{}", run.instance.characters())
}
