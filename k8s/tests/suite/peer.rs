//! What the suite talks to: the simulator behind its port, reached like any cluster. A real control plane has
//! to offer no more than this to be put under the same tests.

use std::{collections::HashMap, net::SocketAddr, sync::Mutex, time::Duration};

use k8s::Cluster;
use k8s_openapi::api::core::v1::Node;
use k8s_simulator::{Fault, FaultKind, RequestTarget, Simulator, SimulatorConfig};
use kube::{
    Api,
    api::{DeleteParams, PostParams},
};
use tempfile::TempDir;

use crate::trouble::Trouble;

/// How long anything may take in a test.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A cluster of one's own, gone when it is dropped.
pub(crate) struct Peer {
    simulator: Option<Simulator>,
    address: SocketAddr,
    store: TempDir,
    lost: Mutex<HashMap<String, String>>,
}

/// A cluster in which every step takes milliseconds.
pub(crate) async fn peer() -> Peer {
    let store = tempfile::tempdir().unwrap();
    let config = SimulatorConfig { store: Some(store.path().to_owned()), ..SimulatorConfig::quick() };
    let simulator = Simulator::start(config).await.unwrap();
    Peer { address: simulator.address(), simulator: Some(simulator), store, lost: Mutex::default() }
}

impl Peer {
    /// The way to it for an installation.
    pub(crate) fn cluster(&self, installation: &str) -> Cluster {
        Cluster::with_config(self.config(), installation.parse().unwrap()).unwrap()
    }

    /// The way to it for somebody who may everything.
    pub(crate) fn client(&self) -> kube::Client {
        self.config().try_into().unwrap()
    }

    /// Ends every open watch without a word.
    pub(crate) fn cut_watches(&self) {
        self.simulator().inject(Fault::new(FaultKind::WatchCut));
    }

    /// Ends every open watch, and forgets what happens before they come back.
    pub(crate) async fn expire_watches(&self) {
        let watches = RequestTarget { verb: Some("watch".into()), ..RequestTarget::default() };
        let closed = self.simulator().inject(Fault::new(FaultKind::Unavailable).on_requests(watches));
        self.cut_watches();
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.simulator().compact();
        self.simulator().clear(&closed);
    }

    /// Makes trouble, until there is relief.
    pub(crate) fn trouble(&self, trouble: Trouble) {
        let writes = || RequestTarget { verb: Some("patch".into()), ..RequestTarget::default() };
        let fault = match trouble {
            Trouble::AnswersLost => Fault::new(FaultKind::AnswerLost)
                .on_requests(RequestTarget { resource: Some("pods".into()), ..writes() }),
            Trouble::WatchesRepeat => Fault::new(FaultKind::WatchDuplicate),
            Trouble::Hangs => Fault::new(FaultKind::Hang).on_requests(writes()),
            Trouble::Slow => Fault::new(FaultKind::Slow { ms: 2_000 }).on_requests(writes()),
            Trouble::OutOfMemory => Fault::new(FaultKind::OomKilled).times(1),
            Trouble::GpuLost { node, pod } => Fault::new(FaultKind::GpuLost { node, n_gpus: 1, pod: Some(pod) }),
            Trouble::KubeletRefuses => Fault::new(FaultKind::AdmissionError).times(1),
            Trouble::PodsStick => Fault::new(FaultKind::StuckTerminating),
        };
        self.simulator().inject(fault);
    }

    /// All trouble is over.
    pub(crate) fn relief(&self) {
        self.simulator().clear_all();
    }

    /// A node's kubelet falls silent; its pods run on unseen.
    pub(crate) fn lose_node(&self, node: &str) {
        let fault = self.simulator().inject(Fault::new(FaultKind::NodeLost { node: node.to_owned() }));
        self.lost.lock().unwrap().insert(node.to_owned(), fault);
    }

    /// The kubelet speaks again.
    pub(crate) fn return_node(&self, node: &str) {
        let fault = self.lost.lock().unwrap().remove(node).unwrap();
        assert!(self.simulator().clear(&fault));
    }

    /// An administrator deletes a node.
    pub(crate) async fn take_node(&self, node: &str) {
        Api::<Node>::all(self.client()).delete(node, &DeleteParams::default()).await.unwrap();
    }

    /// The node is there again.
    pub(crate) async fn give_node(&self, node: &str) {
        let registered = k8s_simulator::nodes().into_iter().find(|known| known["metadata"]["name"] == *node).unwrap();
        let registered = serde_json::from_value(registered).unwrap();
        Api::<Node>::all(self.client()).create(&PostParams::default(), &registered).await.unwrap();
    }

    /// There is storage of a class called `fixed`, which does not grow: the simulator knows it by that name.
    pub(crate) fn offer_fixed_storage(&self) {}

    /// The API server is gone.
    pub(crate) async fn stop(&mut self) {
        self.simulator.take().unwrap().stop().await;
    }

    /// It is back, at the same address and with what it knew.
    pub(crate) async fn start(&mut self) {
        let store = Some(self.store.path().to_owned());
        let config = SimulatorConfig { store, listen: self.address, ..SimulatorConfig::quick() };
        self.simulator = Some(Simulator::start(config).await.unwrap());
    }

    fn config(&self) -> kube::Config {
        kube::Config::new(format!("http://{}", self.address).parse().unwrap())
    }

    fn simulator(&self) -> &Simulator {
        self.simulator.as_ref().unwrap()
    }
}
