//! Launching and changing instances on a real database: idempotency, the last wish, undo, deadlines.

use crate::fleet::{Fleet, launch, pod, ready};
use crate::world::{JOB, noon};
use domain::{
    Error,
    access::policy::{ChangeInstances, ReadInstances, ReadNodes, StopInstances},
    clusters::list_waiting,
    commands::Command,
    instances::{
        awake_in, delete_instance, expire_deadlines, instance_in, list_instances_in, record_outcome, restart_instance,
        start_instance, stop_instance, undo_delete, wish_of_in,
    },
};
use types::{
    ChangeInstance, ClusterSeen, Cursor, InstanceFilter, InstanceId, InstanceReason, InstanceView, Phase, StopInstance,
    Timestamp, Wish, WishOutcome,
};

fn change(view: &InstanceView) -> ChangeInstance {
    ChangeInstance { instance: view.id, version: None }
}

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

async fn stop(fleet: &Fleet, instance: InstanceId, now: Timestamp) -> domain::Result<InstanceView> {
    let scope = fleet.world.scope::<StopInstances>("developer@atlas.test", fleet.world.atlas).await;
    stop_instance(&fleet.world.db, &scope, &StopInstance { instance, version: None, reason: None }, now).await
}

async fn start(fleet: &Fleet, instance: InstanceId, now: Timestamp) -> domain::Result<InstanceView> {
    let scope = fleet.world.scope::<ChangeInstances>("developer@atlas.test", fleet.world.atlas).await;
    start_instance(&fleet.world.db, &scope, ChangeInstance { instance, version: None }, now).await
}

async fn look(fleet: &Fleet, instance: InstanceId, now: Timestamp) -> InstanceView {
    let scope = fleet.world.scope::<ReadInstances>("viewer@atlas.test", fleet.world.atlas).await;
    let tx = fleet.world.db.look(&scope, now).await.unwrap();
    instance_in(&tx, &scope, instance).await.unwrap().instance
}

/// The cluster has taken the instance's present wish.
async fn done(fleet: &Fleet, instance: InstanceId, now: Timestamp) {
    let open = fleet.world.db.work(JOB, now).await.unwrap();
    let wish = wish_of_in(&open, fleet.world.cluster, instance).await.unwrap().unwrap().wish;
    drop(open);
    let of = (fleet.world.atlas.id, instance, wish.wish_seq);
    record_outcome(&fleet.world.db, JOB, fleet.lead.epoch, of, &WishOutcome::Done, now).await.unwrap();
}

#[tokio::test]
async fn what_does_not_rest_is_awake_and_runs_on_only_where_the_cluster_took_that_wish() {
    let fleet = Fleet::new().await;
    let [one, waits] = [
        fleet.launch(fleet.world.atlas, "one", noon()).await,
        fleet.launch(fleet.world.atlas, "waits", later(1)).await,
    ];
    let awake = async |now| {
        let open = fleet.world.db.work(JOB, now).await.unwrap();
        let awake = awake_in(&open, fleet.world.cluster).await.unwrap();
        awake.into_iter().map(|it| (it.instance, it.is_running)).collect::<Vec<_>>()
    };
    let is_told = async |now| {
        let open = fleet.world.db.work(JOB, now).await.unwrap();
        wish_of_in(&open, fleet.world.cluster, one.id).await.unwrap().unwrap().is_told
    };
    let shown = ready(pod(fleet.world.atlas, one.id, 1, later(2)), later(3));
    fleet.pod(shown.clone(), later(3)).await;
    assert_eq!(awake(later(3)).await, [(one.id, false), (waits.id, false)]);
    assert!(!is_told(later(3)).await);
    done(&fleet, one.id, later(4)).await;
    assert_eq!(awake(later(4)).await, [(one.id, true), (waits.id, false)]);
    assert!(is_told(later(4)).await);
    stop(&fleet, one.id, later(5)).await.unwrap();
    assert_eq!(awake(later(5)).await, [(waits.id, false), (one.id, false)]);
    done(&fleet, one.id, later(6)).await;
    fleet.report(ClusterSeen::PodGone(Box::new(shown)), later(7)).await;
    assert_eq!(awake(later(7)).await, [(waits.id, false)]);
}

