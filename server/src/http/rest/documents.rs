//! The API's description, for programs and, rendered, for people.

use std::sync::LazyLock;

use axum::{Json, Router, routing::get};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{State, description::description};

/// Where the rendered description is.
pub(in crate::http) const DOCUMENTS: &str = "/api/docs";
/// Where the description is.
const DESCRIPTION: &str = "/api/v1/openapi.json";

/// Every method and address here; what the page needs lies beneath its own.
pub const ROUTES: &[(&str, &str)] = &[("get", DESCRIPTION), ("get", "/api/docs/")];

/// Put together once, when somebody asks: it is of thousands of pieces.
static DESCRIBED: LazyLock<OpenApi> = LazyLock::new(description);

/// Both of them; they are public.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route(DESCRIPTION, get(async || Json(&*DESCRIBED)))
        .merge(SwaggerUi::new(DOCUMENTS).config(Config::from(DESCRIPTION)))
}
