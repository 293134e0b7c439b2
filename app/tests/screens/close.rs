//! The close of a month: finance's pages in three languages, with what there is to do and after it is done.

use axum::http::StatusCode;
use domain::invoices::finalise_some;

use crate::{
    LOCALES, NOW,
    portal::TestPortal,
    world::{JOB, at},
};

const FINANCE: &str = "finance@hub.test";

#[tokio::test]
async fn the_close_of_a_month_is_said_in_three_languages_with_nothing_inline_and_nothing_unsaid() {
    let portal = TestPortal::new().await;
    let opened = portal.post(FINANCE, "/staff/close", "month=2026-10&idempotency_key=o".to_owned()).await;
    assert_eq!(opened.location.as_deref(), Some("/staff/close/2026-10"), "{}", opened.body);
    for (name, path) in [
        ("close", "/staff/close"),
        ("close-open", "/staff/close/2026-10"),
        ("close-runs", "/staff/close/2026-11"),
        ("close-unopened", "/staff/close/2026-09"),
        ("findings", "/staff/findings"),
    ] {
        for locale in LOCALES {
            let page = portal.get_in(FINANCE, locale, path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            page.keep(&format!("{name}.{locale}.html"));
            for fault in [" style=", "<style", " onclick", "{$", "{ $", "refusal-"] {
                assert!(!page.body.contains(fault), "{fault} in {name} in {locale}");
            }
            assert_eq!(page.body.matches("<h1").count(), 1, "headings of {name}");
            assert_eq!(page.twice(), Vec::<String>::new(), "ids that stand twice in {name}");
        }
    }
}

#[tokio::test]
async fn a_close_that_is_refused_says_which_line_is_open_and_where_it_is_mended() {
    let portal = TestPortal::new().await;
    portal.post(FINANCE, "/staff/close", "month=2026-10&idempotency_key=o".to_owned()).await;
    let refused = portal.post(FINANCE, "/staff/close/2026-10", "idempotency_key=c".to_owned()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Periods that are not closed: 1."), "{}", refused.body);
    assert!(refused.body.contains("href=\"/staff/billing\""), "the way to where it is mended");
    let none = portal.post(FINANCE, "/staff/close/2026-10/finalise", "idempotency_key=f".to_owned()).await;
    assert_eq!(none.status, StatusCode::CONFLICT);
    assert!(none.body.contains("There is no draft up to the end of that month."), "{}", none.body);
    assert_eq!(finalise_some(&portal.world.db, JOB, 1, at(NOW)).await.unwrap(), 0);
}
