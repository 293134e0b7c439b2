//! What people do wrong, or twice: a wrong password, a bad name, a double click, the back button.

use anyhow::{Context, ensure};
use end2end::{Journey, Portal, Setting, Tab, Visitor};

use crate::{RIF, RIF_API};

async fn named(founder: &Visitor, name: &str) -> anyhow::Result<usize> {
    let list = founder.get(&format!("{RIF_API}/instances")).await?;
    let items = list["items"].as_array().context("no list")?;
    Ok(items.iter().filter(|instance| instance["name"] == name).count())
}

async fn launch_page(tab: &Tab) -> anyhow::Result<()> {
    tab.open(&format!("{RIF}/launch")).await?;
    tab.until_awake().await
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_says_so_at_the_field() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    let founder = portal.person("owner of Rif Biomed")?;
    tab.open(&format!("{RIF}/usage")).await?;
    tab.until_path("/sign-in?return=%2Fo%2Frif-biomed%2Fusage").await?;
    tab.fill("input[name=email]", &founder.email).await?;
    tab.fill("input[name=password]", "not-it").await?;
    tab.click("main button[type=submit]").await?;
    tab.until_there("#error-password").await?;
    ensure!(tab.value("input[name=email]").await? == founder.email, "the address was lost");
    ensure!(tab.value("input[name=password]").await?.is_empty(), "the password was written back");
    tab.check().await?;
    tab.fill("input[name=password]", &founder.password).await?;
    tab.click("main button[type=submit]").await?;
    tab.until_path(&format!("{RIF}/usage")).await?;
    journey.forgive("401")?;
    journey.end().await
}

#[tokio::test]
async fn a_launch_that_is_refused_keeps_what_was_chosen_and_names_the_field() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let founder = portal.visitor("owner of Rif Biomed").await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    launch_page(&tab).await?;
    tab.click("label:has(input[name=template][value=vscode])").await?;
    tab.click("#flavour-l40s").await?;
    tab.fill("input[name=units]", "2").await?;
    tab.fill("input[name=name]", "Not a Name!").await?;
    tab.click("[data-slot=submit]").await?;
    tab.until_contains("#error-name", "small letters").await?;
    ensure!(tab.value("input[name=name]").await? == "Not a Name!", "the name was lost");
    ensure!(tab.value("input[name=units]").await? == "2", "the units were lost");
    for chosen in ["input[name=template][value=vscode]", "#flavour-l40s"] {
        tab.until_true(&format!("document.querySelector('{chosen}').checked")).await?;
    }
    tab.until_usable().await?;
    tab.check().await?;
    ensure!(named(&founder, "Not a Name!").await? == 0, "it was launched");
    journey.forgive("422")?;
    journey.end().await
}

#[tokio::test]
async fn neither_a_double_click_nor_the_back_button_launches_twice() -> anyhow::Result<()> {
    let portal = Portal::start().await?;
    let founder = portal.visitor("owner of Rif Biomed").await?;
    let journey = Journey::start(&portal.origin(), Setting::default()).await?;
    let tab = journey.tab().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;

    // The same form sent twice at the same moment is answered twice with the same instance.
    launch_page(&tab).await?;
    tab.fill("input[name=name]", "twice-sent").await?;
    let twice = "(() => { const form = document.querySelector('form[data-launch]'); \
                 const send = () => fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }); \
                 return Promise.all([send(), send()]).then(answers => answers.map(answer => answer.url)); })()";
    let addresses: Vec<String> = serde_json::from_value(tab.evaluate(twice).await?)?;
    ensure!(addresses[0].contains("/instances/ins_"), "it was not launched: {addresses:?}");
    ensure!(addresses[0] == addresses[1], "two answers: {addresses:?}");
    ensure!(named(&founder, "twice-sent").await? == 1, "two requests of one form launched twice");

    // A double click.
    launch_page(&tab).await?;
    tab.fill("input[name=name]", "twice-clicked").await?;
    let double = "(() => { const button = document.querySelector('[data-slot=submit]'); \
                  button.click(); return setTimeout(() => button.click(), 15); })()";
    tab.evaluate(double).await?;
    tab.until_there("main ol.line").await?;
    tab.until_contains("h1", "twice-clicked").await?;
    ensure!(named(&founder, "twice-clicked").await? == 1, "a double click launched twice");

    // Back to the form, and once more.
    tab.back().await?;
    tab.until_path(&format!("{RIF}/launch")).await?;
    tab.until_awake().await?;
    tab.fill("input[name=name]", "twice-clicked").await?;
    tab.click("[data-slot=submit]").await?;
    tab.until_true("document.readyState === 'complete' && !!document.querySelector('main ol.line, #error-name')")
        .await?;
    ensure!(named(&founder, "twice-clicked").await? == 1, "going back launched a second one");
    let complaints = journey.take_complaints();
    let other = complaints.iter().find(|complaint| !complaint.contains("/launch"));
    ensure!(other.is_none(), "the browser complains: {other:?}");
    journey.end().await
}
