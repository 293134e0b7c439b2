//! `/organisations/{organisation}/members`: who belongs to it and as what. People change that, never programs; all but
//! leaving asks for a proof of who one is.

use axum::{Json, extract::State as Shared, http::StatusCode};
use domain::{
    Error,
    access::policy::{ManageMembers, ManageOwners, ReadMembers, ReadOrganisation},
    organisations,
};
use session::{Allowed, Now, Path, Portal, Refused, Signed};
use types::{ChangeRole, List, MemberView, UserId};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The organisation's members, in the order they joined.
///
/// A token with `ReadMembers` may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/members", tag = "members",
    responses((status = 200, body = List<MemberView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadMembers>,
) -> Answered<List<MemberView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::list_members_in(&tx, &scope).await?))
}

/// Gives a member another role; giving it twice is giving it once.
///
/// Only owners make and unmake owners, and the last one stays. No token may, and the proof of who one is must be ten
/// minutes old at most.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/members/{member}", tag = "members",
    request_body = ChangeRole, responses((status = 204, description = "The member has the role")))]
pub(super) async fn change(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageMembers>,
    Signed(actor): Signed,
    Path(one): Path<InOrganisation<UserId>>,
    session::Json(ask): session::Json<ChangeRole>,
) -> Result<StatusCode, Refused> {
    let recent = actor.recent(now).ok_or(Error::ProveFirst)?;
    organisations::change_role(&db, &scope, recent, (one.id, ask.role), now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a member out, with their tokens and the invitations that they sent; what they launched runs on.
///
/// Only owners take owners out, and the last one stays. No token may, and the proof of who one is must be ten minutes
/// old at most.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/members/{member}", tag = "members",
    responses((status = 204, description = "Out: they see nothing more within a second")))]
pub(super) async fn remove(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageMembers>,
    Signed(actor): Signed,
    Path(one): Path<InOrganisation<UserId>>,
) -> Result<StatusCode, Refused> {
    let recent = actor.recent(now).ok_or(Error::ProveFirst)?;
    organisations::remove_member(&db, &scope, recent, one.id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a member an owner and the caller, who was one, an admin.
///
/// No token may, and the proof of who one is must be ten minutes old at most.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/members/{member}/transfer", tag = "members",
    responses((status = 204, description = "The organisation is theirs")))]
pub(super) async fn transfer(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageOwners>,
    Signed(actor): Signed,
    Path(one): Path<InOrganisation<UserId>>,
) -> Result<StatusCode, Refused> {
    let recent = actor.recent(now).ok_or(Error::ProveFirst)?;
    organisations::transfer_ownership(&db, &scope, recent, one.id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the caller out of the organisation.
///
/// The last owner stays. No token may, whatever it was given: it would take its person out.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/leave", tag = "members",
    responses((status = 204, description = "Out")))]
pub(super) async fn leave(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadOrganisation>,
    _person: Signed,
) -> Result<StatusCode, Refused> {
    organisations::leave(&db, &scope, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
