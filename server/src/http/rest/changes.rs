//! Stop, start, restart, delete and its undoing of one instance: who asks, which one, and the version that they know.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use domain::{
    access::{
        Permission, Scope,
        policy::{ChangeInstances, StopInstances},
    },
    instances,
};
use serde::{Deserialize, Serialize};
use session::{Allowed, Key, Now, Path, Portal, Refused};
use types::{ChangeInstance, InstanceId, InstanceView, StopInstance, Timestamp};

use super::InOrganisation;
use crate::http::{
    State,
    etag::{KnownVersion, Versioned},
};

/// What a change answers: the instance as it is now, in its new version.
type Changed = Result<Versioned<InstanceView>, Refused>;

/// A request of somebody who may do `P`, about one instance.
pub(super) struct Change<P> {
    portal: Portal,
    now: Timestamp,
    scope: Scope<P>,
    ask: ChangeInstance,
}

impl<P: Permission> FromRequestParts<State> for Change<P> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refused> {
        let Allowed(scope, _) = Allowed::<P>::from_request_parts(parts, state).await?;
        let Path(one) = Path::<InOrganisation<InstanceId>>::from_request_parts(parts, state).await?;
        let KnownVersion(version) = KnownVersion::from_request_parts(parts, state).await?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        Ok(Self { portal: Portal::from_ref(state), now, scope, ask: ChangeInstance { instance: one.id, version } })
    }
}

fn answer(outcome: domain::Result<InstanceView>) -> Changed {
    let view = outcome?;
    Ok(Versioned(view.version, view))
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
    let Change { portal, now, scope, ask: ChangeInstance { instance, version } } = change;
    let ask = StopInstance { instance, version, reason: said.and_then(|said| said.0.reason) };
    answer(instances::stop_instance(&portal.db, &scope, &ask, now).await)
}

/// Starts a stopped instance again, as its next attempt.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/start", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn start(Change { portal, now, scope, ask }: Change<ChangeInstances>) -> Changed {
    answer(instances::start_instance(&portal.db, &scope, ask, now).await)
}

/// Ends the present attempt and begins the next.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/restart", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn restart(Change { portal, now, scope, ask }: Change<ChangeInstances>, key: Key) -> Changed {
    let command = key.command("restart_instance", &ask)?;
    answer(instances::restart_instance(&portal.db, &scope, ask, command, now).await)
}

/// Deletes an instance; for 24 hours it can be undone.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/instances/{instance}", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn delete(Change { portal, now, scope, ask }: Change<ChangeInstances>) -> Changed {
    answer(instances::delete_instance(&portal.db, &scope, ask, now).await)
}

/// Takes a deletion back; the instance is stopped.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/undo-delete", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn undo_delete(Change { portal, now, scope, ask }: Change<ChangeInstances>) -> Changed {
    answer(instances::undo_delete(&portal.db, &scope, ask, now).await)
}
