//! `/organisations/{organisation}/invoices` and the periods that they cover.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{CloseBilling, ReadInvoices},
    billing, invoices,
};
use serde::{Deserialize, Serialize};
use session::{Allowed, Key, Now, Path, Portal, Query};
use types::{
    ClosePeriod, ClosedPeriodView, Cursor, FinaliseInvoice, InvoiceId, InvoiceSummary, InvoiceView, LineView, List,
    PeriodId, Recalculation, WaiveCluster, WaiverView,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's invoices and drafts, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices", tag = "invoices",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<InvoiceSummary>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<InvoiceSummary>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::list_invoices_in(&tx, &scope, &page).await?))
}

/// An invoice, whole.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}", tag = "invoices",
    responses((status = 200, body = InvoiceView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<InvoiceId>>,
) -> Answered<InvoiceView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::invoice_in(&tx, &scope, one.id).await?))
}

/// One line of one invoice, in the path.
#[derive(Debug, Deserialize)]
pub(super) struct OneLine {
    invoice: InvoiceId,
    line: u16,
}

/// A line with the stretches and the price behind it.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/lines/{line}", tag = "invoices",
    responses((status = 200, body = LineView)))]
pub(super) async fn line(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<OneLine>,
) -> Answered<LineView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::line_in(&tx, &scope, one.invoice, one.line).await?))
}

/// Computes the invoice again from its facts and says whether it is equal.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/recalculation", tag = "invoices",
    responses((status = 200, body = Recalculation)))]
pub(super) async fn recalculate(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadInvoices>,
    Path(one): Path<InOrganisation<InvoiceId>>,
) -> Answered<Recalculation> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(invoices::recalculate_in(&tx, &scope, one.id).await?))
}

/// Which bytes were looked at.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reviewed {
    /// The digest of the document that was looked at, as the invoice's view gave it.
    sha256: String,
}

/// Numbers a draft and freezes it.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invoices/{invoice}/finalise", tag = "invoices",
    request_body = Reviewed, responses((status = 200, body = InvoiceView)))]
pub(super) async fn finalise(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    Path(one): Path<InOrganisation<InvoiceId>>,
    key: Key,
    session::Json(reviewed): session::Json<Reviewed>,
) -> Answered<InvoiceView> {
    let ask = FinaliseInvoice { invoice: one.id, sha256: reviewed.sha256 };
    let command = key.command("finalise_invoice", &ask)?;
    Ok(Json(invoices::finalise_invoice(&db, &scope, ask, command, now).await?))
}

/// Closes a period that has ended and drafts its invoice.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/periods/{period}/close", tag = "periods",
    responses((status = 200, body = ClosedPeriodView)))]
pub(super) async fn close(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    Path(one): Path<InOrganisation<PeriodId>>,
    key: Key,
) -> Answered<ClosedPeriodView> {
    let ask = ClosePeriod { period: one.id };
    let command = key.command("close_period", &ask)?;
    Ok(Json(billing::close_period(&db, &scope, ask, command, now).await?))
}

/// Which cluster's silence is waived, and why.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Waiver {
    /// The cluster that does not answer.
    cluster: types::ClusterId,
    /// Why the period is closed without its word.
    reason: String,
}

/// Lets a period close without a cluster's word: what nobody saw is not billed.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/periods/{period}/waive", tag = "periods",
    request_body = Waiver, responses((status = 200, body = WaiverView)))]
pub(super) async fn waive(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    Path(one): Path<InOrganisation<PeriodId>>,
    key: Key,
    session::Json(said): session::Json<Waiver>,
) -> Answered<WaiverView> {
    let ask = WaiveCluster { period: one.id, cluster: said.cluster, reason: said.reason };
    let command = key.command("waive_cluster", &ask)?;
    Ok(Json(billing::waive_cluster(&db, &scope, ask, command, now).await?))
}
