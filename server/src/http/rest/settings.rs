//! `/organisations/{organisation}/settings`: what an organisation says of itself, and who it is on its next invoices.
//! People change it, never programs.

use axum::{Json, extract::State as Shared, http::StatusCode};
use domain::{access::policy::ChangeOrganisation, organisations};
use session::{Allowed, Now, Portal, Refused};
use types::{OrganisationSettings, OrganisationSettingsView};

use super::{Answered, rehearsal::Writes};

/// What the organisation says of itself, and what only the hub changes: country, currency, business or not.
///
/// No token may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/settings", tag = "organisations",
    responses((status = 200, body = OrganisationSettingsView)))]
pub(super) async fn read(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ChangeOrganisation>,
) -> Answered<OrganisationSettingsView> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::settings_in(&tx, &scope).await?))
}

/// Says all of it anew; a number that is not said is none any more. Invoices that are final stay as they are.
///
/// Each number is held to the form of the organisation's country. No token may.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/settings", tag = "organisations",
    request_body = OrganisationSettings, responses((status = 204, description = "Its next invoices carry it")))]
pub(super) async fn change(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ChangeOrganisation>,
    session::Json(ask): session::Json<OrganisationSettings>,
) -> Result<StatusCode, Refused> {
    organisations::change_organisation(&db, &scope, &ask, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
