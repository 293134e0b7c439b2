//! A transfer from announcement to wallet: finance sets the hub's account, the owner announces a top-up, finance imports
//! the bank's statement as previewed and decides the line that names nobody; the owner sees both in the wallet.

use anyhow::{Context, ensure};
use end2end::{Journey, Portal, Setting, Tab};

use crate::RIF;

const BANK: &str = "/staff/bank";

async fn signed_in(portal: &Portal, role: &str) -> anyhow::Result<(Journey, Tab)> {
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person(role)?).await?;
    tab.until_there("nav").await?;
    Ok((journey, tab))
}

/// Finance names the account; a wrong one is refused at its field.
async fn set_account(tab: &Tab) -> anyhow::Result<()> {
    tab.open(&format!("{BANK}/accounts/MAD")).await?;
    tab.fill("input[name=iban]", "MA64 0115 1900 0001 2050 0053 4922").await?;
    tab.fill("input[name=beneficiary]", "Hub of Tétouan").await?;
    tab.fill("input[name=bank]", "Bank of Tétouan").await?;
    tab.click("form:has(input[name=iban]) button").await?;
    tab.until_contains("#error-iban", "check digits").await?;
    ensure!(tab.value("input[name=bank]").await? == "Bank of Tétouan", "the bank was lost");
    tab.check().await?;
    tab.fill("input[name=iban]", "011 519 0000012050005349 21").await?;
    tab.click("form:has(input[name=iban]) button").await?;
    tab.until_path(BANK).await?;
    tab.until_contains("main", "MA64 0115 1900 0001 2050 0053 4921").await?;
    tab.check().await
}

/// The owner announces a top-up: the reference that its pro-forma says.
async fn announce(tab: &Tab) -> anyhow::Result<String> {
    tab.open(&format!("{RIF}/wallet")).await?;
    tab.click(&format!("main a[href='{RIF}/transfers']")).await?;
    tab.until_there("input[name=amount]").await?;
    tab.check().await?;
    tab.fill("input[name=amount]", "250").await?;
    tab.click("form:has(input[name=amount]) button").await?;
    tab.until_there("article.paper").await?;
    tab.until_there("svg.qr").await?;
    tab.check().await?;
    let reference = tab.text("h1").await?;
    ensure!(reference.starts_with("RF"), "the pro-forma is headed {reference}");
    ensure!(tab.text("article.paper").await?.contains(&reference), "the pro-forma has no reference");
    Ok(reference.trim().to_owned())
}

/// A file with a line that pays what was announced, and one that names nobody.
fn statement(reference: &str) -> String {
    format!(
        ":20:S1\n:25:MA64011519000001205000534921\n:28C:1/1\n:60F:C261101MAD0,00\n\
         :61:2611021102C250,00NTRFNONREF//B1\n:86:166?00TRANSFER?20{reference}?32Payer 1\n\
         :61:2611021102C99,00NTRFNONREF//B2\n:86:166?00TRANSFER?20thank you?32Payer 2\n:62F:C261102MAD349,00\n-}}\n"
    )
}

/// Finance pastes it, looks, and books.
async fn import(tab: &Tab, file: &str) -> anyhow::Result<()> {
    tab.open(&format!("{BANK}/import")).await?;
    tab.fill("input[name=file_name]", "november.sta").await?;
    tab.choose("select[name=format]", "MT940").await?;
    let content = serde_json::Value::from(file);
    tab.evaluate(&format!("document.querySelector('textarea[name=content]').value = {content}")).await?;
    tab.check().await?;
    tab.click("form:has(textarea[name=content]) button").await?;
    tab.until_there(&format!("form[action='{BANK}/import'] button")).await?;
    let shown = tab.text("main").await?;
    for told in ["Nothing is stored yet", "Rif Biomed", "carries the reference", "waits for you"] {
        ensure!(shown.contains(told), "the preview does not say {told}: {shown}");
    }
    tab.check().await?;
    tab.click(&format!("form[action='{BANK}/import'] button")).await?;
    tab.until_contains("main", "The statement is booked").await?;
    tab.check().await
}

#[tokio::test]
async fn a_transfer_is_announced_imported_and_what_names_nobody_is_decided() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let (finances, finance) = signed_in(&portal, "finance of the hub").await?;
    let (owners, owner) = signed_in(&portal, "owner of Rif Biomed").await?;
    set_account(&finance).await?;
    let reference = announce(&owner).await?;
    import(&finance, &statement(&reference)).await?;

    // The line that names nobody waits on the first page.
    finance.open(BANK).await?;
    let waiting = "main a[href^='/staff/bank/lines/']";
    finance.until_there(waiting).await?;
    finance.check().await?;
    let line = finance.attribute(waiting, "href").await?.context("a line without an address")?;
    finance.click(waiting).await?;
    finance.until_path(&line).await?;
    finance.check().await?;
    finance.fill("input[name=organisation]", "rif-biomed").await?;
    finance.click("form[action$='/match'] button").await?;
    finance.until_contains("main", "The line is credited").await?;
    finance.until_there("form[action$='/undo'] button").await?;
    finance.check().await?;

    owner.open(&format!("{RIF}/transfers")).await?;
    owner.until_contains("main tbody tr", "paid").await?;
    owner.open(&format!("{RIF}/wallet")).await?;
    let entries = owner.text("main").await?.replace('\u{a0}', " ");
    for amount in ["+250.00 MAD", "+99.00 MAD"] {
        ensure!(entries.contains(amount), "the wallet does not show {amount}: {entries}");
    }
    finances.forgive("422")?;
    finances.end().await?;
    owners.end().await
}
