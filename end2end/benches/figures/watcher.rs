//! An independent watcher of the cluster's pods: a plain HTTP watch, which owes the portal nothing.

use std::time::Instant;

use anyhow::Context;
use reqwest::{Client, Response};
use serde_json::Value;
use tokio::sync::mpsc;

/// A change of a pod, and when the watcher heard of it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) at: Instant,
    /// `ADDED`, `MODIFIED` or `DELETED`.
    pub(crate) kind: String,
    pub(crate) pod: Value,
}

impl Seen {
    /// The pod's name.
    pub(crate) fn name(&self) -> &str {
        self.pod["metadata"]["name"].as_str().unwrap_or_default()
    }

    /// The 26 characters of the instance whose pod it is; empty for others.
    pub(crate) fn instance(&self) -> &str {
        self.pod["metadata"]["labels"]["tamuda.dev/instance"].as_str().unwrap_or_default()
    }

    /// Whether it is Ready.
    pub(crate) fn is_ready(&self) -> bool {
        let conditions = self.pod["status"]["conditions"].as_array();
        conditions.into_iter().flatten().any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
    }
}

/// Every change from now on, until it is dropped.
pub(crate) type Changes = mpsc::UnboundedReceiver<Seen>;

/// Watches the pods of the API server at `origin`.
pub(crate) async fn watch(origin: &str) -> anyhow::Result<Changes> {
    let client = Client::builder().no_proxy().build()?;
    let list: Value = client.get(format!("{origin}/api/v1/pods?limit=1")).send().await?.json().await?;
    let revision = list["metadata"]["resourceVersion"].as_str().context("a list without its revision")?;
    let address = format!("{origin}/api/v1/pods?watch=true&resourceVersion={revision}");
    let answer = client.get(address).send().await?.error_for_status()?;
    let (sender, changes) = mpsc::unbounded_channel();
    tokio::spawn(read(answer, sender));
    Ok(changes)
}

/// Reads line after line to the end, or until nobody listens.
async fn read(mut answer: Response, changes: mpsc::UnboundedSender<Seen>) {
    let mut lines = Lines::default();
    while let Ok(Some(bytes)) = answer.chunk().await {
        let at = Instant::now();
        for line in lines.push(&bytes) {
            let Ok(mut event) = serde_json::from_str::<Value>(&line) else { continue };
            let kind = event["type"].as_str().unwrap_or_default().to_owned();
            if changes.send(Seen { at, kind, pod: event["object"].take() }).is_err() {
                return;
            }
        }
    }
}

/// Whole lines out of pieces.
#[derive(Debug, Default)]
pub(crate) struct Lines(Vec<u8>);

impl Lines {
    /// Adds a piece; the lines that are whole by it.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        self.0.extend_from_slice(bytes);
        let mut whole = Vec::new();
        while let Some(end) = self.0.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.0.drain(..=end).collect();
            whole.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        whole
    }
}
