//! Settlements against a real PostgreSQL: what is charged, who pays, and when the money ends.

use crate::world::{JOB, Tenant, World, at, credit::gift, facts::Lease, noon, start};
use domain::{
    Error,
    settlement::{due, organisations_at_zero},
};
use types::{Amount, GrantCredits, LotKind, Timestamp};

/// Net price and tax of an H100 in dirhams.
const PRICE: (i64, i32) = (30_000_000, 200_000);
/// The gross price of an hour of it.
const HOUR: i64 = 36_000_000;

fn after(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// A lease that began at noon, with its hold and an open billable interval.
async fn running(world: &World, tenant: Tenant) -> Lease {
    let lease = world.lease(tenant, world.h100, 1, noon()).await;
    world.hold(tenant, lease, world.terms(tenant, lease, world.h100, 1, PRICE), noon()).await.unwrap();
    world.billable(lease, noon(), None).await;
    world.recalculate(tenant, noon()).await;
    lease
}

/// Ends it so many seconds after noon, with everything seen long after.
async fn ended(world: &World, tenant: Tenant, lease: Lease, seconds: i64) {
    world.end(lease, after(seconds)).await;
    world.observe(after(seconds + 600)).await;
    assert!(world.settle(tenant, after(seconds + 600)).await);
}

async fn house(world: &World, kind: &str) -> i64 {
    let sql = "SELECT coalesce(sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
               WHERE a.kind = $1 AND a.unit = 'MAD'";
    world.number(sql, [kind.into()]).await
}

async fn count(world: &World, of: &str) -> i64 {
    world.number(&format!("SELECT count(*) AS n FROM {of}"), []).await
}

#[tokio::test]
async fn ended_lease_is_charged_to_the_second_and_its_hold_closed() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 9_001).await;
    let net = 30_000_000_i64 * 9_001 / 3_600;
    let gross = net + net * 200_000 / 1_000_000;
    let wallet = world.wallet(world.atlas, after(9_601)).await;
    assert_eq!((wallet.balance.micros, wallet.held.micros), (10 * HOUR - gross, 0));
    assert_eq!((house(&world, "accrued").await, house(&world, "accrued_tax").await), (net, gross - net));
    assert_eq!(count(&world, "hold WHERE state = 'open'").await, 0);
    assert_eq!((wallet.empty_at, wallet.per_hour.micros), (None, 0));
    assert!(!world.settle(world.atlas, after(9_700)).await, "nothing is due again");
    world.assert_balanced().await;
}

#[tokio::test]
async fn nothing_is_charged_that_was_not_billable() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    world.hold(world.atlas, lease, world.terms(world.atlas, lease, world.h100, 1, PRICE), noon()).await.unwrap();
    world.interval(lease, noon(), Some(after(300)), Some("pulling")).await;
    world.billable(lease, after(300), Some(after(900))).await;
    world.interval(lease, after(900), None, Some("node_fault")).await;
    ended(&world, world.atlas, lease, 3_000).await;
    assert_eq!(world.wallet(world.atlas, after(3_600)).await.balance.micros, 10 * HOUR - HOUR / 6);
    assert_eq!(count(&world, "rated_item").await, 1);
}

#[tokio::test]
async fn lot_pays_what_was_used_before_its_end_although_it_is_settled_later_and_the_rest_expires() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let ask = GrantCredits { expires_at: Some(after(1_800)), ..gift(world.atlas, 100_000_000) };
    world.grant(world.atlas, "gift", ask, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 3_600).await;
    let lot = world.lots(world.atlas, after(4_000)).await.remove(0);
    let micros = |amount: Amount| match amount {
        Amount::Money(money) => money.micros,
        Amount::GpuSeconds { seconds, .. } => seconds,
    };
    // Half an hour net; the other half an hour gross from the wallet.
    assert_eq!((micros(lot.used), micros(lot.expired), micros(lot.left)), (15_000_000, 85_000_000, 0));
    assert_eq!(lot.paid.micros, 15_000_000);
    assert_eq!(world.wallet(world.atlas, after(4_000)).await.balance.micros, 10 * HOUR - HOUR / 2);
    assert_eq!(house(&world, "breakage").await, 85_000_000);
    assert_eq!(house(&world, "accrued").await, 15_000_000);
    world.assert_balanced().await;
}

