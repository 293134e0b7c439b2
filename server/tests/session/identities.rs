//! The accounts at providers that a person signs in with, on the page of the factors. Providers themselves are tried in
//! `end2end/tests/peers`.

use crate::portal::TestPortal;

const LINA: &str = "lina@acme.test";
const REMOVE: &str = "/factors/identities/remove";
const WHICH: &str = "issuer=https%3A%2F%2Fid.test&subject=lina-1";

/// Gives Lina, and somebody else, an account at a provider.
async fn link(portal: &TestPortal) {
    portal.person(LINA).await;
    portal.person("sara@else.test").await;
    let sql = "INSERT INTO identity (issuer, subject, user_id, linked_at)
               SELECT 'https://id.test', split_part(email, '@', 1) || '-1', id, created_at FROM person
               WHERE email IN ('lina@acme.test', 'sara@else.test')";
    portal.as_owner(sql).await;
}

#[tokio::test]
async fn accounts_elsewhere_are_listed_and_taken_away_after_a_fresh_proof() {
    let portal = TestPortal::new().await;
    link(&portal).await;
    let lina = portal.signed_in(LINA).await;
    let page = lina.get("/factors").await.body;
    assert!(page.contains("Accounts elsewhere") && page.contains("https://id.test"), "{page}");
    assert!(page.contains("value=\"lina-1\"") && !page.contains("sara-1"), "{page}");
    assert!(page.contains(&format!("action=\"{REMOVE}\"")), "{page}");
    portal.pass(600);
    let late = lina.form(REMOVE, WHICH).await;
    assert_eq!((late.status, late.header("location")), (303, "/prove?return=%2Ffactors"));
    assert_eq!(portal.count("identity").await, 2);
    let lina = portal.signed_in(LINA).await;
    for other in ["issuer=https%3A%2F%2Fid.test&subject=sara-1", "issuer=https%3A%2F%2Fother.test&subject=lina-1"] {
        let gone = lina.form(REMOVE, other).await;
        assert_eq!((gone.status, gone.header("location")), (303, "/factors"), "{other}");
    }
    assert_eq!(portal.count("identity").await, 2, "it takes nobody else's away");
    let done = lina.form(REMOVE, WHICH).await;
    assert_eq!((done.status, done.header("location")), (303, "/factors"));
    assert_eq!(portal.count("identity WHERE subject = 'sara-1'").await, 1);
    assert_eq!(portal.count("identity").await, 1);
    assert_eq!(portal.count("outbox WHERE kind = 'identity-unlinked' AND recipient = 'lina@acme.test'").await, 1);
    let page = lina.get("/factors").await.body;
    assert!(!page.contains("Accounts elsewhere"), "no provider is offered here: {page}");
    let activity = lina.get("/activity").await.body;
    assert!(activity.contains("Account no longer linked to a provider"), "{activity}");
}

#[tokio::test]
async fn the_last_way_in_is_kept_and_the_page_says_what_to_do_first() {
    let portal = TestPortal::new().await;
    link(&portal).await;
    let lina = portal.signed_in(LINA).await;
    portal.as_owner("UPDATE person SET password_hash = NULL WHERE email = 'lina@acme.test'").await;
    let kept = lina.form(REMOVE, WHICH).await;
    assert_eq!((kept.status, kept.header("location")), (303, "/factors"));
    assert!(kept.header("set-cookie").contains("only+way"), "{kept:?}");
    assert_eq!(portal.count("identity WHERE subject = 'lina-1'").await, 1);
    assert_eq!(portal.count("outbox WHERE kind = 'identity-unlinked'").await, 0);
}
