//! What of the reports that wait for the database still tells something.

#[cfg(test)]
pub(super) mod tests;

use std::{
    collections::{HashSet, VecDeque},
    time::{Duration, Instant},
};

use tokio::sync::mpsc;
use types::{ClusterSeen, PodSeen, PodStage};

use super::REPORTS;

/// What was looked at together is followed by a rest of so many times as long, up to the longest: where thousands of pods
/// begin, what comes in that time tells again most of what came before.
const REST: u32 = 3;
const LONGEST_REST: Duration = Duration::from_secs(1);

/// The reports in their order, without those that a later one makes needless.
pub(super) struct Latest {
    reported: mpsc::Receiver<ClusterSeen>,
    waiting: VecDeque<ClusterSeen>,
    since: Instant,
}

impl Latest {
    pub(super) fn of(reported: mpsc::Receiver<ClusterSeen>) -> Self {
        Self { reported, waiting: VecDeque::new(), since: Instant::now() }
    }

    /// The next one; nothing once the observer is gone.
    pub(super) async fn next(&mut self) -> Option<ClusterSeen> {
        if self.waiting.is_empty() {
            tokio::time::sleep(LONGEST_REST.min(self.since.elapsed() * REST)).await;
            let mut reports = Vec::new();
            self.reported.recv_many(&mut reports, REPORTS).await;
            self.waiting = latest(reports);
            self.since = Instant::now();
        }
        self.waiting.pop_front()
    }
}

/// Leaves out what a later report tells as well: a node as it was, and a pod of which nothing had run. What began or
/// ended is never left out, since that is billed.
fn latest(reports: Vec<ClusterSeen>) -> VecDeque<ClusterSeen> {
    let mut later = HashSet::new();
    let kept = reports.into_iter().rev().filter(|seen| !is_told(seen, &mut later));
    kept.fold(VecDeque::new(), |mut kept, seen| {
        kept.push_front(seen);
        kept
    })
}

/// Whose state a later report tells.
#[derive(PartialEq, Eq, Hash)]
enum Of {
    Pod(String),
    Node(String),
}

fn is_told(seen: &ClusterSeen, later: &mut HashSet<Of>) -> bool {
    match seen {
        ClusterSeen::Pod(pod) => !later.insert(Of::Pod(pod.uid.clone())) && has_not_run(pod),
        ClusterSeen::Node(node) => !later.insert(Of::Node(node.name.clone())),
        ClusterSeen::NodeGone { name } => !later.insert(Of::Node(name.clone())),
        ClusterSeen::Snapshot { .. }
        | ClusterSeen::PodGone(_)
        | ClusterSeen::Claim(_)
        | ClusterSeen::ClaimGone(_)
        | ClusterSeen::Fresh { .. }
        | ClusterSeen::Stale { .. } => false,
    }
}

fn has_not_run(pod: &PodSeen) -> bool {
    let begins =
        matches!(pod.stage, PodStage::Scheduling | PodStage::Pulling | PodStage::Starting) && pod.restarts == 0;
    let is_ready = pod.ready.is_some_and(|ready| ready.holds);
    let is_undisturbed = pod.deletion.is_none() && pod.node_lost_at.is_none() && !pod.gpu_lost;
    begins && !is_ready && is_undisturbed && pod.container.is_none() && pod.ended.is_none()
}
