//! `/sessions`: where a person is signed in.

use axum::{Json as Answer, extract::State as Shared, http::StatusCode};
use domain::access;
use session::{Now, Path, Portal, Refused, Signed};
use types::{List, SessionId, SessionView};

/// The person's own living sessions, the latest first.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "sessions", responses((status = 200, body = List<SessionView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Answer<List<SessionView>>, Refused> {
    Ok(Answer(access::list_sessions(&portal.db, &actor, now).await?))
}

/// Ends one of the person's own sessions; whoever uses it is signed out within a second.
#[utoipa::path(delete, path = "/api/v1/sessions/{session}", tag = "sessions",
    responses((status = 204, description = "Ended")))]
pub(super) async fn end(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Signed(actor): Signed,
    Path(session): Path<SessionId>,
) -> Result<StatusCode, Refused> {
    access::end_session(&portal.db, &actor, session, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
