//! Properties of the whole book of money on a real PostgreSQL: random histories, each in an organisation of its own,
//! and truly parallel commands in one.

use std::{collections::BTreeMap, sync::Arc};

use crate::invariants::sums::adds_up;
use crate::world::{
    Tenant, World,
    credit::gift,
    dice::{Dice, cases},
    facts::Lease,
    noon,
};
use domain::{
    Error, Tx,
    access::{Scope, policy::ReadUsage},
    settlement::settle,
    usage::{Month, list_usage_in, usage_of_month_in},
};
use types::{
    Amount, Cursor, FlavourId, GrantCredits, IntervalId, LotKind, Money, ProjectId, Timestamp, UsageBy, UsageStretch,
    UsageSum,
};

/// A history is this long.
const LENGTH_S: i64 = 6 * 3600;
/// Net prices of the H100 and the tax, with the second after noon at which they begin.
const PRICES: [(i64, i64); 3] = [(-300_000, 30_000_000), (5_000, 47_000_003), (13_001, 19_999_999)];
const TAXES: [(i64, i32); 2] = [(-300_000, 200_000), (9_001, 100_000)];

fn after(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// What a tenant did.
struct History {
    tenant: Tenant,
    leases: Vec<Usage>,
}

/// The stretches of a lease that end up billed, in seconds after noon.
struct Usage {
    lease: Lease,
    units: u32,
    billed: Vec<(i64, i64)>,
}

/// Gives a tenant money, random lots and random usage, settled at random instants in between.
async fn live(world: &World, tenant: Tenant, dice: &mut Dice) -> History {
    let reference = |n: i64| format!("{}-{n}", tenant.slug);
    world.top_up(tenant, &reference(0), 1 + dice.roll(400_000_000), noon()).await.unwrap();
    let mut lots = Vec::new();
    for n in 0..dice.roll(5) {
        let ask = lot(world, tenant, dice);
        lots.push(world.grant(tenant, &reference(10 + n), ask, noon()).await.unwrap().id);
    }
    let (mut leases, mut gaps) = (Vec::new(), Vec::new());
    for _ in 0..1 + dice.roll(3) {
        leases.push(usage(world, tenant, dice, &mut gaps).await);
    }
    let mut at = 0;
    while at < LENGTH_S + 86_400 {
        at += 1 + dice.roll(LENGTH_S);
        world.settle(tenant, after(at)).await;
        if let Some(gap) = gaps.pop() {
            explain(world, tenant, gap, after(at)).await;
        }
        if let Some(lot) = lots.pop().filter(|_| dice.roll(3) == 0) {
            // Refused where nothing was left of it.
            let _ = world.undo(tenant, &reference(20 + at), lot, after(at)).await;
        }
    }
    for gap in gaps {
        explain(world, tenant, gap, after(at)).await;
    }
    world.settle(tenant, after(LENGTH_S + 3 * 86_400)).await;
    History { tenant, leases }
}

fn lot(world: &World, tenant: Tenant, dice: &mut Dice) -> GrantCredits {
    let amount = match dice.roll(2) {
        0 => Amount::Money(Money { micros: 1 + dice.roll(60_000_000), currency: tenant.currency }),
        _ => Amount::GpuSeconds { flavour: world.h100, seconds: 1 + dice.roll(9_000) },
    };
    let from = dice.roll(LENGTH_S / 2);
    let flavours: Vec<FlavourId> =
        [vec![], vec![world.h100], vec![world.slice]][usize::try_from(dice.roll(3)).unwrap()].clone();
    let projects: Vec<ProjectId> = [vec![], vec![tenant.project]][usize::try_from(dice.roll(2)).unwrap()].clone();
    GrantCredits {
        kind: [LotKind::Promo, LotKind::Sponsored][usize::try_from(dice.roll(2)).unwrap()],
        amount,
        effective_at: Some(after(from)),
        expires_at: (dice.roll(3) > 0).then(|| after(from + 1 + dice.roll(LENGTH_S))),
        priority: Some(i16::try_from(dice.roll(3)).unwrap()),
        flavours,
        projects,
        ..gift(tenant, 1)
    }
}

/// What was not confirmed is known at last, and billed.
async fn explain(world: &World, tenant: Tenant, gap: IntervalId, now: Timestamp) {
    let sql = "UPDATE usage_interval SET billable = true, reason = NULL, cut_at = $2 WHERE id = $1";
    world.run(sql, [gap.into(), now.into()]).await;
    world.recalculate(tenant, now).await;
}

/// A lease whose stretches are billed, or not, or only once somebody explains them.
async fn usage(world: &World, tenant: Tenant, dice: &mut Dice, gaps: &mut Vec<IntervalId>) -> Usage {
    let units = 1 + dice.roll(3);
    let mut at = dice.roll(1_000);
    let lease = world.lease(tenant, world.h100, i32::try_from(units).unwrap(), after(at)).await;
    // One of two people, or nobody who was written down.
    let whose = "UPDATE lease SET launched_by = (SELECT id FROM person ORDER BY email OFFSET $2 LIMIT 1)
                 WHERE id = $1 AND $2 < 2";
    world.run(whose, [lease.id.into(), dice.roll(3).into()]).await;
    // Without a hold: what nobody set aside is charged all the same, and owed where there is nothing left.
    let mut billed = Vec::new();
    while at < LENGTH_S {
        let end = at + 1 + dice.roll(LENGTH_S / 2);
        let reason = [None, None, Some("node_fault"), Some("unconfirmed")][usize::try_from(dice.roll(4)).unwrap()];
        let interval = world.interval(lease, after(at), Some(after(end)), reason).await;
        if reason == Some("unconfirmed") {
            gaps.push(interval);
        }
        if reason != Some("node_fault") {
            billed.push((at, end));
        }
        at = end;
    }
    world.end(lease, after(at)).await;
    Usage { lease, units: u32::try_from(units).unwrap(), billed }
}

/// Net and gross of a lease by the exact rule, each segment of price and tax rounded once: no settlement is asked.
fn expected(units: u32, billed: &[(i64, i64)]) -> (i128, i128) {
    let mut seconds: BTreeMap<(usize, usize), i128> = BTreeMap::new();
    for &(from, to) in billed {
        let mut cuts: Vec<i64> = PRICES.iter().map(|p| p.0).chain(TAXES.iter().map(|t| t.0)).collect();
        cuts.retain(|&cut| from < cut && cut < to);
        cuts.extend([from, to]);
        cuts.sort();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let price = PRICES.iter().rposition(|p| p.0 <= pair[0]).unwrap();
            let tax = TAXES.iter().rposition(|t| t.0 <= pair[0]).unwrap();
            *seconds.entry((price, tax)).or_default() += i128::from(pair[1] - pair[0]);
        }
    }
    seconds.iter().fold((0, 0), |(net, gross), (&(price, tax), &seconds)| {
        let f = i128::from(PRICES[price].1) * i128::from(units) * seconds / 3_600;
        (net + f, gross + f + f * i128::from(TAXES[tax].1) / 1_000_000)
    })
}

