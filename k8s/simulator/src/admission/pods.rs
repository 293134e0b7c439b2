//! Pods and claims: what a new one must have, what may not change later.

use serde_json::{Value, json};

use super::names;
use crate::api::{FieldError, Refusal};
use crate::quantity::Amounts;
use crate::store::Key;

/// The one class of storage that does not grow; every other does.
const FIXED_CLASS: &str = "fixed";

const IMMUTABLE: &str = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/// Refuses fields whose meaning this simulator would silently ignore.
pub(super) fn refuse_unsimulated(body: &Value) -> Result<(), Refusal> {
    let fields = [
        "initContainers",
        "ephemeralContainers",
        "affinity",
        "topologySpreadConstraints",
        "resourceClaims",
        "schedulingGates",
    ];
    let filled =
        |value: &Value| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty) || *value == json!({}));
    if let Some(field) = fields.into_iter().find(|field| filled(&body["spec"][*field])) {
        return Err(Refusal::not_simulated(format!("spec.{field} of a pod")));
    }
    match body["spec"]["schedulerName"].as_str() {
        None | Some("default-scheduler") => Ok(()),
        Some(other) => Err(Refusal::not_simulated(format!("the scheduler {other:?}"))),
    }
}

/// Checks a new pod.
pub(super) fn check(key: &Key, body: &Value) -> Result<(), Refusal> {
    let mut causes = Vec::new();
    let containers = body["spec"]["containers"].as_array().cloned().unwrap_or_default();
    if containers.is_empty() {
        causes.push(FieldError::required("spec.containers", ""));
    }
    for (position, container) in containers.iter().enumerate() {
        let path = format!("spec.containers[{position}]");
        let name = container["name"].as_str().unwrap_or_default();
        if name.is_empty() {
            causes.push(FieldError::required(format!("{path}.name"), ""));
        } else if !names::is_label(name) || name.len() > 63 {
            causes.push(FieldError::invalid(format!("{path}.name"), format!("{name:?}"), names::label_rule()));
        }
        if container["image"].as_str().unwrap_or_default().is_empty() {
            causes.push(FieldError::required(format!("{path}.image"), ""));
        }
        check_resources(&path, container, &mut causes);
    }
    if causes.is_empty() { Ok(()) } else { Err(Refusal::invalid(key.kind, &key.name, &causes)) }
}

/// Checks that a changed pod differs only where it may.
pub(super) fn check_unchanged(key: &Key, before: &Value, body: &Value) -> Result<(), Refusal> {
    let fixed = |pod: &Value| {
        let mut spec = pod["spec"].clone();
        for field in ["activeDeadlineSeconds", "tolerations", "nodeName"] {
            spec[field] = Value::Null;
        }
        for container in crate::json::each_mut(&mut spec, "/containers") {
            container["image"] = Value::Null;
        }
        spec
    };
    let kept = |pod: &Value| pod["spec"]["tolerations"].as_array().cloned().unwrap_or_default();
    let additions_only = kept(before).iter().all(|toleration| kept(body).contains(toleration));
    let bound = !before["spec"]["nodeName"].is_null() && before["spec"]["nodeName"] != body["spec"]["nodeName"];
    if fixed(before) == fixed(body) && additions_only && !bound {
        return Ok(());
    }
    Err(Refusal::invalid(key.kind, &key.name, &[FieldError::forbidden("spec", IMMUTABLE)]))
}

/// Checks that a changed claim asks for the same storage, or for more where its class grows.
pub(super) fn check_claim_unchanged(key: &Key, before: &Value, body: &Value) -> Result<(), Refusal> {
    let fixed = |claim: &Value| {
        let mut spec = claim["spec"].clone();
        spec["resources"] = Value::Null;
        spec["volumeName"] = Value::Null;
        spec
    };
    let storage = |claim: &Value| Amounts::read(claim["spec"]["resources"].get("requests")).get("storage");
    let cause = if fixed(before) != fixed(body) {
        FieldError::forbidden(
            "spec",
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
        )
    } else if storage(body) < storage(before) {
        FieldError::forbidden("spec.resources.requests.storage", "field can not be less than status.capacity")
    } else if storage(body) > storage(before) && before["spec"]["storageClassName"] == FIXED_CLASS {
        let why = "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must \
                   support resize";
        return Err(Refusal::forbidden(key.kind, &key.name, why));
    } else {
        return Ok(());
    };
    Err(Refusal::invalid(key.kind, &key.name, &[cause]))
}

fn check_resources(path: &str, container: &Value, causes: &mut Vec<FieldError>) {
    for side in ["requests", "limits"] {
        for (name, quantity) in container["resources"][side].as_object().into_iter().flatten() {
            if crate::quantity::amount(quantity).is_none() {
                let why = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
                causes.push(FieldError::invalid(format!("{path}.resources.{side}[{name}]"), quantity, why));
            }
        }
    }
    let requests = Amounts::read(container["resources"].get("requests"));
    let limits = Amounts::read(container["resources"].get("limits"));
    for (name, request) in &requests.0 {
        let field = format!("{path}.resources.requests");
        let shown = format!("{:?}", crate::quantity::write(name, *request));
        let limit = limits.0.get(name);
        let extended = name.contains('/');
        if extended && limit.is_none() {
            causes.push(FieldError::required(
                format!("{path}.resources.limits"),
                "Limit must be set for non overcommitable resources",
            ));
        } else if extended && limit != Some(request) {
            causes.push(FieldError::invalid(field, shown, &format!("must be equal to {name} limit")));
        } else if limit.is_some_and(|limit| request > limit) {
            let most = crate::quantity::write(name, limits.get(name));
            causes.push(FieldError::invalid(
                field,
                shown,
                &format!("must be less than or equal to {name} limit of {most}"),
            ));
        }
        if extended && request % 1000 != 0 {
            causes.push(FieldError::invalid(
                format!("{path}.resources.requests[{name}]"),
                format!("{request}m"),
                "must be an integer",
            ));
        }
    }
}
