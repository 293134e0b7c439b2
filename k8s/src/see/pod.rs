//! A pod as the cluster shows it, in words of ours. What other objects say of it (its events, its node)
//! is given; what it means for phases and money is the domain's.

use k8s_openapi::api::core::v1::{ContainerState, ContainerStateTerminated, ContainerStatus, Pod, PodStatus};
use types::{ContainerEnded, ContainerRuns, Deletion, EventSeen, InstanceReason, PodSeen, PodStage, Since, Timestamp};

use super::instant;
use crate::names::{self, Installation};

/// What is known of a pod from elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// The cluster's last word about it.
    pub(crate) last_event: Option<EventSeen>,
    /// When its node began to fetch the image.
    pub(crate) pulling_at: Option<Timestamp>,
    /// The last sign of life of its node, when it does not answer now.
    pub(crate) node_lost_at: Option<Timestamp>,
    /// Whether its node has fewer GPUs than its pods hold, and this must be one that lacks them.
    pub(crate) gpu_lost: bool,
    /// Whether GPUs of its kind are missing on its node, of which one may be its own.
    pub(crate) gpus_missing: bool,
}

/// The pod, when it is this installation's and its labels say whose.
pub(crate) fn pod(installation: &Installation, pod: &Pod, around: &Around) -> Option<PodSeen> {
    let meta = &pod.metadata;
    let (organisation, instance, attempt) = names::identity(meta).filter(|_| installation.owns(meta))?;
    let nothing = PodStatus::default();
    let status = pod.status.as_ref().unwrap_or(&nothing);
    let container = status.container_statuses.as_deref().and_then(<[_]>::first);
    let (stage, reason) = stand(pod, status, container, around);
    Some(PodSeen {
        organisation,
        instance,
        attempt,
        wish_seq: names::wish_seq_of(meta)?,
        namespace: meta.namespace.clone()?,
        name: meta.name.clone()?,
        uid: meta.uid.clone()?,
        node: pod.spec.as_ref().and_then(|spec| spec.node_name.clone()),
        stage,
        reason,
        last_event: around.last_event.clone(),
        created_at: meta.creation_timestamp.as_ref().map(instant)?,
        scheduled_at: condition(status, "PodScheduled").filter(|is| is.holds).map(|is| is.at),
        pulling_at: around.pulling_at,
        ready: condition(status, "Ready"),
        container: container.and_then(runs),
        ended: container.and_then(ended),
        restarts: container.map_or(0, |container| container.restart_count),
        deletion: deletion(pod),
        node_lost_at: around.node_lost_at,
        gpu_lost: reason == Some(InstanceReason::GpuLost),
        lacks_environment: waiting(container) == Some("CreateContainerConfigError"),
    })
}

/// Where it stands and why. The Ready condition decides: on a lost node the container's own flag stays true.
fn stand(
    pod: &Pod,
    status: &PodStatus,
    container: Option<&ContainerStatus>,
    around: &Around,
) -> (PodStage, Option<InstanceReason>) {
    use {InstanceReason as Why, PodStage as Stage};
    let gpu_lost = around.gpu_lost || container.is_some_and(has_unhealthy_gpu);
    match status.phase.as_deref() {
        _ if pod.metadata.deletion_timestamp.is_some() => (Stage::Terminating, None),
        Some("Succeeded") => (Stage::Finished, None),
        Some("Failed") => (Stage::Failed, failure(status)),
        _ if pod.spec.as_ref().is_none_or(|spec| spec.node_name.is_none()) => (Stage::Scheduling, unscheduled(status)),
        _ if around.node_lost_at.is_some() => (Stage::Unready, Some(Why::NodeLost)),
        _ if gpu_lost => (Stage::Unready, Some(Why::GpuLost)),
        _ if condition(status, "Ready").is_some_and(|ready| ready.holds) => (Stage::Ready, None),
        _ => before_ready(status, container, around),
    }
}

fn before_ready(
    status: &PodStatus,
    container: Option<&ContainerStatus>,
    around: &Around,
) -> (PodStage, Option<InstanceReason>) {
    use {InstanceReason as Why, PodStage as Stage};
    let started = container.and_then(runs).map(|container| container.started_at);
    let restarted = container.is_some_and(|it| it.restart_count > 0 || ended(it).is_some());
    match waiting(container) {
        Some("ErrImagePull" | "ImagePullBackOff" | "InvalidImageName" | "ErrImageNeverPull" | "ImageInspectError") => {
            (Stage::Pulling, Some(Why::ImagePullFailed))
        }
        // What cannot run where a GPU is missing lacks that GPU, as far as anybody can tell.
        _ if restarted && around.gpus_missing => (Stage::Unready, Some(Why::GpuLost)),
        _ if restarted => (Stage::Unready, Some(Why::ContainerRestarting)),
        Some("ContainerCreating" | "PodInitializing") | None if started.is_none() => match last_reason(around) {
            Some("Pulled" | "Created" | "Started") => (Stage::Starting, Some(Why::ContainerStarting)),
            _ => (Stage::Pulling, around.pulling_at.map(|_| Why::PullingImage)),
        },
        // The condition turns false a last time before the container starts; later it was ready in between.
        _ if condition(status, "Ready").zip(started).is_some_and(|(ready, started)| ready.at > started) => {
            (Stage::Unready, None)
        }
        _ => (Stage::Starting, Some(Why::ContainerStarting)),
    }
}

