//! What waits after something was refused.

use types::ClusterSeen;

use super::{
    super::latest::tests::{at, pending},
    Refused,
};

#[test]
fn what_comes_of_a_pod_after_something_of_it_was_refused_waits_and_so_does_until_when_all_is_known() {
    let mut refused = Refused::new();
    refused.uids.insert("one".to_owned());
    let of = |uid: &str| [ClusterSeen::Pod(Box::new(pending(uid))), ClusterSeen::PodGone(Box::new(pending(uid)))];
    assert!(of("one").iter().all(|seen| refused.holds_back(seen)));
    assert!(!of("other").iter().any(|seen| refused.holds_back(seen)));
    assert!(refused.holds_back(&ClusterSeen::Fresh { through: at(3) }));
    let everything = ClusterSeen::Snapshot { pods: vec![pending("one")], nodes: vec![], claims: vec![], at: at(4) };
    assert!(!refused.holds_back(&everything), "what is there now is recorded whole");
}
