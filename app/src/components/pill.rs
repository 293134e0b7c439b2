//! States as pills: word, shape and colour.

use leptos::prelude::*;
use messages::Words;
use types::Phase;

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

/// An instance's phase.
pub fn phase(words: &Words, phase: Phase) -> AnyView {
    let word = words.phase(phase);
    match phase {
        Phase::Running => pill_live(Tone::Good, word),
        Phase::Degraded | Phase::Failed => pill(Tone::Bad, word),
        Phase::Stopped | Phase::Deleted => pill(Tone::Idle, word),
        phase if phase.waits() => pill(Tone::Warn, word),
        _ => pill(Tone::Idle, word),
    }
}

/// A property that is no state: recommended, measured, simulated.
pub fn tag(word: impl Into<String>) -> AnyView {
    view! { <span class="tag">{word.into()}</span> }.into_any()
}
