//! Volumes: made, mounted, billed while bound, kept from their lifeboat, and ended only after three notices.

mod grown;

use crate::fleet::{Fleet, launch, pod, ready};
use crate::world::{JOB, Tenant, dice::cases, noon};
use domain::{
    Error,
    access::policy::{ChangeInstances, LaunchInstances, ReadInstances},
    commands::Command,
    instances::{delete_instance, stop_for_credit},
    settlement::settle,
    volumes::{
        STORAGE, delete_volume, freeze_for_credit, make_volume, record_volume_outcome, release_due, tend_frozen,
        undo_delete_volume, volume_in, volume_wish_of_in,
    },
};
use types::{
    ChangeInstance, ChangeVolume, ClaimPhase, ClaimSeen, ClusterSeen, InstanceReason, LaunchInstance, MakeVolume,
    Timestamp, VolumeId, VolumePhase, VolumeView, WishOutcome,
};

const DAY_S: i64 = 86_400;
/// Gross price of 100 GB for an hour: 1,000 micros a gigabyte and 20 % tax.
const HOUR: i64 = 120_000;
/// What is set aside for 100 GB: seven days.
const LIFEBOAT: i64 = 7 * 24 * HOUR;

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// A fleet that sells storage, of which everything is observed for months.
async fn store() -> Fleet {
    let fleet = Fleet::without_money().await;
    fleet.world.price(STORAGE, "MAD", 1, 1_000, noon().plus_seconds(-3_600)).await;
    fleet.quota(fleet.world.atlas, STORAGE, 1_000).await;
    fleet.report(ClusterSeen::Fresh { through: later(90 * DAY_S) }, later(1)).await;
    fleet.world.observe(later(90 * DAY_S)).await;
    fleet
}

async fn make(fleet: &Fleet, tenant: Tenant, email: &str, name: &str, size_gb: u32) -> domain::Result<VolumeView> {
    let scope = fleet.world.scope::<LaunchInstances>(email, tenant).await;
    let ask = MakeVolume { project: tenant.project, name: name.to_owned(), size_gb };
    let command = Command::new(&format!("{}-{name}-{size_gb}", tenant.slug), "make_volume", &ask)?;
    make_volume(&fleet.world.db, &scope, ask, command, noon()).await
}

/// A volume of `atlas` with 100 GB.
async fn data(fleet: &Fleet) -> VolumeView {
    make(fleet, fleet.world.atlas, "developer@atlas.test", "data", 100).await.unwrap()
}

fn claim(tenant: Tenant, volume: VolumeId, phase: ClaimPhase, gigabytes: i64) -> ClaimSeen {
    ClaimSeen {
        organisation: tenant.id,
        volume,
        wish_seq: 1,
        uid: format!("uid-{}", volume.characters()),
        phase,
        wanted_gb: gigabytes,
        capacity_gb: if phase == ClaimPhase::Bound { gigabytes } else { 0 },
        created_at: later(1),
        is_ending: false,
    }
}

/// The claim is bound with so many gigabytes from an instant on.
async fn bind(fleet: &Fleet, tenant: Tenant, volume: VolumeId, gigabytes: i64, now: Timestamp) {
    let seen = claim(tenant, volume, ClaimPhase::Bound, gigabytes);
    fleet.report(ClusterSeen::Claim(Box::new(seen)), now).await;
}

async fn change(fleet: &Fleet) -> domain::access::Scope<ChangeInstances> {
    fleet.world.scope("developer@atlas.test", fleet.world.atlas).await
}

fn which(view: &VolumeView) -> ChangeVolume {
    ChangeVolume { volume: view.id, version: None }
}

async fn seen(fleet: &Fleet, id: VolumeId, now: Timestamp) -> VolumeView {
    let scope = fleet.world.scope::<ReadInstances>("developer@atlas.test", fleet.world.atlas).await;
    volume_in(&fleet.world.db.look(&scope, now).await.unwrap(), &scope, id).await.unwrap()
}

/// The cluster has answered to the volume's present wish.
async fn answered(fleet: &Fleet, id: VolumeId, outcome: WishOutcome, now: Timestamp) {
    let open = fleet.world.db.work(JOB, now).await.unwrap();
    let wish = volume_wish_of_in(&open, fleet.world.cluster, id).await.unwrap().unwrap();
    drop(open);
    record_volume_outcome(&fleet.world.db, JOB, fleet.lead.epoch, (&wish, false), &outcome, now).await.unwrap();
}

/// Seconds that are billed of all leases of volumes, each times its gigabytes.
async fn billed(fleet: &Fleet, now: Timestamp) -> i64 {
    let sql =
        "SELECT coalesce(sum(extract(epoch FROM coalesce(i.ended_at, $1) - i.started_at) * l.units), 0)::bigint AS n
               FROM usage_interval i JOIN lease l ON l.id = i.lease_id WHERE i.billable AND l.subject_kind = 'volume'";
    fleet.world.number(sql, [now.into()]).await
}

