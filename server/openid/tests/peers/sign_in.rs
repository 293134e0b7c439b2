//! Who somebody is, and whose address is believed.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use openid::{Doubt, Error, Pending};
use serde_json::{Value, json};

use crate::peer::{Browser, CALLBACK, Peer, begun, callback, provider};

#[tokio::test]
async fn a_person_is_an_issuer_and_a_subject_with_what_the_provider_says_of_them() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    for fault in [json!({}), json!({"claims_in_id_token": true})] {
        peer.fault(fault.clone()).await?;
        let asked = peer.asked("/me").await?;
        let amina = peer.sign_in(provider, "amina").await??;
        assert_eq!((amina.issuer.as_str(), amina.subject.as_str()), (peer.issuer().as_str(), "amina-1"));
        assert_eq!(amina.email.as_deref(), Some("amina@atlas.example"));
        assert!(amina.email_is_verified && amina.sid.is_some());
        assert_eq!((amina.name.as_deref(), amina.locale.as_deref()), (Some("Amina Idrissi"), Some("fr")));
        let is_asked_for_more = peer.asked("/me").await? > asked;
        assert_eq!(is_asked_for_more, fault == json!({}), "{fault}");
    }
    assert_eq!(peer.asked("/.well-known/openid-configuration").await?, 1);
    assert_eq!(peer.asked("/jwks").await?, 1);
    Ok(())
}

#[tokio::test]
async fn an_address_is_verified_only_by_the_boolean_and_anothers_never() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    for in_id_token in [false, true] {
        for value in [json!(null), json!("true"), json!(false), json!(1)] {
            peer.fault(json!({"claims_in_id_token": in_id_token, "account": {"email_verified": value}})).await?;
            let amina = peer.sign_in(provider, "amina").await??;
            assert_eq!(amina.email.as_deref(), Some("amina@atlas.example"), "{value}");
            assert!(!amina.email_is_verified, "{value}");
        }
        peer.fault(json!({"claims_in_id_token": in_id_token})).await?;
        let impostor = peer.sign_in(provider, "impostor").await??;
        assert_eq!(impostor.email.as_deref(), Some("amina@atlas.example"));
        assert!(!impostor.email_is_verified && impostor.subject == "impostor-3");
    }
    peer.fault(json!({"account": {"email": null}})).await?;
    let nameless = peer.sign_in(provider, "amina").await??;
    assert!(nameless.email.is_none() && !nameless.email_is_verified);
    peer.fault(json!({"userinfo": {"sub": "youssef-2"}})).await?;
    assert_eq!(peer.sign_in(provider, "amina").await?, Err(Doubt::Subject.into()));
    Ok(())
}

#[tokio::test]
async fn microsofts_people_have_an_address_where_its_domain_is_verified_and_else_none() -> anyhow::Result<()> {
    const DIRECTORY: &str = "3f1c7c6e-0000-4000-8000-000000000001";
    let peer = Peer::start().await?;
    let issuer = peer.issuer();
    let all = provider(&format!("kind = 'microsoft'\nissuer = '{issuer}'\ntenant = 'organizations'"))?;
    let microsoft = all.get("peer").context("no provider")?;
    // As its tokens are: an address, and nothing of whether it is verified.
    let token = |verified: Value, edov: Value| {
        let iss = format!("{issuer}/{DIRECTORY}/v2.0");
        json!({
            "claims_in_id_token": true,
            "account": {"email_verified": verified},
            "claims": {"tid": DIRECTORY, "iss": iss, "xms_edov": edov},
        })
    };
    for (verified, edov, is_proven) in [
        (json!(null), json!(null), false),
        (json!(null), json!(true), true),
        (json!(null), json!("1"), true),
        (json!(null), json!(false), false),
        (json!(null), json!("0"), false),
        (json!(null), json!("true"), false),
        (json!(null), json!(1), false),
        (json!(null), json!([true]), false),
        (json!(false), json!(true), false),
        (json!("true"), json!(true), false),
    ] {
        peer.fault(token(verified.clone(), edov.clone())).await?;
        let amina = peer.sign_in(microsoft, "amina").await??;
        assert_eq!(amina.email.as_deref(), Some("amina@atlas.example"), "{verified} {edov}");
        assert_eq!(amina.email_is_verified, is_proven, "{verified} {edov}");
    }
    // Whoever is no Microsoft proves nothing with Microsoft's word.
    peer.fault(json!({
        "claims_in_id_token": true,
        "account": {"email_verified": null},
        "claims": {"xms_edov": true},
    }))
    .await?;
    let generic = peer.openid()?;
    let amina = peer.sign_in(generic.get("peer").context("no provider")?, "amina").await??;
    assert!(!amina.email_is_verified);
    Ok(())
}

