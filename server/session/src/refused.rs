//! The one rejection. A response carries it unworded; the layer of the surface that answers (screens: a page, API:
//! problem+json) takes it out with [`Refused::take`] and puts it into words.

use std::{error::Error as _, sync::Arc};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use types::{Argument, Code, Refusal};

/// Seconds after which a client may try again what was unavailable.
pub const RETRY_SECONDS: u64 = 2;

/// Why a request is not answered as asked.
#[derive(Clone, Debug)]
pub struct Refused {
    error: Arc<Error>,
    status: Option<StatusCode>,
}

impl Refused {
    /// A request that cannot be read, and what in it.
    #[must_use]
    pub fn malformed(reason: impl Into<String>) -> Self {
        let refusal = Refusal::new(Code::Malformed, "malformed").with("reason", reason.into());
        Error::Refused(Box::new(refusal)).into()
    }

    /// The same, answered with another status than its code's: for what HTTP itself has a status for.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// The refusal that a response carries; the response keeps its status and headers.
    pub fn take(response: &mut Response) -> Option<Self> {
        response.extensions_mut().remove()
    }

    /// The fact behind it.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// What to tell people and programs; a failure of ours tells no more than that it is one.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        self.error.refusal().unwrap_or_else(|| match *self.error {
            Error::Unavailable(_) => Refusal::new(Code::Unavailable, "unavailable"),
            _ => Refusal::new(Code::Internal, "internal"),
        })
    }

    /// The status that it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        let own = || StatusCode::from_u16(self.refusal().code.status()).ok();
        self.status.or_else(own).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Seconds after which it is worth trying again; nothing where it is not.
    #[must_use]
    pub fn retry_seconds(&self) -> Option<u64> {
        let refusal = self.refusal();
        match (refusal.code, refusal.arguments.get("seconds")) {
            (Code::Unavailable, _) => Some(RETRY_SECONDS),
            (Code::TooManyRequests, Some(Argument::Number(seconds))) => u64::try_from(*seconds).ok(),
            _ => None,
        }
    }

    fn log(&self) {
        match &*self.error {
            Error::Unavailable(cause) => tracing::warn!(%cause, "a part of ours does not answer"),
            error @ (Error::Database(_) | Error::Corrupt(_)) => {
                tracing::error!(%error, cause = error.source().map(tracing::field::display), "a request failed");
            }
            _ => {}
        }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self { error: Arc::new(error), status: None }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.log();
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_ours_tells_nothing_of_its_cause() {
        let refused = Refused::from(Error::Corrupt("secret".to_owned()));
        assert_eq!(refused.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!format!("{:?}", refused.refusal()).contains("secret"));
    }

    #[test]
    fn what_may_be_tried_again_says_when() {
        let retry = |refusal| {
            let response = Refused::from(Error::Refused(Box::new(refusal))).into_response();
            response.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(retry(Refusal::new(Code::Unavailable, "too-slow")).as_deref(), Some("2"));
        let throttled = Refusal::new(Code::TooManyRequests, "too-many-attempts").with("seconds", 90_i64);
        assert_eq!(retry(throttled).as_deref(), Some("90"));
        assert_eq!(retry(Refusal::new(Code::Conflict, "finalised")), None);
    }
}
