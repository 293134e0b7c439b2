//! Saved cards and automatic top-up.

use std::sync::Arc;

use domain::{access::Job, payments::cards::advance_card};
use serde_json::{Value, json};

use crate::portal::{Double, TestPortal, first, mad};

const CARDS: &str = "/api/v1/organisations/acme/wallet/cards";
const AUTOMATIC: &str = "/api/v1/organisations/acme/wallet/auto-top-up";

fn agreement(card: &str) -> Value {
    json!({ "below": mad(50), "amount": mad(100), "monthly_limit": mad(300), "card": card, "consents": true })
}

#[tokio::test]
async fn a_card_is_given_elsewhere_and_kept_by_its_name_alone() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let owner = portal.organisation("acme").await.owner().await;
    let caller = owner.clone().with("idempotency-key", "k1");
    let asked = caller.post(CARDS, &json!({})).await;
    let card = asked.text("id");
    assert_eq!((asked.status, asked.text("state")), (201, "needs_person".to_owned()), "{asked:?}");
    assert_eq!(asked.text("save_at"), format!("https://pay.test/cs_{card}"));
    assert_eq!(caller.post(CARDS, &json!({})).await.body, asked.body, "one command, one card");
    double.pay();
    let rows = portal.database.rows("SELECT organisation_id FROM saved_card").await.unwrap();
    let organisation = rows[0]["organisation_id"].as_str().unwrap().parse().unwrap();
    let place = (types::OrganisationId::from_uuid(organisation), card.parse().unwrap());
    advance_card(&portal.state.portal.db, Job::of("test"), &*double, place, portal.now()).await.unwrap();
    let kept = first(&owner.get(CARDS).await);
    assert_eq!((&kept["state"], &kept["last4"], &kept["is_default"]), (&json!("saved"), &json!("4242"), &json!(true)));
    assert_eq!(owner.delete(&format!("{CARDS}/{card}")).await.status, 204);
    let again = owner.delete(&format!("{CARDS}/{card}")).await;
    assert_eq!((again.status, again.fact()), (409, "card-not-kept".to_owned()));
    assert_eq!(owner.get(CARDS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn who_agrees_is_recorded_and_what_cannot_be_names_its_field_and_stores_nothing() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let card = portal.card("acme").await.to_string();
    assert_eq!(owner.get(AUTOMATIC).await.json(), Value::Null);
    for (field, value) in [
        ("below", mad(0)),
        ("amount", mad(9)),
        ("monthly_limit", mad(99)),
        ("monthly_limit", json!({ "micros": 300_000_000, "currency": "EUR" })),
        ("card", json!("crd_01ka4c2d00000000000000000z")),
        ("consents", json!(false)),
    ] {
        let mut wrong = agreement(&card);
        wrong[field] = value;
        let refused = owner.put(AUTOMATIC, &wrong).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{wrong}");
    }
    assert_eq!(portal.count("auto_top_up").await, 0);
    let agreed = owner.put(AUTOMATIC, &agreement(&card)).await.json();
    assert_eq!((&agreed["state"], &agreed["left"]), (&json!("on"), &mad(300)), "{agreed}");
    assert!(agreed["consented_by"].is_string() && agreed["consented_at"].is_string(), "{agreed}");
    assert_eq!(owner.get(AUTOMATIC).await.json(), agreed);
    for _ in 0..2 {
        assert_eq!(owner.delete(AUTOMATIC).await.status, 204);
    }
    assert_eq!(owner.get(AUTOMATIC).await.json()["state"], "off");
}

#[tokio::test]
async fn a_hub_that_takes_no_cards_keeps_none() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let refused = owner.post(CARDS, &json!({})).await;
    assert_eq!((refused.status, refused.fact(), portal.count("saved_card").await), (409, "no-card".to_owned(), 0));
    let page = owner.get("/o/acme/wallet/cards").await;
    assert!(page.status == 200 && page.body.contains("takes no cards"), "{}", page.body);
}

#[tokio::test]
async fn no_program_is_given_what_a_person_agrees_to() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let token = json!({ "name": "ci", "permissions": ["TopUpWallet", "ReadBalance"], "days": 1 });
    let refused = owner.post("/api/v1/organisations/acme/tokens", &token).await;
    assert_eq!((refused.status, refused.field()), (422, "permissions".to_owned()), "{refused:?}");
}
