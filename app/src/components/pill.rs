//! States as pills: word, shape and colour.

use leptos::prelude::*;
use messages::Words;
use types::Phase;

use super::Mark;

/// How a thing stands; each tone has a colour and a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be: a disc.
    Good,
    /// Waits, or wants attention: a diamond.
    Warn,
    /// Wrong: a square.
    Bad,
    /// Rests: a ring.
    Idle,
}

impl Tone {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Good, Self::Warn, Self::Bad, Self::Idle];

    /// The tone of a class; nothing for a word that is none of ours.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.class() == word)
    }

    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Idle => "idle",
        }
    }
}

/// A state in a word.
pub fn pill(tone: Tone, word: impl Into<String>) -> AnyView {
    view! { <span class=format!("pill {}", tone.class())>{word.into()}</span> }.into_any()
}

/// A state that lasts while one looks: its mark breathes.
pub fn pill_live(tone: Tone, word: impl Into<String>) -> AnyView {
    view! { <span class=format!("pill live {}", tone.class())>{word.into()}</span> }.into_any()
}

/// An instance's phase, kept fresh at `mark`: its word is the text, `phase_class` the attribute `class`.
pub fn phase(words: &Words, phase: Phase, mark: &Mark) -> AnyView {
    let word = words.phase(phase);
    view! { <span class=phase_class(phase) data-live=mark.id() data-slot=mark.slot()>{word}</span> }.into_any()
}

/// What a phase looks like.
#[must_use]
pub fn phase_class(phase: Phase) -> &'static str {
    match phase {
        Phase::Running => "pill live good",
        Phase::Degraded | Phase::Failed => "pill bad",
        Phase::Stopped | Phase::Deleted => "pill idle",
        Phase::Requested | Phase::Queued | Phase::Scheduling | Phase::Pulling | Phase::Starting | Phase::Stopping => {
            "pill warn"
        }
    }
}

/// A property that is no state: recommended, measured, simulated.
pub fn tag(word: impl Into<String>) -> AnyView {
    view! { <span class="tag">{word.into()}</span> }.into_any()
}
