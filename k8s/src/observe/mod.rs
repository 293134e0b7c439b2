//! Watching a cluster: six watches, one picture, one stream of reports in the order in which they were learnt.
//! It ends only when nobody listens or a watch ends; then the process must end too, since a picture that
//! stands still looks like a cluster in which nothing happens.

mod kept;
mod load;
mod picture;
mod pulse;

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use futures_util::{
    Stream, StreamExt as _,
    stream::{self, BoxStream, select_all},
};
use k8s_openapi::api::{
    coordination::v1::Lease,
    core::v1::{Event as Saying, Node, PersistentVolumeClaim, Pod},
};
use kube::{
    Api, Client,
    client::ClientBuilder,
    runtime::{
        WatchStreamExt as _,
        watcher::{self, Event},
    },
};
use serde::de::DeserializeOwned;
use tokio::{
    sync::{Notify, mpsc, watch},
    time::{Instant, MissedTickBehavior},
};
use types::{ClaimSeen, ClusterSeen, InstanceId, NodeSeen, PodSeen, Timestamp, VolumeId};

use self::{
    picture::{Noted, Picture},
    pulse::Pulse,
};
use crate::{
    connect::{Cluster, ConnectError},
    names::INSTALLATION,
};

/// How long one watch lasts: its end and its next beginning are the sign of life of a quiet one.
const WATCH_LASTS_S: u32 = 30;
/// Silence after which the picture is called stale: longer than a quiet watch and its dead-connection margin.
const STALE_AFTER: Duration = Duration::from_secs(45);
/// How often freshness is reported at most.
const REPORTS_EVERY: Duration = Duration::from_secs(5);
const TICK: Duration = Duration::from_secs(1);
/// Where kubelets keep their leases.
const NODE_LEASES: &str = "kube-node-lease";

/// How much of the present the picture holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// Whether everything was listed once.
    pub synced: bool,
    /// The instant up to which everything that happened is in the picture; none before it is synced.
    pub through: Option<Timestamp>,
    /// Whether that instant is too long ago to trust what seems to be now.
    pub stale: bool,
}

/// The picture of a cluster, as far as it was drawn. Clones show the same one.
#[derive(Clone)]
pub struct Observed {
    picture: Arc<RwLock<Picture>>,
    progress: watch::Receiver<Progress>,
    snapshot_wanted: Arc<Notify>,
}

/// How far the observer has come, in its own clock: an observer that stands still does not stay fresh.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    synced: bool,
    through: Option<(Timestamp, Instant)>,
}

impl Progress {
    fn is_stale(self) -> bool {
        self.through.is_some_and(|(_, at)| at.elapsed() > STALE_AFTER)
    }
}

impl Observed {
    /// The pods of one instance, of every attempt; nothing before it is synced.
    #[must_use]
    pub fn pods_of(&self, instance: InstanceId) -> Vec<PodSeen> {
        self.read(|picture| picture.pods_of(instance))
    }

    /// Of which attempts of an instance there are pods, the lowest first; none before it is synced.
    #[must_use]
    pub fn attempts_of(&self, instance: InstanceId) -> Vec<i32> {
        self.read(|picture| picture.attempts_of(instance))
    }

    /// The claim of a volume; nothing before it is synced.
    #[must_use]
    pub fn claim_of(&self, volume: VolumeId) -> Option<ClaimSeen> {
        self.read(|picture| picture.claim_of(volume))
    }

    /// Every pod of this installation.
    #[must_use]
    pub fn pods(&self) -> Vec<PodSeen> {
        self.read(|picture| picture.pods().cloned().collect())
    }

