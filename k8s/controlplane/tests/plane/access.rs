//! real_only: the simulator asks nobody who they are. The portal's own rights, as `k8s/manifests` gives them: the whole
//! suite runs with them, and here stands that there are no others.

use k8s_openapi::api::{
    authorization::v1::{ResourceRule, SelfSubjectRulesReview, SelfSubjectRulesReviewSpec},
    core::v1::{Namespace, Node, Pod, Secret, ServiceAccount},
    rbac::v1::RoleBinding,
};
use kube::{
    Api, Client, Resource,
    api::{AttachParams, DeleteParams, ListParams, Patch, PatchParams, PostParams},
};
use serde_json::json;

use crate::{
    peer::peer,
    world::{Portal, instance, namespace, organisation, pod, running},
};

/// What may be done in a namespace, as `group/resource: verbs`, without what everybody may ask about themselves.
async fn rights(client: &Client, namespace: &str) -> Vec<String> {
    let ask = SelfSubjectRulesReview {
        spec: SelfSubjectRulesReviewSpec { namespace: Some(namespace.to_owned()) },
        ..SelfSubjectRulesReview::default()
    };
    let answer = Api::<SelfSubjectRulesReview>::all(client.clone()).create(&PostParams::default(), &ask).await.unwrap();
    let line = |rule: ResourceRule| -> Vec<String> {
        let (mut verbs, groups) = (rule.verbs, rule.api_groups.unwrap_or_default());
        verbs.sort();
        let resources = rule.resources.unwrap_or_default();
        let named = |group: &String| -> Vec<String> {
            resources.iter().map(|resource| format!("{group}/{resource}: {}", verbs.join(" "))).collect()
        };
        groups.iter().flat_map(named).collect()
    };
    let about_oneself =
        |line: &String| line.starts_with("authentication.k8s.io/") || line.starts_with("authorization.k8s.io/");
    let mut lines: Vec<String> =
        answer.status.unwrap().resource_rules.into_iter().flat_map(line).filter(|line| !about_oneself(line)).collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_portal_has_the_rights_that_it_uses_and_no_other() {
    let peer = peer().await;
    let everywhere = rights(&peer.portal(), "default").await;
    assert_eq!(
        everywhere,
        [
            "/events: list watch",
            "/limitranges: create patch",
            "/namespaces: create get list patch",
            "/nodes: list watch",
            "/persistentvolumeclaims: create delete list patch watch",
            "/pods/log: get",
            "/pods: create delete list patch watch",
            "/resourcequotas: create patch",
            "/secrets: create delete patch",
            "networking.k8s.io/networkpolicies: create patch",
        ]
    );
    let of_leases = rights(&peer.portal(), "kube-node-lease").await;
    let more: Vec<_> = of_leases.iter().filter(|line| !everywhere.contains(line)).collect();
    assert_eq!(more, ["coordination.k8s.io/leases: list watch"]);
}

fn is_forbidden<T>(answer: kube::Result<T>) -> bool {
    matches!(answer, Err(kube::Error::Api(status)) if status.code == 403)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_token_of_the_portal_reads_no_secret_opens_no_shell_and_gives_no_rights() {
    let peer = peer().await;
    let portal = Portal::start(&peer.cluster("dev")).await;
    let (organisation, instance) = (organisation(), instance());
    portal.wish(&namespace(organisation, 1), &running(pod(organisation, instance, 1, 1)));
    let ready = portal.until_ready(instance, 1).await;
    let (client, place, name) = (peer.portal(), ready.namespace.as_str(), ready.name.as_str());
    fn of<K: Resource<Scope = kube::core::NamespaceResourceScope, DynamicType = ()>>(
        client: &Client,
        place: &str,
    ) -> Api<K> {
        Api::namespaced(client.clone(), place)
    }
    let secrets = of::<Secret>(&client, place);
    assert!(is_forbidden(secrets.list(&ListParams::default()).await));
    assert!(is_forbidden(secrets.get(&format!("in-{}", instance.characters())).await));
    let shell = of::<Pod>(&client, place).exec(name, ["sh"], &AttachParams::default()).await;
    assert!(shell.is_err());
    assert!(is_forbidden(of::<Pod>(&client, place).evict(name, &Default::default()).await));
    let namespaces = Api::<Namespace>::all(client.clone());
    assert!(is_forbidden(namespaces.delete(place, &DeleteParams::default()).await));
    let cordon = json!({"spec": {"unschedulable": true}});
    let nodes = Api::<Node>::all(client.clone());
    let node = ready.node.unwrap();
    assert!(is_forbidden(nodes.patch(&node, &PatchParams::default(), &Patch::Merge(&cordon)).await));
    let accounts = of::<ServiceAccount>(&client, place);
    assert!(is_forbidden(accounts.create_token_request("default", &PostParams::default(), &Default::default()).await));
    let binding: RoleBinding = serde_json::from_value(json!({
        "metadata": {"name": "mine"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": place}],
    }))
    .unwrap();
    assert!(is_forbidden(of::<RoleBinding>(&client, place).create(&PostParams::default(), &binding).await));
}
