//! Versions of what the API answers: `ETag` on each document, 304 for who has it already.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Error;
use session::Refused;
use sha2::{Digest, Sha256};

/// The largest document that gets a version.
const MOST_BYTES: usize = 4 * 1024 * 1024;

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
    let Ok(version) = HeaderValue::from_str(&version_of(&bytes)) else {
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

/// The strong version of a document.
pub(super) fn version_of(bytes: &[u8]) -> String {
    let characters: String = Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{characters}\"")
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
}
