//! Lists that are read in pages: what the first page saw is kept, so that all pages show one moment.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::refusal::Refusal;
use crate::store::Object;

const KEPT: usize = 64;

/// The unread rest of the lists that were begun last.
#[derive(Debug, Default)]
pub(crate) struct Pages(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    next: u64,
    rests: VecDeque<Rest>,
}

/// What is left of a list as it stood at a revision.
#[derive(Clone, Debug)]
pub(crate) struct Rest {
    id: u64,
    pub(crate) revision: u64,
    pub(crate) objects: Arc<[Arc<Object>]>,
}

impl Pages {
    /// Keeps the rest of a list and answers its token for the part after `from`.
    pub(crate) fn keep(&self, revision: u64, objects: Vec<Arc<Object>>, from: usize) -> String {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.next += 1;
        let id = book.next;
        if book.rests.len() == KEPT {
            book.rests.pop_front();
        }
        book.rests.push_back(Rest { id, revision, objects: objects.into() });
        token(revision, id, from)
    }

    /// The list a token belongs to and where to go on; 410 when it was forgotten.
    pub(crate) fn open(&self, text: &str) -> Result<(Rest, usize), Refusal> {
        let parts: Vec<u64> = text.split('-').filter_map(|part| part.parse().ok()).collect();
        let [revision, id, from] = parts[..] else { return Err(Refusal::bad_request("continue key is not valid")) };
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = book.rests.iter().find(|rest| rest.id == id && rest.revision == revision).cloned();
        let rest = rest.ok_or_else(|| {
            Refusal::expired("The provided continue parameter is too old to display a consistent list result.")
        })?;
        Ok((rest, usize::try_from(from).unwrap_or(usize::MAX)))
    }

    /// Forgets every list that was begun.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).rests.clear();
    }
}

impl Rest {
    /// The token of the part after `from`.
    pub(crate) fn token(&self, from: usize) -> String {
        token(self.revision, self.id, from)
    }
}

fn token(revision: u64, id: u64, from: usize) -> String {
    format!("{revision}-{id}-{from}")
}
