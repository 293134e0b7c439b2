//! `/organisations/{organisation}/projects`.

use axum::{Json as Answer, extract::State as Shared};
use domain::{access::policy::ReadOrganisation, organisations};
use session::{Allowed, Now, Portal, Refused};
use types::{List, ProjectView};

/// The organisation's projects, by name.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/projects", tag = "projects",
    responses((status = 200, body = List<ProjectView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadOrganisation>,
) -> Result<Answer<List<ProjectView>>, Refused> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Answer(organisations::list_projects_in(&tx, &scope).await?))
}
