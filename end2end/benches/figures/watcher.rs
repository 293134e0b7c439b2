//! An independent watcher of the cluster's pods: a plain HTTP watch, which owes the portal nothing.

use std::time::Instant;

use anyhow::Context;
use futures_util::{AsyncBufRead, AsyncBufReadExt, StreamExt};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::api::Api;

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

/// Watches all pods.
pub(crate) async fn watch(api: &Api) -> anyhow::Result<Changes> {
    let list = api.get("/api/v1/pods?limit=1").await?;
    let revision = list["metadata"]["resourceVersion"].as_str().context("a list without its revision")?;
    let answer = api.stream(&format!("/api/v1/pods?watch=true&resourceVersion={revision}")).await?;
    let (sender, changes) = mpsc::unbounded_channel();
    tokio::spawn(read(answer, sender));
    Ok(changes)
}

/// Reads line after line to the end, or until nobody listens.
async fn read(answer: impl AsyncBufRead, changes: mpsc::UnboundedSender<Seen>) {
    let mut lines = std::pin::pin!(answer.lines());
    while let Some(Ok(line)) = lines.next().await {
        let at = Instant::now();
        let Ok(mut event) = serde_json::from_str::<Value>(&line) else { continue };
        let kind = event["type"].as_str().unwrap_or_default().to_owned();
        if changes.send(Seen { at, kind, pod: event["object"].take() }).is_err() {
            return;
        }
    }
}
