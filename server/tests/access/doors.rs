//! Who is let through which door: what the policy says of each kind of caller, for API and screens alike.

use std::collections::BTreeMap;

use axum::{body::Body, http::Method};
use domain::access::policy;
use serde_json::{Value, json};
use types::{Role, StaffRole, UserId};

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
    /// A member of another organisation.
    Foreign(Role),
    /// Somebody who was an admin, until they were removed.
    Removed,
    /// Staff who look at the organisation's screens as somebody with this role would.
    View(StaffRole, Role),
    /// A program with a member's own token.
    OwnToken(&'static str),
    /// A program with a token that reaches one project alone.
    ProjectToken(&'static str),
    /// A program with a token of another organisation, which was given all that a token can be.
    ForeignToken,
}

impl Kind {
    pub(super) fn is_program(self) -> bool {
        self.is_program_here() || matches!(self, Self::Revoked | Self::ForeignToken)
    }

    /// With a token that opens something in the organisation.
    fn is_program_here(self) -> bool {
        matches!(self, Self::Token(_) | Self::OwnToken(_) | Self::ProjectToken(_))
    }
}

/// One caller of every kind whom the organisation's state may concern; the members are of this organisation.
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
        callers.insert(Kind::Token(permission), program(portal, admin, "acme", &service(&[*permission])).await.0);
    }
    let (revoked, address) = program(portal, admin, "acme", &service(&["ReadInstances"])).await;
    assert_eq!(admin.delete(&address).await.status, 204);
    callers.insert(Kind::Revoked, revoked);
    callers
}

/// One caller of every kind that comes from elsewhere, or with less than it seems to have.
pub(super) async fn outsiders(
    portal: &TestPortal,
    acme: &TestOrganisation<'_>,
    owner: &Caller,
) -> BTreeMap<Kind, Caller> {
    let (other, mut callers) = (portal.organisation("other").await, BTreeMap::new());
    for role in Role::ALL {
        callers.insert(Kind::Foreign(*role), other.member(*role).await);
    }
    let foreign = program(portal, &callers[&Kind::Foreign(Role::Admin)], "other", &service(policy::OF_TOKENS)).await;
    callers.insert(Kind::ForeignToken, foreign.0);
    let (gone, removed) = newcomer(portal, acme, "gone", Role::Admin).await;
    let address = format!("/api/v1/organisations/acme/members/{gone}");
    assert_eq!(removed.get("/api/v1/organisations/acme/members").await.status, 200);
    assert_eq!(owner.delete(&address).await.status, 204);
    callers.insert(Kind::Removed, removed);
    // Of somebody who stays whatever the others do.
    let (_, holder) = newcomer(portal, acme, "holder", Role::Developer).await;
    let own = json!({ "name": "own", "permissions": ["ReadInstances"], "days": 1 });
    callers.insert(Kind::OwnToken("ReadInstances"), program(portal, &holder, "acme", &own).await.0);
    let project = portal.founding.add_project(acme.id, "vision", "Vision", portal.now()).await.unwrap();
    let of_project = json!({ "name": "vision", "permissions": ["ReadInstances"], "days": 1, "projects": [project] });
    callers.insert(Kind::ProjectToken("ReadInstances"), program(portal, &holder, "acme", &of_project).await.0);
    for (staff, role) in [(StaffRole::Operator, Role::Owner), (StaffRole::Auditor, Role::Viewer)] {
        callers.insert(Kind::View(staff, role), looking(portal, staff, role).await);
    }
    callers
}

/// A new member, with their id.
async fn newcomer(portal: &TestPortal, acme: &TestOrganisation<'_>, name: &str, role: Role) -> (UserId, Caller) {
    let email = format!("{name}@acme.test");
    let user = portal.person(&email).await;
    portal.founding.add_member(acme.id, user, role, portal.now()).await.unwrap();
    (user, portal.signed_in(&email).await)
}

/// Somebody of the hub, who is not the one who works as themselves, and looks as a member would.
async fn looking(portal: &TestPortal, staff: StaffRole, role: Role) -> Caller {
    let email = format!("{staff}-looks@hub.test");
    let user = portal.person(&email).await;
    portal.founding.appoint(user, staff, portal.now()).await.unwrap();
    let caller = portal.signed_in(&email).await;
    let begun = caller.form("/staff/organisations/acme/view", &format!("role={role}&reason=they+asked")).await;
    assert_eq!((begun.status, begun.header("location")), (303, "/o/acme"), "{begun:?}");
    caller
}

/// A service account's token that is given these permissions.
pub(super) fn service(permissions: &[&str]) -> Value {
    json!({ "name": permissions[0], "role": "admin", "permissions": permissions, "days": 1,
        "ceiling": { "micros": 1_000_000, "currency": "MAD" } })
}

