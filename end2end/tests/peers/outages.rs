//! A provider that is down, slow or broken while people sign in with it: the page says so soon, and the other ways work.

use std::time::{Duration, Instant};

use end2end::Portal;
use serde_json::json;

use crate::world::{Browser, GO, Page, number, world};

/// A provider is given five seconds for an answer.
const SOON: Duration = Duration::from_secs(6);

/// The page says that it is the provider who does not answer, and who has a password comes in.
async fn assert_away(portal: &Portal, page: &Page, since: Instant) -> anyhow::Result<()> {
    let waited = since.elapsed();
    assert!(waited < SOON, "{waited:?}");
    assert_eq!(page.status, 502, "{}", page.text);
    assert!(page.text.contains("Peer does not answer") && page.text.contains("sign in another way"), "{}", page.text);
    assert!(page.text.contains("href=\"/sign-in\""), "{}", page.text);
    let owner = Browser::new(portal)?;
    let entered = owner.send("/sign-in", "email=owner@rif-biomed.example&password=tetouan-demo").await?;
    assert_eq!((entered.status, entered.url.path()), (200, "/o/rif-biomed"));
    Ok(())
}

async fn assert_nobody_came(portal: &Portal, browser: &Browser) -> anyhow::Result<()> {
    assert!(!browser.is_signed_in().await?);
    assert_eq!(number(portal, "SELECT count(*) AS n FROM identity").await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_provider_that_refuses_every_connection_is_said_to_be_away() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let (early, late) = (Browser::new(&portal)?, Browser::new(&portal)?);
    provider.control("down", &json!({})).await?;
    // A portal that has never heard of it, on the way there.
    let since = Instant::now();
    let page = early.open(GO).await?;
    assert_away(&portal, &page, since).await?;
    provider.control("up", &json!({})).await?;
    // A failure is remembered for a moment.
    tokio::time::sleep(Duration::from_secs(2)).await;
    // And one that sent somebody there a moment before, on the way back.
    let answer = late.answer_unopened("amina").await?;
    provider.control("down", &json!({})).await?;
    let since = Instant::now();
    let page = late.open(answer.as_str()).await?;
    assert_away(&portal, &page, since).await?;
    assert_nobody_came(&portal, &early).await?;
    assert_nobody_came(&portal, &late).await?;
    provider.control("up", &json!({})).await?;
    let again = Browser::new(&portal)?.sign_in(GO, "amina").await?;
    assert_eq!((again.status, again.url.path()), (200, "/home"), "{}", again.text);
    Ok(())
}

#[tokio::test]
async fn a_provider_that_is_slow_is_waited_for_five_seconds() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let slow = |path: &str| json!({ "at": { path: { "slow_ms": 20_000 } } });
    provider.control("fault", &slow("/.well-known/openid-configuration")).await?;
    let (early, late) = (Browser::new(&portal)?, Browser::new(&portal)?);
    let since = Instant::now();
    let page = early.open(GO).await?;
    assert_away(&portal, &page, since).await?;
    provider.control("fault", &json!({})).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answer = late.answer_unopened("amina").await?;
    provider.control("fault", &slow("/token")).await?;
    let since = Instant::now();
    let page = late.open(answer.as_str()).await?;
    assert_away(&portal, &page, since).await?;
    assert_nobody_came(&portal, &late).await
}

#[tokio::test]
async fn a_provider_that_fails_on_the_way_back_is_said_to_be_away() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    for path in ["/token", "/jwks"] {
        provider.control("fault", &json!({})).await?;
        let browser = Browser::new(&portal)?;
        let answer = browser.answer_unopened("amina").await?;
        provider.control("fault", &json!({ "at": { path: { "status": 500 } } })).await?;
        let since = Instant::now();
        let page = browser.open(answer.as_str()).await?;
        assert_away(&portal, &page, since).await?;
        assert_nobody_came(&portal, &browser).await?;
    }
    Ok(())
}
