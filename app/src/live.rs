//! The words of states that move, for pages and for the event stream alike: what a page shows first and what a patch
//! changes it to come from the same functions.

mod finalising;
mod instance;
mod launch;

pub use finalising::finalising_patch;
pub(crate) use finalising::{bar_width, counts, left_over, run_state};
pub(crate) use instance::{cost, event, reason, split, stations};
pub use instance::{instance_patch, row_patch};
pub use launch::launch_patch;
pub(crate) use launch::{Offer, WAYS_ON, offer};

use domain::clusters::ClusterHeard;
use messages::{Words, say};
use types::{InstanceView, Timestamp};

/// What the island `Live` says of the age of the cluster's word: `{s}` stands where the seconds come.
pub(crate) fn ago(words: &Words) -> String {
    say!(words, "updated-seconds", s = "{s}")
}

/// What the same place says once the stream is refused: its reader was removed, or signed out.
pub(crate) fn ended(words: &Words) -> String {
    say!(words, "updated-ended")
}

/// What the same place says until the stream tells: how old the certain word is of the clusters that the page shows
/// something of; nothing while one of them was never heard of.
pub(crate) fn heard(words: &Words, now: Timestamp, clusters: &[ClusterHeard], shown: &[&InstanceView]) -> String {
    let is_shown = |cluster: &&ClusterHeard| shown.iter().any(|view| view.cluster == cluster.name);
    let oldest = clusters.iter().filter(is_shown).map(|cluster| cluster.through).min().flatten();
    oldest.map(|at| say!(words, "updated", ago = words.ago(now, at))).unwrap_or_default()
}
