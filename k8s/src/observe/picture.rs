//! The picture of a cluster that six watches draw together: pure, from events to what is reported.
//!
//! Invariants. Nothing is reported or shown before every watch has listed once. Only changes are reported: a lease
//! that a kubelet renews every ten seconds is none. A pod's or a claim's end is reported only when its own
//! event said so.

use std::collections::{BTreeMap, HashMap, HashSet};

use k8s_openapi::api::{
    coordination::v1::Lease,
    core::v1::{Event as Saying, Node, PersistentVolumeClaim, Pod},
};
use kube::runtime::watcher::Event;
use types::{ClaimSeen, ClusterSeen, EventSeen, GpuResource, InstanceId, NodeSeen, PodSeen, Timestamp, VolumeId};

use super::{
    kept::{Change, Kept, Key, key},
    load::Load,
};
use crate::{
    names::Installation,
    see::{self, Around},
};

/// How many pods' events are remembered beyond those of the pods that are there.
const SAYINGS_KEPT: usize = 4096;

/// One event of one of the watches.
#[derive(Debug)]
pub(crate) enum Noted {
    /// Of our pods.
    Pod(Event<Pod>),
    /// Of anybody else's pods that have a node.
    Other(Event<Pod>),
    /// Of our claims.
    Claim(Event<PersistentVolumeClaim>),
    /// Of the nodes.
    Node(Event<Node>),
    /// Of the nodes' leases.
    Lease(Event<Lease>),
    /// Of the cluster's events about pods.
    Saying(Event<Saying>),
}

#[derive(Clone, Debug)]
struct Sayings {
    last: EventSeen,
    pulling_at: Option<Timestamp>,
}

/// Everything that is known of the cluster, and what was reported of it.
#[derive(Debug)]
pub(crate) struct Picture {
    installation: Installation,
    pods: Kept<Pod>,
    others: Kept<Pod>,
    claims: Kept<PersistentVolumeClaim>,
    nodes: Kept<Node>,
    leases: Kept<Lease>,
    sayings_synced: bool,
    sayings: HashMap<String, Sayings>,
    renewed: BTreeMap<String, Timestamp>,
    load: Load,
    shown_pods: BTreeMap<(InstanceId, i32), PodSeen>,
    shown_nodes: BTreeMap<String, NodeSeen>,
    shown_claims: BTreeMap<VolumeId, ClaimSeen>,
}

impl Picture {
    pub(crate) fn new(installation: Installation) -> Self {
        Self {
            installation,
            pods: Kept::default(),
            others: Kept::default(),
            claims: Kept::default(),
            nodes: Kept::default(),
            leases: Kept::default(),
            sayings_synced: false,
            sayings: HashMap::new(),
            renewed: BTreeMap::new(),
            load: Load::default(),
            shown_pods: BTreeMap::new(),
            shown_nodes: BTreeMap::new(),
            shown_claims: BTreeMap::new(),
        }
    }

    /// Whether every watch has listed once.
    pub(crate) fn is_synced(&self) -> bool {
        let listed = self.pods.is_synced() && self.others.is_synced() && self.nodes.is_synced();
        listed && self.claims.is_synced() && self.leases.is_synced() && self.sayings_synced
    }

    /// The pods of one instance, of every attempt.
    pub(crate) fn pods_of(&self, instance: InstanceId) -> Vec<PodSeen> {
        self.shown_pods.range((instance, i32::MIN)..=(instance, i32::MAX)).map(|(_, pod)| pod.clone()).collect()
    }

    /// The attempts that [`Self::pods_of`] is of.
    pub(crate) fn attempts_of(&self, instance: InstanceId) -> Vec<i32> {
        self.shown_pods.range((instance, i32::MIN)..=(instance, i32::MAX)).map(|((_, attempt), _)| *attempt).collect()
    }

    /// The claim of a volume.
    pub(crate) fn claim_of(&self, volume: VolumeId) -> Option<ClaimSeen> {
        self.shown_claims.get(&volume).cloned()
    }

    pub(crate) fn pods(&self) -> impl Iterator<Item = &PodSeen> {
        self.shown_pods.values()
    }

