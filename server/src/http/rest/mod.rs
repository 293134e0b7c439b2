//! The public API: every address in one list, a file for each noun. The list makes the router and the description.

mod description;
mod documents;
mod members;
mod organisations;
mod projects;
mod session;
mod sessions;

use axum::{Router, routing};

use super::State;

pub(super) use documents::DOCUMENTS;

/// Makes the router, the list of addresses and the description from one table.
macro_rules! routes {
    ($($method:ident $path:literal $($module:ident)::+;)+) => {
        /// Every method and address of the API.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        /// The API's routes.
        pub(super) fn router() -> Router<State> {
            let router = Router::new();
            $(let router = router.route($path, routing::$method($($module)::+));)+
            router.merge(documents::router())
        }

        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($($module)::+),+))]
        struct Paths;
    };
}

routes! {
    post   "/api/v1/session"                                   session::sign_in;
    get    "/api/v1/session"                                   session::read;
    delete "/api/v1/session"                                   session::sign_out;
    get    "/api/v1/sessions"                                  sessions::list;
    delete "/api/v1/sessions/{session}"                        sessions::end;
    get    "/api/v1/organisations"                             organisations::list;
    get    "/api/v1/organisations/{organisation}/members"      members::list;
    get    "/api/v1/organisations/{organisation}/projects"     projects::list;
}
