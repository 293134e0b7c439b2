//! Many instances at once: made true from nothing beside creating the same objects raw, a restart of the portal that must
//! write nothing to the cluster, and what the database hears of them while nothing changes. On the simulator, and (`scale`)
//! on a real control plane, where the API server counts what is written and the portal's memory is looked at.

use std::{
    collections::HashSet,
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use end2end::{Hub, Portal, until_within};
use futures_util::{StreamExt, TryStreamExt, future::try_join_all, stream};
use serde_json::{Value, json};
use types::InstanceId;
use uuid::Uuid;

use crate::{
    api::Api,
    is_deep,
    raw::Raw,
    row::{Row, millis, ratio},
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
/// What the portal writes, as the API server's own counts name it.
const WRITTEN: [&str; 6] = ["pods", "secrets", "namespaces", "networkpolicies", "resourcequotas", "limitranges"];

/// What a portal lists when it starts.
const LISTED: [&str; 5] = [
    "/api/v1/pods",
    "/api/v1/persistentvolumeclaims",
    "/api/v1/nodes",
    "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases",
    "/api/v1/events",
];
/// What both are measured beside.
const RAW: &str = "the same objects posted raw";
/// How soon after its lists a portal must know the cluster.
const AFTER_LISTS: Duration = Duration::from_secs(5);

/// A world with a pattern of each flavour running, and what is to be launched in it.
struct Fleet {
    world: Portal,
    api: Api,
    wanted: Vec<(&'static str, usize)>,
    n: usize,
    is_real: bool,
}

/// When the last of many pods was made, and when it was ready.
struct Times {
    made: Instant,
    ready: Instant,
}

/// How long the same took from its beginning, and how much processor time all programs of the machine had for it.
struct Took {
    made: Duration,
    ready: Duration,
    busy: Duration,
}

/// The beginning of something that is measured.
struct Start {
    at: Instant,
    busy: Duration,
}

impl Start {
    fn now() -> anyhow::Result<Self> {
        Ok(Self { at: Instant::now(), busy: busy()? })
    }

    fn took(&self, times: &Times) -> anyhow::Result<Took> {
        let since = |then: Instant| then.duration_since(self.at);
        Ok(Took { made: since(times.made), ready: since(times.ready), busy: busy()? - self.busy })
    }
}

/// Processor time that all programs of the machine have had so far.
fn busy() -> anyhow::Result<Duration> {
    /// user, nice, system, irq, softirq, in hundredths of a second; neither idle nor waiting.
    const BUSY: [usize; 5] = [1, 2, 3, 6, 7];
    let stat = fs::read_to_string("/proc/stat").context("no /proc/stat")?;
    let columns: Vec<&str> = stat.lines().next().unwrap_or_default().split_whitespace().collect();
    let mut hundredths = 0;
    for column in BUSY {
        hundredths += columns.get(column).context("a column of /proc/stat is missing")?.parse::<u64>()?;
    }
    Ok(Duration::from_millis(10 * hundredths))
}

/// On the simulator.
pub(crate) async fn measure() -> anyhow::Result<Vec<Row>> {
    let mut fleet = Fleet::of(Hub::Simulated { n_halls: scaled(27, 3), speed: 1000.0 }, 1).await?;
    let n = fleet.n;
    let raw = fleet.posted_raw().await?;
    fleet.wish().await?;
    let reconciled = fleet.reconcile().await?;
    let restart = fleet.restart().await?;
    let mut rows =
        vec![Row::times(&format!("{n} instances from nothing to Ready"), reconciled.ready, raw.ready, RAW), restart];
    rows.extend(fleet.steady().await?);
    Ok(rows)
}

/// On a real control plane; in the deep version ten thousand.
pub(crate) async fn measure_real() -> anyhow::Result<Vec<Row>> {
    let tens = if is_deep() { 10 } else { 1 };
    let mut fleet = Fleet::of(Hub::Real { times: scaled(27 * tens, 3) as u64 }, tens).await?;
    let n = fleet.n;
    let raw = fleet.posted_raw().await?;
    fleet.wish().await?;
    let took = fleet.reconcile().await?;
    // Posted faster, more of the kubelets' work is left for after the last is made: what counts is when all are Ready.
    let share = ratio(raw.ready, took.ready);
    let mut rows = vec![
        Row::times(&format!("real cluster: {n} instances from nothing to made"), took.made, raw.made, RAW),
        Row::times(&format!("real cluster: {n} instances from nothing to Ready"), took.ready, raw.ready, RAW)
            .allowed("≤ 1 ÷ 0.7", share >= 0.7),
        Row::times("… and processor time of all programs until all is known", took.busy, raw.busy, RAW),
        fleet.restart().await?,
    ];
    rows.extend(fleet.steady().await?);
    let (stopped, cleared) = fleet.stop().await?;
    rows.push(Row::times(&format!("real cluster: {n} instances stopped at once"), stopped, cleared, "asking alone"));
    let megabytes = fleet.world.most_memory()? as f64 / 1_000_000.0;
    let row = Row::new("real cluster: the portal's memory at most", format!("{megabytes:.0} MB"));
    rows.push(row.allowed("≤ 400 MB", megabytes <= 400.0));
    Ok(rows)
}

impl Fleet {
    async fn of(hub: Hub, tens: usize) -> anyhow::Result<Self> {
        let wanted: Vec<_> =
            WANTED.iter().map(|(slug, released, developing)| (*slug, tens * scaled(*released, *developing))).collect();
        let n: usize = wanted.iter().map(|(_, n)| n).sum();
        say(&format!("makes a world with room for {n} instances"));
        let mut world = Portal::before_start(hub).await?;
        world.start_portal().await?;
        world::provide(&world, RIF, &WANTED.map(|(slug, ..)| slug)).await?;
        // The demonstration has one of the others already: now there is a pattern of each flavour.
        let founder = world.visitor("developer of Rif").await?;
        let launches = Launches::of(&founder, RIF).await?;
        launches.send(&launches.ask("h100", "pattern")?).await?;
        world::all_running(&founder, RIF, 3).await?;
        let (api, is_real) = (Api::of(&world).await?, matches!(hub, Hub::Real { .. }));
        Ok(Self { world, api, wanted, n, is_real })
    }

    /// How long anything may take.
    fn patience(&self) -> Duration {
        PATIENCE * u32::try_from(self.n.div_ceil(1_000)).unwrap_or(u32::MAX)
    }

    /// How long as many pods with their Secrets take that are posted without a portal; they are gone afterwards.
    async fn posted_raw(&self) -> anyhow::Result<Took> {
        say(&format!("posts {} pods raw", self.n));
        let raw = Raw::like(&self.api).await?.within("raw").await?;
        // The namespace's service account takes a moment.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let changes = watcher::watch(&self.api).await?;
        let start = Start::now()?;
        let posts = stream::iter(0..self.n).map(|place| {
            let raw = raw.clone();
            async move { raw.post(place).await }
        });
        let (_, times) = tokio::try_join!(
            posts.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>(),
            until_ready(changes, self.n, self.patience())
        )?;
        let took = start.took(&times)?;
        // One by one: a namespace's controller takes a quarter of an hour for ten thousand, and one request for all of them
        // outlives what the API server grants it.
        let removals = stream::iter(0..self.n).map(|place| {
            let raw = raw.clone();
            async move { raw.remove(place).await }
        });
        removals.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        raw.clear().await?;
        Ok(took)
    }

    /// Launches them while nobody works on the cluster.
    async fn wish(&mut self) -> anyhow::Result<()> {
        say("launches them while no worker runs");
        self.world.stop_portal().await?;
        self.world.start_portal_with(&["--no-workers"]).await?;
        let founder = self.world.visitor("developer of Rif").await?;
        world::launch_many(&founder, RIF, &self.wanted).await?;
        self.world.stop_portal().await
    }

    /// From the start of the portal until all of them are made, and until they are ready.
    async fn reconcile(&mut self) -> anyhow::Result<Took> {
        say("starts the portal on them");
        let changes = watcher::watch(&self.api).await?;
        let (start, patience) = (Start::now()?, self.patience());
        let (started, times) = tokio::join!(self.world.start_portal(), until_ready(changes, self.n, patience));
        started?;
        let times = times?;
        self.until_known().await?;
        let took = start.took(&times)?;
        // What follows finds it at rest.
        tokio::time::sleep(Duration::from_secs(5)).await;
        Ok(took)
    }

    /// Waits until the database has taken every wish and knows every instance as running.
    async fn until_known(&self) -> anyhow::Result<()> {
        let waiting = "SELECT count(*) AS n FROM instance WHERE wish = 'running' AND phase <> 'running'";
        until_within(self.patience(), async || {
            let n = tables::number(&self.world.database().rows(waiting).await?)?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            ensure!(n == 0, "{n} do not run yet");
            Ok(())
        })
        .await
    }

    /// How many requests have written what the portal writes, as the cluster counts them.
    async fn writes(&self) -> anyhow::Result<u64> {
        if !self.is_real {
            let counts: Value = self.api.get("/simulator/requests").await?;
            return Ok(WRITES.iter().filter_map(|verb| counts[*verb].as_u64()).sum());
        }
        let metrics = self.api.text("/metrics").await?;
        let counts = metrics.lines().filter(|line| line.starts_with("apiserver_request_total{"));
        let has = |line: &str, key: &str, value: &str| line.contains(&format!("{key}=\"{value}\""));
        let is_write = |line: &&str| {
            let verb = ["APPLY", "PATCH", "POST", "PUT", "DELETE"].iter().any(|verb| has(line, "verb", verb));
            verb && has(line, "subresource", "") && WRITTEN.iter().any(|kind| has(line, "resource", kind))
        };
        Ok(counts.filter(is_write).filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum())
    }

    /// How long it takes to read everything that a portal lists when it starts.
    async fn listed(&self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        let lists = LISTED.map(|path| self.api.list(path));
        let n: usize = try_join_all(lists).await?.into_iter().sum();
        ensure!(n >= self.n, "only {n} objects are listed");
        Ok(start.elapsed())
    }

    /// Restarts the portal: until it has recorded the cluster again, and what it wrote to the cluster until long after.
    async fn restart(&mut self) -> anyhow::Result<Row> {
        say("restarts the portal on what runs");
        self.world.stop_portal().await?;
        let listed = self.listed().await?;
        let (before, epoch) = (self.writes().await?, self.epoch().await?);
        let start = Instant::now();
        self.world.start_portal().await?;
        let sql = format!(
            "SELECT count(*) AS n FROM cluster_observation o JOIN leader l ON l.epoch = o.epoch WHERE l.epoch > {epoch}"
        );
        until_within(self.patience(), async || {
            let n = tables::number(&self.world.database().rows(&sql).await?)?;
            ensure!(n > 0, "the cluster was not observed again");
            Ok(())
        })
        .await?;
        let took = start.elapsed();
        // Longer than the queue's resync.
        tokio::time::sleep(Duration::from_secs(scaled(75, 10) as u64)).await;
        let n = self.writes().await? - before;
        let row = Row::new(self.named("restart on them: until the cluster is known again"), millis(took));
        let row =
            row.beside(&format!("the lists that it begins with, raw: {}; {n} writes to the cluster", millis(listed)));
        Ok(row.allowed("≤ 5 s after them, 0 writes", n == 0 && took <= listed + AFTER_LISTS))
    }

    async fn epoch(&self) -> anyhow::Result<i64> {
        tables::number(&self.world.database().rows("SELECT epoch AS n FROM leader").await?)
    }

    /// What is written while nothing changes, for an hour's length.
    async fn steady(&self) -> anyhow::Result<Vec<Row>> {
        let minutes = scaled(5, 1) as u64;
        say(&format!("looks on for {minutes} minutes"));
        let (before, writes) = (Written::now(self.world.database()).await?, self.writes().await?);
        let start = Instant::now();
        tokio::time::sleep(Duration::from_secs(minutes * 60)).await;
        let after = Written::now(self.world.database()).await?;
        let (hours, n) = (start.elapsed().as_secs_f64() / 3600.0, self.writes().await? - writes);
        let rows = after.rows_since(&before, &[]) as f64 / hours;
        let wal = after.wal_since(&before) as f64 / hours / 1_000_000.0;
        let figure = self.named(&format!("rows an hour by watching {} unchanging instances", self.n));
        let rows = Row::new(figure, format!("{rows:.0}"));
        let rows = rows.beside(&format!("in {minutes} minutes: {n} to the cluster, {}", after.most_since(&before)));
        Ok(vec![rows.allowed("0 writes", n == 0), Row::new("… and of write-ahead log an hour", format!("{wal:.1} MB"))])
    }

    /// Stops everything at once: until the last pod is gone, and until the last stop was answered.
    async fn stop(&self) -> anyhow::Result<(Duration, Duration)> {
        say("stops all of them");
        let founder = self.world.visitor("developer of Rif").await?;
        let running = format!(
            "SELECT i.id FROM instance i JOIN organisation o ON o.id = i.organisation_id
             WHERE o.slug = '{RIF}' AND i.wish = 'running'"
        );
        let rows = self.world.database().rows(&running).await?;
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| row["id"].as_str()?.parse().ok()).collect();
        ensure!(ids.len() >= self.n, "only {} run", ids.len());
        let start = Instant::now();
        let asks = stream::iter(ids).map(|id| {
            let (founder, id) = (&founder, InstanceId::from_uuid(id));
            async move {
                let path = format!("/api/v1/organisations/{RIF}/instances/{id}/stop");
                founder.post(&path, &format!("stop-{id}"), &json!({})).await.map(drop)
            }
        });
        asks.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        let asked = start.elapsed();
        let left = format!(
            "SELECT count(*) AS n FROM lease l JOIN organisation o ON o.id = l.organisation_id
             WHERE o.slug = '{RIF}' AND l.pod_uid IS NOT NULL AND l.pod_gone_at IS NULL"
        );
        until_within(self.patience(), async || {
            let n = tables::number(&self.world.database().rows(&left).await?)?;
            tokio::time::sleep(Duration::from_millis(100)).await;
            ensure!(n == 0, "{n} pods are left");
            Ok(())
        })
        .await?;
        Ok((start.elapsed(), asked))
    }

    fn named(&self, figure: &str) -> String {
        if self.is_real { format!("real cluster: {figure}") } else { figure.to_owned() }
    }
}

/// When so many pods that were not there before are made, and ready.
async fn until_ready(mut changes: Changes, n: usize, patience: Duration) -> anyhow::Result<Times> {
    let (mut known, mut ready, mut made) = (HashSet::new(), HashSet::new(), Instant::now());
    loop {
        let seen = tokio::time::timeout(patience, changes.recv()).await;
        let seen =
            seen.with_context(|| format!("only {} of {n} pods are ready", ready.len()))?.context("the watch ended")?;
        if known.insert(seen.name().to_owned()) {
            made = seen.at;
        }
        if seen.is_ready() && ready.insert(seen.name().to_owned()) && ready.len() == n {
            return Ok(Times { made, ready: seen.at });
        }
    }
}
