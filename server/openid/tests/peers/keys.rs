//! Keys that change, and keys that never were.

use anyhow::Context;
use jiff::Timestamp;
use openid::Doubt;
use serde_json::json;

use crate::peer::{Peer, begun};

#[tokio::test]
async fn a_key_that_changed_in_between_is_fetched_once() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    assert!(peer.sign_in(provider, "amina").await?.is_ok());
    let (pending, callback) = begun(provider, "amina").await?;
    peer.control("/rotate", json!({})).await?;
    assert!(provider.finish(pending, callback, Timestamp::now()).await.is_ok());
    assert_eq!(peer.asked("/jwks").await?, 2);
    assert!(peer.sign_in(provider, "amina").await?.is_ok());
    assert_eq!(peer.asked("/jwks").await?, 2);
    Ok(())
}

#[tokio::test]
async fn a_crowd_with_unknown_keys_asks_for_keys_once_a_minute() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    assert!(peer.sign_in(provider, "amina").await?.is_ok());
    let forged = peer.control("/logout", json!({"sub": "amina-1", "sign": "unknown_key"})).await?;
    let token = forged["token"].as_str().context("no token")?;
    let notice = || provider.signed_out(token, Timestamp::now());
    for answer in <[_; 5]>::from(tokio::join!(notice(), notice(), notice(), notice(), notice())) {
        assert_eq!(answer, Err(Doubt::Key.into()));
    }
    assert_eq!(notice().await, Err(Doubt::Key.into()));
    assert_eq!(peer.asked("/jwks").await?, 2);
    assert!(peer.sign_in(provider, "amina").await?.is_ok());
    Ok(())
}
