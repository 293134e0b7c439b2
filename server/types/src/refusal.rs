//! Why something is refused, as a fact with arguments: what is stored, and what messages make sentences of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Code, Money, Timestamp};

/// A refusal before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Which refusal it is, for programs.
    pub code: Code,
    /// Which sentence says it: `refusal-<fact>` in the messages, with the next step in `refusal-<fact>-next`.
    pub fact: String,
    /// The request's field that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<String>,
    /// What the sentence needs to know.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub arguments: BTreeMap<String, Argument>,
}

impl Refusal {
    /// A refusal whose sentence needs no arguments.
    #[must_use]
    pub fn new(code: Code, fact: &str) -> Self {
        Self { code, fact: fact.to_owned(), field: None, arguments: BTreeMap::new() }
    }

    /// The same, about a field of the request.
    #[must_use]
    pub fn about(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// The same, with one argument more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Argument>) -> Self {
        self.arguments.insert(name.to_owned(), value.into());
        self
    }
}

/// What a sentence is told; messages format it for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Argument {
    /// A count.
    Number(i64),
    /// An amount.
    Money(Money),
    /// An instant.
    Time(Timestamp),
    /// A name or a word.
    Text(String),
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Money> for Argument {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Timestamp> for Argument {
    fn from(instant: Timestamp) -> Self {
        Self::Time(instant)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
