//! `/organisations/{organisation}/members`.

use axum::{Json as Answer, extract::State as Shared};
use domain::{access::policy::ReadMembers, organisations};
use session::{Allowed, Now, Portal, Refused};
use types::{List, MemberView};

/// The organisation's members, in the order they joined.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/members", tag = "members",
    responses((status = 200, body = List<MemberView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadMembers>,
) -> Result<Answer<List<MemberView>>, Refused> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Answer(organisations::list_members_in(&tx, &scope).await?))
}
