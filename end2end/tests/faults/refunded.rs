//! What finance does of a refund over the API, told again and again with the same keys until it is done: a part of a transfer
//! goes back, and a statement says that the bank has paid it.

use anyhow::{Context, ensure};
use end2end::{Visitor, until_within};
use serde_json::{Value, json};

use crate::story::{PATIENCE, RIF, insist};

const STATEMENTS: &str = "/api/v1/staff/bank/statements";

/// A statement with one booking of so many dirhams, below zero where they went.
fn statement(place: u8, dirhams: i64, written: &str) -> Value {
    let (sign, much) = if dirhams < 0 { ('D', -dirhams) } else { ('C', dirhams) };
    let content = format!(
        ":20:S{place}\n:25:MA64011519000001205000534921\n:28C:{place}/1\n:60F:C261101MAD1000,00\n\
         :61:2611021102{sign}{much},00NTRFNONREF//R{place}\n:86:166?00TRANSFER?20{written}?32Payer {place}\n\
         :62F:C261102MAD{},00\n-}}\n",
        1000 + dirhams
    );
    json!({"file_name": format!("refund-{place}.sta"), "format": "mt940", "content": content})
}

/// Has a transfer announced and a statement say that it came.
pub(crate) async fn receive(owner: &Visitor, finance: &Visitor) -> anyhow::Result<()> {
    let account =
        json!({"currency": "MAD", "beneficiary": "Hub", "bank": "Bank", "iban": "MA64011519000001205000534921"});
    insist(finance, "/api/v1/staff/bank/accounts", "account", &account).await?;
    let ask = json!({"amount": {"micros": 250_000_000, "currency": "MAD"}});
    let transfer = insist(owner, &format!("{RIF}/transfers"), "announce", &ask).await?;
    let came = statement(1, 250, transfer["reference"].as_str().context("no reference")?);
    insist(finance, STATEMENTS, "came", &came).await?;
    // Another key: what a crash left of it is booked.
    insist(finance, STATEMENTS, "came-again", &came).await.map(drop)
}

/// What asks for a hundred dirhams of what came.
pub(crate) async fn a_part(finance: &Visitor) -> anyhow::Result<Value> {
    let sources = until_within(PATIENCE, async || finance.get(&format!("{RIF}/refundable")).await).await?;
    let line = &sources["items"][0]["bank_line"];
    ensure!(line.is_string(), "nothing has come: {sources:#}");
    Ok(json!({"bank_line": line, "amount": {"micros": 100_000_000, "currency": "MAD"}, "reason": "paid too much"}))
}

/// Money comes, a part of it goes back, and the bank's statement says so: each is booked once.
pub(crate) async fn refund_a_transfer(owner: &Visitor, finance: &Visitor) -> anyhow::Result<()> {
    receive(owner, finance).await?;
    let ask = a_part(finance).await?;
    let refund = insist(finance, &format!("{RIF}/refunds"), "refund", &ask).await?;
    let pays = statement(2, -100, refund["reference"].as_str().context("no reference")?);
    insist(finance, STATEMENTS, "pays", &pays).await?;
    insist(finance, STATEMENTS, "pays-again", &pays).await?;
    let refunds = until_within(PATIENCE, async || owner.get(&format!("{RIF}/refunds")).await).await?;
    let states: Vec<_> = refunds["items"].as_array().into_iter().flatten().map(|refund| &refund["state"]).collect();
    ensure!(states == [&json!("succeeded")], "the refund is not paid once: {refunds:#}");
    Ok(())
}
