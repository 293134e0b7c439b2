//! Topping up by card.

use std::sync::Arc;

use axum::{body::Body, http::Method};
use domain::{access::Job, payments::take_event};
use serde_json::{Value, json};
use types::Role;

use crate::portal::{Double, TestPortal, first, mad, signed};

const PATH: &str = "/api/v1/organisations/acme/wallet/top-ups";

/// Stripe tells of a payment's page, and a worker takes it up.
async fn told(portal: &TestPortal, double: &Double, event: &str, payment: &str) {
    let object = json!({ "object": { "id": format!("cs_{payment}") } });
    let body = json!({ "id": event, "type": "checkout.session.completed", "data": object }).to_string();
    let stripe = portal.nobody().with("stripe-signature", &signed("whsec_test", &body, portal.now()));
    let answer = stripe.send(Method::POST, "/webhooks/stripe", Some("application/json"), Body::from(body)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    while take_event(&portal.state.portal.db, Job::of("test"), double, portal.now()).await.unwrap() {}
}

#[tokio::test]
async fn a_top_up_is_paid_elsewhere_and_stands_in_the_wallet_once_its_provider_says_so() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let owner = portal.organisation("acme").await.owner().await;
    let caller = owner.clone().with("idempotency-key", "k1");
    let asked = caller.post(PATH, &json!({ "amount": mad(250) })).await;
    let payment = asked.text("id");
    assert_eq!((asked.status, asked.text("state")), (201, "needs_person".to_owned()), "{asked:?}");
    assert_eq!(asked.text("pay_at"), format!("https://pay.test/cs_{payment}"));
    assert_eq!(caller.post(PATH, &json!({ "amount": mad(250) })).await.body, asked.body, "one command, one payment");
    assert_eq!((double.n_asked(), first(&owner.get(PATH).await)["id"].as_str()), (1, Some(payment.as_str())));
    told(&portal, &double, "evt_1", &payment).await;
    let balance = async || owner.get("/api/v1/organisations/acme/wallet").await.json()["balance"].clone();
    assert_eq!(balance().await, mad(0), "told of too early");
    double.pay();
    for event in ["evt_2", "evt_2", "evt_3"] {
        told(&portal, &double, event, &payment).await;
        assert_eq!(balance().await, mad(250));
    }
    let paid = owner.get(&format!("{PATH}/{payment}")).await;
    assert_eq!((paid.text("state"), paid.json()["pay_at"].clone()), ("succeeded".to_owned(), Value::Null), "{paid:?}");
    assert_eq!(owner.get(PATH).await.json()["items"], json!([]));
    let entry = first(&owner.get("/api/v1/organisations/acme/wallet/entries").await);
    assert_eq!((&entry["kind"], &entry["amount"], &entry["note"]), (&json!("top_up"), &mad(250), &json!(payment)));
}

#[tokio::test]
async fn where_a_top_up_is_paid_and_a_card_is_given_is_told_to_who_may_pay_alone() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let acme = portal.organisation("acme").await;
    let (owner, developer) = (acme.owner().await, acme.member(Role::Developer).await);
    let payment = owner.post(PATH, &json!({ "amount": mad(250) })).await.text("id");
    let one = format!("{PATH}/{payment}");
    let seen = developer.get(&one).await;
    assert_eq!((seen.text("state"), seen.json()["pay_at"].clone()), ("needs_person".to_owned(), Value::Null));
    assert_eq!(first(&developer.get(PATH).await)["pay_at"], Value::Null);
    let page = format!("/o/acme/wallet/top-ups/{payment}");
    let there = format!("https://pay.test/cs_{payment}");
    assert!(owner.get(&page).await.body.contains(&there) && owner.get(&one).await.body.contains(&there));
    let shown = developer.get(&page).await;
    assert!(shown.status == 200 && !shown.body.contains(&there), "{shown:?}");
    let cards = "/api/v1/organisations/acme/wallet/cards";
    let card = owner.post(cards, &json!({})).await;
    assert!(!card.text("save_at").is_empty(), "{card:?}");
    assert_eq!(first(&developer.get(cards).await)["save_at"], Value::Null);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_leaves_a_payment_that_waits() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let owner = portal.organisation("acme").await.owner().await;
    double.go_away();
    let asked = owner.post(PATH, &json!({ "amount": mad(250) })).await;
    assert_eq!((asked.status, asked.text("state"), asked.text("pay_at")), (201, "sent".to_owned(), String::new()));
    let page = owner.get(&format!("/o/acme/wallet/top-ups/{}", asked.text("id"))).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("nothing is paid twice"), "{}", page.body);
}

#[tokio::test]
async fn a_rehearsal_asks_nobody_and_leaves_nothing() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let owner = portal.organisation("acme").await.owner().await;
    let rehearsed = owner.post(&format!("{PATH}?dry_run=true"), &json!({ "amount": mad(250) })).await;
    assert_eq!((rehearsed.status, rehearsed.text("state")), (201, "wanted".to_owned()), "{rehearsed:?}");
    assert_eq!((double.n_asked(), portal.count("payment").await), (0, 0));
}

#[tokio::test]
async fn an_amount_that_cannot_be_names_its_field_and_stores_nothing() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let owner = portal.organisation("acme").await.owner().await;
    for (amount, fact) in [
        (mad(0), "invalid-amount"),
        (mad(9), "invalid-within"),
        (mad(100_001), "invalid-within"),
        (json!({ "micros": 10_000_001, "currency": "MAD" }), "invalid-amount"),
        (json!({ "micros": 20_000_000, "currency": "EUR" }), "invalid-currency"),
    ] {
        let refused = owner.post(PATH, &json!({ "amount": amount })).await;
        let answer = (refused.status, refused.field(), refused.fact());
        assert_eq!(answer, (422, "amount".to_owned(), fact.to_owned()), "{amount}");
    }
    assert_eq!((double.n_asked(), portal.count("payment").await), (0, 0));
}

#[tokio::test]
async fn a_hub_without_a_provider_says_so_and_offers_no_card() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let refused = owner.post(PATH, &json!({ "amount": mad(250) })).await;
    assert_eq!((refused.status, refused.fact()), (409, "no-card".to_owned()));
    let page = owner.get("/o/acme/wallet/top-up").await;
    assert!(page.status == 200 && page.body.contains("takes no cards") && !page.body.contains("name=\"amount\""));
    let wallet = owner.get("/o/acme/wallet").await.body;
    assert!(wallet.contains("takes no cards") && !wallet.contains("/wallet/top-up"), "{wallet}");
    let sent = owner.form("/o/acme/wallet/top-up", "amount=100&idempotency_key=k").await;
    assert_eq!((sent.status, portal.count("payment").await), (409, 0));
}
