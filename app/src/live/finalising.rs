//! How far the finalisation of many drafts has come, in words and as the width of a bar.

use messages::{Words, say};
use types::{FinaliseRunState, FinaliseRunView, Patch};

/// What the page of a run shows now.
#[must_use]
pub fn finalising_patch(words: &Words, run: &FinaliseRunView) -> Patch {
    let mut patch = Patch::of(run.id)
        .attribute("bar", "width", bar_width(run))
        .text("state", run_state(words, run.state))
        .text("counts", counts(words, run))
        .text("left", left_over(words, run));
    if run.state != FinaliseRunState::Running {
        patch = patch.attribute("stop", "hidden", "hidden");
    }
    patch
}

/// How much of the bar is filled.
pub(crate) fn bar_width(run: &FinaliseRunView) -> String {
    let share = run.share();
    format!("{}.{}%", share / 10, share % 10)
}

/// How it stands, in a word.
pub(crate) fn run_state(words: &Words, state: FinaliseRunState) -> String {
    words.say("close-run-state", &[("word", state.word().into())])
}

/// "312 of 500 are final".
pub(crate) fn counts(words: &Words, run: &FinaliseRunView) -> String {
    say!(words, "close-run-counts", done = words.count(run.n_done), all = words.count(run.n_drafts))
}

/// "3 could not be, 12 need a look, 173 wait".
pub(crate) fn left_over(words: &Words, run: &FinaliseRunView) -> String {
    let (failed, left) = (words.count(run.n_failed), words.count(run.n_left));
    say!(words, "close-run-left", failed = failed, left = left, waiting = words.count(run.n_waiting))
}
