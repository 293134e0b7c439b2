//! The incubator: sees what a grant would change before it is given, gives it, and takes it back; in another browser
//! the organisation's owner sees each in the wallet.

use anyhow::ensure;
use end2end::{Journey, Portal, Setting, Tab};

use crate::RIF;

const GRANTS: &str = "/staff/grants/rif-biomed";
const NAME: &str = "Autumn cohort";

async fn owners_wallet(portal: &Portal) -> anyhow::Result<(Journey, Tab)> {
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    tab.open(&format!("{RIF}/wallet")).await?;
    ensure!(!tab.text("main").await?.contains(NAME), "the wallet shows a grant that was not given");
    Ok((journey, tab))
}

/// The cells of the wallet's rows that contain these words.
async fn rows_with(tab: &Tab, words: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let rows = "[...document.querySelectorAll('main tr')].map(row => [...row.cells].map(cell => cell.innerText))";
    let rows: Vec<Vec<String>> = serde_json::from_value(tab.evaluate(rows).await?)?;
    let plain = |cell: String| cell.replace('\u{a0}', " ");
    let rows = rows.into_iter().map(|row| row.into_iter().map(plain).collect::<Vec<_>>());
    Ok(rows.filter(|row| row.iter().any(|cell| cell.contains(words))).collect())
}

#[tokio::test]
async fn the_incubator_grants_credits_and_takes_them_back_and_the_wallet_follows() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("incubator of the hub")?).await?;
    tab.until_there("nav a[href='/staff/grants']").await?;
    let (owner, wallet) = owners_wallet(&portal).await?;

    tab.click("nav a[href='/staff/grants']").await?;
    tab.until_there(&format!("main a[href='{GRANTS}']")).await?;
    tab.click(&format!("main a[href='{GRANTS}']")).await?;
    tab.until_path(GRANTS).await?;
    tab.check().await?;

    // Neither amount nor reason: nothing is stored, and what was typed stays.
    let form = format!("form[action='{GRANTS}/preview']");
    tab.fill("input[name=name]", NAME).await?;
    tab.fill("input[name=amount]", "0").await?;
    tab.click(&format!("{form} button")).await?;
    tab.until_contains("#error-amount", "an amount above zero").await?;
    ensure!(tab.value("input[name=name]").await? == NAME, "the name was lost");
    ensure!(tab.value("input[name=amount]").await? == "0", "the amount was lost");
    tab.fill("input[name=amount]", "1 250.50").await?;
    tab.click(&format!("{form} button")).await?;
    tab.until_there("#error-reason").await?;
    ensure!(tab.value("input[name=amount]").await? == "1 250.50", "the amount was lost");
    tab.check().await?;

    // What nobody holds, so that nothing of the grant is used meanwhile.
    tab.choose("select[name=flavours]", "L40S").await?;
    // The preview, then the same form again with everything in it, then the preview once more.
    tab.fill("textarea[name=reason]", "second year in the programme").await?;
    tab.click(&format!("{form} button")).await?;
    tab.until_there(&format!("form[action='{GRANTS}'] input[name=idempotency_key]")).await?;
    let shown = tab.text("main").await?.replace('\u{a0}', " ");
    ensure!(shown.contains("1,250.50 MAD") && shown.contains("Nothing is given yet"), "the preview says: {shown}");
    tab.check().await?;
    wallet.open(&format!("{RIF}/wallet")).await?;
    ensure!(rows_with(&wallet, NAME).await?.is_empty(), "a preview gave something");
    tab.click(&format!("form[action='{GRANTS}'] a")).await?;
    tab.until_there(&form).await?;
    ensure!(tab.value("textarea[name=reason]").await? == "second year in the programme", "the reason was lost");
    tab.click(&format!("{form} button")).await?;
    tab.until_there(&format!("form[action='{GRANTS}'] button")).await?;
    tab.click(&format!("form[action='{GRANTS}'] button")).await?;
    tab.until_path(GRANTS).await?;
    tab.until_contains("main", "granted to Rif Biomed").await?;

    wallet.open(&format!("{RIF}/wallet")).await?;
    let lots = rows_with(&wallet, NAME).await?;
    ensure!(lots.iter().any(|row| row.last().is_some_and(|left| left.contains("1,250.50 MAD"))), "no lot: {lots:?}");
    let given = rows_with(&wallet, "second year in the programme").await?;
    ensure!(given.iter().any(|row| row[3] == "+1,250.50 MAD"), "no entry of the grant: {given:?}");
    wallet.check().await?;

    // Taking it back needs a reason too.
    ensure!(tab.text("main tr:has(a[href*='/lots/lot_'])").await?.contains(NAME), "the latest lot does not come first");
    tab.click("main a[href*='/lots/lot_']").await?;
    tab.until_there("textarea[name=reason]").await?;
    tab.check().await?;
    tab.click("form[action*='/lots/lot_'] button").await?;
    tab.until_there("#error-reason").await?;
    tab.fill("textarea[name=reason]", "granted to the wrong team").await?;
    tab.click("form[action*='/lots/lot_'] button").await?;
    tab.until_path(GRANTS).await?;
    tab.until_contains("main", "taken back").await?;

    wallet.open(&format!("{RIF}/wallet")).await?;
    let back = rows_with(&wallet, "granted to the wrong team").await?;
    ensure!(back.iter().any(|row| row[3] == "−1,250.50 MAD"), "no reversing entry: {back:?}");
    let [before, after] = [&given[0][4], &back[0][4]];
    ensure!(before == after, "the wallet moved from {before} to {after}");
    let lots = rows_with(&wallet, NAME).await?;
    ensure!(
        lots.iter().all(|row| !row.last().is_some_and(|left| left.starts_with("1,250.50"))),
        "still left: {lots:?}"
    );
    journey.forgive("422")?;
    owner.end().await?;
    journey.end().await
}
