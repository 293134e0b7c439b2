//! Metering on a real database: order and number of reports, gaps, the watermark, what is left to rate, quiet hours.

use crate::fleet::{Fleet, node, pod, ready};
use crate::world::{
    JOB,
    dice::{Dice, cases},
    noon,
};
use domain::{
    access::policy::{ReadNodes, StopInstances},
    clusters::list_unconfirmed,
    instances::{record_seen, stop_instance},
    metering::{open_leases_in, unrated_in, watermark_in},
    settlement,
};
use types::{
    ClusterSeen, ContainerEnded, ContainerRuns, InstanceId, PodSeen, PodStage, Since, StopInstance, Timestamp,
};

const BILLED: &str = "SELECT coalesce(sum(extract(epoch FROM coalesce(ended_at, $1) - started_at)), 0)::bigint AS n
                      FROM usage_interval WHERE billable";

/// Leases of an instance that are not over, or whose intervals do not run from their start to their end without a hole.
const TORN: &str = "SELECT count(*) AS n FROM lease l CROSS JOIN LATERAL (
                        SELECT min(i.started_at) AS began, max(i.ended_at) AS ended, sum(i.ended_at - i.started_at) AS long,
                               bool_or(i.ended_at IS NULL) AS is_open,
                               (SELECT count(*) FROM usage_interval a JOIN usage_interval b ON b.lease_id = a.lease_id
                                AND a.id < b.id AND a.started_at < b.ended_at AND b.started_at < a.ended_at
                                WHERE a.lease_id = l.id) AS n_both
                        FROM usage_interval i WHERE i.lease_id = l.id) s
                    WHERE l.subject_id = $1 AND (l.ended_at IS NULL OR s.is_open OR s.n_both > 0
                        OR s.began IS DISTINCT FROM l.started_at OR s.ended IS DISTINCT FROM l.ended_at
                        OR s.long IS DISTINCT FROM l.ended_at - l.started_at)";

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// The container of `pod` ends at `at`.
fn crashed(mut pod: PodSeen, at: Timestamp) -> PodSeen {
    let ran = pod.container.take().unwrap();
    pod.ended = Some(ContainerEnded {
        id: ran.id,
        started_at: Some(ran.started_at),
        finished_at: at,
        exit_code: 137,
        reason: "OOMKilled".to_owned(),
    });
    pod.stage = PodStage::Unready;
    pod.ready = Some(Since { holds: false, at });
    pod
}

/// The next container of `pod` is ready at `at`.
fn restarted(mut pod: PodSeen, at: Timestamp) -> PodSeen {
    pod.restarts += 1;
    pod.container = Some(ContainerRuns { id: format!("c{}", pod.restarts), started_at: at.plus_seconds(-2) });
    pod.stage = PodStage::Ready;
    pod.ready = Some(Since { holds: true, at });
    pod
}

/// The node of `pod` renewed its lease at `sign` for the last time, which the cluster states at `at`.
fn lost(mut pod: PodSeen, sign: Timestamp, at: Timestamp) -> PodSeen {
    pod.stage = PodStage::Unready;
    pod.ready = Some(Since { holds: false, at });
    pod.node_lost_at = Some(sign);
    pod
}

/// A pod's random life: ready, crashed and ready again some times, its node silent and back; with the stretches that
/// are billed when it is looked at in second 10,000.
fn history(fleet: &Fleet, instance: InstanceId, dice: &mut Dice) -> (Vec<PodSeen>, Vec<(i64, i64)>) {
    let created = pod(fleet.world.atlas, instance, 1, later(2));
    let mut at = 10 + dice.roll(50);
    let mut now = ready(created.clone(), later(at));
    let (mut told, mut billed) = (vec![created, now.clone()], Vec::new());
    for _ in 0..dice.roll(4) {
        let lasted = 1 + dice.roll(300);
        let (from, until) = (at, at + lasted);
        if dice.roll(2) == 0 {
            let crash = crashed(now.clone(), later(until));
            at = until + 2 + dice.roll(60);
            now = restarted(crash.clone(), later(at));
            billed.push((from, until));
            told.extend([crash, now.clone()]);
        } else {
            // The node was silent for some of it before anybody stated it.
            let silent = dice.roll(lasted.min(40));
            let fault = lost(now.clone(), later(until - silent), later(until));
            at = until + 1 + dice.roll(600);
            now.ready = Some(Since { holds: true, at: later(at) });
            billed.push((from, until - silent));
            told.extend([fault, now.clone()]);
        }
    }
    billed.push((at, 10_000));
    (told, billed)
}

