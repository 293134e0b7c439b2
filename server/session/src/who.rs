//! Who is asking, and the proofs they bring: signed in, allowed in an organisation, staff. A person comes with a session's
//! cookie; a program may come to the API with a token, which opens what lies in its organisation and nothing else.

use std::{
    fmt::Display,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::{FromRef, FromRequestParts, OptionalFromRequestParts, RawPathParams},
    http::{header, request::Parts},
};
use domain::{
    Error,
    access::{self, Actor, Permission, Scope, Seat, Survey},
};
use types::{OrganisationId, Timestamp};

use crate::{Client, Now, Portal, Refused, RequestId, cookies};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Signed(pub Actor);

/// Somebody who may do `P` in the organisation of the path's `{organisation}`, an id or a slug; and their seat there.
#[derive(Clone, Debug)]
pub struct Allowed<P>(pub Scope<P>, pub Seat);

/// Staff who may do `P` across organisations.
#[derive(Clone, Debug)]
pub struct Staff<P>(pub Survey<P>);

/// In whose organisation a request was admitted: a layer puts it into the request, [`Allowed`] fills it in, and the
/// layer reads it when the answer is made.
#[derive(Clone, Debug, Default)]
pub struct Entered(Arc<OnceLock<OrganisationId>>);

impl Entered {
    /// The organisation, if the request was admitted to one.
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.0.get().copied()
    }
}

/// What the request said of itself: a stream keeps it, to look again whether its listener may still listen.
#[derive(Clone)]
pub struct Ticket {
    credential: Credential,
    address: String,
}

#[derive(Clone)]
enum Credential {
    Nothing,
    /// A session's cookie.
    Session(String),
    /// A program's token.
    Bearer(String),
}

impl Ticket {
    /// Whether a session's cookie came, be it of one that has ended.
    #[must_use]
    pub fn is_of_session(&self) -> bool {
        matches!(self.credential, Credential::Session(_))
    }

    /// The person behind it at `now`, looked up anew.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, and for a session that has ended; a refusal for a program, which is no person.
    pub async fn actor(&self, portal: &Portal, now: Timestamp) -> domain::Result<Actor> {
        match &self.credential {
            Credential::Nothing => Err(Error::Unauthenticated),
            Credential::Session(token) => {
                let actor = access::signed_in(&portal.db, token, &self.address, now).await?;
                Ok(if portal.settings.staff_need_factor { actor.asked_for_factor() } else { actor })
            }
            Credential::Bearer(_) => Err(Error::NeedsPerson),
        }
    }

    /// The seat that it takes in the organisation with this id or slug at `now`, looked up anew: in a view of it, what
    /// the view leaves.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, a session that has ended and a token that opens nothing; `NotFound` to strangers.
    pub async fn enter(&self, portal: &Portal, place: &str, now: Timestamp) -> domain::Result<Seat> {
        match &self.credential {
            Credential::Bearer(token) => access::seat_of_token(&portal.db, token, &self.address, place, now).await,
            Credential::Nothing | Credential::Session(_) => {
                let seat = self.actor(portal, now).await?.enter(&portal.db, place).await?;
                access::seen(&portal.db, seat, now).await
            }
        }
    }
}

/// The token that a request to the API brings; nothing elsewhere, where people come.
fn bearer(parts: &Parts) -> Option<String> {
    let is_api = parts.uri.path().starts_with("/api/");
    let said = parts.headers.get(header::AUTHORIZATION).filter(|_| is_api)?.to_str().unwrap_or_default();
    let token = said.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    Some(token.map_or("", |(_, token)| token.trim()).to_owned())
}

impl<S> FromRequestParts<S> for Ticket
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Ok(Client { address, .. }) = Client::from_request_parts(parts, state).await;
        let settings = Portal::from_ref(state).settings;
        let session = || cookies::read(&settings, &parts.headers, cookies::SESSION).filter(|token| !token.is_empty());
        let credential = match bearer(parts) {
            Some(token) => Credential::Bearer(token),
            None => session().map_or(Credential::Nothing, |token| Credential::Session(token.to_owned())),
        };
        Ok(Self { credential, address: address.to_string() })
    }
}

impl<S> FromRequestParts<S> for Signed
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        // A handler that takes several of these extractors looks the session up once.
        if let Some(signed) = parts.extensions.get::<Self>() {
            return Ok(signed.clone());
        }
        let ticket = Ticket::from_request_parts(parts, state).await?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let request = parts.extensions.get::<RequestId>().map(|id| id.as_str().to_owned());
        let signed = Self(ticket.actor(&Portal::from_ref(state), now).await?.asking(request));
        note(signed.0.person().id);
        parts.extensions.insert(signed.clone());
        Ok(signed)
    }
}

impl<S> OptionalFromRequestParts<S> for Signed
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Refused> {
        match <Self as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(signed) => Ok(Some(signed)),
            Err(refused) if matches!(refused.error(), Error::Unauthenticated) => Ok(None),
            Err(refused) => Err(refused),
        }
    }
}

impl<P: Permission, S> FromRequestParts<S> for Allowed<P>
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let seat = seat(parts, state).await?;
        let scope = seat.prove()?;
        if let Some(entered) = parts.extensions.get::<Entered>() {
            // Set once: a request has one organisation in its path.
            let _ = entered.0.set(seat.organisation());
        }
        Ok(Self(scope, seat))
    }
}

impl<P: Permission, S> FromRequestParts<S> for Staff<P>
where
    Portal: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Signed(actor) = <Signed as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        Ok(Self(actor.prove()?))
    }
}

/// The seat in the path's organisation. A person's session is looked up once, whatever else the handler takes.
async fn seat<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Seat, Refused>
where
    Portal: FromRef<S>,
{
    let (place, portal) = (organisation(parts, state).await?, Portal::from_ref(state));
    if bearer(parts).is_none() {
        let Signed(actor) = <Signed as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let seat = actor.enter(&portal.db, &place).await?;
        // What a session looks at as a member is the organisation's pages and the API; as staff they go on working.
        if ["/staff/", "/api/v1/staff/"].iter().any(|own| parts.uri.path().starts_with(own)) {
            return Ok(seat);
        }
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        return Ok(access::seen(&portal.db, seat, now).await?);
    }
    let ticket = Ticket::from_request_parts(parts, state).await?;
    let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
    let request = parts.extensions.get::<RequestId>().map(|id| id.as_str().to_owned());
    let seat = ticket.enter(&portal, &place, now).await?.asking(request);
    if let Some(token) = seat.token() {
        note(token);
    }
    Ok(seat)
}

/// Tells the log who asks: the request's span has a place for it.
fn note(who: impl Display) {
    tracing::Span::current().record("who", tracing::field::display(who));
}

/// What stands in the path for `{organisation}`.
async fn organisation<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<String, Refused> {
    let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
    let found = params.iter().find(|(name, _)| *name == "organisation");
    found.map(|(_, place)| place.to_owned()).ok_or_else(|| Error::NotFound.into())
}
