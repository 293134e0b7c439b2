//! Showing once more who one is at a real provider, for who has no password here.

use end2end::Portal;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::world::{Browser, GO, number, world};

const PROVE: &str = "/prove/with/peer?return=/factors";
/// Sessions whose person showed who they are within the last minutes.
const RECENT: &str =
    "SELECT count(*) AS n FROM session WHERE ended_at IS NULL AND proved_at > now() - interval '5 minutes'";

/// An hour passes for what everybody has proved.
async fn grow_stale(portal: &Portal) -> anyhow::Result<()> {
    let owner = sea_orm::Database::connect(portal.database().owner_url()).await?;
    owner.execute_unprepared("UPDATE session SET proved_at = proved_at - interval '1 hour'").await?;
    Ok(owner.close().await?)
}

async fn audited(portal: &Portal, verb: &str) -> anyhow::Result<i64> {
    number(portal, &format!("SELECT count(*) AS n FROM audit WHERE verb = '{verb}'")).await
}

#[tokio::test]
async fn who_has_no_password_shows_at_the_provider_who_they_are() -> anyhow::Result<()> {
    let (_provider, portal) = world().await?;
    let amina = Browser::new(&portal)?;
    amina.sign_in(GO, "amina").await?;
    grow_stale(&portal).await?;
    let asked = amina.send("/factors/totp", "").await?;
    assert_eq!((asked.status, asked.url.path()), (200, "/prove"), "{}", asked.text);
    let link = "href=\"/prove/with/peer?return=%2Ffactors\"";
    assert!(asked.text.contains("Show it at Peer") && asked.text.contains(link), "{}", asked.text);
    // They are signed in there, and are asked all the same: else this is no proof.
    let before = audited(&portal, "session.proved").await?;
    let proved = amina.sign_in(PROVE, "amina").await?;
    assert_eq!((proved.status, proved.url.path()), (200, "/factors"), "{}", proved.text);
    assert_eq!(audited(&portal, "session.proved").await?, before + 1);
    assert_eq!(number(&portal, RECENT).await?, 1);
    assert_eq!(amina.send("/factors/totp", "").await?.url.path(), "/factors/totp");
    Ok(())
}

#[tokio::test]
async fn another_account_or_an_old_sign_in_there_proves_nothing() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let (amina, owner) = (Browser::new(&portal)?, Browser::new(&portal)?);
    amina.sign_in(GO, "amina").await?;
    owner.send("/sign-in", "email=owner@rif-biomed.example&password=tetouan-demo").await?;
    grow_stale(&portal).await?;
    amina.forget_others();
    let another = amina.sign_in(PROVE, "youssef").await?;
    assert_eq!((another.status, another.url.path()), (200, "/prove"), "{}", another.text);
    assert!(another.text.contains("Somebody else signed in at Peer"), "{}", another.text);
    assert_eq!(audited(&portal, "session.proof_failed").await?, 1);
    amina.forget_others();
    for auth_time in [json!(null), json!(1_000_000_000)] {
        provider.control("fault", &json!({ "claims": { "auth_time": auth_time } })).await?;
        let old = amina.sign_in(PROVE, "amina").await?;
        assert_eq!(old.status, 403, "{auth_time}: {}", old.text);
        assert!(old.text.contains("Peer did not ask you anew"), "{auth_time}: {}", old.text);
    }
    provider.control("fault", &json!({})).await?;
    assert_eq!(number(&portal, RECENT).await?, 0);
    assert_eq!(number(&portal, "SELECT count(*) AS n FROM identity").await?, 1, "and nobody came in by it");
    assert!(amina.is_signed_in().await?);
    // Who has no account there is not led there, nor who is not signed in.
    assert_eq!(owner.open(PROVE).await?.status, 404);
    assert_eq!(Browser::new(&portal)?.open(PROVE).await?.url.path(), "/sign-in");
    // A proof that was begun is finished by who is signed in, and by nobody who has signed out in between.
    let answer = amina.answer_unopened_at(PROVE, "amina").await?;
    amina.send("/sign-out", "").await?;
    assert_eq!(amina.open(answer.as_str()).await?.status, 410);
    assert!(!amina.is_signed_in().await?);
    Ok(())
}
