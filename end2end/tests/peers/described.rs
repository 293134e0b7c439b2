//! The double of Stripe is held to Stripe's description of its API: `stripe-mock` refuses calls that are not in it, and
//! the double's objects have every field that those of the description have.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{
    Portal,
    peers::{Stripe, StripeMock},
    until_within,
};
use serde_json::{Value, json};

use crate::{
    refunds::{ask as ask_refund, becomes},
    stripe::{DONE, World, ask},
};

/// A payment is looked at after ten seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the description has and an answer only includes when asked to, or what says something else in each object.
const EXCUSED: [&str; 3] = ["metadata", "refunds", "data"];

/// Everything that the description's answer has and ours has not, or has as something else. Nothing fits where either is
/// null.
fn differences(theirs: &Value, ours: &Value, at: &str) -> Vec<String> {
    let (theirs, ours) = match (theirs, ours) {
        (Value::Null, _) | (_, Value::Null) | (Value::Bool(_), Value::Bool(_)) => return Vec::new(),
        (Value::Number(_), Value::Number(_)) | (Value::String(_), Value::String(_)) => return Vec::new(),
        (Value::Array(_), Value::Array(_)) => return Vec::new(),
        (Value::Object(theirs), Value::Object(ours)) => (theirs, ours),
        (theirs, ours) => return vec![format!("{at} is {ours}, not like {theirs}")],
    };
    let fields = theirs.iter().filter(|(name, _)| !EXCUSED.contains(&name.as_str()));
    fields
        .flat_map(|(name, value)| match ours.get(name) {
            Some(own) => differences(value, own, &format!("{at}.{name}")),
            None => vec![format!("{at}.{name} is missing")],
        })
        .collect()
}

#[test]
fn a_difference_is_found_wherever_it_is() {
    let theirs = json!({ "id": "a", "card": { "last4": "4242", "wallet": null }, "metadata": { "a": "b" } });
    let same = json!({ "id": "b", "card": { "last4": "1", "wallet": {} }, "metadata": {}, "more": 1 });
    assert_eq!(differences(&theirs, &same, "it"), Vec::<String>::new());
    let other = json!({ "id": 1, "card": { "last4": "4242" }, "metadata": {} });
    let mut found = differences(&theirs, &other, "it");
    found.sort();
    assert_eq!(found, ["it.card.wallet is missing", "it.id is 1, not like \"a\""]);
}

#[tokio::test]
async fn stripes_description_knows_every_call_that_is_played() -> anyhow::Result<()> {
    let (stripe, mock) = (Stripe::start().await?, StripeMock::start().await?);
    stripe.control("description", &json!({ "url": mock.origin() })).await?;
    let unknown = stripe.post("/v1/customers", "colour=red").await?;
    let message = unknown["error"]["message"].as_str().context("it is taken")?;
    assert!(message.starts_with("stripe-mock: "), "{message}");
    let said = stripe.through_its_sdk(&["checkout", "lost", "refunds", "saved", "given", "later"]).await?;
    assert_eq!(said["checkout"]["intent"][0], "succeeded", "{said}");
    assert_eq!(said["refunds"]["charge"][0], true, "{said}");
    assert_eq!(said["saved"]["ok"], "it went well", "{said}");
    assert_eq!(said["given"]["charged"], "it went well", "{said}");
    Ok(())
}

#[tokio::test]
async fn stripes_description_knows_every_call_of_the_portal() -> anyhow::Result<()> {
    let (world, mock) = (World::start().await?, StripeMock::start().await?);
    world.stripe.control("description", &json!({ "url": mock.origin() })).await?;
    let session = world.opened().await?;
    world.pay(&session, Stripe::CARD).await?;
    world.becomes("succeeded").await?;
    world.hears(DONE).await?;
    refunded(&world).await?;
    let heard = world.stripe.heard().await?;
    let calls = heard["calls"].as_array().context("no calls")?;
    // One that is under way has none yet.
    let is_refused = |call: &&Value| call["status"].as_u64().is_some_and(|status| status != 200);
    assert_eq!(calls.iter().filter(is_refused).collect::<Vec<_>>(), Vec::<&Value>::new());
    let asked = |call: &str| calls.iter().any(|one| one["call"].as_str().is_some_and(|it| it.starts_with(call)));
    for call in [
        "POST /v1/customers",
        "POST /v1/checkout/sessions",
        "GET /v1/checkout/sessions/",
        "POST /v1/refunds",
        "GET /v1/refunds",
    ] {
        assert!(asked(call), "{call} was not asked: {calls:?}");
    }
    Ok(())
}

/// A part of what was paid goes back, and its notice is taken up.
async fn refunded(world: &World) -> anyhow::Result<()> {
    let finance = world.portal.visitor("finance of the hub").await?;
    ask_refund(world, &finance, "refund").await?;
    becomes(world, "succeeded").await?;
    world.hears("refund.created").await
}

#[tokio::test]
async fn what_stripes_own_server_answers_is_understood() -> anyhow::Result<()> {
    let mock = StripeMock::start().await?;
    let portal = Portal::start_with(&["--stripe-url", mock.origin(), "--stripe-key", Stripe::KEY]).await?;
    let owner = portal.visitor("owner of Rif Biomed").await?;
    let asked = ask(&owner, "top-up").await?;
    assert!(asked["pay_at"].as_str().is_some_and(|page| page.starts_with("https://")), "{asked}");
    // Its page, with the payment behind it, is read when the top-up is looked at.
    until_within(PATIENCE, async || {
        let payments = portal.database().rows("SELECT state, intent_ref, attempts FROM payment").await?;
        ensure!(payments.len() == 1 && payments[0]["intent_ref"].is_string(), "{payments:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_answered_has_the_fields_of_stripes_description() -> anyhow::Result<()> {
    let (stripe, mock) = (Stripe::start().await?, StripeMock::start().await?);
    let said = stripe.through_its_sdk(&["checkout", "refunds", "saved", "given"]).await?;
    assert!(said["saved"].is_object(), "{said}");
    let mut found = Vec::new();
    for path in ["customers", "checkout/sessions", "payment_intents", "charges", "refunds", "events"] {
        let list = stripe.get(&format!("/v1/{path}?limit=100")).await?;
        let described = mock.get(&format!("/v1/{path}")).await?;
        found.extend(differences(&described, &list, path));
        let objects = list["data"].as_array().context("no list")?;
        ensure!(!objects.is_empty(), "there are no {path}");
        for object in objects {
            found.extend(differences(&described["data"][0], object, path));
        }
    }
    found.sort();
    found.dedup();
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}
