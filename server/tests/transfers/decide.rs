//! Deciding what a line is, and taking that back.

use serde_json::json;

use super::{LINES, ROWS, STATEMENTS, announced, balance, paid_in_dirhams, upload};
use crate::portal::first;

#[tokio::test]
async fn a_line_without_a_reference_waits_is_credited_undone_and_put_aside() {
    let shop = paid_in_dirhams().await;
    let before = balance(&shop).await;
    let transfer = announced(&shop, 30_000).await;
    shop.finance.post(STATEMENTS, &upload(25_000, "thank you")).await;
    assert_eq!(balance(&shop).await, before);
    let line = first(&shop.finance.get(LINES).await);
    assert_eq!((&line["state"], &line["reasons"][0]["word"]), (&json!("unmatched"), &json!("no_reference")));
    let path = format!("{LINES}/{}", line["id"].as_str().unwrap());
    let ask = json!({ "organisation": "acme", "transfer": transfer["id"] });
    assert_eq!(shop.finance.post(&format!("{path}/match?dry_run=true"), &ask).await.status, 204);
    assert_eq!(balance(&shop).await, before);
    let caller = shop.finance.clone().with("idempotency-key", "k1");
    assert_eq!(caller.post(&format!("{path}/match"), &ask).await.status, 204);
    assert_eq!(caller.post(&format!("{path}/match"), &ask).await.status, 204, "the same key is the same command");
    assert_eq!(balance(&shop).await, before + 25_000);
    let matched = shop.finance.get(&path).await.json();
    assert_eq!((&matched["state"], &matched["class"]), (&json!("matched"), &json!("partial")));
    assert_eq!(matched["transfer"], transfer["id"]);
    let twice = shop.finance.post(&format!("{path}/match"), &ask).await;
    assert_eq!((twice.status, twice.fact()), (409, "line-decided".to_owned()));
    shop.portal.pass(1);
    let because = json!({ "reason": "it was for somebody else" });
    assert_eq!(shop.finance.post(&format!("{path}/undo"), &because).await.status, 204);
    assert_eq!(balance(&shop).await, before);
    let entry = first(&shop.owner.get("/api/v1/organisations/acme/wallet/entries").await);
    assert_eq!((&entry["kind"], &entry["note"]), (&json!("transfer_undone"), &because["reason"]));
    assert_eq!(shop.finance.post(&format!("{path}/ignore"), &because).await.status, 204);
    assert_eq!(shop.finance.get(&path).await.text("note"), "it was for somebody else");
    assert_eq!(shop.finance.get(LINES).await.json()["items"], json!([]));
    assert_eq!(shop.finance.post(&format!("{path}/reopen"), &json!({})).await.status, 204);
    assert_eq!(first(&shop.finance.get(LINES).await)["state"], "unmatched");
}

#[tokio::test]
async fn what_cannot_be_decided_names_the_field_and_stores_nothing() {
    let shop = paid_in_dirhams().await;
    shop.finance.post(STATEMENTS, &upload(25_000, "thank you")).await;
    let line = first(&shop.finance.get(LINES).await);
    let path = format!("{LINES}/{}", line["id"].as_str().unwrap());
    let before = shop.rows(&ROWS).await;
    let unknown = "trf_01ka4c2d00000000000000000z";
    for (verb, ask, status, fact) in [
        ("match", json!({ "organisation": "nobody" }), 422, "invalid-unknown"),
        ("match", json!({ "organisation": "hub" }), 422, "invalid-unknown"),
        ("match", json!({ "organisation": "acme", "transfer": unknown }), 404, "not-found"),
        ("match", json!({}), 422, "invalid-required"),
        ("ignore", json!({ "reason": " " }), 422, "invalid-required"),
        ("undo", json!({ "reason": "" }), 422, "invalid-required"),
        ("undo", json!({ "reason": "a mistake" }), 409, "line-not-matched"),
        ("reopen", json!({}), 409, "line-not-ignored"),
    ] {
        let refused = shop.finance.post(&format!("{path}/{verb}"), &ask).await;
        assert_eq!((refused.status, refused.fact()), (status, fact.to_owned()), "{verb} {ask}: {refused:?}");
    }
    for verb in ["match", "undo", "ignore", "reopen"] {
        let ask = if verb == "match" { json!({ "organisation": "acme" }) } else { json!({ "reason": "a test" }) };
        let nothing = format!("{LINES}/bln_01ka4c2d00000000000000000z/{verb}");
        assert_eq!(shop.finance.post(&nothing, &ask).await.status, 404, "{verb}");
    }
    assert_eq!(shop.rows(&ROWS).await, before);
}