/// However a month is summed, it is what was rated and what the ledger charged for it, and its stretches one by one are too.
async fn check_usage(world: &World, history: &History) {
    let organisation = history.tenant.id;
    let scope = world.scope::<ReadUsage>("developer@everywhere.test", history.tenant).await;
    let tx = world.db.look(&scope, after(30 * 86_400)).await.unwrap();
    let month = Month::of_in(&tx, Some("2026-10")).await.unwrap();
    let number = async |sql: &str| world.number(sql, [organisation.into()]).await;
    let rated = |column: &str| {
        format!("SELECT coalesce(sum({column}), 0)::bigint AS n FROM rated_item WHERE organisation_id = $1")
    };
    let granted =
        "SELECT coalesce(sum(gross), 0)::bigint AS n FROM lot_use WHERE organisation_id = $1 AND kind = 'burn'";
    let charged = "SELECT coalesce(-sum(p.amount), 0)::bigint AS n FROM posting p JOIN account a ON a.id = p.account_id
                   JOIN journal_entry e ON e.id = p.entry_id WHERE p.organisation_id = $1 AND e.kind = 'settlement'
                   AND a.kind IN ('wallet', 'receivable')";
    let seconds = |usage: &Usage| usage.billed.iter().map(|(from, to)| to - from).sum::<i64>() * i64::from(usage.units);
    let expected = (
        history.leases.iter().map(seconds).sum::<i64>(),
        number(&rated("net")).await,
        number(&rated("gross - net")).await,
        number(granted).await,
        number(charged).await,
    );
    for by in UsageBy::ALL {
        let usage = usage_of_month_in(&tx, &scope, &month, *by).await.unwrap();
        assert_eq!(told(&usage.total), expected, "all of the month by {by}");
        let sums: Vec<_> = usage.groups.iter().map(|group| group.sum).collect();
        assert_eq!(added(&sums), expected, "the groups by {by}");
    }
    let stretches: Vec<_> = stretches(&tx, &scope, &month).await.iter().map(|stretch| stretch.sum).collect();
    assert_eq!(added(&stretches), expected, "stretch by stretch");
}

