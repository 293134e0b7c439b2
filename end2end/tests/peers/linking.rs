//! Linking an account at a real provider to one that is here, and taking it away again. That a passkey links is shown with a
//! device in software (`rules/linking.rs`); here is what the page offers and refuses.

use anyhow::Context;
use serde_json::json;

use crate::world::{Browser, GO, Page, named_world, number, world};

const LINK: &str = "/sign-in/with/peer/link";
const IDENTITIES: &str = "SELECT count(*) AS n FROM identity";

/// The token in the forms of an offer.
fn offered(page: &Page) -> anyhow::Result<String> {
    let (_, rest) = page.text.split_once("name=\"token\" value=\"").with_context(|| page.text.clone())?;
    Ok(rest.chars().take_while(char::is_ascii_hexdigit).collect())
}

#[tokio::test]
async fn an_account_that_is_here_may_be_linked_by_a_passkey_and_a_wrong_one_links_nothing() -> anyhow::Result<()> {
    let (provider, portal, address) = named_world().await?;
    let people = json!({ "owner": { "sub": "owner-9", "email": "owner@rif-biomed.example", "email_verified": true } });
    provider.control("people", &people).await?;
    let owner = Browser::at(address)?;
    let page = owner.sign_in(&format!("{GO}?return=/o/rif-biomed/wallet"), "owner").await?;
    assert_eq!(page.status, 200, "{}", page.text);
    let token = offered(&page)?;
    for part in [
        "action=\"/sign-in/with/peer/link/passkey\"",
        "data-begin=\"/sign-in/passkey/begin\"",
        "Passkeys need JavaScript",
        "action=\"/sign-in/with/peer/link\"",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    let begun = owner.send("/sign-in/passkey/begin", "").await?;
    assert_eq!(begun.status, 200, "{}", begun.text);
    let form = format!("token={token}&credential=%7B%7D&return=/o/rif-biomed/wallet");
    let forged = owner.send(&format!("{LINK}/passkey"), &form).await?;
    assert_eq!(forged.status, 401, "{}", forged.text);
    assert!(forged.text.contains("The code or the passkey is not the right one"), "{}", forged.text);
    assert_eq!(offered(&forged)?, token, "and one may try again");
    assert!(!owner.is_signed_in().await?);
    assert_eq!(number(&portal, IDENTITIES).await?, 0);
    let late = owner.send(&format!("{LINK}/passkey"), "token=guessed&credential=%7B%7D").await?;
    assert_eq!(late.status, 410, "{}", late.text);
    // The password is a way as before.
    let form = format!("token={token}&password=tetouan-demo&return=/o/rif-biomed/wallet");
    let linked = owner.send(LINK, &form).await?;
    assert_eq!((linked.status, linked.url.path()), (200, "/o/rif-biomed/wallet"), "{}", linked.text);
    assert_eq!(number(&portal, IDENTITIES).await?, 1);
    Ok(())
}

#[tokio::test]
async fn an_account_elsewhere_is_listed_and_once_removed_signs_nobody_in() -> anyhow::Result<()> {
    let (provider, portal) = world().await?;
    let people = json!({ "owner": { "sub": "owner-9", "email": "owner@rif-biomed.example", "email_verified": true } });
    provider.control("people", &people).await?;
    let (owner, elsewhere, amina) = (Browser::new(&portal)?, Browser::new(&portal)?, Browser::new(&portal)?);
    let offer = owner.sign_in(GO, "owner").await?;
    owner.send(LINK, &format!("token={}&password=tetouan-demo", offered(&offer)?)).await?;
    elsewhere.sign_in(GO, "owner").await?;
    assert!(elsewhere.is_signed_in().await?);
    let page = owner.open("/factors").await?;
    assert!(page.text.contains("Accounts elsewhere") && page.text.contains("value=\"owner-9\""), "{}", page.text);
    assert!(page.text.contains("Peer") && page.text.contains(&provider.issuer()), "{}", page.text);
    let issuer = provider.issuer().replace(':', "%3A").replace('/', "%2F");
    let which = |subject: &str| format!("issuer={issuer}&subject={subject}");
    let removed = owner.send("/factors/identities/remove", &which("owner-9")).await?;
    assert!(removed.text.contains("The account elsewhere is removed"), "{}", removed.text);
    assert_eq!(number(&portal, IDENTITIES).await?, 0);
    assert!(owner.is_signed_in().await? && !elsewhere.is_signed_in().await?);
    let again = Browser::new(&portal)?.sign_in(GO, "owner").await?;
    assert!(again.text.contains("not linked to Peer yet"), "{}", again.text);
    // Who came by the provider alone keeps it: there is no other way in.
    amina.sign_in(GO, "amina").await?;
    let kept = amina.send("/factors/identities/remove", &which("amina-1")).await?;
    assert!(kept.text.contains("This is the only way into your account"), "{}", kept.text);
    assert_eq!(number(&portal, IDENTITIES).await?, 1);
    Ok(())
}
