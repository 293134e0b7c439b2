//! `/organisations/{organisation}/quotas`: how many units an organisation may hold, and for staff all of them.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{ReadOrganisation, SetQuotas},
    quotas,
};
use session::{Allowed, Now, Portal, Staff};
use types::{List, OrganisationQuotaView, QuotaUse, QuotaView, SetQuota};

use super::{Answered, rehearsal::Writes};

/// The organisation's quotas, by flavour.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/quotas", tag = "quotas",
    responses((status = 200, body = List<QuotaView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadOrganisation>,
) -> Answered<List<QuotaView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(quotas::list_quotas_in(&tx, &scope).await?))
}

/// Sets the quota of one flavour; setting it twice is setting it once.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/quotas", tag = "quotas",
    request_body = SetQuota, responses((status = 200, body = QuotaUse)))]
pub(super) async fn set(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<SetQuotas>,
    session::Json(ask): session::Json<SetQuota>,
) -> Answered<QuotaUse> {
    Ok(Json(quotas::set_quota(&db, &scope, ask, now).await?))
}

/// Every quota that was set, by organisation.
#[utoipa::path(get, path = "/api/v1/staff/quotas", tag = "quotas",
    responses((status = 200, body = List<OrganisationQuotaView>)))]
pub(super) async fn list_all(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<SetQuotas>,
) -> Answered<List<OrganisationQuotaView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(quotas::list_all_quotas(&open, &survey).await?))
}
