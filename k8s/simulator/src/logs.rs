//! What containers print: a template by image, a pure function of when the container started and of the time.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::clock::{after, parse};
use crate::store::Object;

/// One run of one container, and the lines it has printed or will.
pub(crate) struct LogBook {
    started: Timestamp,
    ended: Option<Timestamp>,
    opening: Vec<(Duration, String)>,
    every: Duration,
    steady: fn(u64) -> String,
    last_words: Option<String>,
}

impl LogBook {
    /// The present run of a container, or the one before it; none when there was no such run.
    pub(crate) fn of(pod: &Object, container: &str, previous: bool) -> Option<Self> {
        let statuses = pod.body["status"]["containerStatuses"].as_array()?;
        let status = statuses.iter().find(|status| status["name"] == container)?;
        let state = if previous { &status["lastState"] } else { &status["state"] };
        let state = if !previous && state["waiting"].is_object() { &status["lastState"] } else { state };
        let run = [&state["running"], &state["terminated"]].into_iter().find(|run| run.is_object())?;
        let started = parse(run["startedAt"].as_str()?)?;
        let ended = run["finishedAt"].as_str().and_then(parse);
        let image = status["image"].as_str().unwrap_or_default();
        let (opening, every, steady) = template(image, pod.text("/spec/nodeName"));
        Some(Self { started, ended, opening, every, steady, last_words: last_words(run) })
    }

    /// How many lines stand in the log at a time.
    pub(crate) fn count(&self, now: Timestamp) -> u64 {
        let until = self.ended.map_or(now, |ended| ended.min(now));
        let spent = Duration::try_from(until.duration_since(self.started)).unwrap_or_default();
        let opened = self.opening.iter().filter(|(offset, _)| *offset <= spent).count() as u64;
        let quiet = self.opening.last().map(|(offset, _)| *offset).unwrap_or_default();
        let steady = spent.saturating_sub(quiet).as_millis() / self.every.as_millis().max(1);
        let closed = self.last_words.is_some() && self.ended.is_some_and(|ended| ended <= now);
        opened + u64::try_from(steady).unwrap_or(u64::MAX) + u64::from(closed)
    }

    /// A line, with when it was printed.
    pub(crate) fn line(&self, position: u64) -> (Timestamp, String) {
        let n_opening = self.opening.len() as u64;
        if let (Some(ended), Some(words)) = (self.ended, &self.last_words)
            && position + 1 >= self.count(ended)
        {
            return (ended, words.clone());
        }
        match usize::try_from(position).ok().and_then(|position| self.opening.get(position)) {
            Some((offset, text)) => (after(self.started, *offset), text.clone()),
            None => {
                let n = position - n_opening + 1;
                (self.steady_time(n), (self.steady)(n))
            }
        }
    }

    /// When the line after `count` lines will be printed; none after the end.
    pub(crate) fn next_at(&self, count: u64) -> Option<Timestamp> {
        match self.ended {
            Some(_) => None,
            None => Some(self.line(count).0),
        }
    }

    fn steady_time(&self, n: u64) -> Timestamp {
        let quiet = self.opening.last().map(|(offset, _)| *offset).unwrap_or_default();
        after(self.started, quiet + self.every.saturating_mul(u32::try_from(n).unwrap_or(u32::MAX)))
    }
}

type Template = (Vec<(Duration, String)>, Duration, fn(u64) -> String);

fn template(image: &str, node: &str) -> Template {
    let honest = format!(
        "[simulated] This container is simulated: no program runs, {node} is not a machine, these lines are made up."
    );

    let (lines, seconds, steady): (&[&str], u64, fn(u64) -> String) = if image.contains("jupyter") {
        (&JUPYTER, 60, |n| format!("[I ServerApp] Saving file at /work/notebook.ipynb (autosave {n})"))
    } else if image.contains("vllm") {
        (&VLLM, 10, |n| {
            format!(
                "INFO [loggers.py] Engine 000: Avg prompt throughput: {}.{} tokens/s, Running: {} reqs, Waiting: 0 reqs",
                800 + n * 37 % 400,
                n % 10,
                n % 7
            )
        })
    } else if image.contains("comfy") {
        (&COMFY, 45, |n| format!("Prompt executed in {}.{:02} seconds", 4 + n % 5, n * 13 % 100))
    } else if image.contains("code") {
        (&CODE, 60, |n| format!("[info] Heartbeat {n}"))
    } else if image.contains("pytorch") || image.contains("train") {
        (&TRAIN, 5, |n| {
            format!(
                "step {:>6} | loss {:.4} | lr 3.0e-04 | {} tokens/s",
                n * 50,
                2.1 + 8.0 / (1.0 + n as f64),
                41_000 + n * 61 % 3000
            )
        })
    } else {
        (&PLAIN, 60, |n| format!("alive, minute {n}"))
    };
    let step =
        |(position, line): (usize, &&str)| (Duration::from_millis(300 * (position as u64 + 1)), (*line).to_owned());
    let opening = std::iter::once((Duration::ZERO, honest)).chain(lines.iter().enumerate().map(step)).collect();
    (opening, Duration::from_secs(seconds), steady)
}

fn last_words(run: &Value) -> Option<String> {
    match (run["exitCode"].as_i64()?, run["reason"].as_str()) {
        (0, _) | (_, Some("OOMKilled")) => None,
        (137, _) => None,
        (code, _) => Some(format!(
            "RuntimeError: CUDA error: unspecified launch failure (the process ends with exit code {code})"
        )),
    }
}

const JUPYTER: [&str; 4] = [
    "[I ServerApp] jupyterlab | extension was successfully linked.",
    "[I LabApp] JupyterLab application directory is /opt/conda/share/jupyter/lab",
    "[I ServerApp] Jupyter Server is running at: http://0.0.0.0:8888/lab",
    "[I ServerApp] Use Control-C to stop this server and shut down all kernels.",
];
const VLLM: [&str; 4] = [
    "INFO [api_server.py] vLLM API server starting",
    "INFO [gpu_model_runner.py] Starting to load model",
    "INFO [kv_cache_utils.py] GPU KV cache size: 1,204,336 tokens",
    "INFO:     Application startup complete.",
];
const COMFY: [&str; 3] =
    ["Total VRAM is being checked", "Device: cuda:0 : cudaMallocAsync", "To see the GUI go to: http://0.0.0.0:8188"];
const CODE: [&str; 2] = ["[info] HTTP server listening on http://0.0.0.0:8080/", "[info]   - Not serving HTTPS"];
const TRAIN: [&str; 3] =
    ["torch.cuda.is_available(): True", "model: 1.3 B parameters, bf16", "compiled the training step"];
const PLAIN: [&str; 1] = ["ready"];
