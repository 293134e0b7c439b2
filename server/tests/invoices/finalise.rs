//! Reading a draft, opening a line, finalising, and computing it again.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::Shop;

const ROWS: [&str; 3] = ["invoice", "journal_entry", "audit"];

#[tokio::test]
async fn a_draft_is_read_to_its_seconds() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let invoice = finance.get(&draft).await.json();
    assert_debug_snapshot!((
        &invoice["invoice"]["status"], &invoice["document"]["number"], &invoice["document"]["total"],
        &invoice["document"]["lines"][0]["unit_seconds"]
    ), @r#"
    (
        String("draft"),
        Null,
        Object {
            "currency": String("MAD"),
            "micros": Number(72000000),
        },
        Number(7200),
    )
    "#);
    let line = finance.get(&format!("{draft}/lines/1")).await.json();
    let stretch = &line["instances"][0]["stretches"][0];
    assert_eq!(
        (&stretch["started_at"], &stretch["ended_at"]),
        (&json!("2026-03-02T10:00:00Z"), &json!("2026-03-02T12:00:00Z"))
    );
    for line in ["2", "0", "65536", "x"] {
        assert_eq!(finance.get(&format!("{draft}/lines/{line}")).await.status, 404, "{line}");
    }
}

#[tokio::test]
async fn a_draft_is_finalised_once_as_it_was_looked_at_and_computes_to_the_same() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let path = format!("{draft}/finalise");
    let before = shop.rows(&ROWS).await;
    for (body, field) in
        [(json!({}), "sha256"), (json!({ "sha256": 1 }), "sha256"), (json!({ "digest": "" }), "digest")]
    {
        let refused = finance.post(&path, &body).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{body}");
    }
    assert_debug_snapshot!(finance.post(&path, &json!({ "sha256": "00" })).await, @r#"
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
    assert_eq!(shop.rows(&ROWS).await, before);
    let caller = finance.clone().with("idempotency-key", "k1");
    let looked_at = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    let issued = caller.post(&path, &looked_at).await;
    assert_debug_snapshot!((issued.status, &issued.json()["invoice"]["number"], &issued.json()["invoice"]["status"]), @r#"
    (
        200,
        String("TM-2026-000001"),
        String("finalised"),
    )
    "#);
    let after = shop.rows(&ROWS).await;
    let again = caller.post(&path, &looked_at).await;
    assert_eq!((again.status, &again.body), (200, &issued.body));
    let twice = finance.post(&path, &looked_at).await;
    assert_eq!((twice.status, twice.fact()), (409, "finalised".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, after);
    let read = finance.get(&draft).await;
    assert_eq!(read.json(), issued.json());
    let known = finance.clone().with("if-none-match", read.header("etag")).get(&draft).await;
    assert_eq!(known.status, 304, "an issued invoice never changes");
    assert_debug_snapshot!(finance.get(&format!("{draft}/recalculation")).await, @r#"
    200
    {
      "differences": [],
      "is_equal": true,
      "n_stretches": 1
    }
    "#);
}
