//! One project: what it is called, its budget, and who may launch in it.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use domain::{
    Error,
    access::policy::{ManageProjects, ReadMembers, ReadOrganisation},
    organisations,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{BudgetSubject, MemberView, ProjectId, ProjectView, RenameProject, SetProjectMembers, UserId};

use super::super::budget::{self, Found, Returned};
use super::closing;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Field, Form, Heading, Tone, check, ident, pill},
    screens::asked::{is_said_here, notice, problem, told},
};

/// What the form of another name sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Named {
    name: String,
}

/// The name that was sent, and why it cannot be taken.
type Unnamed = Option<(Named, Refused)>;

/// The page's address inside the organisation.
pub(in crate::screens::tenant) fn address(project: ProjectId) -> String {
    format!("{}/{project}", Way::Projects.path())
}

/// The page.
pub(crate) async fn show(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
) -> Result<Page, Refused> {
    page(&room, project, None).await
}

/// Gives it another name.
pub(crate) async fn rename(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
    Sent(sent): Sent<Named>,
) -> Result<Response, Refused> {
    let ask = RenameProject { name: sent.name.clone() };
    let outcome = organisations::rename_project(&room.portal.db, &room.scope, project, ask, room.now).await;
    match outcome.map_err(Refused::from) {
        Ok(renamed) => {
            let done = Flash::done(say!(room.words(), "project-renamed", name = renamed.name.as_str()));
            Ok(room.redirect(&address(project), done))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            let page = page_with(&room, project, (None, Some((sent, refused)))).await?;
            Ok(page.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

/// Says who may launch in it: a tick for each member, none for all.
pub(crate) async fn set_members(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
    Sent(sent): Sent<BTreeMap<String, String>>,
) -> Result<Response, Refused> {
    let words = room.words();
    let members = sent.keys().filter_map(|name| name.parse::<UserId>().ok()).collect::<Vec<_>>();
    let flash = Flash::done(match members.is_empty() {
        true => say!(words, "project-open"),
        false => say!(words, "project-for", n = members.len()),
    });
    let ask = SetProjectMembers { project, members };
    organisations::set_project_members(&room.portal.db, &room.scope, ask, room.now).await?;
    Ok(room.redirect(&address(project), flash))
}

/// The page, with a budget's form that came back.
pub(in crate::screens::tenant) async fn page(
    room: &Room<ManageProjects>,
    project: ProjectId,
    returned: Returned,
) -> Result<Page, Refused> {
    page_with(room, project, (returned, None)).await
}

async fn page_with(
    room: &Room<ManageProjects>,
    project: ProjectId,
    returned: (Returned, Unnamed),
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let readers = room.with::<ReadMembers>()?.scope;
    let projects = organisations::list_projects_in(&tx, &room.with::<ReadOrganisation>()?.scope).await?.items;
    let project = projects.into_iter().find(|other| other.id == project).ok_or(Error::NotFound)?;
    let members = organisations::list_members_in(&tx, &readers).await?.items;
    let chosen = organisations::list_project_members_in(&tx, &readers, project.id).await?;
    let found = Found::read_in(room, &tx, BudgetSubject::Project(project.id)).await?;
    let shell = room.shell_in(&tx, Way::Projects).await?;
    drop(tx);
    let name = project.name.clone();
    Ok(room.page_of(shell, Way::Projects, &name, || view(room, &project, (members, &chosen), found, returned)))
}

fn view(
    room: &Room<ManageProjects>,
    project: &ProjectView,
    (members, chosen): (Vec<MemberView>, &[UserId]),
    found: Found,
    (returned, unnamed): (Returned, Unnamed),
) -> AnyView {
    let words = room.words();
    let heading = Heading::new(project.name.clone());
    if let Some(at) = project.closed_at {
        let heading = heading.beside(pill(Tone::Idle, say!(words, "project-is-closed")));
        // The form of its budget is no longer on the page.
        let refused = returned.map(|(_, refused)| told(words, &refused));
        let content =
            view! { {heading.view()}{refused}{closing::ended(room, project, at)}{naming(room, project, unnamed)} };
        return content.into_any();
    }
    let action = room.href(&format!("{}/budget", address(project.id)));
    let heading = heading.beneath(say!(words, "project-beneath"));
    let left = view! { <div class="stack">{budget::card(words, action, found, returned)}{naming(room, project, unnamed)}</div> };
    let people = people(room, project, members, chosen);
    let right = view! { <div class="stack">{people}{closing::way(room, project.id)}</div> };
    view! { {heading.view()}<div class="split">{left}{right}</div> }.into_any()
}

fn naming(room: &Room<ManageProjects>, project: &ProjectView, unnamed: Unnamed) -> AnyView {
    let words = room.words();
    let first = Named { name: project.name.clone() };
    let (sent, refused) = unnamed.map_or((first, None), |(sent, refused)| (sent, Some(refused)));
    let name = Field::text("name", say!(words, "project-name")).value(sent.name).required().autocomplete("off");
    let name = name.hint(say!(words, "project-name-hint")).error(problem(words, refused.as_ref(), "name"));
    let fields = view! { {name.view()}<div>{Button::new(say!(words, "project-rename")).submit()}</div> };
    let form = Form::post(room.href(&format!("{}/name", address(project.id)))).around(fields.into_any());
    let body = view! { <div class="stack">{notice(words, refused.as_ref())}{form}</div> };
    Card::titled(say!(words, "project-rename")).body(body.into_any())
}

fn people(room: &Room<ManageProjects>, project: &ProjectView, members: Vec<MemberView>, chosen: &[UserId]) -> AnyView {
    let words = room.words();
    let ticks = members.into_iter().map(|member| {
        let tick = check(&member.user.to_string(), member.name.clone(), chosen.contains(&member.user));
        view! { <div class="row wrap">{tick}<span class="xs faint">{ident(member.email)}</span></div> }
    });
    let fields = view! {
        <fieldset class="stack tight"><legend class="unseen">{say!(words, "project-members")}</legend>{ticks.collect_view()}</fieldset>
        <div>{Button::new(say!(words, "project-members-save")).submit()}</div>
    };
    let form = Form::post(room.href(&format!("{}/members", address(project.id)))).around(fields.into_any());
    let body = view! { <div class="stack"><p class="sm faint">{say!(words, "project-members-mean")}</p>{form}</div> };
    Card::titled(say!(words, "project-members")).body(body.into_any())
}
