//! The world behind the API: one loop that hears every change, keeps an agenda and does what is due, in order of time.
//!
//! Architecture invariant: nothing here waits but for the clock; a stepped clock makes every run the same.

mod agenda;
mod chores;
mod nodes;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use self::agenda::{Agenda, Task};
use self::nodes::Nodes;
use crate::clock::{Clock, after};
use crate::config::{Delays, SimulatorConfig};
use crate::faults::Faults;
use crate::kinds::Kind;
use crate::kubelet::Kubelet;
use crate::scheduler::Scheduler;
use crate::store::{Change, Shelves, Store, Verb, WriteFailed, is_over};

/// How long events are kept.
const EVENT_LIFE: Duration = Duration::from_secs(3600);

/// Scheduler, kubelets and controllers with their agenda.
pub(crate) struct World {
    store: Arc<Store>,
    clock: Clock,
    delays: Delays,
    faults: Arc<Faults>,
    agenda: Agenda,
    scheduler: Scheduler,
    kubelet: Kubelet,
    nodes: Nodes,
    changes: mpsc::UnboundedReceiver<Change>,
    fault_changes: watch::Receiver<u64>,
    settlers: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
}

impl World {
    pub(crate) fn new(
        store: Arc<Store>,
        faults: Arc<Faults>,
        config: &SimulatorConfig,
        changes: mpsc::UnboundedReceiver<Change>,
        settlers: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
    ) -> Self {
        Self {
            kubelet: Kubelet::new(config.delays.clone(), faults.clone()),
            nodes: Nodes::new(config.nodes.clone(), config.delays.clone(), faults.clone()),
            fault_changes: faults.changes(),
            clock: config.clock.clone(),
            delays: config.delays.clone(),
            agenda: Agenda::default(),
            scheduler: Scheduler::default(),
            store,
            faults,
            changes,
            settlers,
        }
    }

    /// Makes what a cluster has from its first minute, and takes over what the store already held.
    pub(crate) fn found(&mut self) -> Result<(), WriteFailed> {
        let now = self.clock.now();
        let store = self.store.clone();
        let mut shelves = store.lock();
        chores::found_namespaces(&mut shelves, now)?;
        self.nodes.register(&mut shelves, now)?;
        for position in 0..self.nodes.len() {
            self.agenda.add(now, Task::Renew(position));
        }
        self.agenda.add(after(now, self.delays.node_monitor), Task::Monitor);
        let dues = self.kubelet.resume(&shelves, now);
        dues.into_iter().for_each(|due| self.agenda.add(due.at, Task::Pod(due)));
        for kind in Kind::ALL {
            let objects: Vec<_> = shelves.scan(kind, None).cloned().collect();
            for object in objects {
                let change = Change { revision: object.revision, verb: Verb::Added, previous: None, at: now, object };
                self.plan(&change);
            }
        }
        Ok(())
    }