#[tokio::test]
async fn idle_organisations_lot_expires_by_itself() {
    let world = World::new().await;
    let ask = GrantCredits { expires_at: Some(after(1_800)), ..gift(world.atlas, 100) };
    world.grant(world.atlas, "gift", ask, noon()).await.unwrap();
    let open = world.db.work(JOB, after(1_800)).await.unwrap();
    assert_eq!(due(&open, after(1_800 + 119)).await.unwrap(), []);
    assert_eq!(due(&open, after(1_800 + 120)).await.unwrap(), [world.atlas.id]);
    assert!(world.settle(world.atlas, after(1_800 + 120)).await);
    assert_eq!(house(&world, "breakage").await, 100);
    assert_eq!(due(&open, after(999_999)).await.unwrap(), []);
    world.assert_balanced().await;
}

#[tokio::test]
async fn funders_gpu_seconds_pay_the_gross_price_and_the_funder_owes_it() {
    let world = World::new().await;
    let amount = Amount::GpuSeconds { flavour: world.h100, seconds: 7_200 };
    let ask = GrantCredits { kind: LotKind::Sponsored, amount, ..gift(world.atlas, 1) };
    world.grant(world.atlas, "hours", ask, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 3_600).await;
    assert_eq!(house(&world, "sponsor").await, -HOUR);
    assert_eq!((house(&world, "accrued").await, house(&world, "accrued_tax").await), (30_000_000, 6_000_000));
    let lot = world.lots(world.atlas, after(4_200)).await.remove(0);
    assert_eq!(lot.left, Amount::GpuSeconds { flavour: world.h100, seconds: 3_600 });
    assert_eq!(lot.paid.micros, HOUR);
    world.assert_balanced().await;
}

#[tokio::test]
async fn price_and_tax_of_each_second_are_those_of_its_time() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    world.price(world.h100, "MAD", 2, 60_000_000, after(1_000)).await;
    world.tax("MA", true, "S", 100_000, None, after(2_000)).await;
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 3_000).await;
    let first = 30_000_000_i64 * 1_000 / 3_600;
    let (second, third) = (60_000_000_i64 * 1_000 / 3_600, 60_000_000_i64 * 1_000 / 3_600);
    let gross = first + first / 5 + second + second / 5 + third + third / 10;
    assert_eq!(world.wallet(world.atlas, after(3_600)).await.balance.micros, 10 * HOUR - gross);
    assert_eq!(count(&world, "rated_item").await, 3);
}

#[tokio::test]
async fn seconds_explained_after_their_settlement_are_charged_when_they_are_known() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    world.hold(world.atlas, lease, world.terms(world.atlas, lease, world.h100, 1, PRICE), noon()).await.unwrap();
    world.billable(lease, noon(), Some(after(1_000))).await;
    let gap = world.interval(lease, after(1_000), Some(after(2_000)), Some("unconfirmed")).await;
    world.billable(lease, after(2_000), None).await;
    ended(&world, world.atlas, lease, 3_000).await;
    let half = world.wallet(world.atlas, after(3_600)).await.balance.micros;
    world
        .run(
            "UPDATE usage_interval SET billable = true, reason = NULL, cut_at = $2 WHERE id = $1",
            [gap.into(), after(3_700).into()],
        )
        .await;
    world.recalculate(world.atlas, after(3_700)).await;
    assert!(world.settle(world.atlas, after(3_900)).await);
    let whole = 30_000_000_i64 * 3_000 / 3_600;
    let balance = world.wallet(world.atlas, after(3_900)).await.balance.micros;
    assert!(balance < half);
    // As if it had been known from the start, to the micro-unit.
    assert_eq!(balance, 10 * HOUR - whole - whole / 5);
    assert!(!world.settle(world.atlas, after(9_900)).await);
    world.assert_balanced().await;
}

#[tokio::test]
async fn usage_beyond_the_balance_is_owed_and_the_next_top_up_pays_it_first() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 5_400).await;
    let wallet = world.wallet(world.atlas, after(6_000)).await;
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (0, HOUR / 2));
    world.grant(world.atlas, "gift", gift(world.atlas, 100 * HOUR), after(6_000)).await.unwrap();
    let next = world.lease(world.atlas, world.h100, 1, after(6_000)).await;
    let terms = world.terms(world.atlas, next, world.h100, 1, PRICE);
    let refused = world.hold(world.atlas, next, terms, after(6_000)).await;
    assert!(matches!(refused, Err(Error::InsufficientCredit { .. })), "{refused:?}");
    let wallet = world.top_up(world.atlas, "bank-2", HOUR, after(6_001)).await.unwrap();
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (HOUR / 2, 0));
    world.assert_balanced().await;
}