/// The stretches of an instance that are billed, as seconds, one after another.
async fn billed(fleet: &Fleet, instance: InstanceId) -> Vec<(i64, i64)> {
    let (subject, noon, now) = (instance.uuid(), noon(), later(10_000));
    let sql = format!(
        "SELECT extract(epoch FROM lower(r) - '{noon}'::timestamptz)::bigint AS began,
                extract(epoch FROM upper(r) - '{noon}'::timestamptz)::bigint AS ended
         FROM (SELECT unnest(range_agg(tstzrange(i.started_at, coalesce(i.ended_at, '{now}')))) AS r
               FROM usage_interval i JOIN lease l ON l.id = i.lease_id
               WHERE i.billable AND l.subject_id = '{subject}') s
         ORDER BY 1"
    );
    let rows = fleet.world.database().rows(&sql).await.unwrap();
    rows.iter().map(|row| (row["began"].as_i64().unwrap(), row["ended"].as_i64().unwrap())).collect()
}

#[tokio::test]
async fn any_order_and_number_of_reports_bills_the_same_seconds() {
    let fleet = Fleet::new().await;
    // What is stopped holds its units until its pod is gone.
    fleet.quota(fleet.world.atlas, fleet.world.h100, 1_000).await;
    let scope = fleet.world.scope::<StopInstances>("developer@atlas.test", fleet.world.atlas).await;
    for (case, mut dice) in cases() {
        let view = fleet.launch(fleet.world.atlas, case.word("order"), noon()).await;
        let (mut reports, expected) = history(&fleet, view.id, &mut dice);
        for _ in 0..dice.roll(4) {
            reports.push(dice.one_of(&reports));
        }
        dice.shuffle(&mut reports);
        for report in reports {
            fleet.pod(report, later(10_000)).await;
        }
        assert_eq!(billed(&fleet, view.id).await, expected);
        let ask = StopInstance { instance: view.id, version: None, reason: None };
        stop_instance(&fleet.world.db, &scope, &ask, later(10_000)).await.unwrap();
        assert_eq!(fleet.world.number(TORN, [view.id.into()]).await, 0, "intervals that leave a hole or overlap");
    }
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease WHERE ended_at IS NULL", []).await, 0);
}

#[tokio::test]
async fn a_fault_that_is_learnt_after_its_seconds_were_rated_stays_billed_and_is_not_lost() {
    let fleet = Fleet::new().await;
    let (atlas, day) = (fleet.world.atlas, 86_400);
    let view = fleet.launch(atlas, "one", noon()).await;
    let seen = ready(pod(atlas, view.id, 1, later(2)), later(10));
    fleet.pod(seen.clone(), later(11)).await;
    fleet.report(ClusterSeen::Fresh { through: later(day) }, later(day)).await;
    assert!(settlement::settle(&fleet.world.db, JOB, atlas.id, later(day)).await.unwrap());
    let rated = async || {
        let sql = "SELECT sum(extract(epoch FROM ended_at - started_at))::bigint AS n FROM rated_item";
        fleet.world.number(sql, []).await
    };
    let charged = day - 120 - 10;
    assert_eq!(rated().await, charged);
    // Only now is it told that the node has been silent for an hour.
    let (silent, told) = (day - 3_600, day - 3_500);
    for _ in 0..2 {
        fleet.pod(lost(seen.clone(), later(silent), later(told)), later(day + 60)).await;
    }
    assert_eq!(fleet.world.number(BILLED, [later(day + 60).into()]).await, charged);
    let stretch =
        "SELECT count(*) AS n FROM overbilled WHERE started_at = $1 AND ended_at = $2 AND reason = 'node_fault'";
    assert_eq!(fleet.world.number(stretch, [later(silent).into(), later(day - 120).into()]).await, 1);
    let audited =
        "SELECT count(*) AS n FROM audit WHERE verb = 'usage.overbilled' AND after->0->>'reason' = 'node_fault'";
    assert_eq!(fleet.world.number(audited, []).await, 1, "told twice, it is one thing");
    // Nothing after what was rated is charged, and what was charged is what the books say.
    fleet.report(ClusterSeen::Fresh { through: later(3 * day) }, later(3 * day)).await;
    settlement::settle(&fleet.world.db, JOB, atlas.id, later(3 * day)).await.unwrap();
    assert_eq!(rated().await, charged);
    fleet.world.assert_balanced().await;
}

