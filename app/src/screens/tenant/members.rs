//! The members, who is asked to become one, and what each role may do.

pub(crate) mod domains;
pub(crate) mod invite;
mod matrix;
pub(crate) mod one;

use domain::{
    access::policy::{ManageMembers, ReadMembers},
    organisations,
};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{DomainView, InvitationView, MemberView, Role};

use crate::{
    Page, Room, Way,
    components::{Button, Card, Column, Heading, Icon, Row, Table, Tone, both, cover, ident, pill, tag, text, time},
};

/// Everybody in the organisation.
pub(crate) async fn show(room: Room<ReadMembers>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let members = organisations::list_members_in(&tx, &room.scope).await?.items;
    let invitations = match room.seat.prove::<ManageMembers>() {
        Ok(scope) => organisations::list_invitations_in(&tx, &scope).await?.items,
        Err(_) => Vec::new(),
    };
    let domain = organisations::domain_in(&tx, &room.scope).await?;
    let shell = room.shell_in(&tx, Way::Members).await?;
    Ok(room.page(shell, Way::Members, || view(&room, members, invitations, domain)))
}

fn view(
    room: &Room<ReadMembers>,
    members: Vec<MemberView>,
    invitations: Vec<InvitationView>,
    domain: Option<DomainView>,
) -> AnyView {
    let words = room.words();
    let beneath = say!(words, "members-beneath", organisation = room.seat.name());
    let manages = room.seat.may::<ManageMembers>();
    let invite =
        manages.then(|| Button::new(say!(words, "invite")).primary().icon(Icon::Plus).to(room.href("/members/invite")));
    let is_member = room.seat.role().is_some() && room.seat.seen_as().is_none();
    let leave = is_member.then(|| {
        let meaning = say!(words, "leave-means", organisation = room.seat.name());
        one::sheet(say!(words, "leave"), meaning, room.href("/leave"))
    });
    let heading = Heading::new(say!(words, "nav-members")).beneath(beneath);
    let heading = heading.actions(view! { {leave}{invite} }.into_any());
    let asked = (!invitations.is_empty()).then(|| asked(room, invitations));
    let domain = domains::card(room, domain);
    view! { {heading.view()}{people(room, members, manages)}{asked}{domain}{matrix::card(words)} }.into_any()
}

fn people(room: &Room<ReadMembers>, members: Vec<MemberView>, manages: bool) -> AnyView {
    let words = room.words();
    let columns = vec![
        Column::new(say!(words, "member")),
        Column::new(say!(words, "member-role")),
        Column::new(say!(words, "member-since")),
    ];
    let row = |member: MemberView| {
        let you = (member.user == room.actor.person().id).then(|| tag(say!(words, "member-you")));
        let href = room.href(&format!("/members/{}", member.user));
        let name = match manages {
            true => cover(href, member.name),
            false => view! { <bdi class="strong">{member.name}</bdi> }.into_any(),
        };
        let name = view! { <span class="row wrap">{name}{you}</span> };
        let row = Row::new(vec![
            both(name.into_any(), ident(member.email)),
            text(words.role(member.role)),
            time(member.joined_at, words.date(member.joined_at)),
        ]);
        if manages { row.goes() } else { row }
    };
    let rows = members.into_iter().map(row).collect();
    Card::plain().flush(Table::new(say!(words, "nav-members"), columns).rows(rows).view())
}

fn asked(room: &Room<ReadMembers>, invitations: Vec<InvitationView>) -> AnyView {
    let words = room.words();
    let columns = vec![
        Column::new(say!(words, "invitation-to")),
        Column::new(say!(words, "member-role")),
        Column::new(say!(words, "invitation-state")),
        Column::unseen(say!(words, "invitation-acts")),
    ];
    let rows = invitations.into_iter().map(|invitation| asked_row(room, invitation)).collect();
    let table = Table::new(say!(words, "invitations"), columns).rows(rows);
    Card::titled(say!(words, "invitations")).flush(table.view())
}

fn asked_row(room: &Room<ReadMembers>, invitation: InvitationView) -> Row {
    let words = room.words();
    let by = invitation.invited_by.map(|name| text(say!(words, "invitation-by", name = name)));
    let (tone, state) = match invitation.expires_at > room.now {
        true => (Tone::Idle, say!(words, "invitation-open")),
        false => (Tone::Warn, say!(words, "invitation-expired")),
    };
    let until = time(invitation.expires_at, words.moment(invitation.expires_at));
    let href = |verb: &str| room.href(&format!("/invitations/{}/{verb}", invitation.id));
    let resend = Button::new(say!(words, "invitation-resend")).small().icon(Icon::Again);
    let revoke = Button::new(say!(words, "invitation-revoke")).small();
    let acts = view! {
        <div class="row">{resend.post(href("resend"), ().into_any())}{revoke.post(href("revoke"), ().into_any())}</div>
    };
    Row::new(vec![
        both(ident(invitation.email), by.unwrap_or_else(|| ().into_any())),
        text(words.role(invitation.role)),
        both(pill(tone, state), until),
        acts.into_any(),
    ])
}

/// The roles that somebody with this role may give.
fn roles_to_give(words: &Words, own: Option<Role>) -> Vec<(String, String)> {
    let given = Role::ALL.iter().filter(|role| **role != Role::Owner || own == Some(Role::Owner));
    given.map(|role| (role.word().to_owned(), words.role(*role))).collect()
}
