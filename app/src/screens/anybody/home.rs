//! Where a person who signs in begins: their organisation, or the hub's own area.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{Error, access::Actor, organisations};
use leptos::prelude::*;
use messages::say;
use session::{Portal, Refused, Signed};

use crate::{
    Page, StaffWay, Visit,
    components::{Bare, Button, Empty},
    flash::see_other,
};

/// Goes there; says so to those who belong nowhere yet.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Signed(actor): Signed,
) -> Result<Response, Refused> {
    match address_of(&portal, &actor).await? {
        Some(address) => Ok(see_other(&address)),
        None if actor.person().staff_waits => Err(Error::StaffFactor.into()),
        None => Ok(homeless(&visit, &actor).into_response()),
    }
}

/// The first organisation by name; for staff of none, their first way.
pub(crate) async fn address_of(portal: &Portal, actor: &Actor) -> Result<Option<String>, Refused> {
    let memberships = organisations::list_memberships(&portal.db, actor).await?;
    let own = memberships.first().map(|membership| format!("/o/{}", membership.slug));
    Ok(own.or_else(|| StaffWay::first_of(actor).map(|way| way.path().to_owned())))
}

fn homeless(visit: &Visit, actor: &Actor) -> Page {
    let words = &visit.words;
    let next = say!(words, "homeless-next", email = actor.person().email.as_str());
    let open = Button::new(say!(words, "found")).primary().to("/organisations/new");
    let empty = || Empty { title: say!(words, "homeless"), words: next, next: Some(open) }.view();
    Page::bare(visit, Bare::of_person(words, None), &say!(words, "homeless"), || empty().into_any()).private()
}