#[tokio::test]
async fn the_same_key_launches_once_and_another_request_with_it_is_refused() {
    let fleet = Fleet::new().await;
    let scope = fleet.developer(fleet.world.atlas).await;
    let ask = fleet.ask(fleet.world.atlas, "one");
    let first = launch(&fleet.world, &scope, ask.clone(), "key", noon()).await.unwrap();
    let again = launch(&fleet.world, &scope, ask, "key", later(5)).await.unwrap();
    assert_eq!(first, again);
    let other = launch(&fleet.world, &scope, fleet.ask(fleet.world.atlas, "other"), "key", later(6)).await;
    assert!(matches!(other, Err(Error::KeyReused)), "{other:?}");
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM instance", []).await, 1);
}

#[tokio::test]
async fn a_refused_launch_leaves_no_row_but_its_record() {
    let fleet = Fleet::new().await;
    let scope = fleet.developer(fleet.world.atlas).await;
    let too_many = types::LaunchInstance { units: 9, ..fleet.ask(fleet.world.atlas, "one") };
    let refused = launch(&fleet.world, &scope, too_many, "key", noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "units", .. })), "{refused:?}");
    let foreign = types::LaunchInstance { project: fleet.world.breton.project, ..fleet.ask(fleet.world.atlas, "two") };
    let refused = launch(&fleet.world, &scope, foreign, "other", noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "project", .. })), "{refused:?}");
    for table in ["instance", "lease", "hold", "audit WHERE verb LIKE 'instance%'"] {
        assert_eq!(fleet.world.number(&format!("SELECT count(*) AS n FROM {table}"), []).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_name_is_free_again_after_the_deletion_and_then_stands_in_the_way_of_its_undoing() {
    let fleet = Fleet::new().await;
    let scope = fleet.world.scope::<ChangeInstances>("developer@atlas.test", fleet.world.atlas).await;
    let first = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let developer = fleet.developer(fleet.world.atlas).await;
    let twice = launch(&fleet.world, &developer, fleet.ask(fleet.world.atlas, "one"), "two", noon()).await;
    assert!(matches!(&twice, Err(Error::NameTaken { name }) if name == "one"), "{twice:?}");
    let deleted = delete_instance(&fleet.world.db, &scope, change(&first), later(60)).await.unwrap();
    assert_eq!(deleted.undo_until, Some(later(60 + 24 * 3600)));
    launch(&fleet.world, &developer, fleet.ask(fleet.world.atlas, "one"), "three", later(61)).await.unwrap();
    let undone = undo_delete(&fleet.world.db, &scope, change(&first), later(62)).await;
    assert!(matches!(&undone, Err(Error::NameTaken { .. })), "{undone:?}");
}

#[tokio::test]
async fn a_deletion_is_undone_within_a_day_and_not_after() {
    let fleet = Fleet::new().await;
    let scope = fleet.world.scope::<ChangeInstances>("developer@atlas.test", fleet.world.atlas).await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    delete_instance(&fleet.world.db, &scope, change(&view), later(10)).await.unwrap();
    done(&fleet, view.id, later(11)).await;
    assert_eq!(look(&fleet, view.id, later(12)).await.phase, Phase::Deleted);
    let undone = undo_delete(&fleet.world.db, &scope, change(&view), later(24 * 3600)).await.unwrap();
    assert_eq!((undone.wish, undone.deleted_at), (Wish::Stopped, None));
    delete_instance(&fleet.world.db, &scope, change(&view), later(90_000)).await.unwrap();
    let late = undo_delete(&fleet.world.db, &scope, change(&view), later(90_000 + 24 * 3600)).await;
    assert!(matches!(late, Err(Error::Conflict("undo-too-late"))), "{late:?}");
}

#[tokio::test]
async fn billed_time_ends_with_the_click_although_the_pod_still_runs() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let view = fleet.launch(atlas, "one", noon()).await;
    let seen = ready(pod(atlas, view.id, 1, later(2)), later(20));
    fleet.pod(seen.clone(), later(21)).await;
    assert_eq!(look(&fleet, view.id, later(22)).await.phase, Phase::Running);
    let stopped = stop(&fleet, view.id, later(100)).await.unwrap();
    assert_eq!((stopped.phase, stopped.reason), (Phase::Stopping, Some(InstanceReason::StoppedByMember)));
    fleet.pod(seen.clone(), later(110)).await;
    let billed =
        "SELECT sum(extract(epoch FROM ended_at - started_at))::bigint AS n FROM usage_interval WHERE billable";
    assert_eq!(fleet.world.number(billed, []).await, 80);
    done(&fleet, view.id, later(111)).await;
    assert_eq!(look(&fleet, view.id, later(112)).await.phase, Phase::Stopping, "the pod still holds its GPU");
    fleet.report(ClusterSeen::PodGone(Box::new(seen)), later(130)).await;
    assert_eq!(look(&fleet, view.id, later(131)).await.phase, Phase::Stopped);
    assert_eq!(fleet.world.number(billed, []).await, 80);
}

#[tokio::test]
async fn the_last_wish_wins_and_what_comes_for_an_older_one_is_not_heard() {
    let fleet = Fleet::new().await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let open = fleet.world.db.work(JOB, noon()).await.unwrap();
    let first = wish_of_in(&open, fleet.world.cluster, view.id).await.unwrap().unwrap().wish;
    drop(open);
    stop(&fleet, view.id, later(1)).await.unwrap();
    let started = start(&fleet, view.id, later(2)).await.unwrap();
    assert_eq!((started.wish, started.attempt, started.phase), (Wish::Running, 2, Phase::Requested));
    let refused = WishOutcome::Refused { reason: InstanceReason::PolicyRefused, message: "old".to_owned() };
    let of = (fleet.world.atlas.id, view.id, first.wish_seq);
    record_outcome(&fleet.world.db, JOB, fleet.lead.epoch, of, &refused, later(3)).await.unwrap();
    // The pod of the first attempt is late, and does not make the second one run.
    fleet.pod(ready(pod(fleet.world.atlas, view.id, 1, later(1)), later(2)), later(4)).await;
    let now = look(&fleet, view.id, later(5)).await;
    assert_eq!((now.wish, now.phase, now.attempt), (Wish::Running, Phase::Requested, 2));
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease WHERE ended_at IS NULL", []).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_of_one_instance_at_once_leave_one_attempt_for_a_running_wish_and_none_for_another() {
    let fleet = Fleet::new().await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    for round in 1..=10 {
        let now = later(round * 10);
        let (a, b, c, d) = tokio::join!(
            stop(&fleet, view.id, now),
            start(&fleet, view.id, now),
            stop(&fleet, view.id, now.plus_seconds(1)),
            start(&fleet, view.id, now.plus_seconds(1)),
        );
        for outcome in [a, b, c, d] {
            outcome.unwrap();
        }
        let open = fleet.world.number("SELECT count(*) AS n FROM lease WHERE ended_at IS NULL", []).await;
        let wish = look(&fleet, view.id, now.plus_seconds(2)).await.wish;
        assert_eq!(open, i64::from(wish == Wish::Running), "{wish}");
    }
}

#[tokio::test]
async fn restart_begins_the_next_attempt_once_for_each_key() {
    let fleet = Fleet::new().await;
    let scope = fleet.world.scope::<ChangeInstances>("developer@atlas.test", fleet.world.atlas).await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    for _ in 0..2 {
        let command = Command::new("again", "restart_instance", &change(&view)).unwrap();
        let restarted = restart_instance(&fleet.world.db, &scope, change(&view), command, later(30)).await.unwrap();
        assert_eq!(restarted.attempt, 2);
    }
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease", []).await, 2);
}

#[tokio::test]
async fn a_change_that_names_an_older_version_changes_nothing() {
    let fleet = Fleet::new().await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let scope = fleet.world.scope::<StopInstances>("developer@atlas.test", fleet.world.atlas).await;
    fleet.pod(pod(fleet.world.atlas, view.id, 1, later(1)), later(2)).await;
    let ask = StopInstance { instance: view.id, version: Some(view.version), reason: None };
    let refused = stop_instance(&fleet.world.db, &scope, &ask, later(3)).await;
    assert!(matches!(refused, Err(Error::Changed)), "{refused:?}");
    let version = Some(look(&fleet, view.id, later(4)).await.version);
    stop_instance(&fleet.world.db, &scope, &StopInstance { version, ..ask }, later(5)).await.unwrap();
}

#[tokio::test]
async fn staff_stop_with_a_reason_that_the_customer_reads() {
    let fleet = Fleet::new().await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let scope = fleet.world.scope::<StopInstances>("operator@hub.test", fleet.world.atlas).await;
    let ask =
        |reason: Option<&str>| StopInstance { instance: view.id, version: None, reason: reason.map(str::to_owned) };
    let silent = stop_instance(&fleet.world.db, &scope, &ask(None), later(1)).await;
    assert!(matches!(silent, Err(Error::Invalid { field: "reason", .. })), "{silent:?}");
    stop_instance(&fleet.world.db, &scope, &ask(Some("rack 3 overheats")), later(2)).await.unwrap();
    let seen = look(&fleet, view.id, later(3)).await;
    assert_eq!((seen.reason, seen.note.as_deref()), (Some(InstanceReason::StoppedByStaff), Some("rack 3 overheats")));
}

#[tokio::test]
async fn a_launch_that_waited_too_long_is_given_up_so_that_it_never_starts_later() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let view = fleet.launch(atlas, "one", noon()).await;
    let mut waiting = pod(atlas, view.id, 1, later(2));
    waiting.reason = Some(InstanceReason::NoFreeGpu);
    fleet.pod(waiting, later(3)).await;
    let place = (fleet.world.cluster, fleet.lead.epoch);
    assert_eq!(expire_deadlines(&fleet.world.db, JOB, place, later(3600)).await.unwrap(), 0);
    assert_eq!(expire_deadlines(&fleet.world.db, JOB, place, later(3603)).await.unwrap(), 1);
    let seen = look(&fleet, view.id, later(3604)).await;
    assert_eq!(
        (seen.wish, seen.phase, seen.reason),
        (Wish::Stopped, Phase::Failed, Some(InstanceReason::DeadlinePassed))
    );
    assert_eq!(seen.reason_arguments.get("why"), Some(&types::Argument::from("no_free_gpu")));
    let open = fleet.world.db.work(JOB, later(3605)).await.unwrap();
    let wish = wish_of_in(&open, fleet.world.cluster, view.id).await.unwrap().unwrap().wish;
    assert_eq!(wish.pod, None);
    drop(open);
    // Started late all the same, the pod bills nothing.
    fleet.pod(ready(pod(atlas, view.id, 1, later(2)), later(3606)), later(3607)).await;
    assert_eq!(look(&fleet, view.id, later(3608)).await.phase, Phase::Failed);
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM usage_interval WHERE billable", []).await, 0);
}

