//! What an island is told of a change: words and attributes for marked places of the page, already in the reader's
//! language, so that amounts and times are formatted in one place only.

use serde::{Deserialize, Serialize};

/// Changes of the places that belong to one thing on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Patch {
    /// The thing, as in the attribute `data-live`.
    pub id: String,
    /// What changes in it.
    pub slots: Vec<SlotPatch>,
}

/// One marked place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotPatch {
    /// The place, as in the attribute `data-slot`.
    pub slot: String,
    /// Its new text; nothing leaves the text as it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// Attributes with their new values; an empty value takes `hidden` and `disabled` away.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attributes: Vec<(String, String)>,
}

/// A line of a log, as the stream sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogLine {
    /// When the container wrote it; nothing where the cluster does not say.
    pub at: Option<crate::Timestamp>,
    /// What it wrote, without the line's end.
    pub text: String,
}

/// What a stream says after each look: how old the cluster's word is on what the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fresh {
    /// Seconds since the cluster was heard of; nothing while it never was.
    pub heard_s: Option<i64>,
}

impl Patch {
    /// A patch of `id` that changes nothing yet.
    #[must_use]
    pub fn of(id: impl ToString) -> Self {
        Self { id: id.to_string(), slots: Vec::new() }
    }

    /// The same, with another text in `slot`.
    #[must_use]
    pub fn text(mut self, slot: &str, text: impl Into<String>) -> Self {
        self.slots.push(SlotPatch { slot: slot.to_owned(), text: Some(text.into()), attributes: Vec::new() });
        self
    }

    /// The same, with another value of one attribute of `slot`.
    #[must_use]
    pub fn attribute(mut self, slot: &str, name: &str, value: impl Into<String>) -> Self {
        let attributes = vec![(name.to_owned(), value.into())];
        self.slots.push(SlotPatch { slot: slot.to_owned(), text: None, attributes });
        self
    }
}
