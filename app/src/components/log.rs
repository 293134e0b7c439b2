//! What a container wrote.

use leptos::prelude::*;

/// One line, as it came.
pub struct LogLine {
    /// When, as written.
    pub time: String,
    /// What.
    pub words: String,
    /// Whether it came by the error stream.
    pub error: bool,
}

/// The lines in a pane that can be scrolled by keyboard.
pub fn log(label: impl Into<String>, lines: Vec<LogLine>) -> AnyView {
    let lines = lines.into_iter().map(|line| {
        view! { <span class="t">{line.time}</span>" "<span class=line.error.then_some("err")>{line.words}</span>"\n" }
    });
    view! { <pre class="log" tabindex="0" role="region" aria-label=label.into()>{lines.collect_view()}</pre> }
        .into_any()
}