    /// Every node.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeSeen> {
        self.read(|picture| picture.nodes().collect())
    }

    /// Has everything reported once more, in its place among the other reports.
    pub fn want_snapshot(&self) {
        self.snapshot_wanted.notify_one();
    }

    /// The newest wish that a pod or a claim in the cluster comes from; 0 without any. Read the sequence's
    /// last value *after* this, never before.
    #[must_use]
    pub fn highest_wish_seq(&self) -> i64 {
        self.read(Picture::highest_wish_seq)
    }

    /// How much of the present the picture holds.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        let progress = *self.progress.borrow();
        let through = progress.through.map(|(through, _)| through);
        Freshness { synced: progress.synced, through, stale: progress.is_stale() }
    }

    /// Waits until everything was listed once; false when the observing ended before.
    pub async fn synced(&mut self) -> bool {
        self.progress.wait_for(|progress| progress.synced).await.is_ok()
    }

    fn read<T>(&self, look: impl FnOnce(&Picture) -> T) -> T {
        look(&self.picture.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Begins to observe. The future draws the picture and reports to `reports` as long as it is polled; run it
/// as a task and end the process when it ends.
///
/// # Errors
/// When no client can be made of the cluster's address.
pub fn observe(
    cluster: &Cluster,
    reports: mpsc::Sender<ClusterSeen>,
    clock: impl Fn() -> Timestamp + Send + Sync + 'static,
) -> Result<(Observed, impl Future<Output = ()> + Send + 'static), ConnectError> {
    let (progress, seen_progress) = watch::channel(Progress::default());
    let picture = Arc::new(RwLock::new(Picture::new(cluster.installation.clone())));
    let snapshot_wanted = Arc::<Notify>::default();
    let observed =
        Observed { picture: picture.clone(), progress: seen_progress, snapshot_wanted: snapshot_wanted.clone() };
    let (watches, pulses) = watches(cluster)?;
    let observer =
        Observer { picture, progress, reports, pulses, clock, reported_at: None, stale: false, snapshot_wanted };
    Ok((observed, observer.run(watches)))
}

struct Observer<C> {
    picture: Arc<RwLock<Picture>>,
    progress: watch::Sender<Progress>,
    reports: mpsc::Sender<ClusterSeen>,
    pulses: Vec<Pulse>,
    clock: C,
    reported_at: Option<Instant>,
    stale: bool,
    snapshot_wanted: Arc<Notify>,
}

impl<C: Fn() -> Timestamp> Observer<C> {
    async fn run(mut self, mut watches: impl Stream<Item = Noted> + Unpin) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let reports = tokio::select! {
                noted = watches.next() => match noted {
                    Some(noted) => self.take(noted),
                    None => return,
                },
                _ = tick.tick() => self.look_at_the_clock(),
                () = self.snapshot_wanted.notified() => self.wanted_snapshot(),
            };
            for report in reports {
                if self.reports.send(report).await.is_err() {
                    return;
                }
            }
        }
    }

    fn take(&mut self, noted: Noted) -> Vec<ClusterSeen> {
        let now = (self.clock)();
        let mut picture = self.picture.write().unwrap_or_else(PoisonError::into_inner);
        let reports = picture.take(noted, now);
        if picture.is_synced() {
            self.progress.send_if_modified(|it| !std::mem::replace(&mut it.synced, true));
        }
        reports
    }

    /// Says how fresh the picture is, when that changed or was not said for a while.
    fn look_at_the_clock(&mut self) -> Vec<ClusterSeen> {
        let oldest = self.pulses.iter().map(Pulse::through).min().flatten();
        let synced = self.progress.borrow().synced;
        let Some(oldest) = oldest.filter(|_| synced) else { return Vec::new() };
        let now = (self.clock)();
        let age_s = i64::try_from(oldest.elapsed().as_millis().div_ceil(1000)).unwrap_or(i64::MAX);
        let through = now.plus_seconds(-age_s);
        let progress = Progress { synced, through: Some((through, oldest)) };
        self.progress.send_replace(progress);
        let was_stale = std::mem::replace(&mut self.stale, progress.is_stale());
        match (was_stale, self.stale) {
            (false, true) => vec![ClusterSeen::Stale { since: through }],
            (true, true) => Vec::new(),
            (true, false) => vec![self.snapshot(now), self.fresh(through)],
            (false, false) if self.reported_at.is_some_and(|at| at.elapsed() < REPORTS_EVERY) => Vec::new(),
            (false, false) => vec![self.fresh(through)],
        }
    }

    /// Of a watch that is stale a snapshot follows by itself when it is fresh again.
    fn wanted_snapshot(&self) -> Vec<ClusterSeen> {
        if self.stale { Vec::new() } else { vec![self.snapshot((self.clock)())] }
    }

    fn snapshot(&self, now: Timestamp) -> ClusterSeen {
        self.picture.read().unwrap_or_else(PoisonError::into_inner).snapshot(now)
    }

    fn fresh(&mut self, through: Timestamp) -> ClusterSeen {
        self.reported_at = Some(Instant::now());
        ClusterSeen::Fresh { through }
    }
}

type Watches = (Box<dyn Stream<Item = Noted> + Send + Unpin>, Vec<Pulse>);

