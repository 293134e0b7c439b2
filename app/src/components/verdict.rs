//! The verdict: may I press this button, and what will happen.

use leptos::prelude::*;

use super::{Icon, Mark, Tone, icon};

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
    /// Where a patch finds it: the class at the mark, the words at its parts `answer` and `reason`.
    pub mark: Mark,
}

impl Verdict {
    /// The view, heard when it changes.
    #[must_use]
    pub fn view(self) -> AnyView {
        let ways = self.ways_on.into_iter().map(|way| view! { <li>{way}</li> }).collect::<Vec<_>>();
        let ways = (!ways.is_empty()).then(|| view! { <ul>{ways}</ul> });
        let (answer, reason) = (self.mark.part("answer"), self.mark.part("reason"));
        // All marks are there and the class chooses one, so that a patch need not draw.
        let marks = [Icon::Check, Icon::Clock, Icon::Cross, Icon::Note].map(icon);
        view! {
            <div class=verdict_class(self.tone) role="status" data-live=self.mark.id() data-slot=self.mark.slot()>
                <span class="marks-of">{Vec::from(marks)}</span>
                <div>
                    <b data-live=answer.id() data-slot=answer.slot()>{self.answer}</b>
                    <p data-live=reason.id() data-slot=reason.slot()>{self.reason}</p>
                    {ways}
                </div>
            </div>
        }
        .into_any()
    }
}

/// What a verdict looks like.
#[must_use]
pub fn verdict_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "verdict good",
        Tone::Warn => "verdict warn",
        Tone::Bad => "verdict bad",
        Tone::Idle => "verdict idle",
    }
}
