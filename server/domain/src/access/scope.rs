//! The chain of proofs: `Actor` says who, `Seat` what they are in one organisation, `Scope<P>` that they may do `P`
//! there; `Survey<P>` that staff may do `P` across organisations; `Job` that a worker runs.

use std::marker::PhantomData;

use sea_orm::FromQueryResult;
use types::{OrganisationId, OrganisationStanding, Role, SessionId, StaffRole, Timestamp, TokenId, UserId};

use super::{Permission, Principal};
use crate::{Database, Error, Result, database::statement};

/// What is known of a person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// The session that said so.
    pub session: SessionId,
    /// The address they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The language of their account: en, fr or ar.
    pub locale: Option<String>,
    /// The IANA zone that they want times in; nothing for the hub's.
    pub time_zone: Option<String>,
    /// What they do for the hub.
    pub staff: Vec<StaffRole>,
    /// Whether a second factor is asked of them.
    pub has_factor: bool,
    /// Whether they would do something for the hub if they had a second factor.
    pub staff_waits: bool,
    /// Where the request came from.
    pub address: String,
    /// The request's number.
    pub request: Option<String>,
    /// When they last proved who they are, by this session.
    pub proved_at: Timestamp,
}

/// So long does a proof of who one is count, for what changes who else may come in.
pub const PROOF_MINUTES: i64 = 10;

/// Proof that a person showed a little while ago who they are, and did not only come with an open session.
#[derive(Clone, Copy, Debug)]
pub struct Recent(());

/// A person whose session was checked.
#[derive(Clone, Debug)]
pub struct Actor(Person);

#[derive(FromQueryResult)]
struct SeatRow {
    organisation_id: OrganisationId,
    slug: String,
    name: String,
    state: OrganisationStanding,
    role: Option<Role>,
}

impl Actor {
    /// Only the look-up of a session, which has checked the token.
    pub(super) fn checked(person: Person) -> Self {
        Self(person)
    }

    /// The same, by the request with this number.
    #[must_use]
    pub fn asking(mut self, request: Option<String>) -> Self {
        self.0.request = request;
        self
    }

    /// Who it is.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.0
    }

    /// The same without what they do for the hub, which waits until they have a second factor.
    #[must_use]
    pub fn asked_for_factor(mut self) -> Self {
        if !self.0.has_factor && !self.0.staff.is_empty() {
            self.0.staff.clear();
            self.0.staff_waits = true;
        }
        self
    }

    /// What a door that is not theirs says.
    fn stranger(&self) -> Error {
        if self.0.staff_waits { Error::StaffFactor } else { Error::NotFound }
    }

    /// The proof that they showed who they are within [`PROOF_MINUTES`]; nothing where they have to do so again.
    #[must_use]
    pub fn recent(&self, now: Timestamp) -> Option<Recent> {
        (now.seconds_since(self.0.proved_at) < PROOF_MINUTES * 60).then_some(Recent(()))
    }

    /// Takes the actor's seat in the organisation with this id or slug: one round trip for all that follows.
    ///
    /// # Errors
    /// [`Error::NotFound`] to strangers, in the same words as for an organisation that does not exist.
    pub async fn enter(&self, db: &Database, place: &str) -> Result<Seat> {
        let id = place.parse::<OrganisationId>().ok();
        let values = [self.0.id.into(), id.map(OrganisationId::uuid).into(), place.into()];
        let row = SeatRow::find_by_statement(statement("SELECT * FROM seat_of($1, $2, $3)", values))
            .one(db.before_scope())
            .await?
            .filter(|row| row.role.is_some() || !self.0.staff.is_empty())
            .ok_or_else(|| self.stranger())?;
        Ok(Seat {
            organisation: row.organisation_id,
            slug: row.slug,
            name: row.name,
            standing: row.state,
            role: row.role,
            seen_as: None,
            holder: Holder::Person(self.0.clone()),
        })
    }

    /// Proves that the actor, as staff, may do `P` across organisations.
    ///
    /// # Errors
    /// [`Error::NotFound`] to people who are not staff; [`Error::StaffFactor`] to staff whose rights wait for a second
    /// factor; [`Error::Forbidden`] with what staff lack.
    pub fn prove<P: Permission>(&self) -> Result<Survey<P>> {
        let staff = *self.0.staff.first().ok_or_else(|| self.stranger())?;
        match P::missing(None, &self.0.staff) {
            Some(permission) => Err(Error::Forbidden(permission)),
            None => Ok(Survey { principal: self.principal(Some(staff)), permission: PhantomData }),
        }
    }

    pub(crate) fn principal(&self, staff: Option<StaffRole>) -> Principal {
        let Person { id, session, address, request, .. } = &self.0;
        Principal::Person { user: *id, session: *session, address: address.clone(), request: request.clone(), staff }
    }
}

