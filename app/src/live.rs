//! The words of states that move, for pages and for the event stream alike: what a page shows first and what a patch
//! changes it to come from the same functions.

mod instance;
mod launch;

pub(crate) use instance::{cost, event, reason, split, stations};
pub use instance::{instance_patch, row_patch};
pub use launch::launch_patch;
pub(crate) use launch::{Offer, WAYS_ON, offer};

use messages::{Words, say};

/// What the island `Live` says of the age of its news: `{s}` stands where the seconds come.
pub(crate) fn ago(words: &Words) -> String {
    say!(words, "updated-seconds", s = "{s}")
}

/// What the same place says until the stream is heard.
pub(crate) fn just_now(words: &Words) -> String {
    say!(words, "updated", ago = say!(words, "ago-now"))
}
