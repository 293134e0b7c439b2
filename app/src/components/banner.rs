//! What just happened, or what is about to.

use leptos::prelude::*;

use super::{Icon, Tone, icon};

/// A message across the content.
pub struct Banner {
    /// Good for done, warn for soon, bad for refused, idle for known.
    pub tone: Tone,
    /// The message.
    pub title: String,
    /// What to do next.
    pub words: Option<String>,
    /// A button.
    pub action: Option<AnyView>,
}

/// A banner. Refusals interrupt; the others wait their turn to be heard.
pub fn banner(banner: Banner) -> AnyView {
    let Banner { tone, title, words, action } = banner;
    let (mark, role) = match tone {
        Tone::Good => (Icon::Check, "status"),
        Tone::Warn => (Icon::Warning, "status"),
        Tone::Bad => (Icon::Warning, "alert"),
        Tone::Idle => (Icon::Note, "status"),
    };
    let words = words.map(|words| view! { <p>{words}</p> });
    let action = action.map(|action| view! { <div class="end">{action}</div> });
    view! {
        <div class=format!("banner {}", tone.class()) role=role>
            {icon(mark)}<div class="said"><b>{title}</b>{words}</div>{action}
        </div>
    }
    .into_any()
}
