//! Stop, start, restart, delete and its undoing of one instance: who asks, which one, and the version that they know.

use axum::{
    Json,
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use domain::{
    access::{
        Permission, Scope, Seat,
        policy::{ChangeInstances, StopInstances},
    },
    instances,
};
use serde::{Deserialize, Serialize};
use session::{Allowed, Key, Now, Path, Portal, Refused};
use types::{ChangeInstance, InstanceId, InstanceView, StopInstance, Timestamp};

use super::{
    InOrganisation,
    rehearsal::{self, Begins, Writes},
};
use crate::http::{
    State,
    etag::{KnownVersion, Versioned},
};

/// What a change answers: the instance as it is now, in its new version; or what a rehearsal tells.
type Changed = Result<Response, Refused>;

/// A request of somebody who may do `P`, about one instance.
pub(super) struct Change<P> {
    portal: Portal,
    writes: Writes,
    now: Timestamp,
    scope: Scope<P>,
    seat: Seat,
    ask: ChangeInstance,
}

impl<P: Permission> FromRequestParts<State> for Change<P> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refused> {
        let Allowed(scope, seat) = Allowed::<P>::from_request_parts(parts, state).await?;
        let Path(one) = Path::<InOrganisation<InstanceId>>::from_request_parts(parts, state).await?;
        let KnownVersion(version) = KnownVersion::from_request_parts(parts, state).await?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let (portal, writes) = (Portal::from_ref(state), Writes::from_request_parts(parts, state).await?);
        let ask = ChangeInstance { instance: one.id, version };
        Ok(Self { portal, writes, now, scope, seat, ask })
    }
}

impl<P: Permission> Change<P> {
    async fn answer(&self, outcome: domain::Result<InstanceView>, starts: bool) -> Changed {
        let view = outcome?;
        if !self.writes.is_rehearsal {
            return Ok(Versioned(view.version, view).into_response());
        }
        let begins = starts.then_some(Begins::Again);
        let told = rehearsal::told(&self.portal, &self.seat, (view, begins), self.now).await?;
        Ok(Json(told).into_response())
    }
}

/// Why it is stopped.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StopReason {
    /// What the customer reads; the hub's staff must say it.
    reason: Option<String>,
}

/// Stops an instance; its GPU and its money are free.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/stop", tag = "instances",
    request_body = StopReason, responses((status = 200, body = InstanceView)))]
pub(super) async fn stop(change: Change<StopInstances>, said: Option<session::Json<StopReason>>) -> Changed {
    let ChangeInstance { instance, version } = change.ask;
    let ask = StopInstance { instance, version, reason: said.and_then(|said| said.0.reason) };
    let outcome = instances::stop_instance(&change.writes.db, &change.scope, &ask, change.now).await;
    change.answer(outcome, false).await
}

/// Starts a stopped instance again, as its next attempt.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/start", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn start(change: Change<ChangeInstances>) -> Changed {
    let outcome = instances::start_instance(&change.writes.db, &change.scope, change.ask, change.now).await;
    change.answer(outcome, true).await
}

/// Ends the present attempt and begins the next.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/restart", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn restart(change: Change<ChangeInstances>, key: Key) -> Changed {
    let command = key.command("restart_instance", &change.ask)?;
    let outcome = instances::restart_instance(&change.writes.db, &change.scope, change.ask, command, change.now).await;
    change.answer(outcome, true).await
}

/// Deletes an instance; for 24 hours it can be undone.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/instances/{instance}", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn delete(change: Change<ChangeInstances>) -> Changed {
    let outcome = instances::delete_instance(&change.writes.db, &change.scope, change.ask, change.now).await;
    change.answer(outcome, false).await
}

/// Takes a deletion back; the instance is stopped.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/undo-delete", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn undo_delete(change: Change<ChangeInstances>) -> Changed {
    let outcome = instances::undo_delete(&change.writes.db, &change.scope, change.ask, change.now).await;
    change.answer(outcome, false).await
}
