//! `/staff/periods` and `/staff/invoices`: what finance closes and looks through, across organisations.

use axum::{Json, extract::State as Shared};
use domain::{access::policy::ReadInvoices, billing, invoices};
use serde::Deserialize;
use session::{Allowed, Now, Portal, Query, Staff};
use types::{Cursor, InvoiceStatus, List, ReviewView, RunningPeriodView};

use super::Answered;

/// Every organisation's running period, and what keeps it from closing.
#[utoipa::path(get, path = "/api/v1/staff/periods", tag = "periods",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<RunningPeriodView>)))]
pub(super) async fn periods(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<RunningPeriodView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(billing::list_running_periods(&open, &survey, &page).await?))
}

/// One organisation's running period, and what keeps it from closing.
#[utoipa::path(get, path = "/api/v1/staff/periods/{organisation}", tag = "periods",
    responses((status = 200, body = RunningPeriodView)))]
pub(super) async fn period(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Allowed(scope, _): Allowed<ReadInvoices>,
) -> Answered<RunningPeriodView> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(billing::running_period(&open, &survey, scope.organisation()).await?))
}

/// Which invoices are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct InStatus {
    status: Option<InvoiceStatus>,
}

/// Drafts and invoices of all organisations, with the reasons to look.
#[utoipa::path(get, path = "/api/v1/staff/invoices", tag = "invoices",
    params(("status" = Option<InvoiceStatus>, Query), ("cursor" = Option<String>, Query),
        ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<ReviewView>)))]
pub(super) async fn invoices(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(asked): Query<InStatus>,
    Query(page): Query<Cursor>,
) -> Answered<List<ReviewView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(invoices::list_for_review(&open, &survey, asked.status, &page).await?))
}
