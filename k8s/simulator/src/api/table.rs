//! The shapes an object can be asked for in: whole, metadata only, or a table as `kubectl get` prints it.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::target::Query;
use crate::clock::parse;
use crate::json::each;
use crate::kinds::Kind;
use crate::store::Object;

/// How an answer is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Whole,
    Metadata,
    Table(Include),
}

/// What a table's row carries of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Include {
    Nothing,
    Metadata,
    Object,
}

impl Shape {
    /// The first shape that the `Accept` header names and that exists here.
    pub(super) fn of(accept: &str, query: &Query) -> Self {
        let include = match query.text("includeObject") {
            Some("None") => Include::Nothing,
            Some("Object") => Include::Object,
            _ => Include::Metadata,
        };
        let shape = |clause: &str| match clause.split(';').find_map(|part| part.trim().strip_prefix("as=")) {
            Some("Table") => Some(Self::Table(include)),
            Some("PartialObjectMetadata" | "PartialObjectMetadataList") => Some(Self::Metadata),
            Some(_) => None,
            None => Some(Self::Whole),
        };
        accept.split(',').find_map(shape).unwrap_or(Self::Whole)
    }
}

/// An object's name, labels and the like, without what it is.
pub(super) fn metadata(object: &Object) -> Value {
    json!({"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object.body["metadata"]})
}

/// A bookmark in the shape of the watch it belongs to.
pub(super) fn bookmark(shape: Shape, bookmark: Value) -> Value {
    match shape {
        Shape::Whole => bookmark,
        Shape::Metadata => {
            json!({"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": bookmark["metadata"]})
        }
        Shape::Table(_) => {
            json!({"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": bookmark["metadata"], "columnDefinitions": [], "rows": []})
        }
    }
}

/// The table of some objects.
pub(super) fn table(kind: Kind, objects: &[Arc<Object>], include: Include, now: Timestamp, metadata: &Value) -> Value {
    let columns: Vec<Value> = columns(kind).iter().map(|(name, priority)| column(name, *priority)).collect();
    let rows: Vec<Value> = objects
        .iter()
        .map(|object| {
            let mut row = json!({"cells": cells(object, now)});
            match include {
                Include::Nothing => {}
                Include::Metadata => row["object"] = self::metadata(object),
                Include::Object => row["object"] = object.body.clone(),
            }
            row
        })
        .collect();
    json!({"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata, "columnDefinitions": columns, "rows": rows})
}

fn column(name: &str, priority: u8) -> Value {
    let format = if name == "Name" { "name" } else { "" };
    json!({"name": name, "type": "string", "format": format, "description": name, "priority": priority})
}

fn columns(kind: Kind) -> &'static [(&'static str, u8)] {
    match kind {
        Kind::Pod => &[
            ("Name", 0),
            ("Ready", 0),
            ("Status", 0),
            ("Restarts", 0),
            ("Age", 0),
            ("IP", 1),
            ("Node", 1),
            ("Nominated Node", 1),
            ("Readiness Gates", 1),
        ],
        Kind::Node => &[
            ("Name", 0),
            ("Status", 0),
            ("Roles", 0),
            ("Age", 0),
            ("Version", 0),
            ("Internal-IP", 1),
            ("External-IP", 1),
            ("OS-Image", 1),
            ("Kernel-Version", 1),
            ("Container-Runtime", 1),
        ],
        Kind::Namespace => &[("Name", 0), ("Status", 0), ("Age", 0)],
        Kind::Event => &[("Last Seen", 0), ("Type", 0), ("Reason", 0), ("Object", 0), ("Message", 0)],
        Kind::PersistentVolumeClaim => &[("Name", 0), ("Status", 0), ("Volume", 0), ("Capacity", 0), ("Age", 0)],
        _ => &[("Name", 0), ("Created At", 0)],
    }
}

fn cells(object: &Object, now: Timestamp) -> Vec<Value> {
    let name = object.key.name.as_str();
    let aged = age(object.text("/metadata/creationTimestamp"), now);
    let or_none = |pointer: &str| match object.text(pointer) {
        "" => "<none>".to_owned(),
        text => text.to_owned(),
    };
    let texts: Vec<String> = match object.key.kind {
        Kind::Pod => pod_cells(object, aged, or_none),
        Kind::Node => vec![
            name.to_owned(),
            node_status(object),
            "<none>".to_owned(),
            aged,
            or_none("/status/nodeInfo/kubeletVersion"),
            or_none("/status/addresses/0/address"),
            "<none>".to_owned(),
            or_none("/status/nodeInfo/osImage"),
            or_none("/status/nodeInfo/kernelVersion"),
            or_none("/status/nodeInfo/containerRuntimeVersion"),
        ],
        Kind::Namespace => vec![name.to_owned(), or_none("/status/phase"), aged],
        Kind::Event => {
            let about = format!(
                "{}/{}",
                object.text("/involvedObject/kind").to_lowercase(),
                object.text("/involvedObject/name")
            );
            let seen = age(object.text("/lastTimestamp"), now);
            vec![seen, or_none("/type"), or_none("/reason"), about, or_none("/message")]
        }
        Kind::PersistentVolumeClaim => {
            vec![
                name.to_owned(),
                or_none("/status/phase"),
                or_none("/spec/volumeName"),
                or_none("/status/capacity/storage"),
                aged,
            ]
        }
        _ => vec![name.to_owned(), or_none("/metadata/creationTimestamp")],
    };
    texts.into_iter().map(Value::from).collect()
}

fn pod_cells(pod: &Object, age: String, or_none: impl Fn(&str) -> String) -> Vec<String> {
    let statuses: Vec<&Value> = each(&pod.body, "/status/containerStatuses").collect();
    let n_ready = statuses.iter().filter(|status| status["ready"] == true).count();
    let n_containers = each(&pod.body, "/spec/containers").count();
    let restarts: u64 = statuses.iter().filter_map(|status| status["restartCount"].as_u64()).sum();
    vec![
        pod.key.name.clone(),
        format!("{n_ready}/{n_containers}"),
        pod_status(pod, &statuses),
        restarts.to_string(),
        age,
        or_none("/status/podIP"),
        or_none("/spec/nodeName"),
        or_none("/status/nominatedNodeName"),
        "<none>".to_owned(),
    ]
}

fn pod_status(pod: &Object, statuses: &[&Value]) -> String {
    if pod.is_terminating() {
        return if pod.text("/status/reason") == "NodeLost" { "Unknown" } else { "Terminating" }.to_owned();
    }
    let of_container = statuses.iter().rev().find_map(|status| {
        let waiting = status["state"]["waiting"]["reason"].as_str();
        waiting.or_else(|| status["state"]["terminated"]["reason"].as_str()).filter(|reason| !reason.is_empty())
    });
    let phase = match pod.text("/status/reason") {
        "" => pod.text("/status/phase"),
        reason => return reason.to_owned(),
    };
    of_container.unwrap_or(phase).to_owned()
}

fn node_status(node: &Object) -> String {
    let ready = each(&node.body, "/status/conditions")
        .any(|condition| condition["type"] == "Ready" && condition["status"] == "True");
    let cordoned = if node.body["spec"]["unschedulable"] == true { ",SchedulingDisabled" } else { "" };
    format!("{}{cordoned}", if ready { "Ready" } else { "NotReady" })
}

/// A time span as kubectl shortens it.
fn age(since: &str, now: Timestamp) -> String {
    let Some(since) = parse(since) else { return "<unknown>".to_owned() };
    let seconds = now.duration_since(since).as_secs().max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        0..120 => format!("{seconds}s"),
        120..600 if seconds % 60 != 0 => format!("{minutes}m{}s", seconds % 60),
        120..10_800 => format!("{minutes}m"),
        10_800..28_800 if minutes % 60 != 0 => format!("{hours}h{}m", minutes % 60),
        10_800..172_800 => format!("{hours}h"),
        172_800..691_200 if hours % 24 != 0 => format!("{days}d{}h", hours % 24),
        _ => format!("{days}d"),
    }
}
