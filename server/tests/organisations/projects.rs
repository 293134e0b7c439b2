//! Projects through the API: made, listed, and for whom they are.

use axum::http::Method;
use serde_json::{Value, json};
use types::Role;

use super::assert_hidden;
use crate::portal::{Caller, TestPortal};

const PROJECTS: &str = "/api/v1/organisations/acme/projects";

/// Makes a project; its address.
async fn made(caller: &Caller, name: &str) -> String {
    let made = caller.post(PROJECTS, &json!({ "name": name })).await;
    assert_eq!(made.status, 201, "{made:?}");
    format!("{PROJECTS}/{}", made.text("id"))
}

/// The ids of all members, by the name of each: all joined at once.
async fn people(caller: &Caller) -> Vec<Value> {
    let members = caller.get("/api/v1/organisations/acme/members").await.json();
    members["items"].as_array().unwrap().iter().map(|member| member["user"].clone()).collect()
}

#[tokio::test]
async fn a_project_is_made_once_for_its_key_and_is_for_whom_it_was_said() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, developer) = (acme.owner().await, acme.member(Role::Developer).await);
    let (before, ask) = (portal.count("project").await, json!({ "name": " Vision Lab " }));
    let keyed = owner.clone().with("idempotency-key", "one");
    let (first, again) = (keyed.post(PROJECTS, &ask).await, keyed.post(PROJECTS, &ask).await);
    assert_eq!((first.status, &first.body), (201, &again.body));
    let view = first.json();
    assert_eq!((&view["slug"], &view["name"]), (&json!("vision-lab"), &json!("Vision Lab")));
    assert_eq!(portal.count("project").await - before, 1);
    assert!(developer.get(PROJECTS).await.json()["items"].as_array().unwrap().contains(&view));
    let members = format!("{PROJECTS}/{}/members", first.text("id"));
    assert_eq!(developer.get(&members).await.json(), json!({ "members": [] }), "everybody's to begin with");
    for wanted in [people(&owner).await, Vec::new()] {
        assert_eq!(owner.put(&members, &json!({ "members": wanted })).await.status, 204);
        let kept = developer.get(&members).await.json()["members"].as_array().unwrap().clone();
        assert!(kept.len() == wanted.len() && wanted.iter().all(|member| kept.contains(member)), "{kept:?}");
    }
}

#[tokio::test]
async fn a_project_that_cannot_be_names_the_field_and_stores_nothing() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    made(&owner, "Vision").await;
    let before = (portal.count("project").await, portal.count("audit").await);
    for (ask, field, fact) in [
        (json!({}), "name", "invalid-required"),
        (json!({ "name": " " }), "name", "invalid-length"),
        (json!({ "name": "x".repeat(61) }), "name", "invalid-length"),
        (json!({ "name": "Audio", "budget": 5 }), "budget", "invalid-form"),
    ] {
        let refused = owner.post(PROJECTS, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    let taken = owner.post(PROJECTS, &json!({ "name": "vision" })).await;
    assert_eq!((taken.status, taken.fact()), (409, "slug-taken".to_owned()));
    assert_eq!((portal.count("project").await, portal.count("audit").await), before);
}

#[tokio::test]
async fn a_project_is_for_members_alone_and_whoever_else_is_named_answers_like_nobody() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    let stranger = portal.person("stranger@else.test").await.to_string();
    let members = format!("{}/members", made(&owner, "Vision").await);
    assert_eq!(owner.put(&members, &json!({ "members": people(&owner).await })).await.status, 204);
    let before = (owner.get(&members).await.body, portal.count("audit").await);
    let mut answers = Vec::new();
    for who in [stranger.as_str(), "usr_01ka4c2d00000000000000000z"] {
        let refused = owner.put(&members, &json!({ "members": [who] })).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, "members".to_owned(), "invalid-unknown".to_owned()), "{refused:?}");
        answers.push(format!("{refused:?}"));
    }
    assert_eq!(answers[0], answers[1]);
    for (ask, field) in [(json!({}), "members"), (json!({ "members": "all" }), "members")] {
        let refused = owner.put(&members, &ask).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{refused:?}");
    }
    assert_eq!((owner.get(&members).await.body, portal.count("audit").await), before);
}

#[tokio::test]
async fn of_two_who_say_at_once_for_whom_a_project_is_the_word_of_one_stands_whole() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    acme.member(Role::Developer).await;
    let (people, members) = (people(&owner).await, format!("{}/members", made(&owner, "Vision").await));
    for _ in 0..10 {
        let said = people.iter().map(|who| {
            let (owner, members) = (&owner, &members);
            async move { owner.put(members, &json!({ "members": [who] })).await.status }
        });
        assert_eq!(futures_util::future::join_all(said).await, [204, 204]);
        let kept = owner.get(&members).await.json();
        assert_eq!(kept["members"].as_array().unwrap().len(), 1, "{kept}");
    }
}

#[tokio::test]
async fn projects_of_a_foreign_organisation_answer_like_those_of_none() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let (owner, stranger) = (acme.owner().await, other.owner().await);
    let project = made(&owner, "Vision").await;
    let beneath = format!("{}/members", &project["/api/v1/organisations/acme/".len()..]);
    let before = portal.count("project").await;
    assert_hidden(&stranger, Method::POST, "projects", &json!({ "name": "Theirs" })).await;
    assert_hidden(&stranger, Method::GET, &beneath, &json!({})).await;
    assert_hidden(&stranger, Method::PUT, &beneath, &json!({ "members": [] })).await;
    // Nor in their own organisation, where its id is one that nothing has.
    assert_eq!(stranger.get(&format!("/api/v1/organisations/other/{beneath}")).await.status, 404);
    assert_eq!(portal.count("project").await, before);
}

#[tokio::test]
async fn names_in_another_script_get_words_of_their_own() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let mut words = Vec::new();
    for name in ["الرؤية", "الصوت", "النص"] {
        let made = owner.post(PROJECTS, &json!({ "name": name })).await;
        assert_eq!(made.status, 201, "{made:?}");
        words.push(made.text("slug"));
    }
    words.dedup();
    assert!(words.len() == 3 && words.iter().all(|word| word.starts_with("project")), "{words:?}");
}
