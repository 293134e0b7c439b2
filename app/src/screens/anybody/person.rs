//! The fields that every new account asks for.

use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;

use crate::{components::Field, screens::asked::problem};

/// Name and password; with the name that came back, and why.
pub(super) fn fields(words: &Words, returned: Option<(&str, &Refused)>) -> AnyView {
    let (name, refused) = returned.unzip();
    let name = Field::text("name", say!(words, "person-name"))
        .value(name.unwrap_or_default())
        .error(problem(words, refused, "name"))
        .autocomplete("name")
        .required();
    let password = Field::password("password", say!(words, "password"))
        .hint(say!(words, "password-rule"))
        .error(problem(words, refused, "password"))
        .autocomplete("new-password")
        .required();
    view! { {name.view()}{password.view()} }.into_any()
}
