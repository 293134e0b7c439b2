//! What a container wrote, in the shape in which an island appends to it: one `span` a line, its time in `data-at`.

use leptos::prelude::*;
use types::LogLine;

use super::Mark;

/// The lines in a pane that can be scrolled by keyboard. Times are in UTC, as the container has them.
pub fn log(label: impl Into<String>, mark: &Mark, lines: Vec<LogLine>) -> AnyView {
    let lines = lines.into_iter().map(|line| {
        let at = line.at.and_then(|at| at.to_string().get(11..19).map(str::to_owned));
        view! { <span data-at=at>{line.text}</span> }
    });
    view! {
        <pre class="log" tabindex="0" role="log" aria-live="off" aria-label=label.into() translate="no"
            data-live=mark.id() data-slot=mark.slot()>{lines.collect_view()}</pre>
    }
    .into_any()
}
