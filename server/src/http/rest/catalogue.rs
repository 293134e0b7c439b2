//! `/catalogue`: what can be launched, for everybody and as one organisation sees it, and whether a launch would start.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{LaunchInstances, ReadOrganisation},
    catalogue,
};
use messages::Words;
use serde::{Deserialize, Serialize};
use session::{Allowed, Now, Portal, Query, Reader};
use types::{
    Currency, FlavourId, FlavourView, LaunchPlan, List, NewVolume, Patch, PlanLaunch, ProjectId, TemplateView, Verdict,
    VolumeId,
};

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

/// A launch that is asked about, as an address says it.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    flavour: FlavourId,
    units: u32,
    #[serde(default)]
    project: Option<ProjectId>,
    /// Ids with commas between them.
    #[serde(default)]
    volumes: String,
    #[serde(default)]
    new_volume_name: Option<String>,
    #[serde(default)]
    new_volume_size_gb: Option<u32>,
}

impl Question {
    fn ask(self) -> domain::Result<PlanLaunch> {
        let wrong = |_| domain::Error::Invalid { field: "volumes", rule: domain::Rule::Form };
        let ids = self.volumes.split(',').map(str::trim).filter(|id| !id.is_empty());
        let volumes = ids.map(str::parse::<VolumeId>).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        // A name without a size, or a size without a name, is a volume that cannot be: the verdict says so.
        let new_volume = match (self.new_volume_name, self.new_volume_size_gb) {
            (None, None) => None,
            (name, size_gb) => Some(NewVolume { name: name.unwrap_or_default(), size_gb: size_gb.unwrap_or_default() }),
        };
        Ok(PlanLaunch { flavour: self.flavour, units: self.units, project: self.project, volumes, new_volume })
    }
}

/// Whether a launch would start now, why not, and what would.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/catalogue/verdict", tag = "catalogue",
    params(("flavour" = types::FlavourId, Query), ("units" = u32, Query),
        ("project" = Option<types::ProjectId>, Query),
        ("volumes" = Option<String>, Query, description = "ids of volumes that it mounts, with commas between them"),
        ("new_volume_name" = Option<String>, Query, description = "name of the volume that is made with it"),
        ("new_volume_size_gb" = Option<u32>, Query, description = "gigabytes of that volume")),
    responses((status = 200, body = Verdict)))]
pub(super) async fn verdict(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<LaunchInstances>,
    Query(question): Query<Question>,
) -> Answered<Verdict> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(catalogue::quote_in(&tx, &scope, &question.ask()?).await?.verdict))
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
        ("project" = Option<types::ProjectId>, Query), ("template" = Option<String>, Query),
        ("volumes" = Option<String>, Query, description = "ids of volumes that it mounts, with commas between them"),
        ("new_volume_name" = Option<String>, Query, description = "name of the volume that is made with it"),
        ("new_volume_size_gb" = Option<u32>, Query, description = "gigabytes of that volume")),
    responses((status = 200, body = PlanAnswer)))]
pub(super) async fn plan(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<LaunchInstances>,
    reader: Reader,
    Query(question): Query<Question>,
    Query(chosen): Query<WithTemplate>,
) -> Answered<PlanAnswer> {
    let tx = portal.db.look(&scope, now).await?;
    let plan = catalogue::plan_launch_in(&tx, &scope, &question.ask()?).await?;
    let words: Words = crate::http::events::words(&reader, seat.person());
    let text = app::live::launch_patch(&words, &plan, &seat, &chosen.template, now);
    Ok(Json(PlanAnswer { plan, text }))
}
