//! The faults that comparable systems did not survive, one by one.

use std::time::{Duration, Instant};

use k8s::Action;
use types::{ClusterSeen, InstanceReason, PodSeen, PodStage, Wish, WishOutcome};

use crate::{
    peer::peer,
    trouble::Trouble,
    world::{Portal, eventually, instance, namespace, now, organisation, permit, pod, running, without_pod},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_whose_answers_are_lost_is_one_pod_and_its_wait_is_told() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 2);
    portal.cluster.set_up_namespace(&permit(), &quota).await.unwrap();
    // A new namespace refuses pods for a moment; this one is no longer new when its answers get lost.
    let another = Action::ApplyPod(pod(organisation, crate::world::instance(), 1, 1));
    assert_eq!(portal.cluster.carry_out(&permit(), &quota, &another).await.unwrap(), WishOutcome::Done);
    peer.trouble(Trouble::AnswersLost);
    let apply = Action::ApplyPod(pod(organisation, instance, 1, 1));
    let outcome = portal.cluster.carry_out(&permit(), &quota, &apply).await.unwrap();
    let unknown = InstanceReason::ClusterUnreachable;
    assert!(matches!(outcome, WishOutcome::Waits { reason, .. } if reason == unknown), "{outcome:?}");
    peer.relief();
    let first = eventually(|| portal.pod(instance), || "the pod was not made".into()).await;
    portal.wish(&quota, &running(pod(organisation, instance, 1, 1)));
    assert_eq!(portal.cluster.carry_out(&permit(), &quota, &apply).await.unwrap(), WishOutcome::Done);
    assert_eq!(portal.until_ready(instance, 1).await.uid, first.uid);
    let pods = portal.cluster.managed().await.unwrap().pods;
    assert_eq!(pods.iter().filter(|pod| pod.instance == instance).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watch_that_tells_everything_twice_reports_it_once() {
    let peer = peer().await;
    peer.trouble(Trouble::WatchesRepeat);
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let start = running(pod(organisation, instance, 1, 1));
    portal.wish(&namespace(organisation, 1), &start);
    portal.until_ready(instance, 1).await;
    portal.wish(&namespace(organisation, 1), &without_pod(Wish::Stopped, &start, 2));
    portal.until_gone(instance).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let reports = portal.reports.lock().unwrap();
    let pods: Vec<&ClusterSeen> =
        reports.iter().filter(|it| matches!(it, ClusterSeen::Pod(_) | ClusterSeen::PodGone(_))).collect();
    assert!(pods.windows(2).all(|pair| pair[0] != pair[1]));
    assert_eq!(pods.iter().filter(|it| matches!(it, ClusterSeen::PodGone(_))).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hanging_api_server_is_given_up_on_within_a_writes_time() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let quota = namespace(organisation(), 1);
    cluster.set_up_namespace(&permit(), &quota).await.unwrap();
    peer.trouble(Trouble::Hangs);
    let began = Instant::now();
    let apply = Action::ApplyPod(pod(quota.organisation, instance(), 1, 1));
    let outcome = cluster.carry_out(&permit(), &quota, &apply).await.unwrap();
    assert!(matches!(outcome, WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, .. }), "{outcome:?}");
    assert!(began.elapsed() < Duration::from_secs(7), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_api_server_makes_a_launch_late_and_nothing_else() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instances) = (organisation(), [instance(), instance()]);
    peer.trouble(Trouble::Slow);
    for instance in instances {
        portal.wish(&namespace(organisation, 2), &running(pod(organisation, instance, 1, 1)));
    }
    for instance in instances {
        portal.until_ready(instance, 1).await;
    }
    peer.relief();
    assert_eq!(portal.cluster.managed().await.unwrap().pods.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_container_killed_for_memory_shows_its_end_and_runs_again() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let first = portal.until_ready(instance, 1).await;
    peer.trouble(Trouble::OutOfMemory);
    let again = portal.until(instance, |pod| pod.restarts == 1 && pod.stage == PodStage::Ready).await;
    let ended = again.ended.unwrap();
    assert_eq!((ended.exit_code, ended.reason.as_str()), (137, "OOMKilled"));
    assert_eq!(ended.id, first.container.unwrap().id);
    assert_eq!(again.uid, first.uid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pod_of_a_node_that_was_taken_away_is_lost_and_ends_and_the_next_attempt_runs_elsewhere() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 1);
    portal.wish(&quota, &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    let node = ready.node.unwrap();
    // Nobody makes the pod anew before all of its end was seen.
    portal.forget(instance);
    peer.take_node(&node).await;
    for stage in [PodStage::Unready, PodStage::Failed] {
        let told = || {
            let reports = portal.reports.lock().unwrap();
            let is_it = |seen: &PodSeen| seen.uid == ready.uid && seen.stage == stage;
            reports.iter().find_map(|it| match it {
                ClusterSeen::Pod(seen) | ClusterSeen::PodGone(seen) if is_it(seen) => Some(seen.reason),
                _ => None,
            })
        };
        let reason = eventually(told, || format!("{:?}", portal.observed.pods_of(instance))).await;
        assert_eq!(reason, Some(InstanceReason::NodeLost), "{stage:?}");
    }
    portal.until_gone(instance).await;
    assert!(!portal.observed.nodes().iter().any(|shown| shown.name == node));
    portal.wish(&quota, &running(pod(organisation, instance, 2, 2)));
    assert_ne!(portal.until_ready(instance, 2).await.node, Some(node.clone()));
    peer.give_node(&node).await;
    let is_back = || portal.observed.nodes().iter().any(|shown| shown.name == node).then_some(());
    eventually(is_back, || "the node is not back".into()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_gpu_is_told_of_the_pod_that_had_it_and_ends() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    let pod = format!("{}/{}", ready.namespace, ready.name);
    peer.trouble(Trouble::GpuLost { node: ready.node.unwrap(), pod });
    let lost = portal.until(instance, |pod| pod.gpu_lost).await;
    assert_eq!((lost.stage, lost.reason), (PodStage::Unready, Some(InstanceReason::GpuLost)));
    peer.relief();
    portal.until_ready(instance, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kubelet_that_refuses_a_pod_fails_it_and_the_next_attempt_runs() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 2);
    peer.trouble(Trouble::KubeletRefuses);
    portal.wish(&quota, &running(pod(organisation, instance, 1, 1)));
    let failed = portal.until(instance, |pod| pod.stage == PodStage::Failed).await;
    assert_eq!(failed.reason, Some(InstanceReason::NodeRefused));
    peer.relief();
    portal.wish(&quota, &running(pod(organisation, instance, 2, 2)));
    portal.until_ready(instance, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pod_that_does_not_end_is_waited_for_and_never_forced() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    let quota = namespace(organisation, 2);
    let start = running(pod(organisation, instance, 1, 1));
    portal.wish(&quota, &start);
    portal.until_ready(instance, 1).await;
    peer.trouble(Trouble::PodsStick);
    portal.wish(&quota, &without_pod(Wish::Stopped, &start, 2));
    let ending = portal.until(instance, |pod| pod.stage == PodStage::Terminating).await;
    portal.wish(&quota, &running(pod(organisation, instance, 2, 3)));
    tokio::time::sleep(Duration::from_secs(3)).await;
    let still = portal.pod(instance).unwrap();
    assert_eq!((&still.uid, still.deletion), (&ending.uid, ending.deletion), "asked for once, and alone");
    assert!(still.is_stuck(now().plus_seconds(120)) && !still.is_stuck(now()));
    peer.relief();
    portal.until_ready(instance, 2).await;
}
