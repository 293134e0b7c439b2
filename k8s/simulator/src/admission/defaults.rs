//! The fields an API server fills in.

use serde_json::{Value, json};

use crate::kinds::Kind;
use crate::quantity::Amounts;
use crate::store::Key;

/// Fills in what was left out.
pub(super) fn fill(key: &Key, body: &mut Value) {
    match key.kind {
        Kind::Namespace => {
            body["metadata"]["labels"]["kubernetes.io/metadata.name"] = key.name.as_str().into();
            lacking(body, "/spec", "finalizers", json!(["kubernetes"]));
            lacking(body, "/status", "phase", json!("Active"));
        }
        Kind::Pod => pod(body),
        Kind::Secret => {
            lacking(body, "", "type", json!("Opaque"));
            encode_string_data(body);
        }
        Kind::Service => {
            lacking(body, "/spec", "type", json!("ClusterIP"));
            lacking(body, "/spec", "sessionAffinity", json!("None"));
            for port in crate::json::each_mut(body, "/spec/ports") {
                lacking(port, "", "protocol", json!("TCP"));
                let number = port["port"].clone();
                lacking(port, "", "targetPort", number);
            }
        }
        Kind::PersistentVolumeClaim => {
            lacking(body, "/spec", "volumeMode", json!("Filesystem"));
            lacking(body, "/status", "phase", json!("Pending"));
        }
        _ => {}
    }
}

/// Writes the quality of service that follows from requests and limits.
pub(super) fn quality_of_service(body: &mut Value) {
    let mut any = false;
    let mut guaranteed = true;
    for container in body["spec"]["containers"].as_array().into_iter().flatten() {
        let requests = Amounts::read(container["resources"].get("requests"));
        let limits = Amounts::read(container["resources"].get("limits"));
        for name in ["cpu", "memory"] {
            any |= requests.get(name) + limits.get(name) > 0;
            guaranteed &= limits.get(name) > 0 && requests.get(name) == limits.get(name);
        }
    }
    let class = match (any, guaranteed) {
        (_, true) => "Guaranteed",
        (true, false) => "Burstable",
        (false, false) => "BestEffort",
    };
    body["status"]["qosClass"] = class.into();
}

fn pod(body: &mut Value) {
    let fields = json!({
        "restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "terminationGracePeriodSeconds": 30, "schedulerName": "default-scheduler",
        "serviceAccountName": "default", "serviceAccount": body["spec"]["serviceAccountName"].as_str().unwrap_or("default"),
        "securityContext": {}, "enableServiceLinks": true, "preemptionPolicy": "PreemptLowerPriority", "priority": 0,
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        lacking(body, "/spec", name, value.clone());
    }
    lacking(body, "/status", "phase", json!("Pending"));
    tolerate(body);
    for container in crate::json::each_mut(body, "/spec/containers") {
        self::container(container);
    }
}

fn container(container: &mut Value) {
    let image = container["image"].as_str().unwrap_or_default();
    let pinned = image.contains('@')
        || image.rsplit('/').next().is_some_and(|last| last.contains(':') && !last.ends_with(":latest"));
    lacking(container, "", "imagePullPolicy", json!(if pinned { "IfNotPresent" } else { "Always" }));
    lacking(container, "", "terminationMessagePath", json!("/dev/termination-log"));
    lacking(container, "", "terminationMessagePolicy", json!("File"));
    lacking(container, "", "resources", json!({}));
    for port in crate::json::each_mut(container, "/ports") {
        lacking(port, "", "protocol", json!("TCP"));
    }
    // A limit without a request is a request too.
    let limits = container["resources"]["limits"].as_object().cloned().unwrap_or_default();
    for (name, limit) in limits {
        lacking(container, "/resources/requests", &name, limit);
    }
}

/// As the admission plug-in does: 300 seconds on a node that is gone, for pods that say nothing of it.
fn tolerate(body: &mut Value) {
    let mut tolerations = body["spec"]["tolerations"].as_array().cloned().unwrap_or_default();
    for word in ["not-ready", "unreachable"] {
        let key = format!("node.kubernetes.io/{word}");
        let covers = |toleration: &Value| {
            let own = toleration["key"].as_str().unwrap_or_default();
            let effect = toleration["effect"].as_str().unwrap_or_default();
            (own.is_empty() || own == key) && (effect.is_empty() || effect == "NoExecute")
        };
        if !tolerations.iter().any(covers) {
            tolerations
                .push(json!({"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}));
        }
    }
    body["spec"]["tolerations"] = tolerations.into();
}

fn encode_string_data(body: &mut Value) {
    let plain = body.as_object_mut().and_then(|body| body.remove("stringData"));
    for (name, text) in plain.as_ref().and_then(Value::as_object).into_iter().flatten() {
        body["data"][name] = base64(text.as_str().unwrap_or_default().as_bytes()).into();
    }
}

fn lacking(body: &mut Value, parent: &str, name: &str, value: Value) {
    let mut place = body;
    for part in parent.split('/').filter(|part| !part.is_empty()) {
        place = &mut place[part];
    }
    if place.get(name).is_none_or(Value::is_null) {
        place[name] = value;
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits = (0..3).fold(0usize, |bits, i| bits << 8 | usize::from(chunk.get(i).copied().unwrap_or(0)));
        let letter =
            move |i: usize| if i <= chunk.len() { char::from(LETTERS[bits >> (18 - 6 * i) & 63]) } else { '=' };
        (0..4).map(letter).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_pads_what_does_not_fill_three_bytes() {
        assert_eq!([base64(b"abc"), base64(b"ab"), base64(b"a"), base64(b"")], ["YWJj", "YWI=", "YQ==", ""]);
    }
}
