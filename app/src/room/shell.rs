//! The frame around a tenant's pages: ways by permission, the other organisations, the balance.

use domain::{
    Tx,
    access::{
        Actor, Permission, Seat,
        policy::{ReadBalance, ReadInstances},
    },
    instances, ledger, organisations,
};
use messages::{Words, say};
use session::Refused;
use types::MembershipView;

use super::{Room, Way, wallet};
use crate::{
    StaffWay,
    components::{Account, Item, Organisation, Section, Shell, Switcher},
};

/// What a count shows at most; more are "99+".
const MOST_COUNTED: u64 = 99;

pub(super) async fn shell_in<P: Permission>(room: &Room<P>, tx: &Tx, here: Way) -> Result<Shell, Refused> {
    let memberships = organisations::list_memberships(&room.portal.db, &room.actor).await?;
    let view = match room.seat.prove::<ReadBalance>() {
        Ok(scope) => Some(ledger::wallet_in(tx, &scope).await?),
        Err(_) => None,
    };
    let (words, href) = (room.words(), || room.href(Way::Wallet.path()));
    let n_instances = counted_in(room, tx).await?;
    let person = room.actor.person();
    Ok(Shell {
        switcher: switcher(room.words(), &room.actor, &room.seat, memberships),
        sections: sections(room, here, n_instances),
        wallet: view.as_ref().map(|view| wallet::card(words, href(), view, room.now)),
        notice: view.as_ref().and_then(|view| wallet::notice(words, href(), view, room.now)),
        account: Account { name: person.name.clone(), email: person.email.clone() },
    })
}

/// How many instances are not deleted, in words; nothing for none and for who may not see them.
async fn counted_in<P: Permission>(room: &Room<P>, tx: &Tx) -> Result<Option<String>, Refused> {
    let Ok(scope) = room.seat.prove::<ReadInstances>() else { return Ok(None) };
    let n = instances::count_in(tx, &scope).await?;
    Ok((n > 0).then(|| if n > MOST_COUNTED { format!("{MOST_COUNTED}+") } else { n.to_string() }))
}

fn switcher(words: &Words, actor: &Actor, seat: &Seat, memberships: Vec<MembershipView>) -> Switcher {
    let others = memberships.into_iter().filter(|other| other.organisation != seat.organisation());
    let mut others = others
        .map(|other| Organisation {
            role: words.role(other.role),
            href: format!("/o/{}", other.slug),
            name: other.name,
        })
        .collect::<Vec<_>>();
    if let (Some(role), Some(way)) = (actor.person().staff.first(), StaffWay::first_of(actor)) {
        let (name, role) = (say!(words, "staff-area"), words.staff_role(*role));
        others.push(Organisation { name, role, href: way.path().to_owned() });
    }
    let role = seat.role().map(|role| words.role(role));
    Switcher { name: seat.name().to_owned(), role: role.unwrap_or_else(|| say!(words, "staff-area")), others }
}

fn sections<P: Permission>(room: &Room<P>, here: Way, n_instances: Option<String>) -> Vec<Section> {
    let words = room.words();
    let groups = [
        (None, vec![Way::Overview]),
        (Some(say!(words, "nav-build")), vec![Way::Launch, Way::Instances, Way::Volumes]),
        (Some(say!(words, "nav-money")), vec![Way::Usage, Way::Wallet, Way::Invoices]),
        (
            Some(say!(words, "nav-organisation")),
            vec![Way::Members, Way::Projects, Way::Tokens, Way::Audit, Way::Settings],
        ),
    ];
    let section = |(heading, ways): (Option<String>, Vec<Way>)| {
        let ways = ways.into_iter().filter(|way| way.is_open_to(&room.seat));
        let count = |way| n_instances.clone().filter(|_| way == Way::Instances);
        let items = ways.map(|way| Item { count: count(way), ..item(room, way, here) }).collect::<Vec<_>>();
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
