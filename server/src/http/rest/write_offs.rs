//! `/organisations/{organisation}/write-offs`: debts that are given up, and what has become of an invoice.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{ReadInvoices, WriteOffDebts},
    invoices, write_offs,
};
use session::{Allowed, Key, Now, Path, Portal, Refused};
use types::{InvoiceId, InvoiceStanding, SignOffView, UndoWriteOff, WriteOffDebt, WriteOffId, WriteOffView, WriteOffs};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// What has become of a finalised invoice: paid, credited, written off and due are its total.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/standing", tag = "write-offs",
    responses((status = 200, body = InvoiceStanding)))]
pub(super) async fn standing(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<InvoiceId>>,
) -> Answered<InvoiceStanding> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::invoice_standing_in(&tx, &scope, one.id).await?))
}

/// What is owed, by invoice, and what was written off.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/write-offs", tag = "write-offs",
    responses((status = 200, body = WriteOffs)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
) -> Answered<WriteOffs> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(write_offs::list_write_offs_in(&tx, &scope).await?))
}

/// Writes off what is owed of an invoice, or of none.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/write-offs", tag = "write-offs",
    request_body = WriteOffDebt, responses((status = 201, body = WriteOffView)))]
pub(super) async fn make(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<WriteOffDebts>,
    key: Key,
    session::Json(ask): session::Json<WriteOffDebt>,
) -> Result<Response, Refused> {
    let command = key.command("write_off", &ask)?;
    let view = write_offs::write_off(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Asks for the signature that a write-off above the limit needs.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/write-offs/sign-off", tag = "write-offs",
    request_body = WriteOffDebt, responses((status = 201, body = SignOffView)))]
pub(super) async fn ask(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<WriteOffDebts>,
    key: Key,
    session::Json(ask): session::Json<WriteOffDebt>,
) -> Result<Response, Refused> {
    let command = key.command("ask_to_write_off", &ask)?;
    let view = write_offs::ask_to_write_off(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Takes a write-off back: what was given up is owed again.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/write-offs/{write_off}/undo", tag = "write-offs",
    request_body = UndoWriteOff, responses((status = 200, body = WriteOffView)))]
pub(super) async fn undo(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<WriteOffDebts>,
    Path(one): Path<InOrganisation<WriteOffId>>,
    key: Key,
    session::Json(ask): session::Json<UndoWriteOff>,
) -> Answered<WriteOffView> {
    let command = key.command("undo_write_off", &(one.id, &ask))?;
    Ok(Json(write_offs::undo_write_off(&db, &scope, one.id, ask, command, now).await?))
}
