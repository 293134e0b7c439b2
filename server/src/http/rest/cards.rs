//! `/organisations/{organisation}/wallet/cards` and `…/auto-top-up`: cards that are kept, and topping up by itself with one.

use axum::{
    Json,
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::policy::{ReadBalance, TopUpWallet},
    payments::{automatic, cards},
};
use session::{Allowed, Cards, Key, Now, Path, Portal, Refused};
use types::{AutoTopUpView, List, SavedCardId, SavedCardView, SetAutoTopUp};

use super::{Answered, InOrganisation, rehearsal::Writes};

/// The cards that are kept or awaited, the usual one first.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/wallet/cards", tag = "wallet",
    responses((status = 200, body = List<SavedCardView>)))]
pub(super) async fn list(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, seat): Allowed<ReadBalance>,
) -> Answered<List<SavedCardView>> {
    let tx = portal.db.look(&scope, now).await?;
    let cards = cards::list_cards_in(&tx, &scope).await?;
    // Where a card is given is for who may give one.
    let shown = |card: SavedCardView| {
        let save_at = card.save_at.filter(|_| seat.may::<TopUpWallet>());
        SavedCardView { save_at, ..card }
    };
    Ok(Json(List { items: cards.into_iter().map(shown).collect(), next_cursor: None }))
}

/// Asks for a card to be kept; it is given at `save_at`, on the provider's page.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/wallet/cards", tag = "wallet",
    responses((status = 201, body = SavedCardView)))]
pub(super) async fn save(
    Shared(portal): Shared<Portal>,
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    key: Key,
) -> Result<Response, Refused> {
    let Some(Cards(gateway)) = &portal.cards else { return Err(Error::Conflict("no-card").into()) };
    let command = key.command("save_card", &())?;
    let card = cards::save_card(&db, &**gateway, &scope, command, now).await?;
    Ok((StatusCode::CREATED, Json(card)).into_response())
}

/// Makes a card the usual one; doing so twice is doing so once.
#[utoipa::path(post, path = "/api/v1/organisations/{organisation}/wallet/cards/{card}/default", tag = "wallet",
    responses((status = 200, body = SavedCardView)))]
pub(super) async fn choose(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    Path(one): Path<InOrganisation<SavedCardId>>,
) -> Answered<SavedCardView> {
    Ok(Json(cards::choose_card(&db, &scope, one.id, now).await?))
}

/// Takes a card away, here at once and at the provider's soon.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/wallet/cards/{card}", tag = "wallet",
    responses((status = 204, description = "Nothing is paid with it any more")))]
pub(super) async fn remove(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    Path(one): Path<InOrganisation<SavedCardId>>,
) -> Result<StatusCode, Refused> {
    cards::remove_card(&db, &scope, one.id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How the wallet tops itself up; `null` where nobody ever agreed to it.
#[utoipa::path(get, path = "/api/v1/organisations/{organisation}/wallet/auto-top-up", tag = "wallet",
    responses((status = 200, body = Option<AutoTopUpView>)))]
pub(super) async fn automatic(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Allowed(scope, _): Allowed<ReadBalance>,
) -> Answered<Option<AutoTopUpView>> {
    let tx = portal.db.look(&scope, now).await?;
    Ok(Json(automatic::auto_top_up_in(&tx, &scope).await?))
}

/// Agrees that the wallet tops itself up; setting it twice is setting it once. A token cannot agree.
#[utoipa::path(put, path = "/api/v1/organisations/{organisation}/wallet/auto-top-up", tag = "wallet",
    request_body = SetAutoTopUp, responses((status = 200, body = AutoTopUpView)))]
pub(super) async fn set_automatic(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
    session::Json(ask): session::Json<SetAutoTopUp>,
) -> Answered<AutoTopUpView> {
    Ok(Json(automatic::set_auto_top_up(&db, &scope, &ask, now).await?))
}

/// Ends it.
#[utoipa::path(delete, path = "/api/v1/organisations/{organisation}/wallet/auto-top-up", tag = "wallet",
    responses((status = 204, description = "The wallet tops itself up no more")))]
pub(super) async fn end_automatic(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Allowed(scope, _): Allowed<TopUpWallet>,
) -> Result<StatusCode, Refused> {
    automatic::end_auto_top_up(&db, &scope, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
