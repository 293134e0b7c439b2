//! `dry_run=true` on every write: the answer tells what would be, and nothing is.

use crate::portal::{Answer, Shop, TestPortal, mad};
use axum::http::Method;
use insta::assert_json_snapshot;
use serde_json::json;
use types::{Role, UserId};

/// A digest of every table but those that a request touches whatever it asks.
async fn fingerprint(portal: &TestPortal) -> Vec<String> {
    let tables = "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
                  AND relkind = 'r' AND relname NOT IN ('session', 'seaql_migrations') ORDER BY 1";
    let mut digests = Vec::new();
    for row in portal.database.rows(tables).await.unwrap() {
        let name = row["name"].as_str().unwrap();
        let sql =
            format!("SELECT coalesce(sum(hashtextextended(t::text, 0)) % 1000000007, 0)::bigint AS n FROM {name} t");
        digests.push(format!("{name} {}", portal.database.rows(&sql).await.unwrap()[0]["n"]));
    }
    digests
}

fn rehearsed(path: &str) -> String {
    format!("{path}?dry_run=true")
}

#[tokio::test]
async fn a_rehearsed_launch_tells_cost_and_start_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = fingerprint(&shop.portal).await;
    let path = rehearsed("/api/v1/organisations/acme/instances");
    let told = shop.owner.clone().with("idempotency-key", "same").post(&path, &shop.ask("train")).await;
    assert_eq!((told.status, told.header("dry-run")), (200, "true"));
    let told = told.json();
    assert_eq!((&told["instance"]["name"], &told["instance"]["phase"]), (&json!("train"), &json!("requested")));
    assert_eq!(told["plan"]["verdict"]["word"], "now");
    assert_eq!(told["plan"]["per_hour_with_tax"], mad(36));
    assert_eq!(told["plan"]["cover"]["reserved"], mad(36));
    assert_json_snapshot!(told["deletes"], @"[]");
    assert_eq!(fingerprint(&shop.portal).await, before);
    // What would be refused is refused in the same words, and the key is free for the real one.
    let mut much = shop.ask("much");
    much["units"] = json!(5);
    let refused = shop.owner.post(&path, &much).await;
    assert_eq!((refused.status, refused.fact()), (409, "quota-exceeded".to_owned()));
    let real = shop.owner.clone().with("idempotency-key", "same");
    assert_eq!(real.post("/api/v1/organisations/acme/instances", &shop.ask("train")).await.status, 201);
}

#[tokio::test]
async fn a_rehearsed_deletion_tells_what_would_be_deleted_and_until_when_it_could_be_taken_back() {
    let shop = Shop::open().await;
    let one = shop.launch("one").await;
    let before = fingerprint(&shop.portal).await;
    let told = shop.owner.delete(&rehearsed(&one)).await.json();
    assert_eq!(told["deletes"][0]["instance"], told["instance"]["id"]);
    assert_eq!(told["deletes"][0]["undo_until"], "2026-03-03T09:00:00Z");
    let stopped = shop.owner.post(&rehearsed(&format!("{one}/stop")), &json!({})).await.json();
    assert_eq!((&stopped["instance"]["phase"], &stopped["plan"]), (&json!("stopping"), &json!(null)));
    assert_eq!(fingerprint(&shop.portal).await, before);
    assert_eq!(shop.owner.get(&one).await.json()["wish"], "running");
}

