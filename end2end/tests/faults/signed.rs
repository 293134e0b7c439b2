//! What two people of finance do of a refund above its limit, over the API and told again and again with the same keys: who
//! asks alone is refused, somebody else signs exactly what is asked, and then it goes back, once.

use anyhow::{Context, bail, ensure};
use domain::{Clock, founding::Founding};
use end2end::{Portal, SignIn, Visitor, until_within};
use serde_json::{Value, json};
use types::StaffRole;

use crate::{
    refunded::{a_part, receive},
    story::{PATIENCE, RIF, insist},
};

const SIGN_OFFS: &str = "/api/v1/staff/sign-offs";

/// Somebody else of finance.
pub(crate) fn second() -> SignIn {
    let [email, password, role] = ["second@hub.example", "seven lanterns by the quay", "finance"].map(str::to_owned);
    SignIn { email, password, role }
}

/// A transfer has come of which no part goes back by one person alone, and there is a second one.
pub(crate) async fn make_two(portal: &Portal, owner: &Visitor, finance: &Visitor) -> anyhow::Result<()> {
    receive(owner, finance).await?;
    finance.put("/api/v1/staff/sign-off-limits", &json!({"kind": "refund", "currency": "MAD", "micros": 0})).await?;
    let founding = Founding::connect(&portal.database().owner_url()).await?;
    let (second, now) = (second(), Clock::System.now());
    let user = founding.add_person(&second.email, "Farid Finance", &second.password, now).await?;
    founding.appoint(user, StaffRole::Finance, now).await?;
    Ok(())
}

/// A part of what came goes back once the second person has signed exactly that, and no more of it.
pub(crate) async fn refund_by_two(first: &Visitor, second: &Visitor) -> anyhow::Result<()> {
    let (path, ask) = (format!("{RIF}/refunds"), a_part(first).await?);
    refused_alone(first, "alone", &ask).await?;
    let asked = insist(first, &format!("{path}/sign-off"), "ask", &ask).await?;
    sign(second, &asked).await?;
    insist(first, &path, "refund", &ask).await?;
    // A signature is good for one command.
    refused_alone(first, "once-more", &ask).await?;
    let refunds = until_within(PATIENCE, async || first.get(&path).await).await?;
    let refunds: Vec<_> = refunds["items"].as_array().into_iter().flatten().collect();
    let is_asked = |refund: &Value| refund["amount"] == ask["amount"] && refund["state"] == "to_pay";
    ensure!(refunds.len() == 1 && is_asked(refunds[0]), "it does not go back once: {refunds:#?}");
    let waiting = until_within(PATIENCE, async || first.get(SIGN_OFFS).await).await?;
    ensure!(waiting["items"] == json!([]), "something still waits for a signature: {waiting:#}");
    Ok(())
}

/// Who asks for it without a signature that is good for it is refused, and told so again.
async fn refused_alone(first: &Visitor, key: &str, ask: &Value) -> anyhow::Result<()> {
    until_within(PATIENCE, async || match first.post(&format!("{RIF}/refunds"), key, ask).await {
        Ok(refund) => bail!("one person alone gives it back: {refund:#}"),
        Err(error) if error.to_string().contains("sign-off-needed") => Ok(()),
        Err(error) => Err(error),
    })
    .await
}

/// Signs what was asked for where nobody has: no key comes with a signature, so it is looked first.
async fn sign(second: &Visitor, asked: &Value) -> anyhow::Result<()> {
    let id = asked["id"].as_str().context("a signature without an id")?;
    let (path, seen) = (format!("{RIF}/sign-offs/{id}/sign"), json!({"sha256": asked["body_sha256"]}));
    until_within(PATIENCE, async || {
        let list = second.get(SIGN_OFFS).await?;
        let waits = |review: &Value| review["sign_off"]["id"] == id && review["sign_off"]["state"] == "open";
        if list["items"].as_array().is_some_and(|reviews| reviews.iter().any(waits)) {
            second.post(&path, "sign", &seen).await?;
        }
        Ok(())
    })
    .await
}
