//! `/organisations/{organisation}/usage/summary` and `/usage/stretches`: a month by project, member or flavour, and every
//! stretch behind it. What has no invoice yet and the last days stand beside the wallet.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::ReadUsage,
    usage::{self, Month},
};
use serde::Deserialize;
use session::{Allowed, Now, Portal, Query};
use types::{Cursor, List, UsageBy, UsageMonth, UsageStretch};

use super::Answered;

/// Which month, summed by what.
#[derive(Debug, Deserialize)]
pub(super) struct Summed {
    by: Option<UsageBy>,
    month: Option<String>,
}

/// Which month.
#[derive(Debug, Deserialize)]
pub(super) struct InMonth {
    month: Option<String>,
}

/// What was rated of a month on the hub's calendar and who paid, by project, member or flavour: what cost most first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/usage/summary", tag = "usage",
    params(("by" = Option<UsageBy>, Query, description = "project where nothing is said"),
        ("month" = Option<String>, Query, description = "2026-10; the month that runs where nothing is said")),
    responses((status = 200, body = UsageMonth)))]
pub(super) async fn summary(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadUsage>,
    Query(asked): Query<Summed>,
) -> Answered<UsageMonth> {
    let tx = portal.db.look(&scope, now).await?;
    let month = Month::of_in(&tx, asked.month.as_deref()).await?;
    Ok(Json(usage::usage_of_month_in(&tx, &scope, &month, asked.by.unwrap_or(UsageBy::Project)).await?))
}

/// Every stretch that was rated of a month, at one price and one tax each, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/usage/stretches", tag = "usage",
    params(("month" = Option<String>, Query, description = "2026-10; the month that runs where nothing is said"),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<UsageStretch>)))]
pub(super) async fn stretches(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadUsage>,
    Query(asked): Query<InMonth>,
    Query(page): Query<Cursor>,
) -> Answered<List<UsageStretch>> {
    let tx = portal.db.look(&scope, now).await?;
    let month = Month::of_in(&tx, asked.month.as_deref()).await?;
    Ok(Json(usage::list_usage_in(&tx, &scope, &month, &page).await?))
}
