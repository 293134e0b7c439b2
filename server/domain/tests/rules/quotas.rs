//! Quotas on a real database: set with a reason by the operator, copied to the cluster by a raised wish.

use crate::fleet::Fleet;
use crate::world::{JOB, noon};
use domain::{
    Error,
    access::policy::{ReadOrganisation, SetQuotas},
    instances::{namespaces_in, record_namespace},
    quotas::{list_quotas_in, set_quota},
};
use types::{NamespaceWish, SetQuota};

async fn namespace(fleet: &Fleet) -> NamespaceWish {
    let open = fleet.world.db.work(JOB, noon()).await.unwrap();
    let wishes = namespaces_in(&open, fleet.world.cluster).await.unwrap();
    wishes.into_iter().find(|wish| wish.organisation == fleet.world.atlas.id).unwrap()
}

#[tokio::test]
async fn a_new_quota_is_counted_at_once_and_raises_the_namespaces_wish() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    fleet.launch(atlas, "one", noon()).await;
    let before = namespace(&fleet).await;
    assert_eq!(before.gpus.get("nvidia.com/gpu"), Some(&8));
    fleet.quota(atlas, fleet.world.h100, 3).await;
    let after = namespace(&fleet).await;
    assert_eq!(after.gpus.get("nvidia.com/gpu"), Some(&3));
    assert_eq!(after.pods.cpu_millis, (3 + 8) * 16_000);
    assert!(after.wish_seq > before.wish_seq);
    let scope = fleet.world.scope::<ReadOrganisation>("viewer@atlas.test", atlas).await;
    let tx = fleet.world.db.look(&scope, noon()).await.unwrap();
    let list = list_quotas_in(&tx, &scope).await.unwrap();
    let row = list.items.iter().find(|row| row.flavour == fleet.world.h100).unwrap();
    assert_eq!((row.quota.units, row.quota.used, row.quota.left()), (3, 1, 2));
}

#[tokio::test]
async fn a_quota_is_never_set_without_a_reason_or_for_what_does_not_exist() {
    let fleet = Fleet::new().await;
    let scope = fleet.world.scope::<SetQuotas>("operator@hub.test", fleet.world.atlas).await;
    let ask = |units, reason: &str| SetQuota { flavour: fleet.world.h100, units, reason: reason.to_owned() };
    for (ask, wrong) in [(ask(1, " "), "reason"), (ask(10_001, "more"), "units"), (ask(1, &"x".repeat(501)), "reason")]
    {
        let refused = set_quota(&fleet.world.db, &scope, ask, noon()).await;
        assert!(matches!(&refused, Err(Error::Invalid { field, .. }) if *field == wrong), "{refused:?}");
    }
    let unknown = SetQuota { flavour: types::FlavourId::new(noon()), ..ask(1, "more") };
    let refused = set_quota(&fleet.world.db, &scope, unknown, noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "flavour", .. })), "{refused:?}");
}

#[tokio::test]
async fn members_cannot_raise_their_own_quota() {
    let fleet = Fleet::new().await;
    for role in ["owner", "admin", "developer"] {
        let actor = fleet.world.actor(&format!("{role}@atlas.test")).await;
        let seat = actor.enter(&fleet.world.db, "atlas").await.unwrap();
        assert!(matches!(seat.prove::<SetQuotas>(), Err(Error::Forbidden("SetQuotas"))), "{role}");
    }
}

#[tokio::test]
async fn a_namespace_is_taken_up_to_the_wish_that_was_applied_and_not_further() {
    let fleet = Fleet::new().await;
    let wish = namespace(&fleet).await;
    let place = (fleet.world.cluster, fleet.lead.epoch);
    let applied = "SELECT max(applied_seq) AS n FROM namespace";
    record_namespace(&fleet.world.db, JOB, place, (wish.organisation, wish.wish_seq + 5), noon()).await.unwrap();
    assert_eq!(fleet.world.number(applied, []).await, 0);
    record_namespace(&fleet.world.db, JOB, place, (wish.organisation, wish.wish_seq), noon()).await.unwrap();
    assert_eq!(fleet.world.number(applied, []).await, wish.wish_seq);
}
