//! Pairs of label and value, and tabs that are links.

use leptos::prelude::*;

/// Label and value, one pair a line.
pub fn facts(pairs: Vec<(String, AnyView)>) -> AnyView {
    let pairs = pairs.into_iter().map(|(label, value)| view! { <dt>{label}</dt><dd>{value}</dd> });
    view! { <dl class="facts">{pairs.collect_view()}</dl> }.into_any()
}

/// Views of one thing as links: words, address, whether it is the present one.
pub fn tabs(label: String, links: Vec<(String, String, bool)>) -> AnyView {
    let links = links.into_iter().map(|(words, href, here)| {
        view! { <a href=href aria-current=here.then_some("page")>{words}</a> }
    });
    view! { <nav class="tabs" aria-label=label>{links.collect_view()}</nav> }.into_any()
}
