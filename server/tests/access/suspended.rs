//! An organisation that the hub suspended: nothing new begins, and what there is can be read, stopped and deleted.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::{Shop, first};

#[tokio::test]
async fn a_suspended_organisation_begins_nothing_and_can_end_everything() {
    let shop = Shop::open().await;
    let (one, other) = (shop.launch("one").await, shop.launch("other").await);
    assert_eq!(shop.owner.post(&format!("{one}/stop"), &json!({})).await.status, 200);
    shop.portal.as_owner("UPDATE organisation SET state = 'suspended' WHERE slug = 'acme'").await;
    let before = shop.rows(&["instance", "lease", "hold"]).await;
    assert_debug_snapshot!(shop.owner.post("/api/v1/organisations/acme/instances", &shop.ask("new")).await, @r#"
    409
    {
      "code": "conflict",
      "detail": "The hub has suspended this organisation: nothing new starts.",
      "fact": "organisation-suspended",
      "hint": "Write to the hub; what you have is kept.",
      "request_id": "req_…",
      "status": 409,
      "title": "Conflict",
      "type": "about:blank"
    }
    "#);
    for verb in ["start", "restart"] {
        let refused = shop.owner.post(&format!("{one}/{verb}"), &json!({})).await;
        assert_eq!((refused.status, refused.fact()), (409, "organisation-suspended".to_owned()), "{verb}");
    }
    assert_eq!(shop.rows(&["instance", "lease", "hold"]).await, before);
    let flavour = first(&shop.owner.get("/api/v1/organisations/acme/catalogue").await);
    assert_eq!((&flavour["verdict"]["word"], &flavour["verdict"]["reason"]), (&json!("cannot"), &json!("suspended")));
    assert_eq!(shop.owner.post(&format!("{other}/stop"), &json!({})).await.status, 200);
    assert_eq!(shop.owner.delete(&other).await.json()["wish"], "deleted");
    assert_eq!(shop.owner.get("/api/v1/organisations/acme").await.json()["is_suspended"], true);
}
