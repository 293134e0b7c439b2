//! The control plane itself: what is started in which order, when it is ready, and how a test disturbs its parts.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};

use crate::{
    Assets, Authority, Identity, certificates::Signer, guardian::Guardian, kubeconfig, ports, process::Process,
};

/// How long a part may take until it is ready: on a busy machine the API server restores its caches for long.
const PATIENCE: Duration = Duration::from_secs(120);
/// Set by tests on nodes: see `kwok.yaml`.
pub const KUBELET: &str = "kwok.tamuda.dev/kubelet";
/// Who the portal is for the cluster: the service account of `k8s/manifests`.
pub const PORTAL: &str = "system:serviceaccount:tamuda:tamuda";
const MASTERS: &[&str] = &["system:masters"];

/// A program of the control plane, in the order in which they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// kwok, which is every node's kubelet.
    Kubelets,
    /// kube-controller-manager.
    ControllerManager,
    /// kube-scheduler.
    Scheduler,
    /// kube-apiserver.
    ApiServer,
    /// etcd.
    Etcd,
}

/// What kind of cluster it is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its nodes, as they are registered.
    pub nodes: Vec<Value>,
    /// After how long without a word from its kubelet a node is not ready.
    pub node_grace: Duration,
}

impl Options {
    /// The hub's nodes, each with so many times its GPUs and all else in proportion.
    #[must_use]
    pub fn times(times: u64) -> Self {
        let mut options = Self::default();
        for node in &mut options.nodes {
            for part in ["capacity", "allocatable"] {
                let quantities = node["status"][part].as_object_mut().into_iter().flatten();
                quantities.for_each(|(_, quantity)| multiply(quantity, times));
            }
            let labels = node["metadata"]["labels"].as_object_mut().into_iter().flatten();
            labels.filter(|(name, _)| name.ends_with(".count")).for_each(|(_, count)| multiply(count, times));
        }
        options
    }
}

/// A quantity keeps its unit.
fn multiply(quantity: &mut Value, times: u64) {
    let text = quantity.as_str().unwrap_or_default();
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    if let Ok(number) = text[..end].parse::<u64>() {
        *quantity = format!("{}{}", number * times, &text[end..]).into();
    }
}

impl fmt::Debug for ControlPlane {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ControlPlane").field("ports", &self.ports).field("folder", &self.folder).finish()
    }
}

impl Default for Options {
    /// The nodes of the simulated hall, lost after twelve seconds of silence.
    fn default() -> Self {
        Self { nodes: k8s_simulator::nodes(), node_grace: Duration::from_secs(12) }
    }
}

/// A control plane that runs until it is dropped.
pub struct ControlPlane {
    // Dropped in this order: the parts end, then what might be left of them, and the folder goes.
    parts: BTreeMap<Part, Process>,
    guardian: Guardian,
    pub(super) assets: Assets,
    authority: Authority,
    pub(super) options: Options,
    pub(super) ports: Ports,
    folder: PathBuf,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Ports {
    pub(super) api: u16,
    pub(super) etcd: u16,
    pub(super) peer: u16,
    pub(super) scheduler: u16,
    pub(super) controllers: u16,
    pub(super) kubelets: u16,
}

impl ControlPlane {
    /// Starts everything and waits until pods can run.
    ///
    /// # Errors
    /// When a part does not become ready; the error holds its last words.
    pub fn start(assets: Assets, options: Options) -> anyhow::Result<Self> {
        let [api, etcd, peer, scheduler, controllers, kubelets] = ports::free()?;
        let ports = Ports { api, etcd, peer, scheduler, controllers, kubelets };
        let folder = tempfile::Builder::new().prefix("tamuda-controlplane-").tempdir()?.keep();
        let (guardian, authority) = (Guardian::of(&folder)?, Authority::new()?);
        let mut plane = Self { parts: BTreeMap::new(), guardian, assets, authority, options, ports, folder };
        plane.write_identities()?;
        plane.run(Part::Etcd)?;
        plane.run(Part::ApiServer)?;
        plane.run(Part::Scheduler)?;
        plane.run(Part::ControllerManager)?;
        plane.register_nodes()?;
        plane.run(Part::Kubelets)?;
        plane.until(Part::Kubelets, "its nodes are ready", Self::are_nodes_ready)?;
        plane.until(Part::ControllerManager, "namespaces get their service account", |plane| {
            plane.kubectl(&["get", "serviceaccount", "default"]).is_ok()
        })?;
        Ok(plane)
    }

