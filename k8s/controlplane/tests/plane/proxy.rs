//! Between the portal and the API server, to do to a connection what nothing on the other side does on command: answers
//! that get lost, watches that repeat themselves, end, or are told that their past is forgotten.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::watch;

/// What happens to requests that pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Disturbance {
    /// Writes of pods are done, and their answers never arrive.
    pub(crate) answers_lost: bool,
    /// Watches tell each event twice.
    pub(crate) watches_repeat: bool,
    /// Writes get no answer, and are not done.
    pub(crate) writes_hang: bool,
    /// How long writes take more than they do.
    pub(crate) writes_take: Duration,
    /// A watch that begins is told 410 at once.
    pub(crate) watches_expired: bool,
    /// What becomes of pods that are written: see `kwok.yaml`.
    pub(crate) fate: Option<&'static str>,
}

/// A proxy on loopback that speaks plain HTTP to whoever asks, and to the API server as `client`.
#[derive(Clone)]
pub(crate) struct Proxy {
    client: kube::Client,
    disturbance: Arc<Mutex<Disturbance>>,
    /// Counts how often all watches were cut.
    cuts: watch::Sender<u64>,
}

impl Proxy {
    pub(crate) async fn start(client: kube::Client) -> (Self, SocketAddr) {
        let proxy = Self { client, disturbance: Arc::default(), cuts: watch::Sender::new(0) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(pass).with_state(proxy.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (proxy, address)
    }

    pub(crate) fn disturb(&self, change: impl FnOnce(&mut Disturbance)) {
        change(&mut self.disturbance.lock().unwrap());
    }

    /// Ends every open watch without a word.
    pub(crate) fn cut_watches(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }
}

async fn pass(State(proxy): State<Proxy>, request: Request) -> Response {
    let disturbance = *proxy.disturbance.lock().unwrap();
    let is_watch = request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("watch=")));
    let is_write = request.method() != Method::GET;
    if is_write && disturbance.writes_hang {
        return std::future::pending().await;
    }
    if is_write {
        tokio::time::sleep(disturbance.writes_take).await;
    }
    if is_watch && disturbance.watches_expired {
        let gone = r#"{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","message":"too old resource version","code":410}}"#;
        return format!("{gone}\n").into_response();
    }
    let is_pods = request.uri().path().contains("/pods");
    let fate = disturbance.fate.filter(|_| is_write && is_pods);
    let answer = match proxy.client.send(forwarded(request, fate).await).await {
        Ok(answer) => answer,
        Err(_) => return StatusCode::BAD_GATEWAY.into_response(),
    };
    if disturbance.answers_lost && is_write && is_pods {
        // A body that breaks off closes the connection.
        return Body::from_stream(stream::once(async { Err::<Bytes, _>(io::Error::other("lost")) })).into_response();
    }
    let (head, body) = answer.into_parts();
    let chunks = Body::new(body).into_data_stream();
    if !is_watch {
        return Response::from_parts(head, Body::from_stream(chunks));
    }
    let mut telling = Telling { twice: disturbance.watches_repeat, begun: Vec::new() };
    let lines = chunks.map_ok(move |chunk| telling.told(&chunk));
    let mut cuts = proxy.cuts.subscribe();
    let cut = async move { cuts.changed().await.map(drop) };
    Response::from_parts(head, Body::from_stream(lines.take_until(cut)))
}

/// The lines of a watch, each told whole.
struct Telling {
    twice: bool,
    begun: Vec<u8>,
}

impl Telling {
    fn told(&mut self, chunk: &[u8]) -> Bytes {
        self.begun.extend_from_slice(chunk);
        let whole = self.begun.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let lines: Vec<u8> = self.begun.drain(..whole).collect();
        let each = lines.split_inclusive(|byte| *byte == b'\n');
        let times = if self.twice { 2 } else { 1 };
        each.flat_map(|line| line.repeat(times)).collect()
    }
}

/// The same request to the API server; a pod that is written gets its fate on the way.
async fn forwarded(request: Request, fate: Option<&str>) -> http::Request<kube::client::Body> {
    let (mut head, body) = request.into_parts();
    // The client knows where the API server is, and speaks for itself.
    head.uri = head.uri.path_and_query().map(|path| Uri::from(path.clone())).unwrap_or_default();
    head.headers.remove(http::header::HOST);
    let body = axum::body::to_bytes(body, 16 << 20).await.unwrap_or_default();
    let body = match (fate, serde_json::from_slice::<serde_json::Value>(&body)) {
        (Some(fate), Ok(mut pod)) if pod["kind"] == "Pod" => {
            pod["metadata"]["annotations"]["kwok.tamuda.dev/fate"] = fate.into();
            head.headers.remove(http::header::CONTENT_LENGTH);
            serde_json::to_vec(&pod).unwrap_or_default()
        }
        _ => body.to_vec(),
    };
    http::Request::from_parts(head, kube::client::Body::from(body))
}
