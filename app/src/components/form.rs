//! Forms that post and redirect, with the key that makes a double click one click.

use leptos::prelude::*;

/// A form that changes something.
pub struct Form {
    action: String,
    id: Option<String>,
    key: Option<String>,
    class: &'static str,
}

impl Form {
    /// Posts to `action`.
    #[must_use]
    pub fn post(action: impl Into<String>) -> Self {
        Self { action: action.into(), id: None, key: None, class: "form" }
    }

    /// An id, for buttons outside of it.
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    /// The idempotency key: the same form sent twice does one thing.
    #[must_use]
    pub fn once(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Lays its content out as the page does, not as a column of fields.
    #[must_use]
    pub fn unstyled(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// The view around the fields.
    #[must_use]
    pub fn around(self, fields: AnyView) -> AnyView {
        let key = self.key.map(|key| hidden("idempotency_key", key));
        view! { <form class=self.class method="post" action=self.action id=self.id>{key}{fields}</form> }.into_any()
    }
}

/// A form that only asks: its answer is a page with the question in its address.
pub fn filters(action: impl Into<String>, fields: AnyView) -> AnyView {
    view! { <form class="filters" method="get" action=action.into()>{fields}</form> }.into_any()
}

/// Whose password a form is about: a password keeper stores it under this address, and nobody sees it.
pub fn whose(email: &str) -> AnyView {
    view! {
        <input class="unseen" type="email" name="email" value=email.to_owned() autocomplete="username" readonly
            tabindex="-1" aria-hidden="true" />
    }
    .into_any()
}

/// A field that is sent and not shown.
pub fn hidden(name: &str, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.into() /> }.into_any()
}
