//! The projects, how far the budget of each is used, and a new one.

pub(crate) mod closing;
pub(crate) mod one;

use axum::response::{IntoResponse, Response};
use domain::{
    access::policy::{ManageProjects, ReadBalance, ReadOrganisation},
    budgets,
    commands::Command,
    organisations,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Refused};
use types::{BudgetSubject, BudgetView, MakeProject, ProjectView};

use super::budget;
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Column, Field, Form, Heading, Row, Table, Tone, both, cover, ident, pill, text},
    screens::asked::{is_said_here, notice, problem},
};

/// What the form of a new one sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    idempotency_key: String,
    name: String,
}

type Returned = Option<(Wanted, Refused)>;

/// All of them.
pub(crate) async fn show(room: Room<ReadOrganisation>) -> Result<Page, Refused> {
    page(&room, None).await
}

/// Makes one.
pub(crate) async fn make(room: Room<ManageProjects>, Sent(sent): Sent<Wanted>) -> Result<Response, Refused> {
    let words = room.words();
    let ask = MakeProject { name: sent.name.clone() };
    let outcome = async {
        let command = Command::new(&sent.idempotency_key, "make_project", &ask)?;
        organisations::make_project(&room.portal.db, &room.scope, ask, command, room.now).await
    };
    match outcome.await.map_err(Refused::from) {
        Ok(project) => {
            let flash = Flash::done(say!(words, "project-made", name = project.name.as_str()));
            Ok(room.redirect(&one::address(project.id), flash.then(say!(words, "project-made-means"))))
        }
        Err(refused) if is_said_here(&refused) => {
            let status = refused.status();
            Ok(page(&room.with()?, Some((sent, refused))).await?.with_status(status).into_response())
        }
        Err(refused) => Err(refused),
    }
}

async fn page(room: &Room<ReadOrganisation>, returned: Returned) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let projects = organisations::list_projects_in(&tx, &room.scope).await?.items;
    let budgets = match room.seat.prove::<ReadBalance>() {
        Ok(scope) => Some(budgets::list_budgets_in(&tx, &scope).await?.items),
        Err(_) => None,
    };
    let shell = room.shell_in(&tx, Way::Projects).await?;
    Ok(room.page(shell, Way::Projects, || view(room, projects, budgets, returned)))
}

fn view(
    room: &Room<ReadOrganisation>,
    projects: Vec<ProjectView>,
    budgets: Option<Vec<BudgetView>>,
    returned: Returned,
) -> AnyView {
    let words = room.words();
    let columns = vec![Column::new(say!(words, "project")), Column::wide(say!(words, "budget"))];
    let row = |project: ProjectView| row(room, project, budgets.as_deref());
    let rows = projects.into_iter().map(row).collect();
    let table = Table::new(say!(words, "nav-projects"), columns).rows(rows).view();
    let new = room.seat.may::<ManageProjects>().then(|| new_form(room, returned));
    let heading = Heading::new(say!(words, "nav-projects")).beneath(say!(words, "projects-beneath"));
    view! { {heading.view()}{Card::plain().flush(table)}{new} }.into_any()
}

fn row(room: &Room<ReadOrganisation>, project: ProjectView, budgets: Option<&[BudgetView]>) -> Row {
    let words = room.words();
    let manages = room.seat.may::<ManageProjects>();
    let name = match manages {
        true => cover(room.href(&one::address(project.id)), project.name),
        false => view! { <bdi class="strong">{project.name}</bdi> }.into_any(),
    };
    let of = |budget: &&BudgetView| budget.subject == BudgetSubject::Project(project.id);
    let budget = match budgets.map(|budgets| budgets.iter().find(of)) {
        _ if project.closed_at.is_some() => pill(Tone::Idle, say!(words, "project-is-closed")),
        None => text(String::new()),
        Some(None) => text(say!(words, "budget-without")),
        Some(Some(budget)) => both(budget::bar(budget), text(budget::said(words, budget))),
    };
    let row = Row::new(vec![both(name, ident(project.slug)), budget]);
    if manages { row.goes() } else { row }
}

fn new_form(room: &Room<ReadOrganisation>, returned: Returned) -> AnyView {
    let words = room.words();
    let (sent, refused) = returned.map_or((Wanted::default(), None), |(sent, refused)| (sent, Some(refused)));
    let name = Field::text("name", say!(words, "project-name")).value(sent.name).required().autocomplete("off");
    let name = name.hint(say!(words, "project-name-hint")).error(problem(words, refused.as_ref(), "name"));
    let fields = view! { {name.view()}<div>{Button::new(say!(words, "project-make")).primary().submit()}</div> };
    let form = Form::post(room.href(Way::Projects.path())).once(room.key()).around(fields.into_any());
    let body = view! { <div class="stack">{notice(words, refused.as_ref())}{form}</div> };
    Card::titled(say!(words, "project-new")).id("new").body(body.into_any())
}
