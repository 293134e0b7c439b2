//! `/organisations/{organisation}/transfers`: top-ups by bank transfer, as their organisation announces them.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{ReadBalance, TopUpWallet},
    transfers,
};
use session::{Allowed, Key, Now, Path, Portal, Query, Refused};
use types::{AnnounceTransfer, Cursor, List, TransferId, TransferView};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The transfers that the organisation announced, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/transfers", tag = "wallet",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<TransferView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
    Query(page): Query<Cursor>,
) -> Answered<List<TransferView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(transfers::list_transfers_in(&tx, &scope, &page).await?))
}

/// Announces a top-up by bank transfer: where the money is to go, and with which reference.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/transfers", tag = "wallet",
    request_body = AnnounceTransfer, responses((status = 201, body = TransferView)))]
pub(super) async fn announce(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    key: Key,
    session::Json(ask): session::Json<AnnounceTransfer>,
) -> Result<Response, Refused> {
    let command = key.command("announce_transfer", &ask)?;
    let transfer = transfers::announce_transfer(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(transfer)).into_response())
}

/// One announced transfer: what its pro-forma says, and what of it has come.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/transfers/{transfer}", tag = "wallet",
    responses((status = 200, body = TransferView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
    Path(one): Path<InOrganisation<TransferId>>,
) -> Answered<TransferView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(transfers::transfer_in(&tx, &scope, one.id).await?))
}

/// Calls an announced transfer off; money that comes with its reference all the same reaches the wallet.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/transfers/{transfer}/cancel", tag = "wallet",
    responses((status = 200, body = TransferView)))]
pub(super) async fn cancel(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    Path(one): Path<InOrganisation<TransferId>>,
    key: Key,
) -> Answered<TransferView> {
    let command = key.command("cancel_transfer", &one.id)?;
    Ok(Json(transfers::cancel_transfer(&db, &scope, one.id, command, now).await?))
}