#[tokio::test]
async fn an_answer_is_taken_only_from_the_browser_that_began_once_and_soon() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let now = Timestamp::now();
    let (_, callback) = begun(provider, "amina").await?;
    let (other, _) = begun(provider, "youssef").await?;
    assert_eq!(provider.finish(other, callback, now).await, Err(Doubt::State.into()));
    let (pending, mut unnamed) = begun(provider, "amina").await?;
    unnamed.state = None;
    assert_eq!(provider.finish(pending, unnamed, now).await, Err(Doubt::State.into()));
    for (seconds, at) in [(601, now), (-61, now)] {
        let (mut pending, callback) = begun(provider, "amina").await?;
        pending.at = at;
        let later = at + SignedDuration::from_secs(seconds);
        assert_eq!(provider.finish(pending, callback, later).await, Err(Error::Expired), "{seconds}");
    }
    let (pending, callback) = begun(provider, "amina").await?;
    let kept: Pending = serde_json::from_str(&serde_json::to_string(&pending)?)?;
    let code = callback.code.clone();
    let state = callback.state.clone();
    let iss = callback.iss.clone();
    assert!(provider.finish(pending, callback, Timestamp::now()).await.is_ok());
    let replayed = openid::Callback { state, code, iss, error: None };
    let refused = provider.finish(kept, replayed, Timestamp::now()).await;
    assert_eq!(refused, Err(Error::Refused("invalid_grant".to_owned())));
    let (mut pending, callback) = begun(provider, "amina").await?;
    pending.provider = "another".to_owned();
    assert_eq!(provider.finish(pending, callback, now).await, Err(Doubt::Provider.into()));
    Ok(())
}

#[tokio::test]
async fn who_shows_once_more_who_they_are_is_asked_anew_and_the_token_has_to_say_so() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let (back, browser) = (CALLBACK.parse()?, Browser::new()?);
    let (url, _) = provider.begin(&back, Timestamp::now()).await?;
    browser.sign_in(url, "login=amina").await?;
    // Whoever is signed in there is led on without a word, but for who asks anew.
    let (url, pending) = provider.begin(&back, Timestamp::now()).await?;
    assert!(browser.page(url.clone()).await.is_err());
    let silent = callback(&browser.sign_in(url, "").await?);
    assert!(provider.finish(pending, silent, Timestamp::now()).await.is_ok());
    let again = async || {
        let (url, pending) = provider.begin_again(&back, Timestamp::now()).await?;
        assert!(browser.page(url.clone()).await?.contains("Who are you?"));
        let callback = callback(&browser.sign_in(url, "login=amina").await?);
        anyhow::Ok(provider.finish(pending, callback, Timestamp::now()).await)
    };
    assert_eq!(again().await??.subject, "amina-1");
    let long_ago = Timestamp::now().as_second() - 3600;
    for auth_time in [json!(null), json!(long_ago), json!(long_ago.to_string())] {
        peer.fault(json!({"claims": {"auth_time": auth_time}})).await?;
        assert_eq!(again().await?, Err(Doubt::Stale.into()), "{auth_time}");
        assert!(peer.sign_in(provider, "amina").await?.is_ok(), "{auth_time}: others are not asked for it");
    }
    // An address without the question, for a proof: what the browser keeps says that it was asked.
    peer.fault(json!({"claims": {"auth_time": long_ago}})).await?;
    let (url, mut pending) = provider.begin(&back, Timestamp::now()).await?;
    pending.again = true;
    let silent = callback(&browser.sign_in(url, "").await?);
    assert_eq!(provider.finish(pending, silent, Timestamp::now()).await, Err(Doubt::Stale.into()));
    Ok(())
}

#[tokio::test]
async fn a_code_is_worth_nothing_without_what_the_browser_began_with() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let (mut pending, callback) = begun(provider, "amina").await?;
    let (other, _) = begun(provider, "amina").await?;
    pending.verifier = other.verifier;
    let refused = provider.finish(pending, callback, Timestamp::now()).await;
    assert_eq!(refused, Err(Error::Refused("invalid_grant".to_owned())));
    let (mut pending, callback) = begun(provider, "amina").await?;
    let (other, _) = begun(provider, "amina").await?;
    pending.nonce = other.nonce;
    assert_eq!(provider.finish(pending, callback, Timestamp::now()).await, Err(Doubt::Nonce.into()));
    Ok(())
}

#[tokio::test]
async fn who_changes_their_mind_and_who_answers_for_another_is_not_signed_in() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let (url, pending) = provider.begin(&CALLBACK.parse()?, Timestamp::now()).await?;
    let back = Browser::new()?.sign_in(url, "refuse=1").await?;
    let refused = provider.finish(pending, callback(&back), Timestamp::now()).await;
    assert_eq!(refused, Err(Error::Refused("access_denied".to_owned())));
    for iss in [None, Some("https://id.example.org".to_owned())] {
        let (pending, mut callback) = begun(provider, "amina").await?;
        callback.iss = iss;
        assert_eq!(provider.finish(pending, callback, Timestamp::now()).await, Err(Doubt::Issuer.into()));
    }
    let (pending, mut callback) = begun(provider, "amina").await?;
    callback.code = None;
    let doubt = Doubt::Unreadable("the provider's answer");
    assert_eq!(provider.finish(pending, callback, Timestamp::now()).await, Err(doubt.into()));
    Ok(())
}