/// Asks that each write would take, by its path's end.
fn asks(shop: &Shop, instance: &str, period: &str) -> Vec<(Method, String, serde_json::Value)> {
    let acme = "/api/v1/organisations/acme";
    let quota = json!({ "flavour": shop.flavour, "units": 9, "reason": "more" });
    let budget = json!({ "subject": { "kind": "project", "id": shop.project }, "window": "month", "ceiling": mad(9) });
    let token = json!({ "name": "ci", "permissions": ["ReadInstances"], "days": 1 });
    let grant = json!({ "kind": "promo", "name": "Gift", "amount": { "unit": "money", "micros": 1_000_000,
        "currency": "MAD" }, "reason": "a test" });
    let price = json!({ "flavour": shop.flavour, "currency": "EUR", "micros_per_hour": 1 });
    let tax = json!({ "country": "FR", "is_business": true, "category": "E", "rate_ppm": 0, "reason_code": "vatex-eu-ic",
        "advance_invoice": false });
    let settings = json!({ "name": "Another", "legal_name": "Another SA", "address": "Tanger", "language": "fr" });
    let post = |path: String, body| (Method::POST, path, body);
    vec![
        (Method::PUT, format!("{acme}/settings"), settings),
        (Method::PUT, format!("{acme}/quotas"), quota),
        (Method::PUT, format!("{acme}/budgets"), budget),
        post(format!("{acme}/projects"), json!({ "name": "Vision" })),
        (Method::PUT, format!("{acme}/projects/{}/members", shop.project), json!({ "members": [] })),
        post(format!("{acme}/tokens"), token),
        post(format!("{acme}/instances"), shop.ask("two")),
        post(format!("{instance}/stop"), json!({ "reason": "because" })),
        post(format!("{instance}/restart"), json!({})),
        (Method::DELETE, instance.to_owned(), json!({})),
        post(format!("{acme}/wallet/transfers"), json!({ "reference": "BMCE 77", "amount": mad(5) })),
        post(format!("{acme}/lots"), grant),
        post(format!("{acme}/periods/{period}/close"), json!({})),
        (Method::PUT, "/api/v1/account/settings".to_owned(), json!({ "name": "Another", "locale": "fr" })),
        post("/api/v1/staff/prices".to_owned(), price),
        post("/api/v1/staff/tax-rules".to_owned(), tax),
    ]
}

/// The same of a project that holds nothing, where another one is open.
fn asks_of_projects(project: &str) -> Vec<(Method, String, serde_json::Value)> {
    let project = format!("/api/v1/organisations/acme/projects/{project}");
    vec![
        (Method::PUT, project.clone(), json!({ "name": "Another" })),
        (Method::POST, format!("{project}/close"), json!({})),
        (Method::POST, format!("{project}/open"), json!({})),
    ]
}

/// The same of who belongs to the organisation; `other` is an owner too, so that either may go.
fn asks_of_people(other: UserId, invitation: &str) -> Vec<(Method, String, serde_json::Value)> {
    let acme = "/api/v1/organisations/acme";
    let member = format!("{acme}/members/{other}");
    let post = |path: String, body| (Method::POST, path, body);
    vec![
        (Method::PUT, member.clone(), json!({ "role": "viewer" })),
        post(format!("{member}/transfer"), json!({})),
        (Method::DELETE, member, json!({})),
        post(format!("{acme}/leave"), json!({})),
        post(format!("{acme}/invitations"), json!({ "email": "next@else.test", "role": "viewer" })),
        post(format!("{acme}/invitations/{invitation}/resend"), json!({})),
        (Method::DELETE, format!("{acme}/invitations/{invitation}"), json!({})),
    ]
}

#[tokio::test]
async fn no_rehearsed_write_of_any_route_stores_anything() {
    let shop = Shop::open().await;
    let other = shop.portal.person("other@acme.test").await;
    shop.portal.founding.add_member(shop.acme, other, Role::Owner, shop.portal.now()).await.unwrap();
    let invite = json!({ "email": "new@else.test", "role": "viewer" });
    let invitation = shop.owner.post("/api/v1/organisations/acme/invitations", &invite).await.text("id");
    let spare = shop.owner.post("/api/v1/organisations/acme/projects", &json!({ "name": "Spare" })).await.text("id");
    // The invitation's letter can be written again after a minute.
    shop.portal.pass(61);
    shop.observe().await;
    let instance = shop.launch("one").await;
    let period = shop.period(&shop.finance).await;
    let before = fingerprint(&shop.portal).await;
    let callers = [&shop.owner, &shop.operator, &shop.finance, &shop.incubator];
    let mut undone = Vec::new();
    let asks = asks(&shop, &instance, &period).into_iter().chain(asks_of_projects(&spare));
    for (method, path, body) in asks.chain(asks_of_people(other, &invitation)) {
        let mut answers: Vec<Answer> = Vec::new();
        for caller in callers {
            let body = serde_json::to_vec(&body).unwrap();
            answers.push(caller.send(method.clone(), &rehearsed(&path), Some("application/json"), body.into()).await);
        }
        if !answers.iter().any(|answer| answer.status < 300) {
            undone.push((path.clone(), answers.into_iter().map(|answer| answer.fact()).collect::<Vec<_>>()));
        }
        assert_eq!(fingerprint(&shop.portal).await, before, "{method} {path}");
    }
    // A period that runs cannot be closed: all others would have been done.
    assert!(undone.len() == 1 && undone[0].1.contains(&"period-runs".to_owned()), "{undone:?}");
}
