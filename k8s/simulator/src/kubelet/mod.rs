//! The kubelets: each pod's way from its binding to its end, step by step, with the faults that meet it.

mod image;
mod status;
mod steps;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use self::image::Images;
use crate::clock::{after, parse};
use crate::config::Delays;
use crate::faults::{FaultKind, Faults};
use crate::kinds::Kind;
use crate::store::{Change, Key, Object, Shelves, Verb, WriteFailed, is_over};

/// Every pod that a node has, and what it does next.
#[derive(Debug)]
pub(crate) struct Kubelet {
    lives: HashMap<Key, Life>,
    images: Images,
    addresses: HashMap<String, u16>,
    turns: u64,
    delays: Delays,
    faults: Arc<Faults>,
}

/// A step that is due at a time; an older turn than the life's own is void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) at: Timestamp,
    pub(crate) key: Key,
    pub(crate) turn: u64,
}

#[derive(Debug)]
struct Life {
    uid: String,
    node: String,
    stage: Stage,
    turn: u64,
    /// Failed pulls or crashes in a row.
    tries: u32,
    /// A step was due while the node was lost.
    held: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Accept,
    Fetch,
    Pulled(Duration),
    Start,
    Warm,
    Run,
    Kill,
    Exited,
    Done,
}

/// What comes next in a life.
struct Next {
    stage: Stage,
    /// How long until then; none waits for something to happen.
    wait: Option<Duration>,
}

impl Kubelet {
    pub(crate) fn new(delays: Delays, faults: Arc<Faults>) -> Self {
        let (lives, images, addresses) = (HashMap::new(), Images::default(), HashMap::new());
        Self { lives, images, addresses, turns: 0, delays, faults }
    }

    /// Takes over the pods that stand in the store at the start.
    pub(crate) fn resume(&mut self, shelves: &Shelves, now: Timestamp) -> Vec<Due> {
        shelves.scan(Kind::Node, None).for_each(|node| self.images.learn(node));
        let pods: Vec<_> = shelves.scan(Kind::Pod, None).cloned().collect();
        pods.iter().filter_map(|pod| self.meet(pod, now)).collect()
    }

    /// Hears of a change to a pod.
    pub(crate) fn notice(&mut self, change: &Change) -> Option<Due> {
        let pod = &change.object;
        if change.verb == Verb::Deleted {
            self.lives.remove(&pod.key);
            return None;
        }
        let known = self.lives.get(&pod.key).is_some_and(|life| life.uid == pod.uid());
        let asked = |pod: &Object| pod.text("/metadata/deletionTimestamp").to_owned();
        let ends = change.previous.as_ref().is_some_and(|previous| asked(previous) != asked(pod));
        if known && ends {
            let wait = self.patience(pod, change.at);
            return self.turn_to(&pod.key, Stage::Kill, Some(wait), change.at);
        }
        if known { None } else { self.meet(pod, change.at) }
    }

    /// Does the step that is due.
    pub(crate) fn step(
        &mut self,
        shelves: &mut Shelves,
        due: &Due,
        now: Timestamp,
    ) -> Result<Option<Due>, WriteFailed> {
        let Some(life) = self.lives.get_mut(&due.key).filter(|life| life.turn == due.turn) else { return Ok(None) };
        if self.faults.is_lost(&life.node) {
            life.held = true;
            return Ok(None);
        }
        let (stage, uid) = (life.stage, life.uid.clone());
        let Some(pod) = shelves.get(&due.key).filter(|pod| pod.uid() == uid).cloned() else { return Ok(None) };
        let next = self.act(shelves, &pod, stage, now)?;
        Ok(self.turn_to(&due.key, next.stage, next.wait, now))
    }

    /// Looks again at every pod that a fault may have met or let go.
    pub(crate) fn faults_changed(&mut self, shelves: &Shelves, now: Timestamp) -> Vec<Due> {
        let keys: Vec<Key> =
            self.lives.iter().filter(|(_, life)| self.may_move(shelves, life)).map(|(key, _)| key.clone()).collect();
        let again = |key: &Key| {
            let stage = self.lives.get(key)?.stage;
            self.turn_to(key, stage, Some(Duration::ZERO), now)
        };
        keys.iter().filter_map(again).collect()
    }

