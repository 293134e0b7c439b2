//! Invitations through the API; what the letter leads to is the screens'.

use axum::http::Method;
use serde_json::{Value, json};
use types::Role;

use super::assert_hidden;
use crate::portal::{Caller, PASSWORD, TestPortal};

const INVITATIONS: &str = "/api/v1/organisations/acme/invitations";

fn ask() -> Value {
    json!({ "email": "New@else.test", "role": "developer" })
}

/// Asks somebody in; the invitation's address.
async fn invited(caller: &Caller) -> String {
    let asked = caller.post(INVITATIONS, &ask()).await;
    assert_eq!(asked.status, 201, "{asked:?}");
    format!("{INVITATIONS}/{}", asked.text("id"))
}

/// Token and language of each letter, the oldest first.
async fn letters(portal: &TestPortal) -> Vec<(String, String)> {
    let sql = "SELECT payload ->> 'token' AS token, locale FROM outbox WHERE kind = 'invitation'
               ORDER BY created_at, id";
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = portal.database.rows(sql).await.unwrap();
    rows.iter().map(|row| (text(&row["token"]), text(&row["locale"]))).collect()
}

#[tokio::test]
async fn whoever_is_asked_in_is_listed_gets_another_letter_and_joins_by_that_one_alone() {
    let portal = TestPortal::new().await;
    let admin = portal.organisation("acme").await.member(Role::Admin).await;
    let settings = "name=Salma&locale=fr&time_zone=&theme=light";
    assert_eq!(admin.form("/settings", settings).await.status, 303);
    let one = invited(&admin).await;
    let listed = admin.get(INVITATIONS).await.json();
    let item = &listed["items"][0];
    assert_eq!((&item["email"], &item["role"]), (&json!("new@else.test"), &json!("developer")));
    assert_eq!((&item["invited_by"], &item["expires_at"]), (&json!("Salma"), &json!("2026-03-05T09:00:00Z")));
    let soon = admin.post(&format!("{one}/resend"), &json!({})).await;
    assert_eq!((soon.status, soon.fact()), (409, "invitation-just-sent".to_owned()));
    portal.pass(61);
    let resent = admin.post(&format!("{one}/resend"), &json!({})).await;
    assert_eq!((resent.status, resent.text("expires_at").as_str()), (200, "2026-03-05T09:01:01Z"));
    let letters = letters(&portal).await;
    assert!(letters.len() == 2 && letters.iter().all(|(_, language)| language == "fr"), "{letters:?}");
    let join = async |token: &str| {
        let form = format!("token={token}&name=New&password={}", PASSWORD.replace(' ', "+"));
        portal.nobody().form("/invitation/register", &form).await.status
    };
    assert_eq!((join(&letters[0].0).await, join(&letters[1].0).await), (410, 303));
    assert_eq!(admin.get(INVITATIONS).await.json()["items"], json!([]), "it is answered");
    assert_eq!(portal.signed_in("new@else.test").await.get("/api/v1/organisations/acme").await.status, 200);
}

#[tokio::test]
async fn an_invitation_that_is_taken_back_is_none_any_more() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let one = invited(&owner).await;
    let token = letters(&portal).await.remove(0).0;
    assert_eq!(owner.delete(&one).await.status, 204);
    assert_eq!(owner.delete(&one).await.status, 404);
    assert_eq!(portal.nobody().get(&format!("/invitation?token={token}")).await.status, 410);
    assert_eq!(owner.get(INVITATIONS).await.json()["items"], json!([]));
}

#[tokio::test]
async fn the_same_key_asks_once_and_another_request_with_it_is_refused() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await.with("idempotency-key", "one");
    let (first, again) = (owner.post(INVITATIONS, &ask()).await, owner.post(INVITATIONS, &ask()).await);
    assert_eq!((first.status, &first.body), (201, &again.body));
    let other = owner.post(INVITATIONS, &json!({ "email": "other@else.test", "role": "viewer" })).await;
    assert_eq!((other.status, other.fact()), (409, "key-reused".to_owned()));
    assert_eq!((portal.count("invitation").await, letters(&portal).await.len()), (1, 1));
}

#[tokio::test]
async fn what_cannot_be_asked_names_the_field_and_writes_no_letter() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, admin) = (acme.owner().await, acme.member(Role::Admin).await);
    for (ask, field, fact) in [
        (json!({ "role": "viewer" }), "email", "invalid-required"),
        (json!({ "email": "salma", "role": "viewer" }), "email", "invalid-email"),
        (json!({ "email": "new@else.test" }), "role", "invalid-required"),
        (json!({ "email": "new@else.test", "role": "king" }), "role", "invalid-form"),
        (json!({ "email": "new@else.test", "role": "viewer", "language": "fr" }), "language", "invalid-form"),
    ] {
        let refused = owner.post(INVITATIONS, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    let there = owner.post(INVITATIONS, &json!({ "email": "admin@acme.test", "role": "viewer" })).await;
    assert_eq!((there.status, there.fact()), (409, "member-already".to_owned()));
    let king = admin.post(INVITATIONS, &json!({ "email": "new@else.test", "role": "owner" })).await;
    assert_eq!((king.status, &king.json()["arguments"]["permission"]), (403, &json!("ManageOwners")));
    portal.pass(600);
    let late = owner.post(INVITATIONS, &ask()).await;
    assert_eq!((late.status, late.fact()), (403, "prove-first".to_owned()));
    assert_eq!((portal.count("invitation").await, letters(&portal).await.len()), (0, 0));
}

#[tokio::test]
async fn invitations_of_a_foreign_organisation_answer_like_those_of_none() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let (owner, stranger) = (acme.owner().await, other.owner().await);
    let beneath = invited(&owner).await.split_off("/api/v1/organisations/acme/".len());
    assert_hidden(&stranger, Method::GET, "invitations", &json!({})).await;
    assert_hidden(&stranger, Method::POST, "invitations", &ask()).await;
    assert_hidden(&stranger, Method::POST, &format!("{beneath}/resend"), &json!({})).await;
    assert_hidden(&stranger, Method::DELETE, &beneath, &json!({})).await;
    assert_eq!((portal.count("invitation").await, letters(&portal).await.len()), (1, 1));
}
