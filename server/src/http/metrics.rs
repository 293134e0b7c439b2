//! What is counted, as OpenMetrics. No label names a tenant, a person or an id.

use std::{
    sync::atomic::{AtomicI64, AtomicU64},
    time::Duration,
};

use axum::{
    extract::State as Shared,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, clusters::ClusterHealth};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use session::Refused;
use types::Timestamp;

use super::{State, health::health};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClusterLabels {
    cluster: String,
}

/// The process's counters, and what it reads of the whole installation when it is asked.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    request_seconds: Family<RouteLabels, Histogram>,
    streams: Gauge<i64, AtomicI64>,
    database: Gauge<i64, AtomicI64>,
    clusters: ClusterGauges,
}

/// How the work on each cluster goes.
#[derive(Debug, Default)]
struct ClusterGauges {
    led: Family<ClusterLabels, Gauge<i64, AtomicI64>>,
    unseen_seconds: Family<ClusterLabels, Gauge<f64, AtomicU64>>,
    skew_seconds: Family<ClusterLabels, Gauge<f64, AtomicU64>>,
    questions: Family<ClusterLabels, Gauge<i64, AtomicI64>>,
    untaken: Family<ClusterLabels, Gauge<i64, AtomicI64>>,
}

impl ClusterGauges {
    fn registered(registry: &mut Registry) -> Self {
        let gauges = Self::default();
        registry.register("cluster_led", "Whether some process leads", gauges.led.clone());
        let help = "Time since which the cluster was not seen whole";
        registry.register_with_unit("cluster_unseen", help, Unit::Seconds, gauges.unseen_seconds.clone());
        let help = "The largest distance between two of its clocks";
        registry.register_with_unit("cluster_skew", help, Unit::Seconds, gauges.skew_seconds.clone());
        registry.register("cluster_questions", "Questions that wait for the operator", gauges.questions.clone());
        let help = "Instances whose last wish the cluster has not taken";
        registry.register("cluster_untaken_wishes", help, gauges.untaken.clone());
        gauges
    }

    fn set(&self, health: &ClusterHealth, now: Timestamp) {
        let labels = ClusterLabels { cluster: health.name.clone() };
        self.led.get_or_create(&labels).set(health.is_led(now).into());
        if let Some(through) = health.observed_through {
            self.unseen_seconds.get_or_create(&labels).set(now.millis_since(through) as f64 / 1e3);
        }
        self.skew_seconds.get_or_create(&labels).set(health.skew_ms as f64 / 1e3);
        self.questions.get_or_create(&labels).set(health.n_questions);
        self.untaken.get_or_create(&labels).set(health.n_untaken);
    }
}

/// From half a millisecond to 16 seconds.
fn buckets() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 16))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("tamuda");
        let requests = Family::default();
        let request_seconds: Family<RouteLabels, Histogram> = Family::new_with_constructor(buckets);
        registry.register("requests", "Answered requests", requests.clone());
        let help = "Time until an answer begins";
        registry.register_with_unit("request_duration", help, Unit::Seconds, request_seconds.clone());
        let streams = Gauge::default();
        registry.register("event_streams", "Open event streams", streams.clone());
        let database = Gauge::default();
        registry.register("database_up", "Whether the database answers", database.clone());
        let clusters = ClusterGauges::registered(&mut registry);
        Self { registry, requests, request_seconds, streams, database, clusters }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn count_request(&self, method: &Method, route: &str, status: StatusCode, elapsed: Duration) {
        let (method, route) = (known(method), route.to_owned());
        self.requests.get_or_create(&RequestLabels { method, route: route.clone(), status: status.as_u16() }).inc();
        self.request_seconds.get_or_create(&RouteLabels { route }).observe(elapsed.as_secs_f64());
    }
}

/// Methods that nobody has heard of share one label.
fn known(method: &Method) -> String {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE => method.to_string(),
        _ => "other".to_owned(),
    }
}

/// `GET /metrics`. What the installation does is counted as far as the database answers.
pub(super) async fn metrics(Shared(state): Shared<State>) -> Result<Response, Refused> {
    let health = health(&state).await;
    state.metrics.database.set(health.is_ok().into());
    for cluster in health.unwrap_or_default() {
        state.metrics.clusters.set(&cluster, state.portal.clock.now());
    }
    state.metrics.streams.set(i64::try_from(state.streams.n_open()).unwrap_or(i64::MAX));
    let mut text = String::new();
    encode(&mut text, &state.metrics.registry).map_err(|error| Error::Corrupt(format!("metrics: {error}")))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
