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

/// What every pod holds, and what those of each node hold together.
#[derive(Debug, Default)]
pub(crate) struct Load {
    of_pod: HashMap<Key, Holding>,
    on_node: HashMap<String, BTreeMap<String, Sum>>,
}

/// What the pods of a node hold of one resource.
#[derive(Debug, Default)]
struct Sum {
    ours: i64,
    foreign: i64,
    n_pods: usize,
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
            let sums = self.on_node.entry(holding.node.clone()).or_default();
            for (resource, units) in &holding.units {
                let sum = sums.entry(resource.clone()).or_default();
                *(if ours { &mut sum.ours } else { &mut sum.foreign }) += units;
                sum.n_pods += 1;
            }
            nodes.push(holding.node.clone());
            self.of_pod.insert(key.clone(), holding);
        }
        nodes
    }

    /// Forgets a pod; gives back the nodes whose load changed.
    pub(crate) fn remove(&mut self, key: &Key) -> Vec<String> {
        let Some(before) = self.of_pod.remove(key) else { return Vec::new() };
        if let Some(sums) = self.on_node.get_mut(&before.node) {
            for (resource, units) in &before.units {
                let Some(sum) = sums.get_mut(resource) else { continue };
                *(if before.ours { &mut sum.ours } else { &mut sum.foreign }) -= units;
                sum.n_pods -= 1;
            }
            sums.retain(|_, sum| sum.n_pods > 0);
        }
        vec![before.node]
    }

    /// What pods hold of a node: ours, then anybody else's.
    pub(crate) fn of(&self, node: &str) -> Held {
        let sums = self.on_node.get(node).into_iter().flatten();
        sums.map(|(resource, sum)| (resource.clone(), (sum.ours, sum.foreign))).collect()
    }

    /// The resources that a pod holds.
    pub(crate) fn resources_of(&self, key: &Key) -> impl Iterator<Item = &String> {
        self.of_pod.get(key).into_iter().flat_map(|holding| holding.units.keys())
    }

    /// How many pods hold a resource of a node.
    pub(crate) fn holders(&self, node: &str, resource: &str) -> usize {
        self.on_node.get(node).and_then(|sums| sums.get(resource)).map_or(0, |sum| sum.n_pods)
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
