//! Who is let through which door: what the policy says of each kind of caller, for API and screens alike.

use std::collections::BTreeMap;

use axum::{body::Body, http::Method};
use domain::access::policy;
use serde_json::json;
use types::{Role, StaffRole};

use crate::portal::{Answer, Caller, TestOrganisation, TestPortal};

/// Who gets further than the door, besides the question whether what they ask for exists.
#[derive(Clone, Copy, Debug)]
pub(super) enum Door {
    /// Everybody.
    Open,
    /// Whoever is signed in.
    Signed,
    /// Who has this permission in the organisation, by membership or staff right.
    Tenant(&'static str),
    /// The same, and no program, whatever its token was given.
    Person(&'static str),
    /// Staff who have this permission.
    Staff(&'static str),
}

/// A method, an address, and who is let through.
pub(super) type Row = (&'static str, &'static str, Door);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Nobody,
    Stranger,
    Member(Role),
    Hub(StaffRole),
    /// A program with a token that was given one permission, of a service account that may have them all.
    Token(&'static str),
    /// A program with a token that was revoked.
    Revoked,
}

/// One caller of every kind; the members are of this organisation.
pub(super) async fn callers(portal: &TestPortal, acme: &TestOrganisation<'_>) -> BTreeMap<Kind, Caller> {
    let mut callers = BTreeMap::from([(Kind::Nobody, portal.nobody()), (Kind::Stranger, portal.stranger().await)]);
    for role in Role::ALL {
        callers.insert(Kind::Member(*role), acme.member(*role).await);
    }
    for role in StaffRole::ALL {
        callers.insert(Kind::Hub(*role), portal.staff(*role).await);
    }
    let admin = &callers[&Kind::Member(Role::Admin)].clone();
    for permission in policy::OF_TOKENS {
        callers.insert(Kind::Token(permission), program(portal, admin, permission).await.0);
    }
    let (revoked, address) = program(portal, admin, "ReadInstances").await;
    assert_eq!(admin.delete(&address).await.status, 204);
    callers.insert(Kind::Revoked, revoked);
    callers
}

/// A program with a token that was given this permission, and the token's address.
async fn program(portal: &TestPortal, admin: &Caller, permission: &str) -> (Caller, String) {
    let path = "/api/v1/organisations/acme/tokens";
    let ask = json!({ "name": permission, "role": "admin", "permissions": [permission], "days": 1,
        "ceiling": { "micros": 1_000_000, "currency": "MAD" } });
    let made = admin.post(path, &ask).await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    let said = format!("Bearer {}", made["secret"].as_str().unwrap());
    let address = format!("{path}/{}", made["token"]["id"].as_str().unwrap());
    (portal.nobody().with("authorization", &said), address)
}

/// What stands for a part of a path: the organisation there is, and ids that nothing has.
pub(super) fn filled(path: &str, organisation: &str, id: Option<&str>) -> String {
    let part = |part: &str| match part {
        "{organisation}" => organisation.to_owned(),
        "{line}" => "1".to_owned(),
        "{currency}" => "MAD".to_owned(),
        "{account}" => "wallet".to_owned(),
        "{provider}" => "nobody".to_owned(),
        part if part.starts_with('{') => {
            id.map_or_else(|| format!("{}_01ka4c2d00000000000000000z", prefix(part)), str::to_owned)
        }
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn prefix(part: &str) -> &'static str {
    match part {
        "{session}" => "ses",
        "{instance}" => "ins",
        "{invoice}" => "inv",
        "{credit_note}" => "crn",
        "{flavour}" => "flv",
        "{period}" => "per",
        "{project}" => "prj",
        "{lot}" => "lot",
        "{price}" => "prc",
        "{question}" => "que",
        "{letter}" => "let",
        "{member}" | "{person}" => "usr",
        "{invitation}" => "ivt",
        "{budget}" => "bud",
        "{token}" => "tok",
        "{passkey}" => "pky",
        "{domain}" => "dom",
        "{proposal}" => "prp",
        "{reset}" => "rst",
        other => panic!("no prefix for {other}"),
    }
}

/// Sends a request with a body of the kind that the surface takes.
pub(super) async fn send(caller: &Caller, method: &str, path: &str, json: &'static str, form: &'static str) -> Answer {
    let method: Method = method.to_uppercase().parse().unwrap();
    let (kind, body) = match path.starts_with("/api/") {
        true => ("application/json", json),
        false => ("application/x-www-form-urlencoded", form),
    };
    let body = if method == Method::GET { Body::empty() } else { Body::from(body) };
    caller.send(method, path, Some(kind), body).await
}

/// What a surface answers to whom it does not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Unauthenticated,
    Hidden,
    Forbidden,
    /// Anything but the door's refusals; `NotFound` where the path names a thing that is not there.
    Inside,
}

impl Expected {
    pub(super) fn admits(self, answer: &Answer) -> bool {
        // People who are not signed in are sent to where they can be; who signs out goes there with a word.
        let is_sent = answer.status == 303 && answer.header("set-cookie").is_empty();
        let to_sign_in = is_sent && answer.header("location").starts_with("/sign-in");
        match self {
            Self::Unauthenticated => answer.status == 401 || to_sign_in,
            Self::Hidden => answer.status == 404,
            Self::Forbidden => answer.status == 403,
            Self::Inside => !matches!(answer.status, 401 | 403 | 405) && answer.status < 500 && !to_sign_in,
        }
    }
}

/// Whether the policy gives a kind of caller a permission.
pub(super) fn may(kind: Kind, permission: &str) -> bool {
    let row = policy::holders(permission).unwrap_or_else(|| panic!("no permission {permission}"));
    match kind {
        Kind::Member(role) => row.roles.contains(&role),
        Kind::Hub(role) => row.staff.contains(&role),
        Kind::Token(given) => given == permission,
        Kind::Nobody | Kind::Stranger | Kind::Revoked => false,
    }
}

pub(super) fn expected(kind: Kind, door: Door, path: &str) -> Expected {
    // A token opens the API alone: where people come it is as nothing.
    let is_program = matches!(kind, Kind::Token(_) | Kind::Revoked);
    let kind = if is_program && !path.starts_with("/api/") { Kind::Nobody } else { kind };
    match (door, kind) {
        (Door::Open, _) => Expected::Inside,
        (Door::Signed | Door::Staff(_), Kind::Token(_) | Kind::Revoked) | (Door::Person(_), Kind::Token(_)) => {
            Expected::Forbidden
        }
        (_, Kind::Nobody | Kind::Revoked) => Expected::Unauthenticated,
        (Door::Signed, _) => Expected::Inside,
        (_, Kind::Stranger) | (Door::Staff(_), Kind::Member(_)) => Expected::Hidden,
        (Door::Tenant(permission) | Door::Person(permission) | Door::Staff(permission), _) if may(kind, permission) => {
            Expected::Inside
        }
        (Door::Tenant(_) | Door::Person(_) | Door::Staff(_), _) => Expected::Forbidden,
    }
}

/// Has every kind of caller knock at every door of the organisation, and tells where the answer is not the policy's.
/// What ends the caller's session stands last in the table.
pub(super) async fn wrong(table: &[Row], callers: &BTreeMap<Kind, Caller>, organisation: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for &(method, path, door) in table {
        for (kind, caller) in callers {
            let answer = send(caller, method, &filled(path, organisation, None), "{}", "").await;
            let expected = expected(*kind, door, path);
            if !expected.admits(&answer) {
                wrong.push(format!("{method} {path} for {kind:?}: {} instead of {expected:?}", answer.status));
            }
        }
    }
    wrong
}