    /// The kubeconfig of somebody who may everything.
    #[must_use]
    pub fn kubeconfig(&self) -> PathBuf {
        self.path("admin.kubeconfig")
    }

    /// Writes the kubeconfig of a client of this name and these groups.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn kubeconfig_of(&self, name: &str, groups: &[&str]) -> anyhow::Result<PathBuf> {
        let identity = self.authority.client(name, groups)?;
        let file = self.path(&format!("{}.kubeconfig", name.replace(':', "-")));
        self.write(&file, &kubeconfig::text(&self.server(), &self.authority, &identity))?;
        Ok(file)
    }

    /// Applies what an operator applies before the portal comes; the portal's kubeconfig, with the rights that this gives.
    ///
    /// # Errors
    /// When the API server refuses an object.
    pub fn install(&self) -> anyhow::Result<PathBuf> {
        let manifests = concat!(env!("CARGO_MANIFEST_DIR"), "/../manifests/overlays/production");
        self.kubectl(&["apply", "--server-side", "-k", manifests])?;
        self.kubeconfig_of(PORTAL, &["system:serviceaccounts", "system:serviceaccounts:tamuda"])
    }

    /// Where the API server listens.
    #[must_use]
    pub fn server(&self) -> String {
        format!("https://127.0.0.1:{}", self.ports.api)
    }

    /// What kubectl answers.
    ///
    /// # Errors
    /// With its complaint when it fails.
    pub fn kubectl(&self, arguments: &[&str]) -> anyhow::Result<String> {
        self.kubectl_with(arguments, "")
    }

    /// The same with something to read.
    ///
    /// # Errors
    /// With its complaint when it fails.
    pub fn kubectl_with(&self, arguments: &[&str], input: &str) -> anyhow::Result<String> {
        let mut child = self
            .assets
            .program("kubectl")
            .arg("--kubeconfig")
            .arg(self.kubeconfig())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start kubectl")?;
        let written = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output()?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "kubectl {}: {}", arguments.join(" "), complaint.trim());
        written.transpose().context("kubectl does not read")?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// A part stands still: it answers nothing, and its connections stay open.
    pub fn pause(&self, part: Part) {
        self.parts.get(&part).into_iter().for_each(Process::pause);
    }

    /// A part goes on.
    pub fn resume(&self, part: Part) {
        self.parts.get(&part).into_iter().for_each(Process::resume);
    }

    /// Ends a part at once.
    pub fn kill(&mut self, part: Part) {
        if let Some(mut process) = self.parts.remove(&part) {
            process.kill();
        }
    }

    /// Starts a part that was killed, with what it knew, and waits until it is ready.
    ///
    /// # Errors
    /// When it does not become ready.
    pub fn restart(&mut self, part: Part) -> anyhow::Result<()> {
        self.kill(part);
        self.run(part)
    }

    /// The process number of a part that runs.
    #[must_use]
    pub fn pid(&self, part: Part) -> Option<u32> {
        self.parts.get(&part).map(Process::pid)
    }

