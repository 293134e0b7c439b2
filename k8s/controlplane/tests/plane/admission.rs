//! real_only: the simulator evaluates neither CEL nor Pod Security. What the cluster refuses in an organisation's
//! namespace, whoever asks, as `k8s/manifests` says.

use std::time::Duration;

use k8s::Action;
use k8s_openapi::api::{core::v1::Pod, rbac::v1::RoleBinding};
use kube::{Api, Client, api::PostParams};
use serde_json::{Value, json};
use types::{InstanceReason, WishOutcome};

use crate::{
    peer::{Peer, peer},
    world::{instance, namespace, organisation, permit, pod},
};

/// A pod as the portal would write it, more or less.
fn instance_like() -> Value {
    json!({
        "metadata": {"name": "by-hand", "labels": {"app.kubernetes.io/managed-by": "tamuda"}},
        "spec": {
            "automountServiceAccountToken": false,
            "securityContext": {"runAsNonRoot": true, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [{
                "name": "main", "image": format!("registry.example/pytorch@sha256:{}", "a".repeat(64)),
                "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
                "resources": {"limits": {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Gi", "nvidia.com/gpu": "1"}},
            }],
        },
    })
}

/// An organisation's namespace; the organisation.
async fn place(peer: &Peer) -> String {
    let wish = namespace(organisation(), 4);
    peer.cluster("dev").set_up_namespace(&permit(), &wish).await.unwrap();
    format!("tm-{}", wish.organisation.characters())
}

/// Why it is refused, with the code; nothing when it is taken.
async fn refused(client: Client, place: &str, pod: Value) -> Option<(u16, String)> {
    let pods: Api<Pod> = Api::namespaced(client, place);
    let pod: Pod = serde_json::from_value(pod).unwrap();
    for _ in 0..100 {
        let answer = pods.create(&PostParams { dry_run: true, ..PostParams::default() }, &pod).await;
        match answer {
            Ok(_) => return None,
            // The namespace is new.
            Err(kube::Error::Api(status)) if status.message.contains("error looking up service account") => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(kube::Error::Api(status)) => return Some((status.code, status.message)),
            Err(error) => unreachable!("{error}"),
        }
    }
    unreachable!("the namespace stays new")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_round_the_portal_is_refused_whoever_asks() {
    let peer = peer().await;
    let place = place(&peer).await;
    assert_eq!(refused(peer.client(), &place, instance_like()).await, None);
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 6] = [
        ("is an instance of Tamuda", |pod| pod["metadata"]["labels"] = json!({})),
        ("pinned by its digest", |pod| {
            pod["spec"]["containers"][0]["image"] = "registry.example/pytorch:latest".into()
        }),
        ("is one container", |pod| {
            let second = pod["spec"]["containers"][0].clone();
            pod["spec"]["containers"].as_array_mut().unwrap().push(second);
            pod["spec"]["containers"][1]["name"] = "second".into();
        }),
        ("exactly one kind of GPU", |pod| {
            pod["spec"]["containers"][0]["resources"]["limits"]["nvidia.com/mig-1g.10gb"] = "1".into();
        }),
        ("no token of the cluster", |pod| pod["spec"]["automountServiceAccountToken"] = true.into()),
        ("no taint by wildcard", |pod| pod["spec"]["tolerations"] = json!([{"operator": "Exists"}])),
    ];
    for (why, change) in changes {
        let mut pod = instance_like();
        change(&mut pod);
        let (code, message) = refused(peer.client(), &place, pod).await.unwrap();
        assert!(code == 422 && message.contains(why), "{why}: {code} {message}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pod_security_refuses_what_could_leave_its_container() {
    let peer = peer().await;
    let place = place(&peer).await;
    let mut root = instance_like();
    root["spec"]["containers"][0]["securityContext"]["privileged"] = true.into();
    root["spec"]["containers"][0]["securityContext"]["allowPrivilegeEscalation"] = true.into();
    let (code, message) = refused(peer.client(), &place, root).await.unwrap();
    assert!(code == 403 && message.contains("violates PodSecurity \"restricted"), "{code} {message}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisations_namespace_takes_no_right_from_anybody() {
    let peer = peer().await;
    let place = place(&peer).await;
    let binding: RoleBinding = serde_json::from_value(json!({
        "metadata": {"name": "by-hand"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [{"kind": "User", "name": "somebody"}],
    }))
    .unwrap();
    let bindings: Api<RoleBinding> = Api::namespaced(peer.client(), &place);
    let answer = bindings.create(&PostParams::default(), &binding).await;
    assert!(matches!(&answer, Err(kube::Error::Api(status)) if status.code == 422), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_a_policy_refuses_ends_with_that_reason() {
    let peer = peer().await;
    let cluster = peer.cluster("dev");
    let quota = namespace(organisation(), 100);
    cluster.set_up_namespace(&permit(), &quota).await.unwrap();
    // A policy of the hub's own, beside those of Tamuda.
    peer.apply(
        r#"{"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
            "metadata": {"name": "hub-registry"}, "spec": {"failurePolicy": "Fail",
            "matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
                "resources": ["pods"]}]},
            "validations": [{"expression": "object.spec.containers.all(c, !c.image.contains('/forbidden/'))",
                "message": "this registry is not the hub's"}]}}"#,
    );
    peer.apply(
        r#"{"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": {"name": "hub-registry"}, "spec": {"policyName": "hub-registry", "validationActions": ["Deny"]}}"#,
    );
    let mut outcome = WishOutcome::Done;
    // A policy takes effect within a second or so.
    for _ in 0..100 {
        let mut wish = pod(quota.organisation, instance(), 1, 1);
        wish.image = format!("registry.example/forbidden/pytorch@sha256:{}", "a".repeat(64));
        outcome = cluster.carry_out(&permit(), &quota, &Action::ApplyPod(wish)).await.unwrap();
        if matches!(outcome, WishOutcome::Refused { .. }) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    peer.remove("validatingadmissionpolicybinding/hub-registry");
    peer.remove("validatingadmissionpolicy/hub-registry");
    let WishOutcome::Refused { reason, message } = outcome else { unreachable!("{outcome:?}") };
    assert_eq!(reason, InstanceReason::PolicyRefused);
    assert!(message.contains("this registry is not the hub's"), "{message}");
}
