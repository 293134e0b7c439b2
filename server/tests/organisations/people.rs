//! Members through the API: roles, removal, handing over, leaving.

use axum::http::Method;
use serde_json::{Value, json};
use types::Role;

use super::assert_hidden;
use crate::portal::{Caller, TestPortal};

const MEMBERS: &str = "/api/v1/organisations/acme/members";
const LEAVE: &str = "/api/v1/organisations/acme/leave";

/// The members as `caller` sees them.
async fn members(caller: &Caller) -> Vec<Value> {
    let list = caller.get(MEMBERS).await.json();
    list["items"].as_array().unwrap().clone()
}

/// Each one's name and role, by name: all joined at once.
async fn roles(caller: &Caller) -> Vec<String> {
    let said = |member: &Value| format!("{} {}", member["name"].as_str().unwrap(), member["role"].as_str().unwrap());
    members(caller).await.iter().map(said).collect()
}

/// The address of the member who has this role.
async fn address(caller: &Caller, role: Role) -> String {
    let members = members(caller).await;
    let member = members.iter().find(|member| member["role"] == role.word()).unwrap();
    format!("{MEMBERS}/{}", member["user"].as_str().unwrap())
}

#[tokio::test]
async fn roles_are_given_the_organisation_is_handed_over_and_members_go() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, admin, viewer) = (acme.owner().await, acme.member(Role::Admin).await, acme.member(Role::Viewer).await);
    let (of_admin, of_viewer) = (address(&owner, Role::Admin).await, address(&owner, Role::Viewer).await);
    let audits = portal.count("audit").await;
    for _ in 0..2 {
        let changed = admin.put(&of_viewer, &json!({ "role": "developer" })).await;
        assert_eq!((changed.status, changed.body.as_str()), (204, ""), "giving it twice is giving it once");
    }
    assert_eq!(roles(&viewer).await, ["admin admin", "owner owner", "viewer developer"]);
    assert_eq!(owner.post(&format!("{of_admin}/transfer"), &json!({})).await.status, 204);
    assert_eq!(roles(&viewer).await, ["admin owner", "owner admin", "viewer developer"]);
    assert_eq!(owner.delete(&of_viewer).await.status, 204);
    assert_eq!(viewer.get(MEMBERS).await.status, 404, "who was removed sees nothing more");
    assert_eq!(owner.post(LEAVE, &json!({})).await.status, 204);
    assert_eq!(owner.get(MEMBERS).await.status, 404);
    assert_eq!(roles(&admin).await, ["admin owner"]);
    // A role, two by the handing over, a removal, a leaving.
    assert_eq!(portal.count("audit").await - audits, 5);
}

#[tokio::test]
async fn the_last_owner_stays_and_only_owners_make_and_unmake_owners() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, admin) = (acme.owner().await, acme.member(Role::Admin).await);
    let (of_owner, of_admin) = (address(&owner, Role::Owner).await, address(&owner, Role::Admin).await);
    let before = (roles(&owner).await, portal.count("audit").await);
    for refused in [
        owner.put(&of_owner, &json!({ "role": "admin" })).await,
        owner.delete(&of_owner).await,
        owner.post(LEAVE, &json!({})).await,
    ] {
        assert_eq!((refused.status, refused.fact()), (409, "last-owner".to_owned()), "{refused:?}");
    }
    let twice = owner.post(&format!("{of_owner}/transfer"), &json!({})).await;
    assert_eq!((twice.status, twice.fact()), (409, "owner-already".to_owned()));
    for refused in [
        admin.put(&of_owner, &json!({ "role": "viewer" })).await,
        admin.put(&of_admin, &json!({ "role": "owner" })).await,
        admin.delete(&of_owner).await,
        admin.post(&format!("{of_admin}/transfer"), &json!({})).await,
    ] {
        assert_eq!((refused.status, &refused.json()["arguments"]["permission"]), (403, &json!("ManageOwners")));
    }
    assert_eq!((roles(&owner).await, portal.count("audit").await), before);
}

#[tokio::test]
async fn a_role_that_there_is_not_names_the_field_and_changes_nothing() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    acme.member(Role::Viewer).await;
    let of_viewer = address(&owner, Role::Viewer).await;
    let before = (roles(&owner).await, portal.count("audit").await);
    for (ask, field, fact) in [
        (json!({}), "role", "invalid-required"),
        (json!({ "role": "king" }), "role", "invalid-form"),
        (json!({ "role": "admin", "until": "2027-01-01" }), "until", "invalid-form"),
    ] {
        let refused = owner.put(&of_viewer, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    assert_eq!((roles(&owner).await, portal.count("audit").await), before);
}

#[tokio::test]
async fn members_are_changed_only_after_a_fresh_proof_and_never_by_a_token() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let (owner, admin) = (acme.owner().await, acme.member(Role::Admin).await);
    acme.member(Role::Viewer).await;
    let (of_viewer, role) = (address(&owner, Role::Viewer).await, json!({ "role": "developer" }));
    let ask = json!({ "name": "ci", "permissions": ["ReadOrganisation", "ReadMembers"], "days": 1 });
    let made = admin.post("/api/v1/organisations/acme/tokens", &ask).await.json();
    let said = format!("Bearer {}", made["secret"].as_str().unwrap());
    let program = portal.nobody().with("authorization", &said);
    portal.pass(600);
    let before = (roles(&owner).await, portal.count("audit").await);
    let transfer = format!("{of_viewer}/transfer");
    for refused in
        [owner.put(&of_viewer, &role).await, owner.delete(&of_viewer).await, owner.post(&transfer, &json!({})).await]
    {
        assert_eq!((refused.status, refused.fact()), (403, "prove-first".to_owned()), "{refused:?}");
    }
    assert_eq!(members(&program).await.len(), 3, "it was given that");
    let put = program.put(&of_viewer, &role).await;
    assert_eq!((put.status, put.fact()), (403, "token-lacks".to_owned()));
    assert_eq!(program.delete(&of_viewer).await.status, 403);
    // Its person may leave, and it does not for them.
    let left = program.post(LEAVE, &json!({})).await;
    assert_eq!((left.status, left.fact()), (403, "token-no-person".to_owned()));
    assert_eq!((roles(&owner).await, portal.count("audit").await), before);
}

#[tokio::test]
async fn members_of_a_foreign_organisation_answer_like_those_of_none() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let (owner, stranger) = (acme.owner().await, other.owner().await);
    let beneath = address(&owner, Role::Owner).await.split_off("/api/v1/organisations/acme/".len());
    let role = json!({ "role": "viewer" });
    assert_hidden(&stranger, Method::PUT, &beneath, &role).await;
    assert_hidden(&stranger, Method::DELETE, &beneath, &json!({})).await;
    assert_hidden(&stranger, Method::POST, &format!("{beneath}/transfer"), &json!({})).await;
    assert_hidden(&stranger, Method::POST, "leave", &json!({})).await;
    assert_eq!(roles(&owner).await, ["owner owner"]);
}
