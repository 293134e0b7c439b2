//! What is seen, and that nothing that happens to a watch changes what is seen in the end.

use std::time::Duration;

use futures_util::StreamExt as _;
use k8s::{Cluster, LogsWanted, catalogue};
use serde_json::json;
use types::{ClusterSeen, InstanceReason, PodStage, Wish};

use crate::{
    peer::peer,
    world::{Portal, eventually, instance, namespace, now, organisation, pod, running, without_pod},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_report_is_everything_and_freshness_follows() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let fresh = || portal.observed.freshness().through.filter(|through| now().seconds_since(*through) < 30);
    eventually(fresh, || format!("{:?}", portal.observed.freshness())).await;
    let told = || portal.reports.lock().unwrap().iter().any(|it| matches!(it, ClusterSeen::Fresh { .. })).then_some(());
    eventually(told, || "freshness was not reported".into()).await;
    let reports = portal.reports.lock().unwrap();
    assert!(matches!(&reports[0], ClusterSeen::Snapshot { nodes, .. } if !nodes.is_empty()));
    assert!(!portal.observed.freshness().stale);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hubs_nodes_make_a_catalogue_whose_units_can_be_launched() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let found = catalogue(&portal.observed.nodes());
    assert_eq!(found.refused, []);
    let slugs: Vec<&str> = found.flavours.iter().map(|flavour| flavour.slug.as_str()).collect();
    assert!(slugs.contains(&"h200") && slugs.contains(&"l40s"), "{slugs:?}");
    let organisation = organisation();
    let mut quota = namespace(organisation, 64);
    quota.gpus.extend(found.flavours.iter().map(|flavour| (flavour.resource.clone(), 64)));
    for flavour in found.flavours {
        let instance = instance();
        let mut wanted = pod(organisation, instance, 1, 1);
        (wanted.resource, wanted.nodes, wanted.needs) = (flavour.resource, flavour.nodes, flavour.unit);
        portal.wish(&quota, &running(wanted));
        portal.until_ready(instance, 1).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gpus_of_a_node_are_free_again_when_its_pod_is_gone() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let other = Portal::start(&peer.cluster("other")).await;
    let (organisation, instance) = (organisation(), instance());
    let start = running(pod(organisation, instance, 1, 1));
    let used = |portal: &Portal| -> (i64, i64) {
        let nodes = portal.observed.nodes();
        let gpus = nodes.iter().flat_map(|node| &node.gpus);
        gpus.fold((0, 0), |(ours, foreign), gpu| (ours + gpu.ours, foreign + gpu.foreign))
    };
    let becomes = async |portal: &Portal, wanted: (i64, i64)| {
        eventually(|| (used(portal) == wanted).then_some(()), || format!("{:?} not {wanted:?}", used(portal))).await;
    };
    portal.wish(&namespace(organisation, 1), &start);
    portal.until_ready(instance, 1).await;
    becomes(&portal, (1, 0)).await;
    becomes(&other, (0, 1)).await;
    portal.wish(&namespace(organisation, 1), &without_pod(Wish::Stopped, &start, 2));
    becomes(&portal, (0, 0)).await;
    becomes(&other, (0, 0)).await;
}

/// What is seen now equals what one sees who looks for the first time.
async fn sees_what_a_newcomer_sees(portal: &Portal, cluster: &Cluster) {
    let newcomer = Portal::start(cluster).await;
    let words = |portal: &Portal| -> Vec<(String, String, PodStage)> {
        portal.observed.pods().into_iter().map(|pod| (pod.name, pod.uid, pod.stage)).collect()
    };
    let same = || (words(portal) == words(&newcomer)).then_some(());
    eventually(same, || format!("{:?} {:?}", words(portal), words(&newcomer))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_was_cut_and_told_410_misses_nothing_in_the_end() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let portal = Portal::start(&cluster).await;
    let organisation = organisation();
    let quota = namespace(organisation, 8);
    let instances: Vec<_> = (0..4).map(|_| instance()).collect();
    for (place, instance) in instances.iter().enumerate() {
        portal.wish(&quota, &running(pod(organisation, *instance, 1, 1)));
        if place % 2 == 0 { peer.cut_watches() } else { peer.expire_watches().await }
    }
    for instance in &instances {
        portal.until_ready(*instance, 1).await;
    }
    portal.wish(&quota, &without_pod(Wish::Stopped, &running(pod(organisation, instances[0], 1, 1)), 2));
    peer.expire_watches().await;
    portal.until_gone(instances[0]).await;
    sees_what_a_newcomer_sees(&portal, &cluster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_api_server_that_was_away_finds_the_portal_waiting_and_the_pods_running() {
    let mut peer = peer().await;
    let cluster = peer.cluster("dev");
    let portal = Portal::start(&cluster).await;
    let (organisation, before, during) = (organisation(), instance(), instance());
    let quota = namespace(organisation, 2);
    portal.wish(&quota, &running(pod(organisation, before, 1, 1)));
    let ready = portal.until_ready(before, 1).await;
    peer.stop().await;
    portal.wish(&quota, &running(pod(organisation, during, 1, 2)));
    let says_so = || {
        let outcome = portal.outcome(during)?;
        format!("{outcome:?}").contains("ClusterUnreachable").then_some(())
    };
    eventually(says_so, || format!("{:?}", portal.outcome(during))).await;
    peer.start().await;
    portal.until_ready(during, 1).await;
    assert_eq!(portal.until_ready(before, 1).await.uid, ready.uid);
    sees_what_a_newcomer_sees(&portal, &cluster).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_node_unreadies_its_pods_since_its_last_sign_of_life_and_gives_them_back() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    let node = ready.node.clone().unwrap();
    let silenced = now();
    peer.lose_node(&node);
    let lost = portal.until(instance, |pod| pod.reason == Some(InstanceReason::NodeLost)).await;
    assert!(lost.node_lost_at.unwrap() <= silenced.plus_seconds(2), "{:?} after {silenced}", lost.node_lost_at);
    peer.return_node(&node);
    assert_eq!(portal.until_ready(instance, 1).await.uid, ready.uid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pod_deleted_by_hand_is_seen_to_go() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let start = running(pod(organisation, instance, 1, 1));
    portal.wish(&namespace(organisation, 1), &start);
    let ready = portal.until_ready(instance, 1).await;
    portal.forget(instance);
    let pods = kube::Api::<k8s_openapi::api::core::v1::Pod>::namespaced(peer.client(), &ready.namespace);
    pods.delete(&ready.name, &Default::default()).await.unwrap();
    portal.until_gone(instance).await;
    let told = |report: &ClusterSeen| matches!(report, ClusterSeen::PodGone(pod) if pod.uid == ready.uid);
    eventually(|| portal.reports.lock().unwrap().iter().any(told).then_some(()), || "no end was told".into()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pod_relabelled_by_hand_gets_its_label_back_and_is_the_same_pod() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    let others = json!({"metadata": {"labels": {"tamuda.dev/installation": "another"}}});
    let pods = kube::Api::<k8s_openapi::api::core::v1::Pod>::namespaced(peer.client(), &ready.namespace);
    pods.patch(&ready.name, &Default::default(), &kube::api::Patch::Merge(&others)).await.unwrap();
    let told = |report: &ClusterSeen| matches!(report, ClusterSeen::PodGone(pod) if pod.uid == ready.uid);
    eventually(|| portal.reports.lock().unwrap().iter().any(told).then_some(()), || "its leave was not told".into())
        .await;
    assert_eq!(portal.until_ready(instance, 1).await.uid, ready.uid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_are_lines_with_their_times() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    portal.until_ready(instance, 1).await;
    let wanted = LogsWanted { organisation, instance, attempt: 1, tail: Some(5), follow: true, previous: false };
    let mut lines = Box::pin(portal.cluster.logs(wanted).await.unwrap());
    let first = tokio::time::timeout(Duration::from_secs(20), lines.next()).await.unwrap().unwrap().unwrap();
    assert!(first.at.is_some() && !first.text.is_empty(), "{first:?}");
    let nobody = LogsWanted { attempt: 9, ..wanted };
    assert!(portal.cluster.logs(nobody).await.is_err_and(|error| error.is_not_found()));
}
