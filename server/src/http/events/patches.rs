//! What a stream tells of an instance: the places of its row, and its words in the reader's language.

use messages::Words;
use types::{InstanceReason, InstanceView, Patch, Phase, WaitingView};

use super::snapshots::Snapshot;
use types::InstanceId;

/// The patches of a snapshot; of the rows only those that are on the page, all where it named none.
pub(super) fn of(words: &Words, snapshot: &Snapshot, wanted: &[InstanceId]) -> Vec<Patch> {
    match snapshot {
        Snapshot::Rows(rows) => {
            let shown = |row: &&InstanceView| wanted.is_empty() || wanted.contains(&row.id);
            rows.iter().filter(shown).map(|row| row_patch(words, row)).collect()
        }
        Snapshot::Instance(detail) => vec![row_patch(words, &detail.instance)],
        Snapshot::Waiting(rows) => rows.iter().map(|row| waiting_patch(words, row)).collect(),
    }
}

fn row_patch(words: &Words, row: &InstanceView) -> Patch {
    patch(words, row.id, row.phase, row.reason)
}

fn waiting_patch(words: &Words, row: &WaitingView) -> Patch {
    patch(words, row.instance, row.phase, row.reason)
}

fn patch(words: &Words, id: InstanceId, phase: Phase, reason: Option<InstanceReason>) -> Patch {
    let why = reason.map(|reason| words.instance_reason(reason)).unwrap_or_default();
    Patch::of(id).text("phase", words.phase(phase)).text("reason", why)
}
