//! Signing in with an account at a real provider: new people, those who are here already, and what must not happen.

use std::time::Duration;

use anyhow::{Context, ensure};
use end2end::{Portal, peers::OpenIdProvider};
use reqwest::{Method, Response, Url, header};
use serde_json::json;

use crate::world::{Browser, GO, Page, number, world};

const OF_AMINA: &str = "SELECT count(*) AS n FROM person WHERE email = 'amina@atlas.example'";

#[tokio::test]
async fn a_new_person_has_an_account_from_then_on_and_comes_again_to_the_same() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let amina = Browser::new(&portal)?;
    let offered = amina.open("/sign-in").await?.text;
    assert!(offered.contains("Continue with Peer") && offered.contains("href=\"/sign-in/with/peer\""), "{offered}");
    let page = amina.sign_in(&format!("{GO}?return=/organisations/new"), "amina").await?;
    assert_eq!((page.status, page.url.path()), (200, "/organisations/new"));
    let name = "SELECT count(*) AS n FROM person WHERE email = 'amina@atlas.example' AND name = 'Amina Idrissi'";
    assert_eq!(number(&portal, name).await?, 1);
    // Another device, and another address at the provider, be it somebody else's here: it is the same person.
    for email in ["amina@elsewhere.example", "owner@rif-biomed.example"] {
        let moved = json!({ "amina": { "sub": "amina-1", "email": email, "email_verified": true, "name": "Another" } });
        provider.control("people", &moved).await?;
        let again = Browser::new(&portal)?.sign_in(GO, "amina").await?;
        assert_eq!((again.status, again.url.path()), (200, "/home"), "{email}: {}", again.text);
        assert_eq!(number(&portal, name).await?, 1, "{email}: the address here is the person's own affair");
    }
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM person WHERE email LIKE '%@elsewhere.example'").await?, 0);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity").await?, 1);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity_offer").await?, 0);
    let sessions = "SELECT count(*) AS n FROM session s JOIN person p ON p.id = s.user_id
                    WHERE p.email = 'amina@atlas.example'";
    assert_eq!(number(&portal, sessions).await?, 3);
    // The address that was amina's there is somebody else's by now: that one is not amina.
    let heir = json!({ "heir": { "sub": "heir-7", "email": "amina@atlas.example", "email_verified": true } });
    provider.control("people", &heir).await?;
    let heir = Browser::new(&portal)?;
    let asked = heir.sign_in(GO, "heir").await?;
    assert!(asked.text.contains("not linked to Peer yet"), "{}", asked.text);
    assert!(!heir.is_signed_in().await?);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity").await?, 1);
    Ok(())
}

#[tokio::test]
async fn an_account_that_is_here_is_linked_by_its_password_alone() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let people = json!({ "owner": { "sub": "owner-9", "email": "owner@rif-biomed.example", "email_verified": true } });
    provider.control("people", &people).await?;
    let owner = Browser::new(&portal)?;
    let offered = owner.sign_in(&format!("{GO}?return=/o/rif-biomed/wallet"), "owner").await?;
    assert_eq!((offered.status, offered.url.path()), (200, "/sign-in/with/peer/back"));
    assert!(offered.text.contains("owner@rif-biomed.example"), "{}", offered.text);
    assert_eq!(owner.open("/home").await?.url.path(), "/sign-in", "nobody is signed in by an address");
    let (_, token) = offered.text.split_once("name=\"token\" value=\"").context("no token")?;
    let token: String = token.chars().take_while(char::is_ascii_hexdigit).collect();
    let form = |password: &str| format!("token={token}&password={password}&return=/o/rif-biomed/wallet");
    let wrong = owner.send("/sign-in/with/peer/link", &form("guessed")).await?;
    assert_eq!(wrong.status, 401);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity").await?, 0);
    let linked = owner.send("/sign-in/with/peer/link", &form("tetouan-demo")).await?;
    assert_eq!((linked.status, linked.url.path()), (200, "/o/rif-biomed/wallet"), "{}", linked.text);
    let again = Browser::new(&portal)?.sign_in(GO, "owner").await?;
    assert_eq!((again.status, again.url.path()), (200, "/o/rif-biomed"));
    let used = owner.send("/sign-in/with/peer/link", &form("tetouan-demo")).await?;
    assert_eq!(used.status, 410, "an offer is good once");
    let told = "SELECT count(*) AS n FROM outbox WHERE kind = 'identity-linked'";
    assert_eq!(number(&portal, told).await?, 1);
    Ok(())
}

