//! One organisation, and for staff all of them.

use insta::assert_debug_snapshot;
use types::StaffRole;

use crate::portal::{Answer, TestPortal};

fn slugs(answer: &Answer) -> Vec<String> {
    let list = answer.json();
    list["items"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_member_and_staff_read_the_same_of_an_organisation() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let read = owner.get("/api/v1/organisations/acme").await;
    assert_debug_snapshot!(read, @r#"
    200
    {
      "country": "MA",
      "created_at": "2026-03-02T09:00:00Z",
      "currency": "MAD",
      "id": "org_…",
      "is_suspended": false,
      "n_members": 1,
      "n_running": 0,
      "name": "ACME",
      "slug": "acme",
      "standing": "active"
    }
    "#);
    let auditor = portal.staff(StaffRole::Auditor).await;
    assert_eq!(auditor.get("/api/v1/organisations/acme").await.body, read.body);
    assert_eq!(auditor.get("/api/v1/organisations/hub").await.status, 404, "the hub is no tenant");
}

#[tokio::test]
async fn staff_list_all_organisations_and_look_for_one() {
    let portal = TestPortal::new().await;
    for slug in ["acme", "atlas", "breton"] {
        portal.organisation(slug).await;
        portal.pass(1);
    }
    let auditor = portal.staff(StaffRole::Auditor).await;
    let path = "/api/v1/staff/organisations";
    assert_eq!(slugs(&auditor.get(path).await), ["breton", "atlas", "acme"]);
    assert_eq!(slugs(&auditor.get(&format!("{path}?search=AT")).await), ["atlas"]);
    assert_eq!(slugs(&auditor.get(&format!("{path}?search=%25")).await), Vec::<String>::new());
    let page = auditor.get(&format!("{path}?limit=2")).await;
    let next = auditor.get(&format!("{path}?limit=2&cursor={}", page.text("next_cursor"))).await;
    assert_eq!((slugs(&next), next.json()["next_cursor"].is_null()), (vec!["acme".to_owned()], true));
}
