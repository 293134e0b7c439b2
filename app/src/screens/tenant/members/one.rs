//! One member: another role, out of the organisation, or its owner; and leaving it oneself.

use axum::response::{IntoResponse, Response};
use domain::{
    Error, Rule,
    access::{
        Permission,
        policy::{ManageMembers, ManageOwners, ReadMembers, ReadOrganisation},
    },
    organisations,
};
use leptos::prelude::*;
use messages::say;
use serde::Deserialize;
use session::{Form as Sent, Path, Refused};
use types::{BudgetSubject, MemberView, Role, UserId};

use super::{
    super::budget::{self, Found, Returned},
    invite::refused,
    roles_to_give,
};
use crate::{
    Flash, Page, Room, Way,
    components::{Button, Card, Form, Heading, Select, facts, ident, text, time},
    flash::redirect,
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    role: String,
}

type Which = Path<(String, UserId)>;

/// The page.
pub(crate) async fn show(room: Room<ManageMembers>, Path((_, member)): Which) -> Result<Response, Refused> {
    if room.actor.recent(room.now).is_none() {
        return Ok(room.prove_first(&address(member)));
    }
    Ok(page(&room, member, None).await?.into_response())
}

/// Gives another role.
pub(crate) async fn change(
    room: Room<ManageMembers>,
    Path((_, member)): Which,
    Sent(sent): Sent<Wanted>,
) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first(&address(member))) };
    let role: Role = sent.role.parse().map_err(|_| Error::Invalid { field: "role", rule: Rule::Known })?;
    let outcome = organisations::change_role(&room.portal.db, &room.scope, recent, (member, role), room.now).await;
    let words = room.words();
    let done =
        Flash::done(say!(words, "role-changed", role = words.role(role))).then(say!(words, "role-changed-means"));
    answer(&room, member, outcome, done)
}

/// Takes them out.
pub(crate) async fn remove(room: Room<ManageMembers>, Path((_, member)): Which) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first(&address(member))) };
    let outcome = organisations::remove_member(&room.portal.db, &room.scope, recent, member, room.now).await;
    let words = room.words();
    let done = Flash::done(say!(words, "member-removed")).then(say!(words, "member-removed-means"));
    answer(&room, member, outcome, done)
}

/// Makes them the owner in the reader's place.
pub(crate) async fn transfer(room: Room<ManageOwners>, Path((_, member)): Which) -> Result<Response, Refused> {
    let Some(recent) = room.actor.recent(room.now) else { return Ok(room.prove_first(&address(member))) };
    let outcome = organisations::transfer_ownership(&room.portal.db, &room.scope, recent, member, room.now).await;
    let words = room.words();
    let done = Flash::done(say!(words, "ownership-transferred")).then(say!(words, "ownership-transferred-means"));
    answer(&room, member, outcome, done)
}

/// Takes the reader out.
pub(crate) async fn leave(room: Room<ReadOrganisation>) -> Result<Response, Refused> {
    let words = room.words();
    match organisations::leave(&room.portal.db, &room.scope, room.now).await {
        Ok(()) => {
            let flash = Flash::done(say!(words, "left", organisation = room.seat.name()));
            Ok(redirect(&room.portal.settings, "/home", flash))
        }
        Err(error @ Error::Conflict(_)) => Ok(room.redirect(Way::Members.path(), refused(words, error))),
        Err(error) => Err(error.into()),
    }
}

/// The page's address inside the organisation.
pub(in crate::screens::tenant) fn address(member: UserId) -> String {
    format!("{}/{member}", Way::Members.path())
}

/// Back to the list; to the member where it was refused.
fn answer<P: Permission>(
    room: &Room<P>,
    member: UserId,
    outcome: Result<(), Error>,
    done: Flash,
) -> Result<Response, Refused> {
    match outcome {
        Ok(()) => Ok(room.redirect(Way::Members.path(), done)),
        Err(error @ Error::Conflict(_)) => Ok(room.redirect(&address(member), refused(room.words(), error))),
        Err(error) => Err(error.into()),
    }
}

/// The page, with a budget's form that came back.
pub(in crate::screens::tenant) async fn page(
    room: &Room<ManageMembers>,
    member: UserId,
    returned: Returned,
) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let members = organisations::list_members_in(&tx, &room.with::<ReadMembers>()?.scope).await?.items;
    let member = members.into_iter().find(|other| other.user == member).ok_or(Error::NotFound)?;
    let found = Found::read_in(room, &tx, BudgetSubject::Member(member.user)).await?;
    let shell = room.shell_in(&tx, Way::Members).await?;
    drop(tx);
    let name = member.name.clone();
    Ok(room.page_of(shell, Way::Members, &name, || view(room, &member, found, returned)))
}

fn view(room: &Room<ManageMembers>, member: &MemberView, found: Found, returned: Returned) -> AnyView {
    let words = room.words();
    let known = vec![
        (say!(words, "email"), ident(member.email.clone())),
        (say!(words, "member-role"), text(words.role(member.role))),
        (say!(words, "member-since"), time(member.joined_at, words.date(member.joined_at))),
    ];
    let is_reader = member.user == room.actor.person().id;
    // Only owners make and unmake owners.
    let may_touch = member.role != Role::Owner || room.seat.may::<ManageOwners>();
    let change = may_touch.then(|| Card::titled(say!(words, "member-change")).body(change_form(room, member)));
    let hand_over = (room.seat.may::<ManageOwners>() && !is_reader).then(|| {
        sheet(
            say!(words, "ownership-transfer"),
            say!(words, "ownership-transfer-means", name = member.name.as_str()),
            room.href(&format!("{}/transfer", address(member.user))),
        )
    });
    let remove = (may_touch && !is_reader).then(|| {
        sheet(
            say!(words, "member-remove"),
            say!(words, "member-remove-means", name = member.name.as_str()),
            room.href(&format!("{}/remove", address(member.user))),
        )
    });
    let heading = Heading::new(member.name.clone()).actions(view! { {hand_over}{remove} }.into_any());
    let action = room.href(&format!("{}/budget", address(member.user)));
    let budget = budget::card(words, action, found, returned);
    let left = view! { <div class="stack">{change}{Card::plain().body(facts(known))}{budget}</div> };
    view! { {heading.view()}<div class="split even">{left}{super::matrix::card(words)}</div> }.into_any()
}

fn change_form(room: &Room<ManageMembers>, member: &MemberView) -> AnyView {
    let words = room.words();
    let role = Select {
        name: "role".to_owned(),
        label: say!(words, "member-role"),
        options: roles_to_give(words, room.seat.role()),
        chosen: member.role.word().to_owned(),
        hint: None,
        error: None,
    };
    let fields = view! { {role.view()}<div>{Button::new(say!(words, "member-change")).primary().submit()}</div> };
    Form::post(room.href(&address(member.user))).around(fields.into_any())
}

/// An action that opens in place and says what it means before it is done.
pub(super) fn sheet(action: String, meaning: String, href: String) -> AnyView {
    let form = Button::new(action.clone()).danger().primary().post(href, ().into_any());
    view! {
        <details class="confirm">
            <summary class="btn danger">{action}</summary>
            <div class="sheet-body"><p class="sm">{meaning}</p>{form}</div>
        </details>
    }
    .into_any()
}
