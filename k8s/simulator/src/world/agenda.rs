//! What is to be done, in order of time; things of one moment in the order they were put down.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use crate::kubelet::Due;
use crate::store::Key;

/// One thing to do.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// A pod's next step.
    Pod(Due),
    /// Find a node for a pod.
    Schedule(Key),
    /// Find nodes for the pods that wait.
    Retry,
    /// Renew a node's Lease.
    Renew(usize),
    /// Write a node's state.
    Look(usize),
    /// Look for nodes that fell silent.
    Monitor,
    /// End the pods of a node that was deleted.
    Orphans(String),
    /// Make a namespace's service account.
    Account(String),
    /// Go on deleting a namespace's content.
    Empty(String),
    /// Give a claim its volume, or what it asks for more.
    Bind(Key),
    /// Let go of claims that no pod uses.
    Release(String),
    /// Forget an old event.
    Expire(Key),
    /// Write what a namespace's quotas count.
    Recount(String),
}

/// The things to do.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    entries: BTreeMap<(Timestamp, u64), Task>,
    added: u64,
    noted: HashSet<String>,
}

impl Agenda {
    /// Puts a task down; one that only repeats what is already due then is not put down twice.
    pub(super) fn add(&mut self, at: Timestamp, task: Task) {
        if let Some(mark) = mark(at, &task)
            && !self.noted.insert(mark)
        {
            return;
        }
        self.added += 1;
        self.entries.insert((at, self.added), task);
    }

    pub(super) fn next(&self) -> Option<Timestamp> {
        self.entries.first_key_value().map(|((at, _), _)| *at)
    }

    /// The first task that is due by `now`, with the time it was due.
    pub(super) fn pop_due(&mut self, now: Timestamp) -> Option<(Timestamp, Task)> {
        self.next().filter(|at| *at <= now)?;
        let ((at, _), task) = self.entries.pop_first()?;
        if let Some(mark) = mark(at, &task) {
            self.noted.remove(&mark);
        }
        Some((at, task))
    }
}

/// The sameness of tasks that do all there is to do, however often they were asked for.
fn mark(at: Timestamp, task: &Task) -> Option<String> {
    match task {
        Task::Retry => Some("retry".to_owned()),
        Task::Empty(namespace) => Some(format!("empty/{namespace}")),
        Task::Release(namespace) => Some(format!("release/{namespace}")),
        Task::Recount(namespace) => Some(format!("recount/{namespace}")),
        Task::Look(position) => Some(format!("look/{position}/{at}")),
        _ => None,
    }
}