/// An actor, or a program with a token, inside one organisation.
#[derive(Clone, Debug)]
pub struct Seat {
    pub(super) organisation: OrganisationId,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) standing: OrganisationStanding,
    pub(super) role: Option<Role>,
    pub(super) seen_as: Option<Role>,
    pub(super) holder: Holder,
}

/// Whose seat it is.
#[derive(Clone, Debug)]
pub(super) enum Holder {
    Person(Person),
    Token {
        principal: Principal,
        /// What it was given, as far as its role may.
        permissions: Vec<String>,
    },
}

impl Seat {
    /// Proves that the actor may do `P` here, by membership or else by staff right.
    ///
    /// # Errors
    /// [`Error::Forbidden`] with the permission that is lacking; [`Error::TokenLacks`] where only the token lacks it.
    pub fn prove<P: Permission>(&self) -> Result<Scope<P>> {
        if let Some(permission) = self.lacking::<P>() {
            return Err(Error::Forbidden(permission));
        }
        let principal = match &self.holder {
            Holder::Person(person) => {
                let by_staff_right = self.seen_as.is_some() || P::missing(self.role, &[]).is_some();
                Actor(person.clone()).principal(person.staff.first().copied().filter(|_| by_staff_right))
            }
            Holder::Token { principal, permissions } => match P::beyond(permissions) {
                Some(permission) => return Err(Error::TokenLacks(permission)),
                None => principal.clone(),
            },
        };
        let only_looks = self.seen_as.is_some();
        Ok(Scope { organisation: self.organisation, principal, only_looks, permission: PhantomData })
    }

    /// Whether the actor may do `P` here: for what a screen offers.
    #[must_use]
    pub fn may<P: Permission>(&self) -> bool {
        self.prove::<P>().is_ok()
    }

    fn staff(&self) -> &[StaffRole] {
        match &self.holder {
            Holder::Person(person) => &person.staff,
            // A token is a member's or an organisation's, never the hub's.
            Holder::Token { .. } => &[],
        }
    }

    /// Who looks as a member would sees what that member and they themselves may see, and changes nothing.
    fn lacking<P: Permission>(&self) -> Option<&'static str> {
        match self.seen_as {
            None => P::missing(self.role, self.staff()),
            Some(role) => {
                let of_role = P::missing(Some(role), &[]);
                of_role.or_else(|| P::missing(None, self.staff())).or_else(P::changing)
            }
        }
    }

    /// The same seat of staff who look as somebody with this role would.
    pub(super) fn looking_as(self, role: Role) -> Self {
        Self { seen_as: Some(role), ..self }
    }

    /// As whom staff look; nothing for everybody who is here as themselves.
    #[must_use]
    pub fn seen_as(&self) -> Option<Role> {
        self.seen_as
    }

    /// The tenant.
    #[must_use]
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The tenant's word in addresses.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// What the tenant is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the tenant may begin something.
    #[must_use]
    pub fn standing(&self) -> OrganisationStanding {
        self.standing
    }

    /// The actor's role, or the one that they look as; nothing for staff who are not members.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.seen_as.or(self.role)
    }

    /// Who sits here; nobody where a program does.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        match &self.holder {
            Holder::Person(person) => Some(person),
            Holder::Token { .. } => None,
        }
    }

    /// The token of the program that sits here.
    #[must_use]
    pub fn token(&self) -> Option<TokenId> {
        match &self.holder {
            Holder::Token { principal: Principal::Token { token, .. }, .. } => Some(*token),
            Holder::Token { .. } | Holder::Person(_) => None,
        }
    }

    /// The same, by the request with this number: where a program sits, which brings no session that says it.
    #[must_use]
    pub fn asking(mut self, number: Option<String>) -> Self {
        if let Holder::Token { principal: Principal::Token { request, .. }, .. } = &mut self.holder {
            *request = number;
        }
        self
    }
}

/// Proof that an actor may do `P` in an organisation.
#[derive(Clone, Debug)]
pub struct Scope<P> {
    organisation: OrganisationId,
    principal: Principal,
    only_looks: bool,
    permission: PhantomData<fn() -> P>,
}

impl<P> Scope<P> {
    /// Whether it opens nothing for writing, whatever `P` is.
    pub(crate) fn only_looks(&self) -> bool {
        self.only_looks
    }

    /// The tenant.
    #[must_use]
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Who acts.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }
}

/// Proof that staff may do `P` across organisations.
#[derive(Clone, Debug)]
pub struct Survey<P> {
    principal: Principal,
    permission: PhantomData<fn() -> P>,
}

impl<P> Survey<P> {
    /// Who acts.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }
}

/// A worker's right to work across organisations; the program's workers hold one each, by name.
#[derive(Clone, Copy, Debug)]
pub struct Job(&'static str);

impl Job {
    /// The job of the worker with this name.
    #[must_use]
    pub const fn of(worker: &'static str) -> Self {
        Self(worker)
    }

    /// The worker's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}
