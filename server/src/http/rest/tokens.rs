//! `/organisations/{organisation}/tokens`: what programs come with. A member's own, and beside them, for who manages
//! tokens, all of the organisation's. A person makes them, who showed a little while ago who they are.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::policy::{HoldTokens, ManageTokens},
    tokens,
};
use session::{Allowed, Key, Now, Path, Portal, Refused, Signed};
use types::{List, MakeToken, NewTokenView, TokenId, TokenView};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The tokens that open something: all for who manages them, the member's own for everybody else.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/tokens", tag = "tokens",
    responses((status = 200, body = List<TokenView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<HoldTokens>,
) -> Answered<List<TokenView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(match seat.prove::<ManageTokens>() {
        Ok(scope) => tokens::list_tokens_in(&tx, &scope).await?,
        Err(_) => tokens::list_own_tokens_in(&tx, &scope).await?,
    }))
}

/// Makes a token; with a role it is a service account's. The secret stands in this answer alone.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/tokens", tag = "tokens",
    request_body = MakeToken, responses((status = 201, body = NewTokenView)))]
pub(super) async fn make(
    Writes { db, is_rehearsal }: Writes,
    Now(now): Now,
    Allowed(scope, seat): Allowed<HoldTokens>,
    Signed(actor): Signed,
    key: Key,
    session::Json(ask): session::Json<MakeToken>,
) -> Result<Response, Refused> {
    let recent = actor.recent(now).ok_or(Error::ProveFirst)?;
    let (command, is_service) = (key.command("make_token", &ask)?, ask.role.is_some());
    let ask = (ask, command);
    let mut made = match is_service {
        true => tokens::make_service_token(&db, &seat.prove::<ManageTokens>()?, recent, ask, now).await?,
        false => tokens::make_own_token(&db, &scope, recent, ask, now).await?,
    };
    if is_rehearsal {
        made.secret.clear();
    }
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Revokes a token: it opens nothing from now on. What it launched runs on.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/tokens/{token}", tag = "tokens",
    responses((status = 204, description = "Revoked")))]
pub(super) async fn revoke(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, seat): Allowed<HoldTokens>,
    Path(one): Path<InOrganisation<TokenId>>,
) -> Result<StatusCode, Refused> {
    match seat.prove::<ManageTokens>() {
        Ok(scope) => tokens::revoke_token(&db, &scope, one.id, now).await?,
        Err(_) => tokens::revoke_own_token(&db, &scope, one.id, now).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}