#[tokio::test]
async fn what_the_cluster_will_never_take_fails_with_its_reason() {
    let fleet = Fleet::new().await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let open = fleet.world.db.work(JOB, noon()).await.unwrap();
    let wish = wish_of_in(&open, fleet.world.cluster, view.id).await.unwrap().unwrap().wish;
    drop(open);
    let of = (fleet.world.atlas.id, view.id, wish.wish_seq);
    let waits = WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, message: "timed out".to_owned() };
    record_outcome(&fleet.world.db, JOB, fleet.lead.epoch, of, &waits, later(1)).await.unwrap();
    let seen = look(&fleet, view.id, later(2)).await;
    assert_eq!((seen.phase, seen.reason), (Phase::Queued, Some(InstanceReason::ClusterUnreachable)));
    let refused = WishOutcome::Refused { reason: InstanceReason::PolicyRefused, message: "no".to_owned() };
    record_outcome(&fleet.world.db, JOB, fleet.lead.epoch, of, &refused, later(3)).await.unwrap();
    let seen = look(&fleet, view.id, later(4)).await;
    assert_eq!((seen.phase, seen.reason), (Phase::Failed, Some(InstanceReason::PolicyRefused)));
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease WHERE ended_at IS NULL", []).await, 0);
    let again = start(&fleet, view.id, later(5)).await.unwrap();
    assert_eq!((again.phase, again.reason, again.attempt), (Phase::Requested, None, 2));
}

