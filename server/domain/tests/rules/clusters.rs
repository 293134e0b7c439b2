//! The leader's lease, the observation and what staff read of clusters, on a real database.

use std::collections::BTreeMap;

use crate::fleet::{Fleet, node, pod, ready};
use crate::world::{JOB, World, noon};
use domain::{
    Error,
    access::policy::{MaintainNodes, ReadNodes},
    clusters::{
        LEASE_S, Missing, NotRecorded, answer_of_in, answer_question, ask_operator, give_up_lead, hall,
        last_wish_seq_in, observe_through, renew_lead, stop_knowing, take_lead,
    },
    instances::{record_seen, record_what_can_be},
};
use types::{AnswerQuestion, Argument, ClusterSeen, InstanceReason, OperatorAnswer, OperatorQuestion, Timestamp};

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

#[tokio::test]
async fn one_leads_until_the_lease_runs_out_and_the_next_has_a_higher_epoch() {
    let world = World::new().await;
    let first = take_lead(&world.db, JOB, "a", noon()).await.unwrap().unwrap();
    assert_eq!(take_lead(&world.db, JOB, "b", later(LEASE_S - 1)).await.unwrap(), None);
    let renewed = renew_lead(&world.db, JOB, first, later(10)).await.unwrap().unwrap();
    assert_eq!(take_lead(&world.db, JOB, "b", later(LEASE_S)).await.unwrap(), None);
    let second = take_lead(&world.db, JOB, "b", later(10 + LEASE_S)).await.unwrap().unwrap();
    assert!(second.epoch > renewed.epoch);
    assert_eq!(renew_lead(&world.db, JOB, renewed, later(26)).await.unwrap(), None);
    give_up_lead(&world.db, JOB, second, later(27)).await.unwrap();
    assert!(take_lead(&world.db, JOB, "a", later(27)).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_want_to_lead_at_once_one_does() {
    let world = World::new().await;
    let names: Vec<String> = (0..20).map(|n| format!("replica-{n}")).collect();
    let takes = names.iter().map(|name| take_lead(&world.db, JOB, name, noon()));
    let taken = futures_util::future::join_all(takes).await;
    assert_eq!(taken.into_iter().filter(|lead| lead.as_ref().unwrap().is_some()).count(), 1);
}

#[tokio::test]
async fn a_leader_that_was_overtaken_writes_nothing_more() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let view = fleet.launch(atlas, "one", noon()).await;
    fleet.world.run("UPDATE leader SET until = $1", [later(1).into()]).await;
    let next = take_lead(&fleet.world.db, JOB, "next", later(2)).await.unwrap().unwrap();
    let seen = ready(pod(atlas, view.id, 1, later(1)), later(2));
    let reports = [
        ClusterSeen::Pod(Box::new(seen.clone())),
        ClusterSeen::PodGone(Box::new(seen.clone())),
        ClusterSeen::Node(Box::new(node("new", "nvidia.com/gpu", 8))),
        ClusterSeen::Fresh { through: later(200) },
        ClusterSeen::Stale { since: later(200) },
        ClusterSeen::Snapshot { pods: vec![seen.clone()], nodes: Vec::new(), claims: Vec::new(), at: later(3) },
    ];
    for report in &reports {
        let place = (fleet.world.cluster, fleet.lead.epoch);
        let refused = record_seen(&fleet.world.db, JOB, place, report, later(100)).await;
        assert!(matches!(refused, Err(Error::NotLeading)), "{report:?}: {refused:?}");
    }
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease_fact", []).await, 0);
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM node WHERE name = 'new'", []).await, 0);
    let place = (fleet.world.cluster, next.epoch);
    record_seen(&fleet.world.db, JOB, place, &reports[0], later(4)).await.unwrap();
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease_fact", []).await, 1);
}

#[tokio::test]
async fn the_observation_moves_once_a_minute_never_back_and_at_once_after_trouble() {
    let fleet = Fleet::new().await;
    let through = "SELECT extract(epoch FROM observed_through)::bigint AS n FROM cluster_observation";
    let place = (fleet.world.cluster, fleet.lead.epoch);
    let observe =
        async |seconds| observe_through(&fleet.world.db, JOB, place, later(seconds), later(seconds)).await.unwrap();
    observe(59).await;
    assert_eq!(fleet.world.number(through, []).await, noon().as_second());
    observe(60).await;
    assert_eq!(fleet.world.number(through, []).await, later(60).as_second());
    fleet.report(ClusterSeen::Stale { since: later(70) }, later(80)).await;
    assert_eq!(fleet.world.number(through, []).await, later(70).as_second());
    fleet.report(ClusterSeen::Stale { since: later(20) }, later(81)).await;
    observe(90).await;
    assert_eq!(fleet.world.number(through, []).await, later(90).as_second());
    assert_eq!(fleet.world.number("SELECT count(trouble) AS n FROM cluster_observation", []).await, 0);
}

#[tokio::test]
async fn the_operator_sees_nodes_what_waits_and_why_and_what_is_asked() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let view = fleet.launch(atlas, "one", noon()).await;
    let mut waiting = pod(atlas, view.id, 1, later(1));
    waiting.reason = Some(InstanceReason::NoFreeGpu);
    fleet.pod(waiting, later(2)).await;
    let place = (fleet.world.cluster, fleet.lead.epoch);
    let arguments = BTreeMap::from([("objects".to_owned(), Argument::Number(61))]);
    for _ in 0..2 {
        let question = OperatorQuestion::ManyDeletions;
        ask_operator(&fleet.world.db, JOB, place, question, &arguments, later(3)).await.unwrap();
    }
    let survey = fleet.world.survey::<ReadNodes>("auditor").await;
    let open = fleet.world.db.survey(&survey, later(60)).await.unwrap();
    let seen = hall(&open, &survey).await.unwrap();
    assert_eq!((seen.clusters.len(), seen.nodes.len(), seen.questions.len()), (1, 2, 1));
    assert_eq!(seen.nodes[0].gpus[0].n_capacity, 8);
    let row = &seen.waiting[0];
    assert_eq!((row.name.as_str(), row.reason, row.since), ("one", Some(InstanceReason::NoFreeGpu), later(2)));
    assert_eq!(seen.questions[0].arguments, arguments);
}

