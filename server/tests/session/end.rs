//! Signing out, and ending sessions from elsewhere.

use std::net::IpAddr;

use insta::assert_debug_snapshot;

use crate::portal::{PASSWORD, TestPortal};

#[tokio::test]
async fn whoever_signed_out_is_nobody() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let answer = owner.delete("/api/v1/session").await;
    assert_eq!((answer.status, answer.header("set-cookie").starts_with("tamuda=; ")), (204, true));
    assert_debug_snapshot!(owner.get("/api/v1/session").await, @r#"
    401
    {
      "code": "unauthenticated",
      "detail": "You are not signed in.",
      "fact": "unauthenticated",
      "hint": "Sign in, and you will come back here.",
      "request_id": "req_…",
      "status": 401,
      "title": "Unauthorized",
      "type": "about:blank"
    }
    "#);
}

#[tokio::test]
async fn a_session_ends_by_idleness_and_by_age() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    for _ in 0..14 {
        portal.pass(11 * 3600);
        assert_eq!(owner.get("/api/v1/session").await.status, 200, "used every eleven hours");
    }
    portal.pass(14 * 3600 + 1);
    assert_eq!(owner.get("/api/v1/session").await.status, 401, "a week has passed");
    let idle = portal.signed_in("owner@acme.test").await;
    portal.pass(12 * 3600 + 1);
    assert_eq!(idle.get("/api/v1/session").await.status, 401, "half a day without a request");
}

#[tokio::test]
async fn a_session_is_ended_from_another_and_only_by_its_person() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let elsewhere = portal.signed_in("owner@acme.test").await;
    let stranger = portal.stranger().await;
    let listed = owner.get("/api/v1/sessions").await.json();
    let other = listed["items"].as_array().unwrap().iter().find(|one| one["is_this_one"] == false).unwrap();
    let path = format!("/api/v1/sessions/{}", other["id"].as_str().unwrap());
    assert_eq!(stranger.delete(&path).await.status, 404);
    assert_eq!(elsewhere.get("/api/v1/session").await.status, 200);
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(elsewhere.get("/api/v1/session").await.status, 401);
}

#[tokio::test]
async fn all_other_sessions_are_ended_at_once_and_signing_in_again_ends_the_one_before() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let (second, third) = (portal.signed_in("owner@acme.test").await, portal.signed_in("owner@acme.test").await);
    assert_eq!(owner.form("/sessions/end-others", "").await.header("location"), "/sessions");
    assert_eq!([second.get("/api/v1/session").await.status, third.get("/api/v1/session").await.status], [401, 401]);
    assert_eq!(owner.get("/api/v1/session").await.status, 200);
    let again = owner.form("/sign-in", &format!("email=owner@acme.test&password={}", PASSWORD.replace(' ', "+"))).await;
    assert_eq!(again.status, 303);
    assert_eq!(owner.get("/api/v1/session").await.status, 401, "the browser has another one now");
    assert_eq!(owner.having(again.cookie()).get("/api/v1/session").await.status, 200);
}

#[tokio::test]
async fn the_list_says_of_each_session_with_what_from_where_and_when_it_was_last_used() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let elsewhere = portal.nobody().with("user-agent", "Firefox of a test");
    let ask = serde_json::json!({ "email": "owner@acme.test", "password": PASSWORD });
    let cookie = elsewhere.post("/api/v1/session", &ask).await.cookie();
    portal.pass(120);
    assert_eq!(elsewhere.having(cookie).get("/api/v1/session").await.status, 200);
    let listed = owner.get("/api/v1/sessions").await.json();
    let other = listed["items"].as_array().unwrap().iter().find(|one| one["is_this_one"] == false).unwrap();
    assert_eq!((&other["device"], &other["seen_at"]), (&"Firefox of a test".into(), &portal.now().to_string().into()));
    assert!(other["address"].as_str().unwrap().parse::<IpAddr>().is_ok(), "{other}");
}
