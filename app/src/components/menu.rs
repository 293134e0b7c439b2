//! Menus that open without script.

use leptos::prelude::*;

use super::{Icon, icon};

/// A line of a menu: a link, or a form of one button.
pub struct MenuItem {
    /// Its mark.
    pub icon: Option<Icon>,
    /// Its words.
    pub words: String,
    /// Where the link leads or the form goes.
    pub href: String,
    /// What the form sends; `None` for a link.
    pub form: Option<AnyView>,
}

/// More actions, behind three dots.
pub fn more(label: impl Into<String>, items: Vec<MenuItem>) -> AnyView {
    let items = items.into_iter().map(item).collect::<Vec<_>>();
    let label = label.into();
    view! {
        <details class="menu" name="menu">
            <summary class="btn icon-only" aria-label=label.clone() title=label>{icon(Icon::More)}</summary>
            <div class="sheet">{items}</div>
        </details>
    }
    .into_any()
}

pub(crate) fn item(item: MenuItem) -> AnyView {
    let face = view! { {item.icon.map(icon)}<span>{item.words}</span> };
    match item.form {
        None => view! { <a class="item" href=item.href>{face}</a> }.into_any(),
        Some(fields) => {
            view! { <form method="post" action=item.href>{fields}<button class="item" type="submit">{face}</button></form> }.into_any()
        }
    }
}
