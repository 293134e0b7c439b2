//! `/organisations/{organisation}/documents` and `/statements`: documents as files, and asking for a statement of account.

use axum::{
    Json,
    extract::State as Shared,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::{Scope, policy::ReadInvoices},
    papers,
};
use session::{Allowed, Key, Now, Path, Portal, Query, RETRY_SECONDS, Refused, Staff, drawn};
use types::{ArtifactKind, AskStatement, Cursor, List, PaperId, PaperView, Timestamp, WaitingPaperView};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's documents, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/documents", tag = "documents",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<PaperView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<PaperView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(papers::list_papers_in(&tx, &scope, &page).await?))
}

/// One document: its files, and whether it is drawn yet.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/documents/{document}", tag = "documents",
    responses((status = 200, body = PaperView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<PaperId>>,
) -> Answered<PaperView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(papers::paper_in(&tx, &scope, one.id).await?))
}

/// A document's pages: PDF/A. Drawn once, and the same bytes ever after.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/documents/{document}/pdf", tag = "documents",
    responses((status = 200, description = "The file"),
        (status = 202, description = "It is being drawn", body = PaperView),
        (status = 304, description = "The client has it")))]
pub(super) async fn pdf(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<PaperId>>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    file(&portal, &scope, (one.id, ArtifactKind::Pdf), &headers, now).await
}

/// An invoice or a credit note for programs: UBL 2.1 after EN 16931.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/documents/{document}/xml", tag = "documents",
    responses((status = 200, description = "The file"),
        (status = 202, description = "It is being drawn", body = PaperView),
        (status = 304, description = "The client has it")))]
pub(super) async fn xml(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<PaperId>>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    file(&portal, &scope, (one.id, ArtifactKind::Ubl), &headers, now).await
}

async fn file(
    portal: &Portal,
    scope: &Scope<ReadInvoices>,
    which: (PaperId, ArtifactKind),
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Response, Refused> {
    if let Some(file) = drawn(portal, scope, which, headers, now).await? {
        return Ok(file);
    }
    let tx = portal.db.look(scope, now).await?;
    let view = papers::paper_in(&tx, scope, which.0).await?;
    let again = [(header::RETRY_AFTER, HeaderValue::from(RETRY_SECONDS))];
    Ok((StatusCode::ACCEPTED, again, Json(view)).into_response())
}

/// Asks for a statement of account between two days, both of them in it.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/statements", tag = "documents",
    request_body = AskStatement, responses((status = 201, body = PaperView)))]
pub(super) async fn ask(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    key: Key,
    session::Json(ask): session::Json<AskStatement>,
) -> Result<Response, Refused> {
    let command = key.command("ask_for_statement", &ask)?;
    let paper = papers::ask_for_statement(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(paper)).into_response())
}

/// The documents of all organisations that are not drawn as they should be, the latest first.
#[utoipa::path(get, path = "/api/v1/staff/documents", tag = "documents",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<WaitingPaperView>)))]
pub(super) async fn waiting(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<WaitingPaperView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(papers::list_waiting_papers(&open, &survey, &page).await?))
}
