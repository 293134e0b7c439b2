//! The founder: signs in, launches a GPU, watches it come up without reloading, reads its log, stops it, sees the bill.

use end2end::{Journey, Portal, Scripts, Setting, Tab, Width};

const ORGANISATION: &str = "/o/rif-biomed";

async fn sign_in(portal: &Portal, tab: &Tab, role: &str) -> anyhow::Result<()> {
    let person = portal.person(role)?;
    tab.open("/sign-in").await?;
    tab.fill("input[name=email]", &person.email).await?;
    tab.fill("input[name=password]", &person.password).await?;
    tab.click("main button[type=submit]").await
}

#[tokio::test]
async fn a_founder_launches_watches_reads_and_stops() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    sign_in(&portal, &tab, "developer of Rif Biomed").await?;
    tab.until_path(ORGANISATION).await?;

    tab.open(&format!("{ORGANISATION}/launch")).await?;
    tab.until_awake().await?;
    tab.check().await?;
    tab.fill("input[name=name]", "first-light").await?;
    tab.click("[data-slot=submit]").await?;

    // The page that the launch leads to is the instance's, and it is not loaded again from here on.
    tab.until_there("[data-slot=phase]").await?;
    tab.until_awake().await?;
    tab.until_text("[data-slot=phase]", "Running").await?;
    tab.until_contains("[data-slot=log]", "simulated").await?;
    tab.check().await?;

    tab.click("form[action$='/stop'] button").await?;
    tab.until_text("[data-slot=phase]", "Stopped").await?;
    for page in ["", "/instances", "/usage", "/wallet", "/members"] {
        tab.open(&format!("{ORGANISATION}{page}")).await?;
        tab.check().await?;
    }
    journey.end().await
}

#[tokio::test]
async fn a_founder_without_javascript_launches_on_a_phone_in_arabic() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let setting = Setting { scripts: Scripts::Off, width: Width::Phone, locale: Some("ar"), ..Setting::default() };
    let journey = Journey::start(&portal.origin(), setting).await?;
    let tab = journey.tab().await?;
    sign_in(&portal, &tab, "developer of Rif Biomed").await?;
    tab.until_path(ORGANISATION).await?;
    tab.open(&format!("{ORGANISATION}/launch")).await?;
    tab.check_overflow().await?;
    tab.fill("input[name=name]", "first-light").await?;
    tab.click("[data-slot=submit]").await?;
    tab.until_there("[data-slot=phase]").await?;
    assert_eq!(tab.attribute("html", "dir").await?.as_deref(), Some("rtl"));
    tab.check_overflow().await?;
    tab.click("form[action$='/stop'] button").await?;
    tab.until_there("form[action$='/start'] button").await?;
    journey.end().await
}

#[tokio::test]
async fn an_owner_opens_an_invoice_down_to_its_seconds_and_finds_it_equal() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    sign_in(&portal, &tab, "owner of Rif Biomed").await?;
    tab.until_path(ORGANISATION).await?;
    tab.open(&format!("{ORGANISATION}/invoices")).await?;
    tab.check().await?;
    tab.click("main a[href*='/invoices/inv_']").await?;
    tab.until_contains("h1", "TM-").await?;
    tab.check().await?;
    tab.click("main a[href*='line=1']").await?;
    tab.until_contains("main", "rounded once").await?;
    journey.end().await
}
