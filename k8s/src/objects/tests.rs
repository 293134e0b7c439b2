//! Every object as it is sent: what changes here changes what runs in somebody's cluster.

use serde_json::{Value, json};
use types::{InstanceId, MountWish, NamespaceWish, PodWish, PortWish, Resources, VolumeId};
use uuid::Uuid;

use super::*;

fn installation() -> Installation {
    "dev".parse().unwrap()
}

fn organisation() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(1))
}

fn namespace_wish() -> NamespaceWish {
    NamespaceWish {
        organisation: organisation(),
        gpus: [("nvidia.com/gpu".to_owned(), 4), ("nvidia.com/mig-1g.10gb".to_owned(), 2)].into(),
        pods: Resources { cpu_millis: 88_000, memory_bytes: 1 << 40, disk_bytes: 1 << 42 },
        storage_bytes: 1 << 41,
        wish_seq: 12,
    }
}

fn pod_wish() -> PodWish {
    PodWish {
        organisation: organisation(),
        instance: InstanceId::from_uuid(Uuid::from_u128(2)),
        attempt: 3,
        wish_seq: 40,
        name: "Essai n° 1".into(),
        image: "example.org/pytorch@sha256:abc".into(),
        command: vec!["sleep".into(), "infinity".into()],
        environment: [("HF_TOKEN".to_owned(), "secret".to_owned())].into(),
        ports: vec![PortWish { name: "http".into(), port: 8888 }],
        resource: "nvidia.com/gpu".into(),
        units: 2,
        needs: Resources { cpu_millis: 44_500, memory_bytes: 480 << 30, disk_bytes: 1600 << 30 },
        nodes: [("nvidia.com/gpu.product".to_owned(), "NVIDIA-H200".to_owned())].into(),
        max_duration_s: Some(3600),
        grace_s: 600,
        ready_by: None,
        mounts: Vec::new(),
    }
}

fn json(object: impl serde::Serialize) -> Value {
    serde_json::to_value(object).unwrap()
}

#[test]
fn the_pod_is_restricted_bounded_and_named_by_ids_alone() {
    insta::assert_json_snapshot!(json(pod(&installation(), &pod_wish())));
}

#[test]
fn the_namespace_is_pinned_to_the_restricted_standard() {
    insta::assert_json_snapshot!(json(namespace(&installation(), &namespace_wish())));
}

#[test]
fn the_quota_names_every_resource_and_forbids_open_services() {
    insta::assert_json_snapshot!(json(resource_quota(&installation(), &namespace_wish()))["spec"]);
}

#[test]
fn the_network_is_closed_but_for_names_the_internet_and_the_proxy() {
    let policies = network_policies(&installation(), &namespace_wish());
    let specs: Vec<(String, Value)> = policies
        .into_iter()
        .map(|policy| (policy.metadata.name.clone().unwrap(), json(policy)["spec"].take()))
        .collect();
    insta::assert_json_snapshot!(specs);
}

#[test]
fn a_volume_is_mounted_below_its_name_from_a_claim_of_its_own() {
    let mount = MountWish { volume: VolumeId::from_uuid(Uuid::from_u128(3)), name: "data".into() };
    let spec = json(pod(&installation(), &PodWish { mounts: vec![mount], ..pod_wish() }))["spec"].take();
    let claim = format!("vo-{}3", "0".repeat(25));
    let volume = json!({ "name": claim, "persistentVolumeClaim": { "claimName": claim } });
    assert_eq!(spec["volumes"][1], volume);
    assert_eq!(spec["containers"][0]["volumeMounts"][1], json!({ "name": claim, "mountPath": "/volumes/data" }));
    assert_eq!(spec["securityContext"]["fsGroupChangePolicy"], "OnRootMismatch");
}

#[test]
fn requests_are_limits() {
    let container = json(pod(&installation(), &pod_wish()))["spec"]["containers"][0].take();
    assert_eq!(container["resources"]["requests"], container["resources"]["limits"]);
}

#[test]
fn the_environment_is_in_the_secret_and_nowhere_else() {
    let (pod, secret) = (json(pod(&installation(), &pod_wish())), json(secret(&installation(), &pod_wish())));
    assert!(!pod.to_string().contains("HF_TOKEN"));
    assert_eq!(secret["data"], json!({ "HF_TOKEN": "c2VjcmV0" }));
    assert_eq!(pod["spec"]["containers"][0]["envFrom"][0]["secretRef"]["name"], secret["metadata"]["name"]);
}

#[test]
fn no_toleration_ends_by_itself() {
    let pod = json(pod(&installation(), &pod_wish()));
    let tolerations = pod["spec"]["tolerations"].as_array().unwrap();
    assert_eq!(tolerations.len(), 3);
    assert!(tolerations.iter().all(|toleration| toleration.get("tolerationSeconds").is_none()));
}
