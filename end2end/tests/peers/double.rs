//! The double of Stripe is held to the real thing: Stripe's own SDK works with it, and understands what it should.

use end2end::peers::Stripe;
use serde_json::{Value, json};

async fn asked(parts: &[&str]) -> anyhow::Result<Value> {
    Stripe::start().await?.through_its_sdk(parts).await
}

/// A refusal of a card, as the SDK gives it.
fn refused(code: &str, why: &str) -> Value {
    let intent = "requires_payment_method";
    json!({ "type": "StripeCardError", "code": code, "decline_code": why, "status": 402, "intent": intent })
}

/// A refusal of a request, as the SDK gives it.
fn invalid(code: &str, status: u16, param: &str) -> Value {
    json!({ "type": "StripeInvalidRequestError", "code": code, "status": status, "param": param })
}

#[tokio::test]
async fn a_key_is_good_for_one_thing_and_gives_it_again() -> anyhow::Result<()> {
    let said = &asked(&["keys"]).await?["keys"];
    assert_eq!(said["same"], json!([true, false, true]), "the same object, the second time from memory: {said}");
    let conflict = json!({ "type": "StripeIdempotencyError", "status": 400 });
    assert_eq!((&said["conflict"], &said["elsewhere"]), (&conflict, &conflict));
    assert_eq!(said["in_use"], json!({ "type": "StripeAPIError", "code": "idempotency_key_in_use", "status": 409 }));
    assert_eq!(said["once_done"], json!([true, true]));
    assert_eq!(said["unsaved_refusal"][0]["code"], "parameter_unknown");
    assert_eq!(said["unsaved_refusal"][1], "d@rif.example", "what was never begun may be corrected: {said}");
    Ok(())
}

