//! `/organisations/{organisation}/invoices/{invoice}/withholdings`: what a customer withheld of an invoice at source, and
//! how the invoice stands with it.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{ReadInvoices, RecordWithholdings},
    invoices,
};
use jiff::civil::Date;
use serde::Deserialize;
use session::{Allowed, Key, Now, Path, Portal, Refused};
use types::{InvoiceId, InvoiceStanding, Money, RecordWithholding, UndoWithholding, WithholdingId, WithholdingView};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// What was paid, credited and withheld of an invoice, and what is due.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/withholdings",
    tag = "withholding", responses((status = 200, body = InvoiceStanding)))]
pub(super) async fn of_invoice(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<InvoiceId>>,
) -> Answered<InvoiceStanding> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::invoice_standing_in(&tx, &scope, one.id).await?))
}

/// A certificate, and how much it is of.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Certificate {
    /// Its number, 1 to 60 characters.
    certificate: String,
    /// Its day: not before the invoice's, and not to come.
    #[schema(value_type = String)]
    certified_on: Date,
    /// In whole minor units of the invoice's currency.
    amount: Money,
}

/// Records what a customer withheld of an invoice.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/withholdings",
    tag = "withholding", request_body = Certificate, responses((status = 201, body = WithholdingView)))]
pub(super) async fn record(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<RecordWithholdings>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    key: Key,
    session::Json(said): session::Json<Certificate>,
) -> Result<Response, Refused> {
    let Certificate { certificate, certified_on, amount } = said;
    let ask = RecordWithholding { invoice: one.id, certificate, certified_on, amount };
    let command = key.command("record_withholding", &ask)?;
    let view = invoices::record_withholding(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Takes a record back: the customer owes it again.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/withholdings/{withholding}/undo",
    tag = "withholding", request_body = UndoWithholding, responses((status = 200, body = WithholdingView)))]
pub(super) async fn undo(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<RecordWithholdings>,
    Path(one): Path<InOrganisation<WithholdingId>>,
    key: Key,
    session::Json(ask): session::Json<UndoWithholding>,
) -> Answered<WithholdingView> {
    let command = key.command("undo_withholding", &(one.id, &ask))?;
    Ok(Json(invoices::undo_withholding(&db, &scope, one.id, ask, command, now).await?))
}
