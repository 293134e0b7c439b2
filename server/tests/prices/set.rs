//! Setting a price from an instant on.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{PRICE, Shop};

const PATH: &str = "/api/v1/staff/prices";

#[tokio::test]
async fn a_price_is_set_from_a_date_and_ends_the_one_before() {
    let shop = Shop::open().await;
    let ask = json!({ "flavour": shop.flavour, "currency": "MAD", "micros_per_hour": 2 * PRICE,
        "started_at": "2026-04-01T00:00:00Z" });
    let caller = shop.finance.clone().with("idempotency-key", "k1");
    let set = caller.post(PATH, &ask).await;
    assert_debug_snapshot!(set, @r#"
    201
    {
      "ended_at": null,
      "id": "prc_…",
      "is_scheduled": true,
      "per_hour": {
        "currency": "MAD",
        "micros": 60000000
      },
      "set_at": "2026-03-02T09:00:00Z",
      "set_by": "finance",
      "started_at": "2026-04-01T00:00:00Z",
      "version": 2
    }
    "#);
    let again = caller.post(PATH, &ask).await;
    assert_eq!((again.status, again.body), (201, set.body));
    let versions = &shop.finance.get(PATH).await.json()["items"][0]["versions"];
    assert_eq!(versions.as_array().unwrap().len(), 2);
    assert_eq!(versions[1]["ended_at"], "2026-04-01T00:00:00Z");
    let overlapping = shop.finance.post(PATH, &ask).await;
    assert_eq!((overlapping.status, overlapping.fact()), (409, "price-overlaps".to_owned()));
    assert_eq!(shop.portal.count("price").await, 2);
}

#[tokio::test]
async fn a_price_that_cannot_be_names_the_field_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = shop.rows(&["price", "audit"]).await;
    for (field, value, fact) in [
        ("micros_per_hour", json!(0), "invalid-amount"),
        ("micros_per_hour", json!(-1), "invalid-amount"),
        ("micros_per_hour", json!(i64::MAX), "invalid-amount"),
        ("micros_per_hour", json!(9_223_372_036_854_775_808_u64), "invalid-form"),
        ("micros_per_hour", json!("30"), "invalid-form"),
        ("currency", json!("XAU"), "invalid-form"),
        ("started_at", json!("2026-03-01T00:00:00Z"), "invalid-past"),
        ("started_at", json!("soon"), "invalid-form"),
        ("flavour", json!("flv_01ka4c2d00000000000000000z"), "invalid-unknown"),
        ("per_hour", json!(1), "invalid-form"),
    ] {
        let mut ask = json!({ "flavour": shop.flavour, "currency": "MAD", "micros_per_hour": PRICE,
            "started_at": "2026-04-01T00:00:00Z" });
        ask[field] = value.clone();
        let refused = shop.finance.post(PATH, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{field} = {value}: {refused:?}");
    }
    assert_eq!(shop.rows(&["price", "audit"]).await, before);
}
