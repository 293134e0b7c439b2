//! One project: its budget, and who may launch in it.

use std::collections::BTreeMap;

use axum::response::Response;
use domain::{
    Error,
    access::policy::{ManageProjects, ReadMembers, ReadOrganisation},
    organisations,
};
use leptos::prelude::*;
use messages::say;
use session::{Form as Sent, Path, Refused};
use types::{BudgetSubject, MemberView, ProjectId, ProjectView, SetProjectMembers, UserId};

use super::super::budget::{self, Found, Returned};
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Form, Heading, check, ident},
};

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
    returned: Returned,
) -> AnyView {
    let words = room.words();
    let action = room.href(&format!("{}/budget", address(project.id)));
    let heading = Heading::new(project.name.clone()).beneath(say!(words, "project-beneath"));
    let people = people(room, project, members, chosen);
    view! { {heading.view()}<div class="split">{budget::card(words, action, found, returned)}{people}</div> }.into_any()
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
