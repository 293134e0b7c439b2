//! All instances: what state each is in and why, live.

use domain::{
    access::policy::{LaunchInstances, ReadInstances, ReadOrganisation},
    clusters, instances, organisations,
};
use frontend::Live;
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Query, Refused};
use types::{Cursor, InstanceFilter, InstanceView, List, Phase, ProjectId, ProjectView};

use crate::{
    Page, Room, Way,
    components::{
        Button, Card, Column, Empty, Heading, Icon, Mark, Row, Select, Shell, Table, both, cover, filters, ident,
        live_words, pages, phase, text, time,
    },
    live::{ago, ended, heard, reason},
};

/// Rows of a page.
const ROWS: u16 = 100;

/// What the address asks for; an empty field asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    phase: Option<String>,
    project: Option<String>,
    cursor: Option<String>,
}

impl Asked {
    fn filter(&self) -> InstanceFilter {
        let phase = self.phase.as_deref().and_then(|word| word.parse::<Phase>().ok());
        let project = self.project.as_deref().and_then(|id| id.parse::<ProjectId>().ok());
        InstanceFilter { phase, project }
    }

    fn is_narrow(&self) -> bool {
        self.filter() != InstanceFilter::default() || self.cursor.is_some()
    }
}

/// The list.
pub(crate) async fn show(room: Room<ReadInstances>, Query(asked): Query<Asked>) -> Result<Page, Refused> {
    Ok(InstanceList::read(&room, asked).await?.page(&room))
}

/// Everything that the page shows, read: what is left is rendering, which the benchmark measures alone.
#[derive(Clone)]
pub struct InstanceList {
    asked: Asked,
    projects: Vec<ProjectView>,
    list: List<InstanceView>,
    heard: String,
    shell: Shell,
}

impl InstanceList {
    /// Reads the first page of all instances.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn newest(room: &Room<ReadInstances>) -> Result<Self, Refused> {
        Self::read(room, Asked::default()).await
    }

    async fn read(room: &Room<ReadInstances>, asked: Asked) -> Result<Self, Refused> {
        let tx = room.look().await?;
        let page = Cursor { cursor: asked.cursor.clone(), limit: Some(ROWS) };
        let list = instances::list_instances_in(&tx, &room.scope, asked.filter(), &page).await?;
        let projects = organisations::list_projects_in(&tx, &room.seat.prove::<ReadOrganisation>()?).await?.items;
        let clusters = clusters::heard_in(&tx).await?;
        let heard = heard(room.words(), room.now, &clusters, &list.items.iter().collect::<Vec<_>>());
        let shell = room.shell_in(&tx, Way::Instances).await?;
        Ok(Self { asked, projects, list, heard, shell })
    }

    /// Renders it.
    #[must_use]
    pub fn page(self, room: &Room<ReadInstances>) -> Page {
        let Self { asked, projects, list, heard, shell } = self;
        room.page(shell, Way::Instances, || view(room, &asked, projects, (list, heard)))
    }
}

fn view(
    room: &Room<ReadInstances>,
    asked: &Asked,
    projects: Vec<ProjectView>,
    (list, heard): (List<InstanceView>, String),
) -> AnyView {
    let words = room.words();
    let launch = Button::new(say!(words, "launch-title")).icon(Icon::Plus).primary();
    let launch = room.seat.may::<LaunchInstances>().then(|| launch.to(room.href("/launch")));
    let heading = Heading::new(say!(words, "nav-instances")).beneath(say!(words, "instances-beneath"));
    let heading = heading.actions(launch.into_any());
    let empty = list.items.is_empty();
    let body = match (empty, asked.is_narrow()) {
        (true, false) => none_yet(room),
        (true, true) => none_here(room),
        (false, _) => table(room, asked, list, heard),
    };
    let narrowing = (!empty || asked.is_narrow()).then(|| narrowing(room, asked, projects));
    view! { {heading.view()}{narrowing}{body} }.into_any()
}

