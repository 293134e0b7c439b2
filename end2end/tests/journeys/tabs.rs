//! Eight tabs of one browser at once. A browser opens six connections to a portal without TLS, and every tab follows a
//! stream of events: hidden ones must let go of theirs, or the seventh tab would wait for ever.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Journey, Portal, Setting, Tab, Visitor, until_within};
use serde_json::json;

use crate::{RIF, RIF_API};

const TABS: usize = 8;

/// Launches as many as are missing to have one a tab, and waits until all run; their ids.
async fn eight_running(founder: &Visitor) -> anyhow::Result<Vec<String>> {
    let projects = founder.get(&format!("{RIF_API}/projects")).await?;
    let flavours = founder.get(&format!("{RIF_API}/catalogue")).await?;
    let flavours = flavours["items"].as_array().context("no catalogue")?;
    let flavour = flavours.iter().find(|flavour| flavour["slug"] == "a100-1g.10gb").context("no slices")?;
    for n in 1..=TABS - 2 {
        let (project, flavour, name) = (&projects["items"][0]["id"], &flavour["id"], format!("tab-{n}"));
        let ask = json!({"project": project, "name": name, "flavour": flavour, "units": 1, "template": "ubuntu"});
        founder.post(&format!("{RIF_API}/instances"), &name, &ask).await?;
    }
    until_within(Duration::from_secs(60), async || {
        let list = founder.get(&format!("{RIF_API}/instances?phase=running")).await?;
        let items = list["items"].as_array().context("no list")?;
        let ids: Vec<_> = items.iter().filter_map(|one| one["id"].as_str().map(str::to_owned)).collect();
        ensure!(ids.len() >= TABS, "only {} of {TABS} run", ids.len());
        Ok(ids)
    })
    .await
}

async fn is_usable(tab: &Tab, founder: &Visitor, instance: &str) -> anyhow::Result<()> {
    tab.show().await?;
    tab.until_usable().await?;
    tab.until_text(".heading [data-slot=phase]", "Running").await?;
    // News without loading again: somebody else stops it.
    tab.evaluate("document.documentElement.dataset.loaded = 'once'").await?;
    founder.post(&format!("{RIF_API}/instances/{instance}/stop"), &format!("stop-{instance}"), &json!({})).await?;
    tab.until_text(".heading [data-slot=phase]", "Stopped").await?;
    ensure!(tab.attribute("html", "data-loaded").await?.is_some(), "the page was loaded again");
    // A form.
    tab.until_true("!document.querySelector('[data-slot=start]').hidden").await?;
    tab.click("form[action$='/start'] button").await?;
    tab.until_contains("main .banner", "starts").await?;
    tab.until_usable().await?;
    tab.until_text(".heading [data-slot=phase]", "Running").await?;
    // A way through the product and back to the instance.
    tab.click("nav a[href$='/usage']").await?;
    tab.until_path(&format!("{RIF}/usage")).await?;
    tab.open(&format!("{RIF}/instances/{instance}")).await
}

#[tokio::test]
async fn eight_instance_pages_in_one_browser_are_all_usable() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let founder = portal.visitor("owner of Rif Biomed").await?;
    let instances = eight_running(&founder).await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let mut tabs = Vec::new();
    for instance in &instances[..TABS] {
        let tab = journey.tab().await?;
        if tabs.is_empty() {
            tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
            tab.until_path(RIF).await?;
        }
        tab.open(&format!("{RIF}/instances/{instance}")).await?;
        tab.until_usable().await?;
        tabs.push(tab);
    }
    for (tab, _) in tabs.iter().zip(&instances).take(TABS - 1) {
        ensure!(tab.evaluate("document.visibilityState").await? == "hidden", "a tab behind another one is shown");
    }
    for (tab, instance) in tabs.iter().zip(&instances) {
        is_usable(tab, &founder, instance).await.with_context(|| format!("the tab of {instance}"))?;
    }
    journey.end().await
}
