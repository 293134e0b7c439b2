//! What becomes of an invoice that is owed, over the API and told again and again with the same keys: a line is contested and
//! credited, a part is withheld at source, and a part is given up.

use anyhow::{Context, ensure};
use end2end::{Portal, Visitor, until_within};
use serde_json::{Value, json};

use crate::{
    story::{PATIENCE, RIF, close_and_finalise, insist},
    world::change,
};

/// So much more than the organisation was charged that all of its invoices are owed whole, whenever it is looked: nobody runs
/// up as much while a test goes.
const DEBT: &str = "WITH entry AS (
        INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
        SELECT gen_random_uuid(), id, 'debt', 'transfer_undone', '{}', now(), '\\x00' FROM organisation
        WHERE slug = 'rif-biomed' RETURNING id, organisation_id)
    INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
    SELECT id, line, organisation_id, house_account(house, 'MAD'), amount
    FROM entry, (VALUES (1, 'receivable', -100000000000::bigint), (2, 'rounding', 100000000000::bigint))
        v(line, house, amount)";

/// Finalises last month's invoice, and lets it be owed.
pub(crate) async fn make_debt(world: &Portal, finance: &Visitor) -> anyhow::Result<()> {
    close_and_finalise(finance).await?;
    change(world, DEBT).await
}

/// Contests, credits, records what was withheld, writes off, and finds each of it on the invoice once.
pub(crate) async fn settle_an_invoice(owner: &Visitor, finance: &Visitor) -> anyhow::Result<()> {
    let mad = |units: i64| json!({"micros": units * 1_000_000, "currency": "MAD"});
    let finals = "/api/v1/staff/invoices?status=finalised";
    let invoices = until_within(PATIENCE, async || finance.get(finals).await).await?;
    let of_rif = |row: &&Value| row["slug"] == "rif-biomed";
    let latest = invoices["items"].as_array().into_iter().flatten().find(of_rif).context("no invoice")?;
    let invoice = &latest["invoice"];
    let path = format!("{RIF}/invoices/{}", invoice["id"].as_str().context("an invoice without an id")?);
    let contest = json!({"line": 1, "amount": mad(10), "reason": "a node fault"});
    let dispute = insist(owner, &format!("{path}/disputes"), "contest", &contest).await?;
    let dispute = dispute["id"].as_str().context("a contested line without an id")?;
    let answer = json!({"answer": "credit", "reason": "a node fault"});
    insist(finance, &format!("{RIF}/disputes/{dispute}/answer"), "answer", &answer).await?;
    let certificate = json!({"certificate": "RS 2026/7", "certified_on": invoice["issued_on"], "amount": mad(100)});
    insist(finance, &format!("{path}/withholdings"), "withhold", &certificate).await?;
    let debt = json!({"invoice": invoice["id"], "amount": mad(100), "reason": "too little to sue for"});
    insist(finance, &format!("{RIF}/write-offs"), "write-off", &debt).await?;
    let stands = until_within(PATIENCE, async || finance.get(&format!("{path}/standing")).await).await?;
    let gone = (&stands["withheld"], &stands["written_off"]);
    ensure!(gone == (&mad(100), &mad(100)), "not each is there once: {stands:#}");
    let disputes = until_within(PATIENCE, async || owner.get(&format!("{path}/disputes")).await).await?;
    let states: Vec<_> = disputes["disputes"].as_array().into_iter().flatten().map(|one| &one["state"]).collect();
    ensure!(states == [&json!("credited")], "the line is not answered once: {disputes:#}");
    Ok(())
}
