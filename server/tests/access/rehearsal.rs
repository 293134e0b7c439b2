//! Every write of the API knows the word `dry_run`: it answers as it would, and nothing is stored.

mod money;

use axum::http::Method;
use serde_json::{Value, json};
use server::http::rest::ROUTES;
use types::Role;

use super::doors::{filled, send};
use crate::portal::{Caller, Shop, TestPortal, first, mad};

/// What cannot be rehearsed, and why. The list may only get shorter.
const NEVER: [(&str, &str, &str); 3] = [
    ("post", "/api/v1/session", "its answer is a session's cookie, which opens something or is none"),
    ("delete", "/api/v1/session", "it is the caller's own session: a rehearsal is read as having left"),
    ("delete", "/api/v1/sessions/{session}", "the same of the caller's other sessions"),
];

/// A write that would be done if it were not rehearsed.
struct Write<'a> {
    method: &'static str,
    route: String,
    /// What stands for the thing in the route.
    id: &'a str,
    caller: &'a Caller,
    body: Value,
    /// What the write answers.
    status: u16,
}

/// What was rehearsed: method and route.
type Done = Vec<(String, String)>;

/// A write inside of the organisation.
fn inside<'a>(
    method: &'static str,
    rest: &str,
    id: &'a str,
    caller: &'a Caller,
    (body, status): (Value, u16),
) -> Write<'a> {
    Write { method, route: format!("/api/v1/organisations/{{organisation}}{rest}"), id, caller, body, status }
}

/// A write outside of all organisations.
fn outside<'a>(
    method: &'static str,
    route: &str,
    id: &'a str,
    caller: &'a Caller,
    (body, status): (Value, u16),
) -> Write<'a> {
    Write { method, route: route.to_owned(), id, caller, body, status }
}

