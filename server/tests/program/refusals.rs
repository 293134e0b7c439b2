//! What a page that refuses offers: who is signed in goes home from it or signs out, whatever was refused.

use types::{Role, StaffRole};

use crate::portal::{Answer, TestPortal};

fn leads_home(page: &Answer) -> bool {
    page.body.contains("href=\"/home\"")
}

fn leads_out(page: &Answer) -> bool {
    page.body.contains("action=\"/sign-out\"")
}

#[tokio::test]
async fn who_is_signed_in_finds_the_way_home_and_out_on_every_page_that_refuses() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (viewer, operator) = (acme.member(Role::Viewer).await, portal.staff(StaffRole::Operator).await);
    let (stranger, nobody) = (portal.stranger().await, portal.nobody());
    for (caller, path, status) in [
        (&viewer, "/nowhere", 404),
        (&stranger, "/o/acme", 404),
        (&viewer, "/o/acme/wallet", 403),
        (&operator, "/staff/prices", 403),
        (&operator, "/o/acme/usage", 403),
    ] {
        let page = caller.get(path).await;
        assert_eq!(page.status, status, "{path}: {}", page.body);
        assert!(leads_home(&page) && leads_out(&page), "{path}: {}", page.body);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    let page = nobody.get("/nowhere").await;
    assert_eq!(page.status, 404);
    assert!(leads_home(&page) && !leads_out(&page), "nobody signs out: {}", page.body);
    assert_eq!(viewer.delete("/api/v1/session").await.status, 204);
    assert!(!leads_out(&viewer.get("/nowhere").await), "they have signed out before");
}

#[tokio::test]
async fn who_is_signed_in_finds_the_way_out_of_a_failure_of_ours_too() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    portal.as_owner("ALTER TABLE organisation RENAME TO elsewhere").await;
    let page = owner.get("/o/acme").await;
    assert_eq!(page.status, 500, "{}", page.body);
    assert!(leads_home(&page) && leads_out(&page), "{}", page.body);
    // Who it is cannot be found out any more, but that somebody was signed in can be ended.
    portal.as_owner("ALTER TABLE session RENAME TO gone").await;
    let page = owner.get("/o/acme").await;
    assert_eq!(page.status, 500, "{}", page.body);
    assert!(leads_home(&page) && leads_out(&page), "{}", page.body);
    assert!(!leads_out(&portal.nobody().get("/nowhere").await));
}

#[tokio::test]
async fn without_its_database_a_page_offers_to_sign_out_to_who_brings_a_session() {
    let portal = TestPortal::with_database("postgres://tamuda_tenant:x@127.0.0.1:1/none").await;
    let page = portal.nobody().with("cookie", "tamuda=00").get("/o/acme").await;
    assert_eq!((page.status, page.header("retry-after")), (503, "2"));
    assert!(leads_home(&page) && leads_out(&page), "{}", page.body);
}

#[tokio::test]
async fn a_page_that_refuses_speaks_the_language_of_the_account() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger().await;
    portal.as_owner("UPDATE person SET locale = 'ar' WHERE email = 'stranger@else.test'").await;
    let page = stranger.get("/nowhere").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<html lang=\"ar\" dir=\"rtl\""), "{}", page.body);
    assert!(portal.nobody().get("/nowhere").await.body.contains("<html lang=\"en\""));
}
