//! `/organisations/{organisation}/instances`. Their logs stand beside.

use axum::{
    Json,
    extract::State as Shared,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{ChangeInstances, LaunchInstances, ReadInstances, StopInstances},
    instances,
};
use serde::{Deserialize, Serialize};
use session::{Allowed, Key, Now, Path, Portal, Query, Refused};
use types::{
    ChangeInstance, Cursor, InstanceDetail, InstanceFilter, InstanceId, InstanceView, LaunchInstance, List,
    StopInstance,
};

use super::{Answered, InOrganisation};
use crate::http::etag::{KnownVersion, Versioned};

type One = InOrganisation<InstanceId>;

/// The organisation's instances, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/instances", tag = "instances",
    params(("phase" = Option<types::Phase>, Query), ("project" = Option<types::ProjectId>, Query),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<InstanceView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInstances>,
    Query(filter): Query<InstanceFilter>,
    Query(page): Query<Cursor>,
) -> Answered<List<InstanceView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(instances::list_instances_in(&tx, &scope, filter, &page).await?))
}

/// Launches an instance: the wish is stored, and the cluster follows.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances", tag = "instances",
    request_body = LaunchInstance, responses((status = 201, body = InstanceView)))]
pub(super) async fn launch(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<LaunchInstances>,
    key: Key,
    session::Json(ask): session::Json<LaunchInstance>,
) -> Result<Response, Refused> {
    let command = key.command("launch_instance", &ask)?;
    let view = instances::launch_instance(&portal.db, &scope, ask, command, now).await?;
    let place = format!("/api/v1/organisations/{}/instances/{}", seat.slug(), view.id);
    let place = HeaderValue::try_from(place).map_err(|_| domain::Error::Corrupt("a slug is no text".to_owned()))?;
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Versioned(view.version, view)).into_response())
}

/// An instance with its attempts, its seconds and what its cost is made of.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/instances/{instance}", tag = "instances",
    responses((status = 200, body = InstanceDetail)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInstances>,
    Path(one): Path<One>,
) -> Result<Versioned<InstanceDetail>, Refused> {
    let tx = portal.db.look(&scope, now).await?;
    let view = instances::instance_in(&tx, &scope, one.id).await?;
    Ok(Versioned(view.instance.version, view))
}

/// Why it is stopped.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub(super) struct StopReason {
    /// What the customer reads; the hub's staff must say it.
    reason: Option<String>,
}

/// Stops an instance; its GPU and its money are free.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/stop", tag = "instances",
    request_body = StopReason, responses((status = 200, body = InstanceView)))]
pub(super) async fn stop(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<StopInstances>,
    Path(one): Path<One>,
    KnownVersion(version): KnownVersion,
    said: Option<session::Json<StopReason>>,
) -> Result<Versioned<InstanceView>, Refused> {
    let reason = said.and_then(|said| said.0.reason);
    let ask = StopInstance { instance: one.id, version, reason };
    let view = instances::stop_instance(&portal.db, &scope, &ask, now).await?;
    Ok(Versioned(view.version, view))
}

/// Starts a stopped instance again, as its next attempt.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/start", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn start(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ChangeInstances>,
    Path(one): Path<One>,
    KnownVersion(version): KnownVersion,
) -> Result<Versioned<InstanceView>, Refused> {
    let ask = ChangeInstance { instance: one.id, version };
    let view = instances::start_instance(&portal.db, &scope, ask, now).await?;
    Ok(Versioned(view.version, view))
}

/// Ends the present attempt and begins the next.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/restart", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn restart(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ChangeInstances>,
    Path(one): Path<One>,
    KnownVersion(version): KnownVersion,
    key: Key,
) -> Result<Versioned<InstanceView>, Refused> {
    let ask = ChangeInstance { instance: one.id, version };
    let command = key.command("restart_instance", &ask)?;
    let view = instances::restart_instance(&portal.db, &scope, ask, command, now).await?;
    Ok(Versioned(view.version, view))
}

/// Deletes an instance; for 24 hours it can be undone.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/instances/{instance}", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn delete(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ChangeInstances>,
    Path(one): Path<One>,
    KnownVersion(version): KnownVersion,
) -> Result<Versioned<InstanceView>, Refused> {
    let ask = ChangeInstance { instance: one.id, version };
    let view = instances::delete_instance(&portal.db, &scope, ask, now).await?;
    Ok(Versioned(view.version, view))
}

/// Takes a deletion back; the instance is stopped.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/instances/{instance}/undo-delete", tag = "instances",
    responses((status = 200, body = InstanceView)))]
pub(super) async fn undo_delete(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ChangeInstances>,
    Path(one): Path<One>,
    KnownVersion(version): KnownVersion,
) -> Result<Versioned<InstanceView>, Refused> {
    let ask = ChangeInstance { instance: one.id, version };
    let view = instances::undo_delete(&portal.db, &scope, ask, now).await?;
    Ok(Versioned(view.version, view))
}
