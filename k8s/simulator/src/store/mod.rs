//! The objects: one lock, one rising revision, a journal behind them, a short history for watches, sums for quotas.
//!
//! Architecture invariant: every write goes through [`Shelves::put`] and [`Shelves::remove`]; what does not change an
//! object takes no revision, writes nothing and tells nobody.

mod history;
mod index;
mod journal;
mod key;
mod object;
mod snapshot;

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::{mpsc, watch};

pub(crate) use self::history::{Change, Compacted, Verb};
pub(crate) use self::index::{Index, charge_of, demand_of, is_over};
pub(crate) use self::key::Key;
pub(crate) use self::object::{Applied, Object};

use self::history::History;

use self::journal::Journal;
use crate::clock::Clock;
use crate::kinds::Kind;

/// The shared store; [`Store::lock`] gives the objects.
#[derive(Debug)]
pub(crate) struct Store {
    shelves: Mutex<Shelves>,
    revisions: HashMap<Kind, watch::Sender<u64>>,
}

/// The objects, while nobody else touches them.
#[derive(Debug)]
pub(crate) struct Shelves {
    objects: BTreeMap<Key, Arc<Object>>,
    revision: u64,
    history: HashMap<Kind, History>,
    index: Index,
    journal: Option<Journal>,
    clock: Clock,
    moment: Option<Timestamp>,
    world: mpsc::UnboundedSender<Change>,
    revisions: HashMap<Kind, watch::Sender<u64>>,
}

/// The disk refused a write; nothing was changed.
pub(crate) type WriteFailed = std::io::Error;

impl Store {
    /// Opens the folder, or a store in memory, and tells of every later change over the returned channel.
    pub(crate) fn open(
        folder: Option<&Path>,
        clock: Clock,
        history: usize,
    ) -> anyhow::Result<(Arc<Self>, mpsc::UnboundedReceiver<Change>)> {
        let (world, changes) = mpsc::unbounded_channel();
        let revisions: HashMap<_, _> = Kind::ALL.into_iter().map(|kind| (kind, watch::Sender::new(0))).collect();
        let mut shelves = Shelves {
            objects: BTreeMap::new(),
            revision: 1,
            history: HashMap::new(),
            index: Index::default(),
            journal: None,
            clock,
            moment: None,
            world,
            revisions: revisions.clone(),
        };
        if let Some(folder) = folder {
            shelves.load(folder)?;
        }
        let floor = shelves.revision;
        shelves.history = Kind::ALL.into_iter().map(|kind| (kind, History::new(floor, history))).collect();
        Ok((Arc::new(Self { shelves: Mutex::new(shelves), revisions }), changes))
    }

    /// The objects; a panic while they were held does not lock everybody out.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Shelves> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes at each change of a kind with its revision.
    pub(crate) fn revisions(&self, kind: Kind) -> watch::Receiver<u64> {
        self.revisions.get(&kind).map_or_else(|| watch::Sender::new(0).subscribe(), watch::Sender::subscribe)
    }

    /// Brings the journal to the disk itself each 200 ms, so that a power cut loses no more; a killed process loses
    /// nothing, because the kernel has every line already. Compacts it when it has grown long.
    pub(crate) async fn sync_forever(&self) {
        loop {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let (file, snapshot) = self.lock().journal_chores();
            let done = tokio::task::spawn_blocking(move || {
                file.map_or(Ok(()), |file| file.sync_data())?;
                snapshot.map_or(Ok(()), |snapshot| snapshot.write())
            });
            if let Ok(Err(error)) = done.await {
                tracing::error!(%error, "the journal did not reach the disk");
            }
        }
    }
}