#[tokio::test]
async fn a_question_is_answered_once_and_by_the_operator() {
    let fleet = Fleet::new().await;
    let place = (fleet.world.cluster, fleet.lead.epoch);
    let question = OperatorQuestion::RestoredDatabase;
    ask_operator(&fleet.world.db, JOB, place, question, &BTreeMap::new(), later(1)).await.unwrap();
    let survey = fleet.world.survey::<ReadNodes>("operator").await;
    let open = fleet.world.db.survey(&survey, later(2)).await.unwrap();
    let id = hall(&open, &survey).await.unwrap().questions[0].id.clone();
    drop(open);
    assert!(fleet.world.actor("auditor@hub.test").await.prove::<MaintainNodes>().is_err());
    let operator = fleet.world.survey::<MaintainNodes>("operator").await;
    let ask = AnswerQuestion { id, answer: OperatorAnswer::Keep };
    answer_question(&fleet.world.db, &operator, &ask, later(3)).await.unwrap();
    let again = AnswerQuestion { answer: OperatorAnswer::Delete, ..ask };
    let refused = answer_question(&fleet.world.db, &operator, &again, later(4)).await;
    assert!(matches!(refused, Err(Error::Conflict("question-answered"))), "{refused:?}");
    let open = fleet.world.db.work(JOB, later(5)).await.unwrap();
    let answer = answer_of_in(&open, fleet.world.cluster, question, noon()).await.unwrap();
    assert_eq!(answer, Some(OperatorAnswer::Keep));
    assert!(last_wish_seq_in(&open).await.unwrap() > 0);
}

#[tokio::test]
async fn of_a_snapshot_everything_is_recorded_that_the_database_takes_and_the_rest_once_it_does() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let mut pods = Vec::new();
    for name in ["first", "refused", "last"] {
        let view = fleet.launch(atlas, name, noon()).await;
        pods.push(ready(pod(atlas, view.id, 1, later(1)), later(2)));
    }
    // A fault of ours stands for any rule of the database that a report breaks.
    let fault =
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
                 BEGIN
                     IF EXISTS (SELECT 1 FROM lease l JOIN instance i ON i.id = l.subject_id
                                WHERE l.id = NEW.lease_id AND i.name = 'refused')
                     THEN RAISE EXCEPTION 'a fault'; END IF;
                     RETURN NEW;
                 END $$";
    world.run(fault, []).await;
    world.run("CREATE TRIGGER fault BEFORE INSERT ON lease_fact FOR EACH ROW EXECUTE FUNCTION refuse()", []).await;
    let place = (world.cluster, fleet.lead.epoch);
    let (pod_uid, nodes) = (pods[1].uid.clone(), vec![node("gpu-9", "nvidia.com/gpu", 8)]);
    let snapshot = ClusterSeen::Snapshot { pods, nodes, claims: Vec::new(), at: later(3) };
    let refused = record_what_can_be(&world.db, JOB, place, &snapshot, later(4)).await.unwrap();
    let [NotRecorded { missing, error: Error::Database(_) }] = &refused[..] else { panic!("{refused:?}") };
    assert_eq!(*missing, Missing::One(pod_uid));
    let ready = "SELECT count(DISTINCT lease_id) AS n FROM lease_fact";
    assert_eq!(world.number(ready, []).await, 2);
    assert_eq!(world.number("SELECT count(*) AS n FROM node WHERE name = 'gpu-9'", []).await, 1);
    let known = "SELECT extract(epoch FROM observed_through)::bigint AS n FROM cluster_observation";
    let through = world.number(known, []).await;
    // Whoever leads says so without knowing more.
    stop_knowing(&world.db, JOB, place, "report_refused", later(200)).await.unwrap();
    assert_eq!(world.number(known, []).await, through);
    assert_eq!(world.number("SELECT count(trouble) AS n FROM cluster_observation", []).await, 1);
    world.run("DROP TRIGGER fault ON lease_fact", []).await;
    record_seen(&world.db, JOB, place, &snapshot, later(201)).await.unwrap();
    assert_eq!(world.number(ready, []).await, 3);
    fleet.report(ClusterSeen::Fresh { through: later(201) }, later(201)).await;
    assert_eq!(world.number(known, []).await, later(201).as_second());
}
