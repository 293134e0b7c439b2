//! What is counted, as OpenMetrics. No label names a tenant, a person or an id.

use std::{sync::atomic::AtomicI64, time::Duration};

use axum::{
    extract::State as Shared,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Error;
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

use super::State;

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

/// The process's counters.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    request_seconds: Family<RouteLabels, Histogram>,
    streams: Gauge<i64, AtomicI64>,
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
        Self { registry, requests, request_seconds, streams }
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

/// `GET /metrics`.
pub(super) async fn metrics(Shared(state): Shared<State>) -> Result<Response, Refused> {
    state.metrics.streams.set(i64::try_from(state.streams.n_open()).unwrap_or(i64::MAX));
    let mut text = String::new();
    encode(&mut text, &state.metrics.registry).map_err(|error| Error::Corrupt(format!("metrics: {error}")))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
