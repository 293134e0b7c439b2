//! What goes wrong on purpose: faults are switched on from outside, for a target, a number of times or until cleared.

mod kinds;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

pub use self::kinds::{Fault, FaultKind, Planned, PodTarget, RequestTarget};

use crate::clock::{Clock, after};
use crate::kinds::Kind;
use crate::store::Object;

/// The faults that are switched on.
#[derive(Debug)]
pub(crate) struct Faults {
    active: Mutex<Active>,
    changed: watch::Sender<u64>,
    cuts: watch::Sender<u64>,
    clock: Clock,
}

#[derive(Debug, Default)]
struct Active {
    next: u64,
    list: Vec<Entry>,
    /// When the first change was made that nobody has looked at yet.
    unseen: Option<Timestamp>,
}

#[derive(Debug)]
struct Entry {
    planned: Planned,
    until: Option<Timestamp>,
}

/// A request as faults choose it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) verb: &'a str,
    pub(crate) resource: &'a str,
    pub(crate) namespace: &'a str,
    pub(crate) name: &'a str,
}

impl Faults {
    pub(crate) fn new(clock: Clock) -> Self {
        let (changed, cuts) = (watch::Sender::new(0), watch::Sender::new(0));
        Self { active: Mutex::default(), changed, cuts, clock }
    }

    /// Switches a fault on and answers its id; cutting watches happens at once and is over.
    pub(crate) fn add(&self, fault: Fault) -> String {
        let until = fault.for_ms.map(|ms| after(self.clock.now(), Duration::from_millis(ms)));
        let mut active = self.lock();
        active.next += 1;
        let id = format!("fault-{}", active.next);
        if matches!(fault.kind, FaultKind::WatchCut) {
            self.cuts.send_modify(|n| *n += 1);
        } else {
            active.list.push(Entry { planned: Planned { id: id.clone(), fault }, until });
        }
        drop(active);
        self.wake();
        id
    }

    /// Switches one fault off; false when it is not on.
    pub(crate) fn clear(&self, id: &str) -> bool {
        let mut active = self.lock();
        let before = active.list.len();
        active.list.retain(|entry| entry.planned.id != id);
        let found = active.list.len() < before;
        drop(active);
        self.wake();
        found
    }

    pub(crate) fn clear_all(&self) {
        self.lock().list.clear();
        self.wake();
    }

    pub(crate) fn list(&self) -> Vec<Planned> {
        self.lock().list.iter().map(|entry| entry.planned.clone()).collect()
    }

    /// Wakes whenever a fault comes or goes.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Wakes whenever every open watch is to end.
    pub(crate) fn cuts(&self) -> watch::Receiver<u64> {
        self.cuts.subscribe()
    }

    /// When the next timed fault ends by itself.
    pub(crate) fn next_end(&self) -> Option<Timestamp> {
        self.lock().list.iter().filter_map(|entry| entry.until).min()
    }

    /// Drops the faults whose time is over by `moment`.
    pub(crate) fn expire(&self, moment: Timestamp) {
        self.lock().list.retain(|entry| entry.until.is_none_or(|until| until > moment));
        self.wake();
    }

    /// When the first of the changes was made that were not looked at yet; they count as looked at from now on.
    pub(crate) fn take_unseen(&self) -> Option<Timestamp> {
        self.lock().unseen.take()
    }

    /// The first fault of the chosen kind that meets this pod, without using it up.
    pub(crate) fn meets(&self, pod: &Object, chosen: fn(&FaultKind) -> bool) -> Option<FaultKind> {
        self.peek(|fault| chosen(&fault.kind) && fault.pods.matches(pod))
    }

    /// As [`Faults::meets`], and one of its times is used up.
    pub(crate) fn strike(&self, pod: &Object, chosen: fn(&FaultKind) -> bool) -> Option<FaultKind> {
        self.take(|fault| chosen(&fault.kind) && fault.pods.matches(pod))
    }

    /// The first fault of the chosen kind that meets this request, used up once.
    pub(crate) fn strike_request(&self, asked: &Asked<'_>, chosen: fn(&FaultKind) -> bool) -> Option<FaultKind> {
        self.take(|fault| chosen(&fault.kind) && fault.requests.matches(asked))
    }

