//! Events: what scheduler, kubelet and controllers say of an object; the same thing said again raises a count.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::{micros, seconds};
use crate::kinds::Kind;
use crate::store::{Applied, Key, Object, Shelves, WriteFailed};
use crate::uid;

/// Who says it.
#[derive(Clone, Debug)]
pub(crate) struct Emitter {
    component: &'static str,
    host: String,
}

/// What is said.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    kind: &'static str,
    reason: &'static str,
    message: String,
    container: Option<String>,
}

impl Note {
    pub(crate) fn normal(reason: &'static str, message: impl Into<String>) -> Self {
        Self { kind: "Normal", reason, message: message.into(), container: None }
    }

    pub(crate) fn warning(reason: &'static str, message: impl Into<String>) -> Self {
        Self { kind: "Warning", ..Self::normal(reason, message) }
    }

    /// Says it of one container.
    pub(crate) fn of(self, container: &str) -> Self {
        Self { container: Some(container.to_owned()), ..self }
    }
}

impl Emitter {
    pub(crate) fn scheduler() -> Self {
        Self { component: "default-scheduler", host: String::new() }
    }

    pub(crate) fn node_controller() -> Self {
        Self { component: "node-controller", host: String::new() }
    }

    pub(crate) fn kubelet(node: &str) -> Self {
        Self { component: "kubelet", host: node.to_owned() }
    }

    /// Writes the event, or counts it up when this was said of the object before.
    pub(crate) fn tell(
        &self,
        shelves: &mut Shelves,
        object: &Object,
        note: Note,
        now: Timestamp,
    ) -> Result<(), WriteFailed> {
        let namespace = if object.key.namespace.is_empty() { "default" } else { &object.key.namespace };
        let mut hasher = DefaultHasher::new();
        (self.component, &self.host, object.uid(), note.reason, &note.message, &note.container).hash(&mut hasher);
        let key = Key::new(Kind::Event, namespace, format!("{}.{:016x}", object.key.name, hasher.finish()));
        let known = shelves.edit(&key, |event| {
            event["count"] = (event["count"].as_u64().unwrap_or(1) + 1).into();
            event["lastTimestamp"] = seconds(now).into();
        })?;
        if known.is_none() {
            shelves.put(&key, self.event(&key, object, note, now), Applied::default())?;
        }
        Ok(())
    }

    fn event(&self, key: &Key, object: &Object, note: Note, now: Timestamp) -> Value {
        let mut event = json!({
            "metadata": {"name": key.name, "namespace": key.namespace, "uid": uid::fresh(), "creationTimestamp": seconds(now)},
            "involvedObject": {
                "kind": object.key.kind.words().kind, "apiVersion": object.key.kind.api_version(), "name": object.key.name,
                "uid": object.uid(), "resourceVersion": object.revision.to_string(),
            },
            "type": note.kind, "reason": note.reason, "message": note.message,
            "source": {"component": self.component}, "reportingComponent": self.component, "reportingInstance": self.host,
            "firstTimestamp": seconds(now), "lastTimestamp": seconds(now), "count": 1, "eventTime": null,
        });
        if !object.key.namespace.is_empty() {
            event["involvedObject"]["namespace"] = object.key.namespace.as_str().into();
        }
        if let Some(container) = note.container {
            event["involvedObject"]["fieldPath"] = format!("spec.containers{{{container}}}").into();
        }
        if self.host.is_empty() {
            event["eventTime"] = micros(now).into();
        } else {
            event["source"]["host"] = self.host.as_str().into();
        }
        event
    }
}
