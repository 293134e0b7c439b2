//! The members, and what each role may do.

use domain::{
    access::policy::{self, ReadMembers},
    organisations,
};
use leptos::prelude::*;
use messages::{Words, say};
use session::Refused;
use types::{MemberView, Role, UserId};

use crate::{
    Page, Room, Way,
    components::{Card, Column, Heading, Row, Table, both, ident, tag, text, time},
};

/// Everybody in the organisation.
pub(crate) async fn show(room: Room<ReadMembers>) -> Result<Page, Refused> {
    let tx = room.look().await?;
    let members = organisations::list_members_in(&tx, &room.scope).await?.items;
    let shell = room.shell_in(&tx, Way::Members).await?;
    Ok(room.page(shell, Way::Members, || view(&room, members)))
}

fn view(room: &Room<ReadMembers>, members: Vec<MemberView>) -> AnyView {
    let words = room.words();
    let beneath = say!(words, "members-beneath", organisation = room.seat.name());
    let heading = Heading::new(say!(words, "nav-members")).beneath(beneath);
    view! { {heading.view()}{people(words, room.actor.person().id, members)}{roles(words)} }.into_any()
}

fn people(words: &Words, reader: UserId, members: Vec<MemberView>) -> AnyView {
    let columns = vec![
        Column::new(say!(words, "member")),
        Column::new(say!(words, "member-role")),
        Column::new(say!(words, "member-since")),
    ];
    let row = |member: MemberView| {
        let you = (member.user == reader).then(|| tag(say!(words, "member-you")));
        let name = view! { <span class="row wrap"><bdi class="strong">{member.name}</bdi>{you}</span> };
        Row::new(vec![
            both(name.into_any(), ident(member.email)),
            text(words.role(member.role)),
            time(member.joined_at, words.date(member.joined_at)),
        ])
    };
    let rows = members.into_iter().map(row).collect();
    Card::plain().flush(Table::new(say!(words, "nav-members"), columns).rows(rows).view())
}

fn roles(words: &Words) -> AnyView {
    let columns = vec![Column::new(say!(words, "member-role")), Column::wide(say!(words, "roles-may"))];
    let row = |role: &Role| {
        let name = view! { <span class="strong">{words.role(*role)}</span> }.into_any();
        let may = policy::TABLE.iter().filter(|row| row.roles.contains(role));
        let may = may.map(|row| words.say("permission", &[("word", row.permission.into())])).collect::<Vec<_>>();
        let listed = may.join(" · ");
        Row::new(vec![name, both(text(words.role_meaning(*role)), text(listed))])
    };
    let rows = Role::ALL.iter().map(row).collect();
    let table = Table::new(say!(words, "roles-title"), columns).rows(rows);
    Card::titled(say!(words, "roles-title")).flush(table.view())
}
