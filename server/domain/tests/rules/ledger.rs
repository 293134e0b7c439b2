//! The ledger against a real PostgreSQL: entries, holds and the locks that keep them true.

use std::sync::Arc;

use crate::world::{Tenant, World, credit::gift, facts::Lease, noon, start};
use domain::{
    Error, Result, Rule,
    access::policy::{GrantCredits, LaunchInstances, ReadBalance},
    commands::{Command, once},
    ledger::{list_entries_in, open_hold_in},
};
use types::{Amount, CoverView, Cursor, EntryKind, LotKind, Money, WalletView};

/// The gross price of an hour of an H100 in dirhams.
const HOUR: i64 = 36_000_000;

/// Sets aside an hour for the lease, as its launch does.
async fn hold(world: &World, tenant: Tenant, lease: Lease, key: &str) -> Result<CoverView> {
    let scope = world.scope::<LaunchInstances>(&format!("developer@{}.test", tenant.slug), tenant).await;
    let terms = world.terms(tenant, lease, world.h100, 1, (30_000_000, 200_000));
    let command = Command::new(key, "hold", &lease.id)?;
    once(world.db.begin(&scope, noon()).await?, command, async |tx| open_hold_in(tx, &terms).await).await
}

/// The same, told to try again as long as the database is busy.
async fn hold_patiently(world: &World, tenant: Tenant, lease: Lease, key: &str) -> Result<CoverView> {
    loop {
        match hold(world, tenant, lease, key).await {
            Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
            answer => return answer,
        }
    }
}

async fn wallet(world: &World, tenant: Tenant) -> WalletView {
    world.wallet(tenant, noon()).await
}

#[tokio::test]
async fn people_of_the_world_prove_what_their_roles_allow() {
    let world = World::new().await;
    let scope = world.scope::<ReadBalance>("billing@atlas.test", world.atlas).await;
    assert_eq!(scope.organisation(), world.atlas.id);
    assert!(world.actor("viewer@atlas.test").await.enter(&world.db, "breton").await.is_err());
    let incubator = world.actor("incubator@hub.test").await.enter(&world.db, "breton").await.unwrap();
    assert!(incubator.may::<GrantCredits>());
    assert!(world.actor("finance@hub.test").await.prove::<GrantCredits>().is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundred_parallel_holds_at_the_last_unit_of_credit_succeed_exactly_as_often_as_they_fit() {
    let world = Arc::new(World::new().await);
    world.top_up(world.atlas, "bank-1", 5 * HOUR - 1, noon()).await.unwrap();
    // A gift pays net: two hours of it and a bit, so seven fit in all.
    world.grant(world.atlas, "gift-1", gift(world.atlas, 2 * 30_000_000 + 1), noon()).await.unwrap();
    let mut tasks = Vec::new();
    for n in 0..100 {
        let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
        let world = Arc::clone(&world);
        tasks.push(tokio::spawn(async move { hold_patiently(&world, world.atlas, lease, &format!("hold-{n}")).await }));
    }
    let mut n_held = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => n_held += 1,
            Err(error) => assert!(matches!(error, Error::InsufficientCredit { .. }), "{error:?}"),
        }
    }
    assert_eq!(n_held, 7);
    assert_eq!(world.number("SELECT count(*) AS n FROM hold WHERE state = 'open'", []).await, 7);
    assert!(wallet(&world, world.atlas).await.free.micros < HOUR);
    world.assert_balanced().await;
}

#[tokio::test]
async fn refused_hold_leaves_no_row_but_its_command() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR - 1, noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    let refused = hold(&world, world.atlas, lease, "hold").await.unwrap_err();
    let Error::InsufficientCredit { needed, available } = refused else { unreachable!("{refused:?}") };
    assert_eq!((needed.micros, available.micros), (HOUR, HOUR - 1));
    assert_eq!(world.number("SELECT count(*) AS n FROM hold", []).await, 0);
    assert_eq!(world.number("SELECT sum(held)::bigint AS n FROM account", []).await, 0);
    assert_eq!(world.number("SELECT count(*) AS n FROM idempotency WHERE command = 'hold'", []).await, 1);
}

#[tokio::test]
async fn same_key_and_body_answer_alike_and_another_body_is_a_conflict() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let (one, other) =
        (world.lease(world.atlas, world.h100, 1, noon()).await, world.lease(world.atlas, world.h100, 1, noon()).await);
    let first = hold(&world, world.atlas, one, "key").await.unwrap();
    assert_eq!(hold(&world, world.atlas, one, "key").await.unwrap(), first);
    assert!(matches!(hold(&world, world.atlas, other, "key").await, Err(Error::KeyReused)));
    assert_eq!(wallet(&world, world.atlas).await.held.micros, HOUR);
}

#[tokio::test]
async fn lots_cover_a_start_before_the_wallet_and_only_while_they_last() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let expires_at = Some(noon().plus_seconds(1800));
    let short = types::GrantCredits { expires_at, ..gift(world.atlas, 900_000_000) };
    let seconds = Amount::GpuSeconds { flavour: world.h100, seconds: 600 };
    let hours = types::GrantCredits { kind: LotKind::Sponsored, amount: seconds, ..gift(world.atlas, 1) };
    let short = world.grant(world.atlas, "short", short, noon()).await.unwrap();
    let hours = world.grant(world.atlas, "hours", hours, noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    let cover = hold(&world, world.atlas, lease, "hold").await.unwrap();
    let micros = |micros| Amount::Money(Money { micros, currency: world.atlas.currency });
    let paid: Vec<_> = cover.paid_by.iter().map(|payer| (payer.lot, payer.amount)).collect();
    // Half an hour of the gift (net), ten minutes of the funder's seconds, twenty minutes of the wallet (gross).
    assert_eq!(
        paid,
        [
            (Some(short.id), micros(15_000_000)),
            (Some(hours.id), Amount::GpuSeconds { flavour: world.h100, seconds: 600 }),
            (None, micros(HOUR / 3)),
        ]
    );
    assert_eq!(cover.reserved.micros, HOUR);
    world.assert_balanced().await;
}

