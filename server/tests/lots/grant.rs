//! Granting credits, and what a grant would do.

use axum::http::Method;
use insta::assert_debug_snapshot;
use serde_json::{Value, json};

use crate::portal::{Shop, mad};

const PATH: &str = "/api/v1/organisations/acme/lots";
/// What a grant writes.
const ROWS: [&str; 5] = ["lot", "journal_entry", "posting", "audit", "idempotency"];

fn money(amount: Value) -> Value {
    let mut amount = amount;
    amount["unit"] = json!("money");
    amount
}

fn ask() -> Value {
    json!({ "kind": "promo", "name": "Welcome", "amount": money(mad(500)), "reason": "the programme" })
}

#[tokio::test]
async fn a_grant_is_previewed_given_and_listed() {
    let shop = Shop::open().await;
    let before = shop.rows(&ROWS).await;
    assert_debug_snapshot!(shop.incubator.post(&format!("{PATH}/preview"), &ask()).await, @r#"
    200
    {
      "after": {
        "kind": "promo",
        "left": {
          "currency": "MAD",
          "micros": 500000000,
          "unit": "money"
        }
      },
      "balance": {
        "currency": "MAD",
        "micros": 10000000000
      },
      "before": {
        "kind": "promo",
        "left": {
          "currency": "MAD",
          "micros": 0,
          "unit": "money"
        }
      },
      "empty_after": null,
      "empty_before": null
    }
    "#);
    assert_eq!(shop.rows(&ROWS).await, before, "a preview stores nothing");
    let given = shop.incubator.post(PATH, &ask()).await;
    assert_debug_snapshot!(given, @r#"
    201
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
        "micros": 500000000,
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
        "micros": 0,
        "unit": "money"
      }
    }
    "#);
    assert_eq!(shop.owner.get(PATH).await.json()["items"], json!([given.json()]));
    let wallet = shop.owner.get("/api/v1/organisations/acme/wallet").await.json();
    assert_eq!((&wallet["lots"][0]["left"], &wallet["balance"]), (&money(mad(500)), &mad(10_000)));
}

#[tokio::test]
async fn a_grant_with_its_key_is_given_once() {
    let shop = Shop::open().await;
    let caller = shop.incubator.clone().with("idempotency-key", "k1");
    let given = caller.post(PATH, &ask()).await;
    let before = shop.rows(&ROWS).await;
    let again = caller.post(PATH, &ask()).await;
    assert_eq!((again.status, again.body), (201, given.body));
    let mut other = ask();
    other["amount"] = money(mad(501));
    let refused = caller.post(PATH, &other).await;
    assert_eq!((refused.status, refused.text("code")), (409, "idempotency_conflict".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn a_grant_that_cannot_be_names_the_field_and_stores_nothing() {
    let shop = Shop::open().await;
    let before = shop.rows(&ROWS[..4]).await;
    let euros = json!({ "unit": "money", "micros": 1_000_000, "currency": "EUR" });
    let gold = json!({ "unit": "money", "micros": 1_000_000, "currency": "XAU" });
    let of = |micros: Value| json!({ "unit": "money", "micros": micros, "currency": "MAD" });
    for (field, value, told, fact) in [
        ("amount", json!("500 MAD"), "amount", "invalid-form"),
        ("amount", of(json!(0)), "amount", "invalid-amount"),
        ("amount", of(json!(-1)), "amount", "invalid-amount"),
        ("amount", of(json!(i64::MAX)), "amount", "invalid-amount"),
        ("amount", of(json!(9_223_372_036_854_775_808_u64)), "amount", "invalid-form"),
        ("amount", of(json!(0.5)), "amount", "invalid-form"),
        ("amount", of(json!("1")), "amount", "invalid-form"),
        ("amount", euros, "amount", "invalid-currency"),
        ("amount", gold, "amount", "invalid-form"),
        ("amount", mad(1), "amount.unit", "invalid-required"),
        ("amount", json!({ "unit": "gold" }), "amount.unit", "invalid-form"),
        ("name", json!(" "), "name", "invalid-length"),
        ("reason", json!("x"), "reason", "invalid-length"),
        ("kind", json!("loan"), "kind", "invalid-form"),
        ("priority", json!(1001), "priority", "invalid-range"),
        ("expires_at", json!("2026-03-02T08:00:00Z"), "expires_at", "invalid-past"),
        ("expires_at", json!("tomorrow"), "expires_at", "invalid-form"),
        ("projects", json!(["prj_01ka4c2d00000000000000000z"]), "projects", "invalid-unknown"),
        ("flavours", json!(["flv_01ka4c2d00000000000000000z"]), "flavours", "invalid-unknown"),
        ("expires_on", json!("2026-04-01"), "expires_on", "invalid-form"),
    ] {
        let mut ask = ask();
        ask[field] = value.clone();
        for path in [PATH.to_owned(), format!("{PATH}/preview")] {
            let refused = shop.incubator.post(&path, &ask).await;
            let answer = (refused.status, refused.field(), refused.fact());
            assert_eq!(answer, (422, told.to_owned(), fact.to_owned()), "{field} = {value}: {refused:?}");
        }
    }
    assert_eq!(shop.rows(&ROWS[..4]).await, before);
}

#[tokio::test]
async fn a_document_nested_beyond_all_depth_is_not_followed() {
    let shop = Shop::open().await;
    let body = format!("{{\"amount\":{{\"unit\":\"money\",\"more\":{}", "[".repeat(100_000));
    let refused = shop.incubator.send(Method::POST, PATH, Some("application/json"), body.into()).await;
    assert_eq!((refused.status, refused.text("code")), (400, "malformed".to_owned()));
}
