//! Stop, start, restart, delete and its undoing.

use insta::assert_debug_snapshot;
use serde_json::{Value, json};

use crate::portal::{Answer, Shop};

/// What a change is about: the wish, the phase, the attempt, and why.
fn gist(answer: &Answer) -> (u16, Value) {
    let view = answer.json();
    let (wish, phase, attempt) = (&view["wish"], &view["phase"], &view["attempt"]);
    (answer.status, json!([wish, phase, attempt, view["reason"], view["note"]]))
}

#[tokio::test]
async fn an_instance_stops_starts_and_restarts_as_its_owner_wishes() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    let change = async |verb: &str| shop.owner.post(&format!("{address}/{verb}"), &json!({})).await;
    let stopped = change("stop").await;
    assert_debug_snapshot!(gist(&stopped), @r#"
    (
        200,
        Array [
            String("stopped"),
            String("stopping"),
            Number(1),
            String("stopped_by_member"),
            Null,
        ],
    )
    "#);
    assert_debug_snapshot!(gist(&change("stop").await), @r#"
    (
        200,
        Array [
            String("stopped"),
            String("stopping"),
            Number(1),
            String("stopped_by_member"),
            Null,
        ],
    )
    "#);
    assert_debug_snapshot!(gist(&change("start").await), @r#"
    (
        200,
        Array [
            String("running"),
            String("requested"),
            Number(2),
            Null,
            Null,
        ],
    )
    "#);
    assert_debug_snapshot!(gist(&change("start").await), @r#"
    (
        200,
        Array [
            String("running"),
            String("requested"),
            Number(2),
            Null,
            Null,
        ],
    )
    "#);
    assert_debug_snapshot!(gist(&change("restart").await), @r#"
    (
        200,
        Array [
            String("running"),
            String("requested"),
            Number(3),
            Null,
            Null,
        ],
    )
    "#);
    assert_eq!(shop.portal.count("instance").await, 1);
    assert_eq!(shop.portal.count("lease").await, 3);
}

#[tokio::test]
async fn a_restart_with_its_key_begins_one_attempt() {
    let shop = Shop::open().await;
    let path = format!("{}/restart", shop.launch("train-1").await);
    let caller = shop.owner.clone().with("idempotency-key", "k1");
    let answer = caller.post(&path, &json!({})).await;
    assert_eq!((answer.status, answer.json()["attempt"].as_u64()), (200, Some(2)));
    let again = caller.post(&path, &json!({})).await;
    assert_eq!((again.status, again.body), (200, answer.body));
    assert_eq!(shop.portal.count("lease").await, 2);
    let conditional = caller.with("if-match", "*").post(&path, &json!({})).await;
    assert_eq!(conditional.status, 200, "any version is what it was asked for without one");
}

#[tokio::test]
async fn a_deletion_can_be_undone_for_a_day() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    let undo = format!("{address}/undo-delete");
    let deleted = shop.owner.delete(&address).await;
    assert_eq!(deleted.text("undo_until"), "2026-03-03T09:00:00Z");
    assert_debug_snapshot!(gist(&deleted), @r#"
    (
        200,
        Array [
            String("deleted"),
            String("stopping"),
            Number(1),
            Null,
            Null,
        ],
    )
    "#);
    let refused = shop.owner.post(&format!("{address}/start"), &json!({})).await;
    assert_eq!((refused.status, refused.fact()), (409, "instance-deleted".to_owned()));
    assert_debug_snapshot!(gist(&shop.owner.post(&undo, &json!({})).await), @r#"
    (
        200,
        Array [
            String("stopped"),
            String("stopping"),
            Number(1),
            Null,
            Null,
        ],
    )
    "#);
    assert_eq!(shop.owner.delete(&address).await.status, 200);
    // Sessions grow idle in twelve hours.
    shop.portal.pass(24 * 3600);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let late = owner.post(&undo, &json!({})).await;
    assert_eq!((late.status, late.fact()), (409, "undo-too-late".to_owned()));
}

#[tokio::test]
async fn staff_say_why_they_stop_and_the_customer_reads_it() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    let stop = format!("{address}/stop");
    let silent = shop.operator.post(&stop, &json!({})).await;
    assert_eq!((silent.status, silent.field()), (422, "reason".to_owned()));
    assert_eq!(shop.owner.get(&address).await.json()["wish"], "running");
    let unknown = shop.operator.post(&stop, &json!({ "reasons": "a typing error" })).await;
    assert_eq!((unknown.status, unknown.field()), (422, "reasons".to_owned()));
    assert_eq!(shop.operator.post(&stop, &json!({ "reason": "The node is repaired." })).await.status, 200);
    assert_debug_snapshot!(gist(&shop.owner.get(&address).await), @r#"
    (
        200,
        Array [
            String("stopped"),
            String("stopping"),
            Number(1),
            String("stopped_by_staff"),
            String("The node is repaired."),
        ],
    )
    "#);
}

#[tokio::test]
async fn a_change_happens_to_the_version_that_was_named_or_not_at_all() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    let version = shop.owner.get(&address).await.header("etag").to_owned();
    let knowing = shop.owner.clone().with("if-match", &version);
    let stopped = knowing.post(&format!("{address}/stop"), &json!({})).await;
    assert_eq!((stopped.status, stopped.json()["wish"].as_str()), (200, Some("stopped")));
    assert_debug_snapshot!(knowing.post(&format!("{address}/start"), &json!({})).await, @r#"
    412
    {
      "code": "precondition_failed",
      "detail": "This page showed an older version.",
      "fact": "changed",
      "hint": "Reload to see the present one, then decide again.",
      "request_id": "req_…",
      "status": 412,
      "title": "Precondition Failed",
      "type": "about:blank"
    }
    "#);
    assert_eq!(knowing.delete(&address).await.status, 412);
    assert_eq!(shop.owner.get(&address).await.json()["wish"], "stopped", "nothing was done");
    for unreadable in ["7", "\"seven\"", "W/\"1\""] {
        let refused = shop.owner.clone().with("if-match", unreadable).delete(&address).await;
        assert_eq!((refused.status, refused.text("code")), (400, "malformed".to_owned()), "{unreadable}");
    }
    let any = shop.owner.clone().with("if-match", "*").delete(&address).await;
    assert_eq!((any.status, any.json()["wish"].as_str()), (200, Some("deleted")));
}

#[tokio::test]
async fn an_instance_that_has_not_changed_costs_no_bytes() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    let version = shop.owner.get(&address).await.header("etag").to_owned();
    let knowing = shop.owner.clone().with("if-none-match", &version);
    let same = knowing.get(&address).await;
    assert_eq!((same.status, same.body.as_str(), same.header("etag")), (304, "", version.as_str()));
    assert_eq!(shop.owner.post(&format!("{address}/stop"), &json!({})).await.status, 200);
    let changed = knowing.get(&address).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), version);
}

#[tokio::test]
async fn the_operator_reads_the_clusters_answer_beside_the_reason() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    let said = "the pod in-x-1 on the node h100-01 may still write to a volume";
    let sql = format!(
        "UPDATE instance SET phase = 'queued', reason = 'volume_held', reason_arguments = '{{\"message\": \"{said}\"}}'"
    );
    shop.portal.as_owner(&sql).await;
    let one = format!("/staff/organisations/acme/instances/{}", address.rsplit('/').next().unwrap());
    for page in ["/staff", "/staff/waiting", &one] {
        let body = shop.operator.get(page).await.body;
        assert!(body.contains(said) && body.contains("may still write to its volume"), "{page}: {body}");
    }
}