#[tokio::test]
async fn who_waits_for_a_volume_says_so_to_customer_and_operator_for_as_long_as_it_lasts() {
    let fleet = Fleet::new().await;
    let view = fleet.launch(fleet.world.atlas, "one", noon()).await;
    let open = fleet.world.db.work(JOB, noon()).await.unwrap();
    let wish = wish_of_in(&open, fleet.world.cluster, view.id).await.unwrap().unwrap().wish;
    drop(open);
    let of = (fleet.world.atlas.id, view.id, wish.wish_seq);
    let told = "the pod in-x-1 on the node h100-01 may still write to a volume";
    let waits = WishOutcome::Waits { reason: InstanceReason::VolumeHeld, message: told.to_owned() };
    record_outcome(&fleet.world.db, JOB, fleet.lead.epoch, of, &waits, later(1)).await.unwrap();
    let seen = look(&fleet, view.id, later(2)).await;
    assert_eq!((seen.phase, seen.reason), (Phase::Queued, Some(InstanceReason::VolumeHeld)));
    let survey = fleet.world.survey::<ReadNodes>("operator").await;
    let waiting = list_waiting(&fleet.world.db.survey(&survey, later(3)).await.unwrap(), &survey).await.unwrap().items;
    let said = waiting[0].reason_arguments.get("message");
    assert_eq!((waiting[0].reason, said), (Some(InstanceReason::VolumeHeld), Some(&types::Argument::from(told))));
    let place = (fleet.world.cluster, fleet.lead.epoch);
    assert_eq!(expire_deadlines(&fleet.world.db, JOB, place, later(1800)).await.unwrap(), 0);
    for now in [1801, 3601] {
        expire_deadlines(&fleet.world.db, JOB, place, later(now)).await.unwrap();
        let seen = look(&fleet, view.id, later(now + 1)).await;
        assert_eq!((seen.phase, seen.reason), (Phase::Queued, Some(InstanceReason::VolumeHeld)));
    }
    // What then keeps it from the cluster is given up like any launch's.
    let waits = WishOutcome::Waits { reason: InstanceReason::ClusterUnreachable, message: "timed out".to_owned() };
    record_outcome(&fleet.world.db, JOB, fleet.lead.epoch, of, &waits, later(3603)).await.unwrap();
    expire_deadlines(&fleet.world.db, JOB, place, later(5401)).await.unwrap();
    let seen = look(&fleet, view.id, later(5402)).await;
    assert_eq!((seen.phase, seen.reason), (Phase::Failed, Some(InstanceReason::DeadlinePassed)));
    assert_eq!(seen.reason_arguments.get("why"), Some(&types::Argument::from("cluster_unreachable")));
}

