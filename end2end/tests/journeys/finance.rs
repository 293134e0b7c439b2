//! Finance: sets a price from a date, closes last month, looks at the draft, finalises it, opens a line down to its
//! seconds and price, and finds that the invoice recalculates to itself; takes an invoice back by a credit note.

use std::time::Duration;

use anyhow::ensure;
use end2end::{Journey, Portal, Setting, Tab, until_within};

use crate::RIF;

const PERIOD: &str = "/staff/billing/rif-biomed";

async fn as_finance(portal: &Portal) -> anyhow::Result<(Journey, Tab)> {
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("finance of the hub")?).await?;
    tab.until_there("nav a[href='/staff/prices']").await?;
    Ok((journey, tab))
}

#[tokio::test]
async fn finance_sets_a_price_from_a_date_and_wrong_ones_are_refused_at_their_field() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let (journey, tab) = as_finance(&portal).await?;
    tab.click("nav a[href='/staff/prices']").await?;
    let flavour = "main a[href^='/staff/prices/'][href$='/MAD']";
    tab.until_there(flavour).await?;
    tab.check().await?;
    tab.click(flavour).await?;
    tab.until_there("form input[name=started_at]").await?;
    tab.check().await?;
    let versions = tab.count("main tbody tr").await?;

    for wrong in ["0", "-5", "9.8x", "99999999999999999999"] {
        tab.fill("input[name=amount]", wrong).await?;
        tab.fill_moment("input[name=started_at]", "2099-03-01T00:00").await?;
        tab.click("form:has(input[name=amount]) button").await?;
        tab.until_true(&format!("document.querySelector('input[name=amount][aria-invalid]')?.value === '{wrong}'"))
            .await?;
        tab.until_contains("#error-amount", "an amount above zero").await?;
        ensure!(tab.value("input[name=started_at]").await? == "2099-03-01T00:00", "the date was lost");
        ensure!(tab.count("main tbody tr").await? == versions, "{wrong} was stored");
    }
    tab.check().await?;
    tab.fill("input[name=amount]", "30").await?;
    tab.fill_moment("input[name=started_at]", "2001-01-01T00:00").await?;
    tab.click("form:has(input[name=amount]) button").await?;
    tab.until_contains("#error-started_at", "in the future").await?;
    ensure!(tab.value("input[name=amount]").await? == "30", "the amount was lost");

    tab.fill("input[name=amount]", "31.25").await?;
    tab.fill_moment("input[name=started_at]", "2099-03-01T00:00").await?;
    tab.click("form:has(input[name=amount]) button").await?;
    tab.until_contains("main", "is set").await?;
    tab.until_contains("main tbody", "31.25").await?;
    ensure!(tab.count("main tbody tr").await? == versions + 1, "there is not one version more");

    // Another one before it would overlap.
    tab.fill("input[name=amount]", "32").await?;
    tab.fill_moment("input[name=started_at]", "2099-02-01T00:00").await?;
    tab.click("form:has(input[name=amount]) button").await?;
    tab.until_contains("main", "Another price already holds in that time").await?;
    ensure!(tab.value("input[name=amount]").await? == "32", "the amount was lost");
    ensure!(tab.value("input[name=started_at]").await? == "2099-02-01T00:00", "the date was lost");
    ensure!(tab.count("main tbody tr").await? == versions + 1, "a price that overlaps was stored");
    tab.check().await?;
    for status in ["422", "409"] {
        journey.forgive(status)?;
    }
    journey.end().await
}

