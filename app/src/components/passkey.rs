//! Forms that a passkey fills: only the browser can ask for one, so they need its script (`frontend/passkeys.js`) and say so
//! where there is none.

use leptos::prelude::*;
use messages::{Words, say};

use super::{Button, hidden};

/// A form for a passkey.
pub struct PasskeyForm {
    action: String,
    begin: &'static str,
    ceremony: &'static str,
    autofill: bool,
}

impl PasskeyForm {
    /// Makes a new passkey: `begin` says what to sign, `action` takes the answer.
    #[must_use]
    pub fn create(action: impl Into<String>, begin: &'static str) -> Self {
        Self { action: action.into(), begin, ceremony: "create", autofill: false }
    }

    /// Shows one.
    #[must_use]
    pub fn show(action: impl Into<String>, begin: &'static str) -> Self {
        Self { ceremony: "get", ..Self::create(action, begin) }
    }

    /// Offered too where the page's address field is filled in.
    #[must_use]
    pub fn autofill(mut self) -> Self {
        self.autofill = true;
        self
    }

    /// The view around the fields and the button.
    #[must_use]
    pub fn around(self, words: &Words, fields: AnyView, button: Button) -> AnyView {
        view! {
            <form class="form" method="post" action=self.action data-passkey=self.ceremony data-begin=self.begin
                data-autofill=self.autofill.then_some("")>
                {hidden("credential", "")}
                <div class="form" data-part="ready" hidden=true>{fields}{button.submit()}</div>
                <p class="sm soft" data-part="without">{say!(words, "passkey-without")}</p>
                <p class="sm" role="alert" data-part="failed" hidden=true>{say!(words, "passkey-failed")}</p>
            </form>
        }
        .into_any()
    }
}
