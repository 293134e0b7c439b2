//! What waits after something was refused.

use domain::{
    Error,
    clusters::{Missing, NotRecorded},
};
use types::{ClusterSeen, Timestamp};

use super::{
    super::latest::tests::{at, pending},
    Refused,
};

fn of(uid: &str) -> [ClusterSeen; 2] {
    [ClusterSeen::Pod(Box::new(pending(uid))), ClusterSeen::PodGone(Box::new(pending(uid)))]
}

fn everything(at: Timestamp) -> ClusterSeen {
    ClusterSeen::Snapshot { pods: vec![pending("one")], nodes: vec![], claims: vec![], at }
}

fn not_recorded(missing: Missing) -> Vec<NotRecorded> {
    vec![NotRecorded { missing, error: Error::Conflict("a fault") }]
}

#[test]
fn what_comes_of_a_pod_after_something_of_it_was_refused_waits_and_so_does_until_when_all_is_known() {
    let mut refused = Refused::new();
    refused.note(&of("one")[0], not_recorded(Missing::One("one".to_owned())));
    assert!(of("one").iter().all(|seen| refused.holds_back(seen)));
    assert!(!of("other").iter().any(|seen| refused.holds_back(seen)));
    assert!(refused.holds_back(&ClusterSeen::Fresh { through: at(3) }));
    assert!(!refused.holds_back(&everything(at(4))), "what is there now is recorded whole");
}

#[test]
fn a_snapshot_brings_all_but_what_is_refused_of_it() {
    let mut refused = Refused::new();
    refused.note(&of("one")[0], not_recorded(Missing::One("one".to_owned())));
    refused.note(&everything(at(4)), not_recorded(Missing::One("other".to_owned())));
    assert!(!of("one").iter().any(|seen| refused.holds_back(seen)));
    assert!(of("other").iter().all(|seen| refused.holds_back(seen)));
    refused.note(&everything(at(5)), not_recorded(Missing::Any));
    assert!(of("one").iter().chain(&of("third")).all(|seen| refused.holds_back(seen)));
    refused.note(&everything(at(6)), not_recorded(Missing::State));
    assert!(!of("one").iter().any(|seen| refused.holds_back(seen)), "nodes tell themselves again");
}
