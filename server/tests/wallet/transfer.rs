//! Booking a bank transfer.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{Shop, first, mad};

const PATH: &str = "/api/v1/organisations/acme/wallet/transfers";
const ROWS: [&str; 3] = ["journal_entry", "posting", "audit"];

#[tokio::test]
async fn a_transfer_is_booked_once_for_ever() {
    let shop = Shop::open().await;
    shop.portal.pass(1);
    let ask = json!({ "reference": "BMCE 2", "amount": mad(250) });
    let caller = shop.finance.clone().with("idempotency-key", "k1");
    let booked = caller.post(PATH, &ask).await;
    assert_debug_snapshot!(booked, @r#"
    200
    {
      "balance": {
        "currency": "MAD",
        "micros": 10250000000
      },
      "credit_limit": {
        "currency": "MAD",
        "micros": 0
      },
      "currency": "MAD",
      "empty_at": null,
      "free": {
        "currency": "MAD",
        "micros": 10250000000
      },
      "held": {
        "currency": "MAD",
        "micros": 0
      },
      "lots": [],
      "per_hour": {
        "currency": "MAD",
        "micros": 0
      },
      "receivable": {
        "currency": "MAD",
        "micros": 0
      },
      "settled_through": "2026-03-02T09:00:00Z"
    }
    "#);
    let after = shop.rows(&ROWS).await;
    assert_eq!(caller.post(PATH, &ask).await.body, booked.body);
    let twice = shop.finance.post(PATH, &ask).await;
    assert_eq!((twice.status, twice.fact()), (409, "booked-before".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, after);
    let entry = first(&shop.owner.get("/api/v1/organisations/acme/wallet/entries").await);
    assert_eq!((&entry["note"], &entry["amount"], &entry["balance"]), (&json!("BMCE 2"), &mad(250), &mad(10_250)));
}

#[tokio::test]
async fn money_that_cannot_be_names_the_field_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = shop.rows(&ROWS).await;
    let of = |micros: serde_json::Value| json!({ "micros": micros, "currency": "MAD" });
    for (field, value, told, fact) in [
        ("amount", of(json!(0)), "amount", "invalid-amount"),
        ("amount", of(json!(-5)), "amount", "invalid-amount"),
        ("amount", of(json!(i64::MAX)), "amount", "invalid-amount"),
        ("amount", of(json!(9_223_372_036_854_775_808_u64)), "amount.micros", "invalid-form"),
        ("amount", of(json!(1.5)), "amount.micros", "invalid-form"),
        ("amount", json!({ "micros": 5, "currency": "EUR" }), "amount", "invalid-currency"),
        ("amount", json!({ "micros": 5, "currency": "XAU" }), "amount.currency", "invalid-form"),
        ("amount", json!({ "micros": 5 }), "amount.currency", "invalid-required"),
        ("amount", json!(5), "amount", "invalid-form"),
        ("reference", json!("x"), "reference", "invalid-length"),
        ("reference", json!("x".repeat(101)), "reference", "invalid-length"),
        ("note", json!("thanks"), "note", "invalid-form"),
    ] {
        let mut ask = json!({ "reference": "BMCE 2", "amount": mad(250) });
        ask[field] = value.clone();
        let refused = shop.finance.post(PATH, &ask).await;
        let answer = (refused.status, refused.field(), refused.fact());
        assert_eq!(answer, (422, told.to_owned(), fact.to_owned()), "{field} = {value}: {refused:?}");
    }
    assert_eq!(shop.rows(&ROWS).await, before);
}
