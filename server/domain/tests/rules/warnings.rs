//! Letters before money ends, at its end, and before lots run out: each once, and none where there is no need any more.

use crate::fleet::{Fleet, launch, pod, ready};
use crate::world::{
    JOB, Tenant,
    credit::gift,
    dice::{Dice, cases},
    noon,
};
use domain::{
    Error,
    access::policy::{LaunchInstances, StopInstances},
    instances::{stop_for_credit, stop_instance},
    settlement::{organisations_at_zero, settle},
    warnings::{organisations_to_warn, warn},
};
use types::{ClusterSeen, GrantCredits, InstanceId, StopInstance, Timestamp};

/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;
const DAY_S: i64 = 86_400;
const DEVELOPER: &str = "developer@everywhere.test";

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// Without money, and with a cluster that is known for days ahead.
async fn poor() -> Fleet {
    let fleet = Fleet::without_money().await;
    fleet.report(ClusterSeen::Fresh { through: later(40 * DAY_S) }, later(1)).await;
    fleet.world.observe(later(40 * DAY_S)).await;
    fleet
}

/// The same where `atlas` has an hour of money and one instance, which is billed from the fifth second on.
async fn for_an_hour() -> Fleet {
    let fleet = poor().await;
    let atlas = fleet.world.atlas;
    fleet.world.top_up(atlas, "one-hour", HOUR, noon()).await.unwrap();
    let view = fleet.launch(atlas, "mine", noon()).await;
    fleet.pod(ready(pod(atlas, view.id, 1, later(2)), later(5)), later(5)).await;
    fleet
}

async fn is_to_be_warned(fleet: &Fleet, tenant: Tenant, now: Timestamp) -> bool {
    let open = fleet.world.db.work(JOB, now).await.unwrap();
    organisations_to_warn(&open, now).await.unwrap().contains(&tenant.id)
}

async fn warned(fleet: &Fleet, tenant: Tenant, now: Timestamp) -> usize {
    warn(&fleet.world.db, JOB, tenant.id, now).await.unwrap()
}

async fn letters(fleet: &Fleet, kind: &str) -> i64 {
    fleet.world.number("SELECT count(*) AS n FROM outbox WHERE kind = $1", [kind.into()]).await
}

/// How many letters of the kind say this, and are of use until then.
async fn saying(fleet: &Fleet, kind: &str, (fact, said): (&str, &str), until: Timestamp) -> i64 {
    let sql = "SELECT count(*) AS n FROM outbox WHERE kind = $1 AND payload ->> $2 = $3 AND useful_until = $4";
    fleet.world.number(sql, [kind.into(), fact.into(), said.into(), until.into()]).await
}

async fn episodes(fleet: &Fleet) -> i64 {
    fleet.world.number("SELECT count(DISTINCT episode) AS n FROM money_notice", []).await
}

#[tokio::test]
async fn half_an_hour_and_ten_minutes_before_zero_and_at_it_one_letter_goes_to_each_who_looks_after_the_money() {
    let fleet = for_an_hour().await;
    let (db, atlas) = (&fleet.world.db, fleet.world.atlas);
    assert!(!is_to_be_warned(&fleet, atlas, later(1_804)).await);
    assert!(is_to_be_warned(&fleet, atlas, later(1_805)).await);
    // Of workers at once one tells.
    let workers = (0..8).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { warn(&db, JOB, atlas.id, later(1_805)).await.unwrap() })
    });
    let mut n_told = 0;
    for worker in workers.collect::<Vec<_>>() {
        n_told += worker.await.unwrap();
    }
    // To the owner, the admin and billing, for as long as there is money.
    assert_eq!((n_told, letters(&fleet, "money-low").await), (1, 3));
    assert_eq!(saying(&fleet, "money-low", ("step", "m30"), later(3_605)).await, 3);
    settle(db, JOB, atlas.id, later(2_000)).await.unwrap();
    assert!(!is_to_be_warned(&fleet, atlas, later(3_004)).await);
    assert_eq!(warned(&fleet, atlas, later(3_004)).await, 0);
    assert!(is_to_be_warned(&fleet, atlas, later(3_005)).await);
    assert_eq!(warned(&fleet, atlas, later(3_005)).await, 1);
    assert_eq!(saying(&fleet, "money-low", ("step", "m10"), later(3_605)).await, 3);
    assert_eq!(warned(&fleet, atlas, later(3_604)).await, 0);
    assert_eq!(stop_for_credit(db, JOB, atlas.id, later(3_604)).await.unwrap(), 0);
    assert_eq!(letters(&fleet, "money-out").await, 0);
    for _ in 0..2 {
        stop_for_credit(db, JOB, atlas.id, later(3_605)).await.unwrap();
    }
    assert_eq!(saying(&fleet, "money-out", ("names", "mine"), later(3_605 + 2 * DAY_S)).await, 3);
    assert_eq!((letters(&fleet, "money-low").await, letters(&fleet, "money-out").await), (6, 3));
    assert!(!is_to_be_warned(&fleet, atlas, later(9_000)).await);
    assert_eq!(episodes(&fleet).await, 1);
}

