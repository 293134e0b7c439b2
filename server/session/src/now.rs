//! The one instant of a request.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use types::Timestamp;

use crate::Portal;

/// The instant that everything in one request happens at: the first who asks reads the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now(pub Timestamp);

impl<S> FromRequestParts<S> for Now
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(*parts.extensions.get_or_insert_with(|| Self(Portal::from_ref(state).clock.now())))
    }
}
