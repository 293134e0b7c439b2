//! Watching: order, selectors, bookmarks, streamed lists, time-outs, 410, and the faults of watches.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare has failed")]

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, pin_mut};
use k8s_openapi::api::core::v1::Pod;
use k8s_simulator::{Fault, FaultKind, SimulatorConfig};
use kube::api::{DeleteParams, ListParams, Patch, PatchParams, WatchEvent, WatchParams};
use kube::runtime::watcher::{self, Event, watcher};
use serde_json::json;

use crate::house::{House, gpu_pod, h100};

fn told(event: &WatchEvent<Pod>) -> String {
    match event {
        WatchEvent::Added(pod) => format!("+{}", pod.metadata.name.as_deref().unwrap_or_default()),
        WatchEvent::Modified(pod) => format!("~{}", pod.metadata.name.as_deref().unwrap_or_default()),
        WatchEvent::Deleted(pod) => format!("-{}", pod.metadata.name.as_deref().unwrap_or_default()),
        WatchEvent::Bookmark(_) => "bookmark".to_owned(),
        WatchEvent::Error(status) => format!("error {}", status.code),
    }
}

/// What a watch tells until it ends or falls silent for 300 ms.
async fn heard(house: &House, params: &WatchParams, from: &str) -> Vec<String> {
    let stream = house.pods().watch(params, from).await.unwrap();
    pin_mut!(stream);
    let mut told_all = Vec::new();
    while let Ok(Some(event)) = tokio::time::timeout(Duration::from_millis(300), stream.next()).await {
        told_all.push(event.map_or_else(|error| error.to_string(), |event| told(&event)));
    }
    told_all
}

async fn waiting_pods(house: &House, names: &[&str]) -> String {
    let revision = house.pods().list(&ListParams::default()).await.unwrap().metadata.resource_version.unwrap();
    for name in names {
        house.apply(&gpu_pod(name, "nothing", 1)).await.unwrap();
    }
    revision
}

#[tokio::test]
async fn a_watch_tells_each_change_after_its_revision_once_and_in_order() {
    let house = House::stepped().await;
    let from = waiting_pods(&house, &["a", "b"]).await;
    house.pods().delete("a", &DeleteParams::default()).await.unwrap();
    assert_eq!(heard(&house, &WatchParams::default(), &from).await, ["+a", "+b", "-a"]);
}

#[tokio::test]
async fn an_object_that_ceases_to_match_the_selector_is_told_as_deleted() {
    let house = House::stepped().await;
    let from = waiting_pods(&house, &["a"]).await;
    for label in ["other", "a"] {
        let patch = Patch::Merge(json!({"metadata": {"labels": {"who": label}}}));
        house.pods().patch("a", &PatchParams::default(), &patch).await.unwrap();
    }
    let those = WatchParams::default().labels("who=a");
    assert_eq!(heard(&house, &those, &from).await, ["+a", "-a", "+a"]);
    let stream = house.pods().watch(&those, &from).await.unwrap();
    pin_mut!(stream);
    let mut events = stream.take(2).try_collect::<Vec<_>>().await.unwrap();
    let Some(WatchEvent::Deleted(left)) = events.pop() else { unreachable!("{events:?}") };
    let Some(WatchEvent::Added(added)) = events.pop() else { unreachable!("{events:?}") };
    // As it was when it matched, at the version at which it no longer did.
    assert_eq!(left.metadata.labels, added.metadata.labels);
    assert!(left.metadata.resource_version > added.metadata.resource_version);
}

#[tokio::test]
async fn bookmarks_come_each_minute_and_the_time_out_ends_the_watch() {
    let house = House::stepped().await;
    let stream = house.pods().watch(&WatchParams::default().timeout(90), "0").await.unwrap();
    pin_mut!(stream);
    house.advance(61.0).await;
    assert_eq!(told(&stream.try_next().await.unwrap().unwrap()), "bookmark");
    house.advance(30.0).await;
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_revision_that_is_forgotten_is_answered_with_410() {
    let house = House::quick().await;
    let from = waiting_pods(&house, &["a"]).await;
    house.simulator.compact();
    assert_eq!(heard(&house, &WatchParams::default(), &from).await, ["error 410"]);
}

#[tokio::test]
async fn a_watch_that_falls_behind_the_history_is_answered_with_410() {
    let house = House::new(SimulatorConfig { history: 2, ..SimulatorConfig::quick() }).await;
    let from = waiting_pods(&house, &["a", "b", "c"]).await;
    assert_eq!(heard(&house, &WatchParams::default(), &from).await, ["error 410"]);
}

#[tokio::test]
async fn kubes_watcher_recovers_from_a_cut_and_from_410() {
    let house = House::quick().await;
    let stream = watcher(house.pods(), watcher::Config::default());
    pin_mut!(stream);
    while !matches!(stream.try_next().await.unwrap(), Some(Event::InitDone)) {}
    house.simulator.inject(Fault::new(FaultKind::WatchCut));
    house.simulator.compact();
    house.apply(&gpu_pod("a", "nothing", 1)).await.unwrap();
    loop {
        match stream.next().await.unwrap() {
            Ok(Event::Apply(pod) | Event::InitApply(pod)) if pod.metadata.name.as_deref() == Some("a") => return,
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_streamed_list_ends_with_its_bookmark() {
    let house = House::quick().await;
    house.apply(&gpu_pod("a", "nothing", 1)).await.unwrap();
    let stream = watcher(house.pods(), watcher::Config::default().streaming_lists());
    pin_mut!(stream);
    let mut names = Vec::new();
    loop {
        match stream.try_next().await.unwrap().unwrap() {
            Event::InitApply(pod) => names.extend(pod.metadata.name),
            Event::InitDone => break,
            _ => {}
        }
    }
    assert_eq!(names, ["a"]);
}

#[tokio::test]
async fn a_cut_ends_open_watches_without_an_error() {
    let house = House::quick().await;
    let stream = house.pods().watch(&WatchParams::default(), "0").await.unwrap();
    pin_mut!(stream);
    house.simulator.inject(Fault::new(FaultKind::WatchCut));
    let end = tokio::time::timeout(Duration::from_secs(5), stream.try_next()).await.unwrap();
    assert!(end.unwrap().is_none());
}

#[tokio::test]
async fn events_are_told_twice_while_that_fault_is_on() {
    let house = House::stepped().await;
    let from = waiting_pods(&house, &["a", "b"]).await;
    house.simulator.inject(Fault::new(FaultKind::WatchDuplicate).times(1));
    assert_eq!(heard(&house, &WatchParams::default(), &from).await, ["+a", "+a", "+b"]);
}

#[tokio::test]
async fn a_stale_watch_stays_silent_and_a_new_one_tells_everything() {
    let house = House::quick().await;
    let from = waiting_pods(&house, &[]).await;
    let stale = house.simulator.inject(Fault::new(FaultKind::WatchStale));
    house.apply(&h100("a")).await.unwrap();
    house.ready("a", "True").await;
    assert!(heard(&house, &WatchParams::default(), &from).await.is_empty());
    house.simulator.clear(&stale);
    assert_eq!(heard(&house, &WatchParams::default(), &from).await[0], "+a");
}
