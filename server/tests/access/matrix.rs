//! Every route of API and screens against every kind of caller. A route that is not in the tables fails the test, and so
//! does a row whose route is gone.

use std::collections::BTreeSet;

use server::http;
use types::Role;

use super::{
    api_doors::API,
    beside::{COMMON, STREAMS},
    doors::{Kind, Row, callers, outsiders, wrong},
    screen_doors::SCREENS,
};
use crate::portal::TestPortal;

#[test]
fn every_route_stands_in_a_table_and_every_row_is_a_route() {
    let common = [http::WATCHED, http::TOLD, http::OPERATED, http::rest::DESCRIBED].concat();
    for (table, routes, stands_once) in [
        (API, http::rest::ROUTES, true),
        (SCREENS, app::ROUTES, true),
        (STREAMS, http::events::ROUTES, false),
        (COMMON, common.as_slice(), true),
    ] {
        let route = |&(method, path, _): &Row| (method, path.split_once('?').map_or(path, |(path, _)| path));
        let rows: BTreeSet<_> = table.iter().map(route).collect();
        assert_eq!(rows, routes.iter().copied().collect::<BTreeSet<_>>());
        assert!(!stands_once || rows.len() == table.len(), "a route stands once");
    }
}

#[tokio::test]
async fn every_caller_gets_at_every_door_of_the_api_what_the_policy_says() {
    assert_all_doors(&[COMMON, API].concat()).await;
}

#[tokio::test]
async fn every_caller_gets_at_every_door_of_the_screens_what_the_policy_says() {
    assert_all_doors(&[STREAMS, SCREENS].concat()).await;
}

/// An organisation that the hub suspended reads and writes at the same doors: what it may not begin is refused inside.
async fn assert_all_doors(table: &[Row]) {
    for is_suspended in [false, true] {
        let portal = TestPortal::new().await;
        let acme = portal.organisation("acme").await;
        if is_suspended {
            portal.as_owner("UPDATE organisation SET state = 'suspended' WHERE slug = 'acme'").await;
        }
        let mut callers = callers(&portal, &acme).await;
        match is_suspended {
            // On the screens a program is nobody, in whatever state the organisation is: once is enough.
            true => callers.retain(|kind, _| !kind.is_program() || table.iter().any(|row| row.1.starts_with("/api/"))),
            false => {
                let owner = callers[&Kind::Member(Role::Owner)].clone();
                callers.extend(outsiders(&portal, &acme, &owner).await);
            }
        }
        let wrong = wrong(table, &callers, "acme").await;
        assert!(wrong.is_empty(), "suspended: {is_suspended}\n{}", wrong.join("\n"));
    }
}
