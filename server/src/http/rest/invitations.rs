//! `/organisations/{organisation}/invitations`: asking people in. People ask, never programs; accepting needs the
//! letter, and so the browser of whoever reads it.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::{Actor, policy::ManageMembers},
    organisations,
};
use session::{Allowed, Key, Now, Path, Portal, Refused, Signed};
use types::{InvitationId, InvitationView, Invite, List};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The invitations that nobody has answered, the latest first, with those that expired.
///
/// No token may.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/invitations", tag = "invitations",
    responses((status = 200, body = List<InvitationView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageMembers>,
) -> Answered<List<InvitationView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(organisations::list_invitations_in(&tx, &scope).await?))
}

/// Asks somebody in, by a letter in the language of the caller's account.
///
/// Only owners ask owners in. No token may, and the proof of who one is must be ten minutes old at most.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invitations", tag = "invitations",
    request_body = Invite, responses((status = 201, body = InvitationView)))]
pub(super) async fn invite(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageMembers>,
    Signed(actor): Signed,
    key: Key,
    session::Json(ask): session::Json<Invite>,
) -> Result<Response, Refused> {
    let recent = actor.recent(now).ok_or(Error::ProveFirst)?;
    let command = key.command("invite", &ask)?;
    let asked = organisations::invite(&db, &scope, recent, command, (ask, language(&actor)), now).await?;
    Ok((StatusCode::CREATED, Json(asked)).into_response())
}

/// Writes the letter once more; the one before no longer works.
///
/// No token may, and the proof of who one is must be ten minutes old at most.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/invitations/{invitation}/resend", tag = "invitations",
    responses((status = 200, body = InvitationView)))]
pub(super) async fn resend(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageMembers>,
    Signed(actor): Signed,
    Path(one): Path<InOrganisation<InvitationId>>,
) -> Answered<InvitationView> {
    let recent = actor.recent(now).ok_or(Error::ProveFirst)?;
    Ok(Json(organisations::resend_invitation(&db, &scope, recent, (one.id, language(&actor)), now).await?))
}

/// Takes an invitation back: its letter no longer works.
///
/// No token may.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/invitations/{invitation}", tag = "invitations",
    responses((status = 204, description = "Taken back")))]
pub(super) async fn revoke(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<ManageMembers>,
    Path(one): Path<InOrganisation<InvitationId>>,
) -> Result<StatusCode, Refused> {
    organisations::revoke_invitation(&db, &scope, one.id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The language that the caller's letters are in.
fn language(actor: &Actor) -> &str {
    actor.person().locale.as_deref().unwrap_or("en")
}
