//! `/organisations`: those that the person belongs to.

use axum::{Json as Answer, extract::State as Shared};
use domain::organisations;
use session::{Portal, Refused, Signed};
use types::{List, MembershipView};

/// The organisations that the person belongs to, by name.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "organisations",
    responses((status = 200, body = List<MembershipView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Signed(actor): Signed,
) -> Result<Answer<List<MembershipView>>, Refused> {
    let items = organisations::list_memberships(&portal.db, &actor).await?;
    Ok(Answer(List { items, next_cursor: None }))
}
