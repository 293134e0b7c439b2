//! The steps of a pod's life: accept, pull, start, run, end.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::image::{digest, pull_time, size};
use super::status::{Face, State, paint};
use super::{Kubelet, Next, Stage};
use crate::clock::parse;
use crate::events::{Emitter, Note};
use crate::faults::FaultKind;
use crate::kinds::Kind;
use crate::store::{Key, Object, Shelves, WriteFailed};

type Step = Result<Next, WriteFailed>;

impl Kubelet {
    pub(super) fn act(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, stage: Stage, now: Timestamp) -> Step {
        if stage != Stage::Kill
            && stage != Stage::Done
            && let Some(next) = self.overtaken(shelves, pod, now)?
        {
            return Ok(next);
        }
        match stage {
            Stage::Accept => self.accept(shelves, pod, now),
            Stage::Fetch => self.fetch(shelves, pod, now),
            Stage::Pulled(took) => self.pulled(shelves, pod, took, now),
            Stage::Start => self.start(shelves, pod, now),
            Stage::Warm => self.warm(shelves, pod, now),
            Stage::Run => self.run(shelves, pod, now),
            Stage::Exited => self.exited(shelves, pod, now),
            Stage::Kill => self.kill(shelves, pod, now),
            Stage::Done => Ok(rest(Stage::Done)),
        }
    }

    /// What ends a pod wherever it stands: refused by the kubelet, evicted, past its deadline.
    fn overtaken(
        &mut self,
        shelves: &mut Shelves,
        pod: &Arc<Object>,
        now: Timestamp,
    ) -> Result<Option<Next>, WriteFailed> {
        let emitter = Emitter::kubelet(pod.text("/spec/nodeName"));
        let (reason, message) = if self.faults.strike(pod, |kind| *kind == FaultKind::AdmissionError).is_some() {
            let why = "Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected";
            ("UnexpectedAdmissionError", format!("Pod was rejected: {why}"))
        } else if self.faults.strike(pod, |kind| *kind == FaultKind::Evicted).is_some() {
            ("Evicted", "The node was low on resource: ephemeral-storage. Threshold quantity: 75161927680, available: 71303168Ki. ".to_owned())
        } else if past_deadline(pod, now) {
            ("DeadlineExceeded", "Pod was active on the node longer than the specified deadline".to_owned())
        } else {
            return Ok(None);
        };
        emitter.tell(shelves, pod, Note::warning(reason, message.as_str()), now)?;
        let state = State::ended(pod, 137, "ContainerStatusUnknown", now);
        paint(
            shelves,
            pod,
            &Face { phase: "Failed", state, ready: false, why: Some((reason, &message)), address: None },
            now,
        )?;
        Ok(Some(rest(Stage::Done)))
    }

    fn accept(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        let state = State::Waiting("ContainerCreating", String::new());
        paint(shelves, pod, &Face { phase: "Pending", state, ready: false, why: None, address: None }, now)?;
        Ok(go(Stage::Fetch, Duration::ZERO))
    }

    fn fetch(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        let (node, image) = (pod.text("/spec/nodeName"), pod.text("/spec/containers/0/image"));
        let emitter = Emitter::kubelet(node);
        let container = pod.text("/spec/containers/0/name");
        if let Some(secret) = missing_secret(shelves, pod) {
            let why = format!("secret {secret:?} not found");
            emitter.tell(shelves, pod, Note::warning("Failed", format!("Error: {why}")).of(container), now)?;
            let state = State::Waiting("CreateContainerConfigError", why);
            paint(shelves, pod, &Face { phase: "Pending", state, ready: false, why: None, address: None }, now)?;
            return Ok(go(Stage::Fetch, self.delays.back_off));
        }
        if self.images.has(node, image) && pod.text("/spec/containers/0/imagePullPolicy") != "Always" {
            let message =
                format!("Container image {image:?} already present on machine and can be accessed by the pod");
            emitter.tell(shelves, pod, Note::normal("Pulled", message).of(container), now)?;
            return Ok(go(Stage::Start, self.delays.start));
        }
        emitter.tell(shelves, pod, Note::normal("Pulling", format!("Pulling image {image:?}")).of(container), now)?;
        let present = self.images.has(node, image);
        let took = if present { self.delays.pull.0 / 10 } else { pull_time(image, self.delays.pull) };
        Ok(go(Stage::Pulled(took), took))
    }

    fn pulled(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, took: Duration, now: Timestamp) -> Step {
        let image = pod.text("/spec/containers/0/image");
        if self.faults.strike(pod, |kind| *kind == FaultKind::PullFailure).is_some() {
            return self.pull_failed(shelves, pod, image, now);
        }
        let node = pod.text("/spec/nodeName");
        self.images.keep(shelves, node, image)?;
        self.count_tries(&pod.key, |_| 0);
        let seconds = format!("{:.3}s", took.as_secs_f64());
        let message = format!(
            "Successfully pulled image {image:?} in {seconds} ({seconds} including waiting). Image size: {} bytes.",
            size(image)
        );
        Emitter::kubelet(node).tell(
            shelves,
            pod,
            Note::normal("Pulled", message).of(pod.text("/spec/containers/0/name")),
            now,
        )?;
        Ok(go(Stage::Start, self.delays.start))
    }

