//! What every test needs: a simulator of its own, clients for it, pods and namespaces to put into it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot prepare has failed")]

use std::time::{Duration, Instant};

use jiff::Timestamp;
use k8s_openapi::api::core::v1::{
    Event, Namespace, Node, PersistentVolumeClaim, Pod, ResourceQuota, Secret, ServiceAccount,
};
use k8s_simulator::{Clock, Delays, Simulator, SimulatorConfig};
use kube::api::{Api, Patch, PatchParams, PostParams};
use kube::core::Status;
use kube::{Client, Config, Error};
use serde_json::{Value, json};

/// The namespace that every house has, with its service account.
pub(crate) const TEAM: &str = "team";

/// A simulator and its client, which never retries.
pub(crate) struct House {
    pub(crate) simulator: Simulator,
    pub(crate) client: Client,
}

impl House {
    /// In memory, on the system's clock, with steps of milliseconds.
    pub(crate) async fn quick() -> Self {
        Self::new(SimulatorConfig::quick()).await
    }

    /// With a hub's real delays on a clock that stands still until it is moved.
    pub(crate) async fn stepped() -> Self {
        Self::new(SimulatorConfig {
            clock: Clock::stepped(noon()),
            delays: Delays::real(),
            ..SimulatorConfig::default()
        })
        .await
    }

    pub(crate) async fn new(config: SimulatorConfig) -> Self {
        let stepped = config.clock.now() == noon();
        let simulator = Simulator::start(config).await.unwrap();
        let client = client(&simulator.url());
        let house = Self { simulator, client };
        house.namespace(TEAM).await;
        if stepped {
            house.advance(1.0).await;
        }
        let accounts: Api<ServiceAccount> = house.api();
        eventually("the service account", async || accounts.get_opt("default").await.unwrap()).await;
        house
    }

    pub(crate) async fn advance(&self, seconds: f64) {
        self.simulator.advance(Duration::from_secs_f64(seconds)).await;
    }

    pub(crate) async fn namespace(&self, name: &str) {
        let namespace = serde_json::from_value(json!({"metadata": {"name": name}})).unwrap();
        Api::<Namespace>::all(self.client.clone()).create(&PostParams::default(), &namespace).await.unwrap();
    }

    pub(crate) fn api<K>(&self) -> Api<K>
    where
        K: kube::Resource<DynamicType = (), Scope = kube::core::NamespaceResourceScope>,
    {
        Api::namespaced(self.client.clone(), TEAM)
    }

    pub(crate) fn pods(&self) -> Api<Pod> {
        self.api()
    }

    pub(crate) fn nodes(&self) -> Api<Node> {
        Api::all(self.client.clone())
    }

    /// Applies a pod as the portal does.
    pub(crate) async fn apply(&self, pod: &Value) -> Result<Pod, Error> {
        let name = pod["metadata"]["name"].as_str().unwrap();
        self.pods().patch(name, &PatchParams::apply("tamuda").force(), &Patch::Apply(pod)).await
    }

    pub(crate) async fn pod(&self, name: &str) -> Value {
        serde_json::to_value(self.pods().get(name).await.unwrap()).unwrap()
    }

    /// The pod once its Ready condition is what is wanted.
    pub(crate) async fn ready(&self, name: &str, wanted: &str) -> Value {
        let what = format!("{name} Ready={wanted}");
        let found = async || Some(self.pod(name).await).filter(|pod| condition(pod, "Ready")["status"] == wanted);
        eventually(&what, found).await
    }

    /// The reasons of what was said of an object, in order.
    pub(crate) async fn said_of(&self, name: &str) -> Vec<(String, String)> {
        let events: Api<Event> = self.api();
        let mut events = events
            .list(&kube::api::ListParams::default().fields(&format!("involvedObject.name={name}")))
            .await
            .unwrap()
            .items;
        let revision =
            |event: &Event| event.metadata.resource_version.as_deref().unwrap_or_default().parse::<u64>().unwrap();
        events.sort_by_key(revision);
        events.into_iter().map(|event| (event.reason.unwrap_or_default(), event.message.unwrap_or_default())).collect()
    }

    pub(crate) async fn quota(&self, hard: &Value) {
        let quota: ResourceQuota =
            serde_json::from_value(json!({"metadata": {"name": "compute"}, "spec": {"hard": hard}})).unwrap();
        self.api().create(&PostParams::default(), &quota).await.unwrap();
    }

    pub(crate) async fn secret(&self, name: &str) -> Secret {
        let secret =
            serde_json::from_value(json!({"metadata": {"name": name}, "stringData": {"key": "value"}})).unwrap();
        self.api().create(&PostParams::default(), &secret).await.unwrap()
    }

    pub(crate) async fn claim(&self, name: &str) -> PersistentVolumeClaim {
        let spec = json!({"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Gi"}}});
        let claim = serde_json::from_value(json!({"metadata": {"name": name}, "spec": spec})).unwrap();
        self.api().create(&PostParams::default(), &claim).await.unwrap()
    }
}

/// A client that asks once and says what it was answered.
pub(crate) fn client(url: &str) -> Client {
    let mut config = Config::new(url.parse().unwrap());
    config.default_retry = false;
    Client::try_from(config).unwrap()
}

pub(crate) fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// A pod like the portal's, which asks for GPUs of a product.
pub(crate) fn gpu_pod(name: &str, product: &str, n_gpus: u32) -> Value {
    let amounts = json!({"cpu": "8", "memory": "32Gi", "nvidia.com/gpu": n_gpus.to_string()});
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "labels": {"app.kubernetes.io/managed-by": "tamuda", "who": name}},
        "spec": {
            "nodeSelector": {"nvidia.com/gpu.product": product},
            "tolerations": [
                {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"},
                {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"},
                {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute"},
            ],
            "automountServiceAccountToken": false,
            "containers": [{
                "name": "main", "image": "quay.io/jupyter/pytorch-notebook:cuda12", "resources": {"requests": amounts, "limits": amounts},
            }],
        },
    })
}

pub(crate) fn h100(name: &str) -> Value {
    gpu_pod(name, "NVIDIA-H100-80GB-HBM3", 1)
}

/// A condition of an object's status; null when it has none such.
pub(crate) fn condition<'a>(object: &'a Value, kind: &str) -> &'a Value {
    let conditions = object["status"]["conditions"].as_array();
    conditions.into_iter().flatten().find(|condition| condition["type"] == kind).unwrap_or(&Value::Null)
}

/// Asks until there is an answer; gives up after ten seconds.
pub(crate) async fn eventually<T>(what: &str, ask: impl AsyncFn() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{what} did not come about");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The status that a request was refused with.
pub(crate) fn refusal<T: std::fmt::Debug>(answer: Result<T, Error>) -> Status {
    match answer {
        Err(Error::Api(status)) => *status,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
