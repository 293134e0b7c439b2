//! The spending limit: set by who minds the money, told with how far it is used, and in the way of a launch.

use serde_json::{Value, json};
use types::Role;

use crate::portal::{Shop, mad};

const PATH: &str = "/api/v1/organisations/acme/spending-limit";
const INSTANCES: &str = "/api/v1/organisations/acme/instances";

#[tokio::test]
async fn a_limit_is_set_told_and_taken_away_and_a_launch_beyond_it_is_refused_in_its_words() {
    let shop = Shop::open().await;
    assert_eq!(shop.owner.get(PATH).await.json(), json!({ "limit": null }));
    // An hour of 30 MAD with 20 % is 36.
    let set = shop.owner.put(PATH, &json!({ "ceiling": mad(35) })).await;
    assert_eq!(set.status, 200, "{set:?}");
    let told = shop.owner.get(PATH).await.json();
    assert_eq!(
        (&told["limit"]["subject"]["kind"], &told["limit"]["window"]),
        (&json!("organisation"), &json!("month"))
    );
    assert_eq!((&told["limit"]["ceiling"], &told["limit"]["alert"]), (&mad(35), &mad(28)));
    let refused = shop.owner.post(INSTANCES, &shop.ask("dear")).await;
    assert_eq!((refused.status, refused.fact()), (402, "budget-exceeded".to_owned()), "{refused:?}");
    assert_eq!(refused.json()["arguments"]["of"], json!("organisation"));
    let rehearsed = shop.owner.post(&format!("{INSTANCES}?dry_run=true"), &shop.ask("dear")).await;
    assert_eq!((rehearsed.status, rehearsed.fact()), (402, "budget-exceeded".to_owned()), "{rehearsed:?}");
    let plan = format!("/api/v1/organisations/acme/launch-plan?flavour={}&units=1", shop.flavour);
    let plan = shop.owner.get(&plan).await.json();
    assert_eq!(plan["verdict"]["arguments"], refused.json()["arguments"]);
    assert!(plan["text"].to_string().contains("/o/acme/wallet#budget"), "{}", plan["text"]);
    for _ in 0..2 {
        assert_eq!(shop.owner.delete(PATH).await.status, 204);
    }
    assert_eq!(shop.owner.post(INSTANCES, &shop.ask("dear")).await.status, 201);
}

#[tokio::test]
async fn a_limit_that_cannot_be_names_the_field_and_developers_read_it_alone() {
    let shop = Shop::open().await;
    let euros = json!({ "micros": 1_000_000, "currency": "EUR" });
    for (body, field, fact) in [
        (json!({ "ceiling": mad(0) }), "ceiling", "invalid-amount"),
        (json!({ "ceiling": euros }), "ceiling", "invalid-currency"),
        (json!({ "ceiling": mad(1), "alert": mad(2) }), "alert", "invalid-above-ceiling"),
        (json!({ "ceiling": mad(1), "window": "total" }), "window", "invalid-form"),
    ] {
        let refused = shop.owner.put(PATH, &body).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{body}");
    }
    assert_eq!(shop.portal.count("budget").await, 0);
    let developer = shop.portal.person("developer@acme.test").await;
    shop.portal.founding.add_member(shop.acme, developer, Role::Developer, shop.portal.now()).await.unwrap();
    let developer = shop.portal.signed_in("developer@acme.test").await;
    assert_eq!(developer.get(PATH).await.json()["limit"], Value::Null);
    assert_eq!(developer.put(PATH, &json!({ "ceiling": mad(5) })).await.status, 403);
}
