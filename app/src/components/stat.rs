//! A strip of numbers, each with its unit and something to hold it against.

use leptos::prelude::*;

/// One number.
pub struct Stat {
    /// What is counted.
    pub label: String,
    /// The number.
    pub value: String,
    /// Its unit, or "of 60".
    pub unit: String,
    /// What it means or what it was before.
    pub note: Option<String>,
}

/// Numbers side by side in one card.
pub fn strip(stats: Vec<Stat>) -> AnyView {
    let stats = stats.into_iter().map(|stat| {
        let note = stat.note.map(|note| view! { <span class="xs faint">{note}</span> });
        let unit = (!stat.unit.is_empty()).then(|| view! { " "<small>{stat.unit}</small> });
        view! {
            <div class="stat">
                <span class="xs soft">{stat.label}</span>
                <b><bdi>{stat.value}</bdi>{unit}</b>
                {note}
            </div>
        }
    });
    view! { <section class="card strip">{stats.collect_view()}</section> }.into_any()
}
