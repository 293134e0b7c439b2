//! `/session`: signing in and out for programs, by the same cookie as the screens.

use axum::{
    Json as Answer,
    extract::State as Shared,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    access::{self, Actor, NewSession},
    organisations,
};
use session::{Client, Json, Now, Portal, Refused, Signed, cookies};
use types::{MembershipView, PersonView, SignIn};

/// Opens a session and gives its cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn,
    responses((status = 204, description = "Signed in; the cookie is the session")))]
pub(super) async fn sign_in(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Client { address, device }: Client,
    Json(SignIn { email, password, code }): Json<SignIn>,
) -> Result<Response, Refused> {
    let (address, language) = (address.to_string(), "en".to_owned());
    let ask = NewSession { email, password, device, address, language };
    let token = portal.sign_in_at_once(ask, code.as_deref(), now).await?;
    let cookie = cookies::give_session(&portal.settings, &token);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = PersonView)))]
pub(super) async fn read(Shared(portal): Shared<Portal>, Signed(actor): Signed) -> Result<Answer<PersonView>, Refused> {
    let organisations = organisations::list_memberships(&portal.db, &actor).await?;
    Ok(Answer(view(&actor, organisations)))
}

/// Ends the session.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204, description = "Signed out")))]
pub(super) async fn sign_out(
    Shared(portal): Shared<Portal>,
    Now(now): Now,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    access::sign_out(&portal.db, &actor, now).await?;
    let cookie = cookies::end_session(&portal.settings);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

fn view(actor: &Actor, organisations: Vec<MembershipView>) -> PersonView {
    let person = actor.person();
    PersonView {
        user: person.id,
        email: person.email.clone(),
        name: person.name.clone(),
        locale: person.locale.clone(),
        staff: person.staff.clone(),
        organisations,
    }
}
