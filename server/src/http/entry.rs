//! The outermost layer: each request gets an id, a span in the log, and is counted.

use std::time::Instant;

use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State as Shared},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use session::{Client, RequestId};
use tracing::{Instrument, field::Empty};

use super::State;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its id, and logs and counts its answer. Who asks is filled in by the extractor that finds it out.
pub(super) async fn enter(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (mut parts, body) = request.into_parts();
    let Ok(Client { address, .. }) = Client::from_request_parts(&mut parts, &state).await;
    let mut request = Request::from_parts(parts, body);
    let id = RequestId::new(format!("req_{}", types::new_uuid(state.portal.clock.now()).simple()));
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let method = request.method().clone();
    // The template, not the address itself: addresses hold ids of tenants.
    let route = path.as_deref().unwrap_or("none").to_owned();
    let (id_text, route_text) = (id.as_str(), route.as_str());
    let span = tracing::info_span!("request", id = id_text, method = %method, route = route_text, from = %address, who = Empty);
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = begun.elapsed();
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    let status = response.status();
    state.metrics.count_request(&method, &route, status, elapsed);
    span.in_scope(|| tracing::info!(status = status.as_u16(), elapsed_us = elapsed.as_micros(), "answered"));
    response
}
