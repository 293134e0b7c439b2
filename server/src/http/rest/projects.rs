//! `/organisations/{organisation}/projects`: the shares of an organisation, and who may launch in each. People make,
//! rename, close and open them, never programs.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    access::policy::{ManageProjects, ReadMembers, ReadOrganisation},
    organisations,
};
use session::{Allowed, Key, Now, Path, Portal, Refused};
use types::{
    List, MakeProject, ProjectClosingView, ProjectId, ProjectMembers, ProjectView, RenameProject, SetProjectMembers,
};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's projects by name, those that are open before those that are closed.
///
/// A token with `ReadOrganisation` may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/projects", tag = "projects",
    responses((status = 200, body = List<ProjectView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadOrganisation>,
) -> Answered<List<ProjectView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::list_projects_in(&tx, &scope).await?))
}

/// Makes a project; its word in addresses is made of its name.
///
/// No token may.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/projects", tag = "projects",
    request_body = MakeProject, responses((status = 201, body = ProjectView)))]
pub(super) async fn make(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    key: Key,
    session::Json(ask): session::Json<MakeProject>,
) -> Result<Response, Refused> {
    let command = key.command("make_project", &ask)?;
    let project = organisations::make_project(&db, &scope, ask, command, now).await?;
    Ok((StatusCode::CREATED, Json(project)).into_response())
}

/// Gives a project another name, and the word in addresses that is made of it; giving it twice is giving it once.
///
/// Its id stays, and with it every address of the API. Invoices that are final keep the name that they carry. No token may.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/projects/{project}", tag = "projects",
    request_body = RenameProject, responses((status = 200, body = ProjectView)))]
pub(super) async fn rename(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    Path(one): Path<InOrganisation<ProjectId>>,
    session::Json(ask): session::Json<RenameProject>,
) -> Answered<ProjectView> {
    Ok(Json(organisations::rename_project(&db, &scope, one.id, ask, now).await?))
}

/// What closing a project would do, and what has to be done before: delete its instances, have another open project.
///
/// No token may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/projects/{project}/closing", tag = "projects",
    responses((status = 200, body = ProjectClosingView)))]
pub(super) async fn closing(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    Path(one): Path<InOrganisation<ProjectId>>,
) -> Answered<ProjectClosingView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::project_closing_in(&tx, &scope, one.id).await?))
}

/// Closes a project: nothing is launched in it any more, and its budget ends; closing it twice is closing it once.
///
/// What was used in it stays on usage and invoices under its name. Refused while an instance or a volume of it is not
/// deleted (`project-holds`), and for the only open one (`project-last`). No token may.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/projects/{project}/close", tag = "projects",
    responses((status = 200, body = ProjectView)))]
pub(super) async fn close(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    Path(one): Path<InOrganisation<ProjectId>>,
) -> Answered<ProjectView> {
    Ok(Json(organisations::close_project(&db, &scope, one.id, now).await?))
}

/// Opens a closed project again, for whom it was before and without a budget.
///
/// No token may.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/projects/{project}/open", tag = "projects",
    responses((status = 200, body = ProjectView)))]
pub(super) async fn open(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    Path(one): Path<InOrganisation<ProjectId>>,
) -> Answered<ProjectView> {
    Ok(Json(organisations::open_project(&db, &scope, one.id, now).await?))
}

/// Who may launch in a project; nobody means every member who may launch at all.
///
/// A token with `ReadMembers` may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/projects/{project}/members", tag = "projects",
    responses((status = 200, body = ProjectMembers)))]
pub(super) async fn members(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadMembers>,
    Path(one): Path<InOrganisation<ProjectId>>,
) -> Answered<ProjectMembers> {
    let tx = portal.db.look(&scope, now).await?;
    let members = organisations::list_project_members_in(&tx, &scope, one.id).await?;
    Ok(Json(ProjectMembers { members }))
}

/// Says who may launch in a project from now on; what runs goes on.
///
/// Who manages projects may launch in each. No token may say it.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/projects/{project}/members", tag = "projects",
    request_body = ProjectMembers, responses((status = 204, description = "The project is for them")))]
pub(super) async fn set_members(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageProjects>,
    Path(one): Path<InOrganisation<ProjectId>>,
    session::Json(ProjectMembers { members }): session::Json<ProjectMembers>,
) -> Result<StatusCode, Refused> {
    organisations::set_project_members(&db, &scope, SetProjectMembers { project: one.id, members }, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
