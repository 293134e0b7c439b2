//! Buttons, and links that look like buttons. A form's button sends its name and value.

use leptos::prelude::*;

use super::{Icon, icon};

/// A button or a link, built step by step.
#[derive(Default)]
pub struct Button {
    words: String,
    class: String,
    icon: Option<Icon>,
    sends: Option<(String, String)>,
    form: Option<String>,
}

impl Button {
    /// With these words.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), class: "btn".to_owned(), ..Self::default() }
    }

    /// The one primary button of a screen.
    #[must_use]
    pub fn primary(self) -> Self {
        self.class("primary")
    }

    /// As wide as its column and taller.
    #[must_use]
    pub fn big(self) -> Self {
        self.class("big")
    }

    /// Small, inside a row.
    #[must_use]
    pub fn small(self) -> Self {
        self.class("small")
    }

    /// Without a frame.
    #[must_use]
    pub fn quiet(self) -> Self {
        self.class("quiet")
    }

    /// Destroys something.
    #[must_use]
    pub fn danger(self) -> Self {
        self.class("danger")
    }

    /// With an icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What it adds to the form when pressed.
    #[must_use]
    pub fn sends(mut self, name: &str, value: impl Into<String>) -> Self {
        self.sends = Some((name.to_owned(), value.into()));
        self
    }

    /// Belongs to the form with this id, though it stands outside.
    #[must_use]
    pub fn of_form(mut self, id: &str) -> Self {
        self.form = Some(id.to_owned());
        self
    }

    /// A link to `href`.
    #[must_use]
    pub fn to(self, href: impl Into<String>) -> AnyView {
        let face = self.face();
        view! { <a class=self.class href=href.into()>{face}</a> }.into_any()
    }

    /// A link whose answer is a file to keep.
    #[must_use]
    pub fn download(self, href: impl Into<String>) -> AnyView {
        let face = self.face();
        view! { <a class=self.class href=href.into() download="">{face}</a> }.into_any()
    }

    /// The button that sends its form.
    #[must_use]
    pub fn submit(self) -> AnyView {
        let face = self.face();
        let (name, value) = self.sends.unzip();
        view! { <button class=self.class type="submit" name=name value=value form=self.form>{face}</button> }.into_any()
    }

    /// A form of its own around the button: POST to `action` with hidden fields.
    #[must_use]
    pub fn post(self, action: impl Into<String>, hidden: AnyView) -> AnyView {
        view! { <form class="inline" method="post" action=action.into()>{hidden}{self.submit()}</form> }.into_any()
    }

    fn class(mut self, class: &str) -> Self {
        self.class.push(' ');
        self.class.push_str(class);
        self
    }

    fn face(&self) -> AnyView {
        view! { {self.icon.map(icon)}<span>{self.words.clone()}</span> }.into_any()
    }
}

/// A button that cannot be pressed, and why: focusable, so that the reason is heard as well as seen.
pub fn refused(id: &str, words: impl Into<String>, reason: impl Into<String>) -> AnyView {
    let reason = reason.into();
    view! {
        <button class="btn" type="button" aria-disabled="true" aria-describedby=id.to_owned() title=reason.clone()>{words.into()}</button>
        <span class="unseen" id=id.to_owned()>{reason}</span>
    }
    .into_any()
}
