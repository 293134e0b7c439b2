//! From the request of a launch to the pod that an independent watcher sees, beside one commit and the same objects
//! posted raw: ten of each in a second, in turn, on the same database and cluster.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use end2end::Portal;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tokio::{task::JoinSet, time::MissedTickBehavior};

use crate::{
    api::Api,
    raw::Raw,
    row::{Row, Spread, ratio},
    say, scaled,
    watcher::{self, Changes},
    world::{self, Launches, RIF},
};

const ATLAS: &str = "atlas-robotics";
/// In turns, so that there is room for all.
const FLAVOURS: [&str; 3] = ["h200", "h100", "a100-1g.10gb"];
/// What a launch writes is about as long.
const COMMIT: &str = "INSERT INTO bench_commit (body) VALUES (repeat('x', 1000))";
/// How long the last pods may take to be seen.
const PATIENCE: Duration = Duration::from_secs(20);

/// When each was asked for, by the word that its pod is known by.
type Asked = HashMap<String, Instant>;

/// Both rows, and the commit alone.
pub(crate) async fn measure(world: &mut Portal) -> anyhow::Result<Vec<Row>> {
    // The patterns stand in the namespace of the one, the launches in that of the other: both are warm.
    for organisation in [ATLAS, RIF] {
        world::provide(world, organisation, &FLAVOURS).await?;
    }
    let founder = world.visitor("developer of Atlas").await?;
    world::all_running(&founder, ATLAS, 1).await?;
    let launches = Launches::of(&founder, ATLAS).await?;
    let api = Api::of(world).await?;
    let raw = Raw::like(&api).await?;
    let database = commits(world).await?;
    let n = scaled(200, 30);
    say(&format!("launches {n} instances and posts {n} raw, ten a second of each"));
    let mut changes = watcher::watch(&api).await?;
    let (launched, posted, parts) = in_turn(n, &launches, &raw, &database).await?;
    let (launched, posted) = until_seen(&mut changes, launched, posted).await?;
    Ok(rows(&launched, &posted, &parts))
}

/// A connection for commits that are nothing else.
async fn commits(world: &Portal) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(world.database().owner_url());
    options.max_connections(4).sqlx_logging(false);
    let database = Database::connect(options).await?;
    database.execute_unprepared("CREATE TABLE bench_commit (id bigserial PRIMARY KEY, body text NOT NULL)").await?;
    Ok(database)
}

/// What of both ways is only the database's: until a launch is answered, and until a commit is made.
#[derive(Default)]
struct Parts {
    answered: Vec<Duration>,
    committed: Vec<Duration>,
}

/// One of each every tenth of a second, whatever became of the one before.
async fn in_turn(
    n: usize,
    launches: &Launches,
    raw: &Raw,
    database: &DatabaseConnection,
) -> anyhow::Result<(Asked, Asked, Parts)> {
    let (mut portal, mut limit) = (JoinSet::new(), JoinSet::new());
    let mut tick = tokio::time::interval(Duration::from_millis(scaled(50, 250) as u64));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for place in 0..n {
        tick.tick().await;
        let (launches, ask) =
            (launches.clone(), launches.ask(FLAVOURS[place % FLAVOURS.len()], &format!("paced-{place}"))?);
        portal.spawn(async move {
            let asked_at = Instant::now();
            launches.send(&ask).await.map(|instance| (instance, asked_at, asked_at.elapsed()))
        });
        tick.tick().await;
        let (raw, database) = (raw.clone(), database.clone());
        limit.spawn(async move {
            let asked_at = Instant::now();
            database.execute_unprepared(COMMIT).await?;
            let committed = asked_at.elapsed();
            let name = format!("raw-{place}");
            raw.post(place).await?;
            anyhow::Ok((name, asked_at, committed))
        });
    }
    let (mut launched, mut posted, mut parts) = (Asked::new(), Asked::new(), Parts::default());
    for (instance, asked_at, answered) in portal.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()? {
        launched.insert(instance, asked_at);
        parts.answered.push(answered);
    }
    for (name, asked_at, committed) in limit.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()? {
        posted.insert(name, asked_at);
        parts.committed.push(committed);
    }
    Ok((launched, posted, parts))
}

/// From asking to being seen, of both, once all were seen.
async fn until_seen(changes: &mut Changes, launched: Asked, posted: Asked) -> anyhow::Result<(Spread, Spread)> {
    let (mut portal, mut limit) = (Vec::new(), Vec::new());
    while portal.len() < launched.len() || limit.len() < posted.len() {
        let seen = tokio::time::timeout(PATIENCE, changes.recv()).await;
        let seen = seen.with_context(|| format!("only {} of {} pods were seen", portal.len(), launched.len()))?;
        let seen = seen.context("the watch ended")?;
        if seen.kind != "ADDED" {
            continue;
        }
        if let Some(asked_at) = launched.get(seen.instance()) {
            portal.push(seen.at.duration_since(*asked_at));
        } else if let Some(asked_at) = posted.get(seen.name()) {
            limit.push(seen.at.duration_since(*asked_at));
        }
    }
    ensure!(!portal.is_empty(), "nothing was launched");
    Ok((Spread::of(portal), Spread::of(limit)))
}

fn rows(launched: &Spread, posted: &Spread, parts: &Parts) -> Vec<Row> {
    let limit = "one commit, then both objects posted raw";
    let row = |share: f64, name: &str, most: f64| {
        let (measured, beside) = (launched.at(share), posted.at(share));
        let figure = format!("launch request → pod seen, {name}");
        Row::times(&figure, measured, beside, limit).allowed(&format!("≤ {most}×"), ratio(measured, beside) <= most)
    };
    let part = |name: &str, times: &[Duration]| {
        let spread = Spread::of(times.iter().copied());
        Row::new(name, crate::row::millis(spread.at(0.5)))
            .beside(&format!("p99: {}", crate::row::millis(spread.at(0.99))))
    };
    vec![
        row(0.5, "p50", 2.0),
        row(0.99, "p99", 3.0),
        part("… of the launch, until it is answered, p50", &parts.answered),
        part("… of the limit, the commit alone, p50", &parts.committed),
    ]
}
