//! The frame around a tenant's pages: ways by permission, the other organisations, the balance.

use domain::{
    Tx,
    access::{Permission, Seat},
    organisations,
};
use messages::{Words, say};
use session::Refused;
use types::MembershipView;

use super::{Room, Way};
use crate::components::{Account, Item, Organisation, Section, Shell, Switcher};

pub(super) async fn shell_in<P: Permission>(room: &Room<P>, _tx: &Tx, here: Way) -> Result<Shell, Refused> {
    let memberships = organisations::list_memberships(&room.portal.db, &room.actor).await?;
    let person = room.seat.person();
    Ok(Shell {
        switcher: switcher(room.words(), &room.seat, memberships),
        sections: sections(room, here),
        wallet: None,
        account: Account { name: person.name.clone(), email: person.email.clone() },
    })
}

fn switcher(words: &Words, seat: &Seat, memberships: Vec<MembershipView>) -> Switcher {
    let others = memberships.into_iter().filter(|other| other.organisation != seat.organisation());
    let mut others = others
        .map(|other| Organisation {
            role: words.role(other.role),
            href: format!("/o/{}", other.slug),
            name: other.name,
        })
        .collect::<Vec<_>>();
    if let Some(role) = seat.person().staff.first() {
        let (name, role) = (say!(words, "staff-area"), words.staff_role(*role));
        others.push(Organisation { name, role, href: "/staff".to_owned() });
    }
    let role = seat.role().map(|role| words.role(role));
    Switcher { name: seat.name().to_owned(), role: role.unwrap_or_else(|| say!(words, "staff-area")), others }
}

fn sections<P: Permission>(room: &Room<P>, here: Way) -> Vec<Section> {
    let words = room.words();
    let groups = [
        (None, vec![Way::Overview]),
        (Some(say!(words, "nav-build")), vec![Way::Launch, Way::Instances]),
        (Some(say!(words, "nav-money")), vec![Way::Usage, Way::Wallet, Way::Invoices]),
        (Some(say!(words, "nav-organisation")), vec![Way::Members]),
    ];
    let section = |(heading, ways): (Option<String>, Vec<Way>)| {
        let ways = ways.into_iter().filter(|way| way.open_to(&room.seat));
        let items = ways.map(|way| item(room, way, here)).collect::<Vec<_>>();
        (!items.is_empty()).then_some(Section { heading, items })
    };
    groups.into_iter().filter_map(section).collect()
}

fn item<P: Permission>(room: &Room<P>, way: Way, here: Way) -> Item {
    Item {
        icon: way.icon(),
        words: way.words(room.words()),
        href: room.href(way.path()),
        count: None,
        here: way == here,
    }
}
