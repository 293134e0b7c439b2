//! `/organisations/{organisation}/quotas`: how many units an organisation may hold.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{ReadOrganisation, SetQuotas},
    quotas,
};
use session::{Allowed, Now, Portal};
use types::{List, QuotaUse, QuotaView, SetQuota};

use super::Answered;

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
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<SetQuotas>,
    session::Json(ask): session::Json<SetQuota>,
) -> Answered<QuotaUse> {
    Ok(Json(quotas::set_quota(&portal.db, &scope, ask, now).await?))
}
