//! Taking back what is left of a lot.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::Shop;

const PATH: &str = "/api/v1/organisations/acme/lots";
const ROWS: [&str; 4] = ["lot", "journal_entry", "posting", "audit"];

#[tokio::test]
async fn what_is_left_is_taken_back_once_and_the_entry_is_reversed() {
    let shop = Shop::open().await;
    let amount = json!({ "unit": "money", "micros": 500_000_000, "currency": "MAD" });
    let grant = json!({ "kind": "promo", "name": "Welcome", "amount": amount, "reason": "the programme" });
    let lot = shop.incubator.post(PATH, &grant).await.text("id");
    let undo = format!("{PATH}/{lot}/undo");
    let before = shop.rows(&ROWS).await;
    for (body, field) in [(json!({ "reason": "x" }), "reason"), (json!({}), "reason"), (json!({ "why": "x" }), "why")] {
        let refused = shop.incubator.post(&undo, &body).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{body}");
    }
    assert_eq!(shop.rows(&ROWS).await, before);
    let caller = shop.incubator.clone().with("idempotency-key", "k1");
    let undone = caller.post(&undo, &json!({ "reason": "given by mistake" })).await;
    assert_debug_snapshot!(undone, @r#"
    200
    {
      "effective_at": "2026-03-02T09:00:00Z",
      "expired": {
        "currency": "MAD",
        "micros": 0,
        "unit": "money"
      },
      "expires_at": null,
      "flavours": [],
      "granted": {
        "currency": "MAD",
        "micros": 500000000,
        "unit": "money"
      },
      "granted_at": "2026-03-02T09:00:00Z",
      "granted_by": null,
      "id": "lot_…",
      "kind": "promo",
      "left": {
        "currency": "MAD",
        "micros": 0,
        "unit": "money"
      },
      "name": "Welcome",
      "paid": {
        "currency": "MAD",
        "micros": 0
      },
      "priority": 100,
      "projects": [],
      "reason": "the programme",
      "used": {
        "currency": "MAD",
        "micros": 0,
        "unit": "money"
      },
      "voided": {
        "currency": "MAD",
        "micros": 500000000,
        "unit": "money"
      }
    }
    "#);
    let after = shop.rows(&ROWS).await;
    assert_eq!(after, [before[0], before[1] + 1, before[2] + 2, before[3] + 1]);
    let again = caller.post(&undo, &json!({ "reason": "given by mistake" })).await;
    assert_eq!((again.status, again.body), (200, undone.body));
    let twice = shop.incubator.post(&undo, &json!({ "reason": "given by mistake" })).await;
    assert_eq!((twice.status, twice.fact()), (409, "lot-used-up".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, after);
}
