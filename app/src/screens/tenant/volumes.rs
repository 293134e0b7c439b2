//! Volumes: storage that outlives instances, and making another.

pub(crate) mod one;

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{LaunchInstances, ReadInstances},
    commands::Command,
    organisations,
    volumes::{self, StorageTerms},
};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Query, Refused};
use types::{Cursor, List, MakeVolume, ProjectId, ProjectView, VolumePhase, VolumeView};

use crate::{
    Flash, Page, Room, Way,
    components::{
        Button, Card, Column, Empty, Field, Form, Heading, Row, Select, Table, Tone, amount, both, cover, pages, pill,
        refused as refused_button, text, time,
    },
    screens::asked::{is_said_here, problem, told, whole},
};

/// The largest volume, in gigabytes.
const MOST_GB: u32 = 10_000;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    project: String,
    name: String,
    size_gb: String,
    idempotency_key: String,
}

/// What the page shows.
struct Shown {
    list: List<VolumeView>,
    /// Those in which the reader may make one.
    projects: Vec<ProjectView>,
    terms: StorageTerms,
    is_first: bool,
    returned: Option<(Wanted, Refused)>,
}

/// The list with the form.
pub(crate) async fn show(room: Room<ReadInstances>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    page(&room, asked, None).await
}

/// Makes one, and leads to it.
pub(crate) async fn make(room: Room<LaunchInstances>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    match made(&room, &sent).await {
        Ok(volume) => {
            let words = room.words();
            let flash = Flash::done(say!(words, "volume-made", name = volume.name.as_str()));
            let flash = flash.then(say!(words, "volume-made-means"));
            Ok(room.redirect(&format!("/volumes/{}", volume.id), flash))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page(&room.with()?, Asked::default(), Some((sent, refused))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn made(room: &Room<LaunchInstances>, sent: &Wanted) -> Result<VolumeView, Refused> {
    let unknown = domain::Error::Invalid { field: "project", rule: domain::Rule::Known };
    let ask = MakeVolume {
        project: sent.project.parse::<ProjectId>().map_err(|_| unknown)?,
        name: sent.name.trim().to_owned(),
        size_gb: whole("size_gb", &sent.size_gb, MOST_GB)?,
    };
    let command = Command::new(&sent.idempotency_key, "make_volume", &ask)?;
    Ok(volumes::make_volume(&room.portal.db, &room.scope, ask, command, room.now).await?)
}

async fn page(room: &Room<ReadInstances>, asked: Asked, returned: Option<(Wanted, Refused)>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let is_first = asked.cursor.is_none();
    let page = Cursor { cursor: asked.cursor, limit: None };
    let list = volumes::list_volumes_in(&tx, &room.scope, &page).await?;
    let projects = match room.seat.prove::<LaunchInstances>() {
        Ok(scope) => organisations::list_open_projects_in(&tx, &scope).await?.items,
        Err(_) => Vec::new(),
    };
    let terms = volumes::storage_terms_in(&tx, &room.scope).await?;
    let shell = room.shell_in(&tx, Way::Volumes).await?;
    let shown = Shown { list, projects, terms, is_first, returned };
    Ok(room.page(shell, Way::Volumes, || view(room, shown)))
}

fn view(room: &Room<ReadInstances>, shown: Shown) -> AnyView {
    let words = room.words();
    let Shown { list, projects, terms, is_first, returned } = shown;
    let heading = Heading::new(say!(words, "nav-volumes")).beneath(say!(words, "volumes-beneath"));
    view! {
        {heading.view()}
        {above(words, returned.as_ref().map(|(_, refused)| refused), &["name", "size_gb", "units", "project"])}
        <div class="split">{table(room, list, is_first)}<aside>{form(room, projects, terms, returned)}</aside></div>
    }
    .into_any()
}

fn form(
    room: &Room<ReadInstances>,
    projects: Vec<ProjectView>,
    terms: StorageTerms,
    returned: Option<(Wanted, Refused)>,
) -> AnyView {
    let words = room.words();
    let card = Card::titled(say!(words, "volume-make"));
    let why_not = match (projects.is_empty(), terms.per_gb) {
        (true, _) if !room.seat.may::<LaunchInstances>() => Some(crate::refused::lacking(words, "LaunchInstances")),
        (true, _) => Some(say!(words, "volume-no-project")),
        (false, None) => Some(say!(words, "volume-no-price")),
        (false, Some(_)) => None,
    };
    if let Some(why) = why_not {
        let button = refused_button("volume-who", say!(words, "volume-make"), why.clone());
        return card.body(view! { <p class="sm soft">{why}</p>{button} }.into_any());
    }
    let (sent, refused) = returned.map_or_else(Default::default, |(sent, refused)| (sent, Some(refused)));
    let name = Field::text("name", say!(words, "volume-name"))
        .value(sent.name)
        .hint(say!(words, "volume-name-hint"))
        .placeholder("datasets")
        .autocomplete("off")
        .error(problem(words, refused.as_ref(), "name"))
        .required();
    let size = Field::amount("size_gb", say!(words, "volume-size"))
        .value(sent.size_gb)
        .unit(say!(words, "volume-unit"))
        .hint(say!(words, "volume-size-hint"))
        .error(too_much(words, refused.as_ref()))
        .required();
    let project = Select {
        name: "project".to_owned(),
        label: say!(words, "project"),
        options: projects.into_iter().map(|project| (project.id.to_string(), project.name)).collect(),
        chosen: sent.project,
        hint: None,
        error: problem(words, refused.as_ref(), "project"),
    };
    let fields = view! {
        <p class="sm">{terms.per_gb.map(|price| say!(words, "volume-price", rate = words.per_hour(price)))}</p>
        <p class="sm soft">{say!(words, "volume-make-means", span = words.span_brief(terms.lifeboat_s))}</p>
        {name.view()}{size.view()}{project.view()}
        <div>{Button::new(say!(words, "volume-make")).primary().submit()}</div>
    };
    card.body(Form::post(room.href("/volumes")).once(room.key()).around(fields.into_any()))
}

fn table(room: &Room<ReadInstances>, list: List<VolumeView>, is_first: bool) -> AnyView {
    let words = room.words();
    if list.items.is_empty() {
        let (title, words) = (say!(words, "volumes-none"), say!(words, "volumes-none-means"));
        return Card::plain().flush(Empty { title, words, next: None }.view());
    }
    let columns = vec![
        Column::new(say!(words, "volume")),
        Column::new(say!(words, "volume-state")),
        Column::new(say!(words, "volume-mounted-by")),
        Column::end(say!(words, "volume-size")),
        Column::new(say!(words, "volume-made-on")),
    ];
    let older = list.next_cursor.map(|cursor| {
        let query = serde_urlencoded::to_string([("cursor", cursor)]).unwrap_or_default();
        (say!(words, "older"), room.href(&format!("/volumes?{query}")))
    });
    let newer = (!is_first).then(|| (say!(words, "newer"), room.href("/volumes")));
    let more = older.is_some() || newer.is_some();
    let rows = list.items.iter().map(|volume| row(room, volume)).collect();
    let pages = pages(say!(words, "nav-volumes"), newer, older);
    let card = if more { Card::plain().foot(pages) } else { Card::plain() };
    card.flush(Table::new(say!(words, "nav-volumes"), columns).rows(rows).view())
}

fn row(room: &Room<ReadInstances>, volume: &VolumeView) -> Row {
    let words = room.words();
    let name = cover(room.href(&format!("/volumes/{}", volume.id)), volume.name.as_str());
    let mounted = volume.instance_name.clone().unwrap_or_else(|| say!(words, "volume-mounted-by-none"));
    Row::new(vec![
        both(name, text(volume.project_name.as_str())),
        state(words, volume),
        text(mounted),
        amount(size(words, volume.size_gb)),
        time(volume.made_at, words.date(volume.made_at)),
    ])
    .goes()
}

/// So many gigabytes, each of 2³⁰ bytes.
pub(in crate::screens) fn size(words: &Words, gigabytes: u32) -> String {
    say!(words, "gibibytes", number = words.count(gigabytes.into()))
}

/// What to say above the forms of a refusal that is about none of the fields `beside` which it is said.
fn above(words: &Words, refused: Option<&Refused>, beside: &[&str]) -> Option<AnyView> {
    let is_beside = |refused: &&Refused| refused.refusal().field.is_some_and(|field| beside.contains(&field.as_str()));
    refused.filter(|refused| !is_beside(refused)).map(|refused| told(words, refused))
}

/// What to say beside the size; what a quota has left is counted in units.
fn too_much(words: &Words, refused: Option<&Refused>) -> Option<String> {
    problem(words, refused, "size_gb").or_else(|| problem(words, refused, "units"))
}

/// Where it stands, as a pill.
fn state(words: &Words, volume: &VolumeView) -> AnyView {
    if volume.deleted_at.is_some() {
        return pill(Tone::Idle, words.volume_phase(VolumePhase::Deleted));
    }
    if volume.frozen_at.is_some() {
        return pill(Tone::Bad, say!(words, "volume-frozen"));
    }
    let tone = match volume.phase {
        VolumePhase::Bound => Tone::Good,
        VolumePhase::Requested | VolumePhase::Pending | VolumePhase::Resizing => Tone::Warn,
        VolumePhase::Lost => Tone::Bad,
        VolumePhase::Deleting | VolumePhase::Deleted => Tone::Idle,
    };
    pill(tone, words.volume_phase(volume.phase))
}