#[tokio::test]
async fn a_pod_that_somebody_else_deletes_is_followed_by_the_next_attempt_and_not_for_ever() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let view = fleet.launch(atlas, "one", noon()).await;
    for attempt in 1..=5 {
        let now = later(i64::from(attempt) * 60);
        let seen = ready(pod(atlas, view.id, attempt, now), now.plus_seconds(5));
        fleet.pod(seen.clone(), now.plus_seconds(6)).await;
        let mut gone = seen;
        gone.deletion = Some(types::Deletion { requested_at: now.plus_seconds(15), due_at: now.plus_seconds(45) });
        gone.stage = types::PodStage::Terminating;
        fleet.pod(gone, now.plus_seconds(16)).await;
    }
    let seen = look(&fleet, view.id, later(1000)).await;
    assert_eq!((seen.phase, seen.attempt, seen.reason), (Phase::Failed, 5, Some(InstanceReason::PodDeleted)));
    let billed =
        "SELECT sum(extract(epoch FROM ended_at - started_at))::bigint AS n FROM usage_interval WHERE billable";
    assert_eq!(fleet.world.number(billed, []).await, 50);
}

#[tokio::test]
async fn a_list_gives_every_instance_once_over_its_pages_and_keeps_to_its_filter() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    for n in 0..5 {
        fleet.launch(atlas, &format!("run-{n}"), later(n)).await;
    }
    fleet.launch(fleet.world.breton, "foreign", noon()).await;
    let scope = fleet.world.scope::<ReadInstances>("viewer@atlas.test", atlas).await;
    let tx = fleet.world.db.look(&scope, later(60)).await.unwrap();
    let (mut names, mut page) = (Vec::new(), Cursor { cursor: None, limit: Some(2) });
    loop {
        let list = list_instances_in(&tx, &scope, InstanceFilter::default(), &page).await.unwrap();
        names.extend(list.items.into_iter().map(|view| view.name));
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, ["run-4", "run-3", "run-2", "run-1", "run-0"]);
    let filter = InstanceFilter { phase: Some(Phase::Running), project: None };
    assert!(list_instances_in(&tx, &scope, filter, &Cursor::default()).await.unwrap().items.is_empty());
    let wrong = Cursor { cursor: Some("run-4".to_owned()), limit: None };
    let refused = list_instances_in(&tx, &scope, InstanceFilter::default(), &wrong).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "cursor", .. })));
}

