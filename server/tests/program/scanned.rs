//! What a scanner tries: other methods and paths, other origins, fields that come twice, lines in names and in the log.

use axum::{body::Body, http::Method};
use serde_json::json;
use types::StaffRole;

use super::log::Kept;
use crate::portal::{Answer, PASSWORD, TestPortal};

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

/// The names of the headers that let other origins in.
fn cors(answer: &Answer) -> Vec<&str> {
    answer.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("access-control-")).collect()
}

#[tokio::test]
async fn trace_is_refused_and_no_other_origin_is_let_in() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let foreign =
        owner.clone().with("origin", "https://elsewhere.example").with("access-control-request-method", "POST");
    for path in ["/", "/home", "/o/acme", "/api/v1/session", "/api/v1/organisations", "/livez", "/site/nothing.css"] {
        let traced = owner.send(Method::TRACE, path, None, Body::empty()).await;
        assert_eq!(traced.status, 405, "{path}: {traced:?}");
        for method in [Method::GET, Method::OPTIONS] {
            let answer = foreign.send(method.clone(), path, None, Body::empty()).await;
            assert!(cors(&answer).is_empty(), "{method} {path}: {:?}", answer.headers);
        }
    }
}

#[tokio::test]
async fn only_files_of_the_site_are_served_and_no_folder_is_listed() {
    let portal = TestPortal::new().await;
    let beside = std::env::temp_dir().join("no-site-but-beside-it.txt");
    std::fs::write(&beside, "not to be served").unwrap();
    for path in [
        "/site/",
        "/site/.git/config",
        "/site/../no-site-but-beside-it.txt",
        "/site/%2e%2e/no-site-but-beside-it.txt",
        "/site/..%2fno-site-but-beside-it.txt",
        "/site//etc/passwd",
        "/.git/config",
        "/.env",
    ] {
        let answer = portal.nobody().get(path).await;
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(!answer.body.contains("not to be served"), "{path}");
    }
}

#[tokio::test]
async fn a_field_that_is_sent_twice_is_refused() {
    let portal = TestPortal::new().await;
    portal.organisation("acme").await;
    let operator = portal.staff(StaffRole::Operator).await;
    let twice = operator.form("/staff/organisations/acme/view", "role=viewer&role=owner&reason=because").await;
    assert!([400, 422].contains(&twice.status), "{twice:?}");
    let asked = r#"{"email": "a@b.test", "email": "operator@hub.test", "password": "correct horse battery"}"#;
    let signed = portal.nobody().send(Method::POST, "/api/v1/session", Some("application/json"), asked.into()).await;
    assert!([400, 422].contains(&signed.status), "{signed:?}");
    assert_eq!(portal.count("staff_view").await, 0);
}

#[tokio::test]
async fn a_password_is_masked_and_its_keeper_is_told_what_it_is() {
    let portal = TestPortal::new().await;
    let person = portal.stranger().await;
    for (path, kinds) in [("/sign-in", &["current-password"][..]), ("/password", &["current-password", "new-password"])]
    {
        let page = if path == "/sign-in" { portal.nobody().get(path).await } else { person.get(path).await };
        for kind in kinds {
            let field = page.body.split("<input").find(|field| field.contains(&format!("autocomplete=\"{kind}")));
            let field = field.unwrap_or_else(|| panic!("{path} has no {kind}: {page:?}"));
            assert!(field.contains("type=\"password\"") && !field.contains("onpaste"), "{path}: {field}");
        }
    }
}

#[tokio::test]
async fn nobody_has_an_account_before_somebody_makes_one_and_sessions_are_long_random_words() {
    let portal = TestPortal::new().await;
    assert_eq!((portal.count("person").await, portal.count("staff").await), (0, 0));
    let ask = json!({ "email": "stranger@else.test", "password": PASSWORD });
    portal.stranger().await;
    let mut words = Vec::new();
    for _ in 0..2 {
        let cookie = portal.nobody().post("/api/v1/session", &ask).await.cookie().unwrap();
        words.push(cookie.split_once('=').unwrap().1.to_owned());
    }
    // 43 characters of six bits each hold 256.
    assert!(words[0] != words[1] && words.iter().all(|word| word.len() >= 43), "{words:?}");
}

#[tokio::test]
async fn what_is_sent_begins_no_line_of_the_log_and_none_of_a_letters_head() {
    let portal = TestPortal::new().await;
    let kept = Kept::default();
    let kept_here = kept.keep();
    let forged = "/nowhere%0a%7B%22message%22%3A%22forged%22%7D";
    let sent = "email=new%40else.test%0d%0aBcc%3A+all%40else.test";
    assert_eq!(portal.nobody().with("user-agent", "x\t{\"message\":\"forged\"}").get(forged).await.status, 404);
    let asked = portal.nobody().send(Method::POST, "/register", FORM, sent.into()).await;
    drop(kept_here);
    for line in kept.text().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["message"] != "forged" && line["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
    }
    assert!(!kept.text().is_empty());
    assert_eq!((asked.status, portal.count("outbox").await), (422, 0), "{asked:?}");
}

#[tokio::test]
async fn a_failure_of_ours_is_logged_once_with_its_cause_which_nobody_outside_reads() {
    let portal = TestPortal::new().await;
    let person = portal.stranger().await;
    portal.as_owner("ALTER TABLE organisation RENAME TO elsewhere").await;
    let kept = Kept::default();
    let kept_here = kept.keep();
    let answer = person.get("/api/v1/organisations").await;
    drop(kept_here);
    assert_eq!(answer.status, 500, "{answer:?}");
    let of_ours = |line: &&str| line.contains("organisation") && line.contains("\"ERROR\"");
    assert_eq!(kept.text().lines().filter(of_ours).count(), 1, "{}", kept.text());
    assert!(!answer.body.contains("relation"), "{answer:?}");
}
