//! What a request sends, read by axum and refused in our own words.

use axum::{
    extract::{
        FromRequest, FromRequestParts, OptionalFromRequest, Request,
        rejection::{FormRejection, JsonRejection},
    },
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
        query.map(|query| Self(query.0)).map_err(|rejection| of_field(&rejection.body_text()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match axum::extract::Form::from_request(request, state).await {
            Ok(form) => Ok(Self(form.0)),
            Err(FormRejection::FailedToDeserializeFormBody(rejection)) => Err(of_field(&rejection.body_text())),
            Err(rejection) => Err(worded(&rejection.body_text(), rejection.status())),
        }
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

/// What was sent reads well but for one field, which is missing, unknown or cannot be what it is:
/// `….: units: invalid type …`, `….: missing field `name` …`.
fn of_field(text: &str) -> Refused {
    let fact = text.split_once(": ").map_or(text, |(_, fact)| fact);
    let (place, reason) = match fact.split_once(": ") {
        Some((place, reason)) if !place.contains(' ') => (Some(place), reason),
        _ => (None, fact),
    };
    let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
    let rule = if missing.is_some() { "invalid-required" } else { "invalid-form" };
    let field = [place, missing].into_iter().flatten().collect::<Vec<_>>().join(".");
    if field.is_empty() {
        return Refused::malformed(reason);
    }
    Error::Refused(Box::new(Refusal::new(Code::Invalid, rule).with("reason", reason).about(&field))).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_that_is_wrong_missing_or_unknown_is_named() {
        for (said, fact, field) in [
            ("units: invalid type: string", "invalid-form", Some("units")),
            ("unit: unknown field `unit`, expected `name`", "invalid-form", Some("unit")),
            ("missing field `name` at line 1 column 2", "invalid-required", Some("name")),
            ("amount: missing field `unit` at line 1", "invalid-required", Some("amount.unit")),
            ("expected value at line 1 column 1", "malformed", None),
        ] {
            let refusal = of_field(&format!("Failed to deserialize …: {said}")).refusal();
            assert_eq!((refusal.fact.as_str(), refusal.field.as_deref()), (fact, field), "{said}");
        }
    }

    #[test]
    fn a_body_that_is_too_large_says_so() {
        assert_eq!(worded("…", StatusCode::PAYLOAD_TOO_LARGE).status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(worded("…", StatusCode::UNPROCESSABLE_ENTITY).status(), StatusCode::BAD_REQUEST);
    }
}
