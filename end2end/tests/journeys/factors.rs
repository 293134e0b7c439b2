//! Passkeys and recovery codes: set, signed in with, and what is left where scripts are off.

use anyhow::{Context, ensure};
use end2end::{Device, Journey, Portal, Scripts, Setting, Tab};

use crate::RIF;

/// Fills a passkey's form and sends it.
const SHOW: &str = "form[data-passkey=get] button[type=submit]";

/// A portal that is reached by a name: browsers make no passkeys for a number.
async fn named() -> anyhow::Result<(Portal, String)> {
    let mut portal = Portal::start().await?;
    portal.stop_portal().await?;
    let origin = portal.origin().replace("127.0.0.1", "localhost");
    portal.start_portal_with(&["--base-url", &origin]).await?;
    Ok((portal, origin))
}

/// Signs in with the password, adds the first passkey, and gives the recovery codes that came with it.
async fn add_passkey(portal: &Portal, tab: &Tab) -> anyhow::Result<(Device, Vec<String>)> {
    let device = tab.hold_device().await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path(RIF).await?;
    let codes = add_first(tab, &device).await?;
    Ok((device, codes))
}

/// Adds the first passkey of whoever is signed in, and gives the recovery codes that came with it.
pub(super) async fn add_first(tab: &Tab, device: &Device) -> anyhow::Result<Vec<String>> {
    tab.open("/factors").await?;
    tab.check().await?;
    tab.fill("input[name=name]", "telephone").await?;
    tab.touch(device, true).await?;
    tab.click("form[data-passkey=create] button[type=submit]").await?;
    tab.until_contains("h1", "recovery codes").await?;
    tab.check().await?;
    let codes = tab.text("pre.snippet").await?;
    let codes: Vec<_> = codes.lines().map(str::to_owned).collect();
    ensure!(codes.len() == 10, "the codes are {codes:?}");
    tab.touch(device, false).await?;
    Ok(codes)
}

/// Shows the passkey that the button asks for, which leads to `home`.
pub(super) async fn show(tab: &Tab, device: &Device, home: &str) -> anyhow::Result<()> {
    tab.touch(device, true).await?;
    tab.click(SHOW).await?;
    tab.until_path(home).await?;
    tab.touch(device, false).await
}

#[tokio::test]
async fn a_passkey_is_added_and_signs_in_alone_and_after_the_password() -> anyhow::Result<()> {
    let (portal, origin) = named().await?;
    let journey = Journey::start(&origin, Setting::default()).await?;
    let tab = journey.tab().await?;
    let (device, _) = add_passkey(&portal, &tab).await?;

    tab.send("/sign-out", &[]).await?;
    tab.open("/sign-in").await?;
    tab.check().await?;
    show(&tab, &device, RIF).await?;
    let rows = portal.database().rows("SELECT count(used_at) AS n FROM passkey").await?;
    ensure!(rows[0]["n"].as_i64() == Some(1), "the passkey says that it was used");

    tab.send("/sign-out", &[]).await?;
    tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
    tab.until_path("/sign-in/factor").await?;
    tab.check().await?;
    show(&tab, &device, RIF).await?;

    // Offered beside the addresses: nobody presses anything on the page.
    tab.send("/sign-out", &[]).await?;
    tab.offer(&device).await?;
    tab.touch(&device, true).await?;
    tab.open("/sign-in").await?;
    tab.until_path(RIF).await?;

    tab.open("/factors").await?;
    tab.until_contains("#passkeys", "telephone").await?;
    tab.click("form[action*='/factors/passkeys/pky_'] button").await?;
    tab.until_contains(".banner", "The passkey is removed").await?;
    let left = portal.database().rows("SELECT count(*) AS n FROM recovery_code").await?;
    ensure!(left[0]["n"].as_i64() == Some(0), "recovery codes go with the last factor");
    journey.end().await
}

#[tokio::test]
async fn without_scripts_a_recovery_code_opens_the_door_once() -> anyhow::Result<()> {
    let (portal, origin) = named().await?;
    let journey = Journey::start(&origin, Setting::default()).await?;
    let (_, codes) = add_passkey(&portal, &journey.tab().await?).await?;
    journey.end().await?;

    let journey = Journey::start(&origin, Setting { scripts: Scripts::Off, ..Setting::default() }).await?;
    let tab = journey.tab().await?;
    let code = codes.first().context("no code")?;
    for is_fresh in [true, false] {
        tab.sign_in(portal.person("owner of Rif Biomed")?).await?;
        tab.until_path("/sign-in/factor").await?;
        tab.until_contains("[data-part=without]", "Passkeys need JavaScript").await?;
        tab.fill("input[name=code]", code).await?;
        tab.click("form[action='/sign-in/factor'] button[type=submit]").await?;
        if is_fresh {
            tab.until_path(RIF).await?;
            tab.send("/sign-out", &[]).await?;
        } else {
            tab.until_there("#error-code").await?;
        }
    }
    journey.forgive("401")?;
    journey.end().await
}