#[tokio::test]
async fn an_address_that_the_provider_does_not_vouch_for_opens_nothing() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let refused = Browser::new(&portal)?.sign_in(GO, "impostor").await?;
    assert_eq!(refused.status, 403, "{}", refused.text);
    for verified in [json!("true"), json!(false), json!(1), json!(null)] {
        provider
            .control("fault", &json!({ "claims_in_id_token": true, "account": { "email_verified": verified } }))
            .await?;
        let refused = Browser::new(&portal)?.sign_in(GO, "amina").await?;
        assert_eq!(refused.status, 403, "{verified}: {}", refused.text);
        assert!(refused.text.contains("vouches for no address"), "{verified}: {}", refused.text);
    }
    assert_eq!(number(&portal, OF_AMINA).await?, 0);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity_offer").await?, 0);
    Ok(())
}

#[tokio::test]
async fn whoever_says_that_another_persons_address_is_theirs_gets_nothing_of_that_person() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let counts = async || {
        let mut found = Vec::new();
        for table in ["identity", "identity_offer", "session", "person"] {
            found.push(number(&portal, &format!("SELECT count(*) AS n FROM {table}")).await?);
        }
        anyhow::Ok(found)
    };
    let before = counts().await?;
    for verified in [json!(false), json!("true"), json!(null)] {
        let taker = json!({ "sub": "taker-6", "email": "owner@rif-biomed.example", "email_verified": verified });
        provider.control("people", &json!({ "taker": taker })).await?;
        for in_id_token in [false, true] {
            provider.control("fault", &json!({ "claims_in_id_token": in_id_token })).await?;
            let taker = Browser::new(&portal)?;
            let refused = taker.sign_in(GO, "taker").await?;
            assert_eq!(refused.status, 403, "{verified}: {}", refused.text);
            assert!(refused.text.contains("vouches for no address"), "{verified}: {}", refused.text);
            let tells = refused.text.contains("name=\"token\"") || refused.text.contains("owner@rif-biomed.example");
            assert!(!tells, "{verified}: nothing is offered, and nobody learns who is here: {}", refused.text);
            assert!(!taker.is_signed_in().await?, "{verified}");
        }
    }
    assert_eq!(counts().await?, before);
    Ok(())
}

#[tokio::test]
async fn what_another_browser_began_is_not_finished_by_this_one() -> anyhow::Result<()> {
    const SESSIONS: &str = "SELECT count(*) AS n FROM session";
    let (_provider, portal) = world().await?;
    let n_sessions = number(&portal, SESSIONS).await?;
    let (thief, victim) = (Browser::new(&portal)?, Browser::new(&portal)?);
    // The thief signs in as themselves and leads the victim to their answer, which nobody has opened.
    let answer = thief.answer_unopened("youssef").await?;
    assert!(answer.query_pairs().any(|(name, _)| name == "code"), "{answer}");
    let bare = victim.open(answer.as_str()).await?;
    assert_eq!(bare.status, 410, "a browser that began nothing finishes nothing");
    victim.open(GO).await?;
    let begun = victim.open(answer.as_str()).await?;
    assert_eq!(begun.status, 403, "and one that began something finishes nothing else: {}", begun.text);
    assert!(begun.text.contains("cannot be trusted"), "{}", begun.text);
    assert_eq!(victim.open(answer.as_str()).await?.status, 410, "what it had begun is over");
    assert!(!victim.is_signed_in().await?);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity").await?, 0);
    assert_eq!(number(&portal, SESSIONS).await?, n_sessions);
    // The answer was a good one all the time, for the browser that it belongs to.
    assert_eq!(thief.open(answer.as_str()).await?.status, 200);
    assert!(thief.is_signed_in().await?);
    Ok(())
}

