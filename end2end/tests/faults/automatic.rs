//! A card that is kept, a wallet that tops itself up with it, and money that goes back to it: told again and again with the
//! same keys until all of it is there once.

use anyhow::{Context, ensure};
use end2end::{Visitor, peers::Stripe, until_within};
use serde_json::{Value, json};

use crate::story::{PATIENCE, RIF, insist};

/// Keeps a card, agrees that the wallet tops itself up below what there is, waits until it has, and gives a part of it back.
pub(crate) async fn keep_top_up_and_refund(stripe: &Stripe, owner: &Visitor, finance: &Visitor) -> anyhow::Result<()> {
    let mad = |units: i64| json!({"micros": units * 1_000_000, "currency": "MAD"});
    let card = kept(stripe, owner).await?;
    let automatic = format!("{RIF}/wallet/auto-top-up");
    let ask = json!({"below": mad(100_000_000), "amount": mad(100), "monthly_limit": mad(300), "card": card,
        "consents": true});
    until_within(PATIENCE, async || {
        // Who agrees twice agrees anew: it is looked first whether somebody has.
        if owner.get(&automatic).await?.is_null() {
            owner.put(&automatic, &ask).await?;
        }
        Ok(())
    })
    .await?;
    let payment = until_within(PATIENCE, async || {
        let came = finance.get(&format!("{RIF}/refundable")).await?;
        let mut payments = came["items"].as_array().into_iter().flatten().map(|item| &item["payment"]);
        payments.find(|payment| payment.is_string()).cloned().with_context(|| format!("nothing came: {came:#}"))
    })
    .await
    .with_context(|| stripe.last_words())?;
    let ask = json!({"payment": payment, "amount": mad(60), "reason": "a mistake"});
    let refund = insist(finance, &format!("{RIF}/refunds"), "refund", &ask).await?;
    let one = format!("{RIF}/refunds/{}", refund["id"].as_str().context("a refund without an id")?);
    until_within(PATIENCE, async || {
        let refund = owner.get(&one).await?;
        ensure!(refund["state"] == "succeeded", "the refund is {}: {refund:#}", refund["state"]);
        Ok(())
    })
    .await
    .with_context(|| stripe.last_words())?;
    // An answer that was lost is looked for, and nothing is made a second time.
    let counts = &stripe.heard().await?["counts"];
    for kind in ["customer", "checkout.session", "payment_intent", "refund"] {
        ensure!(counts[kind] == 1, "not one {kind}: {counts}");
    }
    Ok(())
}

/// Asks for a card to be kept and gives it on Stripe's page; its id.
async fn kept(stripe: &Stripe, owner: &Visitor) -> anyhow::Result<Value> {
    let path = format!("{RIF}/wallet/cards");
    let asked = insist(owner, &path, "card", &json!({})).await?;
    until_within(PATIENCE, async || {
        let list = owner.get(&path).await?;
        let is_it = |card: &&Value| card["id"] == asked["id"];
        let card = list["items"].as_array().into_iter().flatten().find(is_it).context("the card is not listed")?;
        if let Some(page) = card["save_at"].as_str() {
            let session = page.rsplit('/').next();
            // Told again, it may be given already, and the page takes no more.
            let _ = stripe.control("pay", &json!({"session": session, "number": Stripe::CARD})).await;
        }
        ensure!(card["state"] == "saved", "the card is {}: {card:#}", card["state"]);
        Ok(card["id"].clone())
    })
    .await
    .with_context(|| stripe.last_words())
}