#[tokio::test]
async fn money_that_cannot_be_booked_is_refused_by_its_field() {
    let world = World::new().await;
    for (n, micros) in [0, -1, i64::MIN, i64::MAX, 1_000_000_000_000_001].into_iter().enumerate() {
        let refused = world.top_up(world.atlas, &format!("bank-{n}"), micros, noon()).await;
        let rule = Rule::PositiveAmount;
        assert!(matches!(refused, Err(Error::Invalid { field: "amount", rule: r }) if r == rule), "{micros}");
    }
    let euros = Tenant { currency: world.breton.currency, ..world.atlas };
    let refused = world.top_up(euros, "bank-eur", 1, noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "amount", rule: Rule::Currency })), "{refused:?}");
    assert_eq!(world.number("SELECT count(*) AS n FROM journal_entry", []).await, 0);
}

#[tokio::test]
async fn transfer_is_booked_once_for_ever() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    // Another key with the bank's same reference, and another organisation with it too.
    let spaced = world.top_up(world.atlas, " bank-1 ", HOUR, noon()).await;
    assert!(matches!(spaced, Err(Error::Conflict("booked-before"))), "{spaced:?}");
    let elsewhere = world.top_up(world.breton, "bank-1", HOUR, noon()).await;
    assert!(matches!(elsewhere, Err(Error::Conflict("booked-before"))), "{elsewhere:?}");
    assert_eq!(wallet(&world, world.atlas).await.balance.micros, HOUR);
}

#[tokio::test]
async fn each_entry_shows_the_balance_after_it_on_every_page() {
    let world = World::new().await;
    for n in 1..=5 {
        let now = noon().plus_seconds(n);
        world.top_up(world.atlas, &format!("bank-{n}"), n * 1_000_000, now).await.unwrap();
    }
    world.grant(world.atlas, "gift", gift(world.atlas, 7_000_000), noon().plus_seconds(6)).await.unwrap();
    let scope = world.scope::<ReadBalance>("billing@atlas.test", world.atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = Cursor { cursor, limit: Some(2) };
        let list = list_entries_in(&tx, &scope, &page).await.unwrap();
        seen.extend(list.items.into_iter().map(|entry| {
            (
                entry.amount.micros / 1_000_000,
                entry.balance.micros / 1_000_000,
                entry.lots.micros / 1_000_000,
                entry.kind,
            )
        }));
        cursor = list.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let top_up = EntryKind::TopUp;
    let expected = [
        (0, 15, 7, EntryKind::Grant),
        (5, 15, 0, top_up),
        (4, 10, 0, top_up),
        (3, 6, 0, top_up),
        (2, 3, 0, top_up),
        (1, 1, 0, top_up),
    ];
    assert_eq!(seen, expected);
    let wrong = Cursor { cursor: Some("nonsense".to_owned()), limit: None };
    let refused = list_entries_in(&tx, &scope, &wrong).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "cursor", .. })));
}

#[tokio::test]
async fn database_refuses_an_entry_that_does_not_sum_to_zero_and_one_below_the_floor() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    let lopsided =
        "WITH e AS (INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                        VALUES (gen_random_uuid(), $1, 'lopsided', 'top_up', '{}', $2, '') RETURNING id)
                    INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
                    SELECT e.id, 1, $1, a.id, 5 FROM e, account a WHERE a.organisation_id = $1";
    let refused = world.try_run(lopsided, [world.atlas.id.into(), start().into()]).await;
    assert!(refused.unwrap_err().to_string().contains("does not sum to zero"));
    // It sums to zero, on an account of somebody else.
    let other = world.another("other").await;
    world.top_up(other, "bank-2", HOUR, noon()).await.unwrap();
    let foreign = "WITH e AS (INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                        VALUES (gen_random_uuid(), $1, 'foreign', 'top_up', '{}', $3, '') RETURNING id)
                    INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
                    SELECT e.id, CASE a.organisation_id WHEN $1 THEN 1 ELSE 2 END, $1, a.id,
                           CASE a.organisation_id WHEN $1 THEN 5 ELSE -5 END
                    FROM e, account a WHERE a.kind = 'wallet' AND a.organisation_id IN ($1, $2)";
    let refused = world.try_run(foreign, [world.atlas.id.into(), other.id.into(), start().into()]).await;
    assert!(refused.unwrap_err().to_string().contains("among its own organisation's accounts"));
    let below = "UPDATE account SET posted = -1 WHERE organisation_id = $1";
    let refused = world.try_run(below, [world.atlas.id.into()]).await;
    assert!(refused.unwrap_err().to_string().contains("account_stays_above_its_floor"));
    world.assert_balanced().await;
}

#[tokio::test]
async fn checks_find_what_was_changed_behind_the_ledgers_back() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    let lot = world.grant(world.atlas, "gift", gift(world.atlas, 100), noon()).await.unwrap();
    world.run("UPDATE account SET posted = posted + 3 WHERE kind = 'wallet'", []).await;
    world.run("UPDATE lot SET used = 10 WHERE id = $1", [lot.id.into()]).await;
    let open = world.db.work(crate::world::JOB, noon()).await.unwrap();
    let mut rules: Vec<_> = domain::ledger::checks::run(&open).await.unwrap().into_iter().map(|f| f.rule).collect();
    rules.sort();
    assert_eq!(rules, ["lot_counts_its_uses", "lots_are_their_account", "posted_is_sum_of_postings"]);
}
