//! The top of a page's content, and the way that led there.

use leptos::prelude::*;

/// A page's heading with what belongs to it.
#[derive(Default)]
pub struct Heading {
    title: Option<AnyView>,
    beside: Vec<AnyView>,
    beneath: Option<AnyView>,
    actions: Option<AnyView>,
}

impl Heading {
    /// With the page's title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self::of(title.into().into_any())
    }

    /// With a title that holds an identifier.
    #[must_use]
    pub fn of(title: AnyView) -> Self {
        Self { title: Some(title), ..Self::default() }
    }

    /// Something on the same line: a pill, an id.
    #[must_use]
    pub fn beside(mut self, view: AnyView) -> Self {
        self.beside.push(view);
        self
    }

    /// One sentence beneath.
    #[must_use]
    pub fn beneath(mut self, sentence: impl Into<String>) -> Self {
        self.beneath = Some(sentence.into().into_any());
        self
    }

    /// What can be done here.
    #[must_use]
    pub fn actions(mut self, actions: AnyView) -> Self {
        self.actions = Some(actions);
        self
    }

    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let beneath = self.beneath.map(|sentence| view! { <p class="soft">{sentence}</p> });
        let actions = self.actions.map(|actions| view! { <div class="actions">{actions}</div> });
        view! { <div class="heading"><div><h1>{self.title}</h1>{beneath}</div>{self.beside}{actions}</div> }.into_any()
    }
}

/// A step of the way to the page; the last one is the page and has no address.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// What it is called.
    pub words: String,
    /// Where it leads.
    pub href: Option<String>,
}

impl Crumb {
    /// A step that can be gone back to.
    #[must_use]
    pub fn to(href: impl Into<String>, words: impl Into<String>) -> Self {
        Self { words: words.into(), href: Some(href.into()) }
    }

    /// The page itself.
    #[must_use]
    pub fn here(words: impl Into<String>) -> Self {
        Self { words: words.into(), href: None }
    }
}

/// The way to the page.
pub fn crumbs(label: String, way: Vec<Crumb>) -> AnyView {
    let steps = way.into_iter().map(|crumb| match crumb.href {
        Some(href) => view! { <li><a href=href><bdi>{crumb.words}</bdi></a></li> }.into_any(),
        None => view! { <li><span aria-current="page"><bdi>{crumb.words}</bdi></span></li> }.into_any(),
    });
    view! { <nav class="crumbs" aria-label=label><ol>{steps.collect_view()}</ol></nav> }.into_any()
}
