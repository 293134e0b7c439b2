//! Signing in.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{PASSWORD, TestPortal};

#[tokio::test]
async fn a_person_who_signs_in_is_told_who_they_are() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    assert_debug_snapshot!(owner.get("/api/v1/session").await, @r#"
    200
    {
      "email": "owner@acme.test",
      "locale": null,
      "name": "owner",
      "organisations": [
        {
          "name": "ACME",
          "organisation": "org_…",
          "role": "owner",
          "slug": "acme"
        }
      ],
      "staff": [],
      "user": "usr_…"
    }
    "#);
}

#[tokio::test]
async fn an_unknown_address_is_answered_like_a_wrong_password() {
    let portal = TestPortal::new().await;
    portal.person("lina@acme.test").await;
    let wrong = json!({ "email": "lina@acme.test", "password": "wrong horse battery" });
    let unknown = json!({ "email": "nobody@acme.test", "password": PASSWORD });
    let wrong = portal.nobody().post("/api/v1/session", &wrong).await;
    let unknown = portal.nobody().post("/api/v1/session", &unknown).await;
    assert_eq!(format!("{wrong:?}"), format!("{unknown:?}"));
    assert_debug_snapshot!(wrong, @r#"
    401
    {
      "code": "wrong_password",
      "detail": "The address or the password is wrong.",
      "fact": "wrong-password",
      "field": "password",
      "hint": "Check both and try again.",
      "request_id": "req_…",
      "status": 401,
      "title": "Unauthorized",
      "type": "about:blank"
    }
    "#);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_says_for_how_long() {
    let portal = TestPortal::new().await;
    portal.person("lina@acme.test").await;
    let wrong = json!({ "email": "lina@acme.test", "password": "wrong horse battery" });
    for _ in 0..5 {
        assert_eq!(portal.nobody().post("/api/v1/session", &wrong).await.status, 401);
    }
    let refused = portal.nobody().post("/api/v1/session", &wrong).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "2"));
    portal.pass(2);
    let right = json!({ "email": "Lina@acme.test", "password": PASSWORD });
    assert_eq!(portal.nobody().post("/api/v1/session", &right).await.status, 204);
}

#[tokio::test]
async fn one_address_that_tries_many_accounts_is_slowed_down_too() {
    let portal = TestPortal::new().await;
    let tries = async |number: u32| {
        let wrong = json!({ "email": format!("{number}@acme.test"), "password": "wrong horse battery" });
        portal.nobody().post("/api/v1/session", &wrong).await
    };
    for number in 0..30 {
        assert_eq!(tries(number).await.status, 401, "{number}");
    }
    let refused = tries(30).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "2"));
    assert_eq!(portal.count("session").await, 0);
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let portal = TestPortal::at("https://portal.test").await;
    portal.person("lina@acme.test").await;
    let ask = json!({ "email": "lina@acme.test", "password": PASSWORD });
    let answer = portal.nobody().post("/api/v1/session", &ask).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-tamuda="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn a_body_that_is_no_sign_in_names_what_is_wrong() {
    let portal = TestPortal::new().await;
    let answer = portal.nobody().post("/api/v1/session", &json!({ "email": 7, "password": "x" })).await;
    assert_debug_snapshot!(answer, @r#"
    422
    {
      "arguments": {
        "reason": "invalid type: integer `7`, expected a string at line 1 column 10"
      },
      "code": "invalid",
      "detail": "It does not have the form that is expected here.",
      "fact": "invalid-form",
      "field": "email",
      "hint": "The field says what it needs.",
      "request_id": "req_…",
      "status": 422,
      "title": "Unprocessable Entity",
      "type": "about:blank"
    }
    "#);
}

#[tokio::test]
async fn another_sites_form_cannot_sign_anybody_in() {
    let portal = TestPortal::new().await;
    portal.person("lina@acme.test").await;
    let ask = json!({ "email": "lina@acme.test", "password": PASSWORD });
    let foreign = portal.nobody().with("sec-fetch-site", "cross-site").with("origin", "https://evil.test");
    assert_debug_snapshot!(foreign.post("/api/v1/session", &ask).await, @r#"
    403
    {
      "code": "malformed",
      "detail": "This was sent from another site.",
      "fact": "foreign-origin",
      "hint": "Open the page here and send it from here.",
      "request_id": "req_…",
      "status": 403,
      "title": "Forbidden",
      "type": "about:blank"
    }
    "#);
}

#[tokio::test]
async fn guesses_at_once_are_no_more_than_guesses_one_after_the_other() {
    let portal = TestPortal::new().await;
    portal.person("lina@acme.test").await;
    let guesses = (0..40).map(|n| {
        let nobody = portal.nobody();
        async move {
            let guess = json!({ "email": "lina@acme.test", "password": format!("guess number {n}") });
            nobody.post("/api/v1/session", &guess).await.status
        }
    });
    let answers = futures_util::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5, "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status, 401 | 429)), "{answers:?}");
}

#[tokio::test]
async fn a_character_that_no_text_can_have_is_the_callers_mistake() {
    let portal = TestPortal::new().await;
    let ask = json!({ "email": "lina\u{0}@acme.test", "password": PASSWORD });
    let refused = portal.nobody().post("/api/v1/session", &ask).await;
    assert_eq!((refused.status, refused.fact()), (422, "invalid-character".to_owned()));
    let form = portal.nobody().form("/sign-in", "email=lina%00&password=x").await;
    assert_eq!(form.status, 422);
}
