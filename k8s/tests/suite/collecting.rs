//! What the collector finds and takes in a real list.

use std::collections::HashSet;

use k8s::{Collector, Verdict};

use crate::{
    peer::peer,
    world::{Portal, instance, namespace, now, organisation, permit, pod, running},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_orphan_is_found_by_a_list_and_taken_and_nothing_else_is() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let other = Portal::start(&peer.cluster("other")).await;
    let (tenant, theirs) = (organisation(), organisation());
    let kept: Vec<_> = (0..5).map(|_| instance()).collect();
    let (orphan, stranger) = (instance(), instance());
    let quota = namespace(tenant, 8);
    for instance in kept.iter().chain([&orphan]) {
        let wish = running(pod(tenant, *instance, 1, 7));
        portal.wish(&quota, &wish);
    }
    other.wish(&namespace(theirs, 1), &running(pod(theirs, stranger, 1, 99)));
    for instance in kept.iter().chain([&orphan]) {
        portal.until_ready(*instance, 1).await;
    }
    other.until_ready(stranger, 1).await;
    portal.forget(orphan);

    let managed = portal.cluster.managed().await.unwrap();
    assert_eq!((managed.pods.len(), managed.highest_wish_seq), (6, 7));
    let wanted: HashSet<_> = kept.iter().map(|instance| (*instance, 1)).collect();
    let mut collector = Collector::default();
    assert_eq!(collector.look(&managed, &wanted, 7, now()), Verdict::Delete(Vec::new()));
    let Verdict::Delete(orphans) = collector.look(&managed, &wanted, 7, now().plus_seconds(60)) else {
        unreachable!("one of six is litter")
    };
    for orphan in &orphans {
        portal.cluster.collect(&permit(), orphan).await.unwrap();
    }
    portal.until_gone(orphan).await;
    assert!(kept.iter().all(|instance| portal.pod(*instance).is_some()));
    assert!(other.pod(stranger).is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_restored_from_before_is_told_by_one_object() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let mut wish = namespace(organisation(), 1);
    wish.wish_seq = 41;
    cluster.set_up_namespace(&permit(), &wish).await.unwrap();
    let managed = cluster.managed().await.unwrap();
    let verdict = Collector::default().look(&managed, &HashSet::new(), 40, now());
    assert!(matches!(verdict, Verdict::AskOperator { why } if why.contains("restored")));
}
