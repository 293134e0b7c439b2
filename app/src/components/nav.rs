//! The ways through the product, by what a person is there for.

use leptos::prelude::*;

use super::{Icon, icon};

/// A group of ways.
#[derive(Clone)]
pub struct Section {
    /// Its heading; the first group has none.
    pub heading: Option<String>,
    /// Its ways.
    pub items: Vec<Item>,
}

/// One way.
#[derive(Clone)]
pub struct Item {
    /// Its mark.
    pub icon: Icon,
    /// Its words.
    pub words: String,
    /// Where it leads.
    pub href: String,
    /// How many things are there.
    pub count: Option<String>,
    /// Whether the page is there.
    pub here: bool,
}

/// The navigation. `label` names it among the page's landmarks.
pub fn navigation(label: String, sections: Vec<Section>) -> AnyView {
    let sections = sections.into_iter().map(section).collect::<Vec<_>>();
    view! { <nav class="nav" aria-label=label>{sections}</nav> }.into_any()
}

fn section(section: Section) -> AnyView {
    let heading = section.heading.map(|words| view! { <h2>{words}</h2> });
    let items = section.items.into_iter().map(item).collect::<Vec<_>>();
    view! { {heading}<ul>{items}</ul> }.into_any()
}

fn item(item: Item) -> AnyView {
    let count = item.count.map(|count| view! { <span class="count">{count}</span> });
    view! {
        <li><a href=item.href aria-current=item.here.then_some("page")>{icon(item.icon)}<span>{item.words}</span>{count}</a></li>
    }
    .into_any()
}
