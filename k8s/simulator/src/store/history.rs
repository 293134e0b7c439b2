//! The last changes of one kind, kept for watches that are a little behind.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use super::Object;

/// What happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Added,
    Modified,
    Deleted,
}

/// One change: the object after it (its last version when it is gone) and before it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) revision: u64,
    pub(crate) verb: Verb,
    pub(crate) object: Arc<Object>,
    pub(crate) previous: Option<Arc<Object>>,
    pub(crate) at: Timestamp,
}

/// The wanted changes are forgotten; `floor` is the oldest revision to watch from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compacted {
    pub(crate) floor: u64,
}

/// A bounded ring of changes in order of revision.
#[derive(Debug)]
pub(super) struct History {
    changes: VecDeque<Change>,
    floor: u64,
    capacity: usize,
}

impl History {
    pub(super) fn new(floor: u64, capacity: usize) -> Self {
        Self { changes: VecDeque::new(), floor, capacity: capacity.max(1) }
    }

    pub(super) fn push(&mut self, change: Change) {
        if self.changes.len() == self.capacity
            && let Some(oldest) = self.changes.pop_front()
        {
            self.floor = oldest.revision;
        }
        self.changes.push_back(change);
    }

    pub(super) fn since(&self, revision: u64, limit: usize) -> Result<Vec<Change>, Compacted> {
        if revision < self.floor {
            return Err(Compacted { floor: self.floor });
        }
        let start = self.changes.partition_point(|change| change.revision <= revision);
        Ok(self.changes.range(start..).take(limit).cloned().collect())
    }

    pub(super) fn compact(&mut self, revision: u64) {
        self.changes.clear();
        self.floor = revision;
    }
}
