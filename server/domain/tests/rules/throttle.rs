//! Tries in vain, counted by everybody on one database together, on a real PostgreSQL.

use domain::{
    Database, DatabaseUrls, Error,
    access::{Tried, begin_tries, forget_tries, forgive_tries},
};
use types::{Argument, Timestamp};

use crate::world::{JOB, World, noon};

const LINA: &str = "lina@acme.test";

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

/// How long a try has to wait; nothing where it may be made.
async fn wait(db: &Database, tried: &[Tried], now: Timestamp) -> Option<i64> {
    match begin_tries(db, tried, now).await {
        Ok(()) => None,
        Err(Error::Refused(refusal)) if refusal.fact == "too-many-attempts" => match refusal.arguments["seconds"] {
            Argument::Number(seconds) => Some(seconds),
            ref other => panic!("{other:?}"),
        },
        Err(error) => panic!("{error}"),
    }
}

/// Another portal on the world's database.
async fn replica(world: &World) -> Database {
    let of = world.database();
    let urls = DatabaseUrls { tenant: of.tenant_url(), staff: of.staff_url(), worker: of.worker_url() };
    Database::connect(&urls).await.unwrap()
}

#[tokio::test]
async fn two_portals_on_one_database_count_together() {
    let world = World::new().await;
    let (here, there) = (&world.db, replica(&world).await);
    let lina = [Tried::account(LINA)];
    for db in [here, &there, here, &there, here] {
        assert_eq!(wait(db, &lina, noon()).await, None);
    }
    assert_eq!((wait(here, &lina, noon()).await, wait(&there, &lina, noon()).await), (Some(2), Some(2)));
    forgive_tries(here, &lina, &[]).await.unwrap();
    assert_eq!(wait(&there, &lina, noon()).await, None);
}

#[tokio::test]
async fn guessing_gets_slow_and_waiting_helps() {
    let world = World::new().await;
    let (db, lina) = (&world.db, [Tried::account(LINA)]);
    for _ in 0..5 {
        assert_eq!(wait(db, &lina, noon()).await, None);
    }
    assert_eq!(wait(db, &lina, noon()).await, Some(2));
    assert_eq!(wait(db, &[Tried::account("other@acme.test")], noon()).await, None, "others are not held up");
    assert_eq!(wait(db, &lina, later(2)).await, None);
    assert_eq!(wait(db, &lina, later(3)).await, Some(3));
    forgive_tries(db, &lina, &[]).await.unwrap();
    assert_eq!(wait(db, &lina, later(3)).await, None);
}

#[tokio::test]
async fn nobody_waits_longer_than_a_quarter_of_an_hour_and_then_all_is_forgotten() {
    let world = World::new().await;
    let (db, lina) = (&world.db, [Tried::account(LINA)]);
    assert_eq!(wait(db, &lina, noon()).await, None);
    for (n_tries, expected) in [(4, None), (5, Some(2)), (13, Some(512)), (14, Some(900)), (i32::MAX, Some(900))] {
        world.run("UPDATE throttle SET n_tries = $1, last_at = $2", [n_tries.into(), noon().into()]).await;
        assert_eq!(wait(db, &lina, noon()).await, expected, "after {n_tries}");
    }
    assert_eq!(wait(db, &lina, later(900)).await, None);
    let kept = "SELECT coalesce(sum(n_tries), 0) AS n FROM throttle";
    assert_eq!(world.number(kept, []).await, 1, "it begins anew");
    forget_tries(db, JOB, later(1_799)).await.unwrap();
    assert_eq!(world.number("SELECT count(*) AS n FROM throttle", []).await, 1);
    forget_tries(db, JOB, later(1_800)).await.unwrap();
    assert_eq!(world.number("SELECT count(*) AS n FROM throttle", []).await, 0);
}

#[tokio::test]
async fn an_address_is_slowed_down_later_than_an_account_and_what_is_refused_leaves_no_row() {
    let world = World::new().await;
    let from = |n: u32| [Tried::account(&format!("{n}@acme.test")), Tried::address("192.0.2.1")];
    for n in 0..30 {
        assert_eq!(wait(&world.db, &from(n), noon()).await, None, "{n}");
    }
    let n_rows = world.number("SELECT count(*) AS n FROM throttle", []).await;
    assert_eq!((wait(&world.db, &from(30), noon()).await, n_rows), (Some(2), 31));
    assert_eq!(world.number("SELECT count(*) AS n FROM throttle", []).await, n_rows);
    forgive_tries(&world.db, &[], &from(0)).await.unwrap();
    assert_eq!(wait(&world.db, &from(31), noon()).await, None, "one was taken back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_at_two_portals_no_more_pass_than_one_after_the_other() {
    let world = World::new().await;
    let portals = [world.db.clone(), replica(&world).await];
    let tries = (0..60).map(|n: usize| {
        let db = portals[n % 2].clone();
        // Each shares one name with all, in either order, and one with some.
        let mut names = vec![Tried::account(LINA), Tried::address(&format!("192.0.2.{}", n % 3))];
        if n % 4 < 2 {
            names.reverse();
        }
        tokio::spawn(async move { wait(&db, &names, noon()).await })
    });
    let mut n_begun = 0;
    for one in tries.collect::<Vec<_>>() {
        n_begun += usize::from(one.await.unwrap().is_none());
    }
    assert_eq!(n_begun, 5);
}
