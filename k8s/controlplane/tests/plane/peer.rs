//! What the suite talks to here: a control plane that all tests share, one after the other, through a proxy that makes
//! the trouble which nothing else makes on command.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use controlplane::{Assets, ControlPlane, KUBELET, Options, Part};
use k8s::Cluster;
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::json;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{proxy::Proxy, trouble::Trouble};

/// How long anything may take in a test: a node counts as lost after twelve seconds, and the pods of one that was
/// deleted end after a minute.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Whose turn it is has the plane; it ends with this program.
static PLANE: LazyLock<Arc<Mutex<Option<Installed>>>> = LazyLock::new(Arc::default);

/// The plane with what an operator applies before the portal comes, which no test changes.
struct Installed {
    plane: ControlPlane,
    /// The portal's kubeconfig.
    portal: PathBuf,
}

impl Installed {
    fn start() -> Self {
        let plane = ControlPlane::start(Assets::find_or_build().unwrap(), Options::default()).unwrap();
        let portal = plane.install().unwrap();
        Self { plane, portal }
    }
}

/// The control plane, for one test.
pub(crate) struct Peer {
    plane: OwnedMutexGuard<Option<Installed>>,
    proxy: Proxy,
    address: SocketAddr,
    admin: Client,
    portal: Client,
    turn: u64,
}

/// The control plane with nothing of an earlier test in it.
pub(crate) async fn peer() -> Peer {
    static TURNS: AtomicU64 = AtomicU64::new(0);
    let mut plane = PLANE.clone().lock_owned().await;
    let (admin, portal) = tokio::task::block_in_place(|| {
        let Installed { plane, portal } = plane.get_or_insert_with(Installed::start);
        tidy(plane);
        (plane.kubeconfig(), portal.clone())
    });
    let admin = client(Kubeconfig::read_from(admin).unwrap()).await;
    let portal = client(Kubeconfig::read_from(portal).unwrap()).await;
    let (proxy, address) = Proxy::start(portal.clone()).await;
    Peer { plane, proxy, address, admin, portal, turn: TURNS.fetch_add(1, Ordering::Relaxed) }
}

/// Takes away what an earlier test left, and waits until its GPUs are free.
fn tidy(plane: &ControlPlane) {
    let ours = ["-l", "app.kubernetes.io/managed-by=tamuda"];
    for part in [Part::Kubelets, Part::ControllerManager, Part::ApiServer] {
        plane.resume(part);
    }
    plane.register_nodes().unwrap();
    plane.kubectl(&["label", "nodes", "--all", "--overwrite", &format!("{KUBELET}=up")]).unwrap();
    plane.kubectl(&[&["delete", "namespaces", "--wait=false"][..], &ours].concat()).unwrap();
    plane.kubectl(&[&["delete", "pods", "-A", "--wait=true"][..], &ours].concat()).unwrap();
}

async fn client(kubeconfig: Kubeconfig) -> Client {
    let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await.unwrap();
    Client::try_from(config).unwrap()
}

impl Peer {
    /// The way to it for an installation; each test has its own.
    pub(crate) fn cluster(&self, installation: &str) -> Cluster {
        let installation = format!("{installation}-{}", self.turn);
        Cluster::with_config(self.config(), installation.parse().unwrap()).unwrap()
    }

    /// The way to it for somebody who may everything.
    pub(crate) fn client(&self) -> Client {
        self.admin.clone()
    }

    /// The way to it for the portal itself, without the proxy.
    pub(crate) fn portal(&self) -> Client {
        self.portal.clone()
    }

    /// Applies an object that is none of Tamuda's.
    pub(crate) fn apply(&self, object: &str) {
        tokio::task::block_in_place(|| {
            self.plane().kubectl_with(&["apply", "--server-side", "-f", "-"], object).unwrap();
        });
    }

    /// Takes an object away.
    pub(crate) fn remove(&self, object: &str) {
        self.kubectl(&["delete", object]);
    }

    /// Ends every open watch without a word.
    pub(crate) fn cut_watches(&self) {
        self.proxy.cut_watches();
    }

    /// Ends every open watch, and says of their past that it is forgotten.
    pub(crate) async fn expire_watches(&self) {
        self.proxy.disturb(|disturbance| disturbance.watches_expired = true);
        self.proxy.cut_watches();
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.proxy.disturb(|disturbance| disturbance.watches_expired = false);
    }

    /// Makes trouble, until there is relief.
    pub(crate) fn trouble(&self, trouble: Trouble) {
        match trouble {
            Trouble::AnswersLost => self.proxy.disturb(|it| it.answers_lost = true),
            Trouble::WatchesRepeat => self.proxy.disturb(|it| it.watches_repeat = true),
            Trouble::Hangs => self.proxy.disturb(|it| it.writes_hang = true),
            Trouble::Slow => self.proxy.disturb(|it| it.writes_take = Duration::from_secs(2)),
            Trouble::KubeletRefuses => self.proxy.disturb(|it| it.fate = Some("refuse")),
            Trouble::OutOfMemory => self.out_of_memory(),
            Trouble::GpuLost { node, pod } => self.lose_gpu(&node, &pod),
            Trouble::PodsStick => self.plane().pause(Part::Kubelets),
        }
    }

