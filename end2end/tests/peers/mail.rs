//! Letters on their way out: a real mail server takes them over TLS from who signs in, and refuses them in every way, or says
//! nothing at all.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use end2end::{Portal, Visitor, peers::MailServer, until_within};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(40);
/// A letter is given a minute, and a busy machine some time beside it.
const ON_ITS_WAY: Duration = Duration::from_secs(90);
const OWNER: &str = "owner@rif-biomed.example";
const DEVELOPER: &str = "developer@rif-biomed.example";
const VIEWER: &str = "viewer@rif-biomed.example";

/// A portal that hands its letters to the server by these arguments.
async fn portal(arguments: &[[String; 2]]) -> anyhow::Result<Portal> {
    let mut portal = Portal::start().await?;
    portal.stop_portal().await?;
    start(&mut portal, arguments).await?;
    Ok(portal)
}

async fn start(portal: &mut Portal, arguments: &[[String; 2]]) -> anyhow::Result<()> {
    let words: Vec<&str> = arguments.iter().flatten().map(String::as_str).collect();
    portal.start_portal_with(&words).await
}

/// Somebody forgot the owner's password.
async fn forget(portal: &Portal) -> anyhow::Result<Visitor> {
    forget_that_of(portal, OWNER).await
}

/// Somebody forgot the password of the account with this address.
async fn forget_that_of(portal: &Portal, email: &str) -> anyhow::Result<Visitor> {
    let somebody = Visitor::nobody(&portal.origin())?;
    somebody.submit("/password/forgotten", &format!("email={}", email.replace('@', "%40"))).await?;
    Ok(somebody)
}

/// The letters that came in for somebody, once there are so many.
async fn letters(server: &MailServer, to: &str, n: usize) -> anyhow::Result<Vec<Value>> {
    until_within(PATIENCE, async || {
        let mut letters = server.letters().await?;
        letters.retain(|letter| letter["to"] == json!([to]));
        ensure!(letters.len() == n, "{} letters, not {n}: {}", letters.len(), server.last_words());
        Ok(letters)
    })
    .await
}

/// What the portal noted of its only letter that did not leave.
async fn failure(portal: &Portal) -> anyhow::Result<Value> {
    failure_of(portal, OWNER, PATIENCE).await
}

/// What the portal notes within this time of its only letter to somebody that did not leave.
async fn failure_of(portal: &Portal, recipient: &str, patience: Duration) -> anyhow::Result<Value> {
    let sql = format!(
        "SELECT id, failure, next_at, given_up_at, sent_at, attempts FROM outbox
         WHERE failure IS NOT NULL AND recipient = '{recipient}'"
    );
    until_within(patience, async || {
        let all = portal.database().rows("SELECT kind, recipient, failure, next_at, attempts FROM outbox").await?;
        portal.database().rows(&sql).await?.pop().with_context(|| format!("no letter has failed: {all:?}"))
    })
    .await
}