#[tokio::test]
async fn a_top_up_ends_the_warnings_until_its_money_ends_too_and_a_little_one_changes_nothing() {
    let fleet = for_an_hour().await;
    let atlas = fleet.world.atlas;
    assert_eq!(warned(&fleet, atlas, later(1_805)).await, 1);
    fleet.world.top_up(atlas, "another-hour", HOUR, later(1_900)).await.unwrap();
    for now in [1_901, 3_005, 3_605, 5_404] {
        assert!(!is_to_be_warned(&fleet, atlas, later(now)).await, "{now}");
        assert_eq!(warned(&fleet, atlas, later(now)).await, 0, "{now}");
    }
    assert_eq!(warned(&fleet, atlas, later(5_405)).await, 1);
    assert_eq!(episodes(&fleet).await, 2);
    // A hundred seconds more: zero is 1,805 away, which is no end of it.
    fleet.world.top_up(atlas, "a-little", HOUR / 36, later(5_500)).await.unwrap();
    assert_eq!(warned(&fleet, atlas, later(5_505)).await, 0);
    assert_eq!(warned(&fleet, atlas, later(6_705)).await, 1);
    assert_eq!((episodes(&fleet).await, letters(&fleet, "money-low").await), (2, 9));
}

#[tokio::test]
async fn where_the_first_warning_was_missed_the_second_is_written_alone() {
    let fleet = for_an_hour().await;
    let atlas = fleet.world.atlas;
    for n_told in [1, 0] {
        assert_eq!(warned(&fleet, atlas, later(3_200)).await, n_told);
    }
    assert_eq!(saying(&fleet, "money-low", ("step", "m10"), later(3_605)).await, 3);
    assert_eq!(letters(&fleet, "money-low").await, 3);
}

#[tokio::test]
async fn a_lot_is_told_of_thirty_seven_and_one_days_before_its_end_while_something_is_left_of_it() {
    let fleet = poor().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let until = |days| Some(later(days * DAY_S));
    let lot =
        |name: &str, days| GrantCredits { name: name.to_owned(), expires_at: until(days), ..gift(atlas, 5_000_000) };
    world.grant(atlas, "long", lot("Long", 60), noon()).await.unwrap();
    let undone = world.grant(atlas, "undone", lot("Undone", 61), noon()).await.unwrap();
    world.grant(atlas, "short", lot("Short", 5), noon()).await.unwrap();
    world.grant(atlas, "endless", gift(atlas, 5_000_000), noon()).await.unwrap();
    world.undo(atlas, "undo", undone.id, later(DAY_S)).await.unwrap();
    for (day, lot, step, end) in [(4, "Short", "lot_1", 5), (30, "Long", "lot_30", 60), (53, "Long", "lot_7", 60)] {
        let now = later(day * DAY_S);
        assert!(!is_to_be_warned(&fleet, atlas, now.plus_seconds(-1)).await, "before day {day}");
        assert!(is_to_be_warned(&fleet, atlas, now).await, "day {day}");
        for n_told in [1, 0] {
            assert_eq!(warned(&fleet, atlas, now).await, n_told, "day {day}");
        }
        assert!(!is_to_be_warned(&fleet, atlas, now).await, "after day {day}");
        let sql = "SELECT count(*) AS n FROM outbox WHERE kind = 'lot-ending' AND payload ->> 'lot' = $1
                   AND payload ->> 'step' = $2 AND payload ->> 'left' = '5000000 MAD' AND useful_until = $3";
        let values = [lot.into(), step.into(), later(end * DAY_S).into()];
        assert_eq!(world.number(sql, values).await, 3, "day {day}");
    }
    assert_eq!(warned(&fleet, atlas, later(59 * DAY_S)).await, 1);
    assert!(!is_to_be_warned(&fleet, atlas, later(90 * DAY_S)).await);
    assert_eq!(letters(&fleet, "lot-ending").await, 12);
}

/// What happens to the money of one tenant.
struct Life<'a> {
    fleet: &'a Fleet,
    tenant: Tenant,
    running: Vec<InstanceId>,
    n: i64,
    now: Timestamp,
}

