//! `/organisations/{organisation}/lots`: what grants gave.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{GrantCredits as MayGrant, ReadBalance},
    grants,
};
use session::{Allowed, Key, Now, Path, Portal, Refused};
use types::{GrantCredits, GrantPreview, List, LotId, LotView, UndoGrant};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's lots, in the order in which they burn.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/lots", tag = "lots",
    responses((status = 200, body = List<LotView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
) -> Answered<List<LotView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(grants::list_lots_in(&tx, &scope).await?))
}

/// Grants credits as a lot.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/lots", tag = "lots",
    request_body = GrantCredits, responses((status = 201, body = LotView)))]
pub(super) async fn grant(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<MayGrant>,
    key: Key,
    session::Json(ask): session::Json<GrantCredits>,
) -> Result<Response, Refused> {
    let command = key.command("grant_credits", &ask)?;
    let lot = grants::grant_credits(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(lot)).into_response())
}

/// What a grant would do; nothing is stored.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/lots/preview", tag = "lots",
    request_body = GrantCredits, responses((status = 200, body = GrantPreview)))]
pub(super) async fn preview(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<MayGrant>,
    session::Json(ask): session::Json<GrantCredits>,
) -> Answered<GrantPreview> {
    Ok(Json(grants::preview_grant(&portal.db, &scope, &ask, now).await?))
}

/// Takes back what is left of a lot.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/lots/{lot}/undo", tag = "lots",
    request_body = UndoGrant, responses((status = 200, body = LotView)))]
pub(super) async fn undo(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<MayGrant>,
    Path(one): Path<InOrganisation<LotId>>,
    key: Key,
    session::Json(ask): session::Json<UndoGrant>,
) -> Answered<LotView> {
    let command = key.command("undo_grant", &(one.id, &ask))?;
    Ok(Json(grants::undo_grant(&db, &scope, one.id, ask, command, now).await?))
}
