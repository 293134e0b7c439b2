//! What the API says of itself: versions, groups, resources.

use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::kinds::Kind;

const GROUPS: [&str; 2] = ["coordination.k8s.io", "networking.k8s.io"];

/// The document at a discovery path; none where the path is not one.
pub(crate) fn document(path: &str, server: &str) -> Option<Result<Value, Refusal>> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    Some(match parts.as_slice() {
        [] => Ok(
            json!({"paths": ["/api", "/api/v1", "/apis", "/livez", "/openapi/v3", "/readyz", "/simulator", "/version"]}),
        ),
        ["version"] => Ok(version()),
        ["api"] => Ok(json!({
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": server}],
        })),
        ["apis"] => Ok(json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": GROUPS.map(group)})),
        ["api", "v1"] => Ok(resources("")),
        ["apis", name] if GROUPS.contains(name) => Ok(one_group(name)),
        ["apis", name, "v1"] if GROUPS.contains(name) => Ok(resources(name)),
        ["openapi", "v3"] => Ok(json!({"paths": {}})),
        ["apis", _] | ["apis", _, _] | ["openapi", ..] => Err(Refusal::no_resource()),
        _ => return None,
    })
}

fn version() -> Value {
    json!({
        "major": "1", "minor": "36", "gitVersion": "v1.36.3+tamuda-simulator", "gitCommit": "", "gitTreeState": "clean",
        "buildDate": "1970-01-01T00:00:00Z", "goVersion": "none", "compiler": "rustc", "platform": "simulated/amd64",
    })
}

fn group(name: &str) -> Value {
    let version = json!({"groupVersion": format!("{name}/v1"), "version": "v1"});
    json!({"name": name, "versions": [version], "preferredVersion": version})
}

fn one_group(name: &str) -> Value {
    let mut group = group(name);
    group["kind"] = "APIGroup".into();
    group["apiVersion"] = "v1".into();
    group
}

fn resources(group: &str) -> Value {
    let of_group = Kind::ALL.into_iter().filter(|kind| kind.words().group == group);
    let group_version = if group.is_empty() { "v1".to_owned() } else { format!("{group}/v1") };
    let resources: Vec<Value> = of_group.flat_map(rows).collect();
    json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": resources})
}

fn rows(kind: Kind) -> Vec<Value> {
    let words = kind.words();
    let row = |name: String, verbs: &[&str]| json!({"name": name, "singularName": "", "namespaced": words.namespaced, "kind": words.kind, "verbs": verbs});
    let verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    let mut main = row(words.plural.to_owned(), &verbs);
    main["singularName"] = words.singular.into();
    main["shortNames"] = json!(words.short);
    let mut rows = vec![main];
    if words.has_status {
        rows.push(row(format!("{}/status", words.plural), &["get", "patch", "update"]));
    }
    if kind == Kind::Pod {
        rows.push(row("pods/log".to_owned(), &["get"]));
    }
    rows
}