/// Rehearses each of them, and finds every table as it was.
async fn rehearse(portal: &TestPortal, writes: &[Write<'_>]) -> Done {
    let (before, mut done) = (portal.fingerprint().await, Vec::new());
    for Write { method, route, id, caller, body, status } in writes {
        let address = format!("{}?dry_run=true", filled(route, "acme", Some(*id)));
        let verb: Method = method.to_uppercase().parse().unwrap();
        let body = serde_json::to_vec(body).unwrap();
        let answer = caller.send(verb, &address, Some("application/json"), body.into()).await;
        assert_eq!((answer.status, answer.header("dry-run")), (*status, "true"), "{method} {route}: {answer:?}");
        assert_eq!(portal.fingerprint().await, before, "{method} {route} stored something");
        done.push(((*method).to_owned(), route.clone()));
    }
    done
}

/// The last part of an address.
fn last(address: &str) -> String {
    address.rsplit('/').next().unwrap().to_owned()
}

/// What there is to be changed.
struct Things {
    runs: String,
    stopped: String,
    deleted: String,
    member: String,
    invitation: String,
    budget: String,
    token: String,
    project: String,
    lot: String,
    price: String,
    question: String,
    volume: String,
    deleted_volume: String,
}

fn grant(amount: i64) -> Value {
    let amount = json!({ "unit": "money", "micros": amount * 1_000_000, "currency": "MAD" });
    json!({ "kind": "promo", "name": "Gift", "amount": amount, "reason": "a test" })
}

async fn things(shop: &Shop) -> Things {
    let acme = "/api/v1/organisations/acme";
    // An owner too, so that either may go.
    let member = shop.portal.person("other@acme.test").await;
    shop.portal.founding.add_member(shop.acme, member, Role::Owner, shop.portal.now()).await.unwrap();
    let invite = json!({ "email": "new@else.test", "role": "viewer" });
    let invitation = shop.owner.post(&format!("{acme}/invitations"), &invite).await.text("id");
    // Its letter can be written again after a minute.
    shop.portal.pass(61);
    shop.observe().await;
    let (runs, stopped, deleted) = (shop.launch("one").await, shop.launch("two").await, shop.launch("three").await);
    assert_eq!(shop.owner.post(&format!("{stopped}/stop"), &json!({})).await.status, 200);
    assert_eq!(shop.owner.delete(&deleted).await.status, 200);
    let budget =
        json!({ "subject": { "kind": "project", "id": shop.project }, "window": "month", "ceiling": mad(900) });
    let budget = shop.owner.put(&format!("{acme}/budgets"), &budget).await.text("id");
    let limit = json!({ "ceiling": mad(9_000) });
    assert_eq!(shop.owner.put(&format!("{acme}/spending-limit"), &limit).await.status, 200);
    let token = json!({ "name": "night", "permissions": ["ReadInstances"], "days": 1 });
    let token = shop.owner.post(&format!("{acme}/tokens"), &token).await.json();
    // It holds nothing, and is not the only one.
    let project = shop.owner.post(&format!("{acme}/projects"), &json!({ "name": "Spare" })).await.text("id");
    let lot = shop.incubator.post(&format!("{acme}/lots"), &grant(500)).await.text("id");
    let price = json!({ "flavour": shop.flavour, "currency": "MAD", "micros_per_hour": 1,
        "started_at": "2026-04-01T00:00:00Z" });
    let price = shop.finance.post("/api/v1/staff/prices", &price).await.text("id");
    let volume = shop.volume("kept", 10).await;
    let ask = json!({ "project": shop.project, "name": "gone", "size_gb": 1 });
    let deleted_volume = shop.owner.post(&format!("{acme}/volumes"), &ask).await.text("id");
    assert_eq!(shop.owner.delete(&format!("{acme}/volumes/{deleted_volume}")).await.status, 200);
    shop.ask_operator().await;
    let question = first(&shop.operator.get("/api/v1/staff/questions").await);
    Things {
        runs: last(&runs),
        stopped: last(&stopped),
        deleted: last(&deleted),
        member: member.to_string(),
        invitation,
        budget,
        token: token["token"]["id"].as_str().unwrap().to_owned(),
        project,
        lot,
        price,
        question: question["id"].as_str().unwrap().to_owned(),
        volume,
        deleted_volume,
    }
}

/// What the organisation's people write.
fn by_members<'a>(shop: &'a Shop, of: &'a Things) -> Vec<Write<'a>> {
    let owner = &shop.owner;
    let write = |method, rest: &str, id: &'a str, done| inside(method, rest, id, owner, done);
    let nothing = || json!({});
    let settings = json!({ "name": "Another", "legal_name": "Another SA", "address": "Tanger", "language": "fr" });
    let budget = json!({ "subject": { "kind": "project", "id": shop.project }, "window": "month", "ceiling": mad(9) });
    let token = json!({ "name": "ci", "permissions": ["ReadInstances"], "days": 1 });
    let invite = json!({ "email": "next@else.test", "role": "viewer" });
    let account = json!({ "name": "Another", "locale": "fr" });
    vec![
        outside("put", "/api/v1/account/settings", "", owner, (account, 204)),
        write("put", "/settings", "", (settings, 204)),
        write("put", "/members/{member}", &of.member, (json!({ "role": "viewer" }), 204)),
        write("delete", "/members/{member}", &of.member, (nothing(), 204)),
        write("post", "/members/{member}/transfer", &of.member, (nothing(), 204)),
        write("post", "/leave", "", (nothing(), 204)),
        write("post", "/invitations", "", (invite, 201)),
        write("delete", "/invitations/{invitation}", &of.invitation, (nothing(), 204)),
        write("post", "/invitations/{invitation}/resend", &of.invitation, (nothing(), 200)),
        write("post", "/projects", "", (json!({ "name": "Vision" }), 201)),
        write("put", "/projects/{project}", &of.project, (json!({ "name": "Another" }), 200)),
        write("post", "/projects/{project}/close", &of.project, (nothing(), 200)),
        write("post", "/projects/{project}/open", &of.project, (nothing(), 200)),
        write("put", "/projects/{project}/members", &shop.project, (json!({ "members": [] }), 204)),
        write("put", "/budgets", "", (budget, 200)),
        write("delete", "/budgets/{budget}", &of.budget, (nothing(), 204)),
        write("put", "/spending-limit", "", (json!({ "ceiling": mad(9) }), 200)),
        write("delete", "/spending-limit", "", (nothing(), 204)),
        write("post", "/tokens", "", (token, 201)),
        write("delete", "/tokens/{token}", &of.token, (nothing(), 204)),
        // Nothing is there to be found at an address: a launch that is rehearsed answers 200.
        write("post", "/instances", "", (shop.ask("four"), 200)),
        write("delete", "/instances/{instance}", &of.runs, (nothing(), 200)),
        write("post", "/instances/{instance}/stop", &of.runs, (json!({ "reason": "because" }), 200)),
        write("post", "/instances/{instance}/start", &of.stopped, (nothing(), 200)),
        write("post", "/instances/{instance}/restart", &of.runs, (nothing(), 200)),
        write("post", "/instances/{instance}/undo-delete", &of.deleted, (nothing(), 200)),
        write("post", "/volumes", "", (json!({ "project": shop.project, "name": "new", "size_gb": 2 }), 201)),
        write("post", "/volumes/{volume}/grow", &of.volume, (json!({ "size_gb": 20 }), 200)),
        write("delete", "/volumes/{volume}", &of.volume, (nothing(), 200)),
        write("post", "/volumes/{volume}/undo-delete", &of.deleted_volume, (nothing(), 200)),
    ]
}

/// What the hub's people write, but for what ends with a month.
fn by_staff<'a>(shop: &'a Shop, of: &'a Things) -> Vec<Write<'a>> {
    let (operator, finance, incubator) = (&shop.operator, &shop.finance, &shop.incubator);
    let quota = json!({ "flavour": shop.flavour, "units": 9, "reason": "more" });
    let transfer = json!({ "reference": "BMCE 77", "amount": mad(5) });
    let price = json!({ "flavour": shop.flavour, "currency": "EUR", "micros_per_hour": 1 });
    let tax = json!({ "country": "FR", "is_business": true, "category": "E", "rate_ppm": 0, "reason_code": "vatex-eu-ic",
        "advance_invoice": false });
    let (mistake, keep) = (json!({ "reason": "given by mistake" }), json!({ "answer": "keep" }));
    vec![
        inside("put", "/quotas", "", operator, (quota, 200)),
        inside("post", "/wallet/transfers", "", finance, (transfer, 200)),
        inside("post", "/lots", "", incubator, (grant(1), 201)),
        inside("post", "/lots/preview", "", incubator, (grant(1), 200)),
        inside("post", "/lots/{lot}/undo", &of.lot, incubator, (mistake, 200)),
        outside("post", "/api/v1/staff/prices", "", finance, (price, 201)),
        outside("delete", "/api/v1/staff/prices/{price}", &of.price, finance, (json!({}), 204)),
        outside("post", "/api/v1/staff/tax-rules", "", finance, (tax, 201)),
        outside("post", "/api/v1/staff/questions/{question}/answer", &of.question, operator, (keep, 200)),
    ]
}

#[tokio::test]
async fn no_rehearsed_write_of_any_route_stores_anything() {
    let shop = Shop::open().await;
    let things = things(&shop).await;
    let mut done = rehearse(&shop.portal, &by_members(&shop, &things)).await;
    done.extend(rehearse(&shop.portal, &by_staff(&shop, &things)).await);
    done.extend(money::of_invoices().await);
    done.extend(money::of_signatures().await);
    done.extend(money::of_periods().await);
    done.extend(money::of_withholdings().await);
    done.extend(money::of_disputes().await);
    done.extend(money::of_months().await);
    done.extend(money::of_transfers().await);
    done.extend(money::of_debts().await);
    done.extend(money::of_cards().await);
    done.extend(money::of_refunds().await);
    done.extend(NEVER.iter().map(|(method, route, _)| ((*method).to_owned(), (*route).to_owned())));
    done.sort();
    let writes = ROUTES.iter().filter(|(method, _)| *method != "get");
    let mut writes: Done = writes.map(|(method, route)| ((*method).to_owned(), (*route).to_owned())).collect();
    writes.sort();
    assert_eq!(done, writes, "every write of the API is rehearsed here, once");
}

#[tokio::test]
async fn what_cannot_be_rehearsed_says_so_and_a_word_that_is_none_is_refused() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    for (method, path, why) in NEVER {
        assert!(path.starts_with("/api/v1/session"), "{method} {path} is not about the caller's own session");
        let address = format!("{}?dry_run=true", filled(path, "acme", None));
        let answer = send(&owner, method, &address, "{}", "").await;
        assert_eq!((answer.status, answer.fact()), (409, "no-rehearsal".to_owned()), "{method} {path}: {why}");
        assert_eq!(answer.header("dry-run"), "", "{method} {path}");
    }
    assert_eq!(owner.get("/api/v1/session").await.status, 200, "and it was not done");
    let wrong = owner.post("/api/v1/organisations/acme/instances?dry_run=perhaps", &json!({})).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
}
