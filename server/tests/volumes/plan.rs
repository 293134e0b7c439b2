//! The storage of a launch before it is asked for: in the plan, the verdict, a rehearsal and the words beside the form.

use serde_json::{Value, json};

use crate::portal::{Shop, mad};

const PLAN: &str = "/api/v1/organisations/acme/launch-plan";
const VERDICT: &str = "/api/v1/organisations/acme/catalogue/verdict";
const INSTANCES: &str = "/api/v1/organisations/acme/instances";

fn micros(amount: i64) -> Value {
    json!({ "micros": amount, "currency": "MAD" })
}

/// What a plan says in a place of the page.
fn said(plan: &Value, slot: &str) -> String {
    let slots = plan["text"]["slots"].as_array().unwrap();
    let found = slots.iter().find(|place| place["slot"] == slot).unwrap();
    found["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_plan_tells_the_storage_of_a_launch_apart_in_numbers_words_and_the_same_request() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let one = format!("flavour={}&units=1&template=pytorch", shop.flavour);
    let bare = shop.owner.get(&format!("{PLAN}?{one}")).await.json();
    assert_eq!((&bare["volumes"], &bare["new_volume"]), (&json!([]), &json!(null)));
    assert_eq!((said(&bare, "mounts"), said(&bare, "lifeboat")), ("None".to_owned(), "–".to_owned()));
    assert!(!said(&bare, "curl").contains("volume"), "{bare}");
    let whole = format!("{one}&volumes={id}&new_volume_name=scratch&new_volume_size_gb=5");
    let plan = shop.owner.get(&format!("{PLAN}?{whole}")).await;
    assert_eq!(plan.status, 200, "{plan:?}");
    let plan = plan.json();
    assert_eq!(plan["verdict"]["word"], "now", "{plan}");
    assert_eq!(plan["volumes"], json!([{ "id": id, "name": "data", "size_gb": 10 }]));
    // 1,000 micros a gigabyte with 20 %, for seven days.
    let new = &plan["new_volume"];
    assert_eq!((&new["per_hour"], &new["per_hour_with_tax"]), (&micros(5_000), &micros(6_000)));
    assert_eq!((&new["lifeboat"]["reserved"], &new["lifeboat"]["seconds"]), (&micros(1_008_000), &json!(604_800)));
    assert_eq!(new["quota"], json!({ "units": 1_000, "used": 10 }));
    assert_eq!((&plan["cover"]["reserved"], &plan["per_hour"]), (&mad(36), &bare["per_hour"]));
    assert!(said(&plan, "mounts").contains("data") && said(&plan, "makes").contains("scratch"), "{plan}");
    assert!(said(&plan, "makes").contains("0.005") && said(&plan, "lifeboat").contains("1.01"), "{plan}");
    let body = format!("\"volumes\":[\"{id}\"],\"new_volume\":{{\"name\":\"scratch\",\"size_gb\":5}}}}'");
    assert!(said(&plan, "curl").ends_with(&body), "{}", said(&plan, "curl"));
    assert_eq!(shop.owner.get(&format!("{VERDICT}?{whole}")).await.json(), plan["verdict"]);
}

#[tokio::test]
async fn a_verdict_knows_what_stands_in_the_way_of_volumes_in_the_words_of_the_refusal() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let mut first = shop.ask("first");
    first["volumes"] = json!([id]);
    assert_eq!(shop.owner.post(INSTANCES, &first).await.status, 201);
    let strange = "vol_01ka4c2d00000000000000000z";
    let new = |name: &str, size_gb: u32| json!({ "name": name, "size_gb": size_gb });
    for (volumes, new, reason, field) in [
        (json!([id]), Value::Null, "volume_in_use", ""),
        (json!([strange]), Value::Null, "volume_unknown", "volumes"),
        (json!(vec![&id; 9]), Value::Null, "too_many_volumes", "volumes"),
        (json!([]), new("data", 1), "volume_name_taken", "new_volume"),
        (json!([]), new("much", 991), "storage_quota", "new_volume"),
        (json!([]), new("none", 0), "new_volume", "new_volume"),
        (json!([]), new("Not a name", 1), "new_volume", "new_volume"),
    ] {
        let mut ask = shop.ask("second");
        ask["volumes"] = volumes.clone();
        let mut question = format!("{VERDICT}?flavour={}&units=1", shop.flavour);
        let ids: Vec<_> = volumes.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        question.push_str(&format!("&volumes={}", ids.join(",")));
        if let Some(name) = new["name"].as_str() {
            ask["new_volume"] = new.clone();
            let name = name.replace(' ', "+");
            question.push_str(&format!("&new_volume_name={name}&new_volume_size_gb={}", new["size_gb"]));
        }
        let (verdict, refused) = (shop.owner.get(&question).await, shop.owner.post(INSTANCES, &ask).await);
        assert!(verdict.status == 200 && refused.status >= 400, "{verdict:?}, then {refused:?}");
        assert_eq!((verdict.text("word"), verdict.text("reason")), ("cannot".to_owned(), reason.to_owned()), "{ask}");
        assert_eq!(verdict.json()["arguments"], refused.json()["arguments"], "{ask}");
        assert_eq!(refused.field(), field, "{refused:?}");
    }
    let ask = format!("{PLAN}?flavour={}&units=1", shop.flavour);
    let half = shop.owner.get(&format!("{ask}&new_volume_name=scratch")).await.json();
    assert_eq!(half["verdict"]["reason"], "new_volume", "a name without a size is no volume");
    let quoted = shop.owner.get(&format!("{ask}&new_volume_name=a'b&new_volume_size_gb=1")).await.json();
    assert!(!said(&quoted, "curl").contains("a'b"), "what is pasted into a shell has no quote of others: {quoted}");
    for (rest, field) in [("volumes=data", "volumes"), ("new_volume_size_gb=x", "new_volume_size_gb")] {
        let refused = shop.owner.get(&format!("{ask}&{rest}")).await;
        let told = (refused.status, refused.field(), refused.fact());
        assert_eq!(told, (422, field.to_owned(), "invalid-form".to_owned()), "{rest}");
    }
}

#[tokio::test]
async fn a_rehearsed_launch_tells_what_its_volumes_cost_and_a_restart_does_not_count_them_again() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let mut ask = shop.ask("train");
    ask["volumes"] = json!([id]);
    ask["new_volume"] = json!({ "name": "scratch", "size_gb": 5 });
    let rehearsed = shop.owner.post(&format!("{INSTANCES}?dry_run=true"), &ask).await;
    assert_eq!(rehearsed.status, 200, "{rehearsed:?}");
    let told = rehearsed.json();
    let plan = &told["plan"];
    assert_eq!((&plan["verdict"]["word"], &plan["volumes"][0]["id"]), (&json!("now"), &json!(id)), "{plan}");
    assert_eq!(plan["new_volume"]["lifeboat"]["reserved"], micros(1_008_000));
    let launched = shop.owner.post(INSTANCES, &ask).await;
    assert_eq!(launched.status, 201, "{launched:?}");
    // What it holds is all that it may hold: that is its own already.
    let full = "UPDATE quota q SET units = i.units FROM instance i
                WHERE i.organisation_id = q.organisation_id AND i.flavour_id = q.flavour_id";
    shop.portal.as_owner(full).await;
    let restart = format!("{}/restart?dry_run=true", launched.header("location"));
    let told = shop.owner.post(&restart, &json!({})).await.json();
    let plan = &told["plan"];
    assert_eq!((&plan["verdict"]["word"], &plan["new_volume"]), (&json!("now"), &json!(null)), "{told}");
}
