//! The key that makes a request one command however often it is sent.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use domain::commands::Command;
use serde::Serialize;

use crate::{Now, Portal, Refused};

/// The header `Idempotency-Key`; a request without one is a command of its own each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The command `name` with the request that it came with.
    ///
    /// # Errors
    /// `Invalid` for a key of the wrong length.
    pub fn command(&self, name: &'static str, body: &impl Serialize) -> Result<Command, Refused> {
        Ok(Command::new(&self.0, name, body)?)
    }
}

impl<S> FromRequestParts<S> for Key
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        if let Some(key) = parts.headers.get("idempotency-key") {
            let unreadable = |_| Refused::malformed("the header Idempotency-Key is not text");
            return Ok(Self(key.to_str().map_err(unreadable)?.to_owned()));
        }
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        Ok(Self(types::new_uuid(now).to_string()))
    }
}
