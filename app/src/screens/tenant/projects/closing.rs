//! Closing a project: what will happen and what has to be done before, its word typed once more, and opening it again.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{access::policy::ManageProjects, organisations};
use leptos::prelude::*;
use messages::{Words, say};
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{ProjectClosingView, ProjectId, ProjectView, Timestamp};

use super::one;
use crate::{
    Flash, Page, Room, Way,
    components::{Banner, Button, Card, Confirm, Heading, Tone, amount, banner, facts, number, refused, text},
    flash::see_other,
    screens::asked::is_said_here,
};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    confirm: String,
}

/// What will happen; the project's page where it is closed already.
pub(crate) async fn show(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
) -> Result<Response, Refused> {
    let closing = read(&room, project).await?;
    if closing.project.closed_at.is_some() {
        return Ok(see_other(&room.href(&one::address(project))));
    }
    Ok(page(&room, closing, None).await?.into_response())
}

/// Closes it.
pub(crate) async fn close(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
    Sent(sent): Sent<Typed>,
) -> Result<Response, Refused> {
    let (words, closing) = (room.words(), read(&room, project).await?);
    if sent.confirm.trim() != closing.project.slug {
        let page = page(&room, closing, Some(sent.confirm)).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let outcome = organisations::close_project(&room.portal.db, &room.scope, project, room.now).await;
    match outcome.map_err(Refused::from) {
        Ok(closed) => {
            let done = Flash::done(say!(words, "project-did-close", name = closed.name.as_str()));
            Ok(room.redirect(&one::address(project), done.then(say!(words, "project-did-close-means"))))
        }
        Err(refused) if is_said_here(&refused) => {
            let said = words.refusal(&refused.refusal());
            Ok(room.redirect(&here(project), Flash::refused(said.message).then(said.hint)))
        }
        Err(refused) => Err(refused),
    }
}

/// Opens it again.
pub(crate) async fn open(
    room: Room<ManageProjects>,
    Path((_, project)): Path<(String, ProjectId)>,
) -> Result<Response, Refused> {
    let opened = organisations::open_project(&room.portal.db, &room.scope, project, room.now).await?;
    let done = Flash::done(say!(room.words(), "project-did-open", name = opened.name.as_str()));
    Ok(room.redirect(&one::address(project), done.then(say!(room.words(), "project-did-open-means"))))
}

/// What leads here from the project's page.
pub(super) fn way(room: &Room<ManageProjects>, project: ProjectId) -> AnyView {
    let words = room.words();
    let to = Button::new(say!(words, "project-close-see")).to(room.href(&here(project)));
    let body = view! { <div class="stack tight"><p class="sm soft">{say!(words, "project-close-beneath")}</p><div>{to}</div></div> };
    Card::titled(say!(words, "project-close")).body(body.into_any())
}

/// Since when it is closed, and the way back.
pub(super) fn ended(room: &Room<ManageProjects>, project: &ProjectView, at: Timestamp) -> AnyView {
    let words = room.words();
    let open = Button::new(say!(words, "project-open-again")).primary();
    banner(Banner {
        tone: Tone::Idle,
        title: say!(words, "project-closed-since", at = words.date(at)),
        words: Some(say!(words, "project-closed-means")),
        action: Some(open.post(room.href(&format!("{}/open", one::address(project.id))), ().into_any())),
    })
}

fn here(project: ProjectId) -> String {
    format!("{}/close", one::address(project))
}

async fn read(room: &Room<ManageProjects>, project: ProjectId) -> Result<ProjectClosingView, Refused> {
    let tx = room.look().await?;
    Ok(organisations::project_closing_in(&tx, &room.scope, project).await?)
}

async fn page(
    room: &Room<ManageProjects>,
    closing: ProjectClosingView,
    typed: Option<String>,
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let shell = room.shell_in(&tx, Way::Projects).await?;
    drop(tx);
    let title = say!(room.words(), "project-close-name", name = closing.project.name.as_str());
    Ok(room.page_of(shell, Way::Projects, &title, || view(room, &title, &closing, typed)))
}

fn view(room: &Room<ManageProjects>, title: &str, closing: &ProjectClosingView, typed: Option<String>) -> AnyView {
    let words = room.words();
    let heading = Heading::new(title).beneath(say!(words, "project-close-beneath"));
    let left = view! { <div class="stack">{ends(words, closing)}</div> };
    let right = view! { <div class="stack">{act(room, closing, typed)}{stays(words)}</div> };
    view! { {heading.view()}<div class="split">{left}{right}</div> }.into_any()
}

/// The button behind the word, or what has to be done before.
fn act(room: &Room<ManageProjects>, closing: &ProjectClosingView, typed: Option<String>) -> AnyView {
    let (words, project) = (room.words(), &closing.project);
    let card = Card::titled(say!(words, "project-close"));
    let before = |why: String, next: AnyView| {
        let button = refused("why-not", say!(words, "project-close-it"), why.clone());
        view! { <div class="stack tight"><p>{why}</p><div class="row wrap">{next}{button}</div></div> }.into_any()
    };
    if closing.n_instances > 0 {
        let is_more = i64::try_from(closing.instances.len()).is_ok_and(|told| told < closing.n_instances);
        let told = closing.instances.iter().map(String::as_str).chain(is_more.then_some("…"));
        let names = told.collect::<Vec<_>>().join(&say!(words, "list-and"));
        let why = say!(words, "project-close-holds", n = closing.n_instances, names = names);
        let instances = room.href(&format!("{}?project={}", Way::Instances.path(), project.id));
        return card.body(before(why, Button::new(say!(words, "project-close-instances")).to(instances)));
    }
    if closing.is_last {
        let new = Button::new(say!(words, "project-new")).to(room.href(&format!("{}#new", Way::Projects.path())));
        return card.body(before(say!(words, "project-close-last"), new));
    }
    let name = project.slug.as_str();
    let confirm = Confirm {
        action_words: say!(words, "project-close-it"),
        href: room.href(&here(project.id)),
        key: room.key(),
        consequence: say!(words, "project-close-means"),
        ask: say!(words, "confirm-by-typing", name = name),
        again: typed.map(|typed| (typed, say!(words, "confirm-mismatch", name = name))),
    };
    card.body(confirm.view())
}

/// What goes at once.
fn ends(words: &Words, closing: &ProjectClosingView) -> AnyView {
    let count = |n: i64| number(words.count(n));
    let budget = closing.ceiling.map_or_else(|| text(say!(words, "budget-without")), |of| amount(words.money(of)));
    let whom = match closing.n_members {
        0 => text(say!(words, "project-close-everybody")),
        n => count(n),
    };
    let known = vec![
        (say!(words, "project-close-budget"), budget),
        (say!(words, "project-close-members"), whom),
        (say!(words, "project-close-tokens"), count(closing.n_tokens)),
        (say!(words, "project-close-lots"), count(closing.n_lots)),
    ];
    let body = view! { <p class="sm soft">{say!(words, "project-close-now-means")}</p>{facts(known)} };
    Card::titled(say!(words, "project-close-now")).body(body.into_any())
}

/// What is kept, and the way back.
fn stays(words: &Words) -> AnyView {
    let body = view! { <p class="sm soft">{say!(words, "project-close-kept-means")}</p> };
    Card::titled(say!(words, "project-close-kept")).body(body.into_any())
}
