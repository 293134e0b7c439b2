//! The HTTP API: each request is taken apart, meets the faults that are on, and is answered as Kubernetes would.

mod control;
mod counts;
mod discovery;
mod doors;
mod log;
mod merge;
mod pages;
mod patch;
mod read;
mod refusal;
mod selector;
mod table;
mod target;
mod watch;
mod write;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, Method, header, request::Parts};
use axum::response::{IntoResponse, Json, Response};
use tokio::sync::{mpsc, oneshot};

pub(crate) use self::doors::{Doors, Line};
pub(crate) use self::refusal::{FieldError, Refusal};

use self::counts::Counts;
use self::pages::Pages;
use self::target::{Query, Target};
use crate::clock::{Clock, after};
use crate::faults::{Asked, FaultKind, Faults};
use crate::store::Store;

/// The largest body an API server takes.
const BODY_LIMIT: usize = 3 << 20;

/// What the handlers share.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) store: Arc<Store>,
    pub(crate) faults: Arc<Faults>,
    pub(crate) clock: Clock,
    pub(crate) pages: Pages,
    pub(crate) counts: Counts,
    pub(crate) settlers: mpsc::UnboundedSender<oneshot::Sender<()>>,
    pub(crate) address: String,
}

/// A request, taken apart.
struct Call {
    target: Target,
    query: Query,
    verb: &'static str,
    head: Parts,
    body: Bytes,
}

impl Api {
    pub(crate) fn new(
        store: Arc<Store>,
        faults: Arc<Faults>,
        clock: Clock,
        settlers: mpsc::UnboundedSender<oneshot::Sender<()>>,
        address: String,
    ) -> Self {
        Self { store, faults, clock, pages: Pages::default(), counts: Counts::default(), settlers, address }
    }

    /// The time as this API server's clock shows it.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        let skew = jiff::SignedDuration::from_millis(self.faults.skew_ms(None));
        self.clock.now().checked_add(skew).unwrap_or_else(|_| self.clock.now())
    }

    /// Waits until the world has done all that is due now.
    pub(crate) async fn settle(&self) {
        let (done, waits) = oneshot::channel();
        if self.settlers.send(done).is_ok() {
            waits.await.ok();
        }
    }
}

/// Everything this server answers.
pub(crate) fn router(api: Arc<Api>) -> Router {
    Router::new().nest("/simulator", control::router()).fallback(answer).with_state(api)
}

async fn answer(State(api): State<Arc<Api>>, ConnectInfo(line): ConnectInfo<Line>, request: Request) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = match serve(&api, &line, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    };
    tracing::debug!(%method, path, status = response.status().as_u16(), "answered");
    dated(response, api.now())
}

/// A skewed API server shows it here first.
fn dated(mut response: Response, now: jiff::Timestamp) -> Response {
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    if let Some(date) = date.ok().and_then(|date| HeaderValue::try_from(date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn serve(api: &Arc<Api>, line: &Line, request: Request) -> Result<Response, Refusal> {
    let path = request.uri().path().to_owned();
    if let "/healthz" | "/livez" | "/readyz" = path.as_str() {
        meet_faults(api, &Asked { verb: "get", ..Asked::default() }).await?;
        return Ok("ok".into_response());
    }
    if let Some(document) = discovery::document(&path, &api.address) {
        meet_faults(api, &Asked { verb: "get", ..Asked::default() }).await?;
        return document.map(|document| Json(document).into_response());
    }
    let call = take_apart(request).await?;
    let asked = call.asked();
    api.counts.note(call.verb);
    meet_faults(api, &asked).await?;
    let lost = api.faults.strike_request(&asked, |kind| *kind == FaultKind::AnswerLost).is_some();
    let response = dispatch(api, &call).await;
    if lost {
        line.cut();
        std::future::pending::<()>().await;
    }
    response
}

async fn dispatch(api: &Arc<Api>, call: &Call) -> Result<Response, Refusal> {
    let subresource = call.target.subresource.as_deref();
    match (call.verb, subresource) {
        ("get", Some("log")) if call.target.kind == crate::Kind::Pod => log::read(api, call),
        ("get", None | Some("status")) => read::get(api, call),
        ("list", None) => read::list(api, call),
        ("watch", None) => watch::open(api, call),
        ("create", None) => write::create(api, call),
        ("update", None | Some("status")) => write::update(api, call),
        ("patch", None | Some("status")) => patch::patch(api, call),
        ("delete", None) => write::delete(api, call),
        ("deletecollection", None) => write::delete_all(api, call),
        (verb, _) => Err(Refusal::not_simulated(format!("{verb} {}", call.head.uri.path()))),
    }
}

async fn take_apart(request: Request) -> Result<Call, Refusal> {
    let (head, body) = request.into_parts();
    let target = Target::parse(head.uri.path())?;
    let query = Query::parse(head.uri.query().unwrap_or_default())?;
    let verb = verb(&head.method, &target, &query)?;
    let body = to_bytes(body, BODY_LIMIT).await.map_err(|error| Refusal::bad_request(error.to_string()))?;
    Ok(Call { target, query, verb, head, body })
}

fn verb(method: &Method, target: &Target, query: &Query) -> Result<&'static str, Refusal> {
    let named = target.name.is_some();
    Ok(match *method {
        Method::GET if query.is_true("watch") && target.subresource.is_none() => "watch",
        Method::GET if named => "get",
        Method::GET => "list",
        Method::POST => "create",
        Method::PUT if named => "update",
        Method::PATCH if named => "patch",
        Method::DELETE if named => "delete",
        Method::DELETE => "deletecollection",
        _ => return Err(Refusal::not_allowed()),
    })
}

impl Call {
    fn asked(&self) -> Asked<'_> {
        Asked {
            verb: self.verb,
            resource: self.target.kind.words().plural,
            namespace: self.target.namespace.as_deref().unwrap_or_default(),
            name: self.target.name.as_deref().unwrap_or_default(),
        }
    }

    /// The value of a header; empty without one.
    fn header(&self, name: header::HeaderName) -> &str {
        self.head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn json(&self) -> Result<serde_json::Value, Refusal> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal::bad_request(format!("the body is not JSON: {error}")))
    }
}

/// The faults that stand before every answer.
async fn meet_faults(api: &Api, asked: &Asked<'_>) -> Result<(), Refusal> {
    let mut changes = api.faults.changes();
    while api.faults.hangs(asked) {
        if changes.changed().await.is_err() {
            break;
        }
    }
    if let Some(FaultKind::Slow { ms }) =
        api.faults.strike_request(asked, |kind| matches!(kind, FaultKind::Slow { .. }))
    {
        api.clock.reach(after(api.clock.now(), Duration::from_millis(ms))).await;
    }
    if api.faults.strike_request(asked, |kind| *kind == FaultKind::Unavailable).is_some() {
        return Err(Refusal::unavailable());
    }
    match api.faults.strike_request(asked, |kind| matches!(kind, FaultKind::TooManyRequests { .. })) {
        Some(FaultKind::TooManyRequests { retry_after_s }) => Err(Refusal::too_many(retry_after_s)),
        _ => Ok(()),
    }
}

fn json_response(body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.into()).into_response()
}
