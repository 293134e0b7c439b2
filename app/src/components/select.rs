//! Fields to choose in: a list, cards, a tick.

use leptos::prelude::*;

use super::field::Around;

/// A list of which one is chosen.
pub struct Select {
    /// The field's name in the form.
    pub name: String,
    /// What it asks.
    pub label: String,
    /// Value and words of each.
    pub options: Vec<(String, String)>,
    /// The value that is chosen.
    pub chosen: String,
    /// What helps to choose.
    pub hint: Option<String>,
    /// Why what was sent cannot be taken.
    pub error: Option<String>,
}

impl Select {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let (id, frame) = (format!("field-{}", self.name), Around::new(&self.name, self.label, self.hint, self.error));
        let (described, invalid) = (frame.described_by(), frame.invalid());
        let chosen = self.chosen;
        let options = self.options.into_iter().map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        });
        let options = options.collect_view();
        let list = view! {
            <select class="input" id=id name=self.name aria-describedby=described aria-invalid=invalid>{options}</select>
        };
        frame.around(list.into_any())
    }
}

/// A card that can be chosen among others.
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// Its name.
    pub words: String,
    /// A line beneath.
    pub note: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it can be.
    pub open: bool,
}

/// Cards among which one is chosen.
pub fn choices(name: &str, label: impl Into<String>, cards: Vec<Choice>) -> AnyView {
    let cards = cards.into_iter().map(|card| {
        view! {
            <label class="choice">
                <input type="radio" name=name.to_owned() value=card.value checked=card.chosen disabled=!card.open />
                <b>{card.words}</b><span class="xs faint">{card.note}</span>
            </label>
        }
    });
    view! { <fieldset><legend class="unseen">{label.into()}</legend><div class="choices">{cards.collect_view()}</div></fieldset> }
        .into_any()
}

/// One thing that is so or not.
pub fn check(name: &str, words: impl Into<String>, ticked: bool) -> AnyView {
    view! {
        <label class="tick">
            <input class="check-box" type="checkbox" name=name.to_owned() value="yes" checked=ticked />
            <span>{words.into()}</span>
        </label>
    }
    .into_any()
}
