//! `/simulator`: faults on and off, requests counted, compaction, the stepped clock. No API server has this.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Api;
use super::refusal::Refusal;
use crate::faults::{Fault, Planned};

#[derive(Deserialize)]
struct Advance {
    ms: u64,
}

pub(super) fn router() -> Router<Arc<Api>> {
    Router::new()
        .route("/", get(state))
        .route("/faults", get(list).post(add).delete(clear_all))
        .route("/faults/{id}", delete(clear))
        .route("/requests", get(requests))
        .route("/compact", post(compact))
        .route("/clock/advance", post(advance))
        .route("/settle", post(settle))
}

async fn state(State(api): State<Arc<Api>>) -> Json<Value> {
    let revision = api.store.lock().revision();
    Json(json!({"now": api.clock.now(), "resourceVersion": revision.to_string(), "faults": api.faults.list()}))
}

async fn list(State(api): State<Arc<Api>>) -> Json<Vec<Planned>> {
    Json(api.faults.list())
}

async fn add(State(api): State<Arc<Api>>, Json(fault): Json<Fault>) -> (StatusCode, Json<Value>) {
    let id = api.faults.add(fault);
    (StatusCode::CREATED, Json(json!({"id": id})))
}

async fn clear(State(api): State<Arc<Api>>, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    if api.faults.clear(&id) { Ok(StatusCode::NO_CONTENT) } else { Err(Refusal::no_resource()) }
}

async fn clear_all(State(api): State<Arc<Api>>) -> StatusCode {
    api.faults.clear_all();
    StatusCode::NO_CONTENT
}

async fn requests(State(api): State<Arc<Api>>) -> Json<BTreeMap<&'static str, u64>> {
    Json(api.counts.by_verb())
}

async fn compact(State(api): State<Arc<Api>>) -> Json<Value> {
    Json(json!({"resourceVersion": api.compact().to_string()}))
}

async fn advance(State(api): State<Arc<Api>>, Json(by): Json<Advance>) -> Result<Json<Value>, Refusal> {
    if !api.clock.advance(Duration::from_millis(by.ms)) {
        return Err(Refusal::bad_request("this simulator runs on the system's clock"));
    }
    api.settle().await;
    Ok(Json(json!({"now": api.clock.now()})))
}

async fn settle(State(api): State<Arc<Api>>) -> StatusCode {
    api.settle().await;
    StatusCode::NO_CONTENT
}

impl Api {
    /// Forgets the history: later watches and pages from before now are told 410.
    pub(crate) fn compact(&self) -> u64 {
        self.pages.forget();
        let mut shelves = self.store.lock();
        shelves.compact();
        shelves.revision()
    }
}
