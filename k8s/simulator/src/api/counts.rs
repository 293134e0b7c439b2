//! How many requests came, by verb: whether a client writes although nothing changed is seen here.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Requests since the start, also those that were refused.
#[derive(Debug, Default)]
pub(crate) struct Counts(Mutex<BTreeMap<&'static str, u64>>);

impl Counts {
    /// Counts one request.
    pub(crate) fn note(&self, verb: &'static str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(verb).or_default() += 1;
    }

    /// The numbers, by verb.
    pub(crate) fn by_verb(&self) -> BTreeMap<&'static str, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
