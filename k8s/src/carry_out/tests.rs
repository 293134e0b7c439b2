//! What is sent for each action, and what is made of each answer, held against an API server of three lines.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use kube::{Client, Config, client::Body};
use serde_json::{Value, json};
use types::{InstanceId, PodWish, Resources, VolumeId, Wish};
use uuid::Uuid;

use super::*;

/// Method, path with query, body.
type Sent = (String, String, Value);

#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<Sent>>>);

impl Server {
    /// A cluster whose API server answers as `answer` says.
    fn cluster(&self, answer: impl Fn(&Sent) -> (u16, Value) + Clone + Send + 'static) -> Cluster {
        let log = self.0.clone();
        let service = tower::service_fn(move |request: http::Request<Body>| {
            let (log, answer) = (log.clone(), answer.clone());
            async move {
                let (method, path) = (request.method().to_string(), request.uri().to_string());
                let body = request.into_body().collect_bytes().await.unwrap_or_default();
                let sent = (method, path, serde_json::from_slice(&body).unwrap_or(Value::Null));
                let (code, body) = answer(&sent);
                log.lock().unwrap().push(sent);
                let response = http::Response::builder().status(code).body(Body::from(body.to_string().into_bytes()));
                response.map_err(std::io::Error::other)
            }
        });
        let client = Client::new(service, "default");
        Cluster {
            installation: "dev".parse().unwrap(),
            quick: client.clone(),
            streaming: client,
            watching: Config::new("http://127.0.0.1:1".parse().unwrap()),
        }
    }

    fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap().clone()
    }

    fn paths(&self) -> Vec<String> {
        self.sent().into_iter().map(|(method, path, _)| format!("{method} {path}")).collect()
    }
}

fn permit() -> Permit {
    Permit::until(Instant::now() + Duration::from_secs(15))
}

fn organisation() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(1))
}

fn namespace() -> NamespaceWish {
    NamespaceWish {
        organisation: organisation(),
        gpus: Default::default(),
        pods: Resources::default(),
        storage_bytes: 0,
        wish_seq: 1,
    }
}

fn pod_wish() -> PodWish {
    PodWish {
        organisation: organisation(),
        instance: InstanceId::from_uuid(Uuid::from_u128(2)),
        attempt: 1,
        wish_seq: 1,
        name: "training".into(),
        image: format!("example.org/image@sha256:{}", "0".repeat(64)),
        command: Vec::new(),
        environment: Default::default(),
        ports: Vec::new(),
        resource: "nvidia.com/gpu".into(),
        units: 1,
        needs: Resources::default(),
        nodes: Default::default(),
        max_duration_s: None,
        grace_s: 30,
        ready_by: None,
        mounts: Vec::new(),
    }
}

