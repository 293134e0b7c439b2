//! What a tenant's screen stands in: who is there, in which organisation, with which proof, and the frame around.

mod shell;
pub(crate) mod wallet;
mod way;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::Response,
};
use domain::{
    Tx,
    access::{Actor, Permission, Scope, Seat},
};
use leptos::prelude::*;
use messages::{Words, say};
use session::{Allowed, Now, Portal, Refused, Signed};
use types::Timestamp;

pub use way::Way;

use crate::{
    Flash, Page, Site, Visit,
    components::{Banner, Button, Crumb, Shell, Tone, banner},
    flash::redirect,
    screens::anybody::prove,
};

/// A request of somebody who may do `P` in the organisation of the path.
#[derive(Debug)]
pub struct Room<P> {
    /// Database, clock and settings.
    pub portal: Portal,
    /// The request's instant.
    pub now: Timestamp,
    /// Language, colours, address.
    pub visit: Visit,
    /// Who it is.
    pub actor: Actor,
    /// The proof.
    pub scope: Scope<P>,
    /// Where they sit.
    pub seat: Seat,
}

impl<P: Permission> Room<P> {
    /// How to write for this person.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.visit.words
    }

    /// An address inside the organisation: `href("/instances")`.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("/o/{}{path}", self.seat.slug())
    }

    /// The same request with the proof of another permission.
    ///
    /// # Errors
    /// `Forbidden` with the permission that is lacking.
    pub fn with<Q: Permission>(&self) -> Result<Room<Q>, Refused> {
        let scope = self.seat.prove::<Q>()?;
        let (portal, visit) = (self.portal.clone(), self.visit.clone());
        Ok(Room { portal, now: self.now, visit, actor: self.actor.clone(), scope, seat: self.seat.clone() })
    }

    /// A fresh idempotency key for a form.
    #[must_use]
    pub fn key(&self) -> String {
        types::new_uuid(self.now).to_string()
    }

    /// Opens the one reading transaction of the page.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn look(&self) -> Result<Tx, Refused> {
        Ok(self.portal.db.look(&self.scope, self.now).await?)
    }

    /// The frame, with what it counts.
    ///
    /// # Errors
    /// Only the database's own.
    pub async fn shell_in(&self, tx: &Tx, here: Way) -> Result<Shell, Refused> {
        shell::shell_in(self, tx, here).await
    }

    /// A page at `way`.
    #[must_use]
    pub fn page(&self, shell: Shell, way: Way, view: impl FnOnce() -> AnyView) -> Page {
        let crumbs = vec![Crumb::to(self.href(""), self.seat.name()), Crumb::here(way.words(self.words()))];
        Page::within(&self.visit, shell, &way.words(self.words()), crumbs, || self.framed(view()))
    }

    /// A page of one thing, called `name`, beneath `way`.
    #[must_use]
    pub fn page_of(&self, shell: Shell, way: Way, name: &str, view: impl FnOnce() -> AnyView) -> Page {
        let crumbs = vec![
            Crumb::to(self.href(""), self.seat.name()),
            Crumb::to(self.href(way.path()), way.words(self.words())),
            Crumb::here(name),
        ];
        Page::within(&self.visit, shell, name, crumbs, || self.framed(view()))
    }

    /// Beneath a banner with the way out, where staff look as a member would.
    fn framed(&self, content: AnyView) -> AnyView {
        let Some(role) = self.seat.seen_as() else { return content };
        let words = self.words();
        let out = Button::new(say!(words, "view-end")).small();
        let banner = banner(Banner {
            tone: Tone::Warn,
            title: say!(words, "view-on", organisation = self.seat.name(), role = words.role(role)),
            words: Some(say!(words, "view-on-means")),
            action: Some(out.post(format!("/staff/organisations/{}/view/end", self.seat.slug()), ().into_any())),
        });
        view! { {banner}{content} }.into_any()
    }

    /// On to proving again who one is, and back to `path` inside the organisation.
    #[must_use]
    pub fn prove_first(&self, path: &str) -> Response {
        prove::first(&self.href(path))
    }

    /// On to `path` inside the organisation, where `flash` is said.
    #[must_use]
    pub fn redirect(&self, path: &str, flash: Flash) -> Response {
        redirect(&self.portal.settings, &self.href(path), flash)
    }
}

impl<P: Permission, S> FromRequestParts<S> for Room<P>
where
    Portal: FromRef<S>,
    Site: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Signed(actor) = <Signed as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let Allowed(scope, seat) = Allowed::<P>::from_request_parts(parts, state).await?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        let portal = Portal::from_ref(state);
        Ok(Self { portal, now, visit, actor, scope, seat })
    }
}