/// Waits until the server has said nothing to as many as it was told.
async fn until_silent(server: &MailServer) -> anyhow::Result<()> {
    until_within(PATIENCE, async || {
        let left = server.silence().await?;
        ensure!(left == json!({"greeting": 0, "data": 0}), "nobody met the silence yet: {left}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_letter_leaves_encrypted_and_signed_in_and_its_link_sets_a_password() -> anyhow::Result<()> {
    let server = MailServer::start().await?;
    let portal = portal(&[server.starttls()?, server.trusted()]).await?;
    let somebody = forget(&portal).await?;
    let letter = letters(&server, OWNER, 1).await?.remove(0);
    assert_eq!(letter["to"], json!([OWNER]));
    assert_eq!((&letter["encrypted"], &letter["user"]), (&json!(true), &json!("tamuda")));
    assert_eq!(letter["subject"], "Set a new password");
    let text = letter["text"].as_str().context("no text")?;
    let link = text.lines().find(|line| line.starts_with(&portal.origin())).context("no link")?;
    assert!(letter["html"].as_str().is_some_and(|html| html.contains(&format!("href=\"{link}\""))), "{letter}");
    let (_, token) = link.split_once("token=").context("no token")?;
    assert!(somebody.open(&format!("/password/reset?token={token}")).await?.text().await?.contains(OWNER));
    somebody.submit("/password/reset", &format!("token={token}&password=a+few+words+in+a+row")).await?;
    let notice = letters(&server, OWNER, 2).await?.remove(1);
    assert_eq!(notice["subject"], "Your password was changed");
    assert_ne!(notice["message_id"], letter["message_id"]);
    until_within(PATIENCE, async || {
        let kept = portal.database().rows("SELECT payload FROM outbox WHERE payload <> '{}'").await?;
        ensure!(kept.is_empty(), "what was sent is kept: {kept:?}");
        Ok(())
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn a_letter_waits_while_the_server_does_not_let_us_in_and_leaves_once_it_does() -> anyhow::Result<()> {
    let server = MailServer::start().await?;
    let mut portal = portal(&[server.tls("wrong")?, server.trusted()]).await?;
    forget(&portal).await?;
    let waits = failure(&portal).await?;
    assert!(waits["failure"].as_str().is_some_and(|said| said.contains("535")), "{waits}");
    assert!(waits["given_up_at"].is_null() && waits["next_at"].is_string(), "{waits}");
    portal.stop_portal().await?;
    start(&mut portal, &[server.tls("a%20secret")?, server.trusted()]).await?;
    retry(&portal, &waits).await?;
    assert_eq!(letters(&server, OWNER, 1).await?[0]["encrypted"], true);
    Ok(())
}

#[tokio::test]
async fn a_recipient_refused_for_good_is_the_operators_and_for_now_is_tried_again() -> anyhow::Result<()> {
    let server = MailServer::start().await?;
    let portal = portal(&[server.starttls()?, server.trusted()]).await?;
    // Whoever signs in from a new device is told so: that letter comes first, and is not the one that is refused.
    let operator = portal.visitor("operator of the hub").await?;
    let told = letters(&server, "operator@hub.example", 1).await?;
    assert_eq!(told[0]["subject"], "A sign-in from a new device");
    server.refuse(&json!({"code": 550, "words": "no such mailbox", "times": 1})).await?;
    forget(&portal).await?;
    let given_up = failure(&portal).await?;
    assert!(given_up["given_up_at"].is_string() && given_up["next_at"].is_null(), "{given_up}");
    let page = operator.open("/staff/letters").await?.text().await?;
    assert!(page.contains("no such mailbox") && page.contains(OWNER) && !page.contains("token"));
    server.refuse(&json!({"code": 451, "words": "greylisted", "times": 1})).await?;
    retry(&portal, &given_up).await?;
    let waits = until_within(PATIENCE, async || {
        let letter = failure(&portal).await?;
        ensure!(letter["failure"].as_str().is_some_and(|said| said.contains("greylisted")), "{letter}");
        Ok(letter)
    })
    .await?;
    assert!(waits["next_at"].is_string() && waits["attempts"] == 1, "{waits}");
    retry(&portal, &waits).await?;
    letters(&server, OWNER, 1).await?;
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_that_nobody_vouches_for() -> anyhow::Result<()> {
    let server = MailServer::start().await?;
    let portal = portal(&[server.starttls()?]).await?;
    forget(&portal).await?;
    let waits = failure(&portal).await?;
    assert!(waits["next_at"].is_string(), "{waits}");
    assert_eq!(server.letters().await?, Vec::<Value>::new());
    Ok(())
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up_in_time_and_keeps_no_other_letter_waiting() -> anyhow::Result<()> {
    let server = MailServer::start().await?;
    let portal = portal(&[server.starttls()?, server.trusted()]).await?;
    // What else is to be sent has left, so that the silence meets these.
    until_within(PATIENCE, async || {
        let waiting = portal.database().rows("SELECT kind, recipient FROM outbox WHERE next_at IS NOT NULL").await?;
        ensure!(waiting.is_empty(), "letters wait: {waiting:?}");
        Ok(())
    })
    .await?;
    let since = Instant::now();
    server.fall_silent(&json!({"greeting": 1})).await?;
    forget(&portal).await?;
    until_silent(&server).await?;
    server.fall_silent(&json!({"data": 1})).await?;
    forget_that_of(&portal, DEVELOPER).await?;
    until_silent(&server).await?;
    // Both are waited for, and meanwhile another one leaves.
    forget_that_of(&portal, VIEWER).await?;
    letters(&server, VIEWER, 1).await?;
    let sql = format!(
        "SELECT recipient, attempts FROM outbox WHERE recipient IN ('{DEVELOPER}', '{OWNER}') AND sent_at IS NULL
         AND failure IS NULL ORDER BY recipient"
    );
    let on_their_way = [DEVELOPER, OWNER].map(|recipient| json!({"recipient": recipient, "attempts": 1}));
    assert_eq!(portal.database().rows(&sql).await?, on_their_way, "after {:?}", since.elapsed());
    let left = || ON_ITS_WAY.saturating_sub(since.elapsed());
    let given_up = [failure_of(&portal, OWNER, left()).await?, failure_of(&portal, DEVELOPER, left()).await?];
    for (waits, recipient) in given_up.iter().zip([OWNER, DEVELOPER]) {
        assert!(waits["failure"].as_str().is_some_and(|said| said.contains("fell silent")), "{waits}");
        assert!(waits["given_up_at"].is_null() && waits["next_at"].is_string() && waits["attempts"] == 1, "{waits}");
        retry(&portal, waits).await?;
        letters(&server, recipient, 1).await?;
    }
    Ok(())
}

/// The operator has a letter tried now.
async fn retry(portal: &Portal, letter: &Value) -> anyhow::Result<()> {
    let operator = portal.visitor("operator of the hub").await?;
    let id: uuid::Uuid = letter["id"].as_str().context("no id")?.parse()?;
    let id = types::LetterId::from_uuid(id);
    operator.submit(&format!("/staff/letters/{id}/retry"), "").await?;
    Ok(())
}