fn watches(cluster: &Cluster) -> Result<Watches, ConnectError> {
    let mut pulses = Vec::new();
    let mut next = || {
        let pulse = Pulse::default();
        pulses.push(pulse.clone());
        client(cluster, &pulse).map(|client| (client, pulse))
    };
    let config = watcher::Config::default().timeout(WATCH_LASTS_S);
    let ours = config.clone().labels(&cluster.installation.selector());
    let others = format!("{INSTALLATION}!={}", cluster.installation);
    let others = config.clone().labels(&others).fields("spec.nodeName!=");
    let sayings = config.clone().fields("involvedObject.kind=Pod");
    let streams: Vec<BoxStream<'static, Noted>> = vec![
        watch_all(next()?, Api::<Pod>::all, ours.clone(), |event| Noted::Pod(event.modify(lighten))),
        watch_all(next()?, Api::<PersistentVolumeClaim>::all, ours, Noted::Claim),
        watch_all(next()?, Api::<Pod>::all, others, |event| Noted::Other(event.modify(slim))),
        watch_all(next()?, Api::<Node>::all, config.clone(), Noted::Node),
        watch_all(next()?, |client| Api::<Lease>::namespaced(client, NODE_LEASES), config, Noted::Lease),
        watch_all(next()?, Api::<Saying>::all, sayings, Noted::Saying),
    ];
    Ok((Box::new(select_all(streams)), pulses))
}

fn client(cluster: &Cluster, pulse: &Pulse) -> Result<Client, ConnectError> {
    let builder = ClientBuilder::try_from(cluster.watching.clone());
    let builder = builder.map_err(|error| ConnectError::Client(Box::new(error)))?;
    Ok(builder.with_layer(pulse).build())
}

/// One watch for ever: 410 lists again, an end resumes, an error waits a little longer each time.
fn watch_all<K>(
    (client, pulse): (Client, Pulse),
    api: impl FnOnce(Client) -> Api<K>,
    config: watcher::Config,
    noted: impl Fn(Event<K>) -> Noted + Send + 'static,
) -> BoxStream<'static, Noted>
where
    K: kube::Resource + Clone + DeserializeOwned + std::fmt::Debug + Send + 'static,
{
    let api = api(client);
    let life = move || {
        let events = kube::runtime::watcher(api.clone(), config.clone()).default_backoff();
        events.take_while(|event| go_on(!is_forgotten(event.as_ref().err())))
    };
    let events = stream::repeat_with(life).flatten();
    let noted = events.filter_map(move |event| {
        let noted = match event {
            Ok(event) => {
                // Who wrote which field is more than half of an object, and nobody here asks.
                let event = event.modify(|object| object.meta_mut().managed_fields = None);
                if matches!(event, Event::Apply(_) | Event::Delete(_)) {
                    pulse.beat(Instant::now());
                }
                Some(noted(event))
            }
            Err(error) => {
                tracing::warn!(%error, kind = std::any::type_name::<K>(), "a watch broke and is taken up again");
                None
            }
        };
        std::future::ready(noted)
    });
    noted.boxed()
}

/// Whether a watch asks for what the API server has forgotten. kube lists again when a watch *says* 410, but
/// asks for the same version for ever when the request itself is *answered* 410.
fn is_forgotten(error: Option<&watcher::Error>) -> bool {
    let gone = |error: &kube::Error| matches!(error, kube::Error::Api(status) if status.code == 410);
    matches!(error, Some(watcher::Error::WatchStartFailed(error)) if gone(error))
}

/// A watch that cannot go on makes room for a new one, though not in a hurry.
async fn go_on(goes_on: bool) -> bool {
    if !goes_on {
        tracing::warn!("the API server has forgotten what a watch knew last; everything is listed again");
        tokio::time::sleep(TICK).await;
    }
    goes_on
}

/// Ten thousand pods are kept: not with what the cluster was told of how to run them.
fn lighten(pod: &mut Pod) {
    let Some(spec) = &mut pod.spec else { return };
    (spec.volumes, spec.tolerations, spec.security_context) = (None, None, None);
    for container in &mut spec.containers {
        (container.env, container.env_from, container.command, container.args) = (None, None, None, None);
        (container.volume_mounts, container.security_context) = (None, None);
    }
}

/// Of anybody else's pods only the node and the GPUs matter.
fn slim(pod: &mut Pod) {
    lighten(pod);
    pod.metadata.annotations = None;
    if let Some(status) = &mut pod.status {
        *status = k8s_openapi::api::core::v1::PodStatus { phase: status.phase.take(), ..Default::default() };
    }
}

#[cfg(test)]
mod tests;
