//! The screens of volumes, without JavaScript.

use crate::portal::Shop;

#[tokio::test]
async fn a_volume_is_made_grown_deleted_and_taken_back_by_forms_alone() {
    let shop = Shop::open().await;
    shop.volume("data", 10).await;
    let page = shop.owner.get("/o/acme/volumes").await;
    assert!(page.status == 200 && page.body.contains("name=\"size_gb\"") && page.body.contains("data"), "{page:?}");
    let form =
        |name: &str, size: &str| format!("name={name}&size_gb={size}&project={}&idempotency_key={name}", shop.project);
    let refused = shop.owner.form("/o/acme/volumes", &form("models", "none")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"none\"") && refused.body.contains("aria-invalid=\"true\""), "{refused:?}");
    let beyond = shop.owner.form("/o/acme/volumes", &form("beyond", "5000")).await;
    assert!(beyond.status == 409 && beyond.body.contains("of Storage"), "beside the size: {beyond:?}");
    assert!(beyond.body.contains("aria-invalid=\"true\""), "{beyond:?}");
    let taken = shop.owner.form("/o/acme/volumes", &form("data", "1")).await;
    assert!(taken.status == 409 && taken.body.contains("volume is called data"), "beside the name: {taken:?}");
    let made = shop.owner.form("/o/acme/volumes", &form("models", "20")).await;
    assert_eq!(made.status, 303, "{made:?}");
    let one = made.header("location").to_owned();
    assert!(one.starts_with("/o/acme/volumes/vol_"), "{one}");
    let page = shop.owner.get(&one).await;
    assert!(page.body.contains("/volumes/models"), "the folder is told: {page:?}");
    let smaller = shop.owner.form(&format!("{one}/grow"), "size_gb=1").await;
    assert_eq!(smaller.status, 422, "{smaller:?}");
    assert_eq!(shop.owner.form(&format!("{one}/grow"), "size_gb=30").await.status, 303);
    let another = shop.owner.form(&format!("{one}/delete"), "confirm=another").await;
    assert!(another.status == 422 && another.body.contains("value=\"another\""), "{another:?}");
    assert_eq!(shop.owner.form(&format!("{one}/delete"), "confirm=models").await.status, 303);
    let page = shop.owner.get(&one).await;
    assert!(page.body.contains(&format!("{one}/undo")), "{page:?}");
    assert_eq!(shop.owner.form(&format!("{one}/undo"), "").await.status, 303);
}

#[tokio::test]
async fn storage_that_is_refused_is_told_with_the_clusters_answer_on_the_page_and_over_the_api() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let said = "persistentvolumeclaims is forbidden: the class must support resize";
    shop.portal.as_owner(&format!("UPDATE volume SET reason = 'storage_refused', message = '{said}'")).await;
    for caller in [&shop.owner, &shop.operator] {
        let read = caller.get(&format!("/api/v1/organisations/acme/volumes/{id}")).await;
        assert_eq!((read.text("reason"), read.text("message")), ("storage_refused".to_owned(), said.to_owned()));
        let page = caller.get(&format!("/o/acme/volumes/{id}")).await;
        assert!(page.body.contains(said) && page.body.contains("storage refuses this"), "{page:?}");
    }
}

#[tokio::test]
async fn a_launch_chooses_its_volumes_in_the_form() {
    let shop = Shop::open().await;
    let id = shop.volume("data", 10).await;
    let page = shop.owner.get("/o/acme/launch").await;
    assert!(page.body.contains(&id) && page.body.contains("name=\"volume_name\""), "{page:?}");
    let form = format!(
        "name=train-1&project={}&flavour={}&units=1&template=pytorch&volume={id}&volume_name=scratch&volume_size=5\
         &idempotency_key=k",
        shop.project, shop.flavour
    );
    let launched = shop.owner.form("/o/acme/launch", &form).await;
    assert_eq!(launched.status, 303, "{launched:?}");
    assert_eq!(shop.portal.count("volume_mount").await, 2);
    let bad = form.replace("volume_size=5", "volume_size=").replace("train-1", "train-2").replace("key=k", "key=l");
    let refused = shop.owner.form("/o/acme/launch", &bad.replace(&format!("volume={id}"), "volume=")).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(refused.body.contains("value=\"scratch\""), "what was written stays");
    let taken = bad.replace("volume_name=scratch&volume_size=", "volume_name=data&volume_size=1");
    let taken = taken.replace(&format!("volume={id}"), "volume=");
    let taken = shop.owner.form("/o/acme/launch", &taken.replace("key=l", "key=m")).await;
    assert!(taken.status == 409 && taken.body.contains("volume is called data"), "{taken:?}");
    let place = taken.body.find("name=\"volume_name\"").unwrap();
    let invalid = taken.body.match_indices("aria-invalid=\"true\"").map(|(at, _)| at).collect::<Vec<_>>();
    assert!(invalid.len() == 1 && invalid[0].abs_diff(place) < 400, "the new volume's own field: {invalid:?}, {place}");
}
