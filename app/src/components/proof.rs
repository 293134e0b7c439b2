//! The proof: a line of an invoice opened down to the seconds behind it.

use leptos::prelude::*;

/// A stretch of time, billed or not.
pub struct Interval {
    /// From and to, as written.
    pub when: String,
    /// Its length, or why it is not billed.
    pub words: String,
    /// Whether it is paid for.
    pub billed: bool,
}

/// The intervals of a line and how they make its amount.
pub struct Proof {
    /// In order of time.
    pub intervals: Vec<Interval>,
    /// What they add up to: words and amount.
    pub sum: (String, String),
    /// Price version and arithmetic.
    pub working: String,
}

impl Proof {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let rows = self.intervals.into_iter().map(|interval| {
            let class = (!interval.billed).then_some("unbilled");
            view! { <li class=class><bdi class="when num">{interval.when}</bdi><bdi class="num">{interval.words}</bdi></li> }
        });
        view! {
            <div class="proof">
                <ol>{rows.collect_view()}</ol>
                <div class="between sum"><span>{self.sum.0}</span><bdi class="num">{self.sum.1}</bdi></div>
                <p class="working">{self.working}</p>
            </div>
        }
        .into_any()
    }
}
