//! GitHub's way, at its double.

use anyhow::Context;
use jiff::Timestamp;
use openid::{Callback, Doubt, Error};
use serde_json::json;

use crate::peer::{Browser, CALLBACK, Peer, begun, callback, provider};

#[tokio::test]
async fn github_tells_a_number_and_a_main_address() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = provider(&format!("kind = 'github'\nissuer = '{}'", peer.github()))?;
    let provider = all.get("peer").context("no provider")?;
    let amina = peer.sign_in(provider, "amina").await??;
    assert_eq!((amina.issuer.as_str(), amina.subject.as_str()), (peer.github().as_str(), "1000"));
    assert_eq!(amina.email.as_deref(), Some("amina@atlas.example"));
    assert!(amina.email_is_verified && amina.id_token.is_none());
    let impostor = peer.sign_in(provider, "impostor").await??;
    assert_eq!(impostor.email.as_deref(), Some("amina@atlas.example"));
    assert!(!impostor.email_is_verified);
    assert_eq!(provider.sign_out(None, &CALLBACK.parse()?).await, Ok(None));
    let again = provider.begin_again(&CALLBACK.parse()?, Timestamp::now()).await;
    assert_eq!(again.map(drop), Err(Doubt::Stale.into()), "it says nothing of when it asked");
    let (mut pending, answer) = begun(provider, "amina").await?;
    pending.again = true;
    assert_eq!(provider.finish(pending, answer, Timestamp::now()).await, Err(Doubt::Stale.into()));
    assert_eq!(provider.signed_out("a.b.c", Timestamp::now()).await, Err(Doubt::Event.into()));
    Ok(())
}

#[tokio::test]
async fn github_refuses_with_status_200_and_is_understood() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = provider(&format!("kind = 'github'\nissuer = '{}'", peer.github()))?;
    let provider = all.get("peer").context("no provider")?;
    let (pending, answer) = begun(provider, "amina").await?;
    let used = Callback { state: answer.state.clone(), code: answer.code.clone(), iss: None, error: None };
    let kept = serde_json::from_value(serde_json::to_value(&pending)?)?;
    assert!(provider.finish(pending, answer, Timestamp::now()).await.is_ok());
    let refused = provider.finish(kept, used, Timestamp::now()).await;
    assert_eq!(refused, Err(Error::Refused("bad_verification_code".to_owned())));
    let (mut pending, answer) = begun(provider, "amina").await?;
    pending.verifier = begun(provider, "amina").await?.0.verifier;
    let refused = provider.finish(pending, answer, Timestamp::now()).await;
    assert_eq!(refused, Err(Error::Refused("bad_verification_code".to_owned())));
    let (url, pending) = provider.begin(&CALLBACK.parse()?, Timestamp::now()).await?;
    let back = Browser::new()?.sign_in(url, "refuse=1").await?;
    let refused = provider.finish(pending, callback(&back), Timestamp::now()).await;
    assert_eq!(refused, Err(Error::Refused("access_denied".to_owned())));
    let (pending, mut answer) = begun(provider, "amina").await?;
    answer.iss = Some("https://id.example.org".to_owned());
    assert_eq!(provider.finish(pending, answer, Timestamp::now()).await, Err(Doubt::Issuer.into()));
    peer.fault(json!({"at": {"/api/v3/user/emails": {"status": 500}}})).await?;
    let answer = peer.sign_in(provider, "amina").await?;
    assert!(matches!(answer, Err(Error::Down(_))), "{answer:?}");
    Ok(())
}