#[tokio::test]
async fn organisation_on_account_owes_by_its_wallet_down_to_the_limit() {
    let world = World::new().await;
    world.founding.set_credit_limit(world.atlas.id, 2 * HOUR).await.unwrap();
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 5_400).await;
    let wallet = world.wallet(world.atlas, after(6_000)).await;
    assert_eq!((wallet.balance.micros, wallet.receivable.micros), (-HOUR * 3 / 2, 0));
    assert_eq!(wallet.free.micros, HOUR / 2);
    // A limit that is lowered below the debt takes effect as the debt is paid, and refuses nothing but new starts.
    world.founding.set_credit_limit(world.atlas.id, HOUR).await.unwrap();
    world.top_up(world.atlas, "bank-1", HOUR, after(6_001)).await.unwrap();
    assert_eq!(world.wallet(world.atlas, after(6_001)).await.free.micros, HOUR / 2);
    world.assert_balanced().await;
}

#[tokio::test]
async fn predicted_zero_bounds_what_is_spent_beyond_the_balance_by_the_time_it_takes_to_stop() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 2 * HOUR, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    let wallet = world.wallet(world.atlas, noon()).await;
    assert_eq!((wallet.empty_at, wallet.per_hour.micros), (Some(after(7_200)), HOUR));
    let open = world.db.work(JOB, noon()).await.unwrap();
    assert_eq!(organisations_at_zero(&open, after(7_199)).await.unwrap(), []);
    assert_eq!(organisations_at_zero(&open, after(7_200)).await.unwrap(), [world.atlas.id]);
    // The reconciler comes within a minute, and the stop takes effect at once.
    ended(&world, world.atlas, lease, 7_200 + 60).await;
    let wallet = world.wallet(world.atlas, after(8_000)).await;
    assert!(wallet.receivable.micros <= HOUR / 60, "{:?}", wallet.receivable);
    assert_eq!(organisations_at_zero(&open, after(9_000)).await.unwrap(), [], "what is stopped is stopped once");
    world.assert_balanced().await;
}

#[tokio::test]
async fn top_up_and_grant_move_the_predicted_zero() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    running(&world, world.atlas).await;
    world.top_up(world.atlas, "bank-2", HOUR, after(60)).await.unwrap();
    assert_eq!(world.wallet(world.atlas, after(60)).await.empty_at, Some(after(7_200)));
    // A gift pays net: an hour of it lasts an hour.
    world.grant(world.atlas, "gift", gift(world.atlas, 30_000_000), after(120)).await.unwrap();
    let empty_at = world.wallet(world.atlas, after(120)).await.empty_at.unwrap();
    // The two minutes that are not booked yet are usage of a time before the gift began.
    assert_eq!(empty_at, after(3 * 3_600));
}

#[tokio::test]
async fn hold_that_runs_short_is_renewed_and_nothing_is_rated_for_it() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    running(&world, world.atlas).await;
    world.observe(after(2_000)).await;
    let open = world.db.work(JOB, noon()).await.unwrap();
    assert_eq!(due(&open, after(1_919)).await.unwrap(), []);
    assert_eq!(due(&open, after(1_920)).await.unwrap(), [world.atlas.id]);
    assert!(!world.settle(world.atlas, after(1_920)).await);
    assert_eq!(count(&world, "rated_item").await, 0);
    // What is used already, and the hour ahead.
    let used = 30_000_000_i64 * 1_920 / 3_600;
    assert_eq!(world.wallet(world.atlas, after(1_920)).await.held.micros, HOUR + used + used / 5);
    assert_eq!(due(&open, after(1_920)).await.unwrap(), []);
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_runs_on_with_an_empty_wallet_is_neither_renewed_nor_settled_again_and_again() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR * 6 / 5, noon()).await.unwrap();
    running(&world, world.atlas).await;
    let open = world.db.work(JOB, noon()).await.unwrap();
    world.observe(after(1_920)).await;
    assert!(!world.settle(world.atlas, after(1_920)).await);
    // Everything is held now, so nothing is due before the money ends and W has passed that instant.
    assert_eq!(world.wallet(world.atlas, after(1_920)).await.free.micros, 0);
    assert_eq!(due(&open, after(4_320 + 119)).await.unwrap(), []);
    for seconds in [4_320 + 120, 5_000, 6_000] {
        world.observe(after(seconds)).await;
        world.settle(world.atlas, after(seconds)).await;
    }
    assert_eq!(count(&world, "settlement").await, 1);
    assert_eq!(organisations_at_zero(&open, after(6_000)).await.unwrap(), [world.atlas.id]);
    world.assert_balanced().await;
}