async fn gap(fleet: &Fleet, after: impl Fn(&PodSeen) -> Vec<PodSeen>) {
    let seen = begun(fleet).await;
    gap_of(fleet, &seen, after).await;
}

async fn begun(fleet: &Fleet) -> PodSeen {
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let seen = ready(pod(fleet.world.atlas, view.id, 1, later(2)), later(10));
    fleet.pod(seen.clone(), later(11)).await;
    seen
}

async fn gap_of(fleet: &Fleet, seen: &PodSeen, after: impl Fn(&PodSeen) -> Vec<PodSeen>) {
    fleet.report(ClusterSeen::Fresh { through: later(60) }, later(60)).await;
    fleet.report(ClusterSeen::Stale { since: later(100) }, later(160)).await;
    let nodes = vec![node("h100-01", "nvidia.com/gpu", 8), node("h100-02", "nvidia.com/mig-1g.10gb", 7)];
    let snapshot = ClusterSeen::Snapshot { pods: after(seen), nodes, claims: Vec::new(), at: later(700) };
    fleet.report(snapshot, later(700)).await;
    fleet.report(ClusterSeen::Fresh { through: later(700) }, later(701)).await;
}

#[tokio::test]
async fn a_pod_that_is_there_after_the_gap_as_before_confirms_every_second_of_it() {
    let fleet = Fleet::new().await;
    gap(&fleet, |seen| vec![seen.clone()]).await;
    assert_eq!(fleet.world.number(BILLED, [later(700).into()]).await, 690);
}

#[tokio::test]
async fn a_pod_that_is_gone_after_the_gap_is_billed_to_its_start_and_the_operator_sees_the_rest() {
    let fleet = Fleet::new().await;
    gap(&fleet, |_| Vec::new()).await;
    assert_eq!(fleet.world.number(BILLED, [later(700).into()]).await, 90);
    let survey = fleet.world.survey::<ReadNodes>("operator").await;
    let open = fleet.world.db.survey(&survey, later(800)).await.unwrap();
    let seen = list_unconfirmed(&open, &survey).await.unwrap().items;
    assert_eq!((seen.len(), seen[0].started_at, seen[0].ended_at), (1, later(100), Some(later(700))));
    assert_eq!(fleet.world.number("SELECT attempt::bigint AS n FROM instance", []).await, 2, "it is started again");
}

#[tokio::test]
async fn a_pod_that_was_unready_and_ready_in_one_second_is_billed_from_there_and_to_the_start_of_a_gap() {
    let fleet = Fleet::new().await;
    let seen = begun(&fleet).await;
    fleet.pod(lost(seen.clone(), later(20), later(50)), later(51)).await;
    let back = ready(seen, later(50));
    fleet.pod(back.clone(), later(52)).await;
    gap_of(&fleet, &back, |_| Vec::new()).await;
    assert_eq!(fleet.world.number(BILLED, [later(700).into()]).await, (20 - 10) + (100 - 50));
}

#[tokio::test]
async fn another_container_after_the_gap_confirms_only_what_it_tells_of_the_first() {
    let fleet = Fleet::new().await;
    let told = |seen: &PodSeen| vec![restarted(crashed(seen.clone(), later(400)), later(450))];
    gap(&fleet, told).await;
    assert_eq!(fleet.world.number(BILLED, [later(700).into()]).await, (400 - 10) + (700 - 450));
    let other = Fleet::new().await;
    let twice = |seen: &PodSeen| {
        let second = restarted(crashed(seen.clone(), later(400)), later(450));
        vec![restarted(crashed(second, later(600)), later(650))]
    };
    gap(&other, twice).await;
    assert_eq!(other.world.number(BILLED, [later(700).into()]).await, (100 - 10) + (700 - 650));
}

