//! Grants against a real PostgreSQL: giving, previewing, taking back.

use crate::world::{World, credit::gift, noon};
use domain::{Error, Rule, access::policy::GrantCredits as MayGrant, grants::preview_grant};
use types::{Amount, GrantCredits, LotKind, LotView, Money};

const PRICE: (i64, i32) = (30_000_000, 200_000);
const HOUR: i64 = 36_000_000;

fn micros(amount: Amount) -> i64 {
    match amount {
        Amount::Money(money) => money.micros,
        Amount::GpuSeconds { seconds, .. } => seconds,
    }
}

fn counts(lot: &LotView) -> (i64, i64, i64, i64) {
    (micros(lot.used), micros(lot.expired), micros(lot.voided), micros(lot.left))
}

#[tokio::test]
async fn preview_says_what_the_grant_then_does() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", HOUR, noon()).await.unwrap();
    world.grant(world.atlas, "first", gift(world.atlas, 1_000), noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    world.hold(world.atlas, lease, world.terms(world.atlas, lease, world.h100, 1, PRICE), noon()).await.unwrap();
    world.billable(lease, noon(), None).await;
    let ask = gift(world.atlas, 30_000_000);
    let scope = world.scope::<MayGrant>("incubator@hub.test", world.atlas).await;
    let preview = preview_grant(&world.db, &scope, &ask, noon()).await.unwrap();
    assert_eq!((micros(preview.before.left), micros(preview.after.left)), (1_000, 30_001_000));
    assert_eq!(preview.balance.micros, HOUR);
    world.grant(world.atlas, "second", ask, noon()).await.unwrap();
    let wallet = world.wallet(world.atlas, noon()).await;
    assert_eq!(wallet.lots[0].left, preview.after.left);
    assert_eq!(wallet.empty_at, preview.empty_after);
    assert!(preview.empty_after > preview.empty_before);
    assert_eq!(wallet.balance, preview.balance, "a grant is no money");
}

#[tokio::test]
async fn undoing_takes_back_what_is_left_but_not_what_pays_for_usage_until_now() {
    let world = World::new().await;
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let lot = world.grant(world.atlas, "gift", gift(world.atlas, 90_000_000), noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    world.hold(world.atlas, lease, world.terms(world.atlas, lease, world.h100, 1, PRICE), noon()).await.unwrap();
    world.billable(lease, noon(), None).await;
    let undone = world.undo(world.atlas, "undo", lot.id, noon().plus_seconds(1_800)).await.unwrap();
    assert_eq!(counts(&undone), (0, 0, 75_000_000, 15_000_000));
    world.assert_balanced().await;
    let end = noon().plus_seconds(3_600);
    world.end(lease, end).await;
    world.observe(end.plus_seconds(600)).await;
    assert!(world.settle(world.atlas, end.plus_seconds(600)).await);
    let lot = world.lots(world.atlas, end).await.remove(0);
    assert_eq!(counts(&lot), (15_000_000, 0, 75_000_000, 0));
    assert_eq!(world.wallet(world.atlas, end).await.balance.micros, 10 * HOUR - HOUR / 2);
    world.assert_balanced().await;
    let again = world.undo(world.atlas, "again", lot.id, end.plus_seconds(600)).await;
    assert!(matches!(again, Err(Error::Conflict("lot-used-up"))), "{again:?}");
}

#[tokio::test]
async fn grant_is_given_once_however_often_it_is_sent() {
    let world = World::new().await;
    let first = world.grant(world.atlas, "key", gift(world.atlas, 5), noon()).await.unwrap();
    let second = world.grant(world.atlas, "key", gift(world.atlas, 5), noon()).await.unwrap();
    assert_eq!(first, second);
    let other = world.grant(world.atlas, "key", gift(world.atlas, 6), noon()).await;
    assert!(matches!(other, Err(Error::KeyReused)));
    let undone = world.undo(world.atlas, "undo", first.id, noon()).await.unwrap();
    assert_eq!(world.undo(world.atlas, "undo", first.id, noon()).await.unwrap(), undone);
    assert_eq!(world.number("SELECT count(*) AS n FROM journal_entry", []).await, 2);
    assert_eq!(world.number("SELECT count(*) AS n FROM audit WHERE verb LIKE 'lot.%'", []).await, 2);
    world.assert_balanced().await;
}

#[tokio::test]
async fn scopes_name_what_exists_and_belongs_to_the_organisation() {
    let world = World::new().await;
    let cases: [(&str, GrantCredits); 4] = [
        ("projects", GrantCredits { projects: vec![world.breton.project], ..gift(world.atlas, 5) }),
        ("flavours", GrantCredits { flavours: vec![types::FlavourId::new(noon())], ..gift(world.atlas, 5) }),
        (
            "amount",
            GrantCredits {
                amount: Amount::GpuSeconds { flavour: types::FlavourId::new(noon()), seconds: 9 },
                ..gift(world.atlas, 5)
            },
        ),
        (
            "amount",
            GrantCredits {
                amount: Amount::Money(Money { micros: 5, currency: world.breton.currency }),
                ..gift(world.atlas, 5)
            },
        ),
    ];
    for (n, (wanted, ask)) in cases.into_iter().enumerate() {
        let refused = world.grant(world.atlas, &format!("key-{n}"), ask, noon()).await;
        assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == wanted), "{wanted}: {refused:?}");
    }
    let silent = GrantCredits { reason: " ".to_owned(), ..gift(world.atlas, 5) };
    let refused = world.grant(world.atlas, "silent", silent, noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "reason", rule: Rule::Length { .. } })), "{refused:?}");
    assert_eq!(world.number("SELECT count(*) AS n FROM lot", []).await, 0);
}

#[tokio::test]
async fn lot_of_another_organisation_is_not_there() {
    let world = World::new().await;
    let lot = world.grant(world.atlas, "gift", gift(world.atlas, 5), noon()).await.unwrap();
    let foreign = world.undo(world.breton, "undo", lot.id, noon()).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    assert_eq!(world.lots(world.breton, noon()).await, []);
}

#[tokio::test]
async fn gift_of_gpu_time_pays_the_net_price_and_leaves_no_tax() {
    let world = World::new().await;
    let amount = Amount::GpuSeconds { flavour: world.h100, seconds: 1_800 };
    world.top_up(world.atlas, "bank-1", 10 * HOUR, noon()).await.unwrap();
    let ask = GrantCredits { kind: LotKind::Promo, amount, ..gift(world.atlas, 1) };
    world.grant(world.atlas, "hours", ask, noon()).await.unwrap();
    let lease = world.lease(world.atlas, world.h100, 1, noon()).await;
    world.hold(world.atlas, lease, world.terms(world.atlas, lease, world.h100, 1, PRICE), noon()).await.unwrap();
    world.billable(lease, noon(), None).await;
    let end = noon().plus_seconds(3_600);
    world.end(lease, end).await;
    world.observe(end.plus_seconds(600)).await;
    assert!(world.settle(world.atlas, end.plus_seconds(600)).await);
    let lot = world.lots(world.atlas, end).await.remove(0);
    assert_eq!((counts(&lot), lot.paid.micros), ((1_800, 0, 0, 0), 15_000_000));
    assert_eq!(world.wallet(world.atlas, end).await.balance.micros, 10 * HOUR - HOUR / 2);
    world.assert_balanced().await;
}
