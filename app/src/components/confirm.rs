//! Confirming what destroys: opens in place, says what is lost, asks for the name.

use leptos::prelude::*;

use super::{Button, Field, Form};

/// A destructive action behind its name.
pub struct Confirm {
    /// What the button says.
    pub action_words: String,
    /// Where the form goes.
    pub href: String,
    /// Idempotency key of the form.
    pub key: String,
    /// What is lost and until when it can be undone.
    pub consequence: String,
    /// "Type … to confirm".
    pub ask: String,
    /// What was typed before, where it did not match, and the error that says so.
    pub again: Option<(String, String)>,
}

impl Confirm {
    /// The view; open where it came back with an error. The field is called `confirm`.
    #[must_use]
    pub fn view(self) -> AnyView {
        let open = self.again.is_some();
        let (typed, error) = self.again.unzip();
        let field = Field::text("confirm", self.ask)
            .value(typed.unwrap_or_default())
            .error(error)
            .autocomplete("off")
            .required();
        let fields =
            view! { {field.view()}<div>{Button::new(self.action_words.clone()).danger().primary().submit()}</div> };
        let form = Form::post(self.href).once(self.key).around(fields.into_any());
        view! {
            <details class="confirm" open=open>
                <summary class="btn danger">{self.action_words}</summary>
                <div class="sheet-body"><p class="sm">{self.consequence}</p>{form}</div>
            </details>
        }
        .into_any()
    }
}
