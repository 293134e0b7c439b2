//! The number of a request.

/// What a person tells us of a request that failed: it stands in the answer, in the log and in the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// The one with this text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it stands in the answer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