/// Why it failed for good: by its own code, since no event needs to have come yet.
fn failure(status: &PodStatus) -> Option<InstanceReason> {
    // Who fails the pods of a node that was taken away leaves no other reason.
    if status.conditions.iter().flatten().any(|it| it.reason.as_deref() == Some("DeletionByPodGC")) {
        return Some(InstanceReason::NodeLost);
    }
    Some(match status.reason.as_deref()? {
        "Evicted" | "Preempting" => InstanceReason::PodDeleted,
        "DeadlineExceeded" => InstanceReason::DeadlinePassed,
        "NodeLost" | "NodeShutdown" | "Terminated" | "Shutdown" => InstanceReason::NodeLost,
        _ => InstanceReason::NodeRefused,
    })
}

/// Why the scheduler finds no node. A claim that another pod uses, that is missing or that is not bound keeps it from every
/// one, whatever else is short.
fn unscheduled(status: &PodStatus) -> Option<InstanceReason> {
    let scheduled = status.conditions.iter().flatten().find(|it| it.type_ == "PodScheduled")?;
    let message = scheduled.message.as_deref().unwrap_or_default();
    match scheduled.reason.as_deref()? {
        "Unschedulable" if message.contains("ReadWriteOncePod") => Some(InstanceReason::VolumeHeld),
        "Unschedulable" if message.to_ascii_lowercase().contains("persistentvolumeclaim") => {
            Some(InstanceReason::StorageNotReady)
        }
        "Unschedulable" => Some(InstanceReason::NoFreeGpu),
        _ => None,
    }
}

fn condition(status: &PodStatus, kind: &str) -> Option<Since> {
    let condition = status.conditions.iter().flatten().find(|condition| condition.type_ == kind)?;
    Some(Since { holds: condition.status == "True", at: instant(condition.last_transition_time.as_ref()?) })
}

fn deletion(pod: &Pod) -> Option<Deletion> {
    let due_at = pod.metadata.deletion_timestamp.as_ref().map(instant)?;
    let grace_s = pod.metadata.deletion_grace_period_seconds.unwrap_or(0);
    Some(Deletion { requested_at: due_at.plus_seconds(-grace_s), due_at })
}

fn waiting(container: Option<&ContainerStatus>) -> Option<&str> {
    container?.state.as_ref()?.waiting.as_ref()?.reason.as_deref()
}

fn last_reason(around: &Around) -> Option<&str> {
    around.last_event.as_ref().map(|event| event.reason.as_str())
}

fn runs(container: &ContainerStatus) -> Option<ContainerRuns> {
    let running = container.state.as_ref()?.running.as_ref()?;
    let started_at = running.started_at.as_ref().map(instant)?;
    Some(ContainerRuns { id: container.container_id.clone().unwrap_or_default(), started_at })
}

/// The end that came last: the present state's, or the one before it.
fn ended(container: &ContainerStatus) -> Option<ContainerEnded> {
    let end = |state: Option<&ContainerState>| state.and_then(|state| state.terminated.as_ref()).and_then(end_of);
    end(container.state.as_ref()).or_else(|| end(container.last_state.as_ref()))
}

fn end_of(end: &ContainerStateTerminated) -> Option<ContainerEnded> {
    Some(ContainerEnded {
        id: end.container_id.clone().unwrap_or_default(),
        started_at: end.started_at.as_ref().map(instant),
        finished_at: end.finished_at.as_ref().map(instant)?,
        exit_code: end.exit_code,
        reason: end.reason.clone().unwrap_or_default(),
    })
}

fn has_unhealthy_gpu(container: &ContainerStatus) -> bool {
    let resources = container.allocated_resources_status.iter().flatten();
    let gpus = resources.filter(|resource| resource.name.starts_with("nvidia.com/"));
    gpus.flat_map(|gpu| gpu.resources.iter().flatten()).any(|unit| unit.health.as_deref() == Some("Unhealthy"))
}

#[cfg(test)]
#[path = "pod/tests.rs"]
mod tests;