fn narrowing(room: &Room<ReadInstances>, asked: &Asked, projects: Vec<ProjectView>) -> AnyView {
    let words = room.words();
    let phases = Phase::ALL.iter().map(|phase| (phase.word().to_owned(), words.phase(*phase)));
    let phases = Select {
        name: "phase".to_owned(),
        label: say!(words, "instance-phase"),
        options: [(String::new(), say!(words, "any-phase"))].into_iter().chain(phases).collect(),
        chosen: asked.phase.clone().unwrap_or_default(),
        hint: None,
        error: None,
    };
    let projects = projects.into_iter().map(|project| (project.id.to_string(), project.name));
    let projects = Select {
        name: "project".to_owned(),
        label: say!(words, "project"),
        options: [(String::new(), say!(words, "any-project"))].into_iter().chain(projects).collect(),
        chosen: asked.project.clone().unwrap_or_default(),
        hint: None,
        error: None,
    };
    let fields = view! { {phases.view()}{projects.view()}{Button::new(say!(words, "filter")).submit()} };
    filters(room.href("/instances"), fields.into_any())
}

fn none_yet(room: &Room<ReadInstances>) -> AnyView {
    let words = room.words();
    let launch = || Button::new(say!(words, "launch-title")).icon(Icon::Plus).primary().to(room.href("/launch"));
    let empty = Empty {
        title: say!(words, "instances-none"),
        words: say!(words, "instances-none-means"),
        next: room.seat.may::<LaunchInstances>().then(launch),
    };
    Card::plain().flush(empty.view())
}

fn none_here(room: &Room<ReadInstances>) -> AnyView {
    let words = room.words();
    let all = Button::new(say!(words, "instances-show-all")).to(room.href("/instances"));
    let title = say!(words, "instances-none-here");
    Card::plain().flush(Empty { title, words: String::new(), next: Some(all) }.view())
}

fn table(room: &Room<ReadInstances>, asked: &Asked, list: List<InstanceView>, heard: String) -> AnyView {
    let words = room.words();
    let ids = list.items.iter().map(|view| view.id.to_string()).collect::<Vec<_>>().join(",");
    let stream = room.href(&format!("/events?topic=instances&ids={ids}"));
    let older = list.next_cursor.map(|cursor| (say!(words, "older"), address(room, asked, Some(cursor))));
    let newer = asked.cursor.is_some().then(|| (say!(words, "newer"), address(room, asked, None)));
    let pages = pages(say!(words, "nav-instances"), newer, older);
    let rows = list.items.iter().map(|view| row(room, view)).collect();
    let table = Table::new(say!(words, "nav-instances"), columns(words)).rows(rows);
    let freshness = live_words(&Mark::of("page", "ago"), heard);
    let card = Card::plain().foot(view! { <span>{freshness}</span>{pages} }.into_any()).flush(table.view());
    view! { <Live stream=stream ago=ago(words) ended=ended(words)>{card}</Live> }.into_any()
}

fn address(room: &Room<ReadInstances>, asked: &Asked, cursor: Option<String>) -> String {
    let pairs = [("phase", asked.phase.clone()), ("project", asked.project.clone()), ("cursor", cursor)];
    let said: Vec<_> = pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    room.href(&format!("/instances?{}", serde_urlencoded::to_string(said).unwrap_or_default()))
}

fn columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new(say!(words, "instance")),
        Column::new(say!(words, "instance-phase")),
        Column::new(say!(words, "instance-gpu")),
        Column::wide(say!(words, "instance-reason-and-next")),
        Column::new(say!(words, "instance-launched")),
    ]
}

fn row(room: &Room<ReadInstances>, view: &InstanceView) -> Row {
    let words = room.words();
    let gpu = say!(words, "units-of", units = view.units, flavour = view.flavour_name.as_str());
    let name = cover(room.href(&format!("/instances/{}", view.id)), view.name.as_str());
    Row::new(vec![
        both(name, text(view.project_name.as_str())),
        phase(words, view.phase, &Mark::of(view.id, "phase")),
        both(view! { <bdi class="nowrap">{gpu}</bdi> }.into_any(), ident(view.cluster.as_str())),
        live_words(&Mark::of(view.id, "reason"), reason(words, view, room.now)),
        time(view.launched_at, words.ago(room.now, view.launched_at)),
    ])
    .goes()
}