    /// What a container says: every pod's log is this file.
    #[must_use]
    pub fn log_of_pods(&self) -> PathBuf {
        self.path("pods.log")
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, file: &Path, text: &str) -> anyhow::Result<()> {
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    fn write_identities(&self) -> anyhow::Result<()> {
        let authority = &self.authority;
        self.write(&self.path("ca.crt"), authority.certificate())?;
        let signer = Signer::new()?;
        self.write(&self.path("accounts.pub"), &signer.public)?;
        self.write(&self.path("accounts.key"), &signer.private)?;
        let kubelet_client = authority.client("kube-apiserver-kubelet-client", MASTERS)?;
        let identities = [
            ("server", authority.server("kube-apiserver")?),
            ("kubelet", authority.server("kubelet")?),
            ("kubelet-client", kubelet_client),
        ];
        for (name, Identity { certificate, key }) in identities {
            self.write(&self.path(&format!("{name}.crt")), &certificate)?;
            self.write(&self.path(&format!("{name}.key")), &key)?;
        }
        for (name, user, groups) in [
            ("admin", "admin", MASTERS),
            ("kwok", "kwok", MASTERS),
            ("scheduler", "system:kube-scheduler", &[]),
            ("controllers", "system:kube-controller-manager", &[]),
        ] {
            let identity = authority.client(user, groups)?;
            let text = kubeconfig::text(&self.server(), authority, &identity);
            self.write(&self.path(&format!("{name}.kubeconfig")), &text)?;
        }
        // The format that container runtimes write: others are refused.
        self.write(
            &self.log_of_pods(),
            "2026-01-01T00:00:00.000000000Z stdout F This node is simulated: no program runs in the container.\n",
        )?;
        let stages = include_str!("../kwok.yaml").replace("{LOG}", &self.log_of_pods().to_string_lossy());
        self.write(&self.path("kwok.yaml"), &stages)
    }

    /// Makes the nodes that are not there.
    ///
    /// # Errors
    /// When the API server refuses them.
    pub fn register_nodes(&self) -> anyhow::Result<()> {
        let there = self.kubectl(&["get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"])?;
        let there: Vec<&str> = there.split_whitespace().collect();
        let is_missing = |node: &&Value| node["metadata"]["name"].as_str().is_some_and(|name| !there.contains(&name));
        let mut nodes: Vec<Value> = self.options.nodes.iter().filter(is_missing).cloned().collect();
        if nodes.is_empty() {
            return Ok(());
        }
        for node in &mut nodes {
            // kwok looks after those that have it; without it a node's kubelet is silent.
            node["metadata"]["labels"][KUBELET] = "up".into();
        }
        let list = json!({"apiVersion": "v1", "kind": "List", "items": nodes});
        self.kubectl_with(&["apply", "--server-side", "-f", "-"], &list.to_string()).map(drop)
    }

    fn are_nodes_ready(&self) -> bool {
        let path = "{.items[*].status.conditions[?(@.type==\"Ready\")].status}";
        let said = self.kubectl(&["get", "nodes", "-o", &format!("jsonpath={path}")]).unwrap_or_default();
        let ready = said.split_whitespace().filter(|status| *status == "True").count();
        ready == self.options.nodes.len()
    }

    fn run(&mut self, part: Part) -> anyhow::Result<()> {
        let log = self.path(&format!("{part:?}.log"));
        let process = Process::start(self.command(part), &log)?;
        self.guardian.watch(process.pid())?;
        self.parts.insert(part, process);
        match part {
            Part::Etcd => self.until(part, "it is healthy", |plane| healthy(plane.ports.etcd)),
            Part::ApiServer => {
                self.until(part, "it is ready", |plane| plane.kubectl(&["get", "--raw", "/readyz"]).is_ok())
            }
            Part::Scheduler | Part::ControllerManager | Part::Kubelets => Ok(()),
        }
    }

    fn until(&mut self, part: Part, what: &str, is_so: impl Fn(&Self) -> bool) -> anyhow::Result<()> {
        let start = Instant::now();
        while !is_so(self) {
            if let Some(process) = self.parts.get_mut(&part) {
                process.check().with_context(|| format!("{part:?} does not run"))?;
            }
            if start.elapsed() > PATIENCE {
                let said = self.parts.get(&part).map(Process::last_words).unwrap_or_default();
                bail!("{part:?}: not within {PATIENCE:?} that {what}:\n{said}");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

/// Whether etcd says that it is.
fn healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /health HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_nodes_have_more_of_everything_in_its_unit() {
        let (one, ten) = (&Options::times(1).nodes[0], &Options::times(10).nodes[0]);
        assert_eq!(*one, Options::default().nodes[0]);
        assert_eq!(ten["status"]["allocatable"]["nvidia.com/gpu"], "80");
        assert_eq!(ten["metadata"]["labels"]["nvidia.com/gpu.count"], "80");
        let memory = |node: &Value| node["status"]["allocatable"]["memory"].as_str().unwrap().to_owned();
        assert_eq!(memory(ten), memory(one).replace("Ki", "0Ki"));
    }
}