    /// Runs until the store's other end is dropped.
    pub(crate) async fn run(mut self) {
        loop {
            self.catch_up();
            let soonest = [self.agenda.next(), self.faults.next_end()].into_iter().flatten().min();
            let clock = self.clock.clone();
            let due = async move {
                match soonest {
                    Some(at) => clock.reach(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                change = self.changes.recv() => match change {
                    Some(change) => self.hear(&change),
                    None => return,
                },
                _ = self.fault_changes.changed() => {}
                settler = self.settlers.recv() => match settler {
                    Some(settler) => {
                        self.catch_up();
                        settler.send(()).ok();
                    }
                    None => return,
                },
                () = due => {}
            }
        }
    }

    /// Hears everything that was said and does everything that is due.
    fn catch_up(&mut self) {
        loop {
            while let Ok(change) = self.changes.try_recv() {
                self.hear(&change);
            }
            if let Some(since) = self.faults.take_unseen() {
                self.meet_faults(since);
            }
            if self.end_fault() {
                continue;
            }
            let Some((due, task)) = self.agenda.pop_due(self.clock.now()) else { return };
            let at = self.clock.moment(due);
            if let Err(error) = self.perform(task, due, at) {
                tracing::error!(%error, "the journal refused a write");
            }
        }
    }

    fn hear(&mut self, change: &Change) {
        if change.object.key.kind == Kind::Pod
            && let Some(due) = self.kubelet.notice(change)
        {
            self.agenda.add(due.at, Task::Pod(due));
        }
        self.plan(change);
        if self.scheduler.has_waiting() && frees(change) {
            self.agenda.add(change.at, Task::Retry);
        }
    }

    /// Puts on the agenda what a change calls for.
    fn plan(&mut self, change: &Change) {
        let (object, at) = (&change.object, change.at);
        let key = object.key.clone();
        let fresh = change.verb == Verb::Added;
        let gone = change.verb == Verb::Deleted;
        match key.kind {
            Kind::Pod if fresh && Scheduler::wants(object) => {
                self.agenda.add(after(at, self.delays.schedule), Task::Schedule(key.clone()))
            }
            Kind::Namespace if !gone && object.is_terminating() => self.agenda.add(at, Task::Empty(key.name.clone())),
            Kind::Namespace if fresh => {
                self.agenda.add(after(at, self.delays.service_account), Task::Account(key.name.clone()))
            }
            Kind::ServiceAccount if gone && key.name == "default" => {
                self.agenda.add(after(at, self.delays.service_account), Task::Account(key.namespace.clone()))
            }
            Kind::PersistentVolumeClaim if !gone && object.is_terminating() => {
                self.agenda.add(at, Task::Release(key.namespace.clone()))
            }
            Kind::PersistentVolumeClaim if !gone && (fresh || chores::lags(&object.body)) => {
                self.agenda.add(after(at, self.delays.bind_claim), Task::Bind(key.clone()))
            }
            Kind::Node if gone => self.agenda.add(after(at, self.delays.orphans), Task::Orphans(key.name.clone())),
            Kind::Event if fresh => self.agenda.add(after(at, EVENT_LIFE), Task::Expire(key.clone())),
            _ => {}
        }
        if gone && key.kind == Kind::Pod {
            self.agenda.add(at, Task::Release(key.namespace.clone()));
        }
        let ended = change.previous.as_ref().is_some_and(|previous| is_over(&previous.body)) != is_over(&object.body);
        if !matches!(key.kind, Kind::Event | Kind::Lease | Kind::Node) && (gone || ended || key.kind != Kind::Pod) {
            self.agenda.add(at, Task::Recount(key.namespace.clone()));
        }
        if gone && key.kind.words().namespaced {
            self.agenda.add(at, Task::Empty(key.namespace));
        }
    }

    /// Ends the next fault whose time is over before anything else is due.
    fn end_fault(&mut self) -> bool {
        let next = self.agenda.next();
        let over = |end: &Timestamp| *end <= self.clock.now() && next.is_none_or(|next| *end <= next);
        let Some(end) = self.faults.next_end().filter(over) else { return false };
        self.faults.expire(end);
        self.faults.take_unseen();
        self.meet_faults(self.clock.moment(end));
        true
    }

    fn meet_faults(&mut self, now: Timestamp) {
        let dues = self.kubelet.faults_changed(&self.store.lock(), now);
        dues.into_iter().for_each(|due| self.agenda.add(due.at, Task::Pod(due)));
        for position in 0..self.nodes.len() {
            self.agenda.add(now, Task::Look(position));
        }
    }

    fn perform(&mut self, task: Task, due: Timestamp, at: Timestamp) -> Result<(), WriteFailed> {
        let store = self.store.clone();
        let mut shelves = store.lock();
        shelves.date(Some(at));
        let done = self.perform_in(&mut shelves, task, due, at);
        shelves.date(None);
        done
    }

    fn perform_in(
        &mut self,
        shelves: &mut Shelves,
        task: Task,
        due: Timestamp,
        at: Timestamp,
    ) -> Result<(), WriteFailed> {
        match task {
            Task::Pod(step) => {
                let next = self.kubelet.step(shelves, &step, at)?;
                next.into_iter().for_each(|due| self.agenda.add(due.at, Task::Pod(due)));
            }
            Task::Schedule(key) => self.scheduler.place(shelves, &key, at)?,
            Task::Retry => self.scheduler.retry(shelves, at)?,
            Task::Renew(position) => {
                let next = after(self.clock.moment(due), self.delays.lease);
                self.agenda.add(next, Task::Renew(position));
                self.nodes.renew(shelves, position, at)?;
                self.look(shelves, position, at)?;
            }
            Task::Look(position) => self.look(shelves, position, at)?,
            Task::Monitor => {
                self.agenda.add(after(at, self.delays.node_monitor), Task::Monitor);
                self.nodes.monitor(shelves, at)?;
            }
            Task::Orphans(node) => chores::end_orphans(shelves, &node, at)?,
            Task::Account(namespace) => chores::give_account(shelves, &namespace, at)?,
            Task::Empty(namespace) => chores::empty_namespace(shelves, &namespace, at)?,
            Task::Bind(key) => chores::bind_claim(shelves, &key)?,
            Task::Release(namespace) => chores::release_claims(shelves, &namespace)?,
            Task::Expire(key) => {
                let next = chores::expire_event(shelves, &key, EVENT_LIFE, at)?;
                next.into_iter().for_each(|next| self.agenda.add(next, Task::Expire(key.clone())));
            }
            Task::Recount(namespace) => crate::admission::recount(shelves, &namespace)?,
        }
        Ok(())
    }

    /// A node's kubelet writes its node; when it is back, its pods too.
    fn look(&mut self, shelves: &mut Shelves, position: usize, at: Timestamp) -> Result<(), WriteFailed> {
        if let Some(node) = self.nodes.report(shelves, position, at)? {
            let dues = self.kubelet.refresh(shelves, &node, at)?;
            dues.into_iter().for_each(|due| self.agenda.add(due.at, Task::Pod(due)));
        }
        Ok(())
    }
}

/// Whether a change may let a waiting pod fit.
fn frees(change: &Change) -> bool {
    let object = &change.object;
    match object.key.kind {
        Kind::Pod => change.verb == Verb::Deleted || is_over(&object.body),
        Kind::PersistentVolumeClaim => change.verb == Verb::Added,
        Kind::Node => change.previous.as_ref().is_none_or(|previous| {
            let same = |pointer: &str| previous.body.pointer(pointer) == object.body.pointer(pointer);
            !(same("/spec") && same("/metadata/labels") && same("/status/allocatable"))
        }),
        _ => false,
    }
}
