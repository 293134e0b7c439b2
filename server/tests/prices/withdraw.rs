//! Withdrawing a price that has not begun.

use serde_json::json;

use crate::portal::{PRICE, Shop};

const PATH: &str = "/api/v1/staff/prices";

#[tokio::test]
async fn a_price_that_has_not_begun_is_withdrawn_and_the_one_before_holds_on() {
    let shop = Shop::open().await;
    let ask = json!({ "flavour": shop.flavour, "currency": "MAD", "micros_per_hour": 2 * PRICE,
        "started_at": "2026-04-01T00:00:00Z" });
    let price = shop.finance.post(PATH, &ask).await.text("id");
    let caller = shop.finance.clone().with("idempotency-key", "k1");
    for _ in 0..2 {
        let withdrawn = caller.delete(&format!("{PATH}/{price}")).await;
        assert_eq!((withdrawn.status, withdrawn.body.as_str()), (204, ""));
    }
    let versions = shop.finance.get(PATH).await.json()["items"][0]["versions"].clone();
    assert_eq!((versions.as_array().unwrap().len(), versions[0]["ended_at"].is_null()), (1, true));
    let gone = shop.finance.delete(&format!("{PATH}/{price}")).await;
    assert_eq!(gone.status, 404);
    let began = shop.finance.delete(&format!("{PATH}/{}", versions[0]["id"].as_str().unwrap())).await;
    assert_eq!((began.status, began.fact()), (409, "price-began".to_owned()));
    assert_eq!(shop.portal.count("price").await, 1);
}
