//! `/organisations/{organisation}/volumes`: storage that outlives instances.

use axum::{
    Json,
    extract::{FromRequestParts, State as Shared},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    access::{
        Scope,
        policy::{ChangeInstances, LaunchInstances, ReadInstances},
    },
    volumes,
};
use session::{Allowed, Key, Now, Path, Portal, Query, Refused};
use types::{ChangeVolume, Cursor, GrowVolume, List, MakeVolume, Timestamp, VolumeId, VolumeView};

use super::{Answered, InOrganisation, rehearsal::Writes};
use crate::http::{
    State,
    etag::{KnownVersion, Versioned},
};

/// The organisation's volumes, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/volumes", tag = "volumes",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<VolumeView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInstances>,
    Query(page): Query<Cursor>,
) -> Answered<List<VolumeView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(volumes::list_volumes_in(&tx, &scope, &page).await?))
}

/// Makes a volume: the wish is stored, and the cluster follows.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/volumes", tag = "volumes",
    request_body = MakeVolume, responses((status = 201, body = VolumeView)))]
pub(super) async fn make(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, seat): Allowed<LaunchInstances>,
    key: Key,
    session::Json(ask): session::Json<MakeVolume>,
) -> Result<Response, Refused> {
    let command = key.command("make_volume", &ask)?;
    let view = volumes::make_volume(&db, &scope, ask, command, now).await?;
    let place = format!("/api/v1/organisations/{}/volumes/{}", seat.slug(), view.id);
    let place = HeaderValue::try_from(place).map_err(|_| domain::Error::Corrupt("a slug is no text".to_owned()))?;
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Versioned(view.version, view)).into_response())
}

/// A volume.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/volumes/{volume}", tag = "volumes",
    responses((status = 200, body = VolumeView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInstances>,
    Path(one): Path<InOrganisation<VolumeId>>,
) -> Result<Versioned<VolumeView>, Refused> {
    let tx = portal.db.look(&scope, now).await?;
    let view = volumes::volume_in(&tx, &scope, one.id).await?;
    Ok(Versioned(view.version, view))
}

/// A change of somebody who may, of one volume as they know it.
pub(super) struct Change {
    writes: Writes,
    now: Timestamp,
    scope: Scope<ChangeInstances>,
    ask: ChangeVolume,
}

impl FromRequestParts<State> for Change {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refused> {
        let Allowed(scope, _) = Allowed::<ChangeInstances>::from_request_parts(parts, state).await?;
        let Path(one) = Path::<InOrganisation<VolumeId>>::from_request_parts(parts, state).await?;
        let KnownVersion(version) = KnownVersion::from_request_parts(parts, state).await?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let writes = Writes::from_request_parts(parts, state).await?;
        Ok(Self { writes, now, scope, ask: ChangeVolume { volume: one.id, version } })
    }
}

fn changed(outcome: domain::Result<VolumeView>) -> Result<Versioned<VolumeView>, Refused> {
    let view = outcome?;
    Ok(Versioned(view.version, view))
}

/// Makes a volume larger; it never gets smaller.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/volumes/{volume}/grow", tag = "volumes",
    request_body = GrowVolume, responses((status = 200, body = VolumeView)))]
pub(super) async fn grow(
    change: Change,
    session::Json(ask): session::Json<GrowVolume>,
) -> Result<Versioned<VolumeView>, Refused> {
    let Change { writes, now, scope, ask: which } = change;
    changed(volumes::grow_volume(&writes.db, &scope, which, ask.size_gb, now).await)
}

/// Deletes a volume with what is on it; for 24 hours it can be undone.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/volumes/{volume}", tag = "volumes",
    responses((status = 200, body = VolumeView)))]
pub(super) async fn delete(change: Change) -> Result<Versioned<VolumeView>, Refused> {
    changed(volumes::delete_volume(&change.writes.db, &change.scope, change.ask, change.now).await)
}

/// Takes a deletion back; the volume is there again with what is on it.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/volumes/{volume}/undo-delete", tag = "volumes",
    responses((status = 200, body = VolumeView)))]
pub(super) async fn undo_delete(change: Change) -> Result<Versioned<VolumeView>, Refused> {
    changed(volumes::undo_delete_volume(&change.writes.db, &change.scope, change.ask, change.now).await)
}
