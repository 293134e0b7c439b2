//! Versions of what the API answers: `ETag` on each document, 304 for who has it already, and `If-Match` for who changes
//! a thing only as they know it. A thing with a version of its own has it before the dash: `"7-3f…"`.

use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Error;
use serde::Serialize;
use session::Refused;
use sha2::{Digest, Sha256};

/// The largest document that gets a version.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A document about a thing that has this version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Versioned<T>(pub(super) i64, pub(super) T);

/// The version that the client knows of the thing that it changes: the header `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KnownVersion(pub(super) Option<i64>);

/// Travels in the answer from the handler to [`compare`].
#[derive(Clone, Copy, Debug)]
struct Own(i64);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        response.extensions_mut().insert(Own(self.0));
        response
    }
}

impl<S: Send + Sync> FromRequestParts<S> for KnownVersion {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let Some(said) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        match said.to_str().ok().and_then(own_version) {
            Some(known) => Ok(Self(known)),
            None => Err(Refused::malformed("If-Match names no version that an answer gave")),
        }
    }
}

/// The thing's own version in a document's; nothing inside for `*`, which any version fits.
#[expect(clippy::option_option, reason = "unreadable, any version, this version")]
fn own_version(text: &str) -> Option<Option<i64>> {
    if text == "*" {
        return Some(None);
    }
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    inside.split('-').next()?.parse().ok().map(Some)
}

/// Puts the version of an API document on the answer, or says that the client's is the present one.
pub(super) async fn compare(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD) && request.uri().path().starts_with("/api/");
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK || !is_document(response.headers()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MOST_BYTES).await else {
        return Refused::from(Error::Corrupt("an API document beyond all sizes".to_owned())).into_response();
    };
    let own = head.extensions.get::<Own>().map(|own| format!("{}-", own.0)).unwrap_or_default();
    let Ok(version) = HeaderValue::from_str(&format!("\"{own}{}\"", digest(&bytes))) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    let fresh = known.is_some_and(|known| names(&known, &version));
    head.headers.insert(header::ETAG, version);
    if fresh {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(header::CONTENT_TYPE);
        head.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(bytes))
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn is_document(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// Whether a list of versions, as in `If-None-Match`, names this one.
fn names(list: &HeaderValue, version: &HeaderValue) -> bool {
    let (Ok(list), Ok(version)) = (list.to_str(), version.to_str()) else { return false };
    list.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_a_version_weakly_or_strongly() {
        let version = HeaderValue::from_static("\"a\"");
        for (list, named) in [("\"a\"", true), ("\"b\", W/\"a\"", true), ("*", true), ("\"ab\"", false), ("a", false)] {
            assert_eq!(names(&HeaderValue::from_static(list), &version), named, "{list}");
        }
    }

    #[test]
    fn a_things_own_version_is_read_from_a_documents() {
        assert_eq!(own_version("\"7-3f0a\""), Some(Some(7)));
        assert_eq!(own_version("\"7\""), Some(Some(7)));
        assert_eq!(own_version("*"), Some(None));
        for text in ["7", "\"3f0a\"", "", "W/\"7-3f\""] {
            assert_eq!(own_version(text), None, "{text}");
        }
    }
}
