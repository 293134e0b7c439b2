//! The catalogue and the launch on one page: workload, GPU, name, storage; beside them what it would do and cost.

mod gpus;
mod missing;
mod storage;
mod summary;

pub(crate) use gpus::{free, price, what_it_is};

use axum::response::{IntoResponse, Response};
use domain::{
    Tx,
    access::policy::{LaunchInstances, ReadInstances, ReadOrganisation},
    catalogue,
    commands::Command,
    instances, organisations,
    volumes::{self, StorageTerms},
};
use frontend::LaunchSummary;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Query, Refused};
use types::{
    FlavourId, FlavourView, LaunchInstance, LaunchPlan, PlanLaunch, ProjectId, ProjectView, TemplateView, VerdictWord,
    VolumeView,
};

use crate::{
    Flash, Page, Room, Way,
    components::{Banner, Card, Choice, Field, Heading, Select, Tone, banner, choices, hidden},
    screens::asked::problem,
};

/// What is chosen: by the address before the launch, by the form with it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    flavour: Option<String>,
    units: Option<String>,
    template: Option<String>,
    project: Option<String>,
    #[serde(default)]
    name: String,
    /// One that is there, and one that is to be made; empty for none.
    #[serde(default)]
    volume: String,
    #[serde(default)]
    volume_name: String,
    #[serde(default)]
    volume_size: String,
    idempotency_key: Option<String>,
}

/// What the page shows.
struct Shown {
    flavours: Vec<FlavourView>,
    templates: Vec<TemplateView>,
    /// Those in which the reader may launch.
    projects: Vec<ProjectView>,
    /// Who adds the reader to one, by name, where they are in none.
    to_ask: Vec<String>,
    /// Those of the projects that nothing mounts.
    volumes: Vec<VolumeView>,
    terms: StorageTerms,
    chosen: Chosen,
    /// Units of the chosen flavour.
    units: u32,
    plan: Option<LaunchPlan>,
    refused: Option<Refused>,
}

/// The page for what the address chooses.
pub(crate) async fn show(room: Room<LaunchInstances>, Query(chosen): Query<Chosen>) -> Result<Page, Refused> {
    page(&room, chosen, None).await
}

/// Launches, and follows the instance on its page.
pub(crate) async fn launch(room: Room<LaunchInstances>, Sent(chosen): Sent<Chosen>) -> Result<Response, Refused> {
    let outcome = match ask(&chosen) {
        Ok(ask) => {
            let key = chosen.idempotency_key.clone().unwrap_or_else(|| room.key());
            let command = Command::new(&key, "launch_instance", &ask)?;
            instances::launch_instance(&room.portal.db, &room.scope, ask, command, room.now).await
        }
        Err(error) => Err(error),
    };
    let words = room.words();
    match outcome {
        Ok(view) => {
            let flash = Flash::done(say!(words, "did-launch", name = view.name.as_str()));
            let flash = flash.then(say!(words, "did-launch-means"));
            Ok(room.redirect(&format!("/instances/{}", view.id), flash))
        }
        Err(error) => {
            let refused = Refused::from(error);
            let status = refused.status();
            Ok(page(&room, chosen, Some(refused)).await?.with_status(status).into_response())
        }
    }
}

/// The form's fields as the request that they make.
fn ask(chosen: &Chosen) -> domain::Result<LaunchInstance> {
    let unknown = |field| domain::Error::Invalid { field, rule: domain::Rule::Known };
    let id = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(LaunchInstance {
        project: id(&chosen.project).parse::<ProjectId>().map_err(|_| unknown("project"))?,
        name: chosen.name.trim().to_owned(),
        flavour: id(&chosen.flavour).parse::<FlavourId>().map_err(|_| unknown("flavour"))?,
        units: units_of(chosen),
        template: id(&chosen.template),
        environment: Default::default(),
        volumes: storage::volume(chosen)?.into_iter().collect(),
        new_volume: storage::new_volume(chosen),
    })
}

fn units_of(chosen: &Chosen) -> u32 {
    chosen.units.as_deref().and_then(|text| text.trim().parse().ok()).unwrap_or(1)
}

async fn page(room: &Room<LaunchInstances>, chosen: Chosen, refused: Option<Refused>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shown = load(room, &tx, chosen, refused).await?;
    let shell = room.shell_in(&tx, Way::Launch).await?;
    Ok(room.page(shell, Way::Launch, || view(room, shown)))
}

