//! Signing out, from either side.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use openid::{Doubt, Error, Provider, SignedOut};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::peer::{Browser, CALLBACK, Peer, callback};

const BACK: &str = "http://127.0.0.1:1/";

/// What we make of a notice that is made so.
async fn told(peer: &Peer, provider: &Provider, asked: Value) -> anyhow::Result<Result<SignedOut, Error>> {
    let made = peer.control("/logout", asked).await?;
    let token = made["token"].as_str().context("no token")?;
    Ok(provider.signed_out(token, Timestamp::now()).await)
}

#[tokio::test]
async fn a_notice_of_a_sign_out_is_believed_only_when_everything_about_it_is_right() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let first = told(&peer, provider, json!({"sub": "amina-1"})).await??;
    assert_eq!(
        (first.issuer.as_str(), first.subject.as_deref(), first.sid),
        (peer.issuer().as_str(), Some("amina-1"), None)
    );
    let second = told(&peer, provider, json!({"sid": "s-1"})).await??;
    assert_eq!((second.subject, second.sid.as_deref()), (None, Some("s-1")));
    assert_ne!(first.jti, second.jti);
    assert!(told(&peer, provider, json!({"sub": "amina-1", "claims": {"exp": null}})).await?.is_ok());
    assert!(told(&peer, provider, json!({"sub": "amina-1", "header": {"typ": null}})).await?.is_ok());
    let now = Timestamp::now().as_second();
    let unreadable = Doubt::Unreadable("what the token says");
    for (wrong, doubt) in [
        (json!({"claims": {"aud": "another"}}), Doubt::Audience),
        (json!({"claims": {"iss": "https://id.example.org"}}), Doubt::Issuer),
        (json!({"claims": {"nonce": "a"}}), Doubt::Event),
        (json!({"claims": {"events": {}}}), Doubt::Event),
        (json!({"claims": {"events": {"http://schemas.openid.net/event/another": {}}}}), Doubt::Event),
        (json!({"claims": {"events": {"http://schemas.openid.net/event/backchannel-logout": true}}}), Doubt::Event),
        (json!({"claims": {"events": null}}), unreadable),
        (json!({"claims": {"jti": null}}), unreadable),
        (json!({"claims": {"iat": null}}), unreadable),
        (json!({"claims": {"sub": null}}), Doubt::Subject),
        (json!({"claims": {"iat": now + 300}}), Doubt::Early),
        (json!({"claims": {"exp": now - 100}}), Doubt::Expired),
        (json!({"claims": {"iat": now - 400, "exp": now + 400}}), Doubt::Expired),
        (json!({"header": {"typ": "at+jwt"}}), Doubt::Event),
        (json!({"header": {"crit": ["unheard_of"], "unheard_of": 1}}), Doubt::Unreadable("the token")),
        (json!({"sign": "none"}), Doubt::Algorithm),
        (json!({"sign": "shared_secret"}), Doubt::Algorithm),
        (json!({"sign": "unknown_key"}), Doubt::Key),
        (json!({"sign": "wrong_key"}), Doubt::Signature),
    ] {
        let mut asked = wrong.clone();
        asked["sub"] = json!("amina-1");
        assert_eq!(told(&peer, provider, asked).await?, Err(doubt.into()), "{wrong}");
    }
    for text in ["", "a", "a.b", "a.b.c", "a.b.c.d.e", "e30.e30.", "🔑.🔑.🔑"] {
        assert!(provider.signed_out(text, Timestamp::now()).await.is_err(), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_notice_is_remembered_for_as_long_as_it_would_be_believed() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let now = Timestamp::now();
    let late = json!({"sub": "amina-1", "claims": {"iat": now.as_second() + 60, "exp": now.as_second() + 9999}});
    let made = peer.control("/logout", late).await?;
    let token = made["token"].as_str().context("no token")?;
    let notice = provider.signed_out(token, now).await?;
    let before = notice.until - SignedDuration::from_secs(2);
    assert!(provider.signed_out(token, before).await.is_ok());
    assert_eq!(provider.signed_out(token, notice.until).await, Err(Doubt::Expired.into()));
    Ok(())
}

#[tokio::test]
async fn an_id_token_is_no_notice_of_a_sign_out() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let amina = peer.sign_in(provider, "amina").await??;
    let id_token = amina.id_token.context("no token")?;
    assert!(matches!(provider.signed_out(&id_token, Timestamp::now()).await, Err(Error::Untrusted(_))));
    Ok(())
}

#[tokio::test]
async fn who_signs_out_here_signs_out_there_and_the_provider_tells_us_so() -> anyhow::Result<()> {
    let peer = Peer::start().await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = format!("http://{}/notices", listener.local_addr()?);
    peer.control("/client", json!({"backchannel_logout_uri": own})).await?;
    let all = peer.openid()?;
    let provider = all.get("peer").context("no provider")?;
    let (url, pending) = provider.begin(&CALLBACK.parse()?, Timestamp::now()).await?;
    let browser = Browser::new()?;
    let back = browser.sign_in(url, "login=amina").await?;
    let amina = provider.finish(pending, callback(&back), Timestamp::now()).await?;
    let id_token = amina.id_token.context("no token")?;
    let unhinted = provider.sign_out(None, &BACK.parse()?).await?.context("no address")?;
    assert!(unhinted.query_pairs().any(|(name, value)| name == "client_id" && value == "tamuda"), "{unhinted}");
    let url = provider.sign_out(Some(&id_token), &BACK.parse()?).await?.context("no address")?;
    assert!(url.query_pairs().any(|(name, value)| name == "id_token_hint" && value == id_token), "{url}");
    let page = browser.page(url.clone()).await?;
    let (_, rest) = page.split_once("name=\"xsrf\" value=\"").context("no form")?;
    let (xsrf, _) = rest.split_once('"').context("no form")?;
    let form = format!("xsrf={xsrf}&logout=yes");
    let (back, token) = tokio::join!(browser.send(url.join("/session/end/confirm")?, &form), notice(&listener));
    let back = back?;
    assert_eq!(back.as_str(), BACK);
    let notice = provider.signed_out(&token?, Timestamp::now()).await?;
    assert_eq!(notice.sid, amina.sid);
    assert!(notice.sid.is_some());
    Ok(())
}

/// The logout token that the provider sends.
async fn notice(listener: &TcpListener) -> anyhow::Result<String> {
    let (mut stream, _) = listener.accept().await?;
    let mut request = String::new();
    let mut buffer = [0; 4096];
    while !request.contains("logout_token=") {
        let n = stream.read(&mut buffer).await?;
        anyhow::ensure!(n > 0, "it ended: {request}");
        request.push_str(std::str::from_utf8(&buffer[..n])?);
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await?;
    let (_, token) = request.split_once("logout_token=").context("no token")?;
    Ok(token.to_owned())
}
