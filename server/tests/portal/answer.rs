//! What came back.

use std::fmt;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, header},
    response::Response,
};

/// A whole answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn read(response: Response) -> Self {
        let (head, body) = response.into_parts();
        let kind = head.headers.get(header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
        // A stream of events has no end to be read to, and an archive and pages are no text.
        let others: [&[u8]; 3] = [b"text/event-stream", b"application/zip", b"application/pdf"];
        let is_text = !others.iter().any(|other| kind.starts_with(other));
        let body = if is_text { body } else { Body::empty() };
        let body = to_bytes(body, 16 * 1024 * 1024).await.unwrap();
        Self { status: head.status.as_u16(), headers: head.headers, body: String::from_utf8(body.into()).unwrap() }
    }

    /// The value of a header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Name and value of the cookie that was set.
    pub(crate) fn cookie(&self) -> Option<String> {
        let line = self.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        line.split(';').next().map(str::to_owned)
    }

    /// Which case of its code a problem is.
    pub(crate) fn fact(&self) -> String {
        self.text("fact")
    }

    /// The field that a problem is about.
    pub(crate) fn field(&self) -> String {
        self.text("field")
    }

    /// A member of the document that is text; empty where it is not there.
    pub(crate) fn text(&self, member: &str) -> String {
        self.json()[member].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Status and body with ids, instants and the request's id masked, for snapshots.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match serde_json::from_str::<serde_json::Value>(&self.body) {
            Ok(json) => masked(&serde_json::to_string_pretty(&json).map_err(|_| fmt::Error)?),
            Err(_) => self.body.clone(),
        };
        write!(f, "{}\n{body}", self.status)
    }
}

/// The same text with every id's characters as dots.
pub(crate) fn masked(text: &str) -> String {
    text.split('"').map(masked_word).collect::<Vec<_>>().join("\"")
}

fn masked_word(word: &str) -> String {
    if word.len() == 36 && word.matches('-').count() == 4 {
        return "…".to_owned();
    }
    match word.split_once('_') {
        Some((prefix, rest)) if prefix.len() == 3 && matches!(rest.len(), 26 | 32) => format!("{prefix}_…"),
        _ => word.to_owned(),
    }
}
