//! Places that an island keeps fresh: marked with what they belong to and what they show, so that a patch finds them.

use leptos::prelude::*;

/// The mark of a place, as `types::Patch` names it.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    id: Option<String>,
    slot: Option<String>,
}

impl Mark {
    /// The place `slot` of the thing `id`.
    #[must_use]
    pub fn of(id: impl ToString, slot: impl Into<String>) -> Self {
        Self { id: Some(id.to_string()), slot: Some(slot.into()) }
    }

    /// A place that stays as the server wrote it.
    #[must_use]
    pub fn still() -> Self {
        Self::default()
    }

    /// The place with `end` added to its name: a part of this one.
    #[must_use]
    pub fn part(&self, end: impl std::fmt::Display) -> Self {
        Self { id: self.id.clone(), slot: self.slot.as_ref().map(|slot| format!("{slot}-{end}")) }
    }

    /// The attribute `data-live`.
    pub(crate) fn id(&self) -> Option<String> {
        self.id.clone()
    }

    /// The attribute `data-slot`.
    pub(crate) fn slot(&self) -> Option<String> {
        self.slot.clone()
    }
}

/// Text that is kept fresh, isolated so that amounts keep their direction.
pub fn live(mark: &Mark, words: impl Into<String>) -> AnyView {
    view! { <bdi class="num" data-live=mark.id() data-slot=mark.slot()>{words.into()}</bdi> }.into_any()
}

/// The same for a sentence, which breaks into lines and runs in the reader's direction.
pub fn live_words(mark: &Mark, words: impl Into<String>) -> AnyView {
    view! { <span data-live=mark.id() data-slot=mark.slot()>{words.into()}</span> }.into_any()
}
