//! What goes wrong between us and a provider, as facts that a page can be made of.

/// Why somebody is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The provider cannot be reached, or does not work; the text is for the log.
    #[error("the provider does not work: {0}")]
    Down(String),
    /// The provider did not answer in time.
    #[error("the provider did not answer in time")]
    Slow,
    /// The provider said no, with this code; `access_denied` is a person who changed their mind.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// What came back must not be believed.
    #[error("what the provider's answer says is not to be trusted: {0}")]
    Untrusted(#[from] Doubt),
    /// The person took too long; beginning again helps.
    #[error("the sign-in was begun too long ago")]
    Expired,
}

/// What about an answer must not be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// It answers a sign-in with another provider.
    #[error("the sign-in was begun with another provider")]
    Provider,
    /// It answers a sign-in that this browser did not begin.
    #[error("this browser did not begin the sign-in")]
    State,
    /// This cannot be read.
    #[error("{0} cannot be read")]
    Unreadable(&'static str),
    /// It leads to an address that is not encrypted.
    #[error("{0} is not an https address")]
    Plain(&'static str),
    /// Another one issued it.
    #[error("the issuer is another")]
    Issuer,
    /// It is meant for somebody else.
    #[error("the audience is another")]
    Audience,
    /// It is about somebody of a directory that may not sign in.
    #[error("the tenant is not allowed")]
    Tenant,
    /// It answers another sign-in.
    #[error("the nonce is another")]
    Nonce,
    /// It came with an access token that is not its own.
    #[error("the access token is another")]
    AccessToken,
    /// It is not signed in a way that the provider announced and only the provider can sign.
    #[error("the signing algorithm is not allowed")]
    Algorithm,
    /// No key that the provider published has signed it.
    #[error("the signing key is unknown")]
    Key,
    /// The signature does not fit.
    #[error("the signature is wrong")]
    Signature,
    /// It is too old.
    #[error("it has expired")]
    Expired,
    /// It is from the future.
    #[error("it is not valid yet")]
    Early,
    /// It names nobody, or somebody else than before.
    #[error("the subject is missing or another")]
    Subject,
    /// It does not say that the person was asked anew who they are, as they were to be.
    #[error("the person was not asked anew")]
    Stale,
    /// It is not the notice of a sign-out.
    #[error("it is no logout token")]
    Event,
}
