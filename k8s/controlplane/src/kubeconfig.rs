//! A kubeconfig: one server, one identity, everything inside.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::{Authority, Identity};

/// The text of a kubeconfig; JSON is YAML.
pub(crate) fn text(server: &str, authority: &Authority, identity: &Identity) -> String {
    let inside = |pem: &str| STANDARD.encode(pem);
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "test",
        "clusters": [{"name": "test", "cluster": {
            "server": server, "certificate-authority-data": inside(authority.certificate())}}],
        "users": [{"name": "test", "user": {
            "client-certificate-data": inside(&identity.certificate), "client-key-data": inside(&identity.key)}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
    })
    .to_string()
}
