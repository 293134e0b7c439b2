//! Language and theme, changed by forms that work without script: they post to `/preferences` and come back.

use leptos::prelude::*;
use messages::{Locale, Words, say};

use super::{Icon, hidden, icon};

/// Which colours a person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the device says.
    #[default]
    System,
    /// By day.
    Light,
    /// By night.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its word in the cookie and in `data-theme`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a cookie's word; what the device says where it is none of ours.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }

    /// Its name.
    #[must_use]
    pub fn name(self, words: &Words) -> String {
        self.face(words).1
    }

    fn face(self, words: &Words) -> (Icon, String) {
        match self {
            Self::System => (Icon::Screen, say!(words, "theme-system")),
            Self::Light => (Icon::Sun, say!(words, "theme-light")),
            Self::Dark => (Icon::Moon, say!(words, "theme-dark")),
        }
    }
}

/// Both switches; `here` is the path to come back to.
pub fn switches(words: &Words, theme: Theme, here: &str) -> AnyView {
    let locales = Locale::ALL.map(|locale| {
        let chosen = locale == words.locale();
        let face = view! { <span lang=locale.tag() dir=locale.dir().as_str()>{locale.own_name()}</span> };
        choice("locale", locale.tag(), chosen, face.into_any())
    });
    let themes = Theme::ALL.map(|each| {
        let (mark, name) = each.face(words);
        choice("theme", each.word(), each == theme, view! { {icon(mark)}<span>{name}</span> }.into_any())
    });
    let theme_mark = if theme == Theme::Dark { Icon::Moon } else { Icon::Sun };
    view! {
        {switch(Icon::Globe, say!(words, "language"), here, locales.into())}
        {switch(theme_mark, say!(words, "theme"), here, themes.into())}
    }
    .into_any()
}

fn switch(mark: Icon, label: String, here: &str, choices: Vec<AnyView>) -> AnyView {
    view! {
        <details class="menu" name="menu">
            <summary class="btn quiet icon-only" aria-label=label.clone() title=label>{icon(mark)}</summary>
            <form class="sheet" method="post" action="/preferences">{hidden("return", here)}{choices}</form>
        </details>
    }
    .into_any()
}

fn choice(name: &'static str, value: &'static str, chosen: bool, face: AnyView) -> AnyView {
    let check = chosen.then(|| view! { <span class="check">{icon(Icon::Check)}</span> });
    let pressed = if chosen { "true" } else { "false" };
    view! { <button class="item" type="submit" name=name value=value aria-pressed=pressed>{face}{check}</button> }
        .into_any()
}