    /// Writes the Ready conditions of a node's pods again after the node was gone.
    pub(crate) fn refresh(
        &mut self,
        shelves: &mut Shelves,
        node: &str,
        now: Timestamp,
    ) -> Result<Vec<Due>, WriteFailed> {
        for key in shelves.index().pods_on(node) {
            let running = self.lives.get(&key).is_some_and(|life| life.stage == Stage::Run);
            if let Some(pod) = shelves.get(&key).filter(|_| running).cloned() {
                let ready = self.faults.meets(&pod, |kind| *kind == FaultKind::NeverReady).is_none();
                status::set_ready(shelves, &pod, ready, now)?;
            }
        }
        Ok(self.faults_changed(shelves, now))
    }

    fn may_move(&self, _shelves: &Shelves, life: &Life) -> bool {
        let waits = life.held || matches!(life.stage, Stage::Run | Stage::Warm | Stage::Kill);
        waits && !self.faults.is_lost(&life.node)
    }

    fn meet(&mut self, pod: &Arc<Object>, now: Timestamp) -> Option<Due> {
        let node = pod.text("/spec/nodeName").to_owned();
        if node.is_empty() {
            return None;
        }
        self.reserve_address(&node, pod.text("/status/podIP"));
        let (stage, wait) = self.where_it_stands(pod, now);
        let life = Life { uid: pod.uid().to_owned(), node, stage, turn: 0, tries: 0, held: false };
        self.lives.insert(pod.key.clone(), life);
        self.turn_to(&pod.key, stage, wait, now)
    }

    fn where_it_stands(&self, pod: &Object, now: Timestamp) -> (Stage, Option<Duration>) {
        if pod.is_terminating() {
            (Stage::Kill, Some(self.patience(pod, now)))
        } else if is_over(&pod.body) {
            (Stage::Done, None)
        } else if pod.text("/status/containerStatuses/0/state/running/startedAt").is_empty() {
            (Stage::Accept, Some(self.delays.accept))
        } else {
            (Stage::Run, Some(Duration::ZERO))
        }
    }

    /// How long a pod's containers take to stop.
    fn patience(&self, pod: &Object, now: Timestamp) -> Duration {
        let by = parse(pod.text("/metadata/deletionTimestamp")).unwrap_or(now);
        let grace = Duration::try_from(by.duration_since(now).max(SignedDuration::ZERO)).unwrap_or_default();
        let running = pod.body["status"]["containerStatuses"][0]["state"]["running"].is_object();
        if !running || is_over(&pod.body) {
            Duration::ZERO
        } else if self.faults.meets(pod, |kind| *kind == FaultKind::Lingers).is_some() {
            grace
        } else {
            self.delays.stop.min(grace)
        }
    }

    fn turn_to(&mut self, key: &Key, stage: Stage, wait: Option<Duration>, now: Timestamp) -> Option<Due> {
        let life = self.lives.get_mut(key)?;
        self.turns += 1;
        (life.stage, life.turn, life.held) = (stage, self.turns, false);
        Some(Due { at: after(now, wait?), key: key.clone(), turn: self.turns })
    }

    fn reserve_address(&mut self, node: &str, address: &str) {
        let mut parts = address.split('.').skip(2).filter_map(|part| part.parse::<u16>().ok());
        if let (Some(high), Some(low)) = (parts.next(), parts.next()) {
            let last = self.addresses.entry(node.to_owned()).or_default();
            *last = (*last).max(high * 256 + low);
        }
    }

    fn next_address(&mut self, shelves: &Shelves, node: &str) -> String {
        let last = self.addresses.entry(node.to_owned()).or_default();
        *last = last.wrapping_add(1).max(2);
        let range = shelves.get(&Key::node(node)).map_or("10.64.0.0/16", |node| node.text("/spec/podCIDR"));
        let prefix: Vec<&str> = range.split('.').take(2).collect();
        format!("{}.{}.{}", prefix.join("."), *last / 256, *last % 256)
    }

    fn back_off(&self, tries: u32) -> Duration {
        let doubled = self.delays.back_off.saturating_mul(1 << tries.min(16));
        doubled.min(self.delays.back_off_limit)
    }
}
