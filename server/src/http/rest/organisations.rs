//! `/organisations`: those that the person belongs to, one of them, and for staff all of them.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{CloseOrganisation, ReadOrganisation},
    organisations,
};
use serde::Deserialize;
use session::{Allowed, Now, Portal, Query, Signed, Staff};
use types::{ClosingView, Cursor, List, MembershipView, OrganisationView};

use super::Answered;

/// The organisations that the person belongs to, by name.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "organisations",
    responses((status = 200, body = List<MembershipView>)))]
pub(super) async fn list(Shared(portal): Shared<Portal>, Signed(actor): Signed) -> Answered<List<MembershipView>> {
    let items = organisations::list_memberships(&portal.db, &actor).await?;
    Ok(Json(List { items, next_cursor: None }))
}

/// One organisation: its word, country, currency, and whether the hub suspended it.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}", tag = "organisations",
    responses((status = 200, body = OrganisationView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadOrganisation>,
) -> Answered<OrganisationView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::organisation_in(&tx, &scope).await?))
}

/// What closing the organisation would take away, its volumes with their gigabytes among it; once it is closed, until
/// when an owner can keep it.
///
/// It is closed and kept on its page alone. No token may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/closing", tag = "organisations",
    responses((status = 200, body = ClosingView)))]
pub(super) async fn closing(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<CloseOrganisation>,
) -> Answered<ClosingView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::closing_in(&tx, &scope).await?))
}

/// Which organisations are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    search: Option<String>,
}

/// Every organisation, the latest first.
#[utoipa::path(get, path = "/api/v1/staff/organisations", tag = "organisations",
    params(("search" = Option<String>, Query, description = "Part of a name or slug"),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<OrganisationView>)))]
pub(super) async fn list_all(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadOrganisation>,
    Query(named): Query<Named>,
    Query(page): Query<Cursor>,
) -> Answered<List<OrganisationView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(organisations::list_organisations(&open, &survey, named.search.as_deref(), &page).await?))
}
