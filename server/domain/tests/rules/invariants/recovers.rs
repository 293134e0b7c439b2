//! A balance that recovers at its last second: whoever has paid by then keeps what runs.

use domain::{access::policy::LaunchInstances, instances::stop_for_credit, settlement::organisations_at_zero};
use types::{ClusterSeen, Timestamp};

use super::sums::adds_up;
use crate::{
    fleet::{Fleet, launch, pod, ready},
    world::{
        JOB, Tenant,
        dice::{Dice, cases},
        noon, patient,
    },
};

/// The gross price of an H100 for a second, in micro-units.
const SECOND: i64 = 10_000;

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// One GPU runs on money for an hour and some; when that is used up.
async fn runs(fleet: &Fleet, tenant: Tenant, dice: &mut Dice) -> Timestamp {
    let money = 3_600 * SECOND + dice.roll(200_000_000);
    fleet.world.top_up(tenant, tenant.slug, money, noon()).await.unwrap();
    let scope = fleet.world.scope::<LaunchInstances>("developer@everywhere.test", tenant).await;
    let view = launch(&fleet.world, &scope, fleet.ask(tenant, tenant.slug), tenant.slug, noon()).await.unwrap();
    let second = 5 + dice.roll(900);
    fleet.pod(ready(pod(tenant, view.id, 1, later(2)), later(second)), later(second)).await;
    fleet.world.wallet(tenant, later(second)).await.empty_at.unwrap()
}

async fn running(fleet: &Fleet, tenant: Tenant) -> i64 {
    let sql = "SELECT count(*) AS n FROM instance WHERE organisation_id = $1 AND wish = 'running'";
    fleet.world.number(sql, [tenant.id.into()]).await
}

async fn stop(fleet: &Fleet, tenant: Tenant, now: Timestamp) -> usize {
    // The worker comes again.
    patient(async || stop_for_credit(&fleet.world.db, JOB, tenant.id, now).await).await.unwrap()
}

async fn pay(fleet: &Fleet, tenant: Tenant, micros: i64, now: Timestamp) {
    let reference = format!("{}-paid", tenant.slug);
    patient(async || fleet.world.top_up(tenant, &reference, micros, now).await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_stopped_of_a_wallet_that_recovered_whenever_the_money_comes_beside_the_worker() {
    let fleet = Fleet::without_money().await;
    fleet.report(ClusterSeen::Fresh { through: later(40 * 86_400) }, later(1)).await;
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("recovers")).await;
        fleet.quota(tenant, fleet.world.h100, 8).await;
        let zero = runs(&fleet, tenant, &mut dice).await;
        let late = 10 + dice.roll(80);
        let now = zero.plus_seconds(late);
        // Enough for what was used beyond the balance and some seconds more, or too little for it by some seconds.
        let is_enough = dice.roll(2) == 0;
        let seconds = if is_enough { late + 5 + dice.roll(10_000) } else { 1 + dice.roll(late - 5) };
        // The worker has chosen whom to stop before the money comes.
        let open = fleet.world.db.work(JOB, now).await.unwrap();
        assert!(organisations_at_zero(&open, now).await.unwrap().contains(&tenant.id));
        drop(open);
        let (n_stopped, comes_first) = match dice.roll(3) {
            0 => {
                pay(&fleet, tenant, seconds * SECOND, now).await;
                (stop(&fleet, tenant, now).await, Some(true))
            }
            1 => {
                let n_stopped = stop(&fleet, tenant, now).await;
                pay(&fleet, tenant, seconds * SECOND, now).await;
                (n_stopped, Some(false))
            }
            _ => (tokio::join!(stop(&fleet, tenant, now), pay(&fleet, tenant, seconds * SECOND, now)).0, None),
        };
        match (comes_first, is_enough) {
            (Some(true), true) => assert_eq!(n_stopped, 0, "who had paid was stopped"),
            (None, true) => assert!(n_stopped <= 1),
            _ => assert_eq!(n_stopped, 1, "nothing else keeps it from being stopped"),
        }
        let left = running(&fleet, tenant).await;
        assert_eq!(usize::try_from(left).unwrap(), 1 - n_stopped);
        // Whatever comes afterwards: who has paid is not stopped by it.
        assert_eq!(stop(&fleet, tenant, now.plus_seconds(1)).await, 0);
        assert_eq!(running(&fleet, tenant).await, left);
        adds_up(&fleet.world, tenant.id).await;
    }
    fleet.world.assert_balanced().await;
}
