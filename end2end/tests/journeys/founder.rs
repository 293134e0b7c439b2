//! The founder: signs in, launches a GPU, watches it come up without reloading, reads its log, stops it, sees what it
//! cost to the second, and opens an invoice down to its seconds. The same way without JavaScript, in Arabic, on a phone.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Journey, Portal, Scripts, Setting, Tab, Width, until_within};

use crate::RIF;

/// Usage is booked two minutes behind the clock.
const BOOKED: Duration = Duration::from_secs(240);

/// The seconds of a length of time at the beginning of a text: of "1 min 7 s billed · 12 s not" 67.
fn seconds(text: &str) -> u64 {
    let words: Vec<_> = text.split_whitespace().collect();
    let of = |pair: &[&str]| {
        let unit = match pair[1] {
            "h" => 3600,
            "min" => 60,
            "s" => 1,
            _ => return None,
        };
        Some(pair[0].parse::<u64>().ok()? * unit)
    };
    words.chunks_exact(2).map_while(of).sum()
}

/// The cells of the usage line of a GPU in the running period, once it is booked.
async fn usage_line(tab: &Tab, flavour: &str) -> anyhow::Result<Vec<String>> {
    let rows =
        "[...document.querySelectorAll('main tr')].map(row => [...row.cells].map(cell => cell.innerText.trim()))";
    let rows: Vec<Vec<String>> = serde_json::from_value(tab.evaluate(rows).await?)?;
    let line = |row: &Vec<String>| row.len() == 5 && row[0].contains(flavour);
    rows.into_iter().find(line).context("nothing of it is booked yet")
}

#[tokio::test]
async fn a_founder_launches_watches_reads_stops_and_sees_what_each_second_cost() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;

    tab.click("nav a[href$='/launch']").await?;
    tab.until_path(&format!("{RIF}/launch")).await?;
    tab.until_awake().await?;
    // Nobody of the organisation had one before: what is billed for it is this instance's.
    tab.click("[id='flavour-a100-3g.40gb']").await?;
    tab.until_contains("[data-slot=price]", "8.60").await?;
    tab.check().await?;
    tab.fill("input[name=name]", "first-light").await?;
    tab.click("[data-slot=submit]").await?;

    // The page that the launch leads to is the instance's, and it is not loaded again from here on.
    tab.until_there("[data-slot=phase]").await?;
    tab.until_awake().await?;
    tab.evaluate("document.documentElement.dataset.loaded = 'once'").await?;
    tab.until_text("[data-slot=phase]", "Running").await?;
    tab.until_contains("[data-slot=log]", "simulated").await?;
    tab.check().await?;
    until_within(Duration::from_secs(20), async || {
        let split = tab.text("[data-slot=split]").await?;
        ensure!(seconds(&split) >= 3, "of a running instance the page says: {split}");
        Ok(())
    })
    .await?;
    ensure!(tab.attribute("html", "data-loaded").await?.is_some(), "the page was loaded again");

    tab.click("form[action$='/stop'] button").await?;
    tab.until_text("[data-slot=phase]", "Stopped").await?;
    let billed = seconds(&tab.text("[data-slot=split]").await?);

    tab.click("nav a[href$='/invoices']").await?;
    tab.until_path(&format!("{RIF}/invoices")).await?;
    tab.check().await?;
    tab.click("main a[href*='/invoices/inv_']").await?;
    tab.until_contains("h1", "TM-").await?;
    tab.check().await?;
    tab.click("main a[href*='line=1']").await?;
    tab.until_contains("#proof", "rounded once").await?;
    tab.click("main a[href*='recalculate=1']").await?;
    tab.until_contains("#proof", "Replay equal").await?;

    // The running period has no invoice yet: its usage says what the invoice would say.
    tab.click("nav a[href$='/usage']").await?;
    tab.until_path(&format!("{RIF}/usage")).await?;
    tab.check().await?;
    let line = until_within(BOOKED, async || {
        tab.open(&format!("{RIF}/usage")).await?;
        let line = usage_line(&tab, "3g.40gb").await?;
        ensure!(seconds(&line[1]) >= billed, "not every second is booked yet: {line:?}");
        Ok(line)
    })
    .await?;
    ensure!(seconds(&line[1]) == billed, "the page of the instance said {billed} s, its usage {line:?}");
    ensure!(line[2] == "8.60", "it is billed at another price: {line:?}");
    journey.end().await
}

/// Goes somewhere by the navigation, which on a phone is behind a button.
async fn go(tab: &Tab, way: &str) -> anyhow::Result<()> {
    tab.click(".drawer-button").await?;
    tab.click(&format!("#navigation nav a[href='{RIF}{way}']")).await?;
    tab.until_path(&format!("{RIF}{way}")).await?;
    tab.until_true("document.readyState === 'complete'").await?;
    tab.check_overflow().await
}

/// Goes to the latest instance over the list, as often as it takes until its page says this phase.
async fn look_until(tab: &Tab, phase: &str) -> anyhow::Result<()> {
    until_within(Duration::from_secs(60), async || {
        go(tab, "/instances").await?;
        tab.click("main a[href*='/instances/ins_']").await?;
        tab.until_there("h1 + *, .heading [data-slot=phase]").await?;
        tab.until_there("main ol.line").await?;
        let shown = tab.text(".heading [data-slot=phase]").await?;
        ensure!(shown == phase, "it is {shown}, not {phase}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_founder_without_javascript_goes_the_same_way_on_a_phone_in_arabic() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let setting = Setting { scripts: Scripts::Off, width: Width::Phone, locale: Some("ar"), ..Setting::default() };
    let journey = Journey::start(&portal.origin(), setting).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    ensure!(tab.attribute("html", "dir").await?.as_deref() == Some("rtl"), "Arabic runs from the left");
    tab.check_overflow().await?;

    go(&tab, "/launch").await?;
    tab.fill("input[name=name]", "first-light").await?;
    tab.click("[data-slot=submit]").await?;
    tab.until_there("[data-slot=phase]").await?;
    tab.check_overflow().await?;

    look_until(&tab, "يعمل").await?;
    tab.until_contains("[data-slot=log]", "simulated").await?;
    tab.check_overflow().await?;
    tab.click("form[action$='/stop'] button").await?;
    look_until(&tab, "متوقف").await?;

    go(&tab, "/usage").await?;
    tab.click("main details.as-table summary").await?;
    tab.until_there("main details[open] time").await?;
    go(&tab, "/invoices").await?;
    tab.click("main a[href*='/invoices/inv_']").await?;
    tab.until_contains("article.paper", "TM-").await?;
    tab.check_overflow().await?;
    tab.click("article.paper a[href*='line=1']").await?;
    tab.until_there("#proof .proof li").await?;
    tab.check_overflow().await?;
    journey.end().await
}
