//! ResourceQuotas: what a new or grown object would use is refused beyond the hard amounts; `status.used` is kept.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::api::Refusal;
use crate::kinds::Kind;
use crate::quantity::{Amounts, write};
use crate::store::{Key, Object, Shelves, WriteFailed, charge_of};

/// Refuses what some quota of the namespace leaves no room for.
pub(super) fn charge(shelves: &Shelves, key: &Key, before: Option<&Value>, body: &Value) -> Result<(), Refusal> {
    if !key.kind.words().namespaced || matches!(key.kind, Kind::Event | Kind::Lease) {
        return Ok(());
    }
    let mut delta = charge_of(key.kind, body);
    delta.take_all(&before.map(|before| charge_of(key.kind, before)).unwrap_or_default());
    let used = shelves.index().used(&key.namespace);
    for quota in shelves.scan(Kind::ResourceQuota, Some(&key.namespace)) {
        let hard = Amounts::read(quota.body["spec"].get("hard"));
        if key.kind == Kind::Pod && before.is_none() {
            every_container_says(quota, &hard, body).map_err(|why| Refusal::forbidden(key.kind, &key.name, why))?;
        }
        fits(quota, &hard, &used, &delta).map_err(|why| Refusal::forbidden(key.kind, &key.name, why))?;
    }
    Ok(())
}

/// Writes `status.hard` and `status.used` of a namespace's quotas where they differ from the truth.
pub(crate) fn recount(shelves: &mut Shelves, namespace: &str) -> Result<(), WriteFailed> {
    let quotas: Vec<Arc<Object>> = shelves.scan(Kind::ResourceQuota, Some(namespace)).cloned().collect();
    let used = shelves.index().used(namespace);
    for quota in quotas {
        let hard = Amounts::read(quota.body["spec"].get("hard"));
        let counted = Amounts(hard.0.keys().map(|name| (name.clone(), used.get(name))).collect());
        let status = json!({"hard": quota.body["spec"]["hard"], "used": counted.write()});
        shelves.edit(&quota.key, |body| body["status"] = status)?;
    }
    Ok(())
}

fn fits(quota: &Object, hard: &Amounts, used: &Amounts, delta: &Amounts) -> Result<(), String> {
    let over = |(name, most): &(&String, &i128)| delta.get(name) > 0 && used.get(name) + delta.get(name) > **most;
    let names: Vec<&String> = hard.0.iter().filter(over).map(|(name, _)| name).collect();
    if names.is_empty() {
        return Ok(());
    }
    let list = |amounts: &Amounts| {
        names.iter().map(|name| format!("{name}={}", write(name, amounts.get(name)))).collect::<Vec<_>>().join(",")
    };
    Err(format!(
        "exceeded quota: {}, requested: {}, used: {}, limited: {}",
        quota.key.name,
        list(delta),
        list(used),
        list(hard)
    ))
}

/// A quota on processors or memory wants every container to name what it takes.
fn every_container_says(quota: &Object, hard: &Amounts, body: &Value) -> Result<(), String> {
    let sides = [("cpu", "requests", "cpu"), ("requests.cpu", "requests", "cpu"), ("limits.cpu", "limits", "cpu")];
    let more = [
        ("memory", "requests", "memory"),
        ("requests.memory", "requests", "memory"),
        ("limits.memory", "limits", "memory"),
    ];
    let mut missing = Vec::new();
    for (name, side, resource) in sides.into_iter().chain(more).filter(|(name, ..)| hard.0.contains_key(*name)) {
        let containers = body["spec"]["containers"].as_array().into_iter().flatten();
        let silent: Vec<&str> = containers
            .filter(|container| container["resources"][side][resource].is_null())
            .filter_map(|container| container["name"].as_str())
            .collect();
        if !silent.is_empty() {
            missing.push(format!("{name} for: {}", silent.join(",")));
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("failed quota: {}: must specify {}", quota.key.name, missing.join("; ")))
    }
}