#[tokio::test]
async fn when_the_provider_is_away_or_wrong_the_page_says_so_and_passwords_still_work() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let browser = Browser::new(&portal)?;
    provider.control("fault", &json!({ "at": { "/.well-known/openid-configuration": { "status": 500 } } })).await?;
    let away = browser.open(GO).await?;
    assert_eq!(away.status, 502);
    assert!(away.text.contains("Peer does not answer"), "{}", away.text);
    let password =
        Browser::new(&portal)?.send("/sign-in", "email=owner@rif-biomed.example&password=tetouan-demo").await?;
    assert_eq!((password.status, password.url.path()), (200, "/o/rif-biomed"));
    provider.control("fault", &json!({ "sign": "none" })).await?;
    // A failure is remembered for a moment.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let unsigned = browser.sign_in(GO, "amina").await?;
    assert_eq!(unsigned.status, 403);
    assert!(unsigned.text.contains("cannot be trusted"), "{}", unsigned.text);
    provider.control("fault", &json!({})).await?;
    assert_eq!(browser.open("/sign-in/with/nobody").await?.status, 404, "there is no such provider");
    assert_eq!(number(&portal, OF_AMINA).await?, 0);
    Ok(())
}

/// Goes to where a page leads by this link.
fn linked(page: &Page, to: &str) -> anyhow::Result<Url> {
    let (_, rest) = page.text.split_once(&format!("href=\"{to}")).with_context(|| page.text.clone())?;
    let address = rest.split('"').next().unwrap_or_default().replace("&amp;", "&");
    Ok(format!("{to}{address}").parse()?)
}

#[tokio::test]
async fn who_signs_out_here_is_led_over_the_provider_and_back() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let amina = Browser::new(&portal)?;
    amina.sign_in(GO, "amina").await?;
    let leaving = amina.send("/sign-out", "").await?;
    assert_eq!((leaving.status, leaving.url.path()), (200, "/sign-out"));
    assert!(leaving.text.contains("Sign out at Peer too"), "{}", leaving.text);
    assert_eq!(amina.open("/home").await?.url.path(), "/sign-in", "it does not wait for the provider");
    let there = linked(&leaving, &provider.issuer())?;
    assert!(there.query_pairs().any(|(name, _)| name == "id_token_hint"), "{there}");
    let asks = amina.follow(Method::GET, there, None).await?;
    let (_, rest) = asks.text.split_once("name=\"xsrf\" value=\"").with_context(|| asks.text.clone())?;
    let form = format!("xsrf={}&logout=yes", rest.split('"').next().unwrap_or_default());
    let back = amina.follow(Method::POST, asks.url.join("/session/end/confirm")?, Some(&form)).await?;
    assert_eq!((back.status, back.url.path()), (200, "/sign-in"));
    // The provider does not know them any more either: it asks who they are.
    let again = amina.open(GO).await?;
    assert!(again.text.contains("Who are you?"), "{}", again.text);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM session_origin").await?, 0);
    Ok(())
}

#[tokio::test]
async fn signing_out_works_while_the_provider_does_not() -> anyhow::Result<()> {
    let (provider, mut portal) = world().await?;
    let amina = Browser::new(&portal)?;
    amina.sign_in(GO, "amina").await?;
    provider.control("down", &json!({})).await?;
    // A portal that has not yet heard where the provider signs people out.
    portal.stop_portal().await?;
    let arguments = provider.offered_at(&portal.origin()).await?;
    portal.start_portal_with(&[&arguments[0], &arguments[1]]).await?;
    let left = amina.send("/sign-out", "").await?;
    assert_eq!((left.status, left.url.path()), (200, "/sign-in"));
    assert!(left.text.contains("You are signed out here, not at Peer"), "{}", left.text);
    assert_eq!(amina.open("/home").await?.url.path(), "/sign-in");
    Ok(())
}

