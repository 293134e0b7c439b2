//! Where a proof of who somebody is leads in the browser: in with a session, or to the second factor that they have set.

use axum::{http::header, response::Response};
use domain::access::{self, Entry, NewSession, PENDING_MINUTES, Token};
use session::{Client, Portal, Refused, Signed, cookies};
use types::Timestamp;

use super::home;
use crate::{
    Flash, Visit,
    flash::{redirect, see_other},
};

/// What the browser keeps while the second factor is asked for.
pub(super) const PENDING: &str = "tamuda-pending";

/// How somebody came.
pub(super) struct Came<'a> {
    /// Where they want to go.
    pub(super) back: Option<&'a str>,
    /// From where.
    pub(super) address: &'a str,
    /// What the browser had before.
    pub(super) before: Option<Signed>,
    pub(super) now: Timestamp,
}

/// What a sign-in says of its browser; the address and the password where it has them.
pub(super) fn session(visit: &Visit, client: Client, email: String, password: String) -> NewSession {
    let language = visit.words.locale().tag().to_owned();
    NewSession { email, password, device: client.device, address: client.address.to_string(), language }
}

/// In, or on to the second factor.
pub(super) async fn lead_in(
    portal: &Portal,
    entry: Entry,
    came: Came<'_>,
    flash: Option<Flash>,
) -> Result<Response, Refused> {
    let pending = match entry {
        Entry::In(token) => return let_in(portal, &token, came, flash).await,
        Entry::Pending(pending) => pending,
    };
    let query = came.back.and_then(|back| serde_urlencoded::to_string([("return", back)]).ok());
    let mut response =
        see_other(&query.map_or("/sign-in/factor".to_owned(), |query| format!("/sign-in/factor?{query}")));
    let cookie = cookies::set(&portal.settings, PENDING, pending.reveal(), PENDING_MINUTES * 60);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Gives the browser its session and leads on; what it had before is nobody's any more.
pub(super) async fn let_in(
    portal: &Portal,
    token: &Token,
    came: Came<'_>,
    flash: Option<Flash>,
) -> Result<Response, Refused> {
    if let Some(Signed(before)) = came.before {
        access::sign_out(&portal.db, &before, came.now).await?;
    }
    let actor = access::signed_in(&portal.db, token.reveal(), came.address, came.now).await?;
    let home = home::address_of(portal, &actor).await?;
    let to = came.back.or(home.as_deref()).unwrap_or("/home");
    let mut response = match flash {
        Some(flash) => redirect(&portal.settings, to, flash),
        None => see_other(to),
    };
    response.headers_mut().append(header::SET_COOKIE, cookies::give_session(&portal.settings, token));
    Ok(response)
}
