//! kubectl, where it is installed: lists, watches, describes and patches as against any cluster.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare has failed")]

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::house::{House, h100};

/// kubectl for a house; none, and a word on stderr, where it is not installed.
#[expect(clippy::print_stderr, reason = "a skip is said out loud")]
async fn kubectl(house: &House) -> Option<(tempfile::TempDir, impl Fn(&[&str]) -> Command + use<>)> {
    let installed = Command::new("kubectl")
        .args(["version", "--client"])
        .output()
        .await
        .is_ok_and(|output| output.status.success());
    if !installed {
        eprintln!("SKIPPED: kubectl is not installed, so nobody showed that it reads the simulator");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kubeconfig");
    std::fs::write(&path, house.simulator.kubeconfig()).unwrap();
    let cache = folder.path().join("cache");
    Some((folder, move |arguments: &[&str]| {
        let mut command = Command::new("kubectl");
        command.arg("--kubeconfig").arg(&path).arg("--cache-dir").arg(&cache).args(arguments).kill_on_drop(true);
        command
    }))
}

async fn text(mut command: Command) -> String {
    let output = command.output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn kubectl_gets_describes_and_labels() {
    let house = House::quick().await;
    let Some((_folder, kubectl)) = kubectl(&house).await else { return };
    house.apply(&h100("one")).await.unwrap();
    house.ready("one", "True").await;
    let pods = text(kubectl(&["get", "pods", "-A", "-o", "wide"])).await;
    assert!(pods.contains("NOMINATED NODE") && pods.contains("1/1") && pods.contains("Running"), "{pods}");
    let nodes = text(kubectl(&["get", "nodes"])).await;
    assert_eq!(nodes.matches(" Ready ").count(), 6, "{nodes}");
    let pod = text(kubectl(&["describe", "pod", "-n", "team", "one"])).await;
    assert!(pod.contains("Successfully assigned team/one") && pod.contains("Container started"), "{pod}");
    let node = text(kubectl(&["describe", "node", "tet-h200-01"])).await;
    assert!(node.contains("nvidia.com/gpu") && node.contains("RenewTime"), "{node}");
    text(kubectl(&["label", "pod", "-n", "team", "one", "colour=blue"])).await;
    text(kubectl(&["annotate", "pod", "-n", "team", "one", "note=mine"])).await;
    assert_eq!(house.pod("one").await["metadata"]["labels"]["colour"], "blue");
    let log = text(kubectl(&["logs", "-n", "team", "one", "--tail", "1"])).await;
    assert_eq!(log.lines().count(), 1);
    text(kubectl(&["delete", "pod", "-n", "team", "one"])).await;
    assert!(house.pods().get_opt("one").await.unwrap().is_none());
}

#[tokio::test]
async fn kubectl_watches_a_pod_come_up() {
    use tokio::io::AsyncReadExt;
    let house = House::quick().await;
    let Some((_folder, kubectl)) = kubectl(&house).await else { return };
    let mut child = kubectl(&["get", "pods", "-A", "-w"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = child.stdout.take().unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    house.apply(&h100("one")).await.unwrap();
    let mut seen = Vec::new();
    let running = async {
        while !String::from_utf8_lossy(&seen).contains("Running") {
            assert!(output.read_buf(&mut seen).await.unwrap() > 0, "the watch ended");
        }
    };
    tokio::time::timeout(Duration::from_secs(20), running).await.unwrap();
    assert!(String::from_utf8_lossy(&seen).contains("ContainerCreating"));
    child.kill().await.unwrap();
}
