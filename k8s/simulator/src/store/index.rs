//! Sums and lists kept as objects change: what each namespace uses, what each node has given away, which pods it holds.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::{Key, Object};
use crate::kinds::Kind;
use crate::quantity::{Amounts, amount};

/// The sums; every write moves them by its difference alone.
#[derive(Debug, Default)]
pub(crate) struct Index {
    used: HashMap<String, Amounts>,
    taken: HashMap<String, Amounts>,
    pods: HashMap<String, BTreeSet<Key>>,
}

impl Index {
    /// What the quota of a namespace counts as used, by the quota's resource names.
    pub(crate) fn used(&self, namespace: &str) -> Amounts {
        self.used.get(namespace).cloned().unwrap_or_default()
    }

    /// What the pods on a node have requested, with `pods` as a resource of its own.
    pub(crate) fn taken(&self, node: &str) -> Amounts {
        self.taken.get(node).cloned().unwrap_or_default()
    }

    /// The pods bound to a node.
    pub(crate) fn pods_on(&self, node: &str) -> Vec<Key> {
        self.pods.get(node).into_iter().flatten().cloned().collect()
    }

    pub(super) fn replace(&mut self, before: Option<&Object>, after: Option<&Object>) {
        before.inspect(|object| self.count(object, Amounts::take_all));
        after.inspect(|object| self.count(object, Amounts::add_all));
        let node =
            |object: Option<&Object>| object.map(|object| object.text("/spec/nodeName").to_owned()).unwrap_or_default();
        let (old, new) = (node(before), node(after));
        if let Some(key) = before.or(after).map(|object| &object.key).filter(|key| key.kind == Kind::Pod && old != new)
        {
            self.pods.get_mut(&old).map(|pods| pods.remove(key));
            if !new.is_empty() {
                self.pods.entry(new).or_default().insert(key.clone());
            }
        }
    }

    fn count(&mut self, object: &Object, step: fn(&mut Amounts, &Amounts)) {
        step(self.used.entry(object.key.namespace.clone()).or_default(), &charge_of(object.key.kind, &object.body));
        let node = object.text("/spec/nodeName");
        if object.key.kind == Kind::Pod && !node.is_empty() && !is_over(&object.body) {
            step(self.taken.entry(node.to_owned()).or_default(), &demand_of(&object.body));
        }
    }
}

/// Whether a pod has ended: it then holds neither node nor quota.
pub(crate) fn is_over(pod: &Value) -> bool {
    matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed"))
}

/// What a pod asks of a node.
pub(crate) fn demand_of(pod: &Value) -> Amounts {
    let mut demand = sum(pod, "requests");
    demand.add("pods", 1000);
    demand
}

/// What an object costs its namespace's quota.
pub(crate) fn charge_of(kind: Kind, body: &Value) -> Amounts {
    let mut charge = Amounts::default();
    match kind {
        Kind::Pod if is_over(body) => return charge,
        Kind::Pod => pod_charge(body, &mut charge),
        Kind::PersistentVolumeClaim => {
            let storage = amount(&body["spec"]["resources"]["requests"]["storage"]).unwrap_or(0);
            charge.add("requests.storage", storage);
        }
        Kind::Service => service_charge(body, &mut charge),
        Kind::Node | Kind::Namespace => return charge,
        _ => {}
    }
    charge.add(kind.words().plural, 1000);
    charge.add(format!("count/{}", kind.qualified()), 1000);
    charge
}

fn pod_charge(pod: &Value, charge: &mut Amounts) {
    let plain = ["cpu", "memory", "ephemeral-storage"];
    for (name, value) in sum(pod, "requests").0 {
        if plain.contains(&name.as_str()) {
            charge.add(name.as_str(), value);
        }
        charge.add(format!("requests.{name}"), value);
    }
    for (name, value) in sum(pod, "limits").0.into_iter().filter(|(name, _)| plain.contains(&name.as_str())) {
        charge.add(format!("limits.{name}"), value);
    }
}

fn service_charge(service: &Value, charge: &mut Amounts) {
    let n_ports = service["spec"]["ports"].as_array().map_or(0, Vec::len) as i128;
    match service["spec"]["type"].as_str() {
        Some("LoadBalancer") => {
            charge.add("services.loadbalancers", 1000);
            charge.add("services.nodeports", n_ports * 1000);
        }
        Some("NodePort") => charge.add("services.nodeports", n_ports * 1000),
        _ => {}
    }
}

fn sum(pod: &Value, side: &str) -> Amounts {
    let mut total = Amounts::default();
    for container in pod["spec"]["containers"].as_array().into_iter().flatten() {
        total.add_all(&Amounts::read(container["resources"].get(side)));
    }
    total
}
