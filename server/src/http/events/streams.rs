//! How many streams are open: bounded for each organisation and for the process, so that memory is.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::Error;
use session::Refused;
use types::{Code, OrganisationId, Refusal};

/// The most streams of one organisation, and of staff.
const MOST_OF_ONE: usize = 200;
/// The most streams of a process.
const MOST: usize = 5_000;

/// Open streams by whose they are; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Streams(Arc<Mutex<HashMap<Option<OrganisationId>, usize>>>);

/// A stream's place among them, given back with this value.
#[derive(Debug)]
pub(in crate::http) struct Place(Streams, Option<OrganisationId>);

impl Streams {
    /// A place for one more stream of an organisation, or of staff.
    pub(in crate::http) fn place(&self, whose: Option<OrganisationId>) -> Result<Place, Refused> {
        let mut open = self.counts();
        let (all, own) = (open.values().sum::<usize>(), open.get(&whose).copied().unwrap_or(0));
        if all >= MOST || own >= MOST_OF_ONE {
            let refusal = Refusal::new(Code::TooManyRequests, "too-many-streams").with("seconds", 10_i64);
            return Err(Error::Refused(Box::new(refusal)).into());
        }
        open.insert(whose, own + 1);
        Ok(Place(self.clone(), whose))
    }

    /// How many are open.
    #[must_use]
    pub fn n_open(&self) -> usize {
        self.counts().values().sum()
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Option<OrganisationId>, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.0.counts();
        if let Some(count) = open.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_has_its_own_bound_and_gets_places_back() {
        let streams = Streams::default();
        let one = Some(OrganisationId::new(types::Timestamp::from_second(0)));
        let places: Vec<_> = (0..MOST_OF_ONE).map(|_| streams.place(one).unwrap()).collect();
        assert_eq!(streams.place(one).unwrap_err().status(), 429);
        assert!(streams.place(None).is_ok(), "others are not held up");
        drop(places);
        assert_eq!(streams.n_open(), 0);
        assert!(streams.place(one).is_ok());
    }
}