/// Somebody who owns an organisation, signed in by the provider.
async fn owner_by_provider(provider: &OpenIdProvider, portal: &Portal) -> anyhow::Result<Browser> {
    let people = json!({ "owner": { "sub": "owner-9", "email": "owner@rif-biomed.example", "email_verified": true } });
    provider.control("people", &people).await?;
    let owner = Browser::new(portal)?;
    let page = owner.sign_in(GO, "owner").await?;
    if let Some((_, token)) = page.text.split_once("name=\"token\" value=\"") {
        let token: String = token.chars().take_while(char::is_ascii_hexdigit).collect();
        owner.send("/sign-in/with/peer/link", &format!("token={token}&password=tetouan-demo")).await?;
    }
    ensure!(owner.open("/o/rif-biomed").await?.status == 200, "not signed in");
    Ok(owner)
}

/// Whether a stream ends soon.
async fn ends(stream: &mut Response) -> bool {
    let rest = async { while let Ok(Some(_)) = stream.chunk().await {} };
    tokio::time::timeout(Duration::from_secs(3), rest).await.is_ok()
}

#[tokio::test]
async fn who_signs_out_at_the_provider_is_signed_out_here_and_sees_no_more() -> anyhow::Result<()> {
    const TOLD: &str = "/sign-in/with/peer/signed-out";
    let (provider, portal) = world().await?;
    let (one, other) = (owner_by_provider(&provider, &portal).await?, owner_by_provider(&provider, &portal).await?);
    let events = portal.origin().parse::<Url>()?.join("/o/rif-biomed/events?topic=instances")?;
    let (mut first, mut second) =
        (one.ask(Method::GET, &events, None).await?, other.ask(Method::GET, &events, None).await?);
    assert_eq!((first.status().as_u16(), second.status().as_u16()), (200, 200));
    let sid = "SELECT sid FROM session_origin ORDER BY session_id LIMIT 1";
    let sid = portal.database().rows(sid).await?[0]["sid"].clone();
    let url = format!("{}{TOLD}", portal.origin());
    for wrong in [
        json!({ "claims": { "aud": "another" } }),
        json!({ "claims": { "nonce": "a" } }),
        json!({ "claims": { "events": {} } }),
        json!({ "sign": "none" }),
        json!({ "sign": "wrong_key" }),
    ] {
        let mut asked = wrong.clone();
        asked["url"] = json!(url);
        asked["sub"] = json!("owner-9");
        assert_eq!(provider.control("logout", &asked).await?["status"], 400, "{wrong}");
    }
    assert_eq!(other.open("/o/rif-biomed").await?.status, 200);
    let told = provider.control("logout", &json!({ "url": url, "sid": sid })).await?;
    assert_eq!(told["status"], 200, "{told}");
    assert!(ends(&mut first).await, "the stream goes on");
    assert_eq!(one.open("/o/rif-biomed").await?.url.path(), "/sign-in");
    assert_eq!(other.open("/o/rif-biomed").await?.status, 200, "the other session at the provider goes on");
    assert!(!ends(&mut second).await);
    let replayed = Browser::new(&portal)?;
    let again = replayed.send(TOLD, &format!("logout_token={}", told["token"].as_str().context("no token")?)).await?;
    assert_eq!(again.status, 400, "a notice works once");
    assert!(again.text.contains("invalid_request"), "{}", again.text);
    let told = provider.control("logout", &json!({ "url": url, "sub": "owner-9" })).await?;
    assert_eq!(told["status"], 200, "{told}");
    assert!(ends(&mut second).await, "the stream goes on");
    Ok(())
}

