//! `dry_run=true` with what starts and ends: the answer tells what would be, and nothing is. That no write of any route
//! stores anything then stands in `access/rehearsal.rs`.

use insta::assert_json_snapshot;
use serde_json::json;

use crate::portal::{Shop, mad};

fn rehearsed(path: &str) -> String {
    format!("{path}?dry_run=true")
}

#[tokio::test]
async fn a_rehearsed_launch_tells_cost_and_start_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = shop.portal.fingerprint().await;
    let path = rehearsed("/api/v1/organisations/acme/instances");
    let told = shop.owner.clone().with("idempotency-key", "same").post(&path, &shop.ask("train")).await;
    assert_eq!((told.status, told.header("dry-run")), (200, "true"));
    let told = told.json();
    assert_eq!((&told["instance"]["name"], &told["instance"]["phase"]), (&json!("train"), &json!("requested")));
    assert_eq!(told["plan"]["verdict"]["word"], "now");
    assert_eq!(told["plan"]["per_hour_with_tax"], mad(36));
    assert_eq!(told["plan"]["cover"]["reserved"], mad(36));
    assert_json_snapshot!(told["deletes"], @"[]");
    assert_eq!(shop.portal.fingerprint().await, before);
    // What would be refused is refused in the same words, and the key is free for the real one.
    let mut much = shop.ask("much");
    much["units"] = json!(5);
    let refused = shop.owner.post(&path, &much).await;
    assert_eq!((refused.status, refused.fact()), (409, "quota-exceeded".to_owned()));
    assert_eq!(refused.header("dry-run"), "true");
    let real = shop.owner.clone().with("idempotency-key", "same");
    assert_eq!(real.post("/api/v1/organisations/acme/instances", &shop.ask("train")).await.status, 201);
}

#[tokio::test]
async fn a_rehearsed_deletion_tells_what_would_be_deleted_and_until_when_it_could_be_taken_back() {
    let shop = Shop::open().await;
    let one = shop.launch("one").await;
    let before = shop.portal.fingerprint().await;
    let told = shop.owner.delete(&rehearsed(&one)).await.json();
    assert_eq!(told["deletes"][0]["instance"], told["instance"]["id"]);
    assert_eq!(told["deletes"][0]["undo_until"], "2026-03-03T09:00:00Z");
    let stopped = shop.owner.post(&rehearsed(&format!("{one}/stop")), &json!({})).await.json();
    assert_eq!((&stopped["instance"]["phase"], &stopped["plan"]), (&json!("stopping"), &json!(null)));
    assert_eq!(shop.portal.fingerprint().await, before);
    assert_eq!(shop.owner.get(&one).await.json()["wish"], "running");
}
