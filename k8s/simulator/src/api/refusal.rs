//! Refusals as Kubernetes words them: a `Status` with code, reason, message and details.

use std::fmt;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::kinds::Kind;

/// Why a request is not done.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: u16,
    reason: &'static str,
    pub(crate) message: String,
    details: Value,
    retry_after_s: Option<u64>,
}

impl Refusal {
    fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self { code, reason, message: message.into(), details: Value::Null, retry_after_s: None }
    }

    fn about(mut self, kind: Kind, name: &str) -> Self {
        let words = kind.words();
        self.details = json!({"name": name, "kind": words.plural});
        if !words.group.is_empty() {
            self.details["group"] = words.group.into();
        }
        self
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    pub(crate) fn forbidden(kind: Kind, name: &str, why: impl fmt::Display) -> Self {
        let message = if name.is_empty() {
            format!("{} is forbidden: {why}", kind.qualified())
        } else {
            format!("{} {name:?} is forbidden: {why}", kind.qualified())
        };
        Self::new(403, "Forbidden", message).about(kind, name)
    }

    /// A new object in a namespace that is being deleted.
    pub(crate) fn terminating(kind: Kind, name: &str, namespace: &str) -> Self {
        let why = format!("unable to create new content in namespace {namespace} because it is being terminated");
        let mut refusal = Self::forbidden(kind, name, why);
        let message = format!("namespace {namespace} is being terminated");
        refusal.details["causes"] =
            json!([{"reason": "NamespaceTerminating", "message": message, "field": "metadata.namespace"}]);
        refusal
    }

    pub(crate) fn not_found(kind: Kind, name: &str) -> Self {
        Self::new(404, "NotFound", format!("{} {name:?} not found", kind.qualified())).about(kind, name)
    }

    /// No such path or resource at all.
    pub(crate) fn no_resource() -> Self {
        Self::new(404, "NotFound", "the server could not find the requested resource")
    }

    pub(crate) fn not_allowed() -> Self {
        Self::new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
    }

    pub(crate) fn already_exists(kind: Kind, name: &str) -> Self {
        Self::new(409, "AlreadyExists", format!("{} {name:?} already exists", kind.qualified())).about(kind, name)
    }

    pub(crate) fn conflict(kind: Kind, name: &str, why: impl fmt::Display) -> Self {
        let message = format!("Operation cannot be fulfilled on {} {name:?}: {why}", kind.qualified());
        Self::new(409, "Conflict", message).about(kind, name)
    }

    /// An object that changed since the caller read it.
    pub(crate) fn modified(kind: Kind, name: &str) -> Self {
        let why = "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict(kind, name, why)
    }

    /// Fields that another manager applied with other values.
    pub(crate) fn apply_conflict(causes: &[(String, String)]) -> Self {
        let n = causes.len();
        let plural = if n == 1 { "" } else { "s" };
        let lines: Vec<String> =
            causes.iter().map(|(manager, field)| format!("conflict with {manager:?}: {field}")).collect();
        let mut refusal =
            Self::new(409, "Conflict", format!("Apply failed with {n} conflict{plural}: {}", lines.join("\n- ")));
        let causes: Vec<Value> = causes
            .iter()
            .map(|(manager, field)| json!({"reason": "FieldManagerConflict", "message": format!("conflict with {manager:?}"), "field": field}))
            .collect();
        refusal.details = json!({"causes": causes});
        refusal
    }

    pub(crate) fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    /// A watch from a revision that is forgotten.
    pub(crate) fn too_old(asked: u64, floor: u64) -> Self {
        Self::expired(format!("too old resource version: {asked} ({floor})"))
    }

    /// A revision that is still to come, as a store that lost its past would be asked for.
    pub(crate) fn too_new(asked: u64, revision: u64) -> Self {
        let message = format!("Timeout: Too large resource version: {asked}, current: {revision}");
        let mut refusal = Self::new(504, "Timeout", message);
        refusal.details = json!({"causes": [{"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}], "retryAfterSeconds": 1});
        refusal
    }

    pub(crate) fn unsupported_media(kind: &str) -> Self {
        let message =
            format!("the body of the request was in an unknown format - accepted media types include: {kind}");
        Self::new(415, "UnsupportedMediaType", message)
    }

    /// Field errors: path, reason (as `FieldValueInvalid`) and sentence.
    pub(crate) fn invalid(kind: Kind, name: &str, causes: &[FieldError]) -> Self {
        let sentences: Vec<String> = causes.iter().map(|cause| format!("{}: {}", cause.field, cause.message)).collect();
        let all = if sentences.len() == 1 { sentences.join("") } else { format!("[{}]", sentences.join(", ")) };
        let words = kind.words();
        let group = if words.group.is_empty() { String::new() } else { format!(".{}", words.group) };
        let message = format!("{}{group} {name:?} is invalid: {all}", words.kind);
        let mut refusal = Self::new(422, "Invalid", message).about(kind, name);
        refusal.details["kind"] = kind.words().kind.into();
        refusal.details["causes"] = causes
            .iter()
            .map(|cause| json!({"reason": cause.reason, "message": cause.message, "field": cause.field}))
            .collect();
        refusal
    }

    pub(crate) fn too_many(retry_after_s: u64) -> Self {
        let mut refusal = Self::new(429, "TooManyRequests", "Too many requests, please try again later.");
        refusal.retry_after_s = Some(retry_after_s);
        refusal
    }

    pub(crate) fn internal(why: impl fmt::Display) -> Self {
        Self::new(500, "InternalError", format!("Internal error occurred: {why}"))
    }

    /// What this simulator does not do; it says so in its log as well.
    pub(crate) fn not_simulated(what: impl fmt::Display) -> Self {
        tracing::warn!(%what, "not simulated, answered 501");
        Self::new(501, "NotImplemented", format!("the simulator does not do this: {what}"))
    }

    pub(crate) fn unavailable() -> Self {
        Self::new(503, "ServiceUnavailable", "the server is currently unable to handle the request")
    }

    /// The `Status` object.
    pub(crate) fn status(&self) -> Value {
        let mut status = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": self.message, "reason": self.reason, "code": self.code,
        });
        if !self.details.is_null() {
            status["details"] = self.details.clone();
        }
        if let (Some(seconds), true) = (self.retry_after_s, self.details.is_null()) {
            status["details"] = json!({"retryAfterSeconds": seconds});
        }
        status
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "the journal refused a write");
        Self::internal(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = StatusCode::from_u16(self.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (code, Json(self.status())).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// One field that is wrong.
#[derive(Clone, Debug)]
pub(crate) struct FieldError {
    field: String,
    reason: &'static str,
    message: String,
}

impl FieldError {
    pub(crate) fn invalid(field: impl Into<String>, value: impl fmt::Display, why: &str) -> Self {
        Self { field: field.into(), reason: "FieldValueInvalid", message: format!("Invalid value: {value}: {why}") }
    }

    pub(crate) fn required(field: impl Into<String>, why: &str) -> Self {
        let message = if why.is_empty() { "Required value".to_owned() } else { format!("Required value: {why}") };
        Self { field: field.into(), reason: "FieldValueRequired", message }
    }

    pub(crate) fn forbidden(field: impl Into<String>, why: &str) -> Self {
        Self { field: field.into(), reason: "FieldValueForbidden", message: format!("Forbidden: {why}") }
    }
}
