//! Two portals on one database and cluster, of which one sleeps longer than its lease.

use anyhow::{Context, ensure};
use end2end::{Portal, Visitor, until_within};
use serde_json::json;

use crate::story::{BILLED, PATIENCE, RIF, check_books, check_instance, insist, launch_of, until_phase};

/// Who leads, as a number that grows with each change.
pub(crate) async fn epoch(world: &Portal) -> anyhow::Result<i64> {
    let rows = world.database().rows("SELECT epoch FROM leader WHERE until > now()").await?;
    rows.first().and_then(|row| row["epoch"].as_i64()).context("nobody leads")
}

#[tokio::test]
async fn a_leader_that_sleeps_past_its_lease_does_nothing_twice_when_it_wakes() -> anyhow::Result<()> {
    let world = Portal::start().await?;
    let founder = world.visitor("developer of Rif Biomed").await?;
    let before = until_within(PATIENCE, async || epoch(&world).await).await?;
    let replica = world.start_replica().await?;
    let other = Visitor::sign_in(replica.origin(), world.person("developer of Rif Biomed")?).await?;
    let launch = async |name: &str| {
        let body = launch_of(&other, name).await?;
        let launched = insist(&other, &format!("{RIF}/instances"), name, &body).await?;
        anyhow::Ok(launched["id"].as_str().context("no id")?.to_owned())
    };

    // It falls asleep with a wish to make true; the other one makes that and a second one.
    let first = launch("falls-asleep").await?;
    world.pause_portal(true).await?;
    let second = launch("sleeps").await?;
    for instance in [&first, &second] {
        let running = until_phase(&other, instance, "running").await;
        running.with_context(|| format!("the replica said last:\n{}", replica.last_words()))?;
    }
    ensure!(epoch(&world).await? > before, "nobody took the lead over");

    world.pause_portal(false).await?;
    tokio::time::sleep(BILLED).await;
    for instance in [&first, &second] {
        ensure!(world.pods(instance).await?.len() == 1, "{instance} has not one pod");
        // Asked of the one that woke up.
        insist(&founder, &format!("{RIF}/instances/{instance}/stop"), instance, &json!({})).await?;
        until_phase(&founder, instance, "stopped").await?;
        check_instance(&world, instance).await?;
    }
    check_books(&world).await
}
