//! ID tokens with one thing wrong.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use openid::{Doubt, Error};
use serde_json::json;

use crate::peer::{CALLBACK, Peer, begun, provider};

#[tokio::test]
async fn a_token_with_one_thing_wrong_signs_nobody_in() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let soon = Timestamp::now().as_second() + 3600;
    for (fault, doubt) in [
        (json!({"claims": {"nonce": "another"}}), Doubt::Nonce),
        (json!({"claims": {"nonce": null}}), Doubt::Nonce),
        (json!({"claims": {"aud": "another"}}), Doubt::Audience),
        (json!({"claims": {"aud": ["tamuda", "another"]}}), Doubt::Audience),
        (json!({"claims": {"azp": "another"}}), Doubt::Audience),
        (json!({"claims": {"iss": "https://id.example.org"}}), Doubt::Issuer),
        (json!({"claims": {"iss": format!("{}/", peer.issuer())}}), Doubt::Issuer),
        (json!({"claims": {"sub": ""}, "claims_in_id_token": true}), Doubt::Subject),
        (json!({"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}}), Doubt::AccessToken),
        (json!({"claims": {"iat": soon}}), Doubt::Early),
        (json!({"claims": {"exp": null}}), Doubt::Unreadable("what the token says")),
        (json!({"expired": true}), Doubt::Expired),
        (json!({"sign": "none"}), Doubt::Algorithm),
        (json!({"sign": "shared_secret"}), Doubt::Algorithm),
        (json!({"sign": "unknown_key"}), Doubt::Key),
        (json!({"sign": "wrong_key"}), Doubt::Signature),
    ] {
        peer.fault(fault.clone()).await?;
        assert_eq!(peer.sign_in(provider, "amina").await?, Err(doubt.into()), "{fault}");
    }
    for fault in
        [json!({}), json!({"claims": {"aud": ["tamuda", "another"], "azp": "tamuda"}}), json!({"sign": "no_kid"})]
    {
        peer.fault(fault.clone()).await?;
        assert!(peer.sign_in(provider, "amina").await?.is_ok(), "{fault}");
    }
    Ok(())
}

#[tokio::test]
async fn a_token_is_good_by_the_clock_that_is_given() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    // The provider's tokens are good for five minutes, and clocks may differ by one.
    for (seconds, expected) in [(330, Ok(())), (420, Err(Doubt::Expired)), (-30, Ok(())), (-75, Err(Doubt::Early))] {
        let (mut pending, callback) = begun(provider, "amina").await?;
        let now = Timestamp::now() + SignedDuration::from_secs(seconds);
        pending.at = now;
        let answer = provider.finish(pending, callback, now).await.map(drop);
        assert_eq!(answer, expected.map_err(Error::from), "{seconds}");
    }
    Ok(())
}

#[tokio::test]
async fn only_algorithms_that_the_provider_announced_are_taken() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    peer.fault(json!({"metadata": {"id_token_signing_alg_values_supported": ["ES256"]}})).await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    assert_eq!(peer.sign_in(provider, "amina").await?, Err(Doubt::Algorithm.into()));
    peer.control("/rotate", json!({"alg": "ES256"})).await?;
    assert!(peer.sign_in(provider, "amina").await?.is_ok());
    // Announcing that anybody may sign does not make it so.
    let careless = json!({"id_token_signing_alg_values_supported": ["none", "HS256", "ES256"]});
    for sign in ["none", "shared_secret"] {
        peer.fault(json!({"metadata": careless, "sign": sign})).await?;
        let fresh = peer.openid()?;
        let answer = peer.sign_in(fresh.get("peer").context("no provider")?, "amina").await?;
        assert_eq!(answer, Err(Doubt::Algorithm.into()), "{sign}");
    }
    Ok(())
}

#[tokio::test]
async fn a_description_of_somebody_else_or_of_unencrypted_places_is_not_believed() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    for (metadata, doubt) in [
        (json!({"issuer": "https://id.example.org"}), Doubt::Issuer),
        (json!({"token_endpoint": "http://id.example.org/"}), Doubt::Plain("an address in the provider's description")),
        (json!({"jwks_uri": "http://10.0.0.1/"}), Doubt::Plain("an address in the provider's description")),
        (json!({"jwks_uri": null}), Doubt::Unreadable("the provider's description")),
    ] {
        peer.fault(json!({"metadata": metadata})).await?;
        let all = peer.openid()?;
        let provider = all.get("peer").context("no provider")?;
        let answer = provider.begin(&CALLBACK.parse()?, Timestamp::now()).await;
        assert_eq!(answer.map(drop), Err(doubt.into()), "{metadata}");
    }
    Ok(())
}

#[tokio::test]
async fn microsoft_signs_in_the_people_of_allowed_directories_only() -> anyhow::Result<()> {
    const OURS: &str = "3f1c7c6e-0000-4000-8000-000000000001";
    const THEIRS: &str = "3f1c7c6e-0000-4000-8000-000000000002";
    let peer = Peer::start().await?;
    let issuer = peer.issuer();
    let token = |tid: &str, iss: &str| json!({"claims": {"tid": tid, "iss": format!("{issuer}/{iss}/v2.0")}});
    let settings = |lines: &str| provider(&format!("kind = 'microsoft'\nissuer = '{issuer}'\n{lines}"));
    let anybody = settings("tenant = 'organizations'")?;
    let some = settings(&format!("tenant = 'organizations'\ntenants = ['{OURS}']"))?;
    let one = settings(&format!("tenant = '{OURS}'"))?;
    for (all, fault, expected) in [
        (&anybody, token(OURS, OURS), Ok(())),
        (&anybody, token(THEIRS, THEIRS), Ok(())),
        (&anybody, token(OURS, THEIRS), Err(Doubt::Issuer)),
        (&anybody, json!({"claims": {"iss": format!("{issuer}/{{tenantid}}/v2.0")}}), Err(Doubt::Tenant)),
        (&some, token(OURS, OURS), Ok(())),
        (&some, token(THEIRS, THEIRS), Err(Doubt::Tenant)),
        (&one, token(OURS, OURS), Ok(())),
        (&one, token(THEIRS, OURS), Err(Doubt::Tenant)),
        (&one, token(OURS, THEIRS), Err(Doubt::Issuer)),
    ] {
        peer.fault(fault.clone()).await?;
        let answer = peer.sign_in(all.get("peer").context("no provider")?, "amina").await?;
        assert_eq!(answer.map(drop), expected.map_err(Error::from), "{fault}");
    }
    // A key that signs for one directory does not sign for another.
    let fault =
        |of: &str| json!({"claims": token(OURS, OURS)["claims"], "keys": {"issuer": format!("{issuer}/{of}/v2.0")}});
    for (of, expected) in [(OURS, Ok(())), ("{tenantid}", Ok(())), (THEIRS, Err(Doubt::Issuer))] {
        peer.fault(fault(of)).await?;
        let all = settings("tenant = 'organizations'")?;
        let answer = peer.sign_in(all.get("peer").context("no provider")?, "amina").await?;
        assert_eq!(answer.map(drop), expected.map_err(Error::from), "{of}");
    }
    Ok(())
}
