//! What two people sign: asking for a signature on a draft, signing, refusing, taking back, and the limits above which it
//! takes two.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{CloseBilling, ReadInvoices, SignOff},
    invoices, sign_off,
};
use session::{Allowed, Key, Now, Path, Portal, Refused, Staff};
use types::{
    AgreeSignOffLimit, Currency, FinaliseInvoice, InvoiceId, List, RefuseSignOff, SetSignOffLimit, SignBody, SignOffId,
    SignOffKind, SignOffLimitView, SignOffReview, SignOffView,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// Asks for a second person's signature on a draft, which a finalisation above the limit needs.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/sign-off", tag = "sign-offs",
    request_body = SignBody, responses((status = 201, body = SignOffView)))]
pub(super) async fn ask(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    key: Key,
    session::Json(seen): session::Json<SignBody>,
) -> Result<Response, Refused> {
    let ask = FinaliseInvoice { invoice: one.id, sha256: seen.sha256 };
    let command = key.command("ask_to_finalise", &ask)?;
    let view = invoices::ask_to_finalise(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Signs what somebody else asked for.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/sign-offs/{sign_off}/sign", tag = "sign-offs",
    request_body = SignBody, responses((status = 200, body = SignOffView)))]
pub(super) async fn sign(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<SignOff>,
    Path(one): Path<InOrganisation<SignOffId>>,
    session::Json(seen): session::Json<SignBody>,
) -> Answered<SignOffView> {
    Ok(Json(sign_off::sign(&db, &scope, one.id, &seen, now).await?))
}

/// Refuses to sign what somebody else asked for.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/sign-offs/{sign_off}/refuse", tag = "sign-offs",
    request_body = RefuseSignOff, responses((status = 200, body = SignOffView)))]
pub(super) async fn refuse(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<SignOff>,
    Path(one): Path<InOrganisation<SignOffId>>,
    session::Json(ask): session::Json<RefuseSignOff>,
) -> Answered<SignOffView> {
    Ok(Json(sign_off::refuse(&db, &scope, one.id, &ask, now).await?))
}

/// Takes back what one asked for oneself.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/sign-offs/{sign_off}/withdraw", tag = "sign-offs",
    responses((status = 200, body = SignOffView)))]
pub(super) async fn withdraw(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<SignOff>,
    Path(one): Path<InOrganisation<SignOffId>>,
) -> Answered<SignOffView> {
    Ok(Json(sign_off::withdraw(&db, &scope, one.id, now).await?))
}

/// What waits for a second person, or is signed and not done yet: the earliest first.
#[utoipa::path(get, path = "/api/v1/staff/sign-offs", tag = "sign-offs",
    responses((status = 200, body = List<SignOffReview>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
) -> Answered<List<SignOffReview>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(sign_off::list_sign_offs(&open, &survey).await?))
}

/// Above which amounts it takes two.
#[utoipa::path(get, path = "/api/v1/staff/sign-off-limits", tag = "sign-offs",
    responses((status = 200, body = List<SignOffLimitView>)))]
pub(super) async fn limits(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
) -> Answered<List<SignOffLimitView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(sign_off::list_sign_off_limits(&open, &survey).await?))
}

/// Sets a limit: a stricter one holds at once, a looser one once somebody else agrees.
#[utoipa::path(put, path = "/api/v1/staff/sign-off-limits", tag = "sign-offs", request_body = SetSignOffLimit,
    responses((status = 200, body = SignOffLimitView)))]
pub(super) async fn set_limit(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SignOff>,
    key: Key,
    session::Json(ask): session::Json<SetSignOffLimit>,
) -> Answered<SignOffLimitView> {
    let command = key.command("set_sign_off_limit", &ask)?;
    Ok(Json(sign_off::set_limit(&db, &survey, ask, command, now).await?))
}

/// Agrees to a looser limit that somebody else asked for.
#[utoipa::path(post, path = "/api/v1/staff/sign-off-limits/{kind}/{currency}/agree", tag = "sign-offs",
    request_body = AgreeSignOffLimit, responses((status = 200, body = SignOffLimitView)))]
pub(super) async fn agree_limit(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SignOff>,
    Path(which): Path<(SignOffKind, Currency)>,
    session::Json(seen): session::Json<AgreeSignOffLimit>,
) -> Answered<SignOffLimitView> {
    Ok(Json(sign_off::agree_limit(&db, &survey, which, &seen, now).await?))
}

/// Takes a looser limit back that waits.
#[utoipa::path(post, path = "/api/v1/staff/sign-off-limits/{kind}/{currency}/withdraw", tag = "sign-offs",
    responses((status = 200, body = SignOffLimitView)))]
pub(super) async fn withdraw_limit(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SignOff>,
    Path(which): Path<(SignOffKind, Currency)>,
) -> Answered<SignOffLimitView> {
    Ok(Json(sign_off::withdraw_limit(&db, &survey, which, now).await?))
}
