//! What belongs to others answers like what does not exist.

use insta::assert_debug_snapshot;

use crate::portal::TestPortal;

/// An id that nothing has.
const RANDOM: &str = "org_01ka4c2d00000000000000000z";

#[tokio::test]
async fn a_foreign_organisation_answers_like_a_random_one() {
    let portal = TestPortal::new().await;
    let (acme, other) = (portal.organisation("acme").await, portal.organisation("other").await);
    let owner = acme.owner().await;
    for noun in ["members", "projects"] {
        let answer = async |place: &str| owner.get(&format!("/api/v1/organisations/{place}/{noun}")).await;
        let random = answer(RANDOM).await;
        for foreign in [other.id.to_string().as_str(), "other", "hub"] {
            assert_eq!(format!("{:?}", answer(foreign).await), format!("{random:?}"), "{noun} of {foreign}");
        }
        assert_eq!(answer("acme").await.status, 200);
        assert_eq!(answer(&acme.id.to_string()).await.status, 200);
    }
    assert_debug_snapshot!(owner.get(&format!("/api/v1/organisations/{RANDOM}/members")).await, @r#"
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
async fn a_member_who_was_removed_is_a_stranger_at_the_next_request() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    assert_eq!(owner.get("/api/v1/organisations/acme/members").await.status, 200);
    portal.as_owner("DELETE FROM member").await;
    assert_eq!(owner.get("/api/v1/organisations/acme/members").await.status, 404);
}
