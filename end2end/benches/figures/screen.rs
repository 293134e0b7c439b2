//! From a pod's change of status, as an independent watcher hears of it, to the event stream that a page reads: a page
//! of a hundred rows is open while the pods turn unready and ready again, ten changes a second.

use std::{
    collections::HashMap,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::ensure;
use end2end::Portal;
use reqwest::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use types::Timestamp;

use crate::{
    api::Api,
    row::{Row, Spread, millis},
    say,
    watcher::{self, Changes},
    world::{self, RIF},
};

const MOST: Duration = Duration::from_millis(100);
/// How long the last changes may take to arrive.
const REST: Duration = Duration::from_secs(3);

/// When each instance's changes were heard of, in their order.
type Heard = HashMap<String, Vec<Instant>>;

/// Where a pod that is changed stands.
struct Pod {
    namespace: String,
    name: String,
}

/// One row for each share.
pub(crate) async fn measure(world: &mut Portal) -> anyhow::Result<Vec<Row>> {
    let (api, founder) = (Api::of(world).await?, world.visitor("developer of Rif").await?);
    let list = founder.get(&format!("/api/v1/organisations/{RIF}/instances?limit=100&phase=running")).await?;
    let ids: Vec<&str> =
        list["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str()).collect();
    ensure!(ids.len() == 100, "there are {} running instances", ids.len());
    let pods = pods_of(&api, &ids).await?;
    let (sender, shown) = mpsc::unbounded_channel();
    let stream = founder.open(&format!("/o/{RIF}/events?topic=instances&ids={}", ids.join(","))).await?;
    let reading = tokio::spawn(read(stream, sender));
    let changes = watcher::watch(&api).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    say(&format!("changes {} pods, ten a second", world::n_repeated()));
    turn(&api, &pods).await?;
    tokio::time::sleep(REST).await;
    reading.abort();
    rows(&heard(changes, pods.len()), &collected(shown))
}

async fn pods_of(api: &Api, ids: &[&str]) -> anyhow::Result<Vec<Pod>> {
    let list = api.get("/api/v1/pods").await?;
    let of = |pod: &Value| {
        let metadata = &pod["metadata"];
        let instance = metadata["labels"]["tamuda.dev/instance"].as_str()?;
        ids.contains(&format!("ins_{instance}").as_str()).then_some(())?;
        let word = |key: &str| metadata[key].as_str().map(str::to_owned);
        Some(Pod { namespace: word("namespace")?, name: word("name")? })
    };
    Ok(list["items"].as_array().into_iter().flatten().filter_map(of).collect())
}

/// Turns one pod after the other unready, then all of them ready again, and so on.
async fn turn(api: &Api, pods: &[Pod]) -> anyhow::Result<()> {
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    for place in 0..world::n_repeated() {
        tick.tick().await;
        let (pod, ready) = (&pods[place % pods.len()], (place / pods.len()) % 2 == 1);
        let now = Timestamp::from_second(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().cast_signed());
        let condition =
            json!({"type": "Ready", "status": if ready { "True" } else { "False" }, "lastTransitionTime": now});
        let body = json!({"status": {"conditions": [condition]}});
        api.merge(&format!("/api/v1/namespaces/{}/pods/{}/status", pod.namespace, pod.name), &body).await?;
    }
    Ok(())
}

/// What the stream says, with the time of each patch that it sends after its opening.
async fn read(mut stream: Response, shown: mpsc::UnboundedSender<(Instant, Value)>) {
    let mut lines = Lines::default();
    while let Ok(Some(bytes)) = stream.chunk().await {
        let at = Instant::now();
        for line in lines.push(&bytes) {
            let patch = line.strip_prefix("data:").and_then(|text| serde_json::from_str(text.trim()).ok());
            if let Some(patch) = patch
                && shown.send((at, patch)).is_err()
            {
                return;
            }
        }
    }
}

/// Whole lines out of pieces.
#[derive(Debug, Default)]
struct Lines(Vec<u8>);

impl Lines {
    /// Adds a piece; the lines that are whole by it.
    fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        self.0.extend_from_slice(bytes);
        let mut whole = Vec::new();
        while let Some(end) = self.0.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.0.drain(..=end).collect();
            whole.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        whole
    }
}

/// When the watcher heard of each change of readiness.
fn heard(mut changes: Changes, n_pods: usize) -> Heard {
    let (mut ready, mut heard) = (HashMap::with_capacity(n_pods), Heard::new());
    while let Ok(seen) = changes.try_recv() {
        let before = ready.insert(seen.instance().to_owned(), seen.is_ready()).unwrap_or(true);
        if before != seen.is_ready() {
            heard.entry(seen.instance().to_owned()).or_default().push(seen.at);
        }
    }
    heard
}

/// When the screen showed another state of each instance.
fn collected(mut shown: mpsc::UnboundedReceiver<(Instant, Value)>) -> Heard {
    let (mut states, mut collected) = (HashMap::new(), Heard::new());
    while let Ok((at, patch)) = shown.try_recv() {
        let slots = patch["slots"].as_array().into_iter().flatten();
        let Some(state) = slots.into_iter().find(|slot| slot["slot"] == "phase").map(|slot| slot["text"].clone())
        else {
            continue;
        };
        let instance = patch["id"].as_str().unwrap_or_default().trim_start_matches("ins_").to_owned();
        let before = states.insert(instance.clone(), state.clone());
        if before.is_some_and(|before| before != state) {
            collected.entry(instance).or_default().push(at);
        }
    }
    collected
}

fn rows(heard: &Heard, shown: &Heard) -> anyhow::Result<Vec<Row>> {
    let mut times = Vec::new();
    for (instance, changes) in heard {
        let shown = shown.get(instance).map_or(&[][..], Vec::as_slice);
        ensure!(shown.len() == changes.len(), "{} changes, {} shown: {instance}", changes.len(), shown.len());
        times.extend(shown.iter().zip(changes).map(|(shown, change)| shown.saturating_duration_since(*change)));
    }
    let spread = Spread::of(times);
    ensure!(spread.len() == world::n_repeated(), "{} changes were seen", spread.len());
    let (p50, p99) = (spread.at(0.5), spread.at(0.99));
    let what = "status change → screen of 100 rows";
    Ok(vec![
        Row::new(format!("{what}, p50"), millis(p50)),
        Row::new(format!("{what}, p99"), millis(p99)).allowed("≤ 100 ms", p99 <= MOST),
    ])
}
