//! The journal: what was answered is there after `kill -9`, a torn line is dropped, damage is said.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare has failed")]

use std::fs::OpenOptions;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use k8s_openapi::api::core::v1::{Namespace, Pod};
use k8s_simulator::{Simulator, SimulatorConfig};
use kube::Client;
use kube::api::{Api, ListParams, Patch, PatchParams};
use serde_json::json;

use crate::house::{client, eventually};

/// The binary as a process; killed when dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn command(address: SocketAddr, store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_k8s-simulator"));
    command.args(["--listen", &address.to_string(), "--speed", "50"]).arg("--store").arg(store).stderr(Stdio::null());
    command
}

async fn spawn(address: SocketAddr, store: &Path) -> (Process, Client) {
    let process = Process(command(address, store).spawn().unwrap());
    let client = client(&format!("http://{address}"));
    let namespaces: Api<Namespace> = Api::all(client.clone());
    eventually("the simulator's answer", async || namespaces.list(&ListParams::default()).await.ok()).await;
    (process, client)
}

async fn label(client: &Client, n: u32) -> Option<u64> {
    let body = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": format!("n{n}")}});
    let namespaces: Api<Namespace> = Api::all(client.clone());
    let made =
        namespaces.patch(&format!("n{n}"), &PatchParams::apply("test").force(), &Patch::Apply(body)).await.ok()?;
    made.metadata.resource_version?.parse().ok()
}

#[tokio::test]
async fn everything_answered_before_kill_9_is_there_afterwards_and_revisions_go_on_rising() {
    let folder = tempfile::tempdir().unwrap();
    let mut n_answered = 0;
    let mut highest = 0;
    for round in 0..3 {
        let address = free_address();
        let (mut process, client) = spawn(address, folder.path()).await;
        let found = Api::<Namespace>::all(client.clone()).list(&ListParams::default()).await.unwrap();
        let names: Vec<String> = found.items.into_iter().filter_map(|namespace| namespace.metadata.name).collect();
        for n in 0..n_answered {
            assert!(names.contains(&format!("n{n}")), "n{n} is lost in round {round}");
        }
        let killer = tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(150 + 70 * round)).await;
            process.0.kill().unwrap();
            process.0.wait().unwrap();
        });
        while let Some(revision) = label(&client, n_answered).await {
            assert!(revision > highest, "revision {revision} after {highest}");
            highest = revision;
            n_answered += 1;
        }
        killer.await.unwrap();
    }
    assert!(n_answered > 20, "only {n_answered} writes");
}

#[tokio::test]
async fn running_pods_outlive_the_simulators_process() {
    let folder = tempfile::tempdir().unwrap();
    let (process, client) = spawn(free_address(), folder.path()).await;
    let pods: Api<Pod> = Api::namespaced(client, "default");
    let pod = crate::house::h100("one");
    let apply = async || pods.patch("one", &PatchParams::apply("tamuda").force(), &Patch::Apply(&pod)).await.ok();
    eventually("the pod", apply).await;
    let ready = async |pods: &Api<Pod>| {
        let pod = serde_json::to_value(pods.get("one").await.ok()?).unwrap();
        (crate::house::condition(&pod, "Ready")["status"] == "True").then_some(pod)
    };
    let before = eventually("a ready pod", async || ready(&pods).await).await;
    drop(process);
    let (_process, client) = spawn(free_address(), folder.path()).await;
    let pods: Api<Pod> = Api::namespaced(client, "default");
    let after = eventually("the same pod", async || ready(&pods).await).await;
    assert_eq!(before["metadata"]["uid"], after["metadata"]["uid"]);
    assert_eq!(before["status"]["containerStatuses"], after["status"]["containerStatuses"]);
}

#[tokio::test]
async fn a_taken_port_is_said_and_ends_the_process() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = command(address, folder.path()).stderr(Stdio::piped()).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

fn in_memory_of(folder: &Path) -> SimulatorConfig {
    SimulatorConfig { store: Some(folder.to_owned()), ..SimulatorConfig::quick() }
}

fn journal(folder: &Path) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("journal-")).max().unwrap()
}

#[tokio::test]
async fn a_torn_last_line_is_dropped_and_damage_in_the_middle_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(in_memory_of(folder.path())).await.unwrap();
    label(&client(&simulator.url()), 1).await.unwrap();
    simulator.stop().await;
    let file = journal(folder.path());
    OpenOptions::new().append(true).open(&file).unwrap().write_all(b"{\"object\":{\"kind\":\"Na").unwrap();
    let simulator = Simulator::start(in_memory_of(folder.path())).await.unwrap();
    let found = Api::<Namespace>::all(client(&simulator.url())).get_opt("n1").await.unwrap();
    assert!(found.is_some());
    simulator.stop().await;
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("{\"object\"", "{\"obj", 1)).unwrap();
    let error = Simulator::start(in_memory_of(folder.path())).await.unwrap_err();
    assert!(format!("{error:#}").contains("is damaged at byte 0"), "{error:#}");
}

#[tokio::test]
async fn two_simulators_cannot_share_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Simulator::start(in_memory_of(folder.path())).await.unwrap();
    let error = Simulator::start(in_memory_of(folder.path())).await.unwrap_err();
    assert!(format!("{error:#}").contains("another simulator uses the store"), "{error:#}");
}

#[tokio::test]
async fn a_long_journal_becomes_a_snapshot_that_holds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(in_memory_of(folder.path())).await.unwrap();
    let client_one = client(&simulator.url());
    let namespaces: Api<Namespace> = Api::all(client_one.clone());
    label(&client_one, 1).await.unwrap();
    let relabel = |n: u32| {
        let patch = Patch::Merge(json!({"metadata": {"labels": {"n": n.to_string()}}}));
        let namespaces = namespaces.clone();
        async move { namespaces.patch("n1", &PatchParams::default(), &patch).await.unwrap() }
    };
    for n in (0..5200).step_by(50) {
        futures_util::future::join_all((n..n + 50).map(relabel)).await;
    }
    relabel(5200).await;
    let snapshot = folder.path().join("snapshot.jsonl");
    eventually("a snapshot", async || snapshot.exists().then_some(())).await;
    simulator.stop().await;
    let simulator = Simulator::start(in_memory_of(folder.path())).await.unwrap();
    let found = Api::<Namespace>::all(client(&simulator.url())).get("n1").await.unwrap();
    assert_eq!(found.metadata.labels.unwrap()["n"], "5200");
}