#[tokio::test]
async fn nothing_of_a_suspended_organisation_starts_however_it_is_asked_to() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let (rests, runs) = (fleet.launch(atlas, "rests", noon()).await, fleet.launch(atlas, "runs", noon()).await);
    stop(&fleet, rests.id, later(1)).await.unwrap();
    fleet.pod(ready(pod(atlas, runs.id, 1, later(2)), later(9)), later(10)).await;
    fleet.world.run("UPDATE organisation SET state = 'suspended' WHERE id = $1", [atlas.id.into()]).await;
    let suspended =
        |refused: &domain::Result<InstanceView>| matches!(refused, Err(Error::Conflict("organisation-suspended")));
    let developer = fleet.developer(atlas).await;
    let launched = launch(&fleet.world, &developer, fleet.ask(atlas, "new"), "new", later(20)).await;
    assert!(suspended(&launched), "{launched:?}");
    let started = start(&fleet, rests.id, later(20)).await;
    assert!(suspended(&started), "{started:?}");
    let scope = fleet.world.scope::<ChangeInstances>("developer@atlas.test", atlas).await;
    let command = Command::new("again", "restart_instance", &change(&runs)).unwrap();
    let restarted = restart_instance(&fleet.world.db, &scope, change(&runs), command, later(20)).await;
    assert!(suspended(&restarted), "{restarted:?}");
    // Nor does the portal by itself, where somebody took the pod away.
    let mut gone = ready(pod(atlas, runs.id, 1, later(2)), later(9));
    gone.deletion = Some(types::Deletion { requested_at: later(30), due_at: later(60) });
    gone.stage = types::PodStage::Terminating;
    fleet.pod(gone, later(31)).await;
    let seen = look(&fleet, runs.id, later(40)).await;
    assert_eq!((seen.wish, seen.phase, seen.attempt), (Wish::Stopped, Phase::Failed, 1));
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM lease WHERE ended_at IS NULL", []).await, 0);
}