/// All stretches of a month, some at a time.
async fn stretches(tx: &Tx, scope: &Scope<ReadUsage>, month: &Month) -> Vec<UsageStretch> {
    let mut page = Cursor { cursor: None, limit: Some(7) };
    let mut all = Vec::new();
    loop {
        let list = list_usage_in(tx, scope, month, &page).await.unwrap();
        all.extend(list.items);
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            return all;
        }
    }
}

/// Unit-seconds, net, tax, what grants paid and what the wallet did.
fn told(sum: &UsageSum) -> (i64, i64, i64, i64, i64) {
    (sum.unit_seconds, sum.net.micros, sum.tax.micros, sum.granted.micros, sum.wallet.micros)
}

fn added(sums: &[UsageSum]) -> (i64, i64, i64, i64, i64) {
    sums.iter()
        .map(told)
        .fold((0, 0, 0, 0, 0), |all, one| (all.0 + one.0, all.1 + one.1, all.2 + one.2, all.3 + one.3, all.4 + one.4))
}

async fn check(world: &World, history: &History) {
    let organisation = history.tenant.id;
    for Usage { lease, units, billed } in &history.leases {
        let (net, gross) = expected(*units, billed);
        for (column, wanted) in [("net", net), ("gross", gross)] {
            let sql = format!("SELECT coalesce(sum({column}), 0)::bigint AS n FROM rated_item WHERE lease_id = $1");
            let rated = world.number(&sql, [lease.id.into()]).await;
            assert_eq!(i128::from(rated), wanted, "{column} of {}", lease.id);
        }
    }
    let paid = "SELECT (coalesce((SELECT sum(gross) FROM rated_item WHERE organisation_id = $1), 0)
                      - coalesce((SELECT sum(gross) FROM lot_use WHERE organisation_id = $1), 0)
                      + coalesce((SELECT sum(p.amount) FROM posting p JOIN account a ON a.id = p.account_id
                                  JOIN journal_entry e ON e.id = p.entry_id WHERE p.organisation_id = $1
                                  AND e.kind = 'settlement' AND a.kind IN ('wallet', 'receivable')), 0))::bigint AS n";
    assert_eq!(world.number(paid, [organisation.into()]).await, 0, "what no lot paid, wallet and debt did");
    let outside =
        "SELECT count(*) AS n FROM lot_use u JOIN lot l ON l.id = u.lot_id JOIN rated_item r ON r.id = u.rated_item_id
                   JOIN lease s ON s.id = r.lease_id WHERE u.organisation_id = $1 AND u.kind = 'burn' AND (
                       r.started_at < l.effective_at OR r.ended_at > l.expires_at
                       OR NOT s.flavour_id = ANY(coalesce(l.scope_flavours, ARRAY[s.flavour_id]))
                       OR NOT s.project_id = ANY(coalesce(l.scope_projects, ARRAY[s.project_id])))";
    assert_eq!(world.number(outside, [organisation.into()]).await, 0, "a lot paid outside its time or scope");
    let unsettled = "SELECT count(*) AS n FROM lot WHERE organisation_id = $1 AND expires_at < $2
                     AND used + expired + voided < granted";
    let end = after(LENGTH_S + 86_400).into();
    assert_eq!(world.number(unsettled, [organisation.into(), end]).await, 0, "a lot is over and not booked");
}

#[tokio::test]
async fn every_random_history_is_charged_exactly_whatever_the_cuts_and_the_books_balance() {
    let world = World::new().await;
    for (version, (from, price)) in PRICES.into_iter().enumerate().skip(1) {
        world.price(world.h100, "MAD", i32::try_from(version).unwrap() + 1, price, after(from)).await;
    }
    world.tax("MA", true, "S", TAXES[1].1, None, after(TAXES[1].0)).await;
    world.observe(after(30 * 86_400)).await;
    for (case, mut dice) in cases() {
        let tenant = world.another(case.word("history")).await;
        let history = live(&world, tenant, &mut dice).await;
        check(&world, &history).await;
        check_usage(&world, &history).await;
        adds_up(&world, tenant.id).await;
    }
    world.assert_balanced().await;
}