    /// Every node, with the last renewal of its Lease.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeSeen> {
        self.nodes.iter().map(|(_, node)| self.look_at_node(node))
    }

    /// The newest wish that anything of ours in the cluster comes from.
    pub(crate) fn highest_wish_seq(&self) -> i64 {
        let of_pods = self.shown_pods.values().map(|pod| pod.wish_seq);
        of_pods.chain(self.shown_claims.values().map(|claim| claim.wish_seq)).max().unwrap_or(0)
    }

    /// Everything, as one report.
    pub(crate) fn snapshot(&self, at: Timestamp) -> ClusterSeen {
        let claims = self.shown_claims.values().cloned().collect();
        ClusterSeen::Snapshot { pods: self.pods().cloned().collect(), nodes: self.nodes().collect(), claims, at }
    }

    /// Takes one event, and says what it changed.
    pub(crate) fn take(&mut self, noted: Noted, now: Timestamp) -> Vec<ClusterSeen> {
        let was_synced = self.is_synced();
        let mut reports = Vec::new();
        let relisted = match noted {
            Noted::Pod(event) => self.take_pod(event, &mut reports),
            Noted::Other(event) => self.take_other(event, &mut reports),
            Noted::Claim(event) => self.take_claim(event, &mut reports),
            Noted::Node(event) => self.take_node(event, &mut reports),
            Noted::Lease(event) => self.take_lease(event, &mut reports),
            Noted::Saying(event) => self.take_saying(event, &mut reports),
        };
        if !self.is_synced() {
            return Vec::new();
        }
        if relisted || !was_synced {
            self.redraw();
            return vec![self.snapshot(now)];
        }
        reports
    }

    fn take_pod(&mut self, event: Event<Pod>, reports: &mut Vec<ClusterSeen>) -> bool {
        match self.pods.take(event) {
            Change::None => {}
            Change::Relisted => return true,
            Change::Applied { key, replaced } => {
                if let Some(before) = replaced {
                    self.show_gone(&before, reports);
                }
                let nodes = self.pods.get(&key).map(|pod| self.load.set(&key, true, pod)).unwrap_or_default();
                self.show_pod(&key, reports);
                nodes.iter().for_each(|node| self.show_node(node, reports));
            }
            Change::Gone { key, last } => {
                let nodes = self.load.remove(&key);
                self.show_gone(&last, reports);
                last.metadata.uid.as_ref().map(|uid| self.sayings.remove(uid));
                nodes.iter().for_each(|node| self.show_node(node, reports));
            }
        }
        false
    }

    fn take_other(&mut self, event: Event<Pod>, reports: &mut Vec<ClusterSeen>) -> bool {
        let nodes = match self.others.take(event) {
            Change::None => Vec::new(),
            Change::Relisted => return true,
            Change::Applied { key, .. } => {
                self.others.get(&key).map(|pod| self.load.set(&key, false, pod)).unwrap_or_default()
            }
            Change::Gone { key, .. } => self.load.remove(&key),
        };
        nodes.iter().for_each(|node| self.show_node(node, reports));
        false
    }

    fn take_claim(&mut self, event: Event<PersistentVolumeClaim>, reports: &mut Vec<ClusterSeen>) -> bool {
        match self.claims.take(event) {
            Change::None => {}
            Change::Relisted => return true,
            Change::Applied { key, replaced } => {
                if let Some(before) = replaced {
                    self.show_claim_gone(&before, reports);
                }
                self.show_claim(&key, reports);
            }
            Change::Gone { last, .. } => self.show_claim_gone(&last, reports),
        }
        false
    }

    fn show_claim(&mut self, key: &Key, reports: &mut Vec<ClusterSeen>) {
        if !self.is_synced() {
            return;
        }
        let Some(seen) = self.claims.get(key).and_then(|claim| see::claim(&self.installation, claim)) else { return };
        if self.shown_claims.get(&seen.volume) != Some(&seen) {
            self.shown_claims.insert(seen.volume, seen.clone());
            reports.push(ClusterSeen::Claim(Box::new(seen)));
        }
    }

    fn show_claim_gone(&mut self, last: &PersistentVolumeClaim, reports: &mut Vec<ClusterSeen>) {
        let Some(seen) = see::claim(&self.installation, last) else { return };
        self.shown_claims.remove(&seen.volume);
        reports.push(ClusterSeen::ClaimGone(Box::new(seen)));
    }

    fn take_node(&mut self, event: Event<Node>, reports: &mut Vec<ClusterSeen>) -> bool {
        match self.nodes.take(event) {
            Change::None => {}
            Change::Relisted => return true,
            Change::Applied { key: (_, name), .. } => {
                self.show_node(&name, reports);
                self.show_pods_on(&name, reports);
            }
            Change::Gone { key: (_, name), .. } => {
                self.shown_nodes.remove(&name);
                self.show_pods_on(&name, reports);
                reports.push(ClusterSeen::NodeGone { name });
            }
        }
        false
    }

    fn take_lease(&mut self, event: Event<Lease>, reports: &mut Vec<ClusterSeen>) -> bool {
        match self.leases.take(event) {
            Change::None | Change::Gone { .. } => {}
            Change::Relisted => return true,
            Change::Applied { key, .. } => {
                let silent = self.nodes.get(&(String::new(), key.1.clone())).is_none_or(see::is_silent);
                self.renew(&key);
                if silent {
                    self.show_node(&key.1, reports);
                    self.show_pods_on(&key.1, reports);
                }
            }
        }
        false
    }

    /// What was said once stays true: the cluster forgets its events after an hour, and that is no news.
    fn take_saying(&mut self, event: Event<Saying>, reports: &mut Vec<ClusterSeen>) -> bool {
        let said = match event {
            Event::Apply(said) | Event::InitApply(said) => see::about(said),
            Event::InitDone => {
                let first = !std::mem::replace(&mut self.sayings_synced, true);
                return first;
            }
            Event::Init | Event::Delete(_) => None,
        };
        let Some(about) = said else { return false };
        self.remember(&about.uid, about.said);
        self.show_pod(&about.key, reports);
        false
    }

    fn remember(&mut self, uid: &str, said: EventSeen) {
        let fetching = (said.reason == "Pulling").then_some(said.at);
        if self.sayings.len() >= SAYINGS_KEPT + 2 * self.shown_pods.len() {
            self.forget_sayings();
        }
        match self.sayings.get_mut(uid) {
            Some(known) => {
                known.pulling_at = [known.pulling_at, fetching].into_iter().flatten().min();
                if said.at >= known.last.at {
                    known.last = said;
                }
            }
            None => drop(self.sayings.insert(uid.to_owned(), Sayings { last: said, pulling_at: fetching })),
        }
    }

    /// Forgets what was said of pods that are gone.
    fn forget_sayings(&mut self) {
        let uids = self.pods.iter().filter_map(|(_, pod)| pod.metadata.uid.as_ref());
        let alive: HashSet<&String> = uids.collect();
        self.sayings.retain(|uid, _| alive.contains(uid));
    }

    fn renew(&mut self, key: &Key) {
        let spec = self.leases.get(key).and_then(|lease| lease.spec.as_ref());
        if let Some(at) = spec.and_then(|spec| spec.renew_time.as_ref()) {
            self.renewed.insert(key.1.clone(), at.0.into());
        }
    }

    /// After a list: everything anew, and what nobody claims is forgotten.
    fn redraw(&mut self) {
        let leases: Vec<Key> = self.leases.iter().map(|(key, _)| key.clone()).collect();
        leases.iter().for_each(|key| self.renew(key));
        self.load = Load::default();
        for (ours, kept) in [(true, &self.pods), (false, &self.others)] {
            kept.iter().for_each(|(key, pod)| drop(self.load.set(key, ours, pod)));
        }
        self.forget_sayings();
        let nodes = self.nodes.iter().map(|(_, node)| self.look_at_node(node));
        self.shown_nodes = nodes.map(|node| (node.name.clone(), node)).collect();
        let claims = self.claims.iter().filter_map(|(_, claim)| see::claim(&self.installation, claim));
        self.shown_claims = claims.map(|claim| (claim.volume, claim)).collect();
        let pods = self.pods.iter().filter_map(|(_, pod)| self.look_at_pod(pod));
        self.shown_pods = pods.map(|pod| ((pod.instance, pod.attempt), pod)).collect();
    }

    fn show_pod(&mut self, key: &Key, reports: &mut Vec<ClusterSeen>) {
        if !self.is_synced() {
            return;
        }
        let Some(seen) = self.pods.get(key).and_then(|pod| self.look_at_pod(pod)) else { return };
        let place = (seen.instance, seen.attempt);
        if self.shown_pods.get(&place) != Some(&seen) {
            self.shown_pods.insert(place, seen.clone());
            reports.push(ClusterSeen::Pod(Box::new(seen)));
        }
    }

    fn show_gone(&mut self, last: &Pod, reports: &mut Vec<ClusterSeen>) {
        let Some(seen) = self.look_at_pod(last) else { return };
        self.shown_pods.remove(&(seen.instance, seen.attempt));
        reports.push(ClusterSeen::PodGone(Box::new(seen)));
    }

    fn show_node(&mut self, name: &str, reports: &mut Vec<ClusterSeen>) {
        let Some(node) = self.nodes.get(&(String::new(), name.to_owned())) else { return };
        let seen = self.look_at_node(node);
        let same = |shown: &NodeSeen| NodeSeen { renewed_at: seen.renewed_at, ..shown.clone() } == seen;
        let is_known = self.shown_nodes.get(name).is_some_and(same);
        if !is_known {
            reports.push(ClusterSeen::Node(Box::new(seen.clone())));
        }
        self.shown_nodes.insert(name.to_owned(), seen);
    }

    fn show_pods_on(&mut self, node: &str, reports: &mut Vec<ClusterSeen>) {
        let on_it = self.shown_pods.values().filter(|pod| pod.node.as_deref() == Some(node));
        let keys: Vec<Key> = on_it.map(|pod| (pod.namespace.clone(), pod.name.clone())).collect();
        keys.iter().for_each(|key| self.show_pod(key, reports));
    }

    fn look_at_node(&self, node: &Node) -> NodeSeen {
        let name = node.metadata.name.as_deref().unwrap_or_default();
        see::node(node, &self.load.of(name), self.renewed.get(name).copied())
    }

    fn look_at_pod(&self, pod: &Pod) -> Option<PodSeen> {
        let said = pod.metadata.uid.as_ref().and_then(|uid| self.sayings.get(uid));
        let node = pod.spec.as_ref().and_then(|spec| spec.node_name.as_deref());
        let gpus = node.map(|node| self.gpus_of(&key(&pod.metadata), node)).unwrap_or_default();
        let around = Around {
            last_event: said.map(|said| said.last.clone()),
            pulling_at: said.and_then(|said| said.pulling_at),
            node_lost_at: node.and_then(|node| self.lost_at(node)),
            gpu_lost: gpus.iter().any(|(gpu, holders)| lacks(gpu, *holders)),
            gpus_missing: gpus.iter().any(|(gpu, _)| gpu.allocatable < gpu.capacity),
        };
        see::pod(&self.installation, pod, &around)
    }

    /// The last sign of life of a node that is silent or gone.
    fn lost_at(&self, name: &str) -> Option<Timestamp> {
        let renewed = self.renewed.get(name).copied();
        let Some(node) = self.nodes.get(&(String::new(), name.to_owned())) else { return renewed };
        if !see::is_silent(node) {
            return None;
        }
        renewed.or_else(|| self.look_at_node(node).ready.map(|ready| ready.at))
    }

    /// What its node says of each GPU resource that a pod holds, and how many pods hold it there.
    fn gpus_of(&self, pod: &Key, name: &str) -> Vec<(GpuResource, usize)> {
        let Some(node) = self.nodes.get(&(String::new(), name.to_owned())) else { return Vec::new() };
        let gpus = self.look_at_node(node).gpus.into_iter();
        let held = gpus.filter(|gpu| self.load.resources_of(pod).any(|resource| *resource == gpu.resource));
        held.map(|gpu| (gpu.clone(), self.load.holders(name, &gpu.resource))).collect()
    }
}

/// Whether too few GPUs work for those who hold them, and each holder is certain to be one who lacks some.
fn lacks(gpu: &GpuResource, holders: usize) -> bool {
    let short = gpu.allocatable < gpu.ours + gpu.foreign;
    short && (gpu.allocatable == 0 || holders == 1)
}

#[cfg(test)]
#[path = "picture/tests.rs"]
mod tests;
