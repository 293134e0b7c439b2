//! From a wish to a pod and back, whatever happens in between.

use k8s::{Action, Error, InstanceSeen};
use k8s_openapi::api::core::v1::{Namespace, Pod, ResourceQuota};
use kube::{Api, ResourceExt as _};
use types::{InstanceReason, PodStage, Wish, WishOutcome};

use crate::{
    peer::peer,
    world::{Portal, instance, namespace, now, organisation, permit, pod, running, without_pod},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_namespace_is_set_up_whole_and_repeating_it_changes_nothing() {
    let peer = peer().await;
    let (cluster, wish) = (peer.cluster("dev"), namespace(organisation(), 3));
    cluster.set_up_namespace(&permit(), &wish).await.unwrap();
    let quotas: Api<ResourceQuota> = Api::all(peer.client());
    let named = format!("tm-{}", wish.organisation.characters());
    let versions = || async {
        let namespace = Api::<Namespace>::all(peer.client()).get(&named).await.unwrap();
        let quota = quotas.list(&Default::default()).await.unwrap().items;
        let quota = quota.into_iter().find(|quota| quota.namespace().as_deref() == Some(&named)).unwrap();
        let hard = quota.spec.as_ref().unwrap().hard.clone().unwrap();
        assert_eq!(hard["requests.nvidia.com/gpu"].0, "3");
        (namespace.resource_version(), quota.metadata.managed_fields.map(|fields| fields.len()))
    };
    let before = versions().await;
    cluster.set_up_namespace(&permit(), &wish).await.unwrap();
    assert_eq!(versions().await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_in_an_organisation_without_a_namespace_becomes_ready_all_the_same() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    assert!(ready.ready_since() >= Some(ready.created_at.floor()));
    assert!(ready.container.is_some() && ready.node.is_some() && ready.scheduled_at.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_wish_wins_over_a_start_that_is_under_way() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 1);
    let start = running(pod(organisation, instance, 1, 1));
    portal.cluster.set_up_namespace(&permit(), &quota).await.unwrap();
    portal.wish(&quota, &start);
    portal.wish(&quota, &without_pod(Wish::Stopped, &start, 2));
    portal.wish(&quota, &running(pod(organisation, instance, 2, 3)));
    portal.until_ready(instance, 2).await;
    portal.wish(&quota, &without_pod(Wish::Deleted, &start, 4));
    portal.until_gone(instance).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_whose_answer_was_lost_is_the_same_pod() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let (organisation, instance) = (organisation(), instance());
    let wish = running(pod(organisation, instance, 1, 1));
    let quota = namespace(organisation, 1);
    cluster.set_up_namespace(&permit(), &quota).await.unwrap();
    let portal = Portal::start(&cluster).await;
    portal.wish(&quota, &wish);
    let first = portal.until_ready(instance, 1).await;
    let unseen = InstanceSeen::default();
    let again = cluster.reconcile(&permit(), &quota, &wish, &unseen, now()).await.unwrap();
    assert_eq!(again, WishOutcome::Done);
    assert_eq!(portal.until_ready(instance, 1).await.uid, first.uid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_starts_again_adopts_what_runs_and_writes_nothing() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let (organisation, instance) = (organisation(), instance());
    let wish = running(pod(organisation, instance, 1, 1));
    let quota = namespace(organisation, 1);
    let first = Portal::start(&cluster).await;
    first.wish(&quota, &wish);
    let ready = first.until_ready(instance, 1).await;
    let pods: Api<Pod> = Api::namespaced(peer.client(), &ready.namespace);
    let version = pods.get(&ready.name).await.unwrap().resource_version();
    let second = Portal::start(&cluster).await;
    second.wish(&quota, &wish);
    assert_eq!(second.until_ready(instance, 1).await.uid, ready.uid);
    let done = || second.outcome(instance);
    crate::world::eventually(done, || "no outcome".into()).await;
    assert_eq!(pods.get(&ready.name).await.unwrap().resource_version(), version);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deletion_meant_for_another_pod_of_that_name_takes_nothing() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 1);
    portal.wish(&quota, &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    let delete = Action::DeletePod { organisation, name: ready.name.clone(), uid: "not this one".into() };
    assert_eq!(portal.cluster.carry_out(&permit(), &quota, &delete).await.unwrap(), WishOutcome::Done);
    let pods: Api<Pod> = Api::namespaced(peer.client(), &ready.namespace);
    assert_eq!(pods.get(&ready.name).await.unwrap().metadata.deletion_timestamp, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quota_that_lags_behind_the_database_delays_and_never_ends_a_launch() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.cluster.set_up_namespace(&permit(), &namespace(organisation, 0)).await.unwrap();
    let launch = Action::ApplyPod(pod(organisation, instance, 1, 1));
    let waits = portal.cluster.carry_out(&permit(), &namespace(organisation, 0), &launch).await.unwrap();
    let reason = InstanceReason::ClusterQuotaCatchingUp;
    assert!(matches!(waits, WishOutcome::Waits { reason: why, .. } if why == reason), "{waits:?}");
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    portal.until_ready(instance, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_installations_namespace_is_left_alone() {
    let peer = peer().await;
    let wish = namespace(organisation(), 1);
    let one = peer.cluster("one");
    one.set_up_namespace(&permit(), &wish).await.unwrap();
    let refused = peer.cluster("two").set_up_namespace(&permit(), &wish).await;
    assert!(matches!(refused, Err(Error::Foreign { owner, .. }) if owner == one.installation().as_str()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_no_node_can_take_says_so_and_leaves_nothing_when_given_up() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 100);
    let mut wanted = pod(organisation, instance, 1, 1);
    wanted.units = 64;
    portal.wish(&quota, &running(wanted.clone()));
    let waiting = portal.until(instance, |pod| pod.reason == Some(InstanceReason::NoFreeGpu)).await;
    assert_eq!(waiting.stage, PodStage::Scheduling);
    wanted.ready_by = Some(now());
    portal.wish(&quota, &running(wanted));
    portal.until_gone(instance).await;
}
