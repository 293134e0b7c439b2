//! Every route against every kind of caller. A route that is not in the table fails the test, and so does a row whose
//! route is gone.

use std::collections::{BTreeMap, BTreeSet};

use axum::{body::Body, http::Method};
use server::http::rest::ROUTES;
use types::{Role, StaffRole};

use crate::portal::{Caller, TestPortal};

/// Who gets further than the door, besides the question whether what they ask for exists.
#[derive(Clone, Copy, Debug)]
enum Door {
    /// Everybody.
    Open,
    /// Whoever is signed in.
    Signed,
    /// Who has this permission in the organisation, by membership or staff right.
    Tenant(&'static str),
    /// Staff who have this permission.
    Staff(&'static str),
}
use Door::{Open, Signed, Staff, Tenant};

const TABLE: &[(&str, &str, Door)] = &[
    ("post", "/api/v1/session", Open),
    ("get", "/api/v1/session", Signed),
    ("delete", "/api/v1/session", Signed),
    ("get", "/api/v1/sessions", Signed),
    ("delete", "/api/v1/sessions/{session}", Signed),
    ("get", "/api/v1/catalogue", Open),
    ("get", "/api/v1/templates", Open),
    ("get", "/api/v1/organisations", Signed),
    ("get", "/api/v1/organisations/{organisation}/members", Tenant("ReadMembers")),
    ("get", "/api/v1/organisations/{organisation}/projects", Tenant("ReadOrganisation")),
    ("get", "/api/v1/organisations/{organisation}/quotas", Tenant("ReadOrganisation")),
    ("put", "/api/v1/organisations/{organisation}/quotas", Tenant("SetQuotas")),
    ("get", "/api/v1/organisations/{organisation}/catalogue", Tenant("ReadOrganisation")),
    ("get", "/api/v1/organisations/{organisation}/catalogue/verdict", Tenant("LaunchInstances")),
    ("get", "/api/v1/organisations/{organisation}/launch-plan", Tenant("LaunchInstances")),
    ("get", "/api/v1/organisations/{organisation}/instances", Tenant("ReadInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances", Tenant("LaunchInstances")),
    ("get", "/api/v1/organisations/{organisation}/instances/{instance}", Tenant("ReadInstances")),
    ("delete", "/api/v1/organisations/{organisation}/instances/{instance}", Tenant("ChangeInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/stop", Tenant("StopInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/start", Tenant("ChangeInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/restart", Tenant("ChangeInstances")),
    ("post", "/api/v1/organisations/{organisation}/instances/{instance}/undo-delete", Tenant("ChangeInstances")),
    ("get", "/api/v1/organisations/{organisation}/instances/{instance}/logs", Tenant("ReadLogs")),
    ("get", "/api/v1/organisations/{organisation}/usage", Tenant("ReadUsage")),
    ("get", "/api/v1/organisations/{organisation}/wallet", Tenant("ReadBalance")),
    ("get", "/api/v1/organisations/{organisation}/wallet/entries", Tenant("ReadBalance")),
    ("post", "/api/v1/organisations/{organisation}/wallet/transfers", Tenant("CloseBilling")),
    ("get", "/api/v1/organisations/{organisation}/lots", Tenant("ReadBalance")),
    ("post", "/api/v1/organisations/{organisation}/lots", Tenant("GrantCredits")),
    ("post", "/api/v1/organisations/{organisation}/lots/preview", Tenant("GrantCredits")),
    ("post", "/api/v1/organisations/{organisation}/lots/{lot}/undo", Tenant("GrantCredits")),
    ("get", "/api/v1/organisations/{organisation}/invoices", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}/lines/{line}", Tenant("ReadInvoices")),
    ("get", "/api/v1/organisations/{organisation}/invoices/{invoice}/recalculation", Tenant("ReadInvoices")),
    ("post", "/api/v1/organisations/{organisation}/invoices/{invoice}/finalise", Tenant("CloseBilling")),
    ("post", "/api/v1/organisations/{organisation}/periods/{period}/close", Tenant("CloseBilling")),
    ("post", "/api/v1/organisations/{organisation}/periods/{period}/waive", Tenant("CloseBilling")),
    ("get", "/api/v1/staff/prices", Staff("SetPrices")),
    ("post", "/api/v1/staff/prices", Staff("SetPrices")),
    ("delete", "/api/v1/staff/prices/{price}", Staff("SetPrices")),
    ("get", "/api/v1/staff/tax-rules", Staff("SetPrices")),
    ("post", "/api/v1/staff/tax-rules", Staff("SetPrices")),
    ("get", "/api/v1/staff/periods", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/invoices", Staff("ReadInvoices")),
    ("get", "/api/v1/staff/clusters", Staff("ReadNodes")),
    ("get", "/api/v1/staff/nodes", Staff("ReadNodes")),
    ("get", "/api/v1/staff/waiting", Staff("ReadNodes")),
    ("get", "/api/v1/staff/unconfirmed", Staff("ReadNodes")),
    ("get", "/api/v1/staff/questions", Staff("ReadNodes")),
    ("post", "/api/v1/staff/questions/{question}/answer", Staff("MaintainNodes")),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Nobody,
    Stranger,
    Member(Role),
    Hub(StaffRole),
}

#[test]
fn every_route_stands_in_the_table_and_every_row_is_a_route() {
    let routes: BTreeSet<_> = ROUTES.iter().copied().collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|(method, path, _)| (*method, *path)).collect();
    assert_eq!(rows, routes);
}

#[tokio::test]
async fn every_caller_gets_at_every_door_what_the_policy_says() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let mut callers = BTreeMap::from([(Kind::Nobody, portal.nobody()), (Kind::Stranger, portal.stranger().await)]);
    for role in Role::ALL {
        callers.insert(Kind::Member(*role), acme.member(*role).await);
    }
    for role in StaffRole::ALL {
        callers.insert(Kind::Hub(*role), portal.staff(*role).await);
    }
    let mut wrong = Vec::new();
    // Signing out ends the caller's session, so it comes last.
    let (last, first): (Vec<_>, Vec<_>) = TABLE.iter().partition(|row| (row.0, row.1) == ("delete", "/api/v1/session"));
    for &(method, path, door) in first.into_iter().chain(last) {
        for (kind, caller) in &callers {
            let status = ask(caller, method, path).await;
            if !expected(*kind, door).admits(status) {
                wrong.push(format!("{method} {path} for {kind:?}: {status} instead of {:?}", expected(*kind, door)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sends the request with ids that nothing has, in the organisation that there is.
async fn ask(caller: &Caller, method: &str, path: &str) -> u16 {
    let filled = path.split('/').map(|part| match part {
        "{organisation}" => "acme".to_owned(),
        "{line}" => "1".to_owned(),
        part if part.starts_with('{') => format!("{}_01ka4c2d00000000000000000z", prefix(part)),
        part => part.to_owned(),
    });
    let path = filled.collect::<Vec<_>>().join("/");
    let method: Method = method.to_uppercase().parse().unwrap();
    let body = if method == Method::GET { Body::empty() } else { Body::from("{}") };
    caller.send(method, &path, Some("application/json"), body).await.status
}

fn prefix(part: &str) -> &'static str {
    match part {
        "{session}" => "ses",
        "{instance}" => "ins",
        "{invoice}" => "inv",
        "{flavour}" => "flv",
        "{period}" => "per",
        "{project}" => "prj",
        "{lot}" => "lot",
        "{price}" => "prc",
        "{question}" => "que",
        other => panic!("no prefix for {other}"),
    }
}

#[derive(Clone, Copy, Debug)]
enum Expected {
    Unauthenticated,
    Hidden,
    Forbidden,
    /// Anything but the door's refusals; `NotFound` where the path names a thing that is not there.
    Inside,
}

impl Expected {
    fn admits(self, status: u16) -> bool {
        match self {
            Self::Unauthenticated => status == 401,
            Self::Hidden => status == 404,
            Self::Forbidden => status == 403,
            Self::Inside => !matches!(status, 401 | 403 | 405) && status < 500,
        }
    }
}

fn expected(kind: Kind, door: Door) -> Expected {
    let may = |permission| {
        let row = domain::access::policy::holders(permission).unwrap_or_else(|| panic!("no permission {permission}"));
        match kind {
            Kind::Member(role) => row.roles.contains(&role),
            Kind::Hub(role) => row.staff.contains(&role),
            Kind::Nobody | Kind::Stranger => false,
        }
    };
    match (door, kind) {
        (Open, _) => Expected::Inside,
        (_, Kind::Nobody) => Expected::Unauthenticated,
        (Signed, _) => Expected::Inside,
        (Tenant(_) | Staff(_), Kind::Stranger) | (Staff(_), Kind::Member(_)) => Expected::Hidden,
        (Tenant(permission) | Staff(permission), _) if may(permission) => Expected::Inside,
        (Tenant(_) | Staff(_), _) => Expected::Forbidden,
    }
}