/// A command that lost the race for a lock is sent again, as a person would.
macro_rules! patiently {
    ($command:expr) => {
        loop {
            match $command.await {
                Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
                answer => break answer,
            }
        }
    };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn books_balance_and_no_account_falls_below_its_floor_under_parallel_commands() {
    let world = Arc::new(World::new().await);
    let tenant = world.atlas;
    world.top_up(tenant, "bank-0", 40_000_000, noon()).await.unwrap();
    world.observe(after(40 * 86_400)).await;
    let mut tasks = Vec::new();
    for n in 0..12_i64 {
        let lease = world.lease(tenant, world.h100, 1, noon()).await;
        world.billable(lease, noon(), Some(after(600 + n))).await;
        let world = Arc::clone(&world);
        tasks.push(tokio::spawn(async move {
            let terms = world.terms(tenant, lease, world.h100, 1, (30_000_000, 200_000));
            // Refused where the others were faster.
            let _ = patiently!(world.hold(tenant, lease, terms, noon()));
            if n % 3 == 0 {
                patiently!(world.top_up(tenant, &format!("bank-{}", n + 1), 7_000_003, after(n))).unwrap();
            }
            world.end(lease, after(600 + n)).await;
            let ask = gift(tenant, 1_000_001 * (n + 1));
            let lot = patiently!(world.grant(tenant, &format!("gift-{n}"), ask.clone(), after(n))).unwrap();
            patiently!(settle(&world.db, crate::world::JOB, tenant.id, after(900 + n))).unwrap();
            if n % 2 == 0 {
                // Refused where everything was used by then.
                let _ = patiently!(world.undo(tenant, &format!("undo-{n}"), lot.id, after(900 + n)));
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    world.settle(tenant, after(86_400)).await;
    world.settle(tenant, after(2 * 86_400)).await;
    world.assert_balanced().await;
    assert_eq!(world.number("SELECT count(*) AS n FROM account WHERE posted - held < floor", []).await, 0);
    assert_eq!(world.number("SELECT count(*) AS n FROM hold WHERE state = 'open'", []).await, 0);
    let seconds = "SELECT sum(extract(epoch FROM ended_at - started_at))::bigint AS n FROM rated_item";
    assert_eq!(world.number(seconds, []).await, 12 * 600 + (0..12).sum::<i64>());
}

/// One of the commands that move an organisation's money, at a random second.
async fn command(world: &World, tenant: Tenant, lease: Lease, n: i64, mut dice: Dice) {
    let now = after(1 + dice.roll(2_000));
    let key = format!("{}-{n}", tenant.slug);
    match n % 4 {
        0 => {
            let terms = world.terms(tenant, lease, world.h100, 1, (PRICES[0].1, TAXES[0].1));
            let refused = patiently!(world.hold(tenant, lease, terms, now)).err();
            assert!(refused.is_none_or(|error| matches!(error, Error::InsufficientCredit { .. })));
        }
        1 => drop(patiently!(world.top_up(tenant, &key, 1 + dice.roll(50_000_000), now)).unwrap()),
        2 => {
            let ask = gift(tenant, 1 + dice.roll(50_000_000));
            let lot = patiently!(world.grant(tenant, &key, ask.clone(), now)).unwrap();
            // Refused where everything of it was used by then.
            let refused = patiently!(world.undo(tenant, &format!("{key}-undo"), lot.id, now)).err();
            assert!(refused.is_none_or(|error| matches!(error, Error::Conflict("lot-used-up"))));
        }
        _ => drop(patiently!(settle(&world.db, crate::world::JOB, tenant.id, now)).unwrap()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn random_commands_at_once_never_bring_an_account_below_its_floor_and_the_books_balance() {
    let world = Arc::new(World::new().await);
    world.observe(after(40 * 86_400)).await;
    for (case, mut dice) in cases() {
        let tenant = world.another(case.word("parallel")).await;
        world.top_up(tenant, &format!("{}-first", tenant.slug), 1 + dice.roll(80_000_000), noon()).await.unwrap();
        let mut tasks = Vec::new();
        for n in 0..4 {
            let lease = world.lease(tenant, world.h100, 1, noon()).await;
            world.billable(lease, noon(), Some(after(1 + dice.roll(1_000)))).await;
            let (world, dice) = (Arc::clone(&world), Dice::of(&mut dice));
            tasks.push(tokio::spawn(async move { command(&world, tenant, lease, n, dice).await }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        adds_up(&world, tenant.id).await;
    }
    world.assert_balanced().await;
    assert_eq!(world.number("SELECT count(*) AS n FROM account WHERE posted - held < floor", []).await, 0);
}
