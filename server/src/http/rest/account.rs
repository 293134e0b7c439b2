//! `/account/settings`: what the signed-in person says of themselves. Colours are a browser's own, and no program's.

use axum::{Json, http::StatusCode};
use domain::access;
use session::{Now, Refused, Signed};
use types::AccountSettings;

use super::rehearsal::Writes;

/// The person's name, language and time zone.
///
/// No token may: a program is no person.
#[utoipa::path(get, path = "/api/v1/account/settings", tag = "account",
    responses((status = 200, body = AccountSettings)))]
pub(super) async fn read(Signed(actor): Signed) -> Json<AccountSettings> {
    Json(access::settings_of(&actor))
}

/// Says them anew; a language or a time zone that is not said is none any more.
///
/// No token may.
#[utoipa::path(put, path = "/api/v1/account/settings", tag = "account", request_body = AccountSettings,
    responses((status = 204, description = "Kept")))]
pub(super) async fn change(
    Writes { db, .. }: Writes,
    Now(now): Now,
    Signed(actor): Signed,
    session::Json(ask): session::Json<AccountSettings>,
) -> Result<StatusCode, Refused> {
    access::change_settings(&db, &actor, &ask, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
