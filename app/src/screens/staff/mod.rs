//! The screens of the hub's own people.

use axum::Router;

use crate::Screens;

/// Their addresses.
pub(crate) fn router() -> Router<Screens> {
    Router::new()
}
