//! A top-up by card, told again and again with the same key until it is credited.

use anyhow::{Context, ensure};
use end2end::{Visitor, peers::Stripe, until_within};
use serde_json::json;

use crate::story::{PATIENCE, RIF, insist};

/// Asks, pays on Stripe's page, waits until it is credited, and finds it in the wallet once.
pub(crate) async fn top_up_by_card(stripe: &Stripe, owner: &Visitor) -> anyhow::Result<()> {
    let amount = json!({"micros": 250_000_000, "currency": "MAD"});
    let path = format!("{RIF}/wallet/top-ups");
    let asked = insist(owner, &path, "top-up-by-card", &json!({"amount": amount})).await?;
    let one = format!("{path}/{}", asked["id"].as_str().context("a top-up without an id")?);
    until_within(PATIENCE, async || {
        let payment = owner.get(&one).await?;
        if let Some(page) = payment["pay_at"].as_str() {
            let session = page.rsplit('/').next();
            // Told again, it may be paid already, and the page takes no more.
            let _ = stripe.control("pay", &json!({"session": session, "number": Stripe::CARD})).await;
        }
        ensure!(payment["state"] == "succeeded", "the top-up is {}: {payment:#}", payment["state"]);
        Ok(())
    })
    .await
    .with_context(|| stripe.last_words())?;
    // An answer that was lost is looked for, and nothing is made a second time.
    let counts = &stripe.heard().await?["counts"];
    ensure!((&counts["customer"], &counts["checkout.session"]) == (&json!(1), &json!(1)), "made twice: {counts}");
    Ok(())
}
