//! A document's file as an answer: the same for screens and API, and told apart by its digest.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::{Scope, policy::ReadInvoices},
    papers,
};
use types::{ArtifactKind, PaperFile, PaperId, Timestamp};

use crate::{Portal, Refused};

/// A document's file to keep, or that the client has it already; nothing while it waits to be drawn.
///
/// # Errors
/// As `domain::papers::paper_file_in`.
pub async fn drawn(
    portal: &Portal,
    scope: &Scope<ReadInvoices>,
    (paper, form): (PaperId, ArtifactKind),
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Option<Response>, Refused> {
    let tx = portal.db.look(scope, now).await?;
    let Some(file) = papers::paper_file_in(&tx, scope, paper, form).await? else { return Ok(None) };
    let version = format!("\"{}\"", file.sha256);
    let caching = [(header::ETAG, version.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if knows(headers, &version) {
        return Ok(Some((StatusCode::NOT_MODIFIED, caching).into_response()));
    }
    let content = papers::paper_bytes_in(&tx, scope, paper, form).await?;
    Ok(Some((caching, named(&file), content).into_response()))
}

/// What it is, and what it is called. A name holds letters, digits, dashes and a point, so that it needs no quoting.
fn named(file: &PaperFile) -> [(header::HeaderName, String); 2] {
    let kind = match file.form {
        ArtifactKind::Pdf => "application/pdf",
        ArtifactKind::Ubl => "application/xml",
    };
    let name = format!("attachment; filename=\"{}\"", file.name);
    [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)]
}

/// Whether the client says that it has this version.
fn knows(headers: &HeaderMap, version: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    let mut named = lists.flat_map(|list| list.split(',')).map(str::trim);
    named.any(|one| one == "*" || one.trim_start_matches("W/") == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_knows_a_version_that_it_names_weakly_strongly_or_among_others() {
        for (list, known) in [("\"a\"", true), ("\"b\", W/\"a\"", true), ("*", true), ("\"ab\"", false), ("a", false)] {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, list.parse().unwrap())]);
            assert_eq!(knows(&headers, "\"a\""), known, "{list}");
        }
        assert!(!knows(&HeaderMap::new(), "\"a\""));
    }
}
