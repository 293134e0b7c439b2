//! `/catalogue`: what can be launched, for everybody and as one organisation sees it, and whether a launch would start.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{LaunchInstances, ReadOrganisation},
    catalogue,
};
use messages::Words;
use serde::{Deserialize, Serialize};
use session::{Allowed, Now, Portal, Query, Reader};
use types::{AskVerdict, Currency, FlavourView, LaunchPlan, List, Patch, PlanLaunch, TemplateView, Verdict};

use super::Answered;

/// In which currency prices are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct InCurrency {
    currency: Option<Currency>,
}

/// Everything that can be launched, with public prices and free counts.
#[utoipa::path(get, path = "/api/v1/catalogue", tag = "catalogue", security(()),
    params(("currency" = Option<Currency>, Query, description = "MAD where nothing is said")),
    responses((status = 200, body = List<FlavourView>)))]
pub(super) async fn public(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Query(asked): Query<InCurrency>,
) -> Answered<List<FlavourView>> {
    let open = portal.db.public(now).await?;
    Ok(Json(catalogue::list_public_in(&open, asked.currency.unwrap_or(Currency::Mad)).await?))
}

/// The software that an instance can start with.
#[utoipa::path(get, path = "/api/v1/templates", tag = "catalogue", security(()),
    responses((status = 200, body = List<TemplateView>)))]
pub(super) async fn templates() -> Json<List<TemplateView>> {
    Json(List { items: catalogue::list_templates(), next_cursor: None })
}

/// Everything that can be launched, with the organisation's prices, quotas and verdicts.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/catalogue", tag = "catalogue",
    responses((status = 200, body = List<FlavourView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadOrganisation>,
) -> Answered<List<FlavourView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(catalogue::list_flavours_in(&tx, &scope).await?))
}

/// Whether a launch would start now, why not, and what would.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/catalogue/verdict", tag = "catalogue",
    params(("flavour" = types::FlavourId, Query), ("units" = u32, Query),
        ("project" = Option<types::ProjectId>, Query)),
    responses((status = 200, body = Verdict)))]
pub(super) async fn verdict(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<LaunchInstances>,
    Query(ask): Query<AskVerdict>,
) -> Answered<Verdict> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(catalogue::quote_in(&tx, &scope, ask).await?.verdict))
}

/// Which software the page has chosen; it is part of the words alone.
#[derive(Debug, Deserialize)]
pub(super) struct WithTemplate {
    #[serde(default)]
    template: String,
}

/// A plan, and the same in words for the page that asks for it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct PlanAnswer {
    #[serde(flatten)]
    plan: LaunchPlan,
    /// In the reader's language; programs need not read it.
    text: Patch,
}

/// What a launch would do and cost: whether it starts, its price, what is set aside, how long the balance lasts.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/launch-plan", tag = "catalogue",
    params(("flavour" = types::FlavourId, Query), ("units" = u32, Query),
        ("project" = Option<types::ProjectId>, Query), ("template" = Option<String>, Query)),
    responses((status = 200, body = PlanAnswer)))]
pub(super) async fn plan(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<LaunchInstances>,
    reader: Reader,
    Query(ask): Query<PlanLaunch>,
    Query(chosen): Query<WithTemplate>,
) -> Answered<PlanAnswer> {
    let tx = portal.db.look(&scope, now).await?;
    let plan = catalogue::plan_launch_in(&tx, &scope, ask).await?;
    let words: Words = crate::http::events::words(&reader, seat.person());
    let text = app::live::launch_patch(&words, &plan, &seat, &chosen.template, now);
    Ok(Json(PlanAnswer { plan, text }))
}
