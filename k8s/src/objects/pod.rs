//! The pod of an attempt: restricted, bounded, on one GPU resource, and nothing in it that a tenant named
//! but its image, command, ports, the folders of its volumes and the Secret of its environment.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::core::v1::{
        Capabilities, Container, ContainerPort, EmptyDirVolumeSource, EnvFromSource, PersistentVolumeClaimVolumeSource,
        Pod, PodSecurityContext, PodSpec, Probe, ResourceRequirements, SeccompProfile, SecretEnvSource,
        SecurityContext, TCPSocketAction, Toleration, Volume, VolumeMount,
    },
    apimachinery::pkg::{api::resource::Quantity, apis::meta::v1::ObjectMeta, util::intstr::IntOrString},
};
use types::{MountWish, PodWish};

use crate::{
    names::{self, ATTEMPT, INSTANCE, Installation, NAME},
    quantity::{of_millis, of_units},
};

/// The user and group that every container runs as.
const TENANT_UID: i64 = 1000;
/// The longest time between the polite and the hard end.
const LONGEST_GRACE_S: i64 = 120;
/// Where volumes stand in the container.
const MOUNTED_BELOW: &str = "/volumes";
/// The only container.
pub(crate) const CONTAINER: &str = "instance";

/// The pod that was wished for.
pub(crate) fn pod(installation: &Installation, wish: &PodWish) -> Pod {
    Pod { metadata: metadata(installation, wish), spec: Some(spec(wish)), status: None }
}

fn metadata(installation: &Installation, wish: &PodWish) -> ObjectMeta {
    let mut labels = names::labels_of(installation, wish.organisation);
    labels.insert(INSTANCE.to_owned(), wish.instance.characters());
    labels.insert(ATTEMPT.to_owned(), wish.attempt.to_string());
    let mut annotations = names::wish_seq(wish.wish_seq);
    annotations.insert(NAME.to_owned(), wish.name.clone());
    ObjectMeta {
        name: Some(names::pod(wish.instance, wish.attempt)),
        namespace: Some(names::namespace(wish.organisation)),
        labels: Some(labels),
        annotations: Some(annotations),
        ..ObjectMeta::default()
    }
}

fn spec(wish: &PodWish) -> PodSpec {
    PodSpec {
        containers: vec![container(wish)],
        node_selector: Some(wish.nodes.clone()),
        tolerations: Some(tolerations()),
        restart_policy: Some("Always".to_owned()),
        termination_grace_period_seconds: Some(wish.grace_s.clamp(0, LONGEST_GRACE_S)),
        active_deadline_seconds: wish.max_duration_s.map(|seconds| seconds.max(1)),
        automount_service_account_token: Some(false),
        enable_service_links: Some(false),
        security_context: Some(pod_security(wish)),
        volumes: Some(std::iter::once(shared_memory(wish)).chain(wish.mounts.iter().map(volume)).collect()),
        ..PodSpec::default()
    }
}

fn container(wish: &PodWish) -> Container {
    let amounts = amounts(wish);
    Container {
        name: CONTAINER.to_owned(),
        image: Some(wish.image.clone()),
        image_pull_policy: Some("IfNotPresent".to_owned()),
        command: (!wish.command.is_empty()).then(|| wish.command.clone()),
        ports: Some(wish.ports.iter().map(port).collect()),
        readiness_probe: wish.ports.first().map(answers),
        env_from: Some(vec![environment(wish)]),
        resources: Some(ResourceRequirements {
            requests: Some(amounts.clone()),
            limits: Some(amounts),
            ..ResourceRequirements::default()
        }),
        security_context: Some(container_security()),
        volume_mounts: Some(volume_mounts(wish)),
        ..Container::default()
    }
}

fn port(port: &types::PortWish) -> ContainerPort {
    ContainerPort {
        name: Some(port.name.clone()),
        container_port: i32::from(port.port),
        protocol: Some("TCP".to_owned()),
        ..ContainerPort::default()
    }
}

