//! Which pods hold GPUs of which node.

use std::collections::{BTreeMap, HashMap};

use k8s_openapi::api::core::v1::Pod;

use super::kept::Key;
use crate::{
    quantity::whole,
    see::{Held, is_gpu},
};

/// Units of each GPU resource.
pub(crate) type Units = BTreeMap<String, i64>;

/// What one pod holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Holding {
    node: String,
    ours: bool,
    units: Units,
}

/// What every pod holds, found by pod and by node.
#[derive(Debug, Default)]
pub(crate) struct Load {
    of_pod: HashMap<Key, Holding>,
    on_node: HashMap<String, BTreeMap<Key, Holding>>,
}

impl Load {
    /// Writes down what a pod holds now; gives back the nodes whose load changed.
    pub(crate) fn set(&mut self, key: &Key, ours: bool, pod: &Pod) -> Vec<String> {
        let units = demand(pod);
        let node = pod.spec.as_ref().and_then(|spec| spec.node_name.clone());
        let now = node.filter(|_| !units.is_empty() && !has_ended(pod)).map(|node| Holding { node, ours, units });
        if self.of_pod.get(key) == now.as_ref() {
            return Vec::new();
        }
        let mut nodes = self.remove(key);
        if let Some(holding) = now {
            nodes.push(holding.node.clone());
            self.on_node.entry(holding.node.clone()).or_default().insert(key.clone(), holding.clone());
            self.of_pod.insert(key.clone(), holding);
        }
        nodes
    }

    /// Forgets a pod; gives back the nodes whose load changed.
    pub(crate) fn remove(&mut self, key: &Key) -> Vec<String> {
        let Some(before) = self.of_pod.remove(key) else { return Vec::new() };
        if let Some(pods) = self.on_node.get_mut(&before.node) {
            pods.remove(key);
        }
        vec![before.node]
    }

    /// What pods hold of a node: ours, then anybody else's.
    pub(crate) fn of(&self, node: &str) -> Held {
        let mut held = Held::new();
        for holding in self.on_node.get(node).into_iter().flat_map(BTreeMap::values) {
            for (resource, units) in &holding.units {
                let (ours, foreign) = held.entry(resource.clone()).or_default();
                *(if holding.ours { ours } else { foreign }) += units;
            }
        }
        held
    }

    /// The resources that a pod holds.
    pub(crate) fn resources_of(&self, key: &Key) -> impl Iterator<Item = &String> {
        self.of_pod.get(key).into_iter().flat_map(|holding| holding.units.keys())
    }

    /// How many pods hold a resource of a node.
    pub(crate) fn holders(&self, node: &str, resource: &str) -> usize {
        let pods = self.on_node.get(node).into_iter().flat_map(BTreeMap::values);
        pods.filter(|holding| holding.units.contains_key(resource)).count()
    }
}

fn demand(pod: &Pod) -> Units {
    let containers = pod.spec.iter().flat_map(|spec| &spec.containers);
    let limits = containers.filter_map(|container| container.resources.as_ref()?.limits.as_ref());
    let mut units = Units::new();
    for (resource, quantity) in limits.flatten().filter(|(resource, _)| is_gpu(resource)) {
        *units.entry(resource.clone()).or_default() += whole(quantity).unwrap_or(0);
    }
    units.retain(|_, amount| *amount > 0);
    units
}

/// A pod that ended keeps its node's name but gave its GPUs back.
fn has_ended(pod: &Pod) -> bool {
    let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
    matches!(phase, Some("Succeeded" | "Failed"))
}
