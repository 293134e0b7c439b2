//! What belongs to others answers like what does not exist.

use std::collections::BTreeMap;

use axum::http::Method;
use domain::access::policy;
use insta::assert_debug_snapshot;
use serde_json::{Value, json};
use types::{Role, StaffRole};

use super::{
    api_doors::API,
    belongings::belongings,
    doors::{Expected, Kind, expected, filled, program, send, service},
    screen_doors::SCREENS,
};
use crate::portal::{Answer, Shop, TestPortal, mad, start};

/// An id that nothing has.
const RANDOM: &str = "org_01ka4c2d00000000000000000z";

#[tokio::test]
async fn a_foreign_organisation_answers_like_a_random_one() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let owner = acme.owner().await;
    for noun in ["members", "projects"] {
        let answer = async |place: &str| owner.get(&format!("/api/v1/organisations/{place}/{noun}")).await;
        let random = answer(RANDOM).await;
        for foreign in [other.id.to_string().as_str(), "other", "hub"] {
            assert_eq!(format!("{:?}", answer(foreign).await), format!("{random:?}"), "{noun} of {foreign}");
        }
        assert_eq!(answer("acme").await.status, 200);
        assert_eq!(answer(&acme.id.to_string()).await.status, 200);
    }
    assert_debug_snapshot!(owner.get(&format!("/api/v1/organisations/{RANDOM}/members")).await, @r#"
    404
    {
      "code": "not_found",
      "detail": "This does not exist, or is not yours to see.",
      "fact": "not-found",
      "hint": "Check the address, or ask whoever sent it to invite you.",
      "request_id": "req_…",
      "status": 404,
      "title": "Not Found",
      "type": "about:blank"
    }
    "#);
}

#[tokio::test]
async fn a_member_who_was_removed_is_a_stranger_at_the_next_request() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    assert_eq!(owner.get("/api/v1/organisations/acme/members").await.status, 200);
    portal.as_owner("DELETE FROM member").await;
    assert_eq!(owner.get("/api/v1/organisations/acme/members").await.status, 404);
}

/// What belongs to `acme`, one of each kind that stands in a path of a tenant.
struct Belongings {
    instance: String,
    volume: String,
    invoice: String,
    credit_note: String,
    transfer: String,
    payment: String,
    period: String,
    lot: String,
    session: String,
    member: String,
    invitation: String,
    project: String,
    token: String,
    budget: String,
    domain: String,
    passkey: String,
}

impl Belongings {
    fn of(&self, path: &str) -> Option<&str> {
        let named = [
            ("{instance}", &self.instance),
            ("{volume}", &self.volume),
            ("{invoice}", &self.invoice),
            ("{credit_note}", &self.credit_note),
            ("{transfer}", &self.transfer),
            ("{payment}", &self.payment),
            ("{period}", &self.period),
            ("{lot}", &self.lot),
            ("{session}", &self.session),
            ("{member}", &self.member),
            ("{invitation}", &self.invitation),
            ("{project}", &self.project),
            ("{token}", &self.token),
            ("{budget}", &self.budget),
            ("{domain}", &self.domain),
            ("{passkey}", &self.passkey),
        ];
        named.into_iter().find(|(name, _)| path.contains(name)).map(|(_, id)| id.as_str())
    }
}

/// The end of an address is an id.
fn id(address: &str) -> String {
    address.rsplit('/').next().unwrap().to_owned()
}

