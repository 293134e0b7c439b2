//! Every address of the screens in one list, grouped by person.

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{get, post},
};

use crate::{
    Screens,
    flash::say_once,
    screens::{
        anybody::{home, preferences, sessions, sign_in},
        staff,
        tenant::members,
    },
};

/// The screens. A refusal leaves as [`session::Refused`]: the layer around all surfaces words it with
/// [`refused_page`](crate::refused_page).
pub fn router<S>(screens: Screens) -> Router<S> {
    anybody()
        .merge(tenant())
        .merge(staff::router())
        .layer(from_fn_with_state(screens.clone(), say_once))
        .with_state(screens)
}

fn anybody() -> Router<Screens> {
    Router::new()
        .route("/home", get(home::show))
        .route("/preferences", post(preferences::keep))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/sessions", get(sessions::show))
        .route("/sessions/{session}/end", post(sessions::end))
}

fn tenant() -> Router<Screens> {
    Router::new().route("/o/{organisation}/members", get(members::show))
}
