//! Headers, versions and refusals that no handler makes.

use axum::{body::Body, http::Method};
use insta::assert_debug_snapshot;

use crate::portal::TestPortal;

#[tokio::test]
async fn every_answer_says_what_a_browser_must_refuse() {
    let portal = TestPortal::new().await;
    for path in ["/api/v1/session", "/livez", "/nowhere", "/site/nothing.css"] {
        let answer = portal.nobody().get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';"), "{path}: {policy}");
        for refused in ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(refused), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("data:"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: plain HTTP promises no TLS");
        assert!(answer.header("x-request-id").starts_with("req_"), "{path}");
    }
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_stay_there_for_two_years() {
    let portal = TestPortal::at("https://gpu.example.org").await;
    for path in ["/api/v1/session", "/livez", "/"] {
        let said = portal.nobody().get(path).await.header("strict-transport-security").to_owned();
        assert_eq!(said, "max-age=63072000; includeSubDomains", "{path}");
    }
}

#[tokio::test]
async fn an_address_that_is_nowhere_is_a_problem_with_the_requests_id() {
    let portal = TestPortal::new().await;
    let answer = portal.nobody().get("/api/v1/nowhere").await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["request_id"], answer.header("x-request-id"));
    assert_debug_snapshot!(answer, @r#"
    404
    {
      "code": "not_found",
      "detail": "This does not exist, or is not yours to see.",
      "fact": "not-found",
      "hint": "Check the address, or ask whoever sent it to invite you.",
      "request_id": "req_…",
      "status": 404,
      "title": "Not Found",
      "type": "about:blank"
    }
    "#);
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_refused_with_those_that_it_takes() {
    let portal = TestPortal::new().await;
    let answer = portal.nobody().delete("/api/v1/organisations").await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET,HEAD"));
    assert_eq!(answer.json()["code"], "malformed");
}

#[tokio::test]
async fn a_body_beyond_all_sizes_is_refused_unread() {
    let portal = TestPortal::new().await;
    let body = format!("{{\"email\":\"{}\",\"password\":\"x\"}}", "x".repeat(300 * 1024));
    let answer = portal.nobody().send(Method::POST, "/api/v1/session", Some("application/json"), body.into()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (413, "malformed"));
    let form = format!("email={}&password=x", "x".repeat(300 * 1024));
    let kind = Some("application/x-www-form-urlencoded");
    let page = portal.nobody().send(Method::POST, "/sign-in", kind, form.into()).await;
    assert_eq!((page.status, page.header("content-type")), (413, "text/html; charset=utf-8"));
    let text = portal.nobody().send(Method::POST, "/api/v1/session", Some("text/plain"), Body::from("x")).await;
    assert_eq!(text.status, 415);
}

#[tokio::test]
async fn a_document_that_has_not_changed_costs_no_bytes() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let path = "/api/v1/organisations/acme/members";
    let first = owner.get(path).await;
    let version = first.header("etag").to_owned();
    assert!(version.starts_with('"') && version.len() == 34, "{version}");
    let again = owner.clone().with("if-none-match", &version).get(path).await;
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", version.as_str()));
    let other = owner.with("if-none-match", "\"another\"").get(path).await;
    assert_eq!((other.status, other.body), (200, first.body));
}

#[tokio::test]
async fn the_description_and_its_pages_are_served_from_here() {
    let portal = TestPortal::new().await;
    let described = portal.nobody().get("/api/v1/openapi.json").await.json();
    assert!(described["paths"]["/api/v1/sessions"]["get"].is_object());
    let page = portal.nobody().get("/api/docs/").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("https://"), "the page loads nothing from elsewhere: {}", page.body);
    assert!(page.header("content-security-policy").contains("img-src 'self' data:"));
}