    /// All trouble is over.
    pub(crate) fn relief(&self) {
        self.proxy.disturb(|disturbance| *disturbance = Default::default());
        self.plane().resume(Part::Kubelets);
        self.set_gpus_back();
        self.fate_of_all("-");
    }

    /// A node's kubelet falls silent; its pods run on unseen.
    pub(crate) fn lose_node(&self, node: &str) {
        self.kubectl(&["label", "node", node, &format!("{KUBELET}-")]);
    }

    /// The kubelet speaks again.
    pub(crate) fn return_node(&self, node: &str) {
        self.kubectl(&["label", "node", node, &format!("{KUBELET}=up")]);
    }

    /// An administrator deletes a node.
    pub(crate) async fn take_node(&self, node: &str) {
        self.kubectl(&["delete", "node", node]);
    }

    /// The node is there again.
    pub(crate) async fn give_node(&self, _: &str) {
        tokio::task::block_in_place(|| self.plane().register_nodes().unwrap());
    }

    /// There is storage of a class called `fixed`, which does not grow.
    pub(crate) fn offer_fixed_storage(&self) {
        let class = json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fixed"},
            "provisioner": "kubernetes.io/no-provisioner",
        });
        let volume = json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "fixed"},
            "spec": {
                "storageClassName": "fixed", "capacity": {"storage": "10Gi"}, "accessModes": ["ReadWriteOncePod"],
                "hostPath": {"path": "/fixed"},
            },
        });
        [class, volume].iter().for_each(|object| self.apply(&object.to_string()));
    }

    /// The API server is gone.
    pub(crate) async fn stop(&mut self) {
        self.kill(Part::ApiServer);
    }

    /// It is back, at the same address and with what it knew.
    pub(crate) async fn start(&mut self) {
        self.restart(Part::ApiServer);
    }

    /// The first container that runs is killed once, and runs again after its kubelet's pause.
    fn out_of_memory(&self) {
        self.fate_of_all("=oom");
        let is_down = || {
            let waiting = "{.items[*].status.containerStatuses[*].state.waiting.reason}";
            self.kubectl(&["get", "pods", "-A", "-o", &format!("jsonpath={waiting}")]).contains("CrashLoopBackOff")
        };
        while !is_down() {
            std::thread::sleep(Duration::from_millis(50));
        }
        self.fate_of_all("-");
    }

    /// Its device plugin no longer has it, and what ran on it ends again and again.
    fn lose_gpu(&self, node: &str, pod: &str) {
        let gpus = self.kubectl(&["get", "node", node, "-o", "jsonpath={.status.allocatable.nvidia\\.com/gpu}"]);
        let left = gpus.parse::<u32>().unwrap() - 1;
        self.set_allocatable(node, left);
        let (namespace, name) = pod.split_once('/').unwrap();
        self.kubectl(&["annotate", "pod", "-n", namespace, name, "--overwrite", "kwok.tamuda.dev/fate=crash"]);
    }

    fn set_gpus_back(&self) {
        for node in k8s_simulator::nodes() {
            let gpus = node["status"]["allocatable"]["nvidia.com/gpu"].as_str().unwrap().parse().unwrap();
            self.set_allocatable(node["metadata"]["name"].as_str().unwrap(), gpus);
        }
    }

    fn set_allocatable(&self, node: &str, gpus: u32) {
        let patch = json!({"status": {"allocatable": {"nvidia.com/gpu": gpus.to_string()}}}).to_string();
        self.kubectl(&["patch", "node", node, "--subresource=status", "--type=merge", "-p", &patch]);
    }

    fn fate_of_all(&self, fate: &str) {
        let ours = ["-A", "-l", "app.kubernetes.io/managed-by=tamuda", "--overwrite"];
        let fate = format!("kwok.tamuda.dev/fate{fate}");
        self.kubectl(&[&["annotate", "pods"][..], &ours, &[&fate]].concat());
    }

    /// A part stands still.
    pub(crate) fn pause(&self, part: Part) {
        self.plane().pause(part);
    }

    /// A part goes on.
    pub(crate) fn resume(&self, part: Part) {
        self.plane().resume(part);
    }

    /// A part is gone.
    pub(crate) fn kill(&mut self, part: Part) {
        self.plane_mut().kill(part);
    }

    /// A part is back, with what it knew.
    pub(crate) fn restart(&mut self, part: Part) {
        tokio::task::block_in_place(|| self.plane_mut().restart(part).unwrap());
    }

    /// What the API server has counted under this name, with this label.
    pub(crate) fn metric(&self, name: &str, label: &str) -> f64 {
        let lines = self.kubectl(&["get", "--raw", "/metrics"]);
        let ours = lines.lines().filter(|line| line.starts_with(name) && line.contains(label));
        ours.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }

    pub(crate) fn kubectl(&self, arguments: &[&str]) -> String {
        tokio::task::block_in_place(|| self.plane().kubectl(arguments).unwrap())
    }

    fn config(&self) -> Config {
        Config::new(format!("http://{}", self.address).parse().unwrap())
    }

    fn plane(&self) -> &ControlPlane {
        &self.plane.as_ref().unwrap().plane
    }

    fn plane_mut(&mut self) -> &mut ControlPlane {
        &mut self.plane.as_mut().unwrap().plane
    }
}
