//! Whether the process lives, and whether it should get requests.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::State;

/// What readiness found.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    database: bool,
    stopping: bool,
}

/// `GET /livez`: the process answers.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the process should get requests.
///
/// The cluster is not asked: without it pages, money and API still work, and taking every replica away would help nobody.
pub(super) async fn ready(Shared(state): Shared<State>) -> Response {
    let database = state.portal.db.ping().await.is_ok();
    let stopping = state.stop.is_cancelled();
    let ready = database && !stopping;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, database, stopping })).into_response()
}
