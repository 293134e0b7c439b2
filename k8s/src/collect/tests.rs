//! When the collector deletes, when it waits and when it asks.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn pod(number: usize) -> ManagedPod {
    let id = Uuid::from_u128(number as u128);
    ManagedPod {
        organisation: OrganisationId::from_uuid(id),
        instance: InstanceId::from_uuid(id),
        attempt: 1,
        uid: format!("uid-{number}"),
        is_ending: false,
    }
}

fn managed(pods: usize) -> Managed {
    Managed { pods: (0..pods).map(pod).collect(), highest_wish_seq: 10, unreadable: Vec::new() }
}

/// Wants all pods but the first `orphans`.
fn wanted(pods: usize, orphans: usize) -> HashSet<(InstanceId, i32)> {
    (orphans..pods).map(|number| (pod(number).instance, 1)).collect()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second)
}

/// The names of what is deleted at a second look `later` seconds after the first.
fn deleted(pods: usize, orphans: usize, later: i64) -> Option<usize> {
    let mut collector = Collector::default();
    collector.look(&managed(pods), &wanted(pods, orphans), 10, at(0));
    match collector.look(&managed(pods), &wanted(pods, orphans), 10, at(later)) {
        Verdict::Delete(orphans) => Some(orphans.len()),
        Verdict::AskOperator { .. } => None,
    }
}

#[test]
fn an_orphan_is_deleted_only_when_it_still_is_one_a_minute_later() {
    assert_eq!(deleted(10, 2, 59), Some(0));
    assert_eq!(deleted(10, 2, 60), Some(2));
}

#[test]
fn an_orphan_that_was_wanted_in_between_begins_anew() {
    let mut collector = Collector::default();
    let (all, none) = (wanted(10, 0), wanted(10, 1));
    collector.look(&managed(10), &none, 10, at(0));
    collector.look(&managed(10), &all, 10, at(30));
    assert_eq!(collector.look(&managed(10), &none, 10, at(60)), Verdict::Delete(Vec::new()));
}

#[test]
fn more_than_fifty_or_five_that_are_more_than_a_fifth_ask_the_operator() {
    // Of a fifth, exactly and one pod less.
    assert_eq!(deleted(25, 5, 60), Some(5));
    assert_eq!(deleted(24, 5, 60), None);
    assert_eq!(deleted(30, 6, 60), Some(6));
    assert_eq!(deleted(29, 6, 60), None);
    // Of fifty, exactly and one more.
    assert_eq!(deleted(1_000, 50, 60), Some(50));
    assert_eq!(deleted(1_000, 51, 60), None);
}

#[test]
fn up_to_four_orphans_are_litter_whatever_their_share() {
    for pods in 1..=4 {
        assert_eq!(deleted(pods, pods, 60), Some(pods), "all of {pods}");
    }
    assert_eq!(deleted(4, 1, 60), Some(1));
    assert_eq!(deleted(5, 5, 60), None);
}

#[test]
fn a_pod_that_is_ending_is_no_orphan() {
    let mut ending = managed(10);
    ending.pods.iter_mut().for_each(|pod| pod.is_ending = true);
    let verdict = Collector::default().look(&ending, &HashSet::new(), 10, at(0));
    assert_eq!(verdict, Verdict::Delete(Vec::new()));
}

#[test]
fn labels_that_somebody_changed_ask_the_operator() {
    let odd = Managed { unreadable: vec!["in-x".into()], ..managed(10) };
    assert!(matches!(Collector::default().look(&odd, &wanted(10, 0), 10, at(0)), Verdict::AskOperator { .. }));
}

proptest! {
    #[test]
    fn a_restored_database_deletes_nothing_however_few(
        pods in 0..200_usize, orphans in 0..200_usize, behind in 1..100_i64, later in 0..10_000_i64,
    ) {
        let orphans = orphans.min(pods);
        let mut collector = Collector::default();
        for second in [0, later] {
            let verdict = collector.look(&managed(pods), &wanted(pods, orphans), 10 - behind, at(second));
            let asks = matches!(verdict, Verdict::AskOperator { .. });
            prop_assert!(asks);
        }
    }

    #[test]
    fn what_is_wanted_is_never_deleted(pods in 1..200_usize, orphans in 0..200_usize) {
        let wanted = wanted(pods, orphans.min(pods));
        let mut collector = Collector::default();
        collector.look(&managed(pods), &wanted, 10, at(0));
        if let Verdict::Delete(orphans) = collector.look(&managed(pods), &wanted, 10, at(60)) {
            for (instance, attempt) in wanted {
                prop_assert!(orphans.iter().all(|orphan| orphan.name != names::pod(instance, attempt)));
            }
        }
    }
}
