//! One stored version of one object, with its bytes as every list and watch sends them.

use std::collections::BTreeMap;

use axum::body::Bytes;
use serde_json::Value;

use super::Key;

/// What each field manager applied last; server-side apply takes away what a manager no longer names.
pub(crate) type Applied = BTreeMap<String, Value>;

/// One version of an object; never changed, only replaced.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) key: Key,
    pub(crate) revision: u64,
    pub(crate) body: Value,
    pub(crate) json: Bytes,
    pub(crate) applied: Applied,
}

impl Object {
    /// The object with its revision, API version and kind written into the body.
    pub(crate) fn new(key: Key, revision: u64, mut body: Value, applied: Applied) -> Self {
        body["apiVersion"] = key.kind.api_version().into();
        body["kind"] = key.kind.words().kind.into();
        body["metadata"]["resourceVersion"] = revision.to_string().into();
        let json = Bytes::from(body.to_string());
        Self { key, revision, body, json, applied }
    }

    /// The text at a JSON pointer; empty when there is none.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.body.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn uid(&self) -> &str {
        self.text("/metadata/uid")
    }

    pub(crate) fn label(&self, name: &str) -> Option<&str> {
        self.body["metadata"]["labels"][name].as_str()
    }

    pub(crate) fn is_terminating(&self) -> bool {
        self.body["metadata"]["deletionTimestamp"].is_string()
    }

    pub(crate) fn has_finalizers(&self) -> bool {
        self.body["metadata"]["finalizers"].as_array().is_some_and(|list| !list.is_empty())
    }

    /// Whether `body` says the same, whatever revision it names.
    pub(crate) fn same_body(&self, body: &Value) -> bool {
        let (Value::Object(mine), Value::Object(theirs)) = (&self.body, body) else { return false };
        let fields = |map: &serde_json::Map<String, Value>| map.keys().filter(|name| !is_derived(name)).count();
        fields(mine) == fields(theirs)
            && mine.iter().filter(|(name, _)| !is_derived(name)).all(|(name, value)| {
                theirs
                    .get(name)
                    .is_some_and(|other| if name == "metadata" { same_metadata(value, other) } else { value == other })
            })
    }
}

fn is_derived(field: &str) -> bool {
    field == "apiVersion" || field == "kind"
}

fn same_metadata(mine: &Value, theirs: &Value) -> bool {
    let (Value::Object(mine), Value::Object(theirs)) = (mine, theirs) else { return false };
    let fields = |map: &serde_json::Map<String, Value>| map.keys().filter(|name| *name != "resourceVersion").count();
    fields(mine) == fields(theirs)
        && mine.iter().all(|(name, value)| name == "resourceVersion" || theirs.get(name) == Some(value))
}
