//! The observer by its clock: when it calls itself fresh, when stale, and when it ends.

use super::*;

type Watched = (Observer<fn() -> Timestamp>, Observed, mpsc::Receiver<ClusterSeen>);

fn observer() -> Watched {
    let (progress, seen_progress) = watch::channel(Progress { synced: true, through: None });
    let picture = Arc::new(RwLock::new(Picture::new("dev".parse().unwrap())));
    let (reports, receiver) = mpsc::channel(8);
    let pulses = vec![Pulse::default(), Pulse::default()];
    let clock: fn() -> Timestamp = || Timestamp::from_second(1_000_000);
    let snapshot_wanted = Arc::<Notify>::default();
    let observed =
        Observed { picture: picture.clone(), progress: seen_progress, snapshot_wanted: snapshot_wanted.clone() };
    let observer =
        Observer { picture, progress, reports, pulses, clock, reported_at: None, stale: false, snapshot_wanted };
    (observer, observed, receiver)
}

async fn pass(seconds: u64) {
    tokio::time::advance(Duration::from_secs(seconds)).await;
}

fn beat(observer: &Observer<fn() -> Timestamp>) {
    observer.pulses.iter().for_each(|pulse| pulse.beat(Instant::now()));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_fresh_before_every_watch_has_shown_a_sign() {
    let (mut observer, observed, _reports) = observer();
    observer.pulses[0].beat(Instant::now());
    pass(10).await;
    assert_eq!(observer.look_at_the_clock(), []);
    assert_eq!(observed.freshness().through, None);
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_that_is_wanted_comes_among_the_reports_unless_the_watch_is_stale() {
    let (mut observer, observed, mut reports) = observer();
    observer.stale = true;
    assert_eq!(observer.wanted_snapshot(), []);
    observer.stale = false;
    observed.want_snapshot();
    let observing = tokio::spawn(observer.run(stream::pending()));
    assert!(matches!(reports.recv().await, Some(ClusterSeen::Snapshot { .. })));
    observing.abort();
}

#[tokio::test(start_paused = true)]
async fn freshness_is_the_oldest_watchs_and_is_told_every_five_seconds() {
    let (mut observer, observed, _reports) = observer();
    observer.pulses[0].beat(Instant::now());
    pass(3).await;
    observer.pulses[1].beat(Instant::now());
    pass(4).await;
    let through = Timestamp::from_second(1_000_000 - 7);
    assert_eq!(observer.look_at_the_clock(), [ClusterSeen::Fresh { through }]);
    assert_eq!(observed.freshness(), Freshness { synced: true, through: Some(through), stale: false });
    pass(4).await;
    assert_eq!(observer.look_at_the_clock(), []);
    pass(1).await;
    assert_eq!(observer.look_at_the_clock().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_silent_watch_is_told_once_and_a_snapshot_comes_before_fresh_words() {
    let (mut observer, observed, _reports) = observer();
    beat(&observer);
    pass(46).await;
    assert!(matches!(observer.look_at_the_clock()[..], [ClusterSeen::Stale { .. }]));
    assert!(observed.freshness().stale);
    assert_eq!(observer.look_at_the_clock(), []);
    beat(&observer);
    pass(2).await;
    let reports = observer.look_at_the_clock();
    assert!(matches!(reports[..], [ClusterSeen::Snapshot { .. }, ClusterSeen::Fresh { .. }]), "{reports:?}");
    assert!(!observed.freshness().stale);
}

#[tokio::test(start_paused = true)]
async fn an_observer_that_stands_still_does_not_look_fresh() {
    let (mut observer, observed, _reports) = observer();
    beat(&observer);
    pass(5).await;
    observer.look_at_the_clock();
    assert!(!observed.freshness().stale);
    pass(60).await;
    assert!(observed.freshness().stale);
}

#[tokio::test(start_paused = true)]
async fn it_ends_when_a_watch_ends_and_when_nobody_listens() {
    let (ended, _, _reports) = observer();
    ended.run(futures_util::stream::empty()).await;
    let (unheard, _, reports) = observer();
    drop(reports);
    beat(&unheard);
    unheard.run(futures_util::stream::pending()).await;
}

#[test]
fn a_kept_pod_has_what_is_asked_of_it_and_not_how_it_was_to_run() {
    let pod = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": { "name": "in-1-1", "labels": { "a": "b" }, "annotations": { "c": "d" } },
        "spec": {
            "nodeName": "one",
            "volumes": [{ "name": "shm", "emptyDir": {} }],
            "tolerations": [{ "key": "e" }],
            "containers": [{
                "name": "main", "image": "i", "command": ["x"], "args": ["y"], "env": [{ "name": "k", "value": "v" }],
                "resources": { "limits": { "nvidia.com/gpu": "2" } },
            }],
        },
        "status": { "phase": "Running" },
    });
    let mut kept: Pod = serde_json::from_value(pod.clone()).unwrap();
    lighten(&mut kept);
    let mut expected = pod;
    for gone in [
        "/spec/volumes",
        "/spec/tolerations",
        "/spec/containers/0/command",
        "/spec/containers/0/args",
        "/spec/containers/0/env",
    ] {
        let (parent, name) = gone.rsplit_once('/').unwrap();
        expected.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
    }
    assert_eq!(serde_json::to_value(kept).unwrap(), expected);
}
