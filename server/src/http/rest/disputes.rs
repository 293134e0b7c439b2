//! `/organisations/{organisation}/disputes` and those of one invoice: lines that who pays contests, and the hub's answer.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{ContestLines, IssueCreditNotes, ReadInvoices},
    disputes,
};
use serde::Deserialize;
use session::{Allowed, Key, Now, Path, Portal, Query, Refused, Staff};
use types::{
    AnswerDispute, ContestLine, Cursor, DisputeDeskView, DisputeId, DisputeState, DisputeView, InvoiceDisputes,
    InvoiceId, List, Money,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The lines that the organisation contested, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/disputes", tag = "disputes",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<DisputeView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<DisputeView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(disputes::list_disputes_in(&tx, &scope, &page).await?))
}

/// A contested line.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/disputes/{dispute}", tag = "disputes",
    responses((status = 200, body = DisputeView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<DisputeId>>,
) -> Answered<DisputeView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(disputes::dispute_in(&tx, &scope, one.id).await?))
}

/// What of an invoice is contested, and until when more can be.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/disputes", tag = "disputes",
    responses((status = 200, body = InvoiceDisputes)))]
pub(super) async fn of_invoice(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<InvoiceId>>,
) -> Answered<InvoiceDisputes> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(disputes::disputes_of_in(&tx, &scope, one.id).await?))
}

/// What of an invoice is contested, and what is wrong.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Objection {
    /// The line's number on the invoice.
    line: u16,
    /// What of it, before the hub's gifts and tax, in whole minor units; nothing for all that is left of the line.
    #[serde(default)]
    amount: Option<Money>,
    /// What is wrong, 1 to 500 characters.
    reason: String,
}

/// Contests a line of a final invoice.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/disputes", tag = "disputes",
    request_body = Objection, responses((status = 201, body = DisputeView)))]
pub(super) async fn contest(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ContestLines>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    key: Key,
    session::Json(said): session::Json<Objection>,
) -> Result<Response, Refused> {
    let Objection { line, amount, reason } = said;
    let ask = ContestLine { invoice: one.id, line, amount, reason };
    let command = key.command("contest_line", &ask)?;
    let dispute = disputes::contest_line(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(dispute)).into_response())
}

/// Takes a contested line back that nobody has answered.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/disputes/{dispute}/withdraw", tag = "disputes",
    responses((status = 200, body = DisputeView)))]
pub(super) async fn withdraw(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ContestLines>,
    Path(one): Path<InOrganisation<DisputeId>>,
    key: Key,
) -> Answered<DisputeView> {
    let command = key.command("withdraw_dispute", &one.id)?;
    Ok(Json(disputes::withdraw_dispute(&db, &scope, one.id, command, now).await?))
}

/// Answers a contested line: by a credit note, which is issued with it, or by a refusal in writing.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/disputes/{dispute}/answer", tag = "disputes",
    request_body = AnswerDispute, responses((status = 200, body = DisputeView)))]
pub(super) async fn answer(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<IssueCreditNotes>,
    Path(one): Path<InOrganisation<DisputeId>>,
    key: Key,
    session::Json(ask): session::Json<AnswerDispute>,
) -> Answered<DisputeView> {
    let command = key.command("answer_dispute", &(one.id, &ask))?;
    Ok(Json(disputes::answer_dispute(&db, &scope, one.id, ask, command, now).await?))
}

/// Which contested lines are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct InState {
    state: Option<DisputeState>,
}

/// The contested lines of all organisations, the one that waits longest first.
#[utoipa::path(get, path = "/api/v1/staff/disputes", tag = "disputes",
    params(("state" = Option<DisputeState>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<DisputeDeskView>)))]
pub(super) async fn list_all(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(asked): Query<InState>,
    Query(page): Query<Cursor>,
) -> Answered<List<DisputeDeskView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(disputes::list_all_disputes(&open, &survey, asked.state, &page).await?))
}
