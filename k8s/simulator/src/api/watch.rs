//! Watching: a stream of changes from a revision on, with bookmarks, a time-out, and the faults of watches.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::Response;
use futures_util::stream;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::watch::Receiver;

use super::refusal::Refusal;
use super::selector::Selector;
use super::table::{self, Shape};
use super::{Api, Call, json_response};
use crate::clock::after;
use crate::faults::{Asked, FaultKind};
use crate::kinds::Kind;
use crate::store::{Change, Object, Verb};

const BOOKMARK_EVERY: Duration = Duration::from_secs(60);
const BATCH: usize = 256;

/// One open watch.
struct Watch {
    api: Arc<Api>,
    kind: Kind,
    namespace: Option<String>,
    name: Option<String>,
    selector: Selector,
    shape: Shape,
    cursor: u64,
    ready: VecDeque<Bytes>,
    revisions: Receiver<u64>,
    cuts: Receiver<u64>,
    bookmarks: bool,
    next_bookmark: Timestamp,
    ends: Timestamp,
    over: bool,
    stale: bool,
}

pub(super) fn open(api: &Arc<Api>, call: &Call) -> Result<Response, Refusal> {
    let kind = call.target.kind;
    let selector = Selector::of(kind, &call.query)?;
    let now = api.clock.now();
    let seconds = call.query.number("timeoutSeconds")?.unwrap_or(1800);
    let mut watch = Watch {
        api: api.clone(),
        kind,
        namespace: call.target.namespace.clone(),
        name: call.target.name.clone(),
        selector,
        shape: Shape::of(call.header(header::ACCEPT), &call.query),
        cursor: 0,
        ready: VecDeque::new(),
        revisions: api.store.revisions(kind),
        cuts: api.faults.cuts(),
        bookmarks: call.query.is_true("allowWatchBookmarks"),
        next_bookmark: after(now, BOOKMARK_EVERY),
        ends: after(now, Duration::from_secs(seconds)),
        over: false,
        stale: false,
    };
    let from = call.query.number("resourceVersion")?;
    watch.begin(from, call.query.is_true("sendInitialEvents"))?;
    let body = stream::unfold(watch, |mut watch| async move {
        let bytes = watch.next().await?;
        Some((Ok::<_, Infallible>(bytes), watch))
    });
    Ok(json_response(Body::from_stream(body)))
}

impl Watch {
    /// Without a revision, or from 0, a watch begins with everything there is.
    fn begin(&mut self, from: Option<u64>, initial: bool) -> Result<(), Refusal> {
        let api = self.api.clone();
        let shelves = api.store.lock();
        let revision = shelves.revision();
        match from.filter(|from| *from > 0 && !initial) {
            Some(from) if from > revision => return Err(Refusal::too_new(from, revision)),
            Some(from) => self.cursor = from,
            None => {
                let all = shelves.scan(self.kind, self.namespace.as_deref());
                let objects: Vec<Arc<Object>> = all.filter(|object| self.wants(object)).cloned().collect();
                for object in &objects {
                    self.push("ADDED", object);
                }
                self.cursor = revision;
            }
        }
        if initial {
            self.push_bookmark(true);
        }
        Ok(())
    }

    /// The next bytes; none when the watch is over.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.stale {
                std::future::pending::<()>().await;
            }
            if let Some(bytes) = self.ready.pop_front() {
                return Some(bytes);
            }
            if self.over {
                return None;
            }
            self.revisions.mark_unchanged();
            if self.read() {
                continue;
            }
            self.wait().await;
        }
    }

    /// Takes what the store has; false when there is nothing new.
    fn read(&mut self) -> bool {
        let changes = self.api.store.lock().changes_since(self.kind, self.cursor, BATCH);
        match changes {
            Ok(changes) if changes.is_empty() => false,
            Ok(changes) => {
                changes.iter().for_each(|change| self.take(change));
                true
            }
            Err(compacted) => {
                let status = Refusal::too_old(self.cursor, compacted.floor).status();
                self.ready.push_back(line("ERROR", &status.to_string()));
                self.over = true;
                true
            }
        }
    }

    async fn wait(&mut self) {
        let soonest = if self.bookmarks { self.ends.min(self.next_bookmark) } else { self.ends };
        let clock = self.api.clock.clone();
        tokio::select! {
            changed = self.revisions.changed() => self.over |= changed.is_err(),
            _ = self.cuts.changed() => self.over = true,
            () = clock.reach(soonest) => {
                let now = clock.now();
                self.over |= now >= self.ends;
                if self.bookmarks && !self.over {
                    self.push_bookmark(false);
                    self.next_bookmark = after(now, BOOKMARK_EVERY);
                }
            }
        }
    }

    /// An object that comes to match is added; one that ceases to match is deleted, and told as it was when it matched.
    fn take(&mut self, change: &Change) {
        self.cursor = change.revision;
        let is = self.wants(&change.object) && change.verb != Verb::Deleted;
        let was = change.previous.as_ref().is_some_and(|previous| self.wants(previous));
        let verb = match (was, is) {
            (false, false) => return,
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
        };
        let api = self.api.clone();
        let namespace = self.namespace.clone().unwrap_or_default();
        let asked = Asked {
            verb: "watch",
            resource: self.kind.words().plural,
            namespace: &namespace,
            name: &change.object.key.name,
        };
        if api.faults.strike_request(&asked, |kind| *kind == FaultKind::WatchStale).is_some() {
            self.stale = true;
        }
        let left = change.previous.as_ref().filter(|_| was && !is && change.verb != Verb::Deleted);
        let left = left.map(|object| {
            let Object { key, body, applied, .. } = &**object;
            Arc::new(Object::new(key.clone(), change.revision, body.clone(), applied.clone()))
        });
        let object = left.as_ref().unwrap_or(&change.object);
        self.push(verb, object);
        if api.faults.strike_request(&asked, |kind| *kind == FaultKind::WatchDuplicate).is_some() {
            self.push(verb, object);
        }
    }

    fn wants(&self, object: &Object) -> bool {
        self.namespace.as_deref().is_none_or(|namespace| namespace == object.key.namespace)
            && self.name.as_deref().is_none_or(|name| name == object.key.name)
            && self.selector.matches(object)
    }

    fn push(&mut self, verb: &str, object: &Arc<Object>) {
        let bytes = match self.shape {
            Shape::Whole => line(verb, &String::from_utf8_lossy(&object.json)),
            Shape::Metadata => line(verb, &table::metadata(object).to_string()),
            Shape::Table(include) => {
                let metadata = json!({"resourceVersion": object.revision.to_string()});
                line(
                    verb,
                    &table::table(self.kind, std::slice::from_ref(object), include, self.api.now(), &metadata)
                        .to_string(),
                )
            }
        };
        self.ready.push_back(bytes);
    }

    fn push_bookmark(&mut self, initial_end: bool) {
        let mut metadata = json!({"resourceVersion": self.cursor.to_string(), "creationTimestamp": Value::Null});
        if initial_end {
            metadata["annotations"] = json!({"k8s.io/initial-events-end": "true"});
        }
        let bookmark =
            json!({"kind": self.kind.words().kind, "apiVersion": self.kind.api_version(), "metadata": metadata});
        self.ready.push_back(line("BOOKMARK", &table::bookmark(self.shape, bookmark).to_string()));
    }
}

fn line(verb: &str, object: &str) -> Bytes {
    format!("{{\"type\":\"{verb}\",\"object\":{object}}}\n").into()
}
