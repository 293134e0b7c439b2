//! The line: an instance's life as stations, with when each was reached.

use leptos::prelude::*;

use super::Mark;

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
#[derive(Clone, Debug)]
pub enum Station {
    /// Passed, with its name and when.
    Done(String, String),
    /// Where it is, with its name and when.
    Here(Now, String, String),
    /// Still ahead.
    Ahead(String),
}

impl Station {
    /// Its class, as a patch sets it.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Done(..) => "done",
            Self::Here(Now::Well, ..) => "now",
            Self::Here(Now::Waits, ..) => "now waits",
            Self::Here(Now::Failed, ..) => "now failed",
            Self::Here(Now::Rests, ..) => "now rests",
            Self::Ahead(..) => "todo",
        }
    }

    /// Its name and when it was reached; empty while it is ahead.
    #[must_use]
    pub fn words(&self) -> (&str, &str) {
        match self {
            Self::Done(name, when) | Self::Here(_, name, when) => (name, when),
            Self::Ahead(name) => (name, ""),
        }
    }
}

/// The stations in order.
pub struct Line {
    /// What the line is of.
    pub label: String,
    /// The stations.
    pub stations: Vec<Station>,
    /// Where patches find them: station 0 is the part `0`, its words the parts `0-name` and `0-at`.
    pub mark: Mark,
}

impl Line {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let stations = self.stations.iter().enumerate().map(|(place, station)| view(station, &self.mark.part(place)));
        view! { <ol class="line" aria-label=self.label>{stations.collect::<Vec<_>>()}</ol> }.into_any()
    }
}

fn view(station: &Station, mark: &Mark) -> AnyView {
    let here = matches!(station, Station::Here(..)).then_some("step");
    let (name, at) = (mark.part("name"), mark.part("at"));
    let (words, when) = station.words();
    view! {
        <li class=station.class() aria-current=here data-live=mark.id() data-slot=mark.slot()>
            <span data-live=name.id() data-slot=name.slot()>{words.to_owned()}</span>
            <small><bdi data-live=at.id() data-slot=at.slot()>{when.to_owned()}</bdi></small>
        </li>
    }
    .into_any()
}