async fn belongings(shop: &Shop) -> Belongings {
    let grant = json!({ "kind": "promo", "name": "Welcome", "amount": { "unit": "money", "micros": 1_000_000,
        "currency": "MAD" }, "reason": "a test" });
    let lot = shop.incubator.post("/api/v1/organisations/acme/lots", &grant).await.json();
    let (finance, draft) = shop.drafted().await;
    let period = shop.period(&finance).await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let note = finance.post(&format!("{draft}/credit-notes"), &json!({ "reason": "a test" })).await.json();
    let instance =
        first(&shop.portal.signed_in("owner@acme.test").await.get("/api/v1/organisations/acme/instances").await);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let member = first(&owner.get("/api/v1/organisations/acme/members").await)["user"].as_str().unwrap().to_owned();
    owner.form("/o/acme/members/invite", "email=new@acme.test&role=viewer&idempotency_key=invite").await;
    let page = owner.get("/o/acme/members").await.body;
    let invitation = page.split_once("/invitations/").unwrap().1.split_once('/').unwrap().0.to_owned();
    let session = first(&shop.portal.signed_in("owner@acme.test").await.get("/api/v1/sessions").await);
    let budget = json!({ "subject": { "kind": "project", "id": shop.project }, "window": "month",
        "ceiling": { "micros": 900_000_000, "currency": "MAD" } });
    let budget = owner.put("/api/v1/organisations/acme/budgets", &budget).await.json();
    let account =
        json!({ "currency": "MAD", "beneficiary": "Hub", "bank": "Bank", "iban": "MA64011519000001205000534921" });
    assert_eq!(finance.post("/api/v1/staff/bank/accounts", &account).await.status, 201);
    let amount = json!({ "amount": { "micros": 9_000_000, "currency": "MAD" } });
    let transfer = owner.post("/api/v1/organisations/acme/transfers", &amount).await.json();
    let token = json!({ "name": "ci", "permissions": ["ReadInstances"], "days": 1 });
    let token = owner.post("/api/v1/organisations/acme/tokens", &token).await.json();
    let text = |value: &Value| value["id"].as_str().unwrap().to_owned();
    Belongings {
        instance: text(&instance),
        volume: shop.volume("data", 10).await,
        invoice: id(&draft),
        credit_note: text(&note["note"]),
        transfer: text(&transfer),
        payment: asked(&shop.portal).await,
        period,
        lot: text(&lot),
        session: text(&session),
        member,
        invitation,
        project: shop.project.clone(),
        token: text(&token["token"]),
        budget: text(&budget),
        domain: claimed(&shop.portal).await,
        // The last: from now on its person signs in with it.
        passkey: kept(&shop.portal).await,
    }
}

