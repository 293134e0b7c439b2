//! Creating, replacing and deleting.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::selector::Selector;
use super::{Api, Call, json_response};
use crate::admission;
use crate::clock::seconds;
use crate::deletion::{self, Deletion};
use crate::kinds::Kind;
use crate::store::{Applied, Key, Object, Shelves};
use crate::uid;

/// The fields of metadata that only the server writes.
const SERVERS: [&str; 5] = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"];

pub(super) fn create(api: &Api, call: &Call) -> Result<Response, Refusal> {
    call.query.refuse_dry_run()?;
    if call.target.name.is_some() {
        return Err(Refusal::not_allowed());
    }
    let mut body = call.json()?;
    check_identity(&call.target, &body)?;
    if !body["metadata"]["resourceVersion"].as_str().unwrap_or_default().is_empty() {
        return Err(Refusal::bad_request("resourceVersion should not be set on objects to be created"));
    }
    let name = name_of_new(&mut body);
    let key = Key::new(call.target.kind, call.target.namespace.clone().unwrap_or_default(), name);
    let object = store_new(&mut api.store.lock(), &key, body, Applied::default(), api.now())?;
    Ok((StatusCode::CREATED, json_response(object.json.clone())).into_response())
}

pub(super) fn update(api: &Api, call: &Call) -> Result<Response, Refusal> {
    call.query.refuse_dry_run()?;
    let body = call.json()?;
    check_identity(&call.target, &body)?;
    let key = call.target.key()?;
    let mut shelves = api.store.lock();
    let before = shelves.get(&key).cloned().ok_or_else(|| Refusal::not_found(key.kind, &key.name))?;
    let applied = before.applied.clone();
    let object = store_change(&mut shelves, &before, body, call.target.subresource.as_deref(), applied)?;
    Ok(json_response(object.json.clone()))
}

pub(super) fn delete(api: &Api, call: &Call) -> Result<Response, Refusal> {
    call.query.refuse_dry_run()?;
    let options = delete_options(call)?;
    let key = call.target.key()?;
    let mut shelves = api.store.lock();
    let object = shelves.get(&key).cloned().ok_or_else(|| Refusal::not_found(key.kind, &key.name))?;
    check_preconditions(&object, &options["preconditions"])?;
    let done = deletion::delete(&mut shelves, &key, grace(call, &options)?, api.now())?;
    Ok(match done {
        Some(Deletion::Begun(object)) => json_response(object.json.clone()),
        Some(Deletion::Gone(object)) if key.kind == Kind::Pod => json_response(object.json.clone()),
        _ => {
            let details = json!({"name": key.name, "kind": key.kind.words().plural, "uid": object.uid()});
            let status =
                json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details});
            json_response(status.to_string())
        }
    })
}

pub(super) fn delete_all(api: &Api, call: &Call) -> Result<Response, Refusal> {
    call.query.refuse_dry_run()?;
    let (options, selector) = (delete_options(call)?, Selector::of(call.target.kind, &call.query)?);
    let mut shelves = api.store.lock();
    let chosen =
        shelves.scan(call.target.kind, call.target.namespace.as_deref()).filter(|object| selector.matches(object));
    let keys: Vec<Key> = chosen.map(|object| object.key.clone()).collect();
    let grace = grace(call, &options)?;
    for key in &keys {
        deletion::delete(&mut shelves, key, grace, api.now())?;
    }
    let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"});
    Ok(json_response(status.to_string()))
}

/// Completes, checks and stores a new object.
pub(super) fn store_new(
    shelves: &mut Shelves,
    key: &Key,
    body: Value,
    applied: Applied,
    now: Timestamp,
) -> Result<Arc<Object>, Refusal> {
    let mut body = prune(key.kind, body)?;
    if shelves.get(key).is_some() {
        return Err(Refusal::already_exists(key.kind, &key.name));
    }
    let metadata = &mut body["metadata"];
    forget(metadata, &SERVERS);
    forget(metadata, &["managedFields", "resourceVersion", "generateName"]);
    metadata["name"] = key.name.as_str().into();
    if key.kind.words().namespaced {
        metadata["namespace"] = key.namespace.as_str().into();
    }
    metadata["uid"] = uid::fresh().into();
    metadata["creationTimestamp"] = seconds(now).into();
    if key.kind == Kind::PersistentVolumeClaim {
        metadata["finalizers"] = json!(["kubernetes.io/pvc-protection"]);
    }
    if key.kind.words().has_status && key.kind != Kind::Node {
        forget(&mut body, &["status"]);
    }
    admission::admit_new(shelves, key, &mut body)?;
    let object = shelves.put(key, body, applied)?;
    admission::recount(shelves, &key.namespace)?;
    Ok(object)
}

