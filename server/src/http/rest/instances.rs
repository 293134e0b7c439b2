//! `/organisations/{organisation}/instances`: the list, a launch and one of them. Changes and logs stand beside.

use axum::{
    Json,
    extract::State as Shared,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{LaunchInstances, ReadInstances},
    instances,
};
use session::{Allowed, Key, Now, Path, Portal, Query, Refused};
use types::{Cursor, InstanceDetail, InstanceFilter, InstanceId, InstanceView, LaunchInstance, List};

use super::{
    Answered, InOrganisation,
    rehearsal::{self, Begins, Rehearsed, Writes},
};
use crate::http::etag::Versioned;

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
    request_body = LaunchInstance, responses((status = 201, body = InstanceView),
        (status = 200, description = "What a rehearsal tells", body = Rehearsed)))]
pub(super) async fn launch(
    Shared(portal): Shared<Portal>,
    Writes { db, is_rehearsal }: Writes,
    Now(now): Now,
    Allowed(scope, seat): Allowed<LaunchInstances>,
    key: Key,
    session::Json(ask): session::Json<LaunchInstance>,
) -> Result<Response, Refused> {
    let (command, plan) = (key.command("launch_instance", &ask)?, rehearsal::first(&ask));
    let view = instances::launch_instance(&db, &scope, ask, command, now).await?;
    if is_rehearsal {
        return Ok(Json(rehearsal::told(&portal, &seat, (view, Some(Begins::First(plan))), now).await?).into_response());
    }
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
    Path(one): Path<InOrganisation<InstanceId>>,
) -> Result<Versioned<InstanceDetail>, Refused> {
    let tx = portal.db.look(&scope, now).await?;
    let view = instances::instance_in(&tx, &scope, one.id).await?;
    Ok(Versioned(view.instance.version, view))
}