impl Shelves {
    /// The revision of the last change to anything.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// Dates the changes until the next call; the world does late what was due earlier, and each thing follows from
    /// when the one before it was due. None dates them by the clock.
    pub(crate) fn date(&mut self, moment: Option<Timestamp>) {
        self.moment = moment;
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&Arc<Object>> {
        self.objects.get(key)
    }

    /// The objects of a kind in order of namespace and name, of one namespace or of all.
    pub(crate) fn scan<'a>(&'a self, kind: Kind, namespace: Option<&'a str>) -> impl Iterator<Item = &'a Arc<Object>> {
        let from = Key::new(kind, namespace.unwrap_or_default(), "");
        self.objects
            .range((Bound::Included(from), Bound::Unbounded))
            .map(|(_, object)| object)
            .take_while(move |object| object.key.kind == kind && namespace.is_none_or(|ns| object.key.namespace == ns))
    }

    /// Stores `body` and answers the object with its new revision, or the old one when nothing differs.
    pub(crate) fn put(&mut self, key: &Key, body: Value, applied: Applied) -> Result<Arc<Object>, WriteFailed> {
        let previous = self.objects.get(key).cloned();
        if let Some(previous) = &previous
            && previous.same_body(&body)
        {
            return self.keep_applied(previous, applied);
        }
        let object = Arc::new(Object::new(key.clone(), self.revision + 1, body, applied));
        if let Some(journal) = &mut self.journal {
            journal.put(&object)?;
        }
        self.settle(object.clone(), previous);
        Ok(object)
    }

    /// Changes the body of an existing object in place of reading, editing and putting it.
    pub(crate) fn edit(
        &mut self,
        key: &Key,
        edit: impl FnOnce(&mut Value),
    ) -> Result<Option<Arc<Object>>, WriteFailed> {
        let Some(object) = self.objects.get(key).cloned() else { return Ok(None) };
        let mut body = object.body.clone();
        edit(&mut body);
        self.put(key, body, object.applied.clone()).map(Some)
    }

    /// Takes an object away for good and answers it as it was, with the revision of its end.
    pub(crate) fn remove(&mut self, key: &Key) -> Result<Option<Arc<Object>>, WriteFailed> {
        let Some(previous) = self.objects.get(key).cloned() else { return Ok(None) };
        let revision = self.revision + 1;
        let last = Arc::new(Object::new(key.clone(), revision, previous.body.clone(), Applied::default()));
        if let Some(journal) = &mut self.journal {
            journal.gone(key, revision)?;
        }
        self.revision = revision;
        self.objects.remove(key);
        self.index.replace(Some(&previous), None);
        self.tell(Change {
            revision,
            verb: Verb::Deleted,
            object: last.clone(),
            previous: Some(previous),
            at: self.date_now(),
        });
        Ok(Some(last))
    }

    /// The changes of a kind after `revision`, at most `limit`; an error when they are forgotten.
    pub(crate) fn changes_since(&self, kind: Kind, revision: u64, limit: usize) -> Result<Vec<Change>, Compacted> {
        self.history.get(&kind).map_or_else(|| Ok(Vec::new()), |history| history.since(revision, limit))
    }

    /// Forgets every past change: a later watch from before now is told 410.
    pub(crate) fn compact(&mut self) {
        let revision = self.revision;
        self.history.values_mut().for_each(|history| history.compact(revision));
    }

    /// Remembers what a manager applied last although the object itself did not change.
    fn keep_applied(&mut self, object: &Arc<Object>, applied: Applied) -> Result<Arc<Object>, WriteFailed> {
        if object.applied == applied {
            return Ok(object.clone());
        }
        let same = Arc::new(Object::new(object.key.clone(), object.revision, object.body.clone(), applied));
        if let Some(journal) = &mut self.journal {
            journal.put(&same)?;
        }
        self.objects.insert(object.key.clone(), same.clone());
        Ok(same)
    }

    fn settle(&mut self, object: Arc<Object>, previous: Option<Arc<Object>>) {
        self.revision = object.revision;
        self.objects.insert(object.key.clone(), object.clone());
        self.index.replace(previous.as_deref(), Some(&object));
        let verb = if previous.is_some() { Verb::Modified } else { Verb::Added };
        self.tell(Change { revision: object.revision, verb, object, previous, at: self.date_now() });
    }

    fn date_now(&self) -> Timestamp {
        self.moment.unwrap_or_else(|| self.clock.now())
    }

    fn tell(&mut self, change: Change) {
        let kind = change.object.key.kind;
        if let Some(history) = self.history.get_mut(&kind) {
            history.push(change.clone());
        }
        if let Some(revisions) = self.revisions.get(&kind) {
            revisions.send_replace(change.revision);
        }
        // A world that has ended no longer listens; the store is being closed then.
        self.world.send(change).ok();
    }

    fn load(&mut self, folder: &Path) -> anyhow::Result<()> {
        let (journal, loaded) = Journal::open(folder)?;
        self.revision = loaded.revision.max(1);
        for (key, object) in loaded.objects {
            let object = Arc::new(object);
            self.index.replace(None, Some(&object));
            self.objects.insert(key, object);
        }
        self.journal = Some(journal);
        Ok(())
    }

    fn journal_chores(&mut self) -> (Option<std::fs::File>, Option<snapshot::Snapshot>) {
        let (objects, revision) = (&self.objects, self.revision);
        let Some(journal) = &mut self.journal else { return (None, None) };
        let snapshot = journal.is_long(objects.len()).then(|| {
            let objects = objects.values().cloned().collect();
            journal.rotate(revision).map(|folder| snapshot::Snapshot { folder, revision, objects })
        });
        let snapshot = snapshot.and_then(|rotated| match rotated {
            Ok(snapshot) => Some(snapshot),
            Err(error) => {
                tracing::error!(%error, "the journal could not be compacted");
                None
            }
        });
        (journal.unsynced(), snapshot)
    }
}