#[tokio::test]
async fn no_rated_item_lies_on_both_sides_of_a_periods_end() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 3_000 * HOUR, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    // Nobody settled for two months.
    let end = at("2026-12-05T00:00:00Z");
    world.end(lease, end).await;
    world.observe(end.plus_seconds(600)).await;
    assert!(world.settle(world.atlas, end.plus_seconds(600)).await);
    for midnight in ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"] {
        let on_both_sides = "SELECT count(*) AS n FROM rated_item WHERE started_at < $1 AND ended_at > $1";
        assert_eq!(world.number(on_both_sides, [at(midnight).into()]).await, 0, "{midnight}");
    }
    assert_eq!(count(&world, "rated_item").await, 3);
    let seconds = end.seconds_since(noon());
    let net = i64::try_from(30_000_000_i128 * i128::from(seconds) / 3_600).unwrap();
    assert_eq!(house(&world, "accrued").await, net);
    assert!(start() < noon());
}

/// Ends the price of an H100 in dirhams, as no use case does: a hand in the database can.
async fn end_price(world: &World, at: Timestamp) {
    let sql = "UPDATE price SET ended_at = $2 WHERE flavour_id = $1 AND currency = 'MAD' AND ended_at IS NULL";
    world.run(sql, [world.h100.into(), at.into()]).await;
}

#[tokio::test]
async fn seconds_without_a_price_stand_as_a_finding_and_are_charged_once_versions_cover_their_time() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    end_price(&world, after(1_000)).await;
    let lease = running(&world, world.atlas).await;
    ended(&world, world.atlas, lease, 3_000).await;
    let findings = async |now| {
        let open = world.db.work(JOB, now).await.unwrap();
        let findings = domain::ledger::checks::run(&open).await.unwrap();
        findings.into_iter().map(|found| (found.rule, found.difference)).collect::<Vec<_>>()
    };
    let told = |seconds| vec![("usage_has_a_price".to_owned(), seconds)];
    assert_eq!(findings(after(3_600)).await, told(2_000));
    // Days go by, and other settlements with them: what was passed over is not forgotten.
    for day in 1..4 {
        let now = after(day * 86_400);
        world.observe(now).await;
        assert!(world.settle(world.atlas, now).await, "it is asked for again each day");
    }
    assert_eq!((count(&world, "rated_item").await, findings(after(4 * 86_400)).await), (1, told(2_000)));
    // First a part of it has a price again, then all.
    let part = "INSERT INTO price (id, flavour_id, currency, version, micros_per_hour, started_at, ended_at, set_at)
                VALUES (gen_random_uuid(), $1, 'MAD', $2, 30000000, $3, $4, $3)";
    for (version, from, to, left) in [(2, 2_000, 2_500, 2_000), (3, 1_000, 2_000, 500), (4, 2_500, 9_999, 0)] {
        world.run(part, [world.h100.into(), version.into(), after(from).into(), after(to).into()]).await;
        let now = after((3 + version) * 86_400);
        world.observe(now).await;
        assert!(world.settle(world.atlas, now).await);
        let expected = if left == 0 { vec![] } else { told(left) };
        assert_eq!(findings(now).await, expected);
    }
    let seconds = "SELECT sum(extract(epoch FROM ended_at - started_at))::bigint AS n FROM rated_item";
    assert_eq!(world.number(seconds, []).await, 3_000);
    let gross = |seconds: i64| {
        let net = 30_000_000 * seconds / 3_600;
        net + net / 5
    };
    let charged = gross(1_000) + gross(500) + gross(1_000) + gross(500);
    let now = after(9 * 86_400);
    assert_eq!(world.wallet(world.atlas, now).await.balance.micros, 10 * HOUR - charged);
    assert!(!world.settle(world.atlas, now.plus_seconds(9_999)).await, "nothing is due again");
    world.assert_balanced().await;
}

#[tokio::test]
async fn seconds_without_a_tax_rule_are_passed_over_alike_and_charged_once_there_is_one() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let lease = running(&world, world.atlas).await;
    // Neither Morocco's own rule nor the general one holds for half an hour.
    let hole = "UPDATE tax_rule SET ended_at = $1 WHERE country IN ('MA', '*') AND ended_at IS NULL";
    world.run(hole, [after(1_800).into()]).await;
    world.end(lease, after(3_600)).await;
    world.observe(after(86_400)).await;
    assert!(world.settle(world.atlas, after(86_400)).await);
    assert_eq!(world.wallet(world.atlas, after(86_400)).await.balance.micros, 10 * HOUR - HOUR / 2);
    assert_eq!(count(&world, "usage_interval WHERE unpriced_from IS NOT NULL").await, 1);
    world.tax("MA", true, "S", 200_000, None, after(1_800)).await;
    world.observe(after(3 * 86_400)).await;
    assert!(world.settle(world.atlas, after(3 * 86_400)).await);
    assert_eq!(world.wallet(world.atlas, after(3 * 86_400)).await.balance.micros, 9 * HOUR);
    world.assert_balanced().await;
}
