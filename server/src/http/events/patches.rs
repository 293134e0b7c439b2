//! What a stream tells: the same words that the pages begin with, in the reader's language.

use app::live;
use messages::Words;
use types::{InstanceId, InstanceView, Patch, Timestamp, WaitingView};

use super::snapshots::Snapshot;

/// The patches of a snapshot; of the rows only those that are on the page, all where it named none.
pub(super) fn of(words: &Words, snapshot: &Snapshot, wanted: &[InstanceId], now: Timestamp) -> Vec<Patch> {
    match snapshot {
        Snapshot::Rows(rows) => {
            let shown = |row: &&InstanceView| wanted.is_empty() || wanted.contains(&row.id);
            rows.iter().filter(shown).map(|row| live::row_patch(words, row, now)).collect()
        }
        Snapshot::Instance(detail) => vec![live::instance_patch(words, detail, now)],
        Snapshot::Waiting(rows) => rows.iter().map(|row| waiting_patch(words, row)).collect(),
    }
}

fn waiting_patch(words: &Words, row: &WaitingView) -> Patch {
    let why = row.reason.map(|reason| words.instance_reason(reason)).unwrap_or_default();
    Patch::of(row.instance).text("phase", words.phase(row.phase)).text("reason", why)
}
