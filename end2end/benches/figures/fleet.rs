//! A thousand instances: made true from nothing beside creating the same objects raw, a restart of the portal that must
//! write nothing to the cluster, and what the database hears of them while nothing changes.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use end2end::{Hub, Portal, until_within};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::Value;

use crate::{
    raw::Raw,
    row::{Row, millis},
    say, scaled,
    tables::{self, Written},
    watcher::{self, Changes},
    world::{self, Launches, PATIENCE, RIF},
};

/// Launches by flavour: together a thousand.
const WANTED: [(&str, usize, usize); 3] = [("h200", 334, 8), ("h100", 333, 8), ("a100-1g.10gb", 333, 8)];
/// Posts that the limit has under way at a time: as many as the portal.
const AT_ONCE: usize = 16;
const WRITES: [&str; 5] = ["create", "update", "patch", "delete", "deletecollection"];

/// All of them, in one world.
pub(crate) async fn measure() -> anyhow::Result<Vec<Row>> {
    let wanted = WANTED.map(|(slug, released, developing)| (slug, scaled(released, developing)));
    let n: usize = wanted.iter().map(|(_, n)| n).sum();
    say(&format!("makes a world with room for {n} instances"));
    let mut world = Portal::before_start(Hub { n_halls: scaled(27, 3), speed: 1000.0 }).await?;
    world.start_portal().await?;
    world::provide(&world, RIF, &wanted.map(|(slug, _)| slug)).await?;
    // The demonstration has one of the others already: now there is a pattern of each flavour.
    let founder = world.visitor("developer of Rif").await?;
    let launches = Launches::of(&founder, RIF).await?;
    launches.send(&launches.ask("h100", "pattern")?).await?;
    world::all_running(&founder, RIF, 3).await?;
    let raw = posted_raw(&world, n).await?;
    wish(&mut world, &wanted).await?;
    let reconciled = reconcile(&mut world, n).await?;
    let restart = restart(&mut world).await?;
    let mut rows = vec![
        Row::times(&format!("{n} instances from nothing to Ready"), reconciled, raw, "the same objects posted raw"),
        restart,
    ];
    rows.extend(steady(&world, n).await?);
    Ok(rows)
}

/// How long as many pods with their Secrets take that are posted without a portal; they are gone afterwards.
async fn posted_raw(world: &Portal, n: usize) -> anyhow::Result<Duration> {
    say(&format!("posts {n} pods raw"));
    let raw = Raw::like(&world.simulator_origin()?).await?.within("raw").await?;
    // The namespace's service account takes a moment.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let changes = watcher::watch(&world.simulator_origin()?).await?;
    let start = Instant::now();
    let posts = stream::iter(0..n).map(|place| {
        let raw = raw.clone();
        async move { raw.post(place).await }
    });
    let (_, ready) =
        tokio::try_join!(posts.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>(), until_ready(changes, n))?;
    raw.clear().await?;
    Ok(ready.duration_since(start))
}

/// When so many pods that were not there before are ready.
async fn until_ready(mut changes: Changes, n: usize) -> anyhow::Result<Instant> {
    let mut ready = HashSet::new();
    loop {
        let seen = tokio::time::timeout(PATIENCE, changes.recv()).await;
        let seen =
            seen.with_context(|| format!("only {} of {n} pods are ready", ready.len()))?.context("the watch ended")?;
        if seen.is_ready() && ready.insert(seen.name().to_owned()) && ready.len() == n {
            return Ok(seen.at);
        }
    }
}

/// Launches them while nobody works on the cluster.
async fn wish(world: &mut Portal, wanted: &[(&str, usize)]) -> anyhow::Result<()> {
    say("launches them while no worker runs");
    world.stop_portal().await?;
    world.start_portal_with(&["--no-workers"]).await?;
    let founder = world.visitor("developer of Rif").await?;
    world::launch_many(&founder, RIF, wanted).await?;
    world.stop_portal().await
}

/// From the start of the portal until all of them are ready.
async fn reconcile(world: &mut Portal, n: usize) -> anyhow::Result<Duration> {
    say("starts the portal on them");
    let changes = watcher::watch(&world.simulator_origin()?).await?;
    let start = Instant::now();
    let (started, ready) = tokio::join!(world.start_portal(), until_ready(changes, n));
    started?;
    let took = ready?.duration_since(start);
    until_at_rest(world).await?;
    Ok(took)
}

/// Waits until the database has taken every wish and knows every instance as running.
async fn until_at_rest(world: &Portal) -> anyhow::Result<()> {
    let waiting = "SELECT count(*) AS n FROM instance WHERE wish = 'running' AND phase <> 'running'";
    until_within(PATIENCE, async || {
        let n = tables::number(&world.database().rows(waiting).await?)?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        ensure!(n == 0, "{n} do not run yet");
        Ok(())
    })
    .await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    Ok(())
}

async fn writes(world: &Portal) -> anyhow::Result<u64> {
    let counts: Value = reqwest::get(format!("{}/simulator/requests", world.simulator_origin()?)).await?.json().await?;
    Ok(WRITES.iter().filter_map(|verb| counts[*verb].as_u64()).sum())
}

/// Restarts the portal: until it has recorded the cluster again, and what it wrote to the cluster until long after.
async fn restart(world: &mut Portal) -> anyhow::Result<Row> {
    say("restarts the portal on what runs");
    world.stop_portal().await?;
    let (before, epoch) = (writes(world).await?, epoch(world).await?);
    let start = Instant::now();
    world.start_portal().await?;
    until_within(PATIENCE, async || {
        let sql = "SELECT count(*) AS n FROM cluster_observation o JOIN leader l ON l.epoch = o.epoch
                   WHERE l.epoch > {epoch}";
        let n = tables::number(&world.database().rows(&sql.replace("{epoch}", &epoch.to_string())).await?)?;
        ensure!(n > 0, "the cluster was not observed again");
        Ok(())
    })
    .await?;
    let took = start.elapsed();
    // Longer than the queue's resync.
    tokio::time::sleep(Duration::from_secs(scaled(75, 10) as u64)).await;
    let n = writes(world).await? - before;
    let row = Row::new("restart on them: until the cluster is known again", millis(took));
    Ok(row.beside(&format!("{n} writes to the cluster")).allowed("0 writes", n == 0))
}

async fn epoch(world: &Portal) -> anyhow::Result<i64> {
    tables::number(&world.database().rows("SELECT epoch AS n FROM leader").await?)
}

/// What is written while nothing changes, for an hour's length.
async fn steady(world: &Portal, n: usize) -> anyhow::Result<Vec<Row>> {
    let minutes = scaled(5, 1) as u64;
    say(&format!("looks on for {minutes} minutes"));
    let before = Written::now(world.database()).await?;
    let start = Instant::now();
    tokio::time::sleep(Duration::from_secs(minutes * 60)).await;
    let after = Written::now(world.database()).await?;
    let hours = start.elapsed().as_secs_f64() / 3600.0;
    let rows = after.rows_since(&before, &[]) as f64 / hours;
    let wal = after.wal_since(&before) as f64 / hours / 1_000_000.0;
    let rows = Row::new(format!("rows an hour by watching {n} unchanging instances"), format!("{rows:.0}"));
    let rows = rows.beside(&format!("in {minutes} minutes: {}", after.most_since(&before)));
    Ok(vec![rows, Row::new("… and of write-ahead log an hour", format!("{wal:.1} MB"))])
}
