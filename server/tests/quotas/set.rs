//! Setting what an organisation may hold.

use insta::assert_debug_snapshot;
use serde_json::json;

use crate::portal::Shop;

const PATH: &str = "/api/v1/organisations/acme/quotas";

#[tokio::test]
async fn a_quota_is_set_with_its_reason_and_shown_to_both_sides() {
    let shop = Shop::open().await;
    let ask = json!({ "flavour": shop.flavour, "units": 8, "reason": "They pay." });
    assert_debug_snapshot!(shop.operator.put(PATH, &ask).await, @r#"
    200
    {
      "units": 8,
      "used": 0
    }
    "#);
    assert_eq!(shop.operator.put(PATH, &ask).await.status, 200, "setting it twice is setting it once");
    assert_eq!(shop.portal.count("quota").await, 1);
    assert_debug_snapshot!(shop.owner.get(PATH).await, @r#"
    200
    {
      "items": [
        {
          "flavour": "flv_…",
          "name": "H100",
          "quota": {
            "units": 8,
            "used": 0
          },
          "reason": "They pay.",
          "set_at": "2026-03-02T09:00:00Z",
          "slug": "h100"
        },
        {
          "flavour": "flv_…",
          "name": "Storage",
          "quota": {
            "units": 0,
            "used": 0
          },
          "reason": null,
          "set_at": null,
          "slug": "storage"
        }
      ],
      "next_cursor": null
    }
    "#);
    let all = shop.operator.get("/api/v1/staff/quotas").await.json();
    assert_eq!(
        (&all["items"][0]["organisation_slug"], &all["items"][0]["quota"]["quota"]["units"]),
        (&json!("acme"), &json!(8))
    );
}

#[tokio::test]
async fn a_quota_that_cannot_be_names_the_field_and_changes_nothing() {
    let shop = Shop::open().await;
    let (before, audits) = (shop.owner.get(PATH).await.body, shop.portal.count("audit").await);
    for (field, value, fact) in [
        ("units", json!(10_001), "invalid-range"),
        ("units", json!(-1), "invalid-form"),
        ("units", json!(1.5), "invalid-form"),
        ("reason", json!(" "), "invalid-required"),
        ("reason", json!("x".repeat(501)), "invalid-length"),
        ("flavour", json!("flv_01ka4c2d00000000000000000z"), "invalid-unknown"),
        ("until", json!("tomorrow"), "invalid-form"),
    ] {
        let mut ask = json!({ "flavour": shop.flavour, "units": 8, "reason": "They pay." });
        ask[field] = value;
        let refused = shop.operator.put(PATH, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    assert_eq!((shop.owner.get(PATH).await.body, shop.portal.count("audit").await), (before, audits));
}
