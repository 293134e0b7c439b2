//! The observer over real connections, against an API server of one page that misbehaves on command:
//! ends watches without a word, says 410 in both ways, repeats itself, goes away.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

mod server;

use std::time::{Duration, Instant};

use k8s::{Cluster, Observed, observe};
use serde_json::Value;
use tokio::sync::mpsc;
use types::{ClusterSeen, PodStage};

use self::server::{Server, pod};

struct Watcher {
    observed: Observed,
    reports: mpsc::Receiver<ClusterSeen>,
}

async fn watch(server: &Server) -> Watcher {
    let config = kube::Config::new(server.address().parse().unwrap());
    let cluster = Cluster::with_config(config, "dev".parse().unwrap()).unwrap();
    let (sender, reports) = mpsc::channel(1024);
    let clock = || k8s_openapi::jiff::Timestamp::now().into();
    let (mut observed, observer) = observe(&cluster, sender, clock).unwrap();
    tokio::spawn(observer);
    assert!(tokio::time::timeout(Duration::from_secs(10), observed.synced()).await.unwrap());
    Watcher { observed, reports }
}

impl Watcher {
    fn sees(&self) -> Vec<(i32, PodStage)> {
        let mut seen: Vec<_> = self.observed.pods().into_iter().map(|pod| (pod.attempt, pod.stage)).collect();
        seen.sort();
        seen
    }

    async fn until(&self, wanted: &[(i32, PodStage)]) {
        let began = Instant::now();
        while self.sees() != wanted {
            assert!(began.elapsed() < Duration::from_secs(15), "{:?} is not {wanted:?}", self.sees());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn reports(&mut self) -> Vec<ClusterSeen> {
        std::iter::from_fn(|| self.reports.try_recv().ok()).collect()
    }
}

const READY: PodStage = PodStage::Ready;
const WAITS: PodStage = PodStage::Scheduling;

#[tokio::test]
async fn changes_arrive_in_order_and_repetitions_are_not_told() {
    let server = Server::start().await;
    let mut watcher = watch(&server).await;
    for ready in [false, true] {
        let change = server.apply(pod(1, ready));
        server.tell(&change);
        server.tell(&change);
    }
    watcher.until(&[(1, READY)]).await;
    let gone = server.delete(1);
    server.tell(&gone);
    watcher.until(&[]).await;
    let told: Vec<String> = watcher.reports().iter().filter_map(name_of).collect();
    assert_eq!(told, ["pod scheduling", "pod ready", "gone"]);
}

fn name_of(report: &ClusterSeen) -> Option<String> {
    match report {
        ClusterSeen::Pod(pod) => Some(format!("pod {}", pod.stage)),
        ClusterSeen::PodGone(_) => Some("gone".to_owned()),
        _ => None,
    }
}

#[tokio::test]
async fn a_watch_that_just_ends_goes_on_where_it_was() {
    let server = Server::start().await;
    let mut watcher = watch(&server).await;
    server.apply(pod(1, false));
    watcher.until(&[(1, WAITS)]).await;
    server.end_watches();
    server.apply(pod(1, true));
    server.apply(pod(2, true));
    watcher.until(&[(1, READY), (2, READY)]).await;
    let snapshots = watcher.reports().iter().filter(|it| matches!(it, ClusterSeen::Snapshot { .. })).count();
    assert_eq!(snapshots, 1, "a resumed watch needs no new list");
}

#[tokio::test]
async fn what_happened_beyond_the_servers_memory_is_listed_again() {
    for in_the_stream in [true, false] {
        let server = Server::start().await;
        let mut watcher = watch(&server).await;
        server.apply(pod(1, true));
        watcher.until(&[(1, READY)]).await;
        server.forget(in_the_stream);
        server.refuse(true);
        server.end_watches();
        server.delete(1);
        server.apply(pod(2, true));
        server.refuse(false);
        watcher.until(&[(2, READY)]).await;
        let last = watcher.reports().into_iter().rfind(|it| matches!(it, ClusterSeen::Snapshot { .. }));
        assert!(matches!(last, Some(ClusterSeen::Snapshot { pods, .. }) if pods.len() == 1 && pods[0].attempt == 2));
    }
}

#[tokio::test]
async fn a_server_that_was_away_is_found_again() {
    let server = Server::start().await;
    let watcher = watch(&server).await;
    server.apply(pod(1, true));
    watcher.until(&[(1, READY)]).await;
    server.refuse(true);
    server.end_watches();
    server.apply(pod(1, false));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(watcher.sees(), [(1, READY)], "nothing is known of what nobody could tell");
    server.refuse(false);
    watcher.until(&[(1, WAITS)]).await;
}

#[tokio::test]
async fn a_quiet_cluster_is_fresh_by_its_watches_alone() {
    let server = Server::start().await;
    let mut watcher = watch(&server).await;
    let began = Instant::now();
    while !watcher.reports().iter().any(|report| matches!(report, ClusterSeen::Fresh { .. })) {
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", watcher.observed.freshness());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!watcher.observed.freshness().stale);
}

#[tokio::test]
async fn ours_are_asked_for_by_label_and_watches_end_by_themselves() {
    let server = Server::start().await;
    let _watcher = watch(&server).await;
    let began = Instant::now();
    while server.asked().iter().filter(|line| line.contains("watch=true")).count() < 6 {
        assert!(began.elapsed() < Duration::from_secs(10), "{:#?}", server.asked());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let asked = server.asked();
    let ours = "app.kubernetes.io%2Fmanaged-by%3Dtamuda%2Ctamuda.dev%2Finstallation%3Ddev";
    let asks = |path: &str, part: &str| asked.iter().any(|line| line.starts_with(path) && line.contains(part));
    assert!(asks("/api/v1/pods", ours), "{asked:#?}");
    assert!(asks("/api/v1/persistentvolumeclaims", ours), "{asked:#?}");
    assert!(asks("/api/v1/pods", "spec.nodeName%21%3D"), "{asked:#?}");
    assert!(asks("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases", "watch=true"), "{asked:#?}");
    assert!(asked.iter().filter(|line| line.contains("watch=true")).all(|line| line.contains("timeoutSeconds=30")));
}

/// The version that an object was given.
fn version(object: &Value) -> u64 {
    object["metadata"]["resourceVersion"].as_str().unwrap().parse().unwrap()
}
