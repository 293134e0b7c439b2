//! `/organisations/{organisation}/audit` and `/staff/audit`: who changed what, and whether the chain of seals holds.

use axum::{Json, extract::State as Shared};
use domain::{
    access::policy::{ReadAudit, ReadInstallationAudit},
    audit,
};
use serde::Serialize;
use session::{Allowed, Now, Portal, Query, Staff};
use types::{AuditFilter, AuditView, Cursor, List, Timestamp};

use super::Answered;

/// The organisation's changes, the latest first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/audit", tag = "audit",
    params(("who" = Option<String>, Query), ("area" = Option<String>, Query), ("subject" = Option<String>, Query),
        ("user" = Option<types::UserId>, Query), ("from" = Option<Timestamp>, Query), ("to" = Option<Timestamp>, Query),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<AuditView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadAudit>,
    Query(filter): Query<AuditFilter>,
    Query(page): Query<Cursor>,
) -> Answered<List<AuditView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(audit::list_in(&tx, &scope, &filter, &page).await?))
}

/// All changes of the installation and of every organisation, the latest first, each with its place in the chain.
#[utoipa::path(get, path = "/api/v1/staff/audit", tag = "audit",
    params(("who" = Option<String>, Query), ("area" = Option<String>, Query), ("subject" = Option<String>, Query),
        ("user" = Option<types::UserId>, Query), ("organisation" = Option<types::OrganisationId>, Query),
        ("from" = Option<Timestamp>, Query), ("to" = Option<Timestamp>, Query),
        ("cursor" = Option<String>, Query), ("limit" = Option<u16>, Query)),
    responses((status = 200, body = List<AuditView>)))]
pub(super) async fn list_all(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInstallationAudit>,
    Query(filter): Query<AuditFilter>,
    Query(page): Query<Cursor>,
) -> Answered<List<AuditView>> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(audit::list_installation(&open, &survey, &filter, &page).await?))
}

/// What a check of the whole chain found.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Verification {
    /// Whether every seal holds.
    holds: bool,
    /// Seals that hold, from the first on.
    n_sealed: u64,
    /// Rows among them whose content was erased at a person's wish.
    n_erased: u64,
    /// The chain's head after them, in hexadecimal.
    head: String,
    /// The first seal that does not hold.
    broken_at: Option<i64>,
    /// Rows that wait for the sealer.
    n_unsealed: u64,
    /// When the oldest of them was written.
    unsealed_since: Option<Timestamp>,
}

/// Computes the chain of seals again and says whether it holds.
#[utoipa::path(get, path = "/api/v1/staff/audit/verification", tag = "audit",
    responses((status = 200, body = Verification)))]
pub(super) async fn verify(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Staff(survey): Staff<ReadInstallationAudit>,
) -> Answered<Verification> {
    let open = portal.db.survey(&survey, now).await?;
    Ok(Json(audit::verify(&open, &[]).await?.into()))
}

impl From<audit::Verdict> for Verification {
    fn from(found: audit::Verdict) -> Self {
        Self {
            holds: found.broken.is_none(),
            n_sealed: found.n_sealed,
            n_erased: found.n_erased,
            head: found.head.head,
            broken_at: found.broken.map(|broken| broken.seq),
            n_unsealed: found.n_unsealed,
            unsealed_since: found.unsealed_since,
        }
    }
}
