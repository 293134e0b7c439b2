//! What keeps a snapshot from becoming an artefact.

/// Why there is no artefact. None of these is a person's mistake: the snapshot was frozen wrong, or this crate is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A sum on the document is not what stands above it; where.
    #[error("the document does not add up: {0}")]
    Unbalanced(&'static str),
    /// Something that the document cannot be without; what.
    #[error("the document lacks {0}")]
    Missing(&'static str),
    /// An amount in another currency than the document's, or with parts of a minor unit; where.
    #[error("the document has an amount that cannot stand on it: {0}")]
    Amount(&'static str),
    /// EN 16931 refuses it; the broken rules.
    #[error("the document breaks EN 16931: {0}")]
    Invalid(String),
    /// It could not be set as pages; what the typesetter said.
    #[error("the document could not be set: {0}")]
    Typeset(String),
}

/// What this crate gives.
pub type Result<T> = std::result::Result<T, Error>;
