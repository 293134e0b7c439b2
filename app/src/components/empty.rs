//! Nothing here yet, and the exact next step.

use leptos::prelude::*;

use super::star;

/// An empty place.
pub struct Empty {
    /// What is not there.
    pub title: String,
    /// What will be, or why not.
    pub words: String,
    /// The next step: a button, a command.
    pub next: Option<AnyView>,
}

impl Empty {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        view! { <div class="empty">{star()}<h2>{self.title}</h2><p>{self.words}</p>{self.next}</div> }.into_any()
    }
}
