//! What a request sends, read by axum and refused in our own words.

use axum::{
    extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request, rejection::JsonRejection},
    http::{StatusCode, header, request::Parts},
};
use domain::Error;
use serde::de::DeserializeOwned;
use types::{Code, Refusal};

use crate::Refused;

/// The parts of the path; one that cannot be an id names nothing that exists.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

/// What stands after the question mark.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// The fields of a form.
#[derive(Clone, Copy, Debug)]
pub struct Form<T>(pub T);

/// A JSON document.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| Error::NotFound.into())
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        query.map(|query| Self(query.0)).map_err(|rejection| Refused::malformed(rejection.body_text()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let form = axum::extract::Form::from_request(request, state).await;
        form.map(|form| Self(form.0)).map_err(|rejection| worded(&rejection.body_text(), rejection.status()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match <axum::Json<T> as FromRequest<S>>::from_request(request, state).await {
            Ok(json) => Ok(Self(json.0)),
            Err(JsonRejection::JsonDataError(rejection)) => Err(of_field(&rejection.body_text())),
            Err(rejection) => Err(worded(&rejection.body_text(), rejection.status())),
        }
    }
}

/// Nothing where no document was sent.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Refused> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

/// What HTTP has a status for keeps it: too large, or not the wanted media type.
fn worded(reason: &str, status: StatusCode) -> Refused {
    let refused = Refused::malformed(reason);
    match status {
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNSUPPORTED_MEDIA_TYPE => refused.with_status(status),
        _ => refused,
    }
}

/// A document that is JSON and has a field that cannot be what it is: `….: units: invalid type …`.
fn of_field(text: &str) -> Refused {
    let fact = text.split_once(": ").map_or(text, |(_, fact)| fact);
    let (field, reason) = fact.split_once(": ").unwrap_or(("", fact));
    let refusal = Refusal::new(Code::Invalid, "invalid-form").with("reason", reason);
    let refusal = if field.is_empty() || field.contains(' ') { refusal } else { refusal.about(field) };
    Error::Refused(Box::new(refusal)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_a_document_that_is_wrong_is_named() {
        let refusal =
            of_field("Failed to deserialize the JSON body into the target type: units: invalid type: string").refusal();
        assert_eq!((refusal.code, refusal.field.as_deref()), (Code::Invalid, Some("units")));
        let refusal = of_field("Failed to …: missing field `name` at line 1 column 2").refusal();
        assert_eq!(refusal.field, None);
    }

    #[test]
    fn a_body_that_is_too_large_says_so() {
        assert_eq!(worded("…", StatusCode::PAYLOAD_TOO_LARGE).status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(worded("…", StatusCode::UNPROCESSABLE_ENTITY).status(), StatusCode::BAD_REQUEST);
    }
}
