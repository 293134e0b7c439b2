//! Projects through the API: made, listed, renamed, and for whom they are; closed and opened, by the screens too.

use axum::http::Method;
use serde_json::{Value, json};
use types::Role;

use super::assert_hidden;
use crate::portal::{Caller, Shop, TestPortal, mad};

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
    let one = beneath.trim_end_matches("/members");
    assert_hidden(&stranger, Method::PUT, one, &json!({ "name": "Theirs" })).await;
    assert_hidden(&stranger, Method::GET, &format!("{one}/closing"), &json!({})).await;
    for verb in ["close", "open"] {
        assert_hidden(&stranger, Method::POST, &format!("{one}/{verb}"), &json!({})).await;
    }
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

#[tokio::test]
async fn a_project_is_renamed_by_put_and_a_name_that_cannot_be_stores_nothing() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, developer) = (acme.owner().await, acme.member(Role::Developer).await);
    let (vision, audio) = (made(&owner, "Vision").await, made(&owner, "Audio").await);
    for _ in 0..2 {
        let renamed = owner.put(&vision, &json!({ "name": " Vision Lab " })).await;
        let told = (renamed.status, renamed.text("name"), renamed.text("slug"));
        assert_eq!(told, (200, "Vision Lab".to_owned(), "vision-lab".to_owned()), "{renamed:?}");
    }
    let before = (developer.get(PROJECTS).await.body, portal.count("audit").await);
    for (ask, field, fact) in [
        (json!({}), "name", "invalid-required"),
        (json!({ "name": " " }), "name", "invalid-length"),
        (json!({ "name": "x".repeat(61) }), "name", "invalid-length"),
        (json!({ "name": "Sound", "slug": "sound" }), "slug", "invalid-form"),
    ] {
        let refused = owner.put(&audio, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    let taken = owner.put(&audio, &json!({ "name": "vision lab" })).await;
    assert_eq!((taken.status, taken.fact()), (409, "slug-taken".to_owned()));
    let lacks = developer.put(&audio, &json!({ "name": "Sound" })).await;
    assert_eq!((lacks.status, &lacks.json()["arguments"]["permission"]), (403, &json!("ManageProjects")));
    assert_eq!((developer.get(PROJECTS).await.body, portal.count("audit").await), before);
}

#[tokio::test]
async fn closing_is_told_before_refused_while_something_is_left_and_taken_back_by_opening() {
    let shop = Shop::open().await;
    let (owner, project) = (&shop.owner, format!("{PROJECTS}/{}", shop.project));
    let spare = made(owner, "Spare").await;
    let budget = json!({ "subject": { "kind": "project", "id": shop.project }, "window": "month", "ceiling": mad(90) });
    assert_eq!(owner.put("/api/v1/organisations/acme/budgets", &budget).await.status, 200);
    let one = shop.launch("one").await;
    let told = owner.get(&format!("{project}/closing")).await.json();
    let left = (&told["n_instances"], &told["instances"], &told["is_last"], &told["ceiling"]);
    assert_eq!(left, (&json!(1), &json!(["one"]), &json!(false), &mad(90)), "{told}");
    let refused = owner.post(&format!("{project}/close"), &json!({})).await;
    let said = (refused.status, refused.fact(), refused.text("detail"));
    let words = "One instance or volume of this project is not deleted: one.";
    assert_eq!(said, (409, "project-holds".to_owned(), words.to_owned()), "{refused:?}");
    assert_eq!(owner.delete(&one).await.status, 200);
    let closed = owner.post(&format!("{project}/close"), &json!({})).await;
    assert_eq!((closed.status, closed.json()["closed_at"].is_string()), (200, true), "{closed:?}");
    assert_eq!(owner.post(&format!("{project}/close"), &json!({})).await.body, closed.body, "closing twice is once");
    let launched = owner.post("/api/v1/organisations/acme/instances", &shop.ask("two")).await;
    assert_eq!((launched.status, launched.fact()), (409, "project-ended".to_owned()));
    let back = owner.post(&format!("{one}/undo-delete"), &json!({})).await;
    assert_eq!((back.status, back.fact()), (409, "project-ended".to_owned()));
    let again = owner.put("/api/v1/organisations/acme/budgets", &budget).await;
    assert_eq!((again.status, again.fact()), (409, "project-ended".to_owned()));
    let last = owner.post(&format!("{spare}/close"), &json!({})).await;
    assert_eq!((last.status, last.fact()), (409, "project-last".to_owned()));
    let opened = owner.post(&format!("{project}/open"), &json!({})).await;
    assert_eq!((opened.status, &opened.json()["closed_at"]), (200, &json!(null)), "{opened:?}");
    assert_eq!(owner.get("/api/v1/organisations/acme/budgets").await.json()["items"], json!([]));
    shop.launch("two").await;
}

#[tokio::test]
async fn the_page_says_beforehand_what_closing_does_and_only_the_word_closes_it() {
    let shop = Shop::open().await;
    let (owner, page) = (&shop.owner, format!("/o/acme/projects/{}", shop.project));
    let close = format!("{page}/close");
    assert!(owner.get(&page).await.body.contains(&close));
    assert!(owner.get(&close).await.body.contains("This is the only open project"));
    made(owner, "Spare").await;
    let one = shop.launch("one").await;
    let before = owner.get(&close).await;
    let holds = "One instance or volume of it is not deleted: one.";
    assert!(before.status == 200 && before.body.contains(holds), "{}", before.body);
    assert!(before.body.contains(&format!("?project={}", shop.project)), "{}", before.body);
    assert!(!before.body.contains("name=\"confirm\""), "{}", before.body);
    let refused = owner.form(&close, "confirm=training").await;
    assert_eq!((refused.status, refused.header("location")), (303, close.as_str()));
    assert_eq!(owner.delete(&one).await.status, 200);
    let wrong = owner.form(&close, "confirm=another").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"another\"") && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    assert_eq!(shop.portal.count("project WHERE closed_at IS NOT NULL").await, 0);
    let closed = owner.form(&close, "confirm=training").await;
    assert_eq!((closed.status, closed.header("location")), (303, page.as_str()));
    assert_eq!(owner.get(&close).await.header("location"), page, "it is closed already");
    let shown = owner.get(&page).await.body;
    assert!(shown.contains(&format!("{page}/open")) && !shown.contains(&format!("{page}/budget")), "{shown}");
    assert!(owner.get("/o/acme/projects").await.body.contains("pill idle"));
    let launch = owner.get("/o/acme/launch").await.body;
    assert!(!launch.contains(&shop.project) && launch.contains("Spare"), "it is offered no more: {launch}");
    let budget = owner.form(&format!("{page}/budget"), "window=month&ceiling=10&alert=").await;
    assert!(budget.status == 409 && budget.body.contains("This project is closed"), "{}", budget.body);
    assert_eq!(owner.form(&format!("{page}/open"), "").await.header("location"), page);
    assert!(owner.get("/o/acme/launch").await.body.contains(&shop.project));
}

#[tokio::test]
async fn a_project_is_renamed_on_its_page_and_a_name_that_cannot_be_stays_written() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let id = made(&owner, "Vision").await.split_off(PROJECTS.len() + 1);
    made(&owner, "Audio").await;
    let page = format!("/o/acme/projects/{id}");
    let renamed = owner.form(&format!("{page}/name"), "name=Vision+Lab").await;
    assert_eq!((renamed.status, renamed.header("location")), (303, page.as_str()));
    assert!(owner.get(&page).await.body.contains("value=\"Vision Lab\""));
    let empty = owner.form(&format!("{page}/name"), "name=").await;
    assert!(empty.status == 422 && empty.body.contains("aria-invalid"), "{}", empty.body);
    let taken = owner.form(&format!("{page}/name"), "name=audio").await;
    assert!(taken.status == 409 && taken.body.contains("value=\"audio\""), "{}", taken.body);
}
