//! Older and newer: pages of a list by cursor.

use leptos::prelude::*;

use super::Button;

/// Links to what is newer and older; nothing where there is only one page.
pub fn pages(label: String, newer: Option<(String, String)>, older: Option<(String, String)>) -> AnyView {
    if newer.is_none() && older.is_none() {
        return ().into_any();
    }
    let [newer, older] = [newer, older].map(|page| page.map(|(words, href)| Button::new(words).small().to(href)));
    view! { <nav class="pages" aria-label=label><div>{newer}</div><div>{older}</div></nav> }.into_any()
}
