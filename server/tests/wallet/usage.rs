//! What was used, by day.

use serde_json::json;

use crate::portal::Shop;

const PATH: &str = "/api/v1/organisations/acme/usage/days";

#[tokio::test]
async fn each_day_has_its_billed_and_unbilled_seconds() {
    let shop = Shop::open().await;
    let address = shop.launch("train-1").await;
    shop.portal.pass(3600);
    shop.ready(&address).await;
    shop.portal.pass(2 * 3600);
    shop.observe().await;
    let days = shop.owner.get(PATH).await.json();
    let days = days["items"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert_eq!(
        days[29],
        json!({ "started_at": "2026-03-02T00:00:00Z", "billed_unit_s": 7200, "unbilled_unit_s": 3600 })
    );
    assert_eq!(days[28]["billed_unit_s"], 0);
}

#[tokio::test]
async fn as_many_days_are_told_as_were_asked_for_within_bounds() {
    let shop = Shop::open().await;
    for (asked, n) in [("1", 1), ("0", 1), ("92", 92), ("1000", 92)] {
        let days = shop.owner.get(&format!("{PATH}?days={asked}")).await.json();
        assert_eq!(days["items"].as_array().unwrap().len(), n, "{asked}");
    }
    let refused = shop.owner.get(&format!("{PATH}?days=many")).await;
    assert_eq!((refused.status, refused.field()), (422, "days".to_owned()));
}
