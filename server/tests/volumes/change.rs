//! Making, growing, mounting and deleting over the API.

use serde_json::json;

use crate::portal::{Shop, first};

const PATH: &str = "/api/v1/organisations/acme/volumes";

#[tokio::test]
async fn a_volume_is_made_listed_grown_deleted_and_taken_back() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let one = format!("{PATH}/{id}");
    let read = shop.owner.get(&one).await;
    assert_eq!((read.status, read.text("phase"), read.text("name")), (200, "requested".into(), "data".into()));
    assert_eq!(read.json()["per_hour"], json!({ "micros": 10_000, "currency": "MAD" }));
    assert_eq!(first(&shop.owner.get(PATH).await)["id"], id);
    let grown = shop.owner.post(&format!("{one}/grow"), &json!({ "size_gb": 20 })).await;
    assert_eq!((grown.status, grown.json()["size_gb"].as_u64()), (200, Some(20)), "{grown:?}");
    let smaller = shop.owner.post(&format!("{one}/grow"), &json!({ "size_gb": 20 })).await;
    assert_eq!((smaller.status, smaller.field()), (422, "size_gb".to_owned()));
    let deleted = shop.owner.delete(&one).await;
    assert_eq!((deleted.status, deleted.text("wish")), (200, "deleted".to_owned()));
    assert_eq!(deleted.text("undo_until"), "2026-03-03T09:00:00Z");
    let grown = shop.owner.post(&format!("{one}/grow"), &json!({ "size_gb": 30 })).await;
    assert_eq!((grown.status, grown.fact()), (409, "volume-deleted".to_owned()));
    let back = shop.owner.post(&format!("{one}/undo-delete"), &json!({})).await;
    assert_eq!((back.status, back.text("wish")), (200, "kept".to_owned()));
}

#[tokio::test]
async fn what_is_seen_as_another_version_is_not_changed() {
    let shop = Shop::open().await;
    let one = format!("{PATH}/{}", shop.volume("data", 10).await);
    let tag = shop.owner.get(&one).await.header("etag").to_owned();
    assert_eq!(shop.owner.post(&format!("{one}/grow"), &json!({ "size_gb": 20 })).await.status, 200);
    let stale = shop.owner.clone().with("if-match", &tag).delete(&one).await;
    assert_eq!(stale.status, 412, "{stale:?}");
}

#[tokio::test]
async fn the_same_key_makes_one_volume_and_what_cannot_be_names_its_field() {
    let shop = Shop::open().await;
    shop.volume("data", 10).await;
    let ask = |name: &str, size_gb: i64| json!({ "project": shop.project, "name": name, "size_gb": size_gb });
    let caller = shop.owner.clone().with("idempotency-key", "k1");
    let (made, again) = (caller.post(PATH, &ask("more", 1)).await, caller.post(PATH, &ask("more", 1)).await);
    assert_eq!((made.status, &made.body), (201, &again.body));
    let before = shop.rows(&["volume", "lease", "hold", "audit"]).await;
    for (body, field) in [(ask("Not a name", 1), "name"), (ask("none", 0), "size_gb"), (ask("huge", 10_001), "size_gb")]
    {
        let refused = shop.owner.post(PATH, &body).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{refused:?}");
    }
    let beyond = shop.owner.post(PATH, &ask("beyond", 5_000)).await;
    assert_eq!((beyond.status, beyond.fact()), (409, "quota-exceeded".to_owned()), "{beyond:?}");
    assert_eq!(shop.rows(&["volume", "lease", "hold", "audit"]).await, before);
}

#[tokio::test]
async fn a_launch_mounts_a_volume_that_is_there_and_one_that_is_made_with_it() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let mut ask = shop.ask("train-1");
    ask["volumes"] = json!([id]);
    ask["new_volume"] = json!({ "name": "scratch", "size_gb": 5 });
    let launched = shop.owner.post("/api/v1/organisations/acme/instances", &ask).await;
    assert_eq!(launched.status, 201, "{launched:?}");
    let list = shop.owner.get(PATH).await.json();
    for volume in list["items"].as_array().unwrap() {
        assert_eq!(volume["instance_name"], "train-1", "{volume}");
    }
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let mut second = shop.ask("train-2");
    second["volumes"] = json!([id]);
    let refused = shop.owner.post("/api/v1/organisations/acme/instances", &second).await;
    assert_eq!((refused.status, refused.fact()), (409, "volume-in-use".to_owned()));
    let deleted = shop.owner.delete(&format!("{PATH}/{id}")).await;
    assert_eq!((deleted.status, deleted.fact()), (409, "volume-in-use".to_owned()));
}
