//! A person's own settings, through the API.

use serde_json::json;

use crate::portal::TestPortal;

const SETTINGS: &str = "/api/v1/account/settings";

#[tokio::test]
async fn what_a_person_says_of_themselves_is_theirs_alone_and_said_anew_as_a_whole() {
    let portal = TestPortal::new().await;
    let (owner, stranger) = (portal.organisation("acme").await.owner().await, portal.stranger().await);
    let before = stranger.get(SETTINGS).await.body;
    let wanted = json!({ "name": " Salma ", "locale": "fr", "time_zone": "Asia/Tokyo" });
    let audits = portal.count("audit").await;
    for _ in 0..2 {
        let kept = owner.put(SETTINGS, &wanted).await;
        assert_eq!((kept.status, kept.body.as_str()), (204, ""));
        assert_eq!(portal.count("audit").await - audits, 1, "the same again is no change");
    }
    let kept = json!({ "name": "Salma", "locale": "fr", "time_zone": "Asia/Tokyo" });
    assert_eq!(owner.get(SETTINGS).await.json(), kept);
    assert_eq!(owner.get("/api/v1/session").await.text("name"), "Salma");
    assert!(owner.get("/settings").await.body.contains("lang=\"fr\""), "screens follow it");
    assert_eq!(owner.put(SETTINGS, &json!({ "name": "Salma" })).await.status, 204);
    let kept = json!({ "name": "Salma", "locale": null, "time_zone": null });
    assert_eq!(owner.get(SETTINGS).await.json(), kept);
    assert_eq!(stranger.get(SETTINGS).await.body, before);
    assert_eq!(portal.nobody().get(SETTINGS).await.status, 401);
}

#[tokio::test]
async fn a_setting_that_cannot_be_is_named_and_nothing_is_kept() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger().await;
    let before = (stranger.get(SETTINGS).await.body, portal.count("audit").await);
    for (field, value, fact) in [
        ("name", json!(" "), "invalid-required"),
        ("name", json!("x".repeat(101)), "invalid-length"),
        ("name", json!(5), "invalid-form"),
        ("locale", json!("de"), "invalid-unknown"),
        ("time_zone", json!("Mars/Olympus"), "invalid-unknown"),
        // A browser's own.
        ("theme", json!("dark"), "invalid-form"),
    ] {
        let mut ask = json!({ "name": "Salma", "locale": "fr", "time_zone": "Asia/Tokyo" });
        ask[field] = value;
        let refused = stranger.put(SETTINGS, &ask).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), fact.to_owned()), "{refused:?}");
    }
    let refused = stranger.put(SETTINGS, &json!({ "locale": "fr" })).await;
    assert_eq!((refused.status, refused.field()), (422, "name".to_owned()), "{refused:?}");
    assert_eq!((stranger.get(SETTINGS).await.body, portal.count("audit").await), before);
}

#[tokio::test]
async fn a_program_has_no_settings_of_a_person() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let before = owner.get(SETTINGS).await.body;
    let ask = json!({ "name": "ci", "permissions": ["ReadOrganisation"], "days": 1 });
    let made = owner.post("/api/v1/organisations/acme/tokens", &ask).await.json();
    let said = format!("Bearer {}", made["secret"].as_str().unwrap());
    let program = portal.nobody().with("authorization", &said);
    for refused in [program.get(SETTINGS).await, program.put(SETTINGS, &json!({ "name": "ci" })).await] {
        assert_eq!((refused.status, refused.fact()), (403, "token-no-person".to_owned()), "{refused:?}");
    }
    assert_eq!(owner.get(SETTINGS).await.body, before);
}