    /// Whether requests like this one hang.
    pub(crate) fn hangs(&self, asked: &Asked<'_>) -> bool {
        self.peek(|fault| matches!(fault.kind, FaultKind::Hang) && fault.requests.matches(asked)).is_some()
    }

    pub(crate) fn is_refusing(&self) -> bool {
        self.peek(|fault| matches!(fault.kind, FaultKind::Refuse)).is_some()
    }

    pub(crate) fn is_lost(&self, node: &str) -> bool {
        self.peek(|fault| matches!(&fault.kind, FaultKind::NodeLost { node: lost } if lost == node)).is_some()
    }

    pub(crate) fn is_not_ready(&self, node: &str) -> bool {
        self.peek(|fault| matches!(&fault.kind, FaultKind::NodeNotReady { node: sick } if sick == node)).is_some()
    }

    /// How many GPUs of a node are gone.
    pub(crate) fn gpus_lost(&self, node: &str) -> u32 {
        let lost = |fault: &Fault| match &fault.kind {
            FaultKind::GpuLost { node: sick, n_gpus, .. } if sick == node => *n_gpus,
            _ => 0,
        };
        self.lock().list.iter().map(|entry| lost(&entry.planned.fault)).sum()
    }

    /// Whether a GPU that was lost is this pod's (`namespace/name`).
    pub(crate) fn has_lost_gpu(&self, pod: &Object) -> bool {
        let own = format!("{}/{}", pod.key.namespace, pod.key.name);
        self.peek(|fault| matches!(&fault.kind, FaultKind::GpuLost { pod: Some(hit), .. } if *hit == own)).is_some()
    }

    /// How far a clock is off, in milliseconds: a node's, or the API server's where `node` is none.
    pub(crate) fn skew_ms(&self, node: Option<&str>) -> i64 {
        match self
            .peek(|fault| matches!(&fault.kind, FaultKind::ClockSkew { node: skewed, .. } if skewed.as_deref() == node))
        {
            Some(FaultKind::ClockSkew { ms, .. }) => ms,
            _ => 0,
        }
    }

    fn peek(&self, wanted: impl Fn(&Fault) -> bool) -> Option<FaultKind> {
        let active = self.lock();
        active.list.iter().find(|entry| wanted(&entry.planned.fault)).map(|entry| entry.planned.fault.kind.clone())
    }

    fn take(&self, wanted: impl Fn(&Fault) -> bool) -> Option<FaultKind> {
        let mut active = self.lock();
        let position = active.list.iter().position(|entry| wanted(&entry.planned.fault))?;
        let fault = &mut active.list[position].planned.fault;
        let kind = fault.kind.clone();
        if let Some(left) = &mut fault.times {
            *left = left.saturating_sub(1);
            if *left == 0 {
                active.list.remove(position);
            }
        }
        Some(kind)
    }

    fn wake(&self) {
        let now = self.clock.now();
        self.lock().unseen.get_or_insert(now);
        self.changed.send_modify(|n| *n += 1);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PodTarget {
    fn matches(&self, pod: &Object) -> bool {
        let same = |wanted: &Option<String>, own: &str| wanted.as_deref().is_none_or(|wanted| wanted == own);
        let image = pod.text("/spec/containers/0/image");
        let labelled = self.label.as_deref().is_none_or(|label| {
            let (name, value) = label.split_once('=').unwrap_or((label, ""));
            pod.label(name) == Some(value)
        });
        pod.key.kind == Kind::Pod
            && same(&self.namespace, &pod.key.namespace)
            && same(&self.name, &pod.key.name)
            && same(&self.node, pod.text("/spec/nodeName"))
            && self.image.as_deref().is_none_or(|part| image.contains(part))
            && labelled
    }
}

impl RequestTarget {
    fn matches(&self, asked: &Asked<'_>) -> bool {
        let same = |wanted: &Option<String>, own: &str| wanted.as_deref().is_none_or(|wanted| wanted == own);
        same(&self.verb, asked.verb)
            && same(&self.resource, asked.resource)
            && same(&self.namespace, asked.namespace)
            && same(&self.name, asked.name)
    }
}
