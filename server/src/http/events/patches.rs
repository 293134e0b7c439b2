//! What a stream tells: the same words that the pages begin with, in the reader's language.

use app::live;
use messages::Words;
use types::{Fresh, InstanceId, InstanceView, Patch, Timestamp, WaitingView};

use super::{
    heard::Heard,
    snapshots::{Shown, Snapshot},
};

/// The patches of a snapshot; of the rows only those that are on the page, all where it named none.
pub(super) fn of(words: &Words, snapshot: &Snapshot, wanted: &[InstanceId], now: Timestamp) -> Vec<Patch> {
    match &snapshot.shown {
        Shown::Rows(rows) => rows_of(rows, wanted).map(|row| live::row_patch(words, row, now)).collect(),
        Shown::Instance(detail) => vec![live::instance_patch(words, detail, now)],
        Shown::Waiting(rows) => rows.iter().map(|row| waiting_patch(words, row)).collect(),
        Shown::Finalising(run) => vec![live::finalising_patch(words, run)],
    }
}

/// How old the word of the clusters is that the page shows something of; of all where it shows nothing.
pub(super) fn age(heard: &Heard, snapshot: &Snapshot, wanted: &[InstanceId], now: Timestamp) -> Fresh {
    let names: Vec<&str> = match &snapshot.shown {
        Shown::Rows(rows) => rows_of(rows, wanted).map(|row| row.cluster.as_str()).collect(),
        Shown::Instance(detail) => vec![detail.instance.cluster.as_str()],
        Shown::Waiting(_) | Shown::Finalising(_) => Vec::new(),
    };
    let concerned = |name: &str| names.is_empty() || names.contains(&name);
    heard.age(snapshot.clusters.iter().filter(|cluster| concerned(&cluster.name)), now)
}

fn rows_of<'a>(rows: &'a [InstanceView], wanted: &'a [InstanceId]) -> impl Iterator<Item = &'a InstanceView> {
    rows.iter().filter(|row| wanted.is_empty() || wanted.contains(&row.id))
}

fn waiting_patch(words: &Words, row: &WaitingView) -> Patch {
    let why = row.reason.map(|reason| words.instance_reason(reason)).unwrap_or_default();
    Patch::of(row.instance).text("phase", words.phase(row.phase)).text("reason", why)
}
