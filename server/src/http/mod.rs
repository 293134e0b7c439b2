//! What answers requests: the routers of the surfaces, and the layers around all of them.

/// Makes a router and the list of its addresses from one table, so that the tests of access miss none.
macro_rules! listed {
    ($(#[$doc:meta])* pub const $routes:ident; $visible:vis fn $router:ident;
        $($method:ident $path:literal $($handler:ident)::+;)+) => {
        $(#[$doc])*
        pub const $routes: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        $visible fn $router() -> axum::Router<$crate::http::State> {
            let router = axum::Router::new();
            $(let router = router.route($path, axum::routing::$method($($handler)::+));)+
            router
        }
    };
}

mod entry;
mod etag;
pub mod events;
mod headers;
pub mod health;
mod logs;
pub mod metrics;
mod problem;
pub mod rest;
mod site;
mod state;
mod webhooks;

use std::{any::Any, net::SocketAddr, path::Path, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{Method, StatusCode, Uri},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    serve::ListenerExt,
};
use domain::Error;
use session::Refused;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::{CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer};
use types::{Code, Refusal};

pub use state::State;

/// The largest body that is read; nothing of ours is near it.
const MOST_BODY_BYTES: usize = 256 * 1024;
/// How long a handler may take before its answer begins.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two proofs that whoever follows a stream still may, where no hint comes. A second is promised: the rest of it
/// is for the proof itself, which a busy database answers late. Each costs two look-ups, so that more of them are dear.
const PROVE: Duration = Duration::from_millis(700);
/// How long running requests may take to end after the program was asked to stop.
const DRAIN: Duration = Duration::from_secs(20);

/// Serves until `stop`, then lets running requests end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, state: State, site: &Path, stop: CancellationToken) -> anyhow::Result<()> {
    let service = router(state, site)?.into_make_service_with_connect_info::<SocketAddr>();
    // Files and streams leave in several writes: held back by Nagle's algorithm, the later ones wait 40 ms for the
    // reader's delayed acknowledgement of the first.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection sends with delay");
        }
    });
    let served = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    tokio::select! {
        served = served => served?,
        () = async { stop.cancelled().await; tokio::time::sleep(DRAIN).await } => {
            tracing::warn!("requests still ran when the time for ending was over");
        }
    }
    Ok(())
}

/// Every surface with every layer: what a test calls and what the listener serves.
///
/// # Errors
/// When the base URL is none that a browser sends as its origin.
pub fn router(state: State, site: &Path) -> anyhow::Result<Router> {
    // A proxy may rewrite `Host`; the base URL is what browsers see.
    let own_origin = CsrfLayer::new().add_trusted_origin(&state.portal.settings.base_url)?;
    let own_origin = own_origin.with_insecure_bypass(is_notice);
    let router = Router::new()
        .merge(app::router(state.screens.clone()))
        .merge(rest::router())
        .merge(events::router())
        .merge(of_anybody())
        .merge(of_providers())
        .merge(of_operators())
        .nest_service("/site", site::files(site))
        .fallback(async || Refused::from(Error::NotFound))
        .method_not_allowed_fallback(async || wrong_method())
        .layer(from_fn_with_state(state.clone(), events::raise))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(in_time))
        .layer(own_origin.with_rejection_response(|_| foreign_origin()))
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(from_fn(etag::compare))
        .layer(from_fn_with_state(state.clone(), problem::word))
        // Pages shrink to a seventh; files of the site are compressed before, and streams stay as they are.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(state.clone(), headers::protect))
        .layer(from_fn_with_state(state.clone(), entry::enter))
        .with_state(state);
    Ok(router)
}

listed! {
    /// What whoever watches the portal from outside may ask of it.
    pub const WATCHED;
    fn of_anybody;
    get "/livez" health::live;
}

listed! {
    /// Where providers tell what has happened; each call counts by its signature alone.
    pub const TOLD;
    fn of_providers;
    post "/webhooks/stripe" webhooks::stripe;
}

listed! {
    /// What the cluster asks of the portal itself.
    pub const OPERATED;
    fn operated;
    get "/readyz"  health::ready;
    get "/metrics" metrics::metrics;
}

/// Whoever comes through a proxy, and so from outside, finds nothing there.
fn of_operators() -> Router<State> {
    operated().route_layer(from_fn(async |request: Request, next: Next| {
        let is_passed_on = ["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name));
        if is_passed_on { Refused::from(Error::NotFound).into_response() } else { next.run(request).await }
    }))
}

/// Whether a provider says that somebody signed out there, or paid: it comes from elsewhere and counts by its signature
/// alone, no cookie is read.
fn is_notice(method: &Method, uri: &Uri) -> bool {
    if TOLD.iter().any(|(_, path)| *path == uri.path()) {
        return method == Method::POST;
    }
    let slug = uri.path().strip_prefix("/sign-in/with/").and_then(|rest| rest.strip_suffix("/signed-out"));
    method == Method::POST && slug.is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
}

/// Gives a handler up that has not begun to answer in time.
async fn in_time(request: Request, next: Next) -> Response {
    let late = || Refused::from(Error::Refused(Box::new(Refusal::new(Code::Unavailable, "too-slow")))).into_response();
    tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(|_| late())
}

fn wrong_method() -> Refused {
    Refused::malformed("this address does not take this method").with_status(StatusCode::METHOD_NOT_ALLOWED)
}

/// A form or a script of another site sent it with this browser's cookies.
fn foreign_origin() -> Response {
    let refusal = Refusal::new(Code::Malformed, "foreign-origin");
    Refused::from(Error::Refused(Box::new(refusal))).with_status(StatusCode::FORBIDDEN).into_response()
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Refused::from(Error::Corrupt(format!("a handler panicked: {}", text.unwrap_or("without words")))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_providers_notice_may_come_from_another_site() {
        let is_notice = |method: Method, path: &str| is_notice(&method, &path.parse().unwrap());
        assert!(is_notice(Method::POST, "/sign-in/with/peer/signed-out"));
        assert!(!is_notice(Method::PUT, "/sign-in/with/peer/signed-out"));
        assert!(is_notice(Method::POST, "/webhooks/stripe") && !is_notice(Method::PUT, "/webhooks/stripe"));
        for other in [
            "/sign-in/with/peer/link",
            "/sign-in/with/signed-out",
            "/sign-in/with//signed-out",
            "/sign-in/with/peer/link/signed-out",
            "/sign-out?/sign-in/with/peer/signed-out",
            "/webhooks/stripe/more",
        ] {
            assert!(!is_notice(Method::POST, other), "{other}");
        }
    }
}
