//! The verdict: may I press this button, and what will happen.

use leptos::prelude::*;

use super::{Icon, Tone, icon};

/// An answer with its reason and the ways on.
pub struct Verdict {
    /// Good starts now, warn waits, bad cannot.
    pub tone: Tone,
    /// The answer in two or three words.
    pub answer: String,
    /// Why, in a sentence.
    pub reason: String,
    /// What would work instead.
    pub ways_on: Vec<AnyView>,
}

impl Verdict {
    /// The view. Its place is announced when an island changes it.
    #[must_use]
    pub fn view(self) -> AnyView {
        let mark = match self.tone {
            Tone::Good => Icon::Check,
            Tone::Warn => Icon::Clock,
            Tone::Bad => Icon::Cross,
            Tone::Idle => Icon::Note,
        };
        let ways = self.ways_on.into_iter().map(|way| view! { <li>{way}</li> }).collect::<Vec<_>>();
        let ways = (!ways.is_empty()).then(|| view! { <ul>{ways}</ul> });
        view! {
            <div class=format!("verdict {}", self.tone.class()) role="status">
                {icon(mark)}
                <div><b>{self.answer}</b><p>{self.reason}</p>{ways}</div>
            </div>
        }
        .into_any()
    }
}