async fn load(
    room: &Room<LaunchInstances>,
    tx: &Tx,
    mut chosen: Chosen,
    refused: Option<Refused>,
) -> Result<Shown, Refused> {
    let projects = organisations::list_open_projects_in(tx, &room.scope).await?.items;
    let named = |project: &&ProjectView| chosen.project.as_deref() == Some(project.id.to_string().as_str());
    let project = projects.iter().find(named).or_else(|| projects.first()).map(|project| project.id);
    chosen.project = project.map(|id| id.to_string());
    let flavours = match project {
        Some(project) => catalogue::list_launchable_in(tx, &room.scope, project).await?.items,
        None => catalogue::list_flavours_in(tx, &room.seat.prove::<ReadOrganisation>()?).await?.items,
    };
    let to_ask = if projects.is_empty() { missing::managers_in(room, tx).await? } else { Vec::new() };
    let templates = catalogue::list_templates();
    let asked = chosen.flavour.as_deref().and_then(|id| id.parse::<FlavourId>().ok());
    let flavour =
        asked.and_then(|id| flavours.iter().find(|flavour| flavour.id == id)).or_else(|| recommended(&flavours));
    chosen.flavour = flavour.map(|flavour| flavour.id.to_string());
    let known = |slug: &String| templates.iter().any(|template| template.slug == *slug);
    let first = || templates.first().map(|template| template.slug.clone());
    chosen.template = chosen.template.filter(known).or_else(first);
    let units = units_of(&chosen).clamp(1, flavour.map_or(1, |flavour| flavour.max_units.max(1)));
    let among: Vec<_> = projects.iter().map(|project| project.id).collect();
    let volumes = volumes::mountable_in(tx, &room.scope, &among).await?;
    let terms = volumes::storage_terms_in(tx, &room.seat.prove::<ReadInstances>()?).await?;
    let plan = match flavour.zip(project) {
        Some((flavour, project)) => {
            let (flavour, project) = (flavour.id, Some(project));
            // What was refused is planned as it was asked for: the summary says why it would be again.
            let volumes = match &refused {
                Some(_) => storage::volume(&chosen).ok().flatten().into_iter().collect(),
                None => storage::shown(&chosen, &volumes),
            };
            let new_volume = storage::new_volume(&chosen);
            let ask = PlanLaunch { flavour, units, project, volumes, new_volume };
            Some(catalogue::plan_launch_in(tx, &room.scope, &ask).await?)
        }
        None => None,
    };
    Ok(Shown { flavours, templates, projects, to_ask, volumes, terms, chosen, units, plan, refused })
}

/// The cheapest that would start now, else the first of the list.
fn recommended(flavours: &[FlavourView]) -> Option<&FlavourView> {
    let starts = |flavour: &&FlavourView| flavour.verdict.as_ref().is_some_and(|v| v.word == VerdictWord::Now);
    let price = |flavour: &&FlavourView| flavour.per_hour.map_or(i64::MAX, |price| price.micros);
    flavours.iter().filter(starts).min_by_key(price).or_else(|| flavours.first())
}

fn view(room: &Room<LaunchInstances>, shown: Shown) -> AnyView {
    let words = room.words();
    let heading = Heading::new(say!(words, "launch-title")).beneath(say!(words, "launch-beneath")).view();
    let told = shown.refused.as_ref().map(|refused| {
        let said = words.refusal(&refused.refusal());
        banner(Banner { tone: Tone::Bad, title: said.message, words: Some(said.hint), action: None })
    });
    if let Some(empty) = missing::something(room, &shown) {
        return view! { {heading}{told}{Card::plain().flush(empty.view())} }.into_any();
    }
    let plan = format!("/api/v1/organisations/{}/launch-plan", room.seat.slug());
    let summary = summary::view(room, &shown);
    let form = view! {
        <form class="split" method="post" action=room.href("/launch") data-launch="">
            {hidden("idempotency_key", room.key())}
            <div class="stack">
                {workload(words, &shown)}{gpus::view(words, &shown)}{naming(words, &shown)}{storage::view(words, &shown)}
            </div>
            {summary}
        </form>
    };
    view! { {heading}{told}<LaunchSummary plan=plan>{form}</LaunchSummary> }.into_any()
}

fn workload(words: &Words, shown: &Shown) -> AnyView {
    let card = |template: &TemplateView| Choice {
        value: template.slug.clone(),
        words: template.name.clone(),
        note: serves(words, template),
        chosen: shown.chosen.template.as_deref() == Some(template.slug.as_str()),
        open: true,
    };
    let cards = shown.templates.iter().map(card).collect();
    Card::titled(say!(words, "launch-workload")).step(1).body(choices(
        "template",
        say!(words, "launch-workload"),
        cards,
    ))
}

fn serves(words: &Words, template: &TemplateView) -> String {
    let ports = template.ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    match ports.is_empty() {
        true => say!(words, "serves-nothing"),
        false => say!(words, "serves-ports", ports = ports),
    }
}

fn naming(words: &Words, shown: &Shown) -> AnyView {
    let error_of = |field: &str| problem(words, shown.refused.as_ref(), field);
    let name = Field::text("name", say!(words, "launch-name-label"))
        .value(shown.chosen.name.as_str())
        .hint(say!(words, "launch-name-hint"))
        .placeholder("protein-folding-1")
        .autocomplete("off")
        .error(error_of("name"))
        .required();
    let project = Select {
        name: "project".to_owned(),
        label: say!(words, "project"),
        options: shown.projects.iter().map(|project| (project.id.to_string(), project.name.clone())).collect(),
        chosen: shown.chosen.project.clone().unwrap_or_default(),
        hint: None,
        error: error_of("project"),
    };
    let fields = view! { <div class="grid-2">{name.view()}{project.view()}</div> };
    Card::titled(say!(words, "launch-name")).step(3).body(fields.into_any())
}

/// How many, in a small field.
fn count_field(words: &Words, shown: &Shown) -> AnyView {
    let most = shown.flavours.iter().map(|flavour| flavour.max_units).max().unwrap_or(1);
    view! {
        <label class="row sm"><span>{say!(words, "units")}</span>
            <input class="input units" type="number" name="units" min="1" max=most.to_string() value=shown.units.to_string() /></label>
    }
    .into_any()
}
