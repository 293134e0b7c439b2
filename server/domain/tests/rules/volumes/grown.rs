//! Volumes that grow: billed by what is there, and what becomes of a growth that the cluster refuses.

use domain::{
    Error,
    volumes::{delete_volume, grow_volume, undo_delete_volume},
};
use types::{InstanceReason, VolumePhase, WishOutcome};

use super::{HOUR, LIFEBOAT, answered, billed, bind, change, data, later, make, seen, store, which};

#[tokio::test]
async fn what_grows_is_billed_at_its_new_size_once_the_cluster_has_grown_it() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    let scope = change(&fleet).await;
    for size_gb in [1, 100] {
        let smaller = grow_volume(&fleet.world.db, &scope, which(&view), size_gb, later(100)).await;
        assert!(matches!(smaller, Err(Error::Invalid { field: "size_gb", .. })), "{smaller:?}");
    }
    let grown = grow_volume(&fleet.world.db, &scope, which(&view), 200, later(160)).await.unwrap();
    assert_eq!((grown.phase, grown.size_gb, grown.capacity_gb), (VolumePhase::Resizing, 200, 100));
    bind(&fleet, atlas, view.id, 200, later(260)).await;
    assert_eq!(billed(&fleet, later(360)).await, 100 * 200 + 200 * 100);
    assert_eq!(fleet.world.wallet(atlas, later(361)).await.per_hour.micros, 2 * HOUR);
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn a_growth_that_is_refused_says_why_until_it_is_there_and_bills_what_it_had() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
    let (atlas, view) = (fleet.world.atlas, data(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    grow_volume(&fleet.world.db, &change(&fleet).await, which(&view), 200, later(160)).await.unwrap();
    let (reason, message) = (InstanceReason::StorageRefused, "the class must support resize".to_owned());
    answered(&fleet, view.id, WishOutcome::Waits { reason, message }, later(170)).await;
    // What is seen of the claim meanwhile leaves the reason as it is.
    bind(&fleet, atlas, view.id, 100, later(180)).await;
    let waiting = seen(&fleet, view.id, later(181)).await;
    assert_eq!((waiting.phase, waiting.size_gb, waiting.capacity_gb), (VolumePhase::Resizing, 200, 100));
    assert_eq!((waiting.reason, waiting.message.as_deref()), (Some(reason), Some("the class must support resize")));
    answered(&fleet, view.id, WishOutcome::Done, later(250)).await;
    bind(&fleet, atlas, view.id, 200, later(260)).await;
    let grown = seen(&fleet, view.id, later(261)).await;
    assert_eq!((grown.phase, grown.reason, grown.message), (VolumePhase::Bound, None, None));
    assert_eq!(billed(&fleet, later(360)).await, 100 * 200 + 200 * 100);
}

#[tokio::test]
async fn what_is_there_is_billed_though_the_rest_never_comes() {
    for is_taken_back in [true, false] {
        let fleet = store().await;
        fleet.top_up(fleet.world.atlas, 10 * LIFEBOAT).await;
        let (atlas, view, scope) = (fleet.world.atlas, data(&fleet).await, change(&fleet).await);
        let grow = async |now| grow_volume(&fleet.world.db, &scope, which(&view), 200, later(now)).await.unwrap();
        if is_taken_back {
            bind(&fleet, atlas, view.id, 100, later(60)).await;
            grow(160).await;
            delete_volume(&fleet.world.db, &scope, which(&view), later(160)).await.unwrap();
            undo_delete_volume(&fleet.world.db, &scope, which(&view), later(300)).await.unwrap();
            bind(&fleet, atlas, view.id, 100, later(310)).await;
        } else {
            grow(30).await;
            bind(&fleet, atlas, view.id, 100, later(200)).await;
        }
        assert_eq!(billed(&fleet, later(400)).await, 100 * 200, "taken back: {is_taken_back}");
        let price = Some(fleet.world.wallet(atlas, later(401)).await.per_hour.micros);
        assert_eq!(price, Some(HOUR), "what has not come costs nothing");
        let shown = seen(&fleet, view.id, later(401)).await;
        assert_eq!((shown.phase, shown.per_hour.map(|price| price.micros)), (VolumePhase::Resizing, Some(100_000)));
        bind(&fleet, atlas, view.id, 200, later(400)).await;
        assert_eq!(billed(&fleet, later(500)).await, 100 * 200 + 200 * 100);
        fleet.world.assert_balanced().await;
    }
}

#[tokio::test]
async fn a_growth_that_is_refused_can_be_given_up_for_what_is_there_and_its_quota_is_free_again() {
    let fleet = store().await;
    fleet.top_up(fleet.world.atlas, 20 * LIFEBOAT).await;
    let (atlas, view, scope) = (fleet.world.atlas, data(&fleet).await, change(&fleet).await);
    bind(&fleet, atlas, view.id, 100, later(60)).await;
    grow_volume(&fleet.world.db, &scope, which(&view), 200, later(160)).await.unwrap();
    let give_up = async |size_gb| grow_volume(&fleet.world.db, &scope, which(&view), size_gb, later(170)).await;
    let before = give_up(100).await;
    assert!(matches!(before, Err(Error::Invalid { field: "size_gb", .. })), "nothing was refused: {before:?}");
    let (reason, message) = (InstanceReason::StorageRefused, "the class must support resize".to_owned());
    answered(&fleet, view.id, WishOutcome::Waits { reason, message }, later(165)).await;
    let less = give_up(99).await;
    assert!(matches!(less, Err(Error::Invalid { field: "size_gb", .. })), "less than is there: {less:?}");
    let kept = give_up(100).await.unwrap();
    assert_eq!((kept.phase, kept.size_gb, kept.reason), (VolumePhase::Bound, 100, None));
    make(&fleet, atlas, "developer@atlas.test", "rest", 900).await.unwrap();
    assert_eq!(billed(&fleet, later(360)).await, 100 * 300);
    fleet.world.assert_balanced().await;
}
