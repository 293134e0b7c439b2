//! Somebody who sends requests.

use axum::{
    Router,
    body::{Body, BodyDataStream, to_bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header},
    response::Response,
};
use futures_util::StreamExt;
use serde::Serialize;
use tower::ServiceExt;

use super::Answer;

/// A client with its cookie, if it has one.
#[derive(Clone)]
pub(crate) struct Caller {
    router: Router,
    cookie: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Caller {
    pub(crate) fn new(router: Router, cookie: Option<String>) -> Self {
        Self { router, cookie, headers: Vec::new() }
    }

    /// The same, with one more header on each request.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((HeaderName::from_static(name), value.parse().unwrap()));
        self
    }

    /// The same, with the cookie that an answer gave.
    pub(crate) fn having(self, cookie: Option<String>) -> Self {
        Self { cookie, ..self }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        self.send(Method::POST, path, Some("application/json"), body.into()).await
    }

    /// Sends a form as a browser does.
    pub(crate) async fn form(&self, path: &str, body: &str) -> Answer {
        let kind = Some("application/x-www-form-urlencoded");
        self.send(Method::POST, path, kind, Body::from(body.to_owned())).await
    }

    pub(crate) async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        self.send(Method::PUT, path, Some("application/json"), body.into()).await
    }

    /// Opens an event stream.
    pub(crate) async fn follow(&self, path: &str) -> Stream {
        let response = self.respond(Method::GET, path, None, Body::empty()).await;
        assert_eq!(response.status(), 200, "{path}");
        Stream(response.into_body().into_data_stream())
    }

    /// Asks for a file, which is read piece by piece.
    pub(crate) async fn download(&self, path: &str) -> BodyDataStream {
        let response = self.respond(Method::GET, path, None, Body::empty()).await;
        assert_eq!(response.status(), 200, "{path}");
        response.into_body().into_data_stream()
    }

    /// Posts for a file that is no text; its headers, once it was read as what it says it is.
    pub(crate) async fn archive(&self, path: &str) -> HeaderMap {
        let kind = Some("application/x-www-form-urlencoded");
        let (head, body) = self.respond(Method::POST, path, kind, Body::empty()).await.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        assert!(head.status == 200 && bytes.starts_with(b"PK\x03\x04"), "{head:?}");
        head.headers
    }

    /// Any request.
    pub(crate) async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Answer {
        Answer::read(self.respond(method, path, kind, body).await).await
    }

    async fn respond(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "portal.test");
        let cookie = self.cookie.iter().map(|cookie| (header::COOKIE, cookie.as_str()));
        for (name, value) in cookie.chain(kind.map(|kind| (header::CONTENT_TYPE, kind))) {
            request = request.header(name, value);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()
    }
}

/// An open event stream.
pub(crate) struct Stream(BodyDataStream);

impl Stream {
    /// The next event's text; nothing at the end.
    pub(crate) async fn next(&mut self) -> Option<String> {
        let bytes = self.0.next().await?.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// The age of the cluster's word, as the next event that tells it does.
    pub(crate) async fn age(&mut self) -> Option<i64> {
        loop {
            let event = self.next().await.unwrap();
            if let Some(data) = event.split("event: fresh\ndata: ").nth(1) {
                return serde_json::from_str::<types::Fresh>(data.trim()).unwrap().heard_s;
            }
        }
    }

    /// Waits for the end, for as long as a busy machine may take; how soon it comes is measured in `events/ends.rs`.
    pub(crate) async fn end(&mut self) {
        let rest = tokio::time::timeout(std::time::Duration::from_secs(10), self.rest()).await;
        assert!(rest.is_ok(), "the stream of who may listen no longer goes on");
    }

    /// Everything until the end.
    pub(crate) async fn rest(&mut self) -> usize {
        let mut events = 0;
        while self.next().await.is_some() {
            events += 1;
        }
        events
    }
}
