//! Cards: one thought each, with a title.

use leptos::prelude::*;

/// A card, built step by step and closed by its body.
#[derive(Default)]
pub struct Card {
    title: String,
    step: Option<u8>,
    end: Option<AnyView>,
    foot: Option<AnyView>,
    id: Option<String>,
}

impl Card {
    /// With a title.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Without a header.
    #[must_use]
    pub fn plain() -> Self {
        Self::default()
    }

    /// One of the numbered steps of a page.
    #[must_use]
    pub fn step(mut self, number: u8) -> Self {
        self.step = Some(number);
        self
    }

    /// What stands at the header's end.
    #[must_use]
    pub fn end(mut self, end: AnyView) -> Self {
        self.end = Some(end);
        self
    }

    /// What stands below, in small type.
    #[must_use]
    pub fn foot(mut self, foot: AnyView) -> Self {
        self.foot = Some(foot);
        self
    }

    /// An anchor.
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    /// With space around the body.
    #[must_use]
    pub fn body(self, body: AnyView) -> AnyView {
        self.flush(view! { <div class="body">{body}</div> }.into_any())
    }

    /// With the body from edge to edge: tables, logs.
    #[must_use]
    pub fn flush(self, body: AnyView) -> AnyView {
        let step = self.step.map(|step| view! { <span class="step" aria-hidden="true">{step}</span> });
        let end = self.end.map(|end| view! { <div class="end">{end}</div> });
        let header = (!self.title.is_empty()).then(|| view! { <header>{step}<h2>{self.title}</h2>{end}</header> });
        let foot = self.foot.map(|foot| view! { <footer>{foot}</footer> });
        view! { <section class="card" id=self.id>{header}{body}{foot}</section> }.into_any()
    }
}
