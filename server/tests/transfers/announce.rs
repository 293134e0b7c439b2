//! Announcing a top-up by bank transfer.

use serde_json::{Value, json};

use super::{ROWS, TRANSFERS, announced, paid_in_dirhams};
use crate::portal::{Shop, first};

#[tokio::test]
async fn a_transfer_is_announced_listed_and_called_off() {
    let shop = paid_in_dirhams().await;
    let transfer = announced(&shop, 120_005).await;
    assert_eq!(transfer["state"], "open");
    assert_eq!(transfer["missing"], json!({ "micros": 1_200_050_000_i64, "currency": "MAD" }));
    assert_eq!(transfer["rib"], "011 519 0000012050005349 21");
    assert!(transfer["code"].as_str().unwrap().contains("MAD 1200.05"), "{transfer}");
    assert_eq!(first(&shop.owner.get(TRANSFERS).await)["reference"], transfer["reference"]);
    let path = format!("{TRANSFERS}/{}", transfer["id"].as_str().unwrap());
    assert_eq!(shop.owner.get(&path).await.json(), transfer);
    assert_eq!(shop.owner.post(&format!("{path}/cancel"), &json!({})).await.text("state"), "cancelled");
    let twice = shop.owner.post(&format!("{path}/cancel"), &json!({})).await;
    assert_eq!((twice.status, twice.fact()), (409, "transfer-not-open".to_owned()));
}

#[tokio::test]
async fn the_same_key_announces_once() {
    let shop = paid_in_dirhams().await;
    let ask = json!({ "amount": { "micros": 10_000_000, "currency": "MAD" } });
    let caller = shop.owner.clone().with("idempotency-key", "k1");
    let one = caller.post(TRANSFERS, &ask).await;
    assert_eq!(caller.post(TRANSFERS, &ask).await.body, one.body);
    assert_eq!(shop.owner.get(TRANSFERS).await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_announced_names_the_field_and_stores_nothing() {
    let shop = paid_in_dirhams().await;
    let before = shop.rows(&ROWS).await;
    let of = |micros: i64, currency: &str| json!({ "amount": { "micros": micros, "currency": currency } });
    for (ask, field, fact) in [
        (of(0, "MAD"), "amount", "invalid-amount"),
        (of(-10_000, "MAD"), "amount", "invalid-amount"),
        (of(i64::MAX, "MAD"), "amount", "invalid-amount"),
        (of(10_001, "MAD"), "amount", "invalid-amount"),
        (of(10_000, "EUR"), "amount", "invalid-currency"),
        (json!({}), "amount", "invalid-required"),
        (json!({ "amount": 5 }), "amount", "invalid-form"),
        (json!({ "amount": { "micros": 1, "currency": "MAD" }, "note": "x" }), "note", "invalid-form"),
    ] {
        let refused = shop.owner.post(TRANSFERS, &ask).await;
        let answer = (refused.status, refused.field(), refused.fact());
        assert_eq!(answer, (422, field.to_owned(), fact.to_owned()), "{ask}: {refused:?}");
    }
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn a_hub_without_an_account_says_so_and_a_wrong_account_is_named() {
    let shop = Shop::open().await;
    let ask = json!({ "amount": { "micros": 10_000, "currency": "MAD" } });
    let refused = shop.owner.post(TRANSFERS, &ask).await;
    assert_eq!((refused.status, refused.fact()), (409, "no-receiving-account".to_owned()));
    let account = |iban: &str, beneficiary: &str| -> Value {
        json!({ "currency": "MAD", "beneficiary": beneficiary, "bank": "Bank", "iban": iban })
    };
    for (ask, field, fact) in [
        (account("MA64011519000001205000534922", "Hub"), "iban", "invalid-account"),
        (account("", "Hub"), "iban", "invalid-account"),
        (account("MA64011519000001205000534921", " "), "beneficiary", "invalid-length"),
        (account("MA64011519000001205000534921", &"x".repeat(71)), "beneficiary", "invalid-length"),
    ] {
        let refused = shop.finance.post("/api/v1/staff/bank/accounts", &ask).await;
        let answer = (refused.status, refused.field(), refused.fact());
        assert_eq!(answer, (422, field.to_owned(), fact.to_owned()), "{ask}: {refused:?}");
    }
    let none = shop.finance.get("/api/v1/staff/bank/accounts").await.json();
    assert_eq!(none["items"], json!([]));
}
