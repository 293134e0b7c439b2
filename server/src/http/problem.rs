//! The one place where refusals become words: `application/problem+json` (RFC 9457) for programs, a page for people.

use std::collections::BTreeMap;

use app::refused_page;
use axum::{
    extract::{FromRequestParts, Request, State as Shared},
    http::{HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Error, access::policy};
use messages::{Locale, Words};
use serde::Serialize;
use session::{Reader, Refused, RequestId, Ticket};
use types::{Argument, Problem, Refusal};

use super::State;

const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem as it is answered.
#[derive(Debug, Serialize)]
struct Document {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    #[serde(flatten)]
    problem: Problem,
    /// Which of the code's cases it is, and with what: for programs that want to be exact.
    fact: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    arguments: BTreeMap<String, Argument>,
    /// Members and staff who have the permission that is lacking.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    held_by: Vec<&'static str>,
    request_id: String,
}

/// Puts a refusal that an answer carries into words.
pub(super) async fn word(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id.as_ref().map_or("", RequestId::as_str);
    let (mut head, body) = request.into_parts();
    let person = person(&mut head, &state).await;
    let mut response = next.run(Request::from_parts(head, body)).await;
    match (Refused::take(&mut response), person) {
        (None, _) => response,
        (Some(refused), None) => document(&refused, id, response),
        (Some(refused), Some((reader, ticket, method))) => {
            refused_page(&state.screens, &reader, &ticket, &method, &refused, id).await
        }
    }
}

/// What a page needs to know of the request, whose head the handler takes; nothing where programs ask.
async fn person(head: &mut Parts, state: &State) -> Option<(Reader, Ticket, Method)> {
    if !for_people(head.uri.path()) {
        return None;
    }
    let ticket = Ticket::from_request_parts(head, state).await.ok()?;
    Some((Reader::of(&state.portal.settings, head), ticket, head.method.clone()))
}

/// Whether people look at the address, or programs and islands.
fn for_people(path: &str) -> bool {
    let of_programs = ["/api/", "/site/", "/livez", "/readyz", "/metrics"].iter().any(|start| path.starts_with(start));
    !of_programs && !path.ends_with("/events")
}

fn document(refused: &Refused, request_id: &str, unworded: Response) -> Response {
    let refusal = refused.refusal();
    let problem = problem(&refusal);
    let document = Document {
        r#type: "about:blank",
        title: refused.status().canonical_reason().unwrap_or("Refused"),
        status: refused.status().as_u16(),
        problem,
        fact: refusal.fact,
        arguments: refusal.arguments,
        held_by: holders(refused.error()),
        request_id: request_id.to_owned(),
    };
    let (mut head, _) = unworded.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let mut response = (head.status, head.headers, axum::Json(document)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, KIND);
    response
}

/// What happened and what to do next, in English as the whole API; the same sentences as on the screens.
fn problem(refusal: &Refusal) -> Problem {
    let said = Words::new(Locale::En, "UTC").refusal(refusal);
    Problem { code: refusal.code, message: said.message, field: refusal.field.clone(), hint: Some(said.hint) }
}

fn holders(error: &Error) -> Vec<&'static str> {
    let Error::Forbidden(permission) = error else { return Vec::new() };
    let Some(row) = policy::holders(permission) else { return Vec::new() };
    row.roles.iter().map(|role| role.word()).chain(row.staff.iter().map(|role| role.word())).collect()
}
