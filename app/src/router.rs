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
        anybody::{home, landing, preferences, sessions, sign_in},
        staff,
        tenant::{instance, instances, invoice, invoices, launch, members, overview, usage, wallet},
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
        .route("/", get(landing::show))
        .route("/home", get(home::show))
        .route("/preferences", post(preferences::keep))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/sessions", get(sessions::show))
        .route("/sessions/{session}/end", post(sessions::end))
}

fn tenant() -> Router<Screens> {
    Router::new()
        .route("/o/{organisation}", get(overview::show))
        .route("/o/{organisation}/launch", get(launch::show).post(launch::launch))
        .route("/o/{organisation}/instances", get(instances::show))
        .route("/o/{organisation}/instances/{instance}", get(instance::show))
        .route("/o/{organisation}/instances/{instance}/stop", post(instance::stop))
        .route("/o/{organisation}/instances/{instance}/start", post(instance::start))
        .route("/o/{organisation}/instances/{instance}/restart", post(instance::restart))
        .route("/o/{organisation}/instances/{instance}/delete", post(instance::delete))
        .route("/o/{organisation}/instances/{instance}/undo", post(instance::undo))
        .route("/o/{organisation}/usage", get(usage::show))
        .route("/o/{organisation}/wallet", get(wallet::show))
        .route("/o/{organisation}/invoices", get(invoices::show))
        .route("/o/{organisation}/invoices/{invoice}", get(invoice::show))
        .route("/o/{organisation}/members", get(members::show))
}
