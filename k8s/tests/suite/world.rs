//! What every test of the suite needs: an organisation with its wishes, and a portal in miniature that
//! observes, queues and reconciles as the real one does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use k8s::{Cause, Cluster, InstanceSeen, Next, Observed, Permit, Queue, observe};
use tokio::sync::mpsc;
use types::{
    ClusterSeen, InstanceId, InstanceWish, NamespaceWish, OrganisationId, PodSeen, PodStage, PodWish, Resources,
    Timestamp, Wish, WishOutcome,
};
use uuid::Uuid;

use crate::peer::PATIENCE;

pub(crate) fn now() -> Timestamp {
    k8s_openapi::jiff::Timestamp::now().into()
}

pub(crate) fn permit() -> Permit {
    Permit::until(Instant::now() + Duration::from_secs(15))
}

/// An organisation that nobody else has.
pub(crate) fn organisation() -> OrganisationId {
    OrganisationId::from_uuid(unique())
}

pub(crate) fn instance() -> InstanceId {
    InstanceId::from_uuid(unique())
}

fn unique() -> Uuid {
    use std::sync::atomic::{AtomicU64, Ordering};
    static LAST: AtomicU64 = AtomicU64::new(0);
    let (high, low) = (std::process::id(), LAST.fetch_add(1, Ordering::Relaxed));
    Uuid::from_u128(u128::from(high) << 64 | u128::from(low))
}

pub(crate) fn namespace(organisation: OrganisationId, gpus: i64) -> NamespaceWish {
    NamespaceWish {
        organisation,
        gpus: [("nvidia.com/gpu".to_owned(), gpus)].into(),
        pods: Resources { cpu_millis: 1_000_000, memory_bytes: 1 << 44, disk_bytes: 1 << 44 },
        storage_bytes: 1 << 44,
        wish_seq: 1,
    }
}

pub(crate) fn pod(organisation: OrganisationId, instance: InstanceId, attempt: i32, wish_seq: i64) -> PodWish {
    PodWish {
        organisation,
        instance,
        attempt,
        wish_seq,
        name: "a test's".into(),
        image: format!("registry.example/pytorch@sha256:{}", "a".repeat(64)),
        command: Vec::new(),
        environment: [("MODEL".to_owned(), "small".to_owned())].into(),
        ports: Vec::new(),
        resource: "nvidia.com/gpu".into(),
        units: 1,
        needs: Resources { cpu_millis: 4_000, memory_bytes: 16 << 30, disk_bytes: 20 << 30 },
        nodes: [("nvidia.com/gpu.product".to_owned(), "NVIDIA-H200".to_owned())].into(),
        max_duration_s: None,
        grace_s: 2,
        ready_by: None,
        mounts: Vec::new(),
    }
}

pub(crate) fn running(pod: PodWish) -> InstanceWish {
    InstanceWish {
        organisation: pod.organisation,
        instance: pod.instance,
        wish: Wish::Running,
        wish_seq: pod.wish_seq,
        pod: Some(pod),
    }
}

pub(crate) fn without_pod(wish: Wish, of: &InstanceWish, wish_seq: i64) -> InstanceWish {
    InstanceWish { wish, wish_seq, pod: None, ..of.clone() }
}

/// A table of instances.
type Rows<T> = Arc<Mutex<HashMap<InstanceId, T>>>;

/// A portal in miniature: wishes in memory, everything else as it is.
pub(crate) struct Portal {
    pub(crate) cluster: Cluster,
    pub(crate) observed: Observed,
    pub(crate) reports: Arc<Mutex<Vec<ClusterSeen>>>,
    outcomes: Rows<WishOutcome>,
    wishes: Rows<(NamespaceWish, InstanceWish)>,
    queue: Queue<InstanceId>,
}

impl Portal {
    /// A portal that has seen everything once.
    pub(crate) async fn start(cluster: &Cluster) -> Self {
        let (sender, mut receiver) = mpsc::channel(1024);
        let (mut observed, observer) = observe(cluster, sender, now).unwrap();
        tokio::spawn(observer);
        let (queue, worker) = Queue::new();
        let portal = Self {
            cluster: cluster.clone(),
            observed: observed.clone(),
            reports: Arc::default(),
            outcomes: Arc::default(),
            wishes: Arc::default(),
            queue: queue.clone(),
        };
        let reports = portal.reports.clone();
        tokio::spawn(async move {
            while let Some(report) = receiver.recv().await {
                if let ClusterSeen::Pod(pod) | ClusterSeen::PodGone(pod) = &report {
                    queue.push(pod.instance, Cause::Watch);
                }
                reports.lock().unwrap().push(report);
            }
        });
        assert!(tokio::time::timeout(PATIENCE, observed.synced()).await.unwrap());
        portal.work(worker);
        portal
    }

    fn work(&self, worker: k8s::Worker<InstanceId>) {
        let (cluster, observed) = (self.cluster.clone(), self.observed.clone());
        let (wishes, outcomes) = (self.wishes.clone(), self.outcomes.clone());
        let work = move |instance: InstanceId| {
            let (cluster, observed) = (cluster.clone(), observed.clone());
            let (wish, outcomes) = (wishes.lock().unwrap().get(&instance).cloned(), outcomes.clone());
            async move {
                let Some((namespace, wish)) = wish else { return Next::Event };
                let seen = InstanceSeen { pods: observed.pods_of(instance), ..InstanceSeen::default() };
                let outcome = cluster.reconcile(&permit(), &namespace, &wish, &seen, now()).await.unwrap();
                let next = Next::from(&outcome);
                outcomes.lock().unwrap().insert(instance, outcome);
                next
            }
        };
        tokio::spawn(worker.run(work, || std::future::ready(Vec::new())));
    }

    /// Writes a wish, as a request does.
    pub(crate) fn wish(&self, namespace: &NamespaceWish, wish: &InstanceWish) {
        self.wishes.lock().unwrap().insert(wish.instance, (namespace.clone(), wish.clone()));
        self.queue.push(wish.instance, Cause::Wish);
    }

    /// Loses the row of an instance.
    pub(crate) fn forget(&self, instance: InstanceId) {
        self.wishes.lock().unwrap().remove(&instance);
    }

    pub(crate) fn outcome(&self, instance: InstanceId) -> Option<WishOutcome> {
        self.outcomes.lock().unwrap().get(&instance).cloned()
    }

    /// The only pod of an instance, when it has exactly one.
    pub(crate) fn pod(&self, instance: InstanceId) -> Option<PodSeen> {
        let mut pods = self.observed.pods_of(instance);
        if pods.len() == 1 { pods.pop() } else { None }
    }

    /// Waits until the instance's only pod is as wanted.
    pub(crate) async fn until(&self, instance: InstanceId, wanted: impl Fn(&PodSeen) -> bool) -> PodSeen {
        let what = || format!("{:?} {:?}", self.observed.pods_of(instance), self.outcome(instance));
        eventually(|| self.pod(instance).filter(&wanted), what).await
    }

    pub(crate) async fn until_ready(&self, instance: InstanceId, attempt: i32) -> PodSeen {
        self.until(instance, |pod| pod.stage == PodStage::Ready && pod.attempt == attempt).await
    }

    pub(crate) async fn until_gone(&self, instance: InstanceId) {
        let what = || format!("{:?}", self.observed.pods_of(instance));
        eventually(|| self.observed.pods_of(instance).is_empty().then_some(()), what).await;
    }
}

/// Waits until something is there.
pub(crate) async fn eventually<T>(look: impl Fn() -> Option<T>, otherwise: impl Fn() -> String) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "it did not happen within {PATIENCE:?}: {}", otherwise());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