/// Checks and stores a changed object; a subresource `status` changes nothing but the status, all else all but it.
pub(super) fn store_change(
    shelves: &mut Shelves,
    before: &Arc<Object>,
    body: Value,
    subresource: Option<&str>,
    applied: Applied,
) -> Result<Arc<Object>, Refusal> {
    let key = &before.key;
    let mut body = prune(key.kind, body)?;
    let named = |field: &str| body["metadata"][field].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    if named("resourceVersion").is_some_and(|version| version != before.revision.to_string()) {
        return Err(Refusal::modified(key.kind, &key.name));
    }
    if let Some(uid) = named("uid").filter(|uid| uid != before.uid()) {
        let why = format!("Precondition failed: UID in precondition: {uid}, UID in object meta: {}", before.uid());
        return Err(Refusal::conflict(key.kind, &key.name, why));
    }
    if subresource == Some("status") {
        let status = body["status"].take();
        body = before.body.clone();
        body["status"] = status;
    } else {
        keep_servers(&mut body, &before.body);
        admission::admit_change(shelves, key, &before.body, &mut body)?;
    }
    let object = shelves.put(key, body, applied)?;
    if object.is_terminating() && !object.has_finalizers() && before.has_finalizers() && key.kind != Kind::Namespace {
        shelves.remove(key)?;
    }
    Ok(object)
}

/// A body that names another kind, name or namespace than the path is refused.
pub(super) fn check_identity(target: &super::Target, body: &Value) -> Result<(), Refusal> {
    let kind = target.kind;
    let (wanted, version) = (kind.words().kind, kind.api_version());
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
    if text("/kind").is_some_and(|kind| kind != wanted) || text("/apiVersion").is_some_and(|own| own != version) {
        let own = format!("{}, Kind={}", text("/apiVersion").unwrap_or_default(), text("/kind").unwrap_or_default());
        return Err(Refusal::bad_request(format!("{own} does not match the expected {version}, Kind={wanted}")));
    }
    if let (Some(own), Some(wanted)) = (text("/metadata/name"), &target.name)
        && own != wanted
    {
        return Err(Refusal::bad_request(format!(
            "the name of the object ({own}) does not match the name on the URL ({wanted})"
        )));
    }
    let namespace = target.namespace.as_deref().unwrap_or_default();
    if text("/metadata/namespace").is_some_and(|own| kind.words().namespaced && own != namespace) {
        return Err(Refusal::bad_request(
            "the namespace of the provided object does not match the namespace sent on the request",
        ));
    }
    if kind.words().namespaced && namespace.is_empty() {
        return Err(Refusal::not_allowed());
    }
    Ok(())
}

fn prune(kind: Kind, body: Value) -> Result<Value, Refusal> {
    if !body.is_object() {
        return Err(Refusal::bad_request("the body must be an object"));
    }
    let wording = |error| {
        Refusal::bad_request(format!(
            "{} in version \"v1\" cannot be handled as a {}: {error}",
            kind.words().kind,
            kind.words().kind
        ))
    };
    let mut body = kind.prune(body).map_err(wording)?;
    if !body["metadata"].is_object() {
        body["metadata"] = json!({});
    }
    Ok(body)
}

fn keep_servers(body: &mut Value, before: &Value) {
    for field in SERVERS.iter().chain(&["name", "namespace"]) {
        match before["metadata"].get(*field) {
            Some(value) => body["metadata"][*field] = value.clone(),
            None => forget(&mut body["metadata"], &[field]),
        }
    }
    forget(&mut body["metadata"], &["managedFields"]);
    match before.get("status") {
        Some(status) => body["status"] = status.clone(),
        None => forget(body, &["status"]),
    }
}

fn name_of_new(body: &mut Value) -> String {
    let text = |field: &str| body["metadata"][field].as_str().unwrap_or_default().to_owned();
    let (name, prefix) = (text("name"), text("generateName"));
    if name.is_empty() && !prefix.is_empty() { format!("{prefix}{}", uid::suffix()) } else { name }
}

fn delete_options(call: &Call) -> Result<Value, Refusal> {
    let options = if call.body.is_empty() { json!({}) } else { call.json()? };
    match options["dryRun"].as_array() {
        Some(list) if !list.is_empty() => Err(Refusal::not_simulated("dryRun")),
        _ => Ok(options),
    }
}

fn grace(call: &Call, options: &Value) -> Result<Option<u64>, Refusal> {
    Ok(options["gracePeriodSeconds"].as_u64().or(call.query.number("gracePeriodSeconds")?))
}

fn check_preconditions(object: &Object, wanted: &Value) -> Result<(), Refusal> {
    let (kind, name) = (object.key.kind, object.key.name.as_str());
    if let Some(uid) = wanted["uid"].as_str().filter(|uid| *uid != object.uid()) {
        let why = format!(
            "the UID in the precondition ({uid}) does not match the UID in record ({}). The object might have been deleted and then recreated",
            object.uid()
        );
        return Err(Refusal::conflict(kind, name, why));
    }
    let version = object.revision.to_string();
    if let Some(asked) = wanted["resourceVersion"].as_str().filter(|asked| *asked != version) {
        let why = format!(
            "the ResourceVersion in the precondition ({asked}) does not match the ResourceVersion in record ({version}). The object might have been modified"
        );
        return Err(Refusal::conflict(kind, name, why));
    }
    Ok(())
}

fn forget(value: &mut Value, fields: &[&str]) {
    if let Some(map) = value.as_object_mut() {
        map.retain(|name, _| !fields.contains(&name.as_str()));
    }
}