impl Life<'_> {
    fn word(&mut self) -> String {
        self.n += 1;
        format!("{}-{}", self.tenant.slug, self.n)
    }

    async fn top_up(&mut self, micros: i64) {
        let reference = self.word();
        self.fleet.world.top_up(self.tenant, &reference, micros, self.now).await.unwrap();
    }

    async fn launch(&mut self) {
        let (fleet, name) = (self.fleet, self.word());
        let scope = fleet.world.scope::<LaunchInstances>(DEVELOPER, self.tenant).await;
        match launch(&fleet.world, &scope, fleet.ask(self.tenant, &name), &name, self.now).await {
            Ok(view) => {
                let (made, ready_at) = (self.now.plus_seconds(1), self.now.plus_seconds(5));
                fleet.pod(ready(pod(self.tenant, view.id, 1, made), ready_at), ready_at).await;
                self.now = ready_at;
                self.running.push(view.id);
            }
            Err(error) => assert!(matches!(error, Error::InsufficientCredit { .. }), "{error:?}"),
        }
    }

    async fn stop(&mut self) {
        let Some(instance) = self.running.pop() else { return };
        let scope = self.fleet.world.scope::<StopInstances>(DEVELOPER, self.tenant).await;
        let ask = StopInstance { instance, version: None, reason: None };
        stop_instance(&self.fleet.world.db, &scope, &ask, self.now).await.unwrap();
    }

    /// What the worker does each second.
    async fn chores(&self) {
        let (db, tenant) = (&self.fleet.world.db, self.tenant.id);
        let open = db.work(JOB, self.now).await.unwrap();
        let is_at_zero = organisations_at_zero(&open, self.now).await.unwrap().contains(&tenant);
        drop(open);
        if is_at_zero {
            stop_for_credit(db, JOB, tenant, self.now).await.unwrap();
        }
        if is_to_be_warned(self.fleet, self.tenant, self.now).await {
            warned(self.fleet, self.tenant, self.now).await;
        }
    }

    /// How many of these steps were told in all.
    async fn told(&self, steps: &str) -> i64 {
        let sql = "SELECT count(*) AS n FROM money_notice
                   WHERE organisation_id = $1 AND step = ANY (string_to_array($2, ' '))";
        self.fleet.world.number(sql, [self.tenant.id.into(), steps.into()]).await
    }

    /// Whether the last step told in the running episode is one of these.
    async fn stands_at(&self, steps: &str) -> bool {
        let sql = "SELECT count(*) AS n FROM settlement_timer
                   WHERE organisation_id = $1 AND warned = ANY (string_to_array($2, ' '))";
        self.fleet.world.number(sql, [self.tenant.id.into(), steps.into()]).await == 1
    }

    /// Has the worker look, twice, and holds what it told to what the wallet says.
    async fn look(&self) {
        let before = self.told("m30 m10").await;
        self.chores().await;
        let (warnings, all) = (self.told("m30 m10").await, self.told("m30 m10 zero").await);
        self.chores().await;
        assert_eq!(self.told("m30 m10 zero").await, all, "who looks again has nothing to tell");
        assert!(warnings - before <= 1);
        let wallet = self.fleet.world.wallet(self.tenant, self.now).await;
        let left = wallet.empty_at.map(|zero| zero.seconds_since(self.now));
        // A prediction from another second may be one off.
        match left {
            Some(..=-2) => panic!("it runs without money"),
            Some(-1..=0) => {}
            Some(1..=598) => assert!(self.stands_at("m10").await, "{left:?} s left"),
            Some(599..=1_798) => assert!(self.stands_at("m30 m10").await, "{left:?} s left"),
            Some(1_799..=1_802) => {}
            Some(_) | None => assert_eq!(warnings, before, "{left:?} s left"),
        }
    }
}

async fn happens(life: &mut Life<'_>, dice: &mut Dice) {
    match dice.roll(8) {
        0 => life.top_up(HOUR / 4 + dice.roll(HOUR)).await,
        1 => life.launch().await,
        2 => life.stop().await,
        _ => life.now = life.now.plus_seconds(1 + dice.roll(900)),
    }
    if dice.roll(4) == 0 {
        settle(&life.fleet.world.db, JOB, life.tenant.id, life.now).await.unwrap();
    }
}

#[tokio::test]
async fn whatever_happens_each_step_is_told_once_in_an_episode_in_order_and_nobody_comes_near_zero_untold() {
    let fleet = poor().await;
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("low")).await;
        fleet.quota(tenant, fleet.world.h100, 32).await;
        let mut life = Life { fleet: &fleet, tenant, running: Vec::new(), n: 0, now: later(10) };
        life.top_up(HOUR + dice.roll(HOUR)).await;
        life.launch().await;
        for _ in 0..14 {
            happens(&mut life, &mut dice).await;
            life.look().await;
        }
        let disorder = "SELECT count(*) AS n FROM money_notice a JOIN money_notice b USING (organisation_id, episode)
                        WHERE organisation_id = $1 AND a.at >= b.at
                        AND array_position(ARRAY['m30', 'm10', 'zero'], a.step)
                            < array_position(ARRAY['m30', 'm10', 'zero'], b.step)";
        assert_eq!(fleet.world.number(disorder, [tenant.id.into()]).await, 0);
    }
    for step in ["m30", "m10", "zero"] {
        let sql = "SELECT count(*) AS n FROM money_notice WHERE step = $1";
        assert!(fleet.world.number(sql, [step.into()]).await > 0, "no case came to {step}");
    }
    fleet.world.assert_balanced().await;
}
