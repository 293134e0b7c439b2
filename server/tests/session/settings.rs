//! A person's own settings, through the screens.

use crate::portal::{PASSWORD, TestPortal};

#[tokio::test]
async fn what_is_kept_is_shown_in_the_language_and_the_zone_of_the_account() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let wrong = owner.form("/settings", "name=&locale=fr&time_zone=Europe%2FParis&theme=dark").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"Europe/Paris\" selected"), "what was chosen stays: {}", wrong.body);
    let saved = owner.form("/settings", "name=Salma&locale=fr&time_zone=Asia%2FTokyo&theme=dark").await;
    assert_eq!((saved.status, saved.header("location")), (303, "/settings"));
    let cookies: Vec<_> = saved.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|line| line.starts_with("tamuda-locale=; Path=/; Max-Age=0;")), "{cookies:?}");
    assert!(cookies.iter().any(|line| line.starts_with("tamuda-theme=dark;")), "{cookies:?}");
    let page = owner.get("/settings").await.body;
    assert!(page.contains("lang=\"fr\"") && page.contains("value=\"Salma\""), "{page}");
    let sessions = owner.get("/sessions").await.body;
    assert!(sessions.contains("18:00:00"), "nine o'clock in Tokyo's words: {sessions}");
    let unknown = owner.form("/settings", "name=Salma&locale=fr&time_zone=Mars%2FOlympus&theme=dark").await;
    assert_eq!(unknown.status, 422);
}

#[tokio::test]
async fn over_tls_language_and_colours_are_bound_to_the_host_and_a_cookie_that_is_not_counts_for_nothing() {
    let portal = TestPortal::at("https://portal.test").await;
    for choice in ["locale=ar", "theme=dark"] {
        let kept = portal.nobody().form("/preferences", &format!("{choice}&return=%2Fsign-in")).await;
        let cookie = kept.header("set-cookie");
        assert!(cookie.starts_with(&format!("__Host-tamuda-{choice}; Path=/;")), "{cookie}");
        assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    }
    let page = async |cookie: &str| portal.nobody().having(Some(cookie.to_owned())).get("/sign-in").await.body;
    assert!(page("__Host-tamuda-locale=ar").await.contains("<html lang=\"ar\""));
    assert!(!page("tamuda-locale=ar").await.contains("<html lang=\"ar\""));
}

#[tokio::test]
async fn an_account_is_closed_by_its_address_alone_and_kept_after_all() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger().await;
    let wrong = stranger.form("/settings/close", "confirm=somebody").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"somebody\"") && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    let closed = stranger.form("/settings/close", "confirm=Stranger%40else.test").await;
    assert_eq!((closed.status, closed.header("location")), (303, "/settings"));
    let page = stranger.get("/settings").await.body;
    assert!(page.contains("/settings/keep") && !page.contains("/settings/close"), "{page}");
    assert_eq!(stranger.form("/settings/keep", "").await.status, 303);
    assert!(stranger.get("/settings").await.body.contains("/settings/close"));
    let owner = portal.organisation("acme").await.owner().await;
    let refused = owner.form("/settings/close", "confirm=owner%40acme.test").await;
    assert_eq!(refused.status, 303);
    assert!(owner.get("/settings").await.body.contains("/settings/close"), "who belongs somewhere leaves first");
}

#[tokio::test]
async fn the_archive_asks_for_a_fresh_proof_and_is_kept_by_no_cache() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    portal.pass(600);
    let away = owner.form("/settings/export", "").await;
    assert_eq!((away.status, away.header("location")), (303, "/prove?return=%2Fsettings"));
    let away = owner.form("/settings/email", "email=new%40else.test").await;
    assert_eq!((away.status, away.header("location")), (303, "/prove?return=%2Fsettings%2Femail"));
    assert_eq!(portal.count("address_change").await, 0, "nothing is asked on an old proof");
    let form = format!("password={}&return=/settings", PASSWORD.replace(' ', "+"));
    let owner = owner.clone().having(owner.form("/prove", &form).await.cookie());
    let mut file = owner.archive("/settings/export").await;
    assert_eq!(file.remove("content-type").unwrap(), "application/zip");
    assert_eq!(file.remove("cache-control").unwrap(), "no-store");
    assert_eq!(file.remove("content-disposition").unwrap(), "attachment; filename=\"tamuda-account-2026-03-02.zip\"");
}