    fn pull_failed(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, image: &str, now: Timestamp) -> Step {
        let emitter = Emitter::kubelet(pod.text("/spec/nodeName"));
        let container = pod.text("/spec/containers/0/name");
        let why = format!(
            "failed to pull and unpack image {image:?}: failed to resolve reference {image:?}: {image}: not found"
        );
        let sentence = format!("Failed to pull image {image:?}: rpc error: code = NotFound desc = {why}");
        emitter.tell(shelves, pod, Note::warning("Failed", sentence.as_str()).of(container), now)?;
        emitter.tell(shelves, pod, Note::warning("Failed", "Error: ErrImagePull").of(container), now)?;
        let face = |state| Face { phase: "Pending", state, ready: false, why: None, address: None };
        let error = format!("rpc error: code = NotFound desc = {why}");
        paint(shelves, pod, &face(State::Waiting("ErrImagePull", error.clone())), now)?;
        let tries = self.count_tries(&pod.key, |tries| tries + 1);
        let wait = self.back_off(tries - 1);
        let message = format!("Back-off pulling image {image:?}: ErrImagePull: {error}");
        emitter.tell(
            shelves,
            pod,
            Note::normal("BackOff", format!("Back-off pulling image {image:?}")).of(container),
            now,
        )?;
        let fresh = shelves.get(&pod.key).cloned().unwrap_or_else(|| pod.clone());
        paint(shelves, &fresh, &face(State::Waiting("ImagePullBackOff", message)), now)?;
        Ok(go(Stage::Fetch, wait))
    }

    fn start(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        let node = pod.text("/spec/nodeName");
        let emitter = Emitter::kubelet(node);
        for container in pod.body["spec"]["containers"].as_array().into_iter().flatten() {
            let name = container["name"].as_str().unwrap_or_default();
            emitter.tell(shelves, pod, Note::normal("Created", "Container created").of(name), now)?;
            emitter.tell(shelves, pod, Note::normal("Started", "Container started").of(name), now)?;
        }
        let probed = pod.body["spec"]["containers"][0]["readinessProbe"].is_object();
        let ready = !probed && self.faults.meets(pod, |kind| *kind == FaultKind::NeverReady).is_none();
        let known = pod.text("/status/podIP").to_owned();
        let address = if known.is_empty() { self.next_address(shelves, node) } else { known };
        let state = State::Running(digest(pod.text("/spec/containers/0/image")));
        paint(shelves, pod, &Face { phase: "Running", state, ready, why: None, address: Some(address) }, now)?;
        Ok(if ready { self.awaiting_fate(pod, now) } else { go(Stage::Warm, self.delays.ready) })
    }

    /// A crash loop ends the container soon after it started; all else waits in peace.
    fn awaiting_fate(&self, pod: &Object, now: Timestamp) -> Next {
        let doomed =
            self.faults.meets(pod, |kind| *kind == FaultKind::CrashLoop).is_some() || self.faults.has_lost_gpu(pod);
        let wait = doomed.then_some(self.delays.stop);
        Next { stage: Stage::Run, wait: wait.or_else(|| time_left_at(pod, now)) }
    }

    fn warm(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        if self.faults.meets(pod, |kind| *kind == FaultKind::NeverReady).is_some() {
            let message = "Readiness probe failed: HTTP probe failed with statuscode: 503";
            Emitter::kubelet(pod.text("/spec/nodeName")).tell(
                shelves,
                pod,
                Note::warning("Unhealthy", message),
                now,
            )?;
            return Ok(go(Stage::Warm, self.delays.back_off));
        }
        super::status::set_ready(shelves, pod, true, now)?;
        Ok(self.awaiting_fate(pod, now))
    }

    fn run(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        let end = match self.faults.strike(pod, |kind| matches!(kind, FaultKind::Exit { .. } | FaultKind::OomKilled)) {
            Some(FaultKind::Exit { code }) => Some((code, if code == 0 { "Completed" } else { "Error" })),
            Some(FaultKind::OomKilled) => Some((137, "OOMKilled")),
            _ if self.faults.meets(pod, |kind| *kind == FaultKind::CrashLoop).is_some()
                || self.faults.has_lost_gpu(pod) =>
            {
                Some((1, "Error"))
            }
            _ => None,
        };
        if let Some((code, reason)) = end {
            return self.end(shelves, pod, code, reason, now);
        }
        let ready = self.faults.meets(pod, |kind| *kind == FaultKind::NeverReady).is_none();
        if !self.faults.is_not_ready(pod.text("/spec/nodeName")) {
            super::status::set_ready(shelves, pod, ready, now)?;
        }
        Ok(Next {
            stage: if ready { Stage::Run } else { Stage::Warm },
            wait: if ready { time_left_at(pod, now) } else { Some(self.delays.back_off) },
        })
    }