/// A program with the token that is asked for, and the token's address.
pub(super) async fn program(portal: &TestPortal, maker: &Caller, organisation: &str, ask: &Value) -> (Caller, String) {
    let path = format!("/api/v1/organisations/{organisation}/tokens");
    let made = maker.post(&path, ask).await;
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
        "{month}" => id.unwrap_or("2026-01").to_owned(),
        "{provider}" => "nobody".to_owned(),
        "{kind}" => "finalise".to_owned(),
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
        "{volume}" => "vol",
        "{invoice}" => "inv",
        "{credit_note}" => "crn",
        "{dispute}" => "dsp",
        "{sign_off}" => "sgn",
        "{write_off}" => "wof",
        "{transfer}" => "trf",
        "{document}" => "doc",
        "{statement}" => "stm",
        "{bank_line}" => "bln",
        "{payment}" => "pay",
        "{card}" => "crd",
        "{finding}" => "fnd",
        "{withholding}" => "whd",
        "{run}" => "run",
        "{refund}" | "{desk_refund}" => "rfd",
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

/// How often a busy portal is asked again.
const TRIES: usize = 5;

/// Sends a request with a body of the kind that the surface takes; again where it is told to come back.
pub(super) async fn send(caller: &Caller, method: &str, path: &str, json: &'static str, form: &str) -> Answer {
    let method: Method = method.to_uppercase().parse().unwrap();
    let (kind, body) = match path.starts_with("/api/") {
        true => ("application/json", json),
        false => ("application/x-www-form-urlencoded", form),
    };
    let body = if method == Method::GET { "" } else { body };
    let ask = || caller.send(method.clone(), path, Some(kind), Body::from(body.to_owned()));
    let mut answer = ask().await;
    for _ in 0..TRIES {
        if answer.status != 503 || answer.header("retry-after").is_empty() {
            break;
        }
        answer = ask().await;
    }
    answer
}

/// Addresses that name no thing and still answer that nothing is there, and why.
const NOTHING_THERE: [(&str, &str); 8] = [
    ("/dev/mail", "letters are sent, and kept by nobody here"),
    ("/webhooks/stripe", "nobody is to call where no secret is set"),
    ("/sign-in/passkey/begin", "no browser makes passkeys for a name that is reached without TLS"),
    ("/sign-in/factor/passkey/begin", "the same"),
    ("/prove/passkey/begin", "the same"),
    ("/factors/passkeys/begin", "the same"),
    ("/o/{organisation}/leave", "staff are no members"),
    ("/api/v1/organisations/{organisation}/leave", "staff are no members"),
];

/// What a surface answers to whom it does not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Unauthenticated,
    Hidden,
    Forbidden,
    /// Anything but the door's refusals; `NotFound` only where the path names a thing that is not there.
    Inside,
}

/// Whether an address names something besides the organisation, which there is.
fn may_be_nothing(path: &str) -> bool {
    let names_a_thing = path.split('/').any(|part| part.starts_with('{') && part != "{organisation}");
    names_a_thing || NOTHING_THERE.iter().any(|(address, _)| *address == path)
}

impl Expected {
    /// Whether this is the answer that is expected at the address of a row.
    pub(super) fn admits(self, answer: &Answer, path: &str) -> bool {
        // People who are not signed in are sent to where they can be; who signs out goes there with a word.
        let is_sent = answer.status == 303 && answer.header("set-cookie").is_empty();
        let to_sign_in = is_sent && answer.header("location").starts_with("/sign-in");
        match self {
            Self::Unauthenticated => answer.status == 401 || to_sign_in,
            Self::Hidden => answer.status == 404,
            Self::Forbidden => answer.status == 403,
            Self::Inside if answer.status == 404 => may_be_nothing(path),
            Self::Inside => !matches!(answer.status, 401 | 403 | 405 | 429) && answer.status < 500 && !to_sign_in,
        }
    }
}

/// Whether the policy gives a kind of caller a permission.
pub(super) fn may(kind: Kind, permission: &str) -> bool {
    let row = policy::holders(permission).unwrap_or_else(|| panic!("no permission {permission}"));
    match kind {
        Kind::Member(role) => row.roles.contains(&role),
        Kind::Hub(role) => row.staff.contains(&role),
        Kind::Token(given) | Kind::OwnToken(given) | Kind::ProjectToken(given) => given == permission,
        // They look, and at no more than both may see.
        Kind::View(staff, role) => {
            permission.starts_with("Read") && row.roles.contains(&role) && row.staff.contains(&staff)
        }
        Kind::Nobody | Kind::Stranger | Kind::Revoked | Kind::Foreign(_) | Kind::Removed | Kind::ForeignToken => false,
    }
}

pub(super) fn expected(kind: Kind, door: Door, path: &str) -> Expected {
    // A token opens the API alone: where people come it is as nothing.
    let kind = match kind {
        kind if kind.is_program() && !path.starts_with("/api/") => Kind::Nobody,
        // A view is of the organisation's screens and API: the hub's own know none.
        Kind::View(staff, _) if !["/o/", "/api/v1/organisations/"].iter().any(|own| path.starts_with(own)) => {
            Kind::Hub(staff)
        }
        kind => kind,
    };
    match (door, kind) {
        (Door::Open, _) => Expected::Inside,
        (Door::Signed | Door::Staff(_), kind) if kind.is_program() => Expected::Forbidden,
        (Door::Person(_), kind) if kind.is_program_here() => Expected::Forbidden,
        (_, Kind::Nobody | Kind::Revoked) => Expected::Unauthenticated,
        (Door::Signed, _) => Expected::Inside,
        (_, Kind::Stranger | Kind::Foreign(_) | Kind::Removed | Kind::ForeignToken)
        | (Door::Staff(_), Kind::Member(_)) => Expected::Hidden,
        (Door::Tenant(permission) | Door::Person(permission) | Door::Staff(permission), _) if may(kind, permission) => {
            Expected::Inside
        }
        (Door::Tenant(_) | Door::Person(_) | Door::Staff(_), _) => Expected::Forbidden,
    }
}

/// Has every kind of caller knock at every door of the organisation, and tells where the answer is not the policy's.
/// What ends the caller's view, membership or session stands last in the table.
pub(super) async fn wrong(table: &[Row], callers: &BTreeMap<Kind, Caller>, organisation: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for &(method, path, door) in table {
        for (kind, caller) in callers {
            let answer = send(caller, method, &filled(path, organisation, None), "{}", "").await;
            let expected = expected(*kind, door, path);
            if !expected.admits(&answer, path) {
                wrong.push(format!("{method} {path} for {kind:?}: {} instead of {expected:?}", answer.status));
            }
        }
    }
    wrong
}
