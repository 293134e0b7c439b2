//! Closing an organisation through the screens.

use domain::{access::Job, organisations::end_organisation};
use serde_json::json;

use crate::portal::{Shop, TestPortal};

const HERE: &str = "/o/acme/close";

#[tokio::test]
async fn the_page_says_beforehand_what_will_happen_and_only_the_word_closes_it() {
    let shop = Shop::open().await;
    let (owner, one) = (&shop.owner, shop.launch("one").await);
    let page = owner.get(HERE).await;
    assert!(page.status == 200 && page.body.contains("One instance runs."), "{}", page.body);
    assert!(page.body.contains("/o/acme/instances") && !page.body.contains("name=\"confirm\""), "{}", page.body);
    let refused = owner.form(HERE, "confirm=acme").await;
    assert_eq!((refused.status, refused.header("location")), (303, HERE));
    assert_eq!(shop.portal.count("organisation WHERE closes_at IS NOT NULL").await, 0);
    assert_eq!(owner.post(&format!("{one}/stop"), &json!({})).await.status, 200);
    let page = owner.get(HERE).await.body;
    for said in ["10,000.00", "Members who lose access", "Prepaid, and yours", "ten years"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let wrong = owner.form(HERE, "confirm=another").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"another\"") && wrong.body.contains("aria-invalid"), "{}", wrong.body);
    let closed = owner.form(HERE, "confirm=acme").await;
    assert_eq!((closed.status, closed.header("location")), (303, HERE));
    assert!(owner.get("/o/acme").await.body.contains("This organisation is closed"));
    let refused = owner.post("/api/v1/organisations/acme/instances", &shop.ask("new")).await;
    assert_eq!((refused.status, refused.fact()), (409, "organisation-closed".to_owned()));
    assert_eq!(owner.get("/api/v1/organisations/acme").await.json()["standing"], "closing");
    assert!(shop.operator.get("/staff/organisations").await.body.contains("Closing"));
    let page = owner.get(HERE).await.body;
    assert!(page.contains("/o/acme/keep") && !page.contains("name=\"confirm\""), "{page}");
    assert_eq!(owner.form("/o/acme/keep", "").await.header("location"), "/o/acme/settings");
    assert_eq!(owner.post("/api/v1/organisations/acme/instances", &shop.ask("new")).await.status, 201);
}

#[tokio::test]
async fn the_page_and_the_api_name_the_volumes_that_go_with_it() {
    let shop = Shop::open().await;
    shop.volume("data", 10).await;
    let told = shop.owner.get("/api/v1/organisations/acme/closing").await;
    let (json, status) = (told.json(), told.status);
    assert_eq!((status, &json["n_volumes"], &json["volumes_gb"]), (200, &json!(1), &json!(10)), "{told:?}");
    assert_eq!((&json["closes_at"], &json["n_running"]), (&json!(null), &json!(0)), "{told:?}");
    let page = shop.owner.get(HERE).await.body;
    for said in ["Volumes deleted, with all that is on them", "10 GiB"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(shop.operator.get("/api/v1/organisations/acme/closing").await.status, 403, "owners alone");
}

#[tokio::test]
async fn an_old_proof_closes_nothing() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    portal.pass(600);
    for away in [owner.get(HERE).await, owner.form(HERE, "confirm=acme").await] {
        assert_eq!((away.status, away.header("location")), (303, "/prove?return=%2Fo%2Facme%2Fclose"));
    }
    assert_eq!(portal.count("organisation WHERE closes_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn streams_of_an_organisation_that_ended_end_too() {
    let portal = TestPortal::new().await;
    let acme = portal.organisation("acme").await;
    let owner = acme.owner().await;
    let mut stream = owner.follow("/o/acme/events?topic=instances").await;
    stream.next().await.unwrap();
    assert_eq!(owner.form(HERE, "confirm=acme").await.status, 303);
    // Its day is over, and nobody's session with it.
    portal.as_owner("UPDATE organisation SET closes_at = closes_at - interval '24 hours' WHERE slug = 'acme'").await;
    let db = &portal.state.portal.db;
    assert!(end_organisation(db, Job::of("test"), acme.id, portal.now()).await.unwrap());
    assert_eq!(owner.get("/o/acme").await.status, 404);
    stream.end().await;
    let gone =
        portal.database.rows("SELECT slug, closed_at IS NOT NULL AS closed FROM organisation WHERE slug = 'acme'");
    assert_eq!(gone.await.unwrap()[0]["closed"], true);
}
