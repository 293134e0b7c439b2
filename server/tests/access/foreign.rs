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
        Some("grow") => r#"{"size_gb":20}"#,
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
        let volume = json!({ "project": project, "name": "data", "size_gb": 1 });
        let token = json!({ "name": "ci", "permissions": ["ReadInstances"], "days": 1, "projects": [project] });
        let all = [
            shop.owner.post(&format!("{acme}/instances"), &launch).await,
            shop.owner.post(&format!("{acme}/volumes"), &volume).await,
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