#[tokio::test]
async fn a_notice_is_answered_as_the_standard_says_and_nothing_else_may_come_from_another_site() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let amina = Browser::new(&portal)?;
    amina.sign_in(GO, "amina").await?;
    let made = provider.control("logout", &json!({ "sub": "amina-1" })).await?;
    let form = format!("logout_token={}", made["token"].as_str().context("no token")?);
    let from_elsewhere = async |path: &str, form: &str| {
        let request = amina.client.post(amina.portal.join(path)?).header(header::ORIGIN, "https://id.example.org");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.to_owned());
        anyhow::Ok(request.send().await?)
    };
    assert_eq!(from_elsewhere("/sign-in/with/peer/link", &form).await?.status(), 403);
    assert_eq!(from_elsewhere("/sign-in/with/nobody/signed-out", &form).await?.status(), 404);
    for broken in ["", "logout_token=", "logout_token=a.b.c"] {
        let refused = from_elsewhere("/sign-in/with/peer/signed-out", broken).await?;
        assert_eq!(refused.status(), 400, "{broken}");
        assert_eq!(refused.headers()[header::CACHE_CONTROL], "no-store");
    }
    assert_eq!(amina.open("/home").await?.url.path(), "/home");
    let heard = from_elsewhere("/sign-in/with/peer/signed-out", &form).await?;
    assert_eq!(heard.status(), 200);
    assert_eq!(heard.headers()[header::CACHE_CONTROL], "no-store");
    assert_eq!(amina.open("/home").await?.url.path(), "/sign-in");
    Ok(())
}

#[tokio::test]
async fn a_confirmed_domain_lets_its_people_in_and_nobody_before() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let people = json!({
        "salma": { "sub": "salma-4", "email": "salma@atlas.example", "email_verified": true, "name": "Salma" },
        "sub": { "sub": "sub-5", "email": "sub@mail.atlas.example", "email_verified": true, "name": "Sub" },
    });
    provider.control("people", &people).await?;
    let (owner, operator) = (Browser::new(&portal)?, Browser::new(&portal)?);
    owner.send("/sign-in", "email=owner@rif-biomed.example&password=tetouan-demo").await?;
    let person = portal.person("operator of the hub")?;
    operator.send("/sign-in", &format!("email={}&password={}", person.email, person.password)).await?;
    let form = "name=Atlas.Example&provider=peer&role=viewer&idempotency_key=claims";
    let asked = owner.send("/o/rif-biomed/domains/new", form).await?;
    assert_eq!((asked.status, asked.url.path()), (200, "/o/rif-biomed/members"), "{}", asked.text);
    let early = Browser::new(&portal)?.sign_in(&format!("{GO}?return=/o/rif-biomed/members"), "salma").await?;
    assert_eq!(early.status, 404, "nobody comes in before the hub has confirmed it");
    let (_, rest) = asked.text.split_once("/domains/dom_").with_context(|| asked.text.clone())?;
    let domain = format!("/staff/domains/rif-biomed/dom_{}", rest.split('/').next().unwrap_or_default());
    let looked = operator.open(&domain).await?;
    assert!(looked.text.contains("dig +short TXT _tamuda.atlas.example"), "{}", looked.text);
    let confirmed = operator.send(&domain, "answer=confirm&reason=dig+shows+it").await?;
    assert_eq!((confirmed.status, confirmed.url.path()), (200, "/staff/domains"), "{}", confirmed.text);
    for (login, status) in [("salma", 200), ("amina", 200), ("sub", 404), ("youssef", 404)] {
        let page = Browser::new(&portal)?.sign_in(&format!("{GO}?return=/o/rif-biomed/members"), login).await?;
        assert_eq!(page.status, status, "{login}: {}", page.text);
    }
    let told = "SELECT count(*) AS n FROM outbox WHERE kind = 'member-joined'";
    assert_eq!(number(&portal, told).await?, 2);
    Ok(())
}
