//! Which reports are left out, and which never.

use types::{
    ClusterSeen, ContainerEnded, ContainerRuns, Deletion, NodeSeen, PodSeen, PodStage, Resources, Since, Timestamp,
};

use super::latest;

pub(in crate::workers::cluster) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second)
}

/// A pod that was taken by the API server, and no more.
pub(in crate::workers::cluster) fn pending(uid: &str) -> PodSeen {
    let (organisation, instance) = (types::OrganisationId::new(at(0)), types::InstanceId::new(at(0)));
    PodSeen { uid: uid.to_owned(), ..PodSeen::taken(organisation, instance, 1, at(0)) }
}

fn ready(pod: &PodSeen, holds: bool, second: i64) -> ClusterSeen {
    let container = Some(ContainerRuns { id: "c0".to_owned(), started_at: at(1) });
    ClusterSeen::Pod(Box::new(PodSeen { ready: Some(Since { holds, at: at(second) }), container, ..pod.clone() }))
}

fn node(name: &str, cordoned: bool) -> ClusterSeen {
    ClusterSeen::Node(Box::new(NodeSeen {
        name: name.to_owned(),
        labels: [].into(),
        product: None,
        gpu_memory_mib: None,
        ready: None,
        renewed_at: None,
        cordoned,
        simulated: true,
        zone: None,
        gpus: Vec::new(),
        allocatable: Resources::default(),
    }))
}

#[test]
fn of_a_pod_that_had_not_run_only_the_last_is_told_and_all_of_what_is_billed() {
    let (one, other) = (pending("one"), pending("other"));
    let bound = PodSeen { node: Some("h100-01".to_owned()), ..one.clone() };
    let new = |pod: &PodSeen| ClusterSeen::Pod(Box::new(pod.clone()));
    let fresh = ClusterSeen::Fresh { through: at(3) };
    let ran = [ready(&one, true, 4), ready(&one, false, 6), ready(&one, true, 9)];
    let end = ClusterSeen::PodGone(Box::new(other.clone()));
    let [first, second, third] = ran.clone();
    let reports = vec![new(&one), new(&other), new(&bound), fresh.clone(), first, second, third, end.clone()];
    let [first, second, third] = ran;
    assert_eq!(latest(reports), [new(&other), fresh, first, second, third, end]);
}

#[test]
fn a_pod_of_which_anything_ended_or_that_is_in_trouble_is_told_each_time() {
    let one = pending("one");
    let id = "c0".to_owned();
    let (started_at, reason) = (Some(at(1)), "Error".to_owned());
    let ended = ContainerEnded { id, started_at, finished_at: at(2), exit_code: 1, reason };
    let moments = [
        PodSeen { ended: Some(ended), ..one.clone() },
        PodSeen { deletion: Some(Deletion { requested_at: at(2), due_at: at(32) }), ..one.clone() },
        PodSeen { node_lost_at: Some(at(2)), ..one.clone() },
        PodSeen { gpu_lost: true, ..one.clone() },
        PodSeen { restarts: 1, ..one.clone() },
        PodSeen { stage: PodStage::Unready, ..one.clone() },
    ];
    for moment in moments {
        let reports = vec![ClusterSeen::Pod(Box::new(moment)), ClusterSeen::Pod(Box::new(one.clone()))];
        assert_eq!(latest(reports.clone()), reports);
    }
}

#[test]
fn of_a_node_only_the_last_is_told() {
    let gone = |name: &str| ClusterSeen::NodeGone { name: name.to_owned() };
    let reports = vec![node("a", true), node("b", false), node("a", false), node("b", true), gone("c"), gone("b")];
    assert_eq!(latest(reports), [node("a", false), gone("c"), gone("b")]);
    // What is gone and comes back is there.
    assert_eq!(latest(vec![gone("a"), node("a", false)]), [node("a", false)]);
}
