//! A pod's log: its lines so far, or followed as they come.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use jiff::Timestamp;
use tokio::sync::watch::Receiver;

use super::refusal::Refusal;
use super::{Api, Call};
use crate::clock::parse;
use crate::json::each;
use crate::kinds::Kind;
use crate::logs::LogBook;
use crate::store::{Key, Object};

/// A log that is being followed.
struct Reader {
    api: Arc<Api>,
    key: Key,
    uid: String,
    container: String,
    timestamps: bool,
    position: u64,
    ready: VecDeque<Bytes>,
    changes: Receiver<u64>,
}

pub(super) fn read(api: &Arc<Api>, call: &Call) -> Result<Response, Refusal> {
    let key = call.target.key()?;
    let pod = api.store.lock().get(&key).cloned().ok_or_else(|| Refusal::not_found(Kind::Pod, &key.name))?;
    let container = container(&pod, call.query.text("container"))?;
    let node = pod.text("/spec/nodeName");
    if node.is_empty() {
        return Err(Refusal::bad_request(format!("pod {} does not have a host assigned", key.name)));
    }
    if api.faults.is_lost(node) {
        let address = pod.text("/status/hostIP");
        let path = format!("https://{address}:10250/containerLogs/{}/{}/{container}", key.namespace, key.name);
        return Err(Refusal::internal(format!("Get {path:?}: dial tcp {address}:10250: i/o timeout")));
    }
    let book = LogBook::of(&pod, &container, call.query.is_true("previous"))
        .ok_or_else(|| not_started(&pod, &container, call))?;
    let now = api.clock.now();
    let (first, end) = (first_line(call, &book, now)?, book.count(now));
    let timestamps = call.query.is_true("timestamps");
    let lines: Vec<String> = (first..end).map(|position| written(&book, position, timestamps)).collect();
    let plain = [(header::CONTENT_TYPE, "text/plain")];
    if !call.query.is_true("follow") {
        let mut text = lines.concat().into_bytes();
        text.truncate(
            call.query.number("limitBytes")?.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX),
        );
        return Ok((plain, text).into_response());
    }
    let changes = api.store.revisions(Kind::Pod);
    let ready = lines.into_iter().map(Bytes::from).collect();
    let reader = Reader {
        api: api.clone(),
        key,
        uid: pod.uid().to_owned(),
        container,
        timestamps,
        position: end,
        ready,
        changes,
    };
    let body = stream::unfold(reader, |mut reader| async move {
        let bytes = reader.next().await?;
        Some((Ok::<_, Infallible>(bytes), reader))
    });
    Ok((plain, Body::from_stream(body)).into_response())
}

impl Reader {
    /// The next line; none when the container has ended or its pod is gone.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(bytes) = self.ready.pop_front() {
                return Some(bytes);
            }
            let pod = self.api.store.lock().get(&self.key).filter(|pod| pod.uid() == self.uid).cloned()?;
            let book = LogBook::of(&pod, &self.container, false)?;
            let now = self.api.clock.now();
            if book.count(now) > self.position {
                self.ready.push_back(written(&book, self.position, self.timestamps).into());
                self.position += 1;
                continue;
            }
            let next = book.next_at(self.position)?;
            let clock = self.api.clock.clone();
            tokio::select! {
                () = clock.reach(next) => {}
                _ = self.changes.changed() => {}
            }
        }
    }
}

fn written(book: &LogBook, position: u64, timestamps: bool) -> String {
    let (at, text) = book.line(position);
    if timestamps { format!("{at:.9} {text}\n") } else { format!("{text}\n") }
}

/// Where to begin: after `sinceTime` or `sinceSeconds`, or so many lines before the end.
fn first_line(call: &Call, book: &LogBook, now: Timestamp) -> Result<u64, Refusal> {
    let end = book.count(now);
    let seconds = call.query.number("sinceSeconds")?.map(Duration::from_secs);
    let since = match call.query.text("sinceTime") {
        Some(text) => Some(parse(text).ok_or_else(|| Refusal::bad_request(format!("invalid sinceTime: {text:?}")))?),
        None => seconds.and_then(|seconds| now.checked_sub(jiff::SignedDuration::try_from(seconds).ok()?).ok()),
    };
    let after_since = since.map_or(0, |since| {
        let (mut low, mut high) = (0, end);
        while low < high {
            let middle = low.midpoint(high);
            if book.line(middle).0 < since { low = middle + 1 } else { high = middle }
        }
        low
    });
    let tail = call.query.number("tailLines")?.map_or(0, |lines| end.saturating_sub(lines));
    Ok(after_since.max(tail))
}

fn container(pod: &Object, asked: Option<&str>) -> Result<String, Refusal> {
    let names: Vec<&str> =
        each(&pod.body, "/spec/containers").filter_map(|container| container["name"].as_str()).collect();
    let name = &pod.key.name;
    match (asked, names.as_slice()) {
        (Some(asked), names) if names.contains(&asked) => Ok(asked.to_owned()),
        (Some(asked), _) => Err(Refusal::bad_request(format!("container {asked} is not valid for pod {name}"))),
        (None, [only]) => Ok((*only).to_owned()),
        (None, names) => Err(Refusal::bad_request(format!(
            "a container name must be specified for pod {name}, choose one of: [{}]",
            names.join(" ")
        ))),
    }
}

fn not_started(pod: &Object, container: &str, call: &Call) -> Refusal {
    let name = &pod.key.name;
    if call.query.is_true("previous") {
        return Refusal::bad_request(format!("previous terminated container {container:?} in pod {name:?} not found"));
    }
    let status = each(&pod.body, "/status/containerStatuses").find(|status| status["name"] == container);
    let reason = status.and_then(|status| status["state"]["waiting"]["reason"].as_str()).unwrap_or("ContainerCreating");
    Refusal::bad_request(format!("container {container:?} in pod {name:?} is waiting to start: {reason}"))
}