#[tokio::test]
async fn a_volume_is_billed_by_the_gigabyte_from_when_it_is_bound_to_its_deletion() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let view = data(&fleet).await;
    let wallet = fleet.world.wallet(fleet.world.atlas, later(1)).await;
    assert_eq!((wallet.held.micros, view.phase), (LIFEBOAT, VolumePhase::Requested));
    let pending = claim(fleet.world.atlas, view.id, ClaimPhase::Pending, 100);
    fleet.report(ClusterSeen::Claim(Box::new(pending)), later(10)).await;
    bind(&fleet, fleet.world.atlas, view.id, 100, later(60)).await;
    assert_eq!(seen(&fleet, view.id, later(61)).await.phase, VolumePhase::Bound);
    delete_volume(&fleet.world.db, &change(&fleet).await, which(&view), later(60 + 7_200)).await.unwrap();
    assert_eq!(billed(&fleet, later(9_000)).await, 100 * 7_200);
    assert!(settle(&fleet.world.db, JOB, fleet.world.atlas.id, later(9_000)).await.unwrap());
    let wallet = fleet.world.wallet(fleet.world.atlas, later(9_001)).await;
    assert_eq!((wallet.balance.micros, wallet.held.micros), (10 * LIFEBOAT - 2 * HOUR, 0));
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn a_volume_that_is_refused_leaves_no_row() {
    let fleet = store().await;
    let (atlas, who) = (fleet.world.atlas, "developer@atlas.test");
    let poor = make(&fleet, atlas, who, "poor", 100).await;
    assert!(matches!(poor, Err(Error::InsufficientCredit { .. })), "{poor:?}");
    fleet.top_up(atlas, LIFEBOAT).await;
    let large = make(&fleet, atlas, who, "large", 1_001).await;
    assert!(matches!(large, Err(Error::QuotaExceeded { left: 1_000, .. })), "{large:?}");
    let foreign = Tenant { project: fleet.world.breton.project, ..atlas };
    let foreign = make(&fleet, foreign, who, "foreign", 1).await;
    assert!(matches!(foreign, Err(Error::Invalid { field: "project", .. })), "{foreign:?}");
    for table in ["volume", "lease", "hold", "audit WHERE verb LIKE 'volume%'"] {
        assert_eq!(fleet.world.number(&format!("SELECT count(*) AS n FROM {table}"), []).await, 0, "{table}");
    }
    data(&fleet).await;
    let twice = make(&fleet, atlas, who, "data", 1).await;
    assert!(matches!(&twice, Err(Error::NameTaken { name }) if name == "data"), "{twice:?}");
}

#[tokio::test]
async fn one_instance_at_a_time_mounts_a_volume() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 1_000_000_000).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    let scope = fleet.developer(atlas).await;
    let ask = |name: &str| LaunchInstance { volumes: vec![view.id], ..fleet.ask(atlas, name) };
    let first = launch(&fleet.world, &scope, ask("one"), "one", later(5)).await.unwrap();
    assert_eq!(seen(&fleet, view.id, later(6)).await.instance, Some(first.id));
    let second = launch(&fleet.world, &scope, ask("two"), "two", later(6)).await;
    assert!(matches!(second, Err(Error::Conflict("volume-in-use"))), "{second:?}");
    let deleted = delete_volume(&fleet.world.db, &change(&fleet).await, which(&view), later(7)).await;
    assert!(matches!(deleted, Err(Error::Conflict("volume-in-use"))), "{deleted:?}");
    // Until its pod is gone it may still write.
    let mine = pod(atlas, first.id, 1, later(6));
    fleet.pod(mine.clone(), later(7)).await;
    let ask_delete = ChangeInstance { instance: first.id, version: None };
    delete_instance(&fleet.world.db, &change(&fleet).await, ask_delete, later(8)).await.unwrap();
    let early = launch(&fleet.world, &scope, ask("three"), "three", later(9)).await;
    assert!(matches!(early, Err(Error::Conflict("volume-in-use"))), "{early:?}");
    fleet.report(ClusterSeen::PodGone(Box::new(mine)), later(10)).await;
    let wishes = "SELECT count(*) AS n FROM instance WHERE phase = 'stopping'";
    if fleet.world.number(wishes, []).await == 0 {
        launch(&fleet.world, &scope, ask("four"), "four", later(11)).await.unwrap();
    }
}

