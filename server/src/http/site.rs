//! The built style, scripts, wasm and fonts: names hold a hash of their content.

use std::path::Path;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use session::Refused;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Serves the folder, the compressed file where the browser takes it.
pub(super) fn files(folder: &Path) -> Router {
    // A browser never asks twice for a file that it got, but it may ask again for one that was not there.
    let forever = |answer: &Response| answer.status().is_success().then_some(FOREVER);
    let absent = Router::new().fallback(async || Refused::from(Error::NotFound).into_response());
    Router::new()
        .fallback_service(
            ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false).fallback(absent),
        )
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, forever))
}
