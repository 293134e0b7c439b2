//! When money ends: what is spent beyond it is bounded by the time it takes to stop, and nothing runs afterwards.

use crate::fleet::{Fleet, launch, pod, ready};
use crate::world::{
    JOB, Tenant,
    credit::gift,
    dice::{Dice, cases},
    noon,
};
use domain::{
    Error,
    access::policy::{ChangeInstances, LaunchInstances},
    instances::{start_instance, stop_for_credit},
    settlement::{organisations_at_zero, settle},
};
use types::{
    Amount, ChangeInstance, ClusterSeen, GrantCredits, InstanceView, LaunchInstance, LotKind, RecordTransfer, Timestamp,
};

/// The gross price of an H100 for a second, in micro-units.
const SECOND: i64 = 10_000;

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// Money that covers a start of one GPU at least, and up to two lots of any kind; how many lots.
async fn endow(fleet: &Fleet, tenant: Tenant, dice: &mut Dice) -> i64 {
    let reference = tenant.slug.to_owned();
    let amount = types::Money { micros: 3_600 * SECOND + dice.roll(200_000_000), currency: tenant.currency };
    let ask = RecordTransfer { reference, amount };
    fleet.world.top_up(tenant, &ask.reference, ask.amount.micros, noon()).await.unwrap();
    let n_lots = dice.roll(3);
    for n in 0..n_lots {
        let amount = match dice.roll(2) {
            0 => Amount::Money(types::Money { micros: 1 + dice.roll(40_000_000), currency: tenant.currency }),
            _ => Amount::GpuSeconds { flavour: fleet.world.h100, seconds: 1 + dice.roll(5_000) },
        };
        let kind = dice.one_of(&[LotKind::Promo, LotKind::Sponsored]);
        let expires_at = (dice.roll(2) == 0).then(|| later(4_000 + dice.roll(9_000)));
        let ask = GrantCredits { kind, amount, expires_at, ..gift(tenant, 1) };
        fleet.world.grant(tenant, &format!("{}-{n}", tenant.slug), ask, noon()).await.unwrap();
    }
    n_lots
}

/// Launches as many of a random wish list as are covered, and lets each become ready; the last second of those.
async fn run(fleet: &Fleet, tenant: Tenant, dice: &mut Dice) -> (Vec<InstanceView>, i64) {
    let scope = fleet.world.scope::<LaunchInstances>("developer@everywhere.test", tenant).await;
    let (mut running, mut last) = (Vec::new(), 0);
    for n in 0..1 + dice.roll(3) {
        let units = if n == 0 { 1 } else { u32::try_from(1 + dice.roll(2)).unwrap() };
        let ask = LaunchInstance { units, ..fleet.ask(tenant, &format!("{}-{n}", tenant.slug)) };
        let key = ask.name.clone();
        match launch(&fleet.world, &scope, ask, &key, noon()).await {
            Ok(view) => running.push(view),
            Err(error) => assert!(n > 0 && matches!(error, Error::InsufficientCredit { .. }), "{error:?}"),
        }
    }
    for view in &running {
        let second = 5 + dice.roll(900);
        fleet.pod(ready(pod(tenant, view.id, 1, later(2)), later(second)), later(second)).await;
        last = last.max(second);
    }
    (running, last)
}

#[tokio::test]
async fn overshoot_is_bounded_by_the_time_it_takes_to_stop_and_an_organisation_without_money_runs_nothing() {
    let fleet = Fleet::without_money().await;
    fleet.report(ClusterSeen::Fresh { through: later(40 * 86_400) }, later(1)).await;
    fleet.world.observe(later(40 * 86_400)).await;
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("empty")).await;
        fleet.quota(tenant, fleet.world.h100, 8).await;
        let n_lots = endow(&fleet, tenant, &mut dice).await;
        let (running, last) = run(&fleet, tenant, &mut dice).await;
        let zero = fleet.world.wallet(tenant, later(last)).await.empty_at.unwrap();
        let stop = async |now| stop_for_credit(&fleet.world.db, JOB, tenant.id, now).await.unwrap();
        assert_eq!(stop(zero.plus_seconds(-1)).await, 0, "nothing stops while somebody pays");
        // Calculated at another second, a lot that ends inside one moves the instant by that second.
        let timer = "SELECT extract(epoch FROM zero_at)::bigint AS n FROM settlement_timer WHERE organisation_id = $1";
        let off = fleet.world.number(timer, [tenant.id.into()]).await - zero.as_second();
        assert!(off.abs() <= n_lots, "the timer is {off} s from what the wallet says, with {n_lots} lots");
        // The reconciler's period and the time that a stop takes.
        let takes = off.max(0) + dice.roll(90);
        let now = zero.plus_seconds(takes);
        let open = fleet.world.db.work(JOB, now).await.unwrap();
        assert!(organisations_at_zero(&open, now).await.unwrap().contains(&tenant.id));
        drop(open);
        assert_eq!(stop(now).await, running.len());
        let units: i64 = running.iter().map(|view| i64::from(view.units)).sum();
        settle(&fleet.world.db, JOB, tenant.id, now.plus_seconds(600)).await.unwrap();
        let wallet = fleet.world.wallet(tenant, now.plus_seconds(600)).await;
        // A lot that ends inside a second leaves the rest of it to the next payer, and each segment is rounded once.
        let bound = units * SECOND * (takes + 1 + n_lots) + 100;
        let overshoot = wallet.receivable.micros;
        assert!((0..=bound).contains(&overshoot), "{overshoot} beyond the balance after {takes} s, at most {bound}");
        assert!(takes > 0 || overshoot <= units * SECOND * (1 + n_lots) + 100);
        runs_nothing(&fleet, tenant, &running[0], now.plus_seconds(700)).await;
        assert_eq!(stop(now.plus_seconds(800)).await, 0, "what is stopped is stopped once");
    }
    fleet.world.assert_balanced().await;
}

async fn runs_nothing(fleet: &Fleet, tenant: Tenant, was: &InstanceView, now: Timestamp) {
    for what in
        ["instance WHERE wish = 'running' AND", "lease WHERE ended_at IS NULL AND", "hold WHERE state = 'open' AND"]
    {
        let sql = format!("SELECT count(*) AS n FROM {what} organisation_id = $1");
        assert_eq!(fleet.world.number(&sql, [tenant.id.into()]).await, 0, "{what}");
    }
    let scope = fleet.world.scope::<LaunchInstances>("developer@everywhere.test", tenant).await;
    let ask = fleet.ask(tenant, "one-more");
    let launched = launch(&fleet.world, &scope, ask, &format!("{}-more", tenant.slug), now).await;
    assert!(matches!(launched, Err(Error::InsufficientCredit { .. })), "{launched:?}");
    let scope = fleet.world.scope::<ChangeInstances>("developer@everywhere.test", tenant).await;
    let ask = ChangeInstance { instance: was.id, version: None };
    let started = start_instance(&fleet.world.db, &scope, ask, now).await;
    assert!(matches!(started, Err(Error::InsufficientCredit { .. })), "{started:?}");
}
