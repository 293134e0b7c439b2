//! What the cluster says twice within a second.

use super::*;

#[test]
fn of_two_words_of_one_second_the_one_that_was_seen_later_holds() {
    let seen = |millis: i64| Timestamp::from(jiff::Timestamp::from_millisecond(1_050_000 + millis).unwrap());
    let unready = PodSeen {
        stage: PodStage::Unready,
        ready: Some(Since { holds: false, at: at(1_050) }),
        node_lost_at: Some(at(1_030)),
        ..ready_pod(1_010)
    };
    let mut back = Stored::new();
    back.learn(&(at(1_010), ready_pod(1_010)));
    back.learn(&(seen(200), unready.clone()));
    back.learn(&(seen(800), ready_pod(1_050)));
    assert_eq!(back.billed(), [(1_010, Some(1_030)), (1_050, None)]);
    let mut lost = Stored::new();
    lost.learn(&(at(1_010), ready_pod(1_010)));
    lost.learn(&(seen(200), ready_pod(1_050)));
    lost.learn(&(seen(800), unready));
    assert_eq!(lost.billed(), [(1_010, Some(1_050))]);
    assert_eq!(lost.spans().last().unwrap().reason, Some(IntervalReason::NodeFault));
}
