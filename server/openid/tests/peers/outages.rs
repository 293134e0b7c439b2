//! A provider that does not work: it is told apart from one that lies, nobody waits long, and nothing is followed.

use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use openid::Error;
use serde_json::{Value, json};

use crate::peer::{CALLBACK, Peer, begun};

fn at(path: &str, fault: &Value) -> Value {
    json!({"at": {path: fault}})
}

#[tokio::test]
async fn an_answer_of_500_a_redirect_and_a_flood_are_a_provider_that_does_not_work() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    for path in ["/.well-known/openid-configuration", "/token", "/jwks", "/me"] {
        for (fault, words) in
            [(json!({"status": 500}), "500"), (json!({"status": 302}), "302"), (json!({"bytes": 300_000}), "too long")]
        {
            peer.fault(json!({})).await?;
            let all = peer.openid()?;
            let provider = all.get("peer").context("no provider")?;
            let answer = if path.starts_with("/.well-known") {
                peer.fault(at(path, &fault)).await?;
                provider.begin(&CALLBACK.parse()?, Timestamp::now()).await.map(drop)
            } else {
                let (pending, callback) = begun(provider, "amina").await?;
                peer.fault(at(path, &fault)).await?;
                provider.finish(pending, callback, Timestamp::now()).await.map(drop)
            };
            match answer {
                Err(Error::Down(said)) => assert!(said.contains(words), "{path} {fault}: {said}"),
                other => panic!("{path} {fault}: {other:?}"),
            }
        }
    }
    assert_eq!(peer.asked("/elsewhere").await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_slow_provider_is_given_five_seconds_and_a_crowd_waits_as_long_as_one() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    peer.fault(at("/.well-known/openid-configuration", &json!({"slow_ms": 20_000}))).await?;
    let back = CALLBACK.parse()?;
    let begin = || provider.begin(&back, Timestamp::now());
    let since = Instant::now();
    let (a, b, c) = tokio::join!(begin(), begin(), begin());
    for answer in [a, b, c] {
        assert_eq!(answer.map(drop), Err(Error::Slow));
    }
    assert!(
        since.elapsed() > Duration::from_secs(4) && since.elapsed() < Duration::from_secs(12),
        "{:?}",
        since.elapsed()
    );
    peer.fault(json!({})).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (pending, callback) = begun(provider, "amina").await?;
    peer.fault(at("/token", &json!({"slow_ms": 20_000}))).await?;
    assert_eq!(provider.finish(pending, callback, Timestamp::now()).await, Err(Error::Slow));
    Ok(())
}

#[tokio::test]
async fn a_provider_that_is_down_is_used_again_once_it_is_up() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let (pending, callback) = begun(provider, "amina").await?;
    peer.control("/down", json!({})).await?;
    let answer = provider.finish(pending, callback, Timestamp::now()).await;
    assert!(matches!(answer, Err(Error::Down(_))), "{answer:?}");
    let fresh = peer.openid()?;
    let unknown = fresh.get("peer").context("no provider")?;
    let answer = unknown.begin(&CALLBACK.parse()?, Timestamp::now()).await;
    assert!(matches!(answer, Err(Error::Down(_))), "{answer:?}");
    peer.control("/up", json!({})).await?;
    assert!(peer.sign_in(provider, "amina").await?.is_ok());
    // A failure is remembered for a moment.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(peer.sign_in(unknown, "amina").await?.is_ok());
    Ok(())
}
