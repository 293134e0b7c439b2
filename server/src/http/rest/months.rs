//! `/staff/months`: the close of a month with its checklist, and the finalisation of all its drafts at once.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{CloseBilling, ReadInvoices, SignOff},
    invoices, months, sign_off,
};
use session::{Allowed, Key, Now, Path, Portal, Refused, Staff};
use types::{
    DraftLookView, FinaliseAll, FinaliseRunId, FinaliseRunView, InvoiceId, List, LookAtDraft, MonthCloseView,
    MonthSummary, OpenMonth, RefuseSignOff, SignBody, SignOffView,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The months whose close was opened, the latest first, and the last that is over.
#[utoipa::path(get, path = "/api/v1/staff/months", tag = "periods",
    responses((status = 200, body = List<MonthSummary>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
) -> Answered<List<MonthSummary>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(List { items: months::months(&open, &survey).await?, next_cursor: None }))
}

/// Opens the close of a month that is over.
#[utoipa::path(post, path = "/api/v1/staff/months", tag = "periods", request_body = OpenMonth,
    responses((status = 201, body = MonthCloseView)))]
pub(super) async fn open(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<OpenMonth>,
) -> Result<Response, Refused> {
    let command = key.command("open_month", &ask)?;
    let month = months::open_month(&db, &survey, &ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(month)).into_response())
}

/// A month with its checklist, each line counted now; of a closed month as it was when it was closed.
#[utoipa::path(get, path = "/api/v1/staff/months/{month}", tag = "periods",
    responses((status = 200, body = MonthCloseView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(month): Path<String>,
) -> Answered<MonthCloseView> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(months::month(&open, &survey, &month).await?))
}

/// Closes a month; refused while a line of its checklist is open.
#[utoipa::path(post, path = "/api/v1/staff/months/{month}/close", tag = "periods",
    responses((status = 200, body = MonthCloseView)))]
pub(super) async fn close(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(month): Path<String>,
    key: Key,
) -> Answered<MonthCloseView> {
    let command = key.command("close_month", &month)?;
    Ok(Json(months::close_month(&db, &survey, &month, command, now).await?))
}

/// Asks for the signature that closing a month above the limit needs.
#[utoipa::path(post, path = "/api/v1/staff/months/{month}/sign-off", tag = "periods",
    responses((status = 201, body = SignOffView)))]
pub(super) async fn ask_to_close(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(month): Path<String>,
    key: Key,
) -> Result<Response, Refused> {
    let command = key.command("ask_to_close", &month)?;
    let view = months::ask_to_close(&db, &survey, &month, command, now).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Signs what somebody else asked for of a month.
#[utoipa::path(post, path = "/api/v1/staff/months/{month}/sign-off/sign", tag = "periods", request_body = SignBody,
    responses((status = 200, body = SignOffView)))]
pub(super) async fn sign(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SignOff>,
    Path(month): Path<String>,
    session::Json(seen): session::Json<SignBody>,
) -> Answered<SignOffView> {
    Ok(Json(sign_off::sign_close(&db, &survey, &month, &seen, now).await?))
}

/// Refuses to sign it, with a reason.
#[utoipa::path(post, path = "/api/v1/staff/months/{month}/sign-off/refuse", tag = "periods",
    request_body = RefuseSignOff, responses((status = 200, body = SignOffView)))]
pub(super) async fn refuse(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SignOff>,
    Path(month): Path<String>,
    session::Json(ask): session::Json<RefuseSignOff>,
) -> Answered<SignOffView> {
    Ok(Json(sign_off::refuse_close(&db, &survey, &month, &ask, now).await?))
}

/// Takes back what one asked for oneself, signed or not.
#[utoipa::path(post, path = "/api/v1/staff/months/{month}/sign-off/withdraw", tag = "periods",
    responses((status = 200, body = SignOffView)))]
pub(super) async fn withdraw(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<SignOff>,
    Path(month): Path<String>,
) -> Answered<SignOffView> {
    Ok(Json(sign_off::withdraw_close(&db, &survey, &month, now).await?))
}

/// Has all drafts up to the month's end finalised that need no look.
#[utoipa::path(post, path = "/api/v1/staff/months/{month}/finalise", tag = "invoices", request_body = FinaliseAll,
    responses((status = 202, body = FinaliseRunView)))]
pub(super) async fn finalise(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(month): Path<String>,
    key: Key,
    session::Json(ask): session::Json<FinaliseAll>,
) -> Result<Response, Refused> {
    let command = key.command("finalise_all", &(&month, &ask))?;
    let run = invoices::finalise_all(&db, &survey, (month.as_str(), &ask), command, now).await?;
    Ok((StatusCode::ACCEPTED, Json(run)).into_response())
}

/// How far a finalisation of many drafts has come, and which of them are for people.
#[utoipa::path(get, path = "/api/v1/staff/finalise-runs/{run}", tag = "invoices",
    responses((status = 200, body = FinaliseRunView)))]
pub(super) async fn run(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Path(run): Path<FinaliseRunId>,
) -> Answered<FinaliseRunView> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(invoices::finalise_run(&open, &survey, run).await?))
}

/// Stops it: no other draft is begun.
#[utoipa::path(post, path = "/api/v1/staff/finalise-runs/{run}/stop", tag = "invoices",
    responses((status = 200, body = FinaliseRunView)))]
pub(super) async fn stop(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Staff(survey): Staff<CloseBilling>,
    Path(run): Path<FinaliseRunId>,
    key: Key,
) -> Answered<FinaliseRunView> {
    let command = key.command("stop_finalise_run", &run)?;
    Ok(Json(invoices::stop_finalise_run(&db, &survey, run, command, now).await?))
}

/// Says that the reasons to look at a draft were looked at, and what was found.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/look", tag = "invoices",
    request_body = LookAtDraft, responses((status = 200, body = DraftLookView)))]
pub(super) async fn look(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    key: Key,
    session::Json(ask): session::Json<LookAtDraft>,
) -> Answered<DraftLookView> {
    let command = key.command("look_at_draft", &(one.id, &ask))?;
    Ok(Json(invoices::look_at_draft(&db, &scope, (one.id, &ask), command, now).await?))
}
