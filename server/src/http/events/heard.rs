//! How old the cluster's word is: what the database confirms each minute, and what the leader tells in between.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::clusters::ClusterHeard;
use types::{ClusterId, Fresh, Timestamp};

/// The last word of each cluster that this replica was told of; cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard(Arc<Mutex<HashMap<ClusterId, Timestamp>>>);

impl Heard {
    /// Notes that a cluster was heard of at `at`.
    pub(super) fn note(&self, cluster: ClusterId, at: Timestamp) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last.entry(cluster).or_insert(at);
        *known = at.max(*known);
    }

    /// The age at `now` of the oldest word among `clusters`; nothing while one of them was never heard of.
    pub(super) fn age<'a>(&self, clusters: impl Iterator<Item = &'a ClusterHeard>, now: Timestamp) -> Fresh {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let word = |cluster: &ClusterHeard| match cluster.is_silent {
            // What came in before the silence was noticed is no word of now.
            true => cluster.through,
            false => cluster.through.max(last.get(&cluster.id).copied()),
        };
        let oldest = clusters.map(word).min().flatten();
        Fresh { heard_s: oldest.map(|at| now.seconds_since(at).max(0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second)
    }

    fn cluster(through: Option<i64>, is_silent: bool) -> ClusterHeard {
        ClusterHeard { id: ClusterId::new(at(0)), name: "one".to_owned(), through: through.map(at), is_silent }
    }

    fn age(heard: &Heard, clusters: &[ClusterHeard]) -> Option<i64> {
        heard.age(clusters.iter(), at(100)).heard_s
    }

    #[test]
    fn the_age_is_that_of_the_clusters_last_word_and_not_of_our_look() {
        let (heard, one) = (Heard::default(), cluster(Some(40), false));
        assert_eq!(age(&heard, std::slice::from_ref(&one)), Some(60));
        heard.note(one.id, at(97));
        heard.note(one.id, at(95));
        assert_eq!(age(&heard, std::slice::from_ref(&one)), Some(3), "an older word changes nothing");
        heard.note(one.id, at(101));
        assert_eq!(age(&heard, &[one]), Some(0), "clocks that differ make no news of tomorrow");
    }

    #[test]
    fn a_silent_cluster_is_as_old_as_what_is_certain() {
        let (heard, one) = (Heard::default(), cluster(Some(40), true));
        heard.note(one.id, at(99));
        assert_eq!(age(&heard, &[one]), Some(60));
    }

    #[test]
    fn the_oldest_of_several_counts_and_one_never_heard_of_has_no_age() {
        let heard = Heard::default();
        assert_eq!(age(&heard, &[cluster(Some(90), false), cluster(Some(70), false)]), Some(30));
        assert_eq!(age(&heard, &[cluster(Some(90), false), cluster(None, false)]), None);
        assert_eq!(age(&heard, &[]), None);
    }
}