#[tokio::test]
async fn money_reads_two_minutes_behind_what_every_needed_cluster_has_shown() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas.id;
    let watermark = async |now| {
        let open = fleet.world.db.work(JOB, now).await.unwrap();
        watermark_in(&open, atlas).await.unwrap()
    };
    assert_eq!(watermark(later(600)).await, later(600 - 120), "nothing of it is in any cluster");
    fleet.launch(fleet.world.atlas, "one", later(600)).await;
    assert_eq!(watermark(later(700)).await, later(-120));
    fleet.report(ClusterSeen::Fresh { through: later(900) }, later(900)).await;
    assert_eq!(watermark(later(901)).await, later(900 - 120));
    fleet.world.run("UPDATE settlement_timer SET settled_through = $1", [later(850).into()]).await;
    assert_eq!(watermark(later(902)).await, later(850), "it never goes back");
}

#[tokio::test]
async fn what_is_not_rated_is_told_once_and_seconds_explained_later_again() {
    let fleet = Fleet::new().await;
    gap(&fleet, |_| Vec::new()).await;
    let atlas = fleet.world.atlas.id;
    let tx = fleet.world.db.work_in(JOB, atlas, later(1_000)).await.unwrap();
    let left = unrated_in(&tx, later(900)).await.unwrap();
    assert_eq!((left.len(), left[0].started_at, left[0].ended_at, left[0].units), (1, later(10), later(100), 1));
    assert_eq!(open_leases_in(&tx).await.unwrap().len(), 1, "the attempt that followed");
    drop(tx);
    fleet.report(ClusterSeen::Fresh { through: later(1_100) }, later(1_100)).await;
    assert!(settlement::settle(&fleet.world.db, JOB, atlas, later(1_101)).await.unwrap());
    let tx = fleet.world.db.work_in(JOB, atlas, later(1_102)).await.unwrap();
    assert_eq!(unrated_in(&tx, later(900)).await.unwrap(), []);
    drop(tx);
    // The node is found again and its container's end with it: the gap was used after all, until then.
    let view = fleet.world.number("SELECT count(*) AS n FROM rated_item", []).await;
    assert_eq!(view, 1);
    let instance = first_instance(&fleet).await;
    let seen = ready(pod(fleet.world.atlas, instance, 1, later(2)), later(10));
    fleet.pod(crashed(seen, later(500)), later(1_200)).await;
    let tx = fleet.world.db.work_in(JOB, atlas, later(1_201)).await.unwrap();
    let left = unrated_in(&tx, later(1_000)).await.unwrap();
    assert_eq!(left.iter().map(|s| (s.started_at, s.ended_at)).collect::<Vec<_>>(), [(later(100), later(500))]);
}

async fn first_instance(fleet: &Fleet) -> InstanceId {
    let scope =
        fleet.world.scope::<domain::access::policy::ReadInstances>("viewer@atlas.test", fleet.world.atlas).await;
    let tx = fleet.world.db.look(&scope, later(2_000)).await.unwrap();
    let filter = types::InstanceFilter::default();
    let list = domain::instances::list_instances_in(&tx, &scope, filter, &types::Cursor::default()).await.unwrap();
    list.items[0].id
}

