//! The line: an instance's life as stations, with when each was reached.

use leptos::prelude::*;

/// What the present station is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// Arrived, and well.
    Well,
    /// On its way.
    Waits,
    /// Went wrong here.
    Failed,
    /// Came to rest.
    Rests,
}

/// One station.
pub enum Station {
    /// Passed, with its name and when.
    Done(String, String),
    /// Where it is, with its name and when.
    Here(Now, String, String),
    /// Still ahead.
    Ahead(String),
}

/// The stations in order. `label` says what the line is of.
pub fn line(label: String, stations: Vec<Station>) -> AnyView {
    let stations = stations.into_iter().map(station).collect::<Vec<_>>();
    view! { <ol class="line" aria-label=label>{stations}</ol> }.into_any()
}

fn station(station: Station) -> AnyView {
    match station {
        Station::Done(name, when) => view! { <li>{name}<small><bdi>{when}</bdi></small></li> }.into_any(),
        Station::Here(now, name, when) => {
            let class = match now {
                Now::Well => "now",
                Now::Waits => "now waits",
                Now::Failed => "now failed",
                Now::Rests => "now rests",
            };
            view! { <li class=class aria-current="step">{name}<small><bdi>{when}</bdi></small></li> }.into_any()
        }
        Station::Ahead(name) => view! { <li class="todo">{name}</li> }.into_any(),
    }
}
