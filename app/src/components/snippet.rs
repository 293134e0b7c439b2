//! Commands to copy. They are never mirrored and never translated.

use leptos::prelude::*;

/// Several lines of a command.
pub fn snippet(label: impl Into<String>, code: impl Into<String>) -> AnyView {
    view! { <pre class="snippet" tabindex="0" role="region" aria-label=label.into() translate="no">{code.into()}</pre> }
        .into_any()
}

/// One line, selected as a whole by one click.
pub fn copy_line(label: impl Into<String>, code: impl Into<String>) -> AnyView {
    view! { <div class="copy" tabindex="0" role="group" aria-label=label.into() translate="no"><code>{code.into()}</code></div> }
        .into_any()
}
