//! What an organisation says of itself, through the API.

use axum::http::Method;
use serde_json::{Value, json};
use types::Role;

use super::assert_hidden;
use crate::portal::TestPortal;

const SETTINGS: &str = "/api/v1/organisations/acme/settings";

fn wanted() -> Value {
    json!({ "name": "Acme AI", "legal_name": "Acme AI SA", "address": " Tanger ", "ice": "001234567000089",
        "vat_id": "ma 4011-2233", "language": "fr" })
}

#[tokio::test]
async fn what_is_said_is_kept_in_its_form_and_said_anew_as_a_whole() {
    let portal = TestPortal::new().await;
    let billing = portal.organisation("acme").await.member(Role::Billing).await;
    let before = json!({
        "settings": { "name": "ACME", "legal_name": "acme SARL", "address": "Tétouan", "ice": null, "tax_id": null,
            "trade_register": null, "business_tax": null, "vat_id": null, "language": "en" },
        "country": "MA", "is_business": true, "currency": "MAD",
    });
    assert_eq!(billing.get(SETTINGS).await.json(), before);
    let audits = portal.count("audit").await;
    for _ in 0..2 {
        let kept = billing.put(SETTINGS, &wanted()).await;
        assert_eq!((kept.status, kept.body.as_str()), (204, ""));
        assert_eq!(portal.count("audit").await - audits, 1, "the same again is no change");
    }
    let kept = billing.get(SETTINGS).await.json();
    assert_eq!((&kept["settings"]["address"], &kept["settings"]["vat_id"]), (&json!("Tanger"), &json!("MA40112233")));
    assert_eq!((&kept["country"], &kept["currency"]), (&before["country"], &before["currency"]));
    assert_eq!(billing.get("/api/v1/organisations/acme").await.json()["name"], "Acme AI");
    // What is not said is none any more; what was read can be said again as it is.
    assert_eq!(billing.put(SETTINGS, &before["settings"]).await.status, 204);
    assert_eq!(billing.get(SETTINGS).await.json(), before);
}

#[tokio::test]
async fn a_field_that_cannot_be_is_named_and_nothing_is_kept() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let before = (owner.get(SETTINGS).await.body, portal.count("audit").await);
    for (field, value, fact) in [
        ("name", json!(" "), "invalid-required"),
        ("address", json!("x".repeat(501)), "invalid-length"),
        ("ice", json!("12"), "invalid-form"),
        ("vat_id", json!("1"), "invalid-form"),
        ("language", json!("de"), "invalid-unknown"),
        // Only the hub changes what decides prices and tax.
        ("country", json!("FR"), "invalid-form"),
    ] {
        let mut ask = wanted();
        ask[field] = value;
        let refused = owner.put(SETTINGS, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    let refused = owner.put(SETTINGS, &json!({ "name": "Acme AI" })).await;
    assert_eq!((refused.status, refused.fact()), (422, "invalid-required".to_owned()), "{refused:?}");
    assert_eq!((owner.get(SETTINGS).await.body, portal.count("audit").await), before);
}

#[tokio::test]
async fn settings_of_a_foreign_organisation_answer_like_those_of_none() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let (owner, stranger) = (acme.owner().await, other.owner().await);
    let before = owner.get(SETTINGS).await.body;
    assert_hidden(&stranger, Method::GET, "settings", &json!({})).await;
    assert_hidden(&stranger, Method::PUT, "settings", &wanted()).await;
    assert_eq!(owner.get(SETTINGS).await.body, before);
}
