//! An independent watcher of the cluster's pods: a plain HTTP watch, which owes the portal nothing.

use std::time::Instant;

use anyhow::Context;
use futures_util::{AsyncBufRead, AsyncBufReadExt, StreamExt};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::{api::Api, say};

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
    let (sender, changes) = mpsc::unbounded_channel();
    tokio::spawn(follow(api.clone(), revision.to_owned(), sender));
    Ok(changes)
}

/// Goes on where a watch was ended: an API server ends the watch of whoever reads too slowly. Gives up when that is
/// refused, as after too long a pause, and when nobody listens.
async fn follow(api: Api, mut revision: String, changes: mpsc::UnboundedSender<Seen>) -> Option<()> {
    loop {
        let answer = api.stream(&format!("/api/v1/pods?watch=true&resourceVersion={revision}")).await.ok()?;
        read(answer, &mut revision, &changes).await?;
        say("the watch was ended, and is asked for again");
    }
}

/// Reads line after line to the end; nothing when nobody listens or the server refuses to go on.
async fn read(answer: impl AsyncBufRead, revision: &mut String, changes: &mpsc::UnboundedSender<Seen>) -> Option<()> {
    let mut lines = std::pin::pin!(answer.lines());
    while let Some(Ok(line)) = lines.next().await {
        let at = Instant::now();
        let Ok(mut event) = serde_json::from_str::<Value>(&line) else { continue };
        let kind = event["type"].as_str().unwrap_or_default().to_owned();
        if kind == "ERROR" {
            return None;
        }
        event["object"]["metadata"]["resourceVersion"].as_str()?.clone_into(revision);
        changes.send(Seen { at, kind, pod: event["object"].take() }).ok()?;
    }
    Some(())
}