#[tokio::test]
async fn a_deletion_is_taken_back_within_a_day_and_the_claim_goes_only_afterwards() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    let scope = change(&fleet).await;
    let is_gone = async |now| {
        let open = fleet.world.db.work(JOB, now).await.unwrap();
        volume_wish_of_in(&open, fleet.world.cluster, view.id).await.unwrap().is_some_and(|wish| wish.is_gone)
    };
    delete_volume(&fleet.world.db, &scope, which(&view), later(100)).await.unwrap();
    undo_delete_volume(&fleet.world.db, &scope, which(&view), later(200)).await.unwrap();
    assert_eq!(billed(&fleet, later(300)).await, 100 * (40 + 100), "what nobody had is not billed");
    delete_volume(&fleet.world.db, &scope, which(&view), later(300)).await.unwrap();
    release_due(&fleet.world.db, JOB, later(300 + DAY_S - 1)).await.unwrap();
    assert!(!is_gone(later(300 + DAY_S - 1)).await);
    let late = undo_delete_volume(&fleet.world.db, &scope, which(&view), later(300 + DAY_S)).await;
    assert!(matches!(late, Err(Error::Conflict("undo-too-late"))), "{late:?}");
    release_due(&fleet.world.db, JOB, later(300 + DAY_S)).await.unwrap();
    assert!(is_gone(later(300 + DAY_S)).await);
    let now = later(301 + DAY_S);
    let gone = ClusterSeen::ClaimGone(Box::new(claim(atlas, view.id, ClaimPhase::Bound, 100)));
    fleet.report(gone, now).await;
    let phase = "SELECT count(*) AS n FROM volume WHERE phase = 'deleted'";
    assert_eq!(fleet.world.number(phase, []).await, 1);
}

#[tokio::test]
async fn a_claim_that_is_missing_after_a_gap_is_billed_no_longer_than_it_was_seen_and_never_replaced() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    let observed = "UPDATE cluster_observation SET observed_through = $1";
    fleet.world.run(observed, [later(160).into()]).await;
    let snapshot = ClusterSeen::Snapshot { pods: Vec::new(), nodes: Vec::new(), claims: Vec::new(), at: later(500) };
    fleet.report(snapshot, later(500)).await;
    assert_eq!(billed(&fleet, later(900)).await, 100 * 100);
    assert_eq!(seen(&fleet, view.id, later(501)).await.phase, VolumePhase::Lost);
    let open = fleet.world.db.work(JOB, later(501)).await.unwrap();
    assert_eq!(volume_wish_of_in(&open, fleet.world.cluster, view.id).await.unwrap(), None);
}

#[tokio::test]
async fn another_claim_of_its_name_is_never_taken_for_the_volumes_own() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    let own = claim(atlas, view.id, ClaimPhase::Bound, 100);
    fleet.report(ClusterSeen::ClaimGone(Box::new(own.clone())), later(160)).await;
    for now in [200, 300] {
        let other = ClaimSeen { uid: "another".to_owned(), ..own.clone() };
        fleet.report(ClusterSeen::Claim(Box::new(other)), later(now)).await;
        assert_eq!(seen(&fleet, view.id, later(now + 1)).await.phase, VolumePhase::Lost);
    }
    assert_eq!(billed(&fleet, later(900)).await, 100 * 100);
}

#[tokio::test]
async fn storage_that_is_away_is_not_billed_until_it_is_back() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    for now in [160, 200] {
        let away = claim(atlas, view.id, ClaimPhase::Lost, 100);
        fleet.report(ClusterSeen::Claim(Box::new(away)), later(now)).await;
        assert_eq!(seen(&fleet, view.id, later(now + 1)).await.phase, VolumePhase::Lost);
    }
    bind(&fleet, atlas, view.id, 100, later(260)).await;
    assert_eq!(seen(&fleet, view.id, later(261)).await.phase, VolumePhase::Bound);
    assert_eq!(billed(&fleet, later(360)).await, 100 * (100 + 100));
}

#[tokio::test]
async fn what_the_cluster_said_of_a_wish_that_waits_is_kept() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, LIFEBOAT).await;
    let view = data(&fleet).await;
    let reason = InstanceReason::ClusterUnreachable;
    answered(&fleet, view.id, WishOutcome::Waits { reason, message: "away".to_owned() }, later(2)).await;
    let waiting = seen(&fleet, view.id, later(3)).await;
    assert_eq!((waiting.reason, waiting.message.as_deref()), (Some(reason), Some("away")));
    answered(&fleet, view.id, WishOutcome::Done, later(4)).await;
    let done = seen(&fleet, view.id, later(5)).await;
    assert_eq!((done.reason, done.message), (None, None));
}

