//! The cluster of a world: the simulator, or a real control plane where `TAMUDA_TEST_CLUSTER=plane` says so.

use std::{
    collections::BTreeMap,
    env,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, bail, ensure};
use controlplane::{Assets, ControlPlane, KUBELET};
use serde_json::{Value, json};
use tokio::{net::TcpStream, process::Command, task::spawn_blocking};

use crate::{
    places,
    portal::{Hub, free_address},
    program::Program,
    wait,
};

/// It ends with this value.
#[derive(Debug)]
pub(crate) enum Cluster {
    Simulator(Box<Simulator>),
    Plane(Box<Plane>),
}

#[derive(Debug)]
pub(crate) struct Simulator {
    program: Option<Program>,
    address: SocketAddr,
    n_halls: usize,
    speed: f64,
    folder: PathBuf,
    /// The faults by which nodes are silent, by node.
    silent: Mutex<BTreeMap<String, String>>,
}

/// The control plane, on which the portal has the rights of `k8s/manifests` and no other.
#[derive(Debug)]
pub(crate) struct Plane {
    plane: ControlPlane,
    kubeconfig: PathBuf,
}

impl Cluster {
    /// Starts one that keeps what it must in `folder`.
    pub(crate) async fn start(hub: Hub, folder: &Path) -> anyhow::Result<Self> {
        let (n_halls, speed) = match hub {
            Hub::Simulated { n_halls, speed } => (n_halls, speed),
            Hub::Ordinary if !is_plane()? => (1, 5.0),
            Hub::Ordinary => return Self::real(1).await,
            Hub::Real { times } => return Self::real(times).await,
        };
        let (address, folder) = (free_address().await?, folder.to_owned());
        let silent = Mutex::default();
        let mut simulator = Simulator { program: None, address, n_halls, speed, folder, silent };
        simulator.start().await?;
        Ok(Self::Simulator(Box::new(simulator)))
    }

    async fn real(times: u64) -> anyhow::Result<Self> {
        Ok(Self::Plane(Box::new(spawn_blocking(move || Plane::start(times)).await??)))
    }

    /// What the portal is told of it.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Simulator(simulator) => vec![
                ("TAMUDA_CLUSTER", "simulator".to_owned()),
                ("TAMUDA_SIMULATOR_KUBECONFIG", simulator.kubeconfig().display().to_string()),
            ],
            Self::Plane(plane) => vec![("TAMUDA_CLUSTER", format!("kubeconfig:{}", plane.kubeconfig.display()))],
        }
    }

    /// How a Kubernetes client reaches it who may everything.
    pub(crate) fn kubeconfig(&self) -> PathBuf {
        match self {
            Self::Simulator(simulator) => simulator.kubeconfig(),
            Self::Plane(plane) => plane.plane.kubeconfig(),
        }
    }

    /// Every pod, as the cluster itself lists them.
    pub(crate) async fn pods(&self) -> anyhow::Result<Vec<Value>> {
        let list: Value = match self {
            Self::Simulator(simulator) => {
                reqwest::get(format!("{}/api/v1/pods", simulator.origin())).await?.json().await?
            }
            Self::Plane(plane) => serde_json::from_str(&plane.plane.kubectl(&["get", "pods", "-A", "-o", "json"])?)?,
        };
        list["items"].as_array().cloned().context("no list of pods")
    }

    /// The simulator, for what only that does.
    pub(crate) fn simulator(&self) -> anyhow::Result<&Simulator> {
        match self {
            Self::Simulator(simulator) => Ok(simulator),
            Self::Plane(_) => bail!("a real control plane has no faults to be switched"),
        }
    }

    /// The same, to end it and start it.
    pub(crate) fn simulator_mut(&mut self) -> anyhow::Result<&mut Simulator> {
        match self {
            Self::Simulator(simulator) => Ok(simulator),
            Self::Plane(_) => bail!("a real control plane is not ended here"),
        }
    }

    /// A node's kubelet falls silent, or speaks again; its pods run on unseen meanwhile.
    pub(crate) async fn silence_node(&self, node: &str, is_silent: bool) -> anyhow::Result<()> {
        match self {
            Self::Simulator(simulator) => simulator.silence_node(node, is_silent).await,
            Self::Plane(plane) => {
                let label = if is_silent { format!("{KUBELET}-") } else { format!("{KUBELET}=up") };
                plane.plane.kubectl(&["label", "node", node, &label]).map(drop)
            }
        }
    }
}

impl Plane {
    fn start(times: u64) -> anyhow::Result<Self> {
        let plane = ControlPlane::start(Assets::find_or_build()?, controlplane::Options::times(times))?;
        let kubeconfig = plane.install()?;
        Ok(Self { plane, kubeconfig })
    }
}

impl Simulator {
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    fn kubeconfig(&self) -> PathBuf {
        self.folder.join("kubeconfig")
    }

    /// Kills it: for the portal, a cluster that no longer answers.
    pub(crate) async fn crash(&mut self) -> anyhow::Result<()> {
        self.program.take().context("the simulator does not run")?.kill().await
    }

    /// Starts it on its store.
    pub(crate) async fn start(&mut self) -> anyhow::Result<()> {
        let mut command = Command::new(places::program("k8s-simulator")?);
        command.arg("--listen").arg(self.address.to_string()).args(["--speed", &self.speed.to_string()]);
        command.args(["--halls", &self.n_halls.to_string()]);
        command.arg("--store").arg(self.folder.join("simulator")).arg("--kubeconfig").arg(self.kubeconfig());
        let mut program = Program::start(&mut command, &self.folder.join("simulator.log"))?;
        let (address, kubeconfig) = (self.address, self.kubeconfig());
        let ready = wait::until(async || {
            TcpStream::connect(address).await?;
            ensure!(kubeconfig.is_file(), "the simulator wrote no kubeconfig");
            Ok(())
        });
        ready.await.with_context(|| program.last_words())?;
        program.check()?;
        self.program = Some(program);
        Ok(())
    }

    /// Switches a fault on, as the simulator's README lists them; its number, for switching it off.
    pub(crate) async fn switch_fault(&self, fault: &Value) -> anyhow::Result<String> {
        let address = format!("{}/simulator/faults", self.origin());
        let answer = reqwest::Client::builder().no_proxy().build()?.post(address).json(fault).send().await?;
        let answer: Value = answer.error_for_status()?.json().await?;
        let id = &answer["id"];
        id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|id| id.to_string())).context("no id")
    }

    async fn silence_node(&self, node: &str, is_silent: bool) -> anyhow::Result<()> {
        let silent = || self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        if is_silent {
            let fault = self.switch_fault(&json!({"fault": "node_lost", "node": node})).await?;
            silent().insert(node.to_owned(), fault);
            return Ok(());
        }
        let fault = silent().remove(node).with_context(|| format!("{node} is not silent"))?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        client.delete(format!("{}/simulator/faults/{fault}", self.origin())).send().await?.error_for_status()?;
        Ok(())
    }
}

/// What the tests run on.
fn is_plane() -> anyhow::Result<bool> {
    match env::var("TAMUDA_TEST_CLUSTER").as_deref() {
        Ok("plane") => Ok(true),
        Ok("simulator") | Err(env::VarError::NotPresent) => Ok(false),
        _ => bail!("TAMUDA_TEST_CLUSTER says neither simulator nor plane"),
    }
}
