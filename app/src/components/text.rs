//! The smallest pieces: amounts, identifiers, links. Each keeps its own direction in an Arabic sentence.

use leptos::prelude::*;
use types::Timestamp;

/// An amount or a number with its unit, left to right, figures of one width.
pub fn amount(written: impl Into<String>) -> AnyView {
    view! { <bdi class="num">{written.into()}</bdi> }.into_any()
}

/// The same for bare numbers.
pub fn number(written: impl Into<String>) -> AnyView {
    amount(written)
}

/// A length of time: words and numbers, in the reader's direction.
pub fn length(written: impl Into<String>) -> AnyView {
    view! { <span class="num nowrap">{written.into()}</span> }.into_any()
}

/// An identifier, address or command in monospace.
pub fn ident(code: impl Into<String>) -> AnyView {
    view! { <bdi class="id">{code.into()}</bdi> }.into_any()
}

/// Worded text.
pub fn text(words: impl Into<String>) -> AnyView {
    words.into().into_any()
}

/// A first line with a smaller one beneath, as in the first cell of a row.
pub fn both(first: AnyView, second: AnyView) -> AnyView {
    view! { <span>{first}<span class="sub">{second}</span></span> }.into_any()
}

/// A moment, worded for people and exact for programs.
pub fn time(at: Timestamp, written: impl Into<String>) -> AnyView {
    view! { <time class="num" datetime=at.to_string()>{written.into()}</time> }.into_any()
}

/// A link inside text.
pub fn link(href: impl Into<String>, words: impl Into<String>) -> AnyView {
    view! { <a class="link" href=href.into()>{words.into()}</a> }.into_any()
}

/// The link of a row: its target covers the row (`Row::goes`).
pub fn cover(href: impl Into<String>, words: impl Into<String>) -> AnyView {
    view! { <a class="cover" href=href.into()><bdi>{words.into()}</bdi></a> }.into_any()
}

/// No view at all.
pub fn nothing() -> AnyView {
    ().into_any()
}