#[tokio::test]
async fn checkout_goes_as_at_stripes() -> anyhow::Result<()> {
    let said = &asked(&["checkout"]).await?["checkout"];
    assert_eq!(said["opened"], json!(["open", "unpaid", null, 10_000, "mad"]), "no payment before somebody tries");
    assert_eq!(said["says"], true, "the page says what is paid and leads back");
    assert_eq!(said["declined"], json!([402, "open", "generic_decline"]));
    assert_eq!(said["asks"], json!([303, "requires_action", "unpaid"]));
    let refused = json!([true, "requires_payment_method", "payment_intent_authentication_failure"]);
    assert_eq!(said["refused"], refused);
    assert_eq!(said["done"], true, "the way back names the session");
    let paid = json!(["complete", "paid", null, "amina@rif.example", { "organisation": "rif-biomed" }]);
    assert_eq!(said["paid"], paid);
    assert_eq!(said["intent"], json!(["succeeded", 10_000, { "payment": "one" }, true]));
    assert_eq!(said["three_d_secure"], "authenticated");
    assert_eq!(said["lines"], json!([1, 10_000, "Top-up"]));
    assert_eq!(said["twice"], json!({ "type": "StripeInvalidRequestError", "status": 400 }));
    assert_eq!(said["expired"], json!(["expired", null]));
    assert_eq!(said["page_after"], true);
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_leaves_one_session_and_a_cut_call_none() -> anyhow::Result<()> {
    let said = &asked(&["lost"]).await?["lost"];
    assert_eq!((&said["made"], &said["replayed"]), (&json!(1), &json!(true)));
    assert_eq!(said["dropped"], json!({ "type": "StripeConnectionError" }));
    Ok(())
}

#[tokio::test]
async fn no_more_is_paid_back_than_was_paid() -> anyhow::Result<()> {
    let said = &asked(&["refunds"]).await?["refunds"];
    assert_eq!((&said["part"], &said["rest"]), (&json!(["succeeded", 4_000]), &json!(6_000)));
    assert_eq!(said["much"], json!({ "type": "StripeInvalidRequestError", "status": 400, "param": "amount" }));
    let again = json!({ "type": "StripeInvalidRequestError", "code": "charge_already_refunded", "status": 400 });
    assert_eq!(said["again"], again);
    assert_eq!(said["charge"], json!([true, 10_000]));
    assert_eq!(said["pends"], json!(["pending", "succeeded"]));
    assert_eq!(said["fails"], json!(["succeeded", "failed"]));
    assert_eq!(said["listed"], json!([6_000, 4_000]));
    assert_eq!(said["named"], json!([true, "ours", "4242", true]), "a lost answer comes again under its key: {said}");
    assert_eq!(said["found"], json!([[true, "ours", "4242"]]), "it is found by our name of it");
    Ok(())
}

#[tokio::test]
async fn a_saved_card_pays_alone_unless_its_bank_wants_its_holder() -> anyhow::Result<()> {
    let said = &asked(&["saved"]).await?["saved"];
    assert_eq!((&said["ok"], &said["asks_once"]), (&json!("it went well"), &json!("it went well")));
    assert_eq!(said["asks"], refused("authentication_required", "authentication_required"));
    assert_eq!(said["declined"], refused("card_declined", "generic_decline"));
    assert_eq!(said["kept"], json!(["0341", "3184", "3155", "4242"]));
    Ok(())
}

#[tokio::test]
async fn a_card_is_given_without_paying_and_pays_nothing_once_it_is_forgotten() -> anyhow::Result<()> {
    let said = &asked(&["given"]).await?["given"];
    assert_eq!(said["opened"], json!(["open", "no_payment_required", true]));
    assert_eq!(said["declined"], 402);
    assert_eq!(said["waits"], json!(["open", "requires_action"]));
    assert_eq!(said["done"], json!(["complete", "no_payment_required", "succeeded", "3155"]));
    assert_eq!((&said["charged"], &said["forgotten"]), (&json!("it went well"), &Value::Null));
    assert_eq!(said["again"], json!({ "type": "StripeInvalidRequestError", "status": 400 }));
    let after = json!({ "type": "StripeInvalidRequestError", "status": 400, "param": "payment_method" });
    assert_eq!(said["after"], after);
    assert_eq!(said["paying"]["param"], "line_items");
    Ok(())
}

#[tokio::test]
async fn every_event_is_listed_once_whatever_the_page() -> anyhow::Result<()> {
    let said = &asked(&["checkout", "events"]).await?["events"];
    let whole = json!({
        "whole": true, "same": true, "newest_first": true, "expired": ["expired"], "later": 2, "before": 0,
        "limit": { "type": "StripeInvalidRequestError", "status": 400, "param": "limit" },
    });
    assert_eq!(*said, whole);
    Ok(())
}

#[tokio::test]
async fn it_refuses_and_breaks_as_stripe_does() -> anyhow::Result<()> {
    let said = &asked(&["broken"]).await?["broken"];
    let limited = json!([{ "type": "StripeRateLimitError", "code": "rate_limit", "status": 429 }, "made"]);
    assert_eq!(said["limited"], limited);
    let failed = json!({ "type": "StripeAPIError", "status": 500 });
    assert_eq!(said["failed"], json!([failed, 500]), "a failure is remembered under its key");
    assert_eq!(said["failed_after"], json!([failed, 500]));
    assert_eq!(said["away"], json!([{ "type": "StripeAPIError", "status": 503 }, "made"]));
    assert_eq!(said["made"], 3, "by the two that were tried again, and by the one that failed too late");
    assert_eq!(said["stranger"], json!({ "type": "StripeAuthenticationError", "status": 401 }));
    assert_eq!(said["nothing"], invalid("resource_missing", 404, "id"));
    assert_eq!(said["unknown"], invalid("parameter_unknown", 400, "colour"));
    assert_eq!(said["missing"], invalid("parameter_missing", 400, "line_items"));
    assert_eq!(said["small"], invalid("amount_too_small", 400, "amount"));
    assert_eq!(said["nobody"], invalid("resource_missing", 400, "customer"));
    let unexpandable = json!({ "type": "StripeInvalidRequestError", "status": 400, "param": "expand" });
    assert_eq!(said["unexpandable"], unexpandable);
    Ok(())
}

#[tokio::test]
async fn its_webhooks_are_verified_by_stripes_own_code() -> anyhow::Result<()> {
    const MADE: &str = "customer.created";
    const REFUSED: &str = "StripeSignatureVerificationError";
    let said = &asked(&["webhooks"]).await?["webhooks"];
    assert_eq!(said["plain"], json!([1, MADE, REFUSED]));
    assert_eq!(said["listed"], true, "it is the event that the list has");
    assert_eq!(said["old"], json!([[REFUSED, MADE]]));
    assert_eq!(said["two"], json!([[MADE, MADE]]));
    assert_eq!((&said["spoilt"], &said["stale"]), (&json!([REFUSED]), &json!([REFUSED])));
    assert_eq!((&said["dropped"], &said["held"]), (&json!(0), &json!(0)));
    assert_eq!(said["copies"], json!([true, true, true]));
    assert_eq!(said["retried"], 3, "what is not taken comes again");
    assert_eq!(said["released"], json!([[200, 200], ["checkout.session.expired", MADE]]));
    Ok(())
}

#[tokio::test]
async fn after_a_day_a_key_is_forgotten_and_a_page_has_expired() -> anyhow::Result<()> {
    let said = &asked(&["later"]).await?["later"];
    assert_eq!(said["keys"], json!([true, false]));
    assert_eq!(said["sessions"], json!(["open", "expired"]));
    assert_eq!(said["told"], true);
    Ok(())
}
