//! `/organisations/{organisation}/dunning` and `/staff/dunning`: what is overdue, which step comes when, and letting it
//! rest.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{CloseBilling, ReadBalance, ReadInvoices},
    dunning,
};
use session::{Allowed, Key, Now, Portal, Query, Staff};
use types::{Cursor, DunningCase, DunningView, List, PauseDunning, ResumeDunning};

use super::{Answered, rehearsal::Writes};

/// The steps as they are published, and how far the organisation stands on them.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/dunning", tag = "dunning",
    responses((status = 200, body = DunningView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
) -> Answered<DunningView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(dunning::dunning_in(&tx, &scope).await?))
}

/// Lets the steps rest up to a day: none is taken, and no start is refused because of them.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/dunning/pause", tag = "dunning",
    request_body = PauseDunning, responses((status = 200, body = DunningView)))]
pub(super) async fn pause(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<PauseDunning>,
) -> Answered<DunningView> {
    let command = key.command("pause_dunning", &ask)?;
    Ok(Json(dunning::pause_dunning(&db, &scope, &ask, command, now).await?))
}

/// Lets them go on before the end of their rest.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/dunning/resume", tag = "dunning",
    request_body = ResumeDunning, responses((status = 200, body = DunningView)))]
pub(super) async fn resume(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseBilling>,
    key: Key,
    session::Json(ask): session::Json<ResumeDunning>,
) -> Answered<DunningView> {
    let command = key.command("resume_dunning", &ask)?;
    Ok(Json(dunning::resume_dunning(&db, &scope, &ask, command, now).await?))
}

/// Everybody with something overdue, the longest first.
#[utoipa::path(get, path = "/api/v1/staff/dunning", tag = "dunning",
    params(("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<DunningCase>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInvoices>,
    Query(page): Query<Cursor>,
) -> Answered<List<DunningCase>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(dunning::list_cases(&open, &survey, &page).await?))
}
