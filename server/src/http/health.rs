//! Whether the process lives, and whether it should get requests.

use axum::{
    Json,
    extract::State as Shared,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{access::Job, clusters::ClusterHealth};
use serde::Serialize;
use session::RETRY_SECONDS;
use types::Timestamp;

use super::State;

/// The name under which this process reads how it goes.
const JOB: Job = Job::of("health");

/// What readiness found.
#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    database: bool,
    stopping: bool,
    clusters: Vec<ClusterReadiness>,
}

/// How the work on one cluster goes. It says much to the operator and nothing of whether to send requests here.
#[derive(Debug, Serialize)]
struct ClusterReadiness {
    name: String,
    /// Whether some process leads.
    led: bool,
    /// Everything before this was seen.
    observed_through: Option<Timestamp>,
    trouble: Option<String>,
}

/// `GET /livez`: the process answers.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the process should get requests.
///
/// The cluster is not asked: without it pages, money and API still work, and taking every replica away would help nobody.
pub(super) async fn ready(Shared(state): Shared<State>) -> Response {
    let (now, stopping) = (state.portal.clock.now(), state.stop.is_cancelled());
    let health = health(&state).await;
    let (database, ready) = (health.is_ok(), health.is_ok() && !stopping);
    let clusters = health.unwrap_or_default().into_iter().map(|cluster| readiness(cluster, now)).collect();
    let told = Json(Readiness { ready, database, stopping, clusters });
    match ready {
        true => told.into_response(),
        false => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_SECONDS)], told).into_response(),
    }
}

/// How every cluster is; an error when the database, all three of its roles, does not answer.
pub(super) async fn health(state: &State) -> domain::Result<Vec<ClusterHealth>> {
    state.portal.db.ping().await?;
    domain::clusters::health_in(&state.portal.db.work(JOB, state.portal.clock.now()).await?).await
}

fn readiness(cluster: ClusterHealth, now: Timestamp) -> ClusterReadiness {
    ClusterReadiness {
        led: cluster.is_led(now),
        name: cluster.name,
        observed_through: cluster.observed_through,
        trouble: cluster.trouble,
    }
}
