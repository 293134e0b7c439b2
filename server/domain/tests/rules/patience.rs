//! How long a portal waits for a lock, and how long it may keep one while it sleeps.

use std::time::Duration;

use domain::{Error, clusters::take_lead};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, TransactionTrait};

use crate::fleet::Fleet;
use crate::world::{JOB, noon};

#[tokio::test]
async fn a_lock_that_stays_taken_is_no_endless_wait() {
    let fleet = Fleet::new().await;
    let other = Database::connect(ConnectOptions::new(fleet.world.database().owner_url())).await.unwrap();
    let held = other.begin().await.unwrap();
    held.execute_unprepared("LOCK TABLE leader IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let asked = take_lead(&fleet.world.db, JOB, "next", noon());
    let refused = tokio::time::timeout(Duration::from_secs(60), asked).await.unwrap();
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
}

/// Otherwise a portal that was put to sleep would keep its locks from those that are awake.
#[tokio::test]
async fn a_transaction_that_sleeps_loses_its_locks() {
    let fleet = Fleet::new().await;
    let _asleep = fleet.world.db.work(JOB, noon()).await.unwrap();
    let sleeping = async || {
        let activity = "SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
        fleet.world.database().rows(activity).await.unwrap().len()
    };
    assert_eq!(sleeping().await, 1);
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if sleeping().await == 0 {
            return;
        }
    }
    panic!("the transaction still sleeps");
}