/// Ready is when the first port answers, since billing begins there; without ports it is when the container runs.
fn answers(port: &types::PortWish) -> Probe {
    let socket = TCPSocketAction { port: IntOrString::Int(i32::from(port.port)), host: None };
    Probe {
        tcp_socket: Some(socket),
        period_seconds: Some(2),
        timeout_seconds: Some(2),
        failure_threshold: Some(3),
        ..Probe::default()
    }
}

/// Never optional: a pod that came before its Secret waits for it instead of running without.
fn environment(wish: &PodWish) -> EnvFromSource {
    let source = SecretEnvSource { name: names::secret(wish.instance), optional: Some(false) };
    EnvFromSource { secret_ref: Some(source), ..EnvFromSource::default() }
}

/// Requests and limits alike, with exactly one GPU resource.
fn amounts(wish: &PodWish) -> BTreeMap<String, Quantity> {
    BTreeMap::from([
        ("cpu".to_owned(), of_millis(wish.needs.cpu_millis)),
        ("memory".to_owned(), of_units(wish.needs.memory_bytes)),
        ("ephemeral-storage".to_owned(), of_units(wish.needs.disk_bytes)),
        (wish.resource.clone(), of_units(i64::from(wish.units))),
    ])
}

/// Half the memory, as a container's own limit would allow: what is used of it counts as the pod's memory.
fn shared_memory(wish: &PodWish) -> Volume {
    Volume {
        name: "shared-memory".to_owned(),
        empty_dir: Some(EmptyDirVolumeSource {
            medium: Some("Memory".to_owned()),
            size_limit: Some(of_units(wish.needs.memory_bytes / 2)),
        }),
        ..Volume::default()
    }
}

/// Storage that outlives the pod: the claim is made beside it and belongs to nobody here.
fn volume(mount: &MountWish) -> Volume {
    let claim_name = names::claim(mount.volume);
    Volume {
        name: claim_name.clone(),
        persistent_volume_claim: Some(PersistentVolumeClaimVolumeSource { claim_name, read_only: None }),
        ..Volume::default()
    }
}

fn volume_mounts(wish: &PodWish) -> Vec<VolumeMount> {
    let mount = |name: String, mount_path: String| VolumeMount { name, mount_path, ..VolumeMount::default() };
    let volumes =
        wish.mounts.iter().map(|volume| mount(names::claim(volume.volume), format!("{MOUNTED_BELOW}/{}", volume.name)));
    std::iter::once(mount("shared-memory".to_owned(), "/dev/shm".to_owned())).chain(volumes).collect()
}

/// Without seconds: the cluster's default would delete every pod of a node five minutes into an outage.
fn tolerations() -> Vec<Toleration> {
    let exists = |key: &str, effect: &str| Toleration {
        key: Some(key.to_owned()),
        operator: Some("Exists".to_owned()),
        effect: Some(effect.to_owned()),
        ..Toleration::default()
    };
    vec![
        exists("nvidia.com/gpu", "NoSchedule"),
        exists("node.kubernetes.io/not-ready", "NoExecute"),
        exists("node.kubernetes.io/unreachable", "NoExecute"),
    ]
}

fn pod_security(wish: &PodWish) -> PodSecurityContext {
    PodSecurityContext {
        run_as_non_root: Some(true),
        run_as_user: Some(TENANT_UID),
        run_as_group: Some(TENANT_UID),
        fs_group: Some(TENANT_UID),
        // Millions of files would be given to the group one by one at every start, past the time that a launch has.
        fs_group_change_policy: (!wish.mounts.is_empty()).then(|| "OnRootMismatch".to_owned()),
        seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), localhost_profile: None }),
        ..PodSecurityContext::default()
    }
}

fn container_security() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        privileged: Some(false),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), add: None }),
        ..SecurityContext::default()
    }
}