/// The domain that `acme` asked for; no provider is offered here, so that its owner could not.
async fn claimed(portal: &TestPortal) -> String {
    let id = DomainId::new(portal.now());
    let sql = format!(
        "INSERT INTO domain_claim (organisation_id, id, name, provider, role, claimed_by, claimed_at)
         SELECT m.organisation_id, '{}', 'acme.test', 'peer', 'viewer', m.user_id, m.joined_at
         FROM member m JOIN organisation o ON o.id = m.organisation_id WHERE o.slug = 'acme' AND m.role = 'owner'",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// The passkey of `acme`'s owner; no browser makes one here.
async fn kept(portal: &TestPortal) -> String {
    let id = PasskeyId::new(portal.now());
    let sql = format!(
        "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
         SELECT '{}', id, 'key', '{{}}', 'Key ring', created_at FROM person WHERE email = 'owner@acme.test'",
        id.uuid()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// The top-up by card that `acme` asked for; nobody takes cards here, so that its owner could not.
async fn asked(portal: &TestPortal) -> String {
    let id = PaymentId::new(portal.now());
    let sql = format!(
        "INSERT INTO payment (organisation_id, id, provider, kind, amount, currency, idempotency_key, state, asked_at)
         SELECT id, '{}', 'stripe', 'checkout', 5000, 'MAD', 'payment:{id}', 'wanted', '{}'
         FROM organisation WHERE slug = 'acme'",
        id.uuid(),
        portal.now()
    );
    portal.as_owner(&sql).await;
    id.to_string()
}

/// All that was answered, without what names the request or what it asked for.
fn said(answer: &Answer, asked: &str) -> String {
    let request = answer.header("x-request-id");
    let masked = |text: &str| text.replace(asked, "…").replace(request, "req_…");
    // A length is that of the body, which stands here whole; the time is the clock's.
    let told = answer.headers.iter().filter(|(name, _)| !matches!(name.as_str(), "content-length" | "date"));
    let told = told.map(|(name, value)| masked(&format!("{name}: {}", value.to_str().unwrap())));
    let mut told: Vec<String> = told.collect();
    told.sort();
    format!("{} {told:#?} {}", answer.status, masked(&answer.body))
}

/// A form with all that any of the screens' forms needs.
const FORM: &str = "role=viewer&reason=because&sha256=00&confirm=x&units=1";

/// A document that the address takes, so that what it names is looked for.
fn json_for(path: &str) -> &'static str {
    match path.rsplit('/').next() {
        Some("finalise" | "sign" | "sign-off") => r#"{"sha256":"00"}"#,
        Some("members") => r#"{"members":[]}"#,
        Some("{member}") => r#"{"role":"viewer"}"#,
        Some("{project}") => r#"{"name":"Another"}"#,
        Some("disputes") => r#"{"line":1,"reason":"because"}"#,
        Some("answer") if path.contains("{dispute}") => r#"{"answer":"refuse","reason":"because"}"#,
        Some("waive") => r#"{"cluster":"clu_01ka4c2d00000000000000000z","reason":"because"}"#,
        Some("withholdings") => {
            r#"{"certificate":"1","certified_on":"2026-04-02","amount":{"micros":1000000,"currency":"MAD"}}"#
        }
        _ => r#"{"reason":"because"}"#,
    }
}

#[tokio::test]
async fn the_id_of_anothers_thing_answers_like_an_id_that_nothing_has() {
    let shop = Shop::open().await;
    let theirs = belongings(&shop).await;
    let other = shop.portal.organisation("other").await;
    let owner = other.owner().await;
    let mut callers = vec![(Kind::Hub(StaffRole::Auditor), shop.portal.staff(StaffRole::Auditor).await)];
    for role in [StaffRole::Operator, StaffRole::Finance, StaffRole::Incubator] {
        callers.push((Kind::Hub(role), shop.portal.signed_in(&format!("{role}@hub.test")).await));
    }
    for permission in policy::OF_TOKENS {
        let (program, _) = program(&shop.portal, &owner, "other", &service(&[*permission])).await;
        callers.push((Kind::Token(permission), program));
    }
    callers.push((Kind::Member(Role::Owner), owner));
    let (mut asked, mut differs) = (BTreeMap::new(), Vec::new());
    for &(method, path, door) in API.iter().chain(SCREENS) {
        let Some(foreign) = theirs.of(path) else { continue };
        let random = format!("{}_01ka4c2d00000000000000000z", &foreign[..3]);
        for (kind, caller) in callers.iter().filter(|(kind, _)| expected(*kind, door, path) == Expected::Inside) {
            let answer = async |id: &str| {
                let address = filled(path, "other", Some(id));
                // Another address is another command.
                let form = format!("{FORM}&idempotency_key={address}");
                let answer = send(caller, method, &address, json_for(path), &form).await;
                (answer.status, said(&answer, id))
            };
            let (of_foreign, of_random) = (answer(foreign).await, answer(&random).await);
            // Whose factor is gone already is led back to those that there are.
            let status = if path.starts_with("/factors/") { 303 } else { 404 };
            if of_foreign != of_random || of_foreign.0 != status {
                differs.push(format!("{method} {path} for {kind:?}:\n{}\n{}", of_foreign.1, of_random.1));
            }
            *asked.entry(*kind).or_insert(0) += 1;
        }
    }
    assert!(differs.is_empty(), "{}", differs.join("\n"));
    assert!(asked.values().sum::<i32>() > 60, "only these were asked: {asked:?}");
    for kind in [Kind::Member(Role::Owner), Kind::Hub(StaffRole::Auditor), Kind::Token("ReadInstances")] {
        assert!(asked.contains_key(&kind), "{kind:?} was not asked");
    }
    assert_eq!(shop.portal.count("passkey").await, 1, "and it is there as before");
}

fn budget(kind: &str, id: &str) -> Value {
    json!({ "subject": { "kind": kind, "id": id }, "window": "month", "ceiling": mad(9) })
}

#[tokio::test]
async fn the_id_of_anothers_thing_in_a_body_answers_like_an_id_that_nothing_has() {
    let shop = Shop::open().await;
    shop.portal.organisation("other").await;
    let other_project = shop.portal.founding.organisation("other").await.unwrap();
    let foreign =
        shop.portal.founding.add_project(other_project, "theirs", "Theirs", start()).await.unwrap().to_string();
    let acme = "/api/v1/organisations/acme";
    let mut answers = Vec::new();
    for project in [foreign.as_str(), "prj_01ka4c2d00000000000000000z"] {
        let mut launch = shop.ask("train-1");
        launch["project"] = json!(project);
        let grant = json!({ "kind": "promo", "name": "Welcome", "amount": { "unit": "money", "micros": 1_000_000,
            "currency": "MAD" }, "reason": "a test", "projects": [project] });
        let token = json!({ "name": "ci", "permissions": ["ReadInstances"], "days": 1, "projects": [project] });
        let all = [
            shop.owner.post(&format!("{acme}/instances"), &launch).await,
            shop.incubator.post(&format!("{acme}/lots"), &grant).await,
            shop.owner.post(&format!("{acme}/tokens"), &token).await,
            shop.owner.put(&format!("{acme}/budgets"), &budget("project", project)).await,
        ];
        assert!(all.iter().all(|answer| answer.status == 422), "{all:?}");
        answers.push(all.map(|answer| said(&answer, project)));
    }
    assert_eq!(answers[0], answers[1]);
    // Somebody who signs in, and belongs elsewhere.
    let theirs = shop.portal.person("theirs@other.test").await.to_string();
    let mut answers = Vec::new();
    for person in [theirs.as_str(), "usr_01ka4c2d00000000000000000z"] {
        let members = format!("{acme}/projects/{}/members", shop.project);
        let all = [
            shop.owner.put(&format!("{acme}/budgets"), &budget("member", person)).await,
            shop.owner.put(&members, &json!({ "members": [person] })).await,
        ];
        assert!(all.iter().all(|answer| answer.status == 422), "{all:?}");
        answers.push(all.map(|answer| said(&answer, person)));
    }
    assert_eq!(answers[0], answers[1]);
    // The screens' forms of a period name it in the body.
    let theirs = shop.period(&shop.finance).await;
    for path in ["/staff/billing/other/close", "/staff/billing/other/waive"] {
        let mut pages = Vec::new();
        for period in [theirs.as_str(), "per_01ka4c2d00000000000000000z"] {
            // A key of its own for each: the same one with another command is refused as that.
            let (cluster, key) = (shop.cluster, format!("{period}{path}"));
            let form = format!("period={period}&cluster={cluster}&reason=because&idempotency_key={key}");
            let kind = Some("application/x-www-form-urlencoded");
            let page = shop.finance.send(Method::POST, path, kind, form.into()).await;
            assert_eq!(page.status, 404, "{path} {period}");
            pages.push(said(&page, period));
        }
        assert_eq!(pages[0], pages[1], "{path}");
    }
}

#[tokio::test]
async fn every_route_of_a_foreign_organisation_answers_like_that_of_a_random_one() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let owner = other.owner().await;
    let foreign = acme.id.to_string();
    for &(method, path, _) in API.iter().chain(SCREENS).filter(|(_, path, _)| path.contains("{organisation}")) {
        let answer = async |place: &str| {
            let answer = send(&owner, method, &filled(path, place, None), "{}", "").await;
            (answer.status, said(&answer, place))
        };
        let random = answer(RANDOM).await;
        assert_eq!(random.0, 404, "{method} {path}");
        for place in [foreign.as_str(), "acme", "hub", "nowhere"] {
            assert_eq!(answer(place).await, random, "{method} {path} of {place}");
        }
    }
}
