//! Fields to write into: label, control, hint, and the error tied to it. What was written stays.

use leptos::prelude::*;

use super::{Icon, icon};

/// A field for one line of text, built step by step.
#[derive(Default)]
pub struct Field {
    kind: &'static str,
    name: String,
    label: String,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    unit: Option<String>,
    class: String,
    autocomplete: Option<&'static str>,
    input_mode: Option<&'static str>,
    required: bool,
    placeholder: Option<String>,
}

impl Field {
    /// Text.
    #[must_use]
    pub fn text(name: &str, label: impl Into<String>) -> Self {
        Self { kind: "text", name: name.to_owned(), label: label.into(), class: "input".to_owned(), ..Self::default() }
    }

    /// An e-mail address, always left to right.
    #[must_use]
    pub fn email(name: &str, label: impl Into<String>) -> Self {
        Self { kind: "email", ..Self::text(name, label) }
    }

    /// A password, never written back.
    #[must_use]
    pub fn password(name: &str, label: impl Into<String>) -> Self {
        Self { kind: "password", ..Self::text(name, label) }
    }

    /// A decimal number as people write it; the server reads it.
    #[must_use]
    pub fn amount(name: &str, label: impl Into<String>) -> Self {
        let field = Self { input_mode: Some("decimal"), ..Self::text(name, label) };
        Self { class: "input num".to_owned(), ..field }
    }

    /// A date and time.
    #[must_use]
    pub fn moment(name: &str, label: impl Into<String>) -> Self {
        Self { kind: "datetime-local", ..Self::text(name, label) }
    }

    /// A day.
    #[must_use]
    pub fn day(name: &str, label: impl Into<String>) -> Self {
        Self { kind: "date", ..Self::text(name, label) }
    }

    /// What stands in it: what was sent before, where the form comes back.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// What helps to fill it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Why what was sent cannot be taken.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// The unit that stands in its frame.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// What a password keeper may fill in.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// An example in faint letters.
    #[must_use]
    pub fn placeholder(mut self, example: impl Into<String>) -> Self {
        self.placeholder = Some(example.into());
        self
    }

    /// Cannot stay empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let (id, frame) = (format!("field-{}", self.name), Around::new(&self.name, self.label, self.hint, self.error));
        let ltr = matches!(self.kind, "email" | "password" | "datetime-local" | "date") || self.input_mode.is_some();
        let (described, invalid) = (frame.described_by(), frame.invalid());
        let input = view! {
            <input class=self.class id=id type=self.kind name=self.name value=self.value required=self.required
                dir=ltr.then_some("ltr") autocomplete=self.autocomplete inputmode=self.input_mode
                placeholder=self.placeholder aria-describedby=described aria-invalid=invalid />
        };
        frame.around(match self.unit {
            Some(unit) => view! { <div class="with-unit">{input}<span class="unit">{unit}</span></div> }.into_any(),
            None => input.into_any(),
        })
    }
}

/// A field for several lines. Leptos 0.8 writes a text area's content unescaped; this one escapes it.
pub struct TextArea {
    /// The field's name in the form.
    pub name: String,
    /// What it asks.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// What helps to fill it.
    pub hint: Option<String>,
    /// Why what was sent cannot be taken.
    pub error: Option<String>,
}

impl TextArea {
    /// The view.
    #[must_use]
    pub fn view(self) -> AnyView {
        let (id, frame) = (format!("field-{}", self.name), Around::new(&self.name, self.label, self.hint, self.error));
        let (described, invalid) = (frame.described_by(), frame.invalid());
        // A browser swallows the first line break of a text area: this one is there for it.
        let content = format!("\n{}", crate::page::escape(&self.value));
        let area = view! {
            <textarea class="input" id=id name=self.name dir="auto" rows="3" aria-describedby=described
                aria-invalid=invalid inner_html=content></textarea>
        };
        frame.around(area.into_any())
    }
}

/// What stands around a control: the label above, hint and error below, tied to it by their ids.
pub(crate) struct Around {
    name: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Around {
    pub(crate) fn new(name: &str, label: String, hint: Option<String>, error: Option<String>) -> Self {
        Self { name: name.to_owned(), label, hint, error }
    }

    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("hint-{}", self.name));
        let error = self.error.as_ref().map(|_| format!("error-{}", self.name));
        let ids = [error, hint].into_iter().flatten().collect::<Vec<_>>();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(crate) fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    pub(crate) fn around(self, control: AnyView) -> AnyView {
        let Self { name, label, hint, error } = self;
        let hint = hint.map(|hint| view! { <span class="hint" id=format!("hint-{name}")>{hint}</span> });
        let error = error.map(|error| {
            view! { <span class="error" id=format!("error-{name}")>{icon(Icon::Warning)}<span>{error}</span></span> }
        });
        view! {
            <div class="field">
                <label for=format!("field-{name}")>{label}</label>
                {control}{error}{hint}
            </div>
        }
        .into_any()
    }
}
