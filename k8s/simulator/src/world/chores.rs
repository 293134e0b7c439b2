//! Small controllers: first namespaces, service accounts, namespaces that end, pods without a node, claims, old events.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::clock::{after, parse, seconds};
use crate::deletion;
use crate::json::each;
use crate::kinds::Kind;
use crate::store::{Applied, Key, Shelves, WriteFailed, is_over};
use crate::uid;

/// The namespaces of every cluster.
pub(super) fn found_namespaces(shelves: &mut Shelves, now: Timestamp) -> Result<(), WriteFailed> {
    for name in ["default", "kube-node-lease", "kube-public", "kube-system"] {
        let key = Key::new(Kind::Namespace, "", name);
        if shelves.get(&key).is_none() {
            let body = json!({
                "metadata": {"name": name, "uid": uid::fresh(), "creationTimestamp": seconds(now), "labels": {"kubernetes.io/metadata.name": name}},
                "spec": {"finalizers": ["kubernetes"]}, "status": {"phase": "Active"},
            });
            shelves.put(&key, body, Applied::default())?;
        }
    }
    Ok(())
}

/// Makes the `default` service account of a namespace that lives and has none.
pub(super) fn give_account(shelves: &mut Shelves, namespace: &str, now: Timestamp) -> Result<(), WriteFailed> {
    let key = Key::new(Kind::ServiceAccount, namespace, "default");
    let lives =
        shelves.get(&Key::new(Kind::Namespace, "", namespace)).is_some_and(|namespace| !namespace.is_terminating());
    if lives && shelves.get(&key).is_none() {
        let metadata =
            json!({"name": "default", "namespace": namespace, "uid": uid::fresh(), "creationTimestamp": seconds(now)});
        shelves.put(&key, json!({"metadata": metadata}), Applied::default())?;
    }
    Ok(())
}

/// Deletes what is left in a namespace that ends, and the namespace when nothing is.
pub(super) fn empty_namespace(shelves: &mut Shelves, namespace: &str, now: Timestamp) -> Result<(), WriteFailed> {
    let own = Key::new(Kind::Namespace, "", namespace);
    if !shelves.get(&own).is_some_and(|namespace| namespace.is_terminating()) {
        return Ok(());
    }
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.words().namespaced);
    let content: Vec<Key> = kinds
        .flat_map(|kind| shelves.scan(kind, Some(namespace)).map(|object| object.key.clone()).collect::<Vec<_>>())
        .collect();
    if content.is_empty() {
        shelves.remove(&own)?;
    }
    let pods_left = content.iter().any(|key| key.kind == Kind::Pod);
    // Events are the account of the pods' end: they go last, as the pods' own events come first.
    for key in content.iter().filter(|key| !(pods_left && key.kind == Kind::Event)) {
        if shelves.get(key).is_some_and(|object| !object.is_terminating()) {
            deletion::delete(shelves, key, None, now)?;
        }
    }
    Ok(())
}

/// Fails the pods of a node that is still gone, and deletes them by force: no kubelet will.
pub(super) fn end_orphans(shelves: &mut Shelves, node: &str, now: Timestamp) -> Result<(), WriteFailed> {
    if shelves.get(&Key::node(node)).is_some() {
        return Ok(());
    }
    for key in shelves.index().pods_on(node) {
        shelves.edit(&key, |body| {
            if is_over(body) {
                return;
            }
            body["status"]["phase"] = "Failed".into();
            let target = json!({
                "type": "DisruptionTarget", "status": "True", "reason": "DeletionByPodGC",
                "message": "PodGC: node no longer exists", "lastTransitionTime": seconds(now),
            });
            if let Some(conditions) = body["status"]["conditions"].as_array_mut() {
                conditions.push(target);
            }
        })?;
        deletion::delete(shelves, &key, Some(0), now)?;
    }
    Ok(())
}

/// Whether a claim has its volume and asks for another size by now.
pub(super) fn lags(claim: &serde_json::Value) -> bool {
    let (has, wants) = (&claim["status"]["capacity"], &claim["spec"]["resources"]["requests"]);
    claim["status"]["phase"] == "Bound" && has["storage"] != wants["storage"]
}

/// Gives a claim its volume or what it asks for more, whatever its class: the hub's storage never runs out here.
pub(super) fn bind_claim(shelves: &mut Shelves, key: &Key) -> Result<(), WriteFailed> {
    shelves.edit(key, |body| {
        if body["status"]["phase"] == "Bound" {
            // The hub's class of storage grows what is in use.
            body["status"]["capacity"]["storage"] = body["spec"]["resources"]["requests"]["storage"].clone();
            return;
        }
        let uid = body["metadata"]["uid"].as_str().unwrap_or_default().to_owned();
        body["spec"]["volumeName"] = format!("pvc-{uid}").into();
        body["status"] = json!({
            "phase": "Bound", "accessModes": body["spec"]["accessModes"],
            "capacity": {"storage": body["spec"]["resources"]["requests"]["storage"]},
        });
    })?;
    Ok(())
}

/// Takes the protection from deleted claims that no pod uses.
pub(super) fn release_claims(shelves: &mut Shelves, namespace: &str) -> Result<(), WriteFailed> {
    let ending = shelves.scan(Kind::PersistentVolumeClaim, Some(namespace)).filter(|claim| claim.is_terminating());
    let ending: Vec<Key> = ending.map(|claim| claim.key.clone()).collect();
    for key in ending {
        let names_it = |volume: &serde_json::Value| volume["persistentVolumeClaim"]["claimName"] == key.name.as_str();
        if shelves.scan(Kind::Pod, Some(namespace)).any(|pod| each(&pod.body, "/spec/volumes").any(names_it)) {
            continue;
        }
        let left = shelves.edit(&key, |body| {
            if let Some(list) = body.pointer_mut("/metadata/finalizers").and_then(serde_json::Value::as_array_mut) {
                list.retain(|finalizer| finalizer != "kubernetes.io/pvc-protection");
            }
        })?;
        if left.is_some_and(|claim| !claim.has_finalizers()) {
            shelves.remove(&key)?;
        }
    }
    Ok(())
}

/// Forgets an event nobody repeated for its whole life; answers when to look again otherwise.
pub(super) fn expire_event(
    shelves: &mut Shelves,
    key: &Key,
    life: Duration,
    now: Timestamp,
) -> Result<Option<Timestamp>, WriteFailed> {
    let Some(event) = shelves.get(key) else { return Ok(None) };
    let said =
        ["/lastTimestamp", "/metadata/creationTimestamp"].into_iter().find_map(|pointer| parse(event.text(pointer)));
    let until = after(said.unwrap_or(now), life);
    if until > now {
        return Ok(Some(until));
    }
    shelves.remove(key)?;
    Ok(None)
}
