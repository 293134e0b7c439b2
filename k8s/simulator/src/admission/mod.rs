//! What a new or changed object must pass before it is stored: namespace, defaults, validation, limits, quota.

mod defaults;
mod limits;
mod names;
mod networks;
mod pods;
mod quota;

use serde_json::Value;

pub(crate) use self::quota::recount;

use crate::api::Refusal;
use crate::kinds::Kind;
use crate::store::{Key, Shelves, is_over};

/// Completes and checks an object that is to be made.
pub(crate) fn admit_new(shelves: &Shelves, key: &Key, body: &mut Value) -> Result<(), Refusal> {
    open_namespace(shelves, key)?;
    names::check(key, body)?;
    defaults::fill(key, body);
    match key.kind {
        Kind::Pod => {
            pods::refuse_unsimulated(body)?;
            service_account(shelves, key, body)?;
            limits::apply(shelves, key, body)?;
            pods::check(key, body)?;
            defaults::quality_of_service(body);
        }
        Kind::PersistentVolumeClaim if body["spec"]["resources"]["requests"]["storage"].is_null() => {
            let cause = crate::api::FieldError::required("spec.resources[storage]", "");
            return Err(Refusal::invalid(key.kind, &key.name, &[cause]));
        }
        Kind::NetworkPolicy => networks::check(&key.name, body)?,
        _ => {}
    }
    quota::charge(shelves, key, None, body)
}

/// Checks a change of an object that exists.
pub(crate) fn admit_change(shelves: &Shelves, key: &Key, before: &Value, body: &mut Value) -> Result<(), Refusal> {
    names::check(key, body)?;
    defaults::fill(key, body);
    match key.kind {
        Kind::Pod => pods::check_unchanged(key, before, body)?,
        Kind::PersistentVolumeClaim => pods::check_claim_unchanged(key, before, body)?,
        Kind::NetworkPolicy => networks::check(&key.name, body)?,
        Kind::Secret
            if before["immutable"] == true && (before["data"] != body["data"] || body["immutable"] != true) =>
        {
            let cause = crate::api::FieldError::forbidden("data", "field is immutable when `immutable` is set");
            return Err(Refusal::invalid(key.kind, &key.name, &[cause]));
        }
        _ => {}
    }
    if key.kind == Kind::Pod && is_over(before) { Ok(()) } else { quota::charge(shelves, key, Some(before), body) }
}

fn open_namespace(shelves: &Shelves, key: &Key) -> Result<(), Refusal> {
    if !key.kind.words().namespaced {
        return Ok(());
    }
    match shelves.get(&Key::new(Kind::Namespace, "", key.namespace.as_str())) {
        None => Err(Refusal::not_found(Kind::Namespace, &key.namespace)),
        Some(namespace) if namespace.is_terminating() => Err(Refusal::terminating(key.kind, &key.name, &key.namespace)),
        Some(_) => Ok(()),
    }
}

fn service_account(shelves: &Shelves, key: &Key, body: &Value) -> Result<(), Refusal> {
    let account = body["spec"]["serviceAccountName"].as_str().unwrap_or("default");
    if shelves.get(&Key::new(Kind::ServiceAccount, key.namespace.as_str(), account)).is_some() {
        return Ok(());
    }
    let why =
        format!("error looking up service account {}/{account}: serviceaccount {account:?} not found", key.namespace);
    Err(Refusal::forbidden(Kind::Pod, &key.name, why))
}
