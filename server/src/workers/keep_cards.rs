//! What becomes of cards that are kept, and wallets that top themselves up with one. Every replica does: a card belongs to who
//! took it, and whether a top-up begins is decided under the purse's lock.

use std::time::Duration;

use domain::{
    Clock, Database,
    access::Job,
    payments::{
        Gateway,
        automatic::{organisations_to_top_up, start_auto_top_up},
        cards::{advance_card, take_due_card},
    },
};

const KEEP: Job = Job::of("keep-cards");
const TOP_UP: Job = Job::of("top-up-by-itself");
/// How often is looked when there was nothing.
const LOOK_EACH: Duration = Duration::from_secs(1);

/// Does both until it is dropped.
pub(crate) async fn keep_cards(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    tokio::join!(advance_cards(db, clock, gateway), top_up(db, clock, gateway));
}

async fn advance_cards(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    loop {
        match advance_one(db, clock, gateway).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "cards wait"),
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// Whether there was one.
async fn advance_one(db: &Database, clock: &Clock, gateway: &dyn Gateway) -> domain::Result<bool> {
    let Some(place) = take_due_card(db, KEEP, clock.now()).await? else { return Ok(false) };
    advance_card(db, KEEP, gateway, place, clock.now()).await?;
    Ok(true)
}

async fn top_up(db: &Database, clock: &Clock, gateway: &dyn Gateway) {
    loop {
        if let Err(error) = top_up_all(db, clock, gateway).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "wallets wait to top themselves up");
        }
        tokio::time::sleep(LOOK_EACH).await;
    }
}

/// One that cannot be decided keeps no other one waiting.
async fn top_up_all(db: &Database, clock: &Clock, gateway: &dyn Gateway) -> domain::Result<()> {
    let now = clock.now();
    let open = db.work(TOP_UP, now).await?;
    let due = organisations_to_top_up(&open, now).await?;
    drop(open);
    for organisation in due {
        if let Err(error) = start_auto_top_up(db, TOP_UP, gateway.provider(), organisation, clock.now()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, %organisation, "a wallet waits to top itself up");
        }
    }
    Ok(())
}
