//! The scheduler: pods that wait for a node, the one they are bound to, and why they wait.

mod fit;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use self::fit::{Site, unfit_because};
use crate::clock::seconds;
use crate::events::{Emitter, Note};
use crate::kinds::Kind;
use crate::store::{Key, Object, Shelves, WriteFailed};

/// The pods that wait, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Scheduler {
    waiting: BTreeMap<(String, Key), ()>,
}

impl Scheduler {
    /// Whether a pod is this scheduler's to place.
    pub(crate) fn wants(pod: &Object) -> bool {
        pod.key.kind == Kind::Pod && pod.text("/spec/nodeName").is_empty() && !pod.is_terminating()
    }

    pub(crate) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Tries one pod; it waits when no node takes it.
    pub(crate) fn place(&mut self, shelves: &mut Shelves, key: &Key, now: Timestamp) -> Result<(), WriteFailed> {
        let Some(pod) = shelves.get(key).filter(|pod| Self::wants(pod)).cloned() else { return Ok(()) };
        let turn = (pod.text("/metadata/creationTimestamp").to_owned(), key.clone());
        match choose(shelves, &pod) {
            Ok(node) => {
                self.waiting.remove(&turn);
                bind(shelves, &pod, &node, now)
            }
            Err(message) => {
                self.waiting.insert(turn, ());
                refuse(shelves, &pod, &message, now)
            }
        }
    }

    /// Tries every waiting pod again: something was freed or has changed.
    pub(crate) fn retry(&mut self, shelves: &mut Shelves, now: Timestamp) -> Result<(), WriteFailed> {
        let turns: Vec<_> = std::mem::take(&mut self.waiting).into_keys().collect();
        turns.into_iter().try_for_each(|(_, key)| self.place(shelves, &key, now))
    }
}

/// The fitting node with the largest free share, or the sentence that says why there is none.
fn choose(shelves: &Shelves, pod: &Object) -> Result<String, String> {
    let sites: Vec<Site> = shelves.scan(Kind::Node, None).map(|node| Site::new(node, shelves.index())).collect();
    let claim = missing_claim(shelves, pod);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_short = 0;
    let mut best: Option<(f64, &Site)> = None;
    for site in &sites {
        let unfit = unfit_because(pod, site);
        n_short +=
            usize::from(unfit.iter().any(|reason| reason.starts_with("Insufficient") || reason == "Too many pods"));
        if unfit.is_empty() && best.is_none_or(|(share, _)| site.free_share() > share) {
            best = Some((site.free_share(), site));
        }
        for reason in unfit {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    match (claim, best) {
        (None, Some((_, site))) => Ok(site.name().to_owned()),
        (Some(claim), _) => Err(sentence(sites.len(), &[format!("persistentvolumeclaim {claim:?} not found")], 0)),
        (None, None) => {
            let mut lines: Vec<String> = reasons.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
            lines.sort();
            Err(sentence(sites.len(), &lines, n_short))
        }
    }
}

fn sentence(n_nodes: usize, reasons: &[String], n_short: usize) -> String {
    if n_nodes == 0 {
        return "no nodes available to schedule pods".to_owned();
    }
    let none = format!("0/{n_nodes} nodes are available");
    let victims = format!("{n_short} No preemption victims found for incoming pod");
    let helpless = format!("{} Preemption is not helpful for scheduling", n_nodes - n_short);
    let preemption = match n_short {
        0 => helpless,
        n if n == n_nodes => victims,
        _ => format!("{victims}, {helpless}"),
    };
    format!("{none}: {}. no new claims to deallocate, preemption: {none}: {preemption}.", reasons.join(", "))
}

fn missing_claim(shelves: &Shelves, pod: &Object) -> Option<String> {
    let volumes = pod.body["spec"]["volumes"].as_array()?;
    let claims = volumes.iter().filter_map(|volume| volume["persistentVolumeClaim"]["claimName"].as_str());
    let key = |claim: &str| Key::new(Kind::PersistentVolumeClaim, pod.key.namespace.as_str(), claim);
    claims.filter(|claim| shelves.get(&key(claim)).is_none()).map(str::to_owned).next()
}

fn bind(shelves: &mut Shelves, pod: &Arc<Object>, node: &str, now: Timestamp) -> Result<(), WriteFailed> {
    shelves.edit(&pod.key, |body| {
        body["spec"]["nodeName"] = node.into();
        set_scheduled(body, json!({"type": "PodScheduled", "status": "True", "lastTransitionTime": seconds(now)}));
    })?;
    let message = format!("Successfully assigned {}/{} to {node}", pod.key.namespace, pod.key.name);
    Emitter::scheduler().tell(shelves, pod, Note::normal("Scheduled", message), now)
}

fn refuse(shelves: &mut Shelves, pod: &Arc<Object>, message: &str, now: Timestamp) -> Result<(), WriteFailed> {
    let before = pod.body["status"]["conditions"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|condition| condition["type"] == "PodScheduled");
    if before.is_some_and(|condition| condition["message"] == message) {
        return Ok(());
    }
    let since = before.map_or_else(|| seconds(now).into(), |condition| condition["lastTransitionTime"].clone());
    let condition = json!({"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message, "lastTransitionTime": since});
    shelves.edit(&pod.key, |body| set_scheduled(body, condition))?;
    Emitter::scheduler().tell(shelves, pod, Note::warning("FailedScheduling", message), now)
}

fn set_scheduled(body: &mut Value, condition: Value) {
    let mut conditions = body["status"]["conditions"].as_array().cloned().unwrap_or_default();
    conditions.retain(|condition| condition["type"] != "PodScheduled");
    conditions.push(condition);
    body["status"]["conditions"] = conditions.into();
}