#[tokio::test]
async fn compute_stops_before_it_takes_what_a_volume_lives_from() {
    let fleet = store().await;
    let atlas = fleet.world.atlas;
    // A start of one GPU, two hours of it, and the lifeboat.
    fleet.top_up(atlas, LIFEBOAT + 2 * 36_000_000).await;
    let view = data(&fleet).await;
    bind(&fleet, atlas, view.id, 100, later(0)).await;
    let instance = fleet.launch(atlas, "train", later(0)).await;
    fleet.pod(ready(pod(atlas, instance.id, 1, later(0)), later(0)), later(1)).await;
    let zero = fleet.world.wallet(atlas, later(2)).await.empty_at.unwrap();
    // The volume itself is paid from the rest while compute runs.
    let seconds = zero.seconds_since(later(0));
    assert!((7_150..=7_200).contains(&seconds), "{seconds}");
    assert_eq!(stop_for_credit(&fleet.world.db, JOB, atlas.id, zero.plus_seconds(1)).await.unwrap(), 1);
    assert_eq!(freeze_for_credit(&fleet.world.db, JOB, atlas.id, zero.plus_seconds(2)).await.unwrap(), 0);
    let lives = fleet.world.wallet(atlas, zero.plus_seconds(3)).await.empty_at.unwrap();
    let days = lives.seconds_since(zero);
    assert!((7 * DAY_S - 600..=7 * DAY_S + 600).contains(&days), "{days}");
    assert_eq!(freeze_for_credit(&fleet.world.db, JOB, atlas.id, lives.plus_seconds(-60)).await.unwrap(), 0);
    assert_eq!(freeze_for_credit(&fleet.world.db, JOB, atlas.id, lives.plus_seconds(1)).await.unwrap(), 1);
    assert!(seen(&fleet, view.id, lives.plus_seconds(2)).await.frozen_at.is_some());
}

/// A tenant whose one volume was frozen and told of three times; when it ends.
async fn told(fleet: &Fleet, tenant: Tenant) -> (VolumeId, Timestamp) {
    fleet.quota(tenant, STORAGE, 1_000).await;
    fleet.world.top_up(tenant, tenant.slug, LIFEBOAT, noon()).await.unwrap();
    let view = make(fleet, tenant, "developer@everywhere.test", "data", 100).await.unwrap();
    bind(fleet, tenant, view.id, 100, later(60)).await;
    let frozen = later(60 + 7 * DAY_S + 60);
    assert_eq!(freeze_for_credit(&fleet.world.db, JOB, tenant.id, frozen).await.unwrap(), 1);
    settle(&fleet.world.db, JOB, tenant.id, frozen.plus_seconds(600)).await.unwrap();
    for days in [15, 16, 23, 29] {
        let now = frozen.plus_seconds(days * DAY_S);
        assert_eq!(tend_frozen(&fleet.world.db, JOB, tenant.id, now).await.unwrap(), (0, 0), "day {days}");
    }
    let early = frozen.plus_seconds(30 * DAY_S - 1);
    assert_eq!(tend_frozen(&fleet.world.db, JOB, tenant.id, early).await.unwrap(), (0, 0));
    (view.id, frozen.plus_seconds(30 * DAY_S))
}

#[tokio::test]
async fn nothing_is_deleted_if_the_balance_recovered() {
    let fleet = store().await;
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("frozen")).await;
        let (id, end) = told(&fleet, tenant).await;
        let tend = async || tend_frozen(&fleet.world.db, JOB, tenant.id, end).await;
        let pays = async || {
            let reference = format!("{}-again", tenant.slug);
            fleet.world.top_up(tenant, &reference, 2 * LIFEBOAT, end).await
        };
        let (thawed, gone) = match dice.roll(3) {
            0 => {
                pays().await.unwrap();
                let came = tend().await.unwrap();
                assert_eq!(came, (1, 0), "money that had come keeps it");
                came
            }
            1 => {
                let came = tend().await.unwrap();
                assert_eq!(came, (0, 1), "nobody paid");
                pays().await.unwrap();
                came
            }
            _ => {
                let (paid, came) = tokio::join!(pays(), tend());
                paid.unwrap();
                came.unwrap()
            }
        };
        assert_eq!(thawed + gone, 1);
        let n = async |sql: &str| fleet.world.number(sql, [tenant.id.into(), id.into()]).await;
        let lease =
            "SELECT count(*) AS n FROM lease WHERE organisation_id = $1 AND subject_id = $2 AND ended_at IS NULL";
        assert_eq!(n(lease).await, i64::try_from(thawed).unwrap(), "one that is kept is billed, and no other");
        let gone_rows = "SELECT count(*) AS n FROM volume
                         WHERE organisation_id = $1 AND id = $2 AND wish = 'gone' AND frozen_at IS NOT NULL";
        assert_eq!(n(gone_rows).await, i64::try_from(gone).unwrap());
        let notices = "SELECT count(*) AS n FROM volume_notice WHERE organisation_id = $1 AND volume_id = $2";
        assert_eq!(n(notices).await, 3);
    }
    fleet.world.assert_balanced().await;
}
