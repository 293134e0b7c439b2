//! Everything that is kept of oneself, as one file.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::access;
use session::{Now, Portal, Refused, Signed};

use crate::{archive, screens::anybody::prove};

/// Gathers it, after a fresh proof, and writes down that it was taken.
pub(crate) async fn export(
    State(portal): State<Portal>,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    let Some(recent) = actor.recent(now) else { return Ok(prove::first("/settings")) };
    let parts = access::export_person(&portal.db, &actor, recent, now).await?;
    let day: String = now.to_string().chars().take(10).collect();
    let head = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"tamuda-account-{day}.zip\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((head, archive::of_documents(&parts)?).into_response())
}
