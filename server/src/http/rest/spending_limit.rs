//! `/organisations/{organisation}/spending-limit`: what the whole organisation may spend in a month.

use axum::{Json, extract::State as Shared, http::StatusCode};
use domain::{
    access::policy::{LimitSpending, ReadBalance},
    budgets,
};
use session::{Allowed, Now, Portal, Refused};
use types::{BudgetView, SetSpendingLimit, SpendingLimit};

use super::{Answered, rehearsal::Writes};

/// What the organisation may spend in a month, and how far that is used.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/spending-limit", tag = "budgets",
    responses((status = 200, body = SpendingLimit)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
) -> Answered<SpendingLimit> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(budgets::spending_limit_in(&tx, &scope).await?))
}

/// Sets the limit; setting it twice is setting it once.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/spending-limit", tag = "budgets",
    request_body = SetSpendingLimit, responses((status = 200, body = BudgetView)))]
pub(super) async fn set(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<LimitSpending>,
    session::Json(ask): session::Json<SetSpendingLimit>,
) -> Answered<BudgetView> {
    Ok(Json(budgets::set_spending_limit(&db, &scope, ask, now).await?))
}

/// Takes the limit away; taking it away twice is taking it away once.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/spending-limit", tag = "budgets",
    responses((status = 204, description = "Only the wallet and other budgets limit the organisation")))]
pub(super) async fn remove(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<LimitSpending>,
) -> Result<StatusCode, Refused> {
    budgets::remove_spending_limit(&db, &scope, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
