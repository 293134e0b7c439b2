//! Money that goes back to cards, at the double of Stripe: given once whatever becomes of answers and notices, and back in the
//! wallet where it fails.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Visitor, peers::Stripe, until_within};
use serde_json::{Value, json};

use crate::stripe::World;

/// A refund that nobody tells of is looked at after ten seconds, then every ten.
const PATIENCE: Duration = Duration::from_secs(60);
const REFUNDS: &str = "/api/v1/organisations/rif-biomed/refunds";
/// What goes back, in micro-units and as Stripe counts it.
const MICROS: i64 = 100_000_000;
const MINOR: i64 = 10_000;
/// Stripe's own numbers: a refund to it is pending until it is settled; one to it looks well and fails then.
const PENDS: &str = "4000000000007726";
const FAILS: &str = "4000000000005126";

/// A world in which somebody has topped up with this card.
async fn paid(number: &str) -> anyhow::Result<(World, Visitor)> {
    let world = World::start().await?;
    let session = world.opened().await?;
    world.pay(&session, number).await?;
    world.becomes("succeeded").await?;
    let finance = world.portal.visitor("finance of the hub").await?;
    Ok((world, finance))
}

/// Finance gives a part of the only top-up back; what the API says of it.
pub(crate) async fn ask(world: &World, finance: &Visitor, key: &str) -> anyhow::Result<Value> {
    let came = world.owner.get("/api/v1/organisations/rif-biomed/refundable").await?;
    let payment = came["items"].as_array().and_then(|items| items.iter().find(|item| item["payment"].is_string()));
    let payment = payment.with_context(|| format!("nothing came by card: {came}"))?["payment"].clone();
    let body = json!({ "payment": payment, "amount": { "micros": MICROS, "currency": "MAD" }, "reason": "a mistake" });
    finance.post(REFUNDS, key, &body).await
}

/// The only refund, once it is in this state.
pub(crate) async fn becomes(world: &World, state: &str) -> anyhow::Result<Value> {
    until_within(PATIENCE, async || {
        let sql = "SELECT state, provider_ref, goes_to, failure, idempotency_key FROM refund";
        let mut refunds = world.portal.database().rows(sql).await?;
        ensure!(refunds.len() == 1, "{} refunds: {refunds:?}", refunds.len());
        let refund = refunds.remove(0);
        ensure!(refund["state"] == state, "not {state}: {refund}; {}", world.stripe.last_words());
        Ok(refund)
    })
    .await
}

/// What left the wallet for refunds and is not back, in micro-units.
async fn gone(world: &World) -> anyhow::Result<i64> {
    let sql = "SELECT coalesce(-sum(p.amount), 0) FROM posting p JOIN account a ON a.id = p.account_id
               JOIN journal_entry e ON e.id = p.entry_id WHERE a.kind = 'wallet' AND e.kind LIKE 'refund%'";
    world.number(sql).await
}

/// The refund reaches its bank, or does not, as its card has it.
async fn settle(world: &World, refund: &Value) -> anyhow::Result<()> {
    world.stripe.control("settle", &json!({ "refund": refund["provider_ref"] })).await.map(drop)
}

#[tokio::test]
async fn money_goes_back_to_the_card_that_paid_once_although_answers_are_lost() -> anyhow::Result<()> {
    let (world, finance) = paid(Stripe::CARD).await?;
    world.drop_events().await?;
    let lost = json!({
        "POST /v1/refunds": { "commit_then_drop": true },
        "GET /v1/refunds": { "status": 503 },
    });
    world.stripe.control("fault", &lost).await?;
    let asked = ask(&world, &finance, "refund").await?;
    assert_eq!(ask(&world, &finance, "refund").await?["id"], asked["id"], "a double click is one refund");
    let refund = becomes(&world, "succeeded").await?;
    assert_eq!((&refund["goes_to"], gone(&world).await?), (&json!("4242"), MICROS));
    let heard = world.stripe.heard().await?;
    assert_eq!(heard["counts"]["refund"], 1, "{heard}");
    let calls = heard["calls"].as_array().context("no calls")?;
    let made: Vec<_> = calls.iter().filter(|call| call["call"] == "POST /v1/refunds").collect();
    assert!(made.iter().all(|call| call["key"] == refund["idempotency_key"]), "{made:?}");
    let minor = MINOR.to_string();
    assert!(made.iter().all(|call| call["form"]["amount"] == minor), "{made:?}");
    let wallet = world.owner.open("/o/rif-biomed/wallet").await?.text().await?;
    assert!(wallet.contains("4242"), "{wallet}");
    Ok(())
}

#[tokio::test]
async fn a_refund_that_is_pending_is_done_when_stripe_says_so() -> anyhow::Result<()> {
    let (world, finance) = paid(PENDS).await?;
    ask(&world, &finance, "refund").await?;
    let refund = becomes(&world, "waits").await?;
    settle(&world, &refund).await?;
    becomes(&world, "succeeded").await?;
    world.hears("refund.updated").await?;
    assert_eq!(gone(&world).await?, MICROS);
    Ok(())
}

#[tokio::test]
async fn a_refund_that_seemed_well_and_fails_is_back_in_the_wallet_once() -> anyhow::Result<()> {
    let (world, finance) = paid(FAILS).await?;
    ask(&world, &finance, "refund").await?;
    let refund = becomes(&world, "succeeded").await?;
    world.stripe.control("deliveries", &json!({ "hold": true })).await?;
    settle(&world, &refund).await?;
    let released = world.stripe.control("release", &json!({ "reversed": true, "copies": 3 })).await?;
    let statuses = released["statuses"].as_array().context("nothing was held")?;
    assert!(statuses.iter().all(|status| status == 200), "{statuses:?}");
    let failed = becomes(&world, "failed").await?;
    assert_eq!((&failed["failure"], gone(&world).await?), (&json!("expired_or_canceled_card"), 0));
    world.hears("refund.failed").await?;
    assert_eq!(gone(&world).await?, 0);
    let told = "SELECT count(*) FROM outbox WHERE kind = 'refund-failed'";
    assert!(world.number(told).await? > 0, "nobody is told");
    Ok(())
}

#[tokio::test]
async fn what_somebody_gives_back_at_stripes_own_pages_is_told_to_finance() -> anyhow::Result<()> {
    let (world, _) = paid(Stripe::CARD).await?;
    let payments = world.portal.database().rows("SELECT intent_ref FROM payment").await?;
    let asked = json!({ "payment_intent": payments[0]["intent_ref"], "amount": 500 });
    world.stripe.control("refund", &asked).await?;
    until_within(PATIENCE, async || {
        let findings = world.portal.database().rows("SELECT kind FROM payment_finding").await?;
        ensure!(findings == [json!({ "kind": "unknown_refund" })], "{findings:?}");
        Ok(())
    })
    .await?;
    assert_eq!(gone(&world).await?, 0);
    Ok(())
}