/// A thousand instances that run already, written at once.
async fn thousand(fleet: &Fleet) -> Vec<PodSeen> {
    let atlas = fleet.world.atlas;
    let running = "WITH i AS (
        INSERT INTO instance (organisation_id, id, project_id, cluster_id, name, flavour_id, units, template, image,
            environment, wish, wish_seq, applied_seq, wished_at, attempt, phase, phase_at, launched_by, launched_at)
        SELECT $1, gen_random_uuid(), $2, $3, 'run-' || n, $4, 1, 'ubuntu', 'r@sha256:' || repeat('0', 64), '{}',
            'running', n, n, $5, 1, 'running', $5, (SELECT id FROM person LIMIT 1), $5 FROM generate_series(1, 1000) n
        RETURNING id),
    l AS (
        INSERT INTO lease (organisation_id, id, subject_kind, subject_id, project_id, cluster_id, flavour_id, units,
            attempt, started_at) SELECT $1, gen_random_uuid(), 'pod', id, $2, $3, $4, 1, 1, $5 FROM i RETURNING id)
    INSERT INTO usage_interval (organisation_id, id, lease_id, started_at, billable, reason)
        SELECT $1, gen_random_uuid(), id, $5, false, 'queued' FROM l";
    let (project, cluster, flavour) = (atlas.project, fleet.world.cluster, fleet.world.h100);
    let values = [atlas.id.into(), project.into(), cluster.into(), flavour.into(), noon().into()];
    fleet.world.run(running, values).await;
    let scope = fleet.world.scope::<domain::access::policy::ReadInstances>("viewer@atlas.test", atlas).await;
    let tx = fleet.world.db.look(&scope, later(1)).await.unwrap();
    let (mut pods, mut page) = (Vec::new(), types::Cursor { cursor: None, limit: Some(200) });
    loop {
        let filter = types::InstanceFilter::default();
        let list = domain::instances::list_instances_in(&tx, &scope, filter, &page).await.unwrap();
        pods.extend(list.items.iter().map(|view| ready(pod(atlas, view.id, 1, later(2)), later(10))));
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            return pods;
        }
    }
}

#[tokio::test]
async fn a_thousand_instances_that_do_not_change_write_the_observation_and_nothing_else() {
    let fleet = Fleet::new().await;
    let pods = thousand(&fleet).await;
    assert_eq!(pods.len(), 1_000);
    // The first sighting of each is written; a lease that is not billed yet has no rate that could change.
    let facts = "INSERT INTO lease_fact (organisation_id, lease_id, kind, generation, stated_at, seen_at, container_id)
                 SELECT organisation_id, id, 'ready', 0, $1, $1, 'c0' FROM lease";
    fleet.world.run(facts, [later(10).into()]).await;
    let leases = "UPDATE lease SET pod_uid = 'uid-' || i.text || '-1', node_name = 'h100-01', pod_created_at = $1,
                      scheduled_at = $2, starting_at = $3, ready_at = $4
                  FROM (SELECT unnest($5::uuid[]) AS id, unnest($6::text[]) AS text) i WHERE lease.subject_id = i.id";
    let ids: Vec<uuid::Uuid> = pods.iter().map(|pod| pod.instance.uuid()).collect();
    let texts: Vec<String> = pods.iter().map(|pod| pod.instance.characters()).collect();
    let values = [later(2).into(), later(3).into(), later(9).into(), later(10).into(), ids.into(), texts.into()];
    fleet.world.run(leases, values).await;
    let nodes = vec![node("h100-01", "nvidia.com/gpu", 8), node("h100-02", "nvidia.com/mig-1g.10gb", 7)];
    let before = fleet.world.number("SELECT txid_current()::bigint AS n", []).await;
    for minute in 1..=60 {
        let now = later(20 + minute * 60);
        for pod in pods.iter().skip(usize::try_from(minute).unwrap()).step_by(60) {
            fleet.pod(pod.clone(), now).await;
        }
        let snapshot = ClusterSeen::Snapshot { pods: pods.clone(), nodes: nodes.clone(), claims: Vec::new(), at: now };
        let place = (fleet.world.cluster, fleet.lead.epoch);
        record_seen(&fleet.world.db, JOB, place, &snapshot, now).await.unwrap();
        fleet.report(ClusterSeen::Fresh { through: now }, now).await;
    }
    for table in
        ["instance", "lease", "lease_fact", "usage_interval", "node", "node_flavour", "settlement_timer", "audit"]
    {
        let written = format!("SELECT count(*) AS n FROM {table} WHERE xmin::text::bigint > $1");
        assert_eq!(fleet.world.number(&written, [before.into()]).await, 0, "{table}");
    }
    let observed = "SELECT extract(epoch FROM observed_through)::bigint AS n FROM cluster_observation";
    assert_eq!(fleet.world.number(observed, []).await, later(20 + 3600).as_second());
}
