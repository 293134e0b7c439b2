//! The tenants' screens on a real database: each opens for whom it should, in three languages, with nothing inline and
//! nothing unsaid; forms do what they say. The pages are kept in `target/gallery/screens` to be looked at.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../../../server/domain/tests/invoiced/mod.rs"]
mod invoiced;
mod portal;
#[path = "../../../server/domain/tests/world/mod.rs"]
mod world;

use axum::http::StatusCode;
use portal::TestPortal;

const LOCALES: [&str; 3] = ["en", "fr", "ar"];

#[tokio::test]
async fn every_screen_opens_in_three_languages_with_nothing_inline_and_nothing_unsaid() {
    let portal = TestPortal::new().await;
    for (name, path) in portal.screens() {
        for locale in LOCALES {
            let page = portal.get_in("owner@atlas.test", locale, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            page.keep(&format!("{name}.{locale}.html"));
            for fault in [" style=", "<style", " onclick", "{$", "{ $", "refusal-"] {
                assert!(!page.body.contains(fault), "{fault} in {name} in {locale}");
            }
            assert_eq!(page.body.matches("<h1").count(), 1, "headings of {name}");
            assert!(page.body.contains(&format!("lang=\"{locale}\"")), "{name}");
            assert_eq!(page.twice(), Vec::<String>::new(), "ids that stand twice in {name}");
        }
    }
}

#[tokio::test]
async fn nobody_is_sent_to_sign_in_and_strangers_are_told_that_it_does_not_exist() {
    let portal = TestPortal::new().await;
    let nobody = portal.get("", "/o/atlas/wallet").await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let stranger = portal.get("owner@breton.test", "/o/atlas/wallet").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let viewer = portal.get("viewer@atlas.test", "/o/atlas/wallet").await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn navigation_offers_only_what_the_role_may_open() {
    let portal = TestPortal::new().await;
    let page = portal.get("billing@atlas.test", "/o/atlas").await;
    assert!(page.body.contains("href=\"/o/atlas/invoices\""));
    assert!(!page.body.contains("href=\"/o/atlas/launch\""), "billing launches nothing");
    let page = portal.get("viewer@atlas.test", "/o/atlas").await;
    assert!(!page.body.contains("href=\"/o/atlas/wallet\""), "viewers do not see the money");
}

#[tokio::test]
async fn a_launch_leads_to_its_page_and_a_refused_one_keeps_what_was_written() {
    let portal = TestPortal::new().await;
    let (flavour, project) = (portal.world.h100.to_string(), portal.world.atlas.project.to_string());
    let form = |name: &str, units: &str| {
        let pairs = [
            ("idempotency_key", name),
            ("flavour", flavour.as_str()),
            ("project", project.as_str()),
            ("template", "pytorch"),
            ("units", units),
            ("name", name),
        ];
        serde_urlencoded::to_string(pairs).unwrap()
    };
    let launched = portal.post("developer@atlas.test", "/o/atlas/launch", form("alpha-fold", "1")).await;
    assert_eq!(launched.status, StatusCode::SEE_OTHER, "{}", launched.body);
    let twice = portal.post("developer@atlas.test", "/o/atlas/launch", form("alpha-fold", "1")).await;
    assert_eq!(twice.location, launched.location, "the same form sent twice is one launch");
    let page = portal.get("developer@atlas.test", &launched.location.unwrap()).await;
    assert!(page.body.contains("alpha-fold"));
    let refused = portal.post("developer@atlas.test", "/o/atlas/launch", form("Alpha Fold", "1")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"Alpha Fold\""), "what was written stays");
    assert!(refused.body.contains("aria-invalid=\"true\""), "the field says that it is meant");
}

#[tokio::test]
async fn an_instance_stops_at_once_and_is_deleted_only_by_its_name() {
    let portal = TestPortal::new().await;
    let path = format!("/o/atlas/instances/{}", portal.instance);
    let stopped = portal.post("developer@atlas.test", &format!("{path}/stop"), String::new()).await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER, "{}", stopped.body);
    let wrong = portal.post("developer@atlas.test", &format!("{path}/delete"), "confirm=other".to_owned()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"other\""));
    let form = format!("confirm={}", portal.instance);
    let deleted = portal.post("developer@atlas.test", &format!("{path}/delete"), form).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.body);
    let page = portal.get("developer@atlas.test", &path).await;
    assert!(page.body.contains(&format!("{path}/undo")), "a deletion can be undone for a day");
    let viewer = portal.post("viewer@atlas.test", &format!("{path}/undo"), String::new()).await;
    assert_eq!(viewer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn preferences_are_kept_in_the_browser_and_lead_back_only_to_our_own_pages() {
    let portal = TestPortal::new().await;
    let kept = portal.post("", "/preferences", "locale=ar&return=%2Fsign-in".to_owned()).await;
    assert_eq!(kept.location.as_deref(), Some("/sign-in"));
    assert!(kept.cookies.iter().any(|cookie| cookie.starts_with("tamuda-locale=ar;")), "{:?}", kept.cookies);
    let astray = portal.post("", "/preferences", "theme=dark&return=%2F%2Fevil.example".to_owned()).await;
    assert_eq!(astray.location.as_deref(), Some("/"));
}

#[tokio::test]
async fn a_recalculation_of_an_issued_invoice_says_that_it_is_equal() {
    let portal = TestPortal::new().await;
    let path = format!("/o/atlas/invoices/{}?line=1&recalculate=1", portal.invoice);
    let page = portal.get("billing@atlas.test", &path).await;
    assert!(page.body.contains("Replay equal"), "{}", page.body);
    assert!(page.body.contains("÷ 3600"), "the line is open");
}
