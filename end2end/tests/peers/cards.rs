//! Cards that are kept at the double of Stripe, and a wallet that tops itself up with one.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{
    peers::{Stripe, StripeMock},
    until_within,
};
use serde_json::{Value, json};

use crate::stripe::World;

/// What nobody tells of is looked at after ten seconds, then every ten.
const PATIENCE: Duration = Duration::from_secs(60);
const CARDS: &str = "/api/v1/organisations/rif-biomed/wallet/cards";
const AUTOMATIC: &str = "/api/v1/organisations/rif-biomed/wallet/auto-top-up";
/// What one takes, in micro-units.
const MICROS: i64 = 100_000_000;
/// The call that takes money without anybody there.
const CHARGE: &str = "POST /v1/payment_intents";

/// The API's word of the only card, once it is in this state.
async fn card_becomes(world: &World, state: &str) -> anyhow::Result<Value> {
    until_within(PATIENCE, async || {
        let list = world.owner.get(CARDS).await?;
        let card = list["items"][0].clone();
        ensure!(card["state"] == state, "not {state}: {list}; {}", world.stripe.last_words());
        Ok(card)
    })
    .await
}

/// A card that somebody gave, whose bank may have asked them.
async fn given(world: &World, number: &str) -> anyhow::Result<Value> {
    let asked = world.owner.post(CARDS, "card", &json!({})).await?;
    let page = asked["save_at"].as_str().with_context(|| format!("nowhere to give it: {asked}"))?;
    ensure!(page.starts_with(&world.stripe.origin()), "not at Stripe's: {page}");
    let rows = world.portal.database().rows("SELECT session_ref FROM saved_card").await?;
    let session = rows[0]["session_ref"].as_str().context("no session")?.to_owned();
    world.pay(&session, number).await?;
    if number == Stripe::ASKS {
        let accepts = json!({ "session": session, "accepts": true });
        world.stripe.control("authenticate", &accepts).await?;
    }
    card_becomes(world, "saved").await
}

/// Somebody agrees to 100 dirhams whenever there are less than a hundred million, up to 300 in a month.
async fn agrees(world: &World, card: &Value) -> anyhow::Result<()> {
    let mad = |units: i64| json!({ "micros": units * 1_000_000, "currency": "MAD" });
    let ask = json!({ "below": mad(100_000_000), "amount": mad(100), "monthly_limit": mad(300), "card": card["id"],
        "consents": true });
    let agreed = world.owner.put(AUTOMATIC, &ask).await?;
    ensure!(agreed["state"] == "on", "{agreed}");
    Ok(())
}

#[tokio::test]
async fn stripes_description_knows_every_call_for_a_card_that_is_kept() -> anyhow::Result<()> {
    let (world, mock) = (World::start().await?, StripeMock::start().await?);
    world.stripe.control("description", &json!({ "url": mock.origin() })).await?;
    let card = given(&world, Stripe::CARD).await?;
    assert_eq!((&card["brand"], &card["last4"], &card["is_default"]), (&json!("visa"), &json!("4242"), &json!(true)));
    agrees(&world, &card).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    let id = card["id"].as_str().context("no id")?;
    world.owner.delete(&format!("{CARDS}/{id}")).await?;
    until_within(PATIENCE, async || {
        let removed = "SELECT count(*) FROM saved_card WHERE state = 'removed' AND failure IS NULL";
        let is_removed = world.number(removed).await? == 1;
        ensure!(is_removed, "it is not removed: {}", world.stripe.heard().await?["calls"]);
        Ok(())
    })
    .await?;
    let heard = world.stripe.heard().await?;
    let calls = heard["calls"].as_array().context("no calls")?;
    let is_refused = |call: &&Value| call["status"].as_u64().is_some_and(|status| status != 200);
    assert_eq!(calls.iter().filter(is_refused).collect::<Vec<_>>(), Vec::<&Value>::new());
    let asked = |call: &str| calls.iter().any(|one| one["call"].as_str().is_some_and(|it| it.starts_with(call)));
    for call in ["POST /v1/checkout/sessions", CHARGE, "POST /v1/payment_methods/"] {
        assert!(asked(call), "{call} was not asked: {calls:?}");
    }
    assert!(world.findings().await?.is_empty(), "a card that is given is no money that nobody knows");
    Ok(())
}

#[tokio::test]
async fn a_payment_alone_whose_answer_is_lost_is_found_and_credited_once() -> anyhow::Result<()> {
    let world = World::start().await?;
    world.drop_events().await?;
    let card = given(&world, Stripe::CARD).await?;
    world.stripe.control("fault", &json!({ CHARGE: { "commit_then_drop": true } })).await?;
    agrees(&world, &card).await?;
    world.becomes("succeeded").await?;
    assert_eq!(world.credited().await?, MICROS);
    assert_eq!(world.stripe.heard().await?["counts"]["payment_intent"], 1);
    Ok(())
}

#[tokio::test]
async fn a_bank_that_asks_for_the_person_leaves_a_page_for_them_and_is_credited_once() -> anyhow::Result<()> {
    let world = World::start().await?;
    let card = given(&world, Stripe::ASKS).await?;
    agrees(&world, &card).await?;
    let payment = until_within(PATIENCE, async || {
        let agreed = world.owner.get(AUTOMATIC).await?;
        agreed["waits_for_person"].as_str().map(str::to_owned).with_context(|| format!("nobody is asked: {agreed}"))
    })
    .await?;
    assert_eq!(world.credited().await?, 0);
    let letters = "SELECT count(*) FROM outbox WHERE kind = 'auto-top-up-asks'";
    assert!(world.number(letters).await? > 0, "nobody was told");
    let sql = "SELECT session_ref FROM payment WHERE kind = 'checkout'";
    let rows = world.portal.database().rows(sql).await?;
    let session = rows[0]["session_ref"].as_str().context("no page")?.to_owned();
    world.pay(&session, Stripe::ASKS).await?;
    world.stripe.control("authenticate", &json!({ "session": session, "accepts": true })).await?;
    until_within(PATIENCE, async || {
        let page = world.owner.open(&format!("/o/rif-biomed/wallet/top-ups/{payment}")).await?.text().await?;
        ensure!(page.contains("In the wallet"), "{page}");
        Ok(())
    })
    .await?;
    assert_eq!(world.credited().await?, MICROS);
    Ok(())
}