#[tokio::test]
async fn finance_closes_a_month_finalises_its_invoice_and_replays_it_equal() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let (journey, tab) = as_finance(&portal).await?;
    tab.click("nav a[href='/staff/billing']").await?;
    tab.until_there(&format!("main a[href='{PERIOD}']")).await?;
    tab.check().await?;
    tab.click(&format!("main a[href='{PERIOD}']")).await?;
    tab.until_path(PERIOD).await?;
    // Its last seconds are settled by themselves.
    until_within(Duration::from_secs(120), async || {
        if tab.count("form[action$='/close'] button").await? == 0 {
            tab.open(PERIOD).await?;
        }
        ensure!(tab.count("form[action$='/close'] button").await? == 1, "{}", tab.text("main").await?);
        Ok(())
    })
    .await?;
    tab.check().await?;
    tab.click("form[action$='/close'] button").await?;

    // The draft, with the reasons to look at it.
    tab.until_there("article.paper.draft").await?;
    tab.until_contains("main", "is closed").await?;
    let total = tab.text("article.paper .grand").await?;
    ensure!(!tab.text("article.paper").await?.contains("TM-"), "a draft has a number");
    tab.check().await?;
    tab.click("form:has(input[name=sha256]) button").await?;
    tab.until_there("article.paper:not(.draft)").await?;
    tab.until_contains("h1", "TM-").await?;
    let number = tab.text("h1").await?;
    ensure!(tab.text("article.paper .grand").await? == total, "the final invoice says another total than the draft");
    tab.until_contains("article.paper", &number).await?;
    tab.check().await?;

    tab.click("article.paper a[href*='line=1']").await?;
    tab.until_there("#proof .proof li").await?;
    tab.until_contains("#proof", "Price version 1").await?;
    tab.until_contains("#proof", "rounded once").await?;
    tab.check().await?;
    tab.click("main a[href*='recalculate=1']").await?;
    tab.until_contains("#proof", "Replay equal").await?;
    tab.check().await?;

    tab.look_at_paper().await?;
    let seen = |selector: &str| format!("document.querySelector('{selector}').checkVisibility()");
    for hidden in [".side", ".top", "#proof"] {
        ensure!(tab.evaluate(&seen(hidden)).await? == false, "{hidden} would be printed");
    }
    ensure!(tab.evaluate(&seen("article.paper")).await? == true, "the invoice would not be printed");
    journey.end().await?;
    owner_finds(&portal, &number).await
}

/// The founder has the invoice at once.
async fn owner_finds(portal: &Portal, number: &str) -> anyhow::Result<()> {
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    tab.click("nav a[href$='/invoices']").await?;
    tab.until_path(&format!("{RIF}/invoices")).await?;
    tab.until_contains("main tbody tr", number).await?;
    journey.end().await
}

#[tokio::test]
async fn finance_takes_an_invoice_back_as_previewed_and_the_owner_sees_why() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let (journey, tab) = as_finance(&portal).await?;
    let form = "form[action$='/credit/preview']";
    tab.open("/staff/billing?status=finalised").await?;
    tab.click(&format!("main tbody a[href^='{PERIOD}/invoices/']")).await?;
    tab.until_there(&format!("{form} textarea[name=reason]")).await?;
    tab.check().await?;
    // Nobody is told why, so nothing is shown.
    tab.click(&format!("{form} button")).await?;
    tab.until_there("textarea[name=reason][aria-invalid]").await?;
    tab.check().await?;
    tab.fill("textarea[name=reason]", "a node fault").await?;
    tab.click(&format!("{form} button")).await?;
    tab.until_there("article.paper.draft").await?;
    tab.until_contains("article.paper", "a node fault").await?;
    let total = tab.text("article.paper .grand").await?;
    tab.check().await?;
    tab.click("form[action$='/credit'] button").await?;
    tab.until_there("article.paper:not(.draft)").await?;
    tab.until_contains("h1", "TMC-").await?;
    let number = tab.text("h1").await?;
    ensure!(tab.text("article.paper .grand").await? == total, "the note says another total than its preview");
    tab.check().await?;
    journey.forgive("422")?;
    journey.end().await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    tab.open(&format!("{RIF}/credit-notes")).await?;
    tab.until_contains("main tbody tr", &number).await?;
    tab.click("main tbody a").await?;
    tab.until_contains("article.paper", "a node fault").await?;
    journey.end().await
}