    fn end(
        &mut self,
        shelves: &mut Shelves,
        pod: &Arc<Object>,
        code: i32,
        reason: &'static str,
        now: Timestamp,
    ) -> Step {
        let policy = pod.text("/spec/restartPolicy");
        let restarts = policy == "Always" || (policy == "OnFailure" && code != 0);
        let phase = match (restarts, code) {
            (true, _) => "Running",
            (false, 0) => "Succeeded",
            (false, _) => "Failed",
        };
        let state = State::ended(pod, code, reason, now);
        paint(shelves, pod, &Face { phase, state, ready: false, why: None, address: None }, now)?;
        Ok(if restarts { go(Stage::Exited, Duration::ZERO) } else { rest(Stage::Done) })
    }

    /// The first crash is restarted at once, the next ones wait longer each time.
    fn exited(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        let tries = self.count_tries(&pod.key, |tries| tries + 1);
        if tries == 1 {
            return Ok(go(Stage::Start, self.delays.start));
        }
        let wait = self.back_off(tries - 2);
        let container = pod.text("/spec/containers/0/name");
        let whose = format!("{container} in pod {}_{}({})", pod.key.name, pod.key.namespace, pod.uid());
        let message = format!("back-off {}s restarting failed container={whose}", wait.as_secs());
        let state = State::Waiting("CrashLoopBackOff", message);
        paint(shelves, pod, &Face { phase: "Running", state, ready: false, why: None, address: None }, now)?;
        let note = Note::warning("BackOff", format!("Back-off restarting failed container {whose}")).of(container);
        Emitter::kubelet(pod.text("/spec/nodeName")).tell(shelves, pod, note, now)?;
        Ok(go(Stage::Start, wait))
    }

    fn kill(&mut self, shelves: &mut Shelves, pod: &Arc<Object>, now: Timestamp) -> Step {
        if self.faults.meets(pod, |kind| *kind == FaultKind::StuckTerminating).is_some() {
            return Ok(rest(Stage::Kill));
        }
        if pod.body["status"]["containerStatuses"][0]["state"]["running"].is_object() {
            let container = pod.text("/spec/containers/0/name");
            let note = Note::normal("Killing", format!("Stopping container {container}")).of(container);
            Emitter::kubelet(pod.text("/spec/nodeName")).tell(shelves, pod, note, now)?;
            let lingered = self.faults.meets(pod, |kind| *kind == FaultKind::Lingers).is_some();
            let (code, reason, phase) = if lingered { (137, "Error", "Failed") } else { (0, "Completed", "Succeeded") };
            let state = State::ended(pod, code, reason, now);
            paint(shelves, pod, &Face { phase, state, ready: false, why: None, address: None }, now)?;
        }
        if !pod.has_finalizers() {
            shelves.remove(&pod.key)?;
        }
        Ok(rest(Stage::Done))
    }

    fn count_tries(&mut self, key: &Key, step: impl FnOnce(u32) -> u32) -> u32 {
        self.lives.get_mut(key).map_or(1, |life| {
            life.tries = step(life.tries);
            life.tries
        })
    }
}

fn go(stage: Stage, wait: Duration) -> Next {
    Next { stage, wait: Some(wait) }
}

fn rest(stage: Stage) -> Next {
    Next { stage, wait: None }
}

fn past_deadline(pod: &Object, now: Timestamp) -> bool {
    time_left_at(pod, now) == Some(Duration::ZERO)
}

/// How long a pod with a deadline may still run; none without a deadline.
fn time_left_at(pod: &Object, now: Timestamp) -> Option<Duration> {
    let started = parse(pod.text("/status/startTime"))?;
    let spent = Duration::try_from(now.duration_since(started)).unwrap_or_default();
    pod.body["spec"]["activeDeadlineSeconds"].as_u64().map(|allowed| Duration::from_secs(allowed).saturating_sub(spent))
}

fn missing_secret(shelves: &Shelves, pod: &Object) -> Option<String> {
    let containers = pod.body["spec"]["containers"].as_array().into_iter().flatten();
    let named = containers.flat_map(|container| {
        let whole = container["envFrom"].as_array().into_iter().flatten().map(|source| &source["secretRef"]);
        let single = container["env"].as_array().into_iter().flatten().map(|env| &env["valueFrom"]["secretKeyRef"]);
        whole.chain(single).collect::<Vec<_>>()
    });
    let needed = named.filter(|source| source["optional"] != true).filter_map(|source| source["name"].as_str());
    let key = |secret: &str| Key::new(Kind::Secret, pod.key.namespace.as_str(), secret);
    needed.filter(|secret| shelves.get(&key(secret)).is_none()).map(str::to_owned).next()
}
