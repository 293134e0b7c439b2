//! Tax rules.

use insta::assert_debug_snapshot;
use serde_json::{Value, json};

use crate::portal::Shop;

const PATH: &str = "/api/v1/staff/tax-rules";

fn ask() -> Value {
    json!({ "country": "MA", "is_business": true, "category": "S", "rate_ppm": 100_000, "advance_invoice": false,
        "started_at": "2026-07-01T00:00:00Z" })
}

#[tokio::test]
async fn a_rule_holds_from_its_date_and_ends_the_one_before() {
    let shop = Shop::open().await;
    let before = shop.portal.count("tax_rule").await;
    let caller = shop.finance.clone().with("idempotency-key", "k1");
    let set = caller.post(PATH, &ask()).await;
    assert_debug_snapshot!(set, @r#"
    201
    {
      "advance_invoice": false,
      "category": "S",
      "country": "MA",
      "ended_at": null,
      "id": "tax_…",
      "is_business": true,
      "rate_ppm": 100000,
      "reason_code": null,
      "started_at": "2026-07-01T00:00:00Z"
    }
    "#);
    assert_eq!(caller.post(PATH, &ask()).await.body, set.body);
    assert_eq!(shop.portal.count("tax_rule").await, before + 1);
    let rules = shop.finance.get(PATH).await.json();
    let ended = rules["items"].as_array().unwrap().iter().filter(|rule| rule["ended_at"] == "2026-07-01T00:00:00Z");
    assert_eq!(ended.count(), 1);
}

#[tokio::test]
async fn a_rule_that_cannot_be_names_the_field_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = shop.rows(&["tax_rule", "audit"]).await;
    for (field, value) in [
        ("country", json!("Morocco")),
        ("rate_ppm", json!(-1)),
        ("rate_ppm", json!(1_000_001)),
        ("rate_ppm", json!(3_000_000_000_u64)),
        ("category", json!("X")),
        ("started_at", json!("2026-01-01T00:00:00Z")),
        ("rate", json!(20)),
    ] {
        let mut ask = ask();
        ask[field] = value.clone();
        let refused = shop.finance.post(PATH, &ask).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{field} = {value}: {refused:?}");
    }
    let mut exempt = ask();
    (exempt["category"], exempt["rate_ppm"]) = (json!("G"), json!(0));
    let refused = shop.finance.post(PATH, &exempt).await;
    assert_eq!((refused.status, refused.field()), (422, "reason_code".to_owned()));
    assert_eq!(shop.rows(&["tax_rule", "audit"]).await, before);
}
