//! `/organisations/{organisation}/refunds`: money that goes back the way it came, as finance asks for it and the organisation
//! reads it; `/staff/refunds`: what of it the hub's bank is to pay.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{CloseBilling, ReadBalance, ReadInvoices},
    refunds,
};
use serde::Deserialize;
use session::{Allowed, Key, Now, Path, Portal, Query, Refused, Staff};
use types::{
    AskRefund, CallOffRefund, Cursor, DeskRefund, List, PaidRefund, RefundId, RefundPreview, RefundView,
    RefundableView, SignOffView,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// Which refunds of all organisations.
#[derive(Debug, Deserialize)]
pub(super) struct OnDesk {
    /// Only those that the hub's bank is to pay.
    #[serde(default)]
    to_pay: bool,
}

/// The organisation's refunds, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/refunds", tag = "wallet",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<RefundView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
    Query(page): Query<Cursor>,
) -> Answered<List<RefundView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(refunds::list_refunds_in(&tx, &scope, &page).await?))
}

/// One refund, and what has become of it.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/refunds/{refund}", tag = "wallet",
    responses((status = 200, body = RefundView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
    Path(one): Path<InOrganisation<RefundId>>,
) -> Answered<RefundView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(refunds::refund_in(&tx, &scope, one.id).await?))
}

/// What came to the organisation by card and by transfer, and how much of each can go back; the latest hundred.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/refundable", tag = "wallet",
    responses((status = 200, body = List<RefundableView>)))]
pub(super) async fn refundable(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
) -> Answered<List<RefundableView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(List { items: refunds::refundables_in(&tx, &scope).await?, next_cursor: None }))
}

/// Gives money of the wallet back to the card or the account that it came from.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/refunds", tag = "wallet", request_body = AskRefund,
    responses((status = 201, body = RefundView)))]
pub(super) async fn ask(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<AskRefund>,
) -> Result<Response, Refused> {
    let command = key.command("ask_refund", &ask)?;
    let refund = refunds::ask_refund(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(refund)).into_response())
}

/// What a refund would do; nothing is stored.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/refunds/preview", tag = "wallet",
    request_body = AskRefund, responses((status = 200, body = RefundPreview)))]
pub(super) async fn preview(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    session::Json(ask): session::Json<AskRefund>,
) -> Answered<RefundPreview> {
    Ok(Json(refunds::preview_refund(&portal.db, &scope, &ask, now).await?))
}

/// Asks for the signature that a refund above the limit needs.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/refunds/sign-off", tag = "wallet",
    request_body = AskRefund, responses((status = 201, body = SignOffView)))]
pub(super) async fn ask_to_sign(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<AskRefund>,
) -> Result<Response, Refused> {
    let command = key.command("ask_to_refund", &ask)?;
    let view = refunds::ask_to_refund(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// The refunds of all organisations, the latest first.
#[utoipa::path(get, path = "/api/v1/staff/refunds", tag = "bank",
    params(("to_pay" = Option<bool>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<DeskRefund>)))]
pub(super) async fn desk(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(which): Query<OnDesk>,
    Query(page): Query<Cursor>,
) -> Answered<List<DeskRefund>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(refunds::list_desk_refunds(&open, &survey, which.to_pay, &page).await?))
}

/// One refund, whoever's, with the account that is paid.
#[utoipa::path(get, path = "/api/v1/staff/refunds/{desk_refund}", tag = "bank",
    responses((status = 200, body = DeskRefund)))]
pub(super) async fn on_desk(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(refund): Path<RefundId>,
) -> Answered<DeskRefund> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(refunds::desk_refund(&open, &survey, refund).await?))
}

/// Says that the hub's bank has paid a refund.
#[utoipa::path(post, path = "/api/v1/staff/refunds/{desk_refund}/paid", tag = "bank", request_body = PaidRefund,
    responses((status = 204, description = "Booked out of the bank")))]
pub(super) async fn paid(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(refund): Path<RefundId>,
    key: Key,
    session::Json(ask): session::Json<PaidRefund>,
) -> Result<StatusCode, Refused> {
    let command = key.command("record_paid_refund", &(refund, &ask))?;
    refunds::record_paid_refund(&db, &survey, refund, &ask, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Calls a refund off that the hub's bank has not paid; its money is back in the wallet.
#[utoipa::path(post, path = "/api/v1/staff/refunds/{desk_refund}/call-off", tag = "bank", request_body = CallOffRefund,
    responses((status = 204, description = "Booked back")))]
pub(super) async fn call_off(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(refund): Path<RefundId>,
    key: Key,
    session::Json(ask): session::Json<CallOffRefund>,
) -> Result<StatusCode, Refused> {
    let command = key.command("call_off_refund", &(refund, &ask))?;
    refunds::call_off_refund(&db, &survey, refund, &ask, command, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
