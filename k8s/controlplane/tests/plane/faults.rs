//! real_only: what a real API server, etcd and controllers do that the simulator does not, and that nothing is lost or
//! done twice by it.

use std::{env, time::Duration};

use controlplane::{PORTAL, Part};
use k8s::Action;
use k8s_openapi::api::core::v1::ResourceQuota;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::json;
use types::{InstanceReason, OrganisationId, PodSeen, Wish, WishOutcome};

use crate::{
    peer::peer,
    world::{Portal, eventually, instance, namespace, organisation, permit, pod, running, without_pod},
};

/// How long an outage lasts: two minutes in the deep version.
fn outage() -> Duration {
    Duration::from_secs(if env::var_os("TAMUDA_DEEP").is_some() { 120 } else { 8 })
}

/// Launches an instance and waits until it runs.
async fn launched(portal: &Portal, organisation: OrganisationId, wish_seq: i64) -> PodSeen {
    let instance = instance();
    portal.wish(&namespace(organisation, 8), &running(pod(organisation, instance, 1, wish_seq)));
    portal.until_ready(instance, 1).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_api_server_that_hangs_delays_a_launch_and_loses_nothing() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let organisation = organisation();
    let before = launched(&portal, organisation, 1).await;
    peer.pause(Part::ApiServer);
    let during = instance();
    portal.wish(&namespace(organisation, 8), &running(pod(organisation, during, 1, 2)));
    let says_so = || format!("{:?}", portal.outcome(during)?).contains("ClusterUnreachable").then_some(());
    eventually(says_so, || format!("{:?}", portal.outcome(during))).await;
    tokio::time::sleep(outage()).await;
    peer.resume(Part::ApiServer);
    portal.until_ready(during, 1).await;
    assert_eq!(portal.until_ready(before.instance, 1).await.uid, before.uid);
    assert_eq!(portal.cluster.managed().await.unwrap().pods.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_etcd_that_was_away_has_forgotten_nothing() {
    let mut peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let organisation = organisation();
    let before = launched(&portal, organisation, 1).await;
    peer.kill(Part::Etcd);
    let during = instance();
    portal.wish(&namespace(organisation, 8), &running(pod(organisation, during, 1, 2)));
    let waits = || matches!(portal.outcome(during)?, WishOutcome::Waits { .. }).then_some(());
    eventually(waits, || format!("{:?}", portal.outcome(during))).await;
    peer.restart(Part::Etcd);
    portal.until_ready(during, 1).await;
    assert_eq!(portal.until_ready(before.instance, 1).await.uid, before.uid);
    assert_eq!(portal.cluster.managed().await.unwrap().pods.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_is_told_429_launches_all_the_same() {
    let peer = peer().await;
    // One seat and no queue for the portal: whatever comes beside it is refused with Retry-After.
    peer.apply(
        &json!({"apiVersion": "flowcontrol.apiserver.k8s.io/v1", "kind": "PriorityLevelConfiguration",
            "metadata": {"name": "portal"}, "spec": {"type": "Limited", "limited": {
                "nominalConcurrencyShares": 0, "lendablePercent": 0, "borrowingLimitPercent": 0,
                "limitResponse": {"type": "Reject"}}}})
        .to_string(),
    );
    peer.apply(
        &json!({"apiVersion": "flowcontrol.apiserver.k8s.io/v1", "kind": "FlowSchema",
            "metadata": {"name": "portal"}, "spec": {"matchingPrecedence": 2,
                "priorityLevelConfiguration": {"name": "portal"},
                "rules": [{"subjects": [{"kind": "User", "user": {"name": PORTAL}}],
                    "resourceRules": [{"verbs": ["create", "patch"], "apiGroups": ["*"], "resources": ["*"],
                        "clusterScope": true, "namespaces": ["*"]}]}]}})
        .to_string(),
    );
    let cluster = peer.cluster("dev");
    let portal = Portal::start(&cluster).await;
    let organisation = organisation();
    let quota = namespace(organisation, 16);
    let instances: Vec<_> = (0..16).map(|_| instance()).collect();
    for (wish_seq, instance) in (1..).zip(&instances) {
        portal.wish(&quota, &running(pod(organisation, *instance, 1, wish_seq)));
    }
    for instance in &instances {
        portal.until_ready(*instance, 1).await;
    }
    let refused = peer.metric("apiserver_flowcontrol_rejected_requests_total", "priority_level=\"portal\"");
    peer.remove("flowschema/portal");
    peer.remove("prioritylevelconfiguration/portal");
    assert!(refused > 0.0, "nothing was refused: the test shows nothing");
    assert_eq!(portal.cluster.managed().await.unwrap().pods.len(), 16);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_namespace_without_its_service_account_delays_a_launch() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    // Who makes the account stands still.
    peer.pause(Part::ControllerManager);
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let waits = || matches!(portal.outcome(instance)?, WishOutcome::Waits { .. }).then_some(());
    eventually(waits, || format!("{:?}", portal.outcome(instance))).await;
    peer.resume(Part::ControllerManager);
    portal.until_ready(instance, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pod_that_does_not_end_keeps_its_quota_and_the_next_launch_waits_for_it() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, first, second) = (organisation(), instance(), instance());
    let quota = namespace(organisation, 1);
    let start = running(pod(organisation, first, 1, 1));
    portal.wish(&quota, &start);
    portal.until_ready(first, 1).await;
    peer.pause(Part::Kubelets);
    portal.wish(&quota, &without_pod(Wish::Stopped, &start, 2));
    portal.wish(&quota, &running(pod(organisation, second, 1, 3)));
    let waits = || {
        let reason = InstanceReason::ClusterQuotaCatchingUp;
        matches!(portal.outcome(second)?, WishOutcome::Waits { reason: why, .. } if why == reason).then_some(())
    };
    eventually(waits, || format!("{:?}", portal.outcome(second))).await;
    peer.resume(Part::Kubelets);
    portal.until_ready(second, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_manager_changes_of_a_quota_is_taken_back() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let wish = namespace(organisation(), 2);
    cluster.set_up_namespace(&permit(), &wish).await.unwrap();
    let place = format!("tm-{}", wish.organisation.characters());
    let quotas: Api<ResourceQuota> = Api::namespaced(peer.client(), &place);
    let theirs = json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "tamuda"},
        "spec": {"hard": {"requests.nvidia.com/gpu": "99"}}});
    let as_other = PatchParams::apply("somebody");
    let conflict = quotas.patch("tamuda", &as_other, &Patch::Apply(&theirs)).await;
    assert!(matches!(&conflict, Err(kube::Error::Api(status)) if status.code == 409), "{conflict:?}");
    quotas.patch("tamuda", &as_other.force(), &Patch::Apply(&theirs)).await.unwrap();
    cluster.set_up_namespace(&permit(), &wish).await.unwrap();
    let hard = quotas.get("tamuda").await.unwrap().spec.unwrap().hard.unwrap();
    assert_eq!(hard["requests.nvidia.com/gpu"].0, "2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taint_that_evicts_takes_no_instance() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let ready = launched(&portal, organisation(), 1).await;
    let node = ready.node.clone().unwrap();
    peer.lose_node(&node);
    portal.until(ready.instance, |pod| pod.reason == Some(InstanceReason::NodeLost)).await;
    // The controller that taints follows the one that told of the loss.
    let effects = || peer.kubectl(&["get", "node", &node, "-o", "jsonpath={.spec.taints[*].effect}"]);
    eventually(|| effects().contains("NoExecute").then_some(()), effects).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(portal.pod(ready.instance).unwrap().deletion, None);
    peer.return_node(&node);
    assert_eq!(portal.until_ready(ready.instance, 1).await.uid, ready.uid);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_a_policy_delays_is_no_answer_and_no_second_pod() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let quota = namespace(organisation(), 1);
    cluster.set_up_namespace(&permit(), &quota).await.unwrap();
    let portal = Portal::start(&cluster).await;
    let wanted = pod(quota.organisation, instance(), 1, 1);
    let apply = Action::ApplyPod(wanted.clone());
    peer.pause(Part::ApiServer);
    let outcome = cluster.carry_out(&permit(), &quota, &apply).await.unwrap();
    assert!(matches!(outcome, WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, .. }), "{outcome:?}");
    // The request waits in the server's socket, and is done after all.
    peer.resume(Part::ApiServer);
    portal.wish(&quota, &running(wanted.clone()));
    portal.until_ready(wanted.instance, 1).await;
    assert_eq!(portal.cluster.managed().await.unwrap().pods.len(), 1);
}
