//! Every write of the API knows the word `dry_run`.

use super::{
    doors::{filled, send},
    matrix::API,
};
use crate::portal::TestPortal;

/// What cannot be rehearsed: it is about the caller's own session.
const NEVER: &[&str] = &["/api/v1/session", "/api/v1/sessions/{session}"];

#[tokio::test]
async fn every_write_takes_the_word_or_says_that_it_cannot_be_rehearsed() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    for &(method, path, _) in API.iter().filter(|(method, _, _)| *method != "get") {
        let address = format!("{}?dry_run=true", filled(path, "acme", None));
        let answer = send(&owner, method, &address, "{}", "").await;
        let refuses = answer.status == 409 && answer.fact() == "no-rehearsal";
        assert_eq!(refuses, NEVER.contains(&path), "{method} {path}: {answer:?}");
        // Whatever else is answered, it is marked.
        assert_eq!(answer.header("dry-run") == "true", !refuses, "{method} {path}");
    }
    let wrong = owner.post("/api/v1/organisations/acme/instances?dry_run=perhaps", &serde_json::json!({})).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
}