/// The object that was sent, or for a look an object of ours.
fn echo(sent: &Sent) -> (u16, Value) {
    let labels = json!({ "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "dev" });
    match sent.0.as_str() {
        "GET" => (200, json!({ "metadata": { "name": "n", "labels": labels } })),
        _ => (200, sent.2.clone()),
    }
}

fn refusal(code: u16, message: &str) -> (u16, Value) {
    (code, json!({ "kind": "Status", "status": "Failure", "code": code, "message": message, "reason": "" }))
}

async fn outcome(cluster: &Cluster, action: &Action) -> WishOutcome {
    cluster.carry_out(&permit(), &namespace(), action).await.unwrap()
}

fn reason(outcome: &WishOutcome) -> Option<InstanceReason> {
    match outcome {
        WishOutcome::Done => None,
        WishOutcome::Waits { reason, .. } | WishOutcome::Refused { reason, .. } => Some(*reason),
    }
}

#[tokio::test]
async fn a_launch_is_one_secret_and_one_pod_applied_by_name() {
    let server = Server::default();
    let wish = pod_wish();
    let wish = InstanceWish {
        organisation: wish.organisation,
        instance: wish.instance,
        wish: Wish::Running,
        wish_seq: 1,
        pod: Some(wish),
    };
    let (seen, now) = (InstanceSeen::default(), Timestamp::from_second(0));
    let done = server.cluster(echo).reconcile(&permit(), &namespace(), &wish, &seen, now).await.unwrap();
    assert_eq!(done, WishOutcome::Done);
    let mut paths = server.paths();
    paths.sort();
    let in_namespace = "/api/v1/namespaces/tm-00000000000000000000000001";
    let how = "?&force=true&fieldManager=tamuda";
    assert_eq!(
        paths,
        [
            format!("PATCH {in_namespace}/pods/in-00000000000000000000000002-1{how}"),
            format!("PATCH {in_namespace}/secrets/in-00000000000000000000000002{how}"),
        ]
    );
}

#[tokio::test]
async fn nothing_is_sent_once_leadership_may_end_before_the_answer() {
    let server = Server::default();
    let late = Permit::until(Instant::now() + Duration::from_secs(4));
    let action = Action::ApplyPod(pod_wish());
    let refused = server.cluster(echo).carry_out(&late, &namespace(), &action).await;
    assert!(matches!(refused, Err(Error::LeaseTooShort)));
    assert_eq!(server.sent(), []);
}

#[tokio::test]
async fn a_deletion_names_the_uid_and_leaves_the_grace_to_the_pod() {
    let server = Server::default();
    let action = Action::DeletePod { organisation: organisation(), name: "in-x-1".into(), uid: "u-1".into() };
    let gone = |_: &Sent| refusal(404, "pods \"in-x-1\" not found");
    assert_eq!(outcome(&server.cluster(gone), &action).await, WishOutcome::Done);
    let (method, _, body) = &server.sent()[0];
    assert_eq!((method.as_str(), &body["preconditions"]), ("DELETE", &json!({ "uid": "u-1" })));
    assert_eq!(body.get("gracePeriodSeconds"), None);
}

#[tokio::test]
async fn a_volumes_claim_is_applied_by_name_and_its_deletion_names_the_uid() {
    let server = Server::default();
    let gone = |sent: &Sent| match sent.0 == "DELETE" {
        true => refusal(404, "persistentvolumeclaims \"vo-x\" not found"),
        false => echo(sent),
    };
    let (organisation, volume) = (organisation(), VolumeId::from_uuid(Uuid::from_u128(3)));
    let name = "data".to_owned();
    let wish = VolumeWish { organisation, volume, name, size_gb: 10, wish_seq: 1, is_gone: false, uid: None };
    let delete = Action::DeleteClaim { organisation, volume, uid: "u-1".into() };
    for action in [Action::ApplyClaim(wish), delete] {
        assert_eq!(outcome(&server.cluster(gone), &action).await, WishOutcome::Done);
    }
    let claim = "/api/v1/namespaces/tm-00000000000000000000000001/persistentvolumeclaims/vo-00000000000000000000000003";
    let sent = server.sent();
    assert!(sent.iter().all(|(_, path, _)| path.starts_with(claim)), "{sent:?}");
    assert_eq!((sent[0].0.as_str(), sent[1].0.as_str()), ("PATCH", "DELETE"));
    assert_eq!(sent[1].2["preconditions"], json!({ "uid": "u-1" }));
}

#[tokio::test]
async fn storage_that_is_refused_waits_with_the_clusters_sentence_and_speaks_of_no_image() {
    use InstanceReason::{ClusterQuotaCatchingUp, ClusterUnreachable, StorageRefused};
    let (organisation, volume) = (organisation(), VolumeId::from_uuid(Uuid::from_u128(3)));
    let name = "data".to_owned();
    let wish = VolumeWish { organisation, volume, name, size_gb: 20, wish_seq: 2, is_gone: false, uid: None };
    let class = "persistentvolumeclaims \"vo-x\" is forbidden: only dynamically provisioned pvc can be resized and the \
                 storageclass that provisions the pvc must support resize";
    let theirs = "persistentvolumeclaims \"vo-x\" is forbidden: exceeded quota: gold, requested: requests.storage=10Gi";
    let ours = "persistentvolumeclaims \"vo-x\" is forbidden: exceeded quota: tamuda, requested: requests.storage=10Gi";
    for (code, message, expected) in [
        (403, class, StorageRefused),
        (403, theirs, StorageRefused),
        (403, "persistentvolumeclaims \"vo-x\" is forbidden: violates a rule", StorageRefused),
        (422, "PersistentVolumeClaim \"vo-x\" is invalid: spec: Forbidden", StorageRefused),
        (403, ours, ClusterQuotaCatchingUp),
        (409, "the object has been modified", ClusterUnreachable),
    ] {
        let server = Server::default();
        let cluster = server.cluster(move |sent: &Sent| match sent.1.contains("/persistentvolumeclaims/") {
            true => refusal(code, message),
            false => echo(sent),
        });
        let outcome = outcome(&cluster, &Action::ApplyClaim(wish.clone())).await;
        assert_eq!(reason(&outcome), Some(expected), "{code} {message}");
        assert!(matches!(&outcome, WishOutcome::Waits { message: said, .. } if said.contains(message)), "{outcome:?}");
        let is_mended = server.paths().iter().any(|path| path.contains("/resourcequotas/tamuda"));
        assert_eq!(is_mended, expected == ClusterQuotaCatchingUp, "{code} {message}");
    }
}

#[tokio::test]
async fn an_exhausted_quota_waits_and_has_the_namespace_written_again() {
    let server = Server::default();
    let cluster = server.cluster(|sent: &Sent| match sent.1.contains("/pods/") {
        true => refusal(403, "pods \"p\" is forbidden: exceeded quota: tamuda"),
        false => echo(sent),
    });
    let outcome = outcome(&cluster, &Action::ApplyPod(pod_wish())).await;
    assert_eq!(reason(&outcome), Some(InstanceReason::ClusterQuotaCatchingUp));
    assert!(server.paths().iter().any(|path| path.contains("/resourcequotas/tamuda")));
}

#[tokio::test(start_paused = true)]
async fn a_namespace_without_its_service_account_is_asked_again_at_once() {
    let server = Server::default();
    let asked = Arc::new(Mutex::new(0));
    let cluster = server.cluster(move |sent: &Sent| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        let young = "pods \"p\" is forbidden: error looking up service account tm-a/default: serviceaccount \"default\" not found";
        if *asked < 4 { refusal(403, young) } else { echo(sent) }
    });
    assert_eq!(outcome(&cluster, &Action::ApplyPod(pod_wish())).await, WishOutcome::Done);
    assert_eq!(server.sent().len(), 4);
}

#[tokio::test]
async fn a_namespace_that_is_missing_is_made_and_the_launch_waits() {
    let server = Server::default();
    let cluster = server.cluster(|sent: &Sent| match sent.1.contains("/pods/") || sent.0 == "GET" {
        true => refusal(404, "namespaces \"tm\" not found"),
        false => echo(sent),
    });
    let outcome = outcome(&cluster, &Action::ApplyPod(pod_wish())).await;
    assert!(matches!(outcome, WishOutcome::Waits { .. }));
    assert!(server.paths().iter().any(|path| path.starts_with("PATCH /api/v1/namespaces/tm-")));
}

#[tokio::test]
async fn a_namespace_of_another_installation_is_never_written() {
    let server = Server::default();
    let theirs = |_: &Sent| {
        let labels = json!({ "app.kubernetes.io/managed-by": "tamuda", "tamuda.dev/installation": "other" });
        (200, json!({ "metadata": { "name": "n", "labels": labels } }))
    };
    let refused = server.cluster(theirs).set_up_namespace(&permit(), &namespace()).await;
    assert!(matches!(refused, Err(Error::Foreign { owner, .. }) if owner == "other"));
    assert!(server.paths().iter().all(|path| path.starts_with("GET ")));
}

#[tokio::test]
async fn an_image_that_is_not_pinned_is_refused_before_it_is_sent() {
    let server = Server::default();
    let action = Action::ApplyPod(PodWish { image: "example.org/image:latest".into(), ..pod_wish() });
    assert!(matches!(outcome(&server.cluster(echo), &action).await, WishOutcome::Refused { .. }));
    assert_eq!(server.sent(), []);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_no_answer() {
    let service = tower::service_fn(|_: http::Request<Body>| {
        std::future::pending::<Result<http::Response<Body>, std::convert::Infallible>>()
    });
    let cluster = Cluster { quick: Client::new(service, "default"), ..Server::default().cluster(echo) };
    let outcome = outcome(&cluster, &Action::ApplyPod(pod_wish())).await;
    assert!(matches!(outcome, WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, .. }));
}

#[test]
fn only_a_whole_digest_pins_an_image() {
    let digest = "0123456789abcdef".repeat(4);
    assert!(is_pinned(&format!("example.org/a@sha256:{digest}")));
    for image in ["a", "a:latest", "a@sha256:", "a@sha256:abc", &format!("a@sha256:{}", digest.to_uppercase())] {
        assert!(!is_pinned(image), "{image}");
    }
}

#[test]
fn the_worst_outcome_is_told() {
    let waits = WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, message: String::new() };
    let refused = WishOutcome::Refused { reason: InstanceReason::PolicyRefused, message: String::new() };
    assert_eq!(worse(WishOutcome::Done, waits.clone()), waits);
    assert_eq!(worse(refused.clone(), waits.clone()), refused);
    assert_eq!(worse(waits, refused.clone()), refused);
}
