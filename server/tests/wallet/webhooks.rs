//! What Stripe tells: stored where it is signed, refused where it is not.

use std::sync::Arc;

use axum::{body::Body, http::Method};
use domain::{access::Job, payments::take_event};

use serde_json::json;
use types::StaffRole;

use crate::portal::{Answer, Double, TestPortal, first, signed};

const PATH: &str = "/webhooks/stripe";
const FINDINGS: &str = "/api/v1/staff/payment-findings";
const BODY: &str =
    r#"{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1","amount_total":1}}}"#;

async fn tell(portal: &TestPortal, signature: &str, body: &str) -> Answer {
    let caller = portal.nobody().with("stripe-signature", signature);
    caller.send(Method::POST, PATH, Some("application/json"), Body::from(body.to_owned())).await
}

#[tokio::test]
async fn what_stripe_signed_is_stored_once_byte_for_byte_and_answered() {
    let portal = TestPortal::taking_cards(&Arc::new(Double::default())).await;
    let header = signed("whsec_test", BODY, portal.now());
    for _ in 0..2 {
        assert_eq!(tell(&portal, &header, BODY).await.status, 200);
    }
    let rows =
        portal.database.rows("SELECT event_id, convert_from(raw, 'UTF8') AS raw FROM webhook_event").await.unwrap();
    assert_eq!((rows.len(), &rows[0]["event_id"], &rows[0]["raw"]), (1, &"evt_1".into(), &BODY.into()));
    // Another site's form reads no cookie here either.
    let foreign = portal.nobody().with("stripe-signature", &header).with("origin", "https://else.example");
    let told = foreign.send(Method::POST, PATH, Some("application/json"), Body::from(BODY)).await;
    assert_eq!(told.status, 200, "{told:?}");
}

#[tokio::test]
async fn what_is_signed_and_cannot_be_read_is_stored_and_told_to_people() {
    let portal = TestPortal::taking_cards(&Arc::new(Double::default())).await;
    let header = signed("whsec_test", "no event", portal.now());
    assert_eq!(tell(&portal, &header, "no event").await.status, 200);
    assert_eq!((portal.count("webhook_event").await, portal.count("payment_finding").await), (1, 1));
    let finance = portal.staff(StaffRole::Finance).await;
    let told = first(&finance.get(FINDINGS).await);
    assert_eq!((&told["finding"], &told["details"]["bytes"]), (&"unreadable_event".into(), &"8".into()), "{told}");
    let settle = format!("{FINDINGS}/{}/settle", told["id"].as_str().unwrap());
    assert_eq!(finance.post(&settle, &json!({ "reason": " " })).await.status, 422);
    let settled = finance.post(&settle, &json!({ "reason": "their test" })).await;
    assert_eq!((settled.status, settled.text("note")), (200, "their test".to_owned()), "{settled:?}");
    assert_eq!(finance.get(FINDINGS).await.json()["items"], json!([]));
    let again = finance.post(&settle, &json!({ "reason": "their test" })).await;
    assert_eq!((again.status, again.fact()), (409, "finding-settled".to_owned()));
    // Told of it again, nobody is bothered again.
    assert_eq!(tell(&portal, &header, "no event").await.status, 200);
    assert_eq!(finance.get(FINDINGS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn what_is_not_signed_now_by_stripe_is_refused_and_nothing_is_stored() {
    let portal = TestPortal::taking_cards(&Arc::new(Double::default())).await;
    let now = portal.now();
    for (header, body) in [
        (String::new(), BODY),
        (signed("whsec_other", BODY, now), BODY),
        (signed("whsec_test", BODY, now), "another body"),
        (signed("whsec_test", BODY, now.plus_seconds(-301)), BODY),
        (signed("whsec_test", BODY, now.plus_seconds(301)), BODY),
    ] {
        let refused = tell(&portal, &header, body).await;
        assert_eq!(refused.status, 400, "{refused:?}");
    }
    assert_eq!(portal.count("webhook_event").await, 0);
    assert_eq!(portal.nobody().get(PATH).await.status, 405);
}

#[tokio::test]
async fn nobody_calls_where_no_secret_is_set() {
    let portal = TestPortal::new().await;
    let told = tell(&portal, &signed("whsec_test", BODY, portal.now()), BODY).await;
    assert_eq!((told.status, portal.count("webhook_event").await), (404, 0));
}

#[tokio::test]
async fn a_notice_is_believed_in_nothing_but_what_it_names() {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    // It says paid, and the provider, when it is asked, knows of nothing.
    let header = signed("whsec_test", BODY, portal.now());
    assert_eq!(tell(&portal, &header, BODY).await.status, 200);
    let db = &portal.state.portal.db;
    assert!(take_event(db, Job::of("test"), &*double, portal.now()).await.unwrap());
    assert_eq!((portal.count("journal_entry").await, portal.count("payment_finding").await), (0, 1));
}
