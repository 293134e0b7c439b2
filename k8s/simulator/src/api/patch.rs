//! Patching: server-side apply, JSON merge patch, strategic merge patch.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::refusal::Refusal;
use super::write::{check_identity, store_change, store_new};
use super::{Api, Call, json_response, merge};
use crate::store::{Applied, Object, Shelves};

pub(super) fn patch(api: &Api, call: &Call) -> Result<Response, Refusal> {
    call.query.refuse_dry_run()?;
    let media = call.header(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    match media {
        "application/apply-patch+yaml" => apply(api, call),
        "application/merge-patch+json" => change(api, call, merge::merge_patch),
        "application/strategic-merge-patch+json" => change(api, call, merge::strategic_patch),
        "application/json-patch+json" => Err(Refusal::not_simulated("JSON patch")),
        _ => {
            let accepted =
                "application/apply-patch+yaml, application/merge-patch+json, application/strategic-merge-patch+json";
            Err(Refusal::unsupported_media(accepted))
        }
    }
}

fn change(api: &Api, call: &Call, lay_over: fn(&mut Value, &Value)) -> Result<Response, Refusal> {
    let key = call.target.key()?;
    let patch = call.json()?;
    let mut shelves = api.store.lock();
    let before = shelves.get(&key).cloned().ok_or_else(|| Refusal::not_found(key.kind, &key.name))?;
    let mut body = before.body.clone();
    lay_over(&mut body, &patch);
    let applied = before.applied.clone();
    let object = store_change(&mut shelves, &before, body, call.target.subresource.as_deref(), applied)?;
    Ok(json_response(object.json.clone()))
}

/// JSON is YAML; other YAML is refused, since every client sends JSON here.
fn apply(api: &Api, call: &Call) -> Result<Response, Refusal> {
    let manager = call.query.text("fieldManager").ok_or_else(|| {
        Refusal::bad_request(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
        )
    })?;
    let key = call.target.key()?;
    let body = call.json()?;
    check_identity(&call.target, &body)?;
    let mut shelves = api.store.lock();
    let status = call.target.subresource.as_deref();
    match shelves.get(&key).cloned() {
        Some(before) => {
            let object = lay_over(&mut shelves, call, &before, manager, &body, status)?;
            Ok(json_response(object.json.clone()))
        }
        None if status.is_some() => Err(Refusal::not_found(key.kind, &key.name)),
        None => {
            if let Some(uid) = body["metadata"]["uid"].as_str() {
                let why =
                    format!("uid mismatch: the provided object specified uid {uid}, and no existing object was found");
                return Err(Refusal::conflict(key.kind, &key.name, why));
            }
            let applied = Applied::from([(manager.to_owned(), own_part(&body, false))]);
            let object = store_new(&mut shelves, &key, body, applied, api.now())?;
            Ok((StatusCode::CREATED, json_response(object.json.clone())).into_response())
        }
    }
}

fn lay_over(
    shelves: &mut Shelves,
    call: &Call,
    before: &Arc<Object>,
    manager: &str,
    body: &Value,
    subresource: Option<&str>,
) -> Result<Arc<Object>, Refusal> {
    let wanted = own_part(body, subresource.is_some());
    // What a manager holds of the status is apart from what it holds of the rest.
    let holder = subresource.map_or_else(|| manager.to_owned(), |part| format!("{manager}/{part}"));
    let others: Vec<(&String, &Value)> = before.applied.iter().filter(|(other, _)| **other != holder).collect();
    if !call.query.is_true("force") {
        let clash = |(other, held): &(&String, &Value)| {
            let paths = merge::conflicts(&before.body, &wanted, held, "");
            paths.into_iter().map(|path| ((*other).clone(), path)).collect::<Vec<_>>()
        };
        let causes: Vec<(String, String)> = others.iter().flat_map(clash).collect();
        if !causes.is_empty() {
            return Err(Refusal::apply_conflict(&causes));
        }
    }
    let mut merged = before.body.clone();
    let held: Vec<&Value> = others.iter().map(|(_, held)| *held).collect();
    merge::apply(&mut merged, before.applied.get(&holder), &wanted, &held);
    for precondition in ["resourceVersion", "uid"] {
        if let Some(value) = body["metadata"].get(precondition) {
            merged["metadata"][precondition] = value.clone();
        }
    }
    let mut applied = before.applied.clone();
    applied.insert(holder, wanted);
    store_change(shelves, before, merged, subresource, applied)
}

/// What the manager's configuration holds: without what names the object, and either the status or all but it.
fn own_part(body: &Value, status: bool) -> Value {
    let mut part = body.clone();
    if let Some(map) = part.as_object_mut() {
        map.retain(|name, _| (name == "status") == status && name != "apiVersion" && name != "kind");
        if let Some(metadata) = map.get_mut("metadata").and_then(Value::as_object_mut) {
            let servers = ["name", "namespace", "uid", "resourceVersion", "managedFields", "creationTimestamp"];
            metadata.retain(|name, _| !servers.contains(&name.as_str()));
        }
    }
    part
}
