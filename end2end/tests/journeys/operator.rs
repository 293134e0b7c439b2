//! The operator: a node is lost under a running instance. The founder's page, open all the while, says so; the lost
//! seconds are not billed; the hall, the nodes and the waiting list name it; and when the node is back, all is well.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Journey, Portal, Setting, Tab, until_within};
use serde_json::Value;

use crate::{RIF, RIF_API};

/// A cluster says that a node is silent up to 50 s after its last sign, and a loaded machine takes its time.
const NOTICED: Duration = Duration::from_secs(150);

async fn until_phase(tab: &Tab, phase: &str) -> anyhow::Result<()> {
    until_within(NOTICED, async || {
        let shown = tab.text(".heading [data-slot=phase]").await?;
        ensure!(shown == phase, "the page says {shown}, not {phase}");
        Ok(())
    })
    .await
}

/// Opens a page of the staff again and again until it contains these words.
async fn until_page_says(tab: &Tab, path: &str, words: &str) -> anyhow::Result<()> {
    until_within(NOTICED, async || {
        tab.open(path).await?;
        let text = tab.text("main").await?;
        ensure!(text.contains(words), "{path} does not say {words:?}: {text}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_lost_node_degrades_its_instance_bills_nothing_and_is_named_to_the_operator() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let founder = Journey::start(&portal.origin(), Setting::default()).await?;
    let page = founder.tab().await?;
    page.sign_in(portal.person("owner of Rif Biomed")?).await?;
    page.until_path(RIF).await?;
    page.open(&format!("{RIF}/launch")).await?;
    page.until_awake().await?;
    page.click("#flavour-l40s").await?;
    page.fill("input[name=name]", "on-thin-ice").await?;
    page.click("[data-slot=submit]").await?;
    page.until_there("[data-slot=phase]").await?;
    page.until_awake().await?;
    page.until_text("[data-slot=phase]", "Running").await?;
    page.evaluate("document.documentElement.dataset.loaded = 'once'").await?;
    // A node that is lost is believed up to its last sign of life, one each ten seconds: wait for one since it runs.
    until_within(Duration::from_secs(60), async || {
        let split = page.text("[data-slot=split]").await?;
        let billed = split.split_whitespace().next().and_then(|seconds| seconds.parse::<u64>().ok());
        ensure!(split.contains("min") || billed >= Some(12), "only {split}");
        Ok(())
    })
    .await?;
    let instance = page.path().await?.rsplit_once('/').context("no instance")?.1.to_owned();
    let api = portal.visitor("owner of Rif Biomed").await?;
    let view = async || api.get(&format!("{RIF_API}/instances/{instance}")).await;
    let node = view().await?["attempts"][0]["node"].as_str().context("it runs on no node")?.to_owned();

    portal.lose_node(&node).await?;
    until_phase(&page, "Degraded").await?;
    page.until_contains("[data-slot=reason]", "The node does not answer. These seconds are not billed").await?;
    page.check().await?;

    let hub = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = hub.tab().await?;
    tab.sign_in(portal.person("operator of the hub")?).await?;
    tab.until_path("/staff").await?;
    until_page_says(&tab, "/staff", "does not answer, last sign").await?;
    tab.until_contains("main", "on-thin-ice").await?;
    tab.check().await?;
    until_page_says(&tab, "/staff/nodes", "does not answer, last sign").await?;
    ensure!(tab.text(&format!("tr[id='{node}']")).await?.contains("does not answer"), "another node is meant");
    tab.check().await?;
    until_page_says(&tab, "/staff/waiting", "on-thin-ice").await?;
    tab.until_contains("main tr:has(a.cover)", "The node does not answer").await?;
    tab.check().await?;
    tab.click(&format!("main a[href$='/{instance}']")).await?;
    tab.until_contains(".heading", "Degraded").await?;
    tab.check().await?;

    portal.return_node(&node).await?;
    until_phase(&page, "Running").await?;
    ensure!(page.attribute("html", "data-loaded").await?.is_some(), "the page was loaded again meanwhile");

    // The ribbon shows the lost stretch with its reason, and the interval lies between two that are billed.
    page.open(&format!("{RIF}/instances/{instance}")).await?;
    page.until_contains("figure figcaption", "node fault").await?;
    page.click("figure details.as-table summary").await?;
    page.until_contains("figure details[open] table", "node fault").await?;
    page.check().await?;
    until_within(Duration::from_secs(40), async || {
        let view = view().await?;
        let stretches = view["attempts"][0]["intervals"].as_array().context("no intervals")?;
        let lost = stretches.iter().position(|stretch| stretch["reason"] == "node_fault").context("no node fault")?;
        // The node may be back a moment before its pod is: then there are two, one behind the other.
        let n = stretches[lost..].iter().take_while(|stretch| stretch["reason"] == "node_fault").count();
        let (around, lost) = ((stretches[..lost].last(), stretches.get(lost + n)), &stretches[lost..lost + n]);
        let billed = |stretch: Option<&Value>| stretch.is_some_and(|stretch| stretch["billable"] == true);
        ensure!(lost.iter().all(|stretch| stretch["billable"] == false), "the lost seconds are billed: {view:#}");
        ensure!(billed(around.0) && billed(around.1), "not billed around: {view:#}");
        Ok(())
    })
    .await?;
    until_page_says(&tab, "/staff/waiting", "Nothing waits").await?;
    hub.end().await?;
    founder.end().await
}
