//! `/organisations/{organisation}/budgets`: what projects, members and tokens may spend.

use axum::{Json, extract::State as Shared, http::StatusCode};
use domain::{
    access::policy::{ManageProjects, ReadBalance},
    budgets,
};
use session::{Allowed, Now, Path, Portal, Refused};
use types::{BudgetId, BudgetView, List, SetBudget};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's budgets, and how far each is used.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/budgets", tag = "budgets",
    responses((status = 200, body = List<BudgetView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
) -> Answered<List<BudgetView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(budgets::list_budgets_in(&tx, &scope).await?))
}

/// Sets the budget of a project or a member; setting it twice is setting it once.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/budgets", tag = "budgets",
    request_body = SetBudget, responses((status = 200, body = BudgetView)))]
pub(super) async fn set(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    session::Json(ask): session::Json<SetBudget>,
) -> Answered<BudgetView> {
    Ok(Json(budgets::set_budget(&db, &scope, ask, now).await?))
}

/// Takes a budget away.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/budgets/{budget}", tag = "budgets",
    responses((status = 204, description = "Nothing limits its project or member any more")))]
pub(super) async fn remove(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    Path(one): Path<InOrganisation<BudgetId>>,
) -> Result<StatusCode, Refused> {
    budgets::remove_budget(&db, &scope, one.id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
