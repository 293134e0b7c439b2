//! A hundred launches at once at the last GPU of a quota and at the last unit of credit, on a real database.

use crate::fleet::{Fleet, launch};
use crate::world::{noon, patient};
use domain::{
    Error,
    access::{Scope, policy::LaunchInstances},
};
use types::{InstanceView, LaunchInstance};

/// Launches under the name as key; one that is told to try again, since the database is busy, tries again.
async fn patient_launch(
    fleet: &Fleet,
    scope: &Scope<LaunchInstances>,
    ask: LaunchInstance,
) -> domain::Result<InstanceView> {
    patient(async || launch(&fleet.world, scope, ask.clone(), &ask.name, noon()).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_hundred_launches_at_once_exactly_as_many_pass_as_the_quota_has_left() {
    let fleet = Fleet::new().await;
    let scope = fleet.developer(fleet.world.atlas).await;
    let launches = (0..100).map(|n| {
        let (fleet, scope) = (&fleet, &scope);
        async move {
            let name = format!("run-{n}");
            patient_launch(fleet, scope, fleet.ask(fleet.world.atlas, &name)).await
        }
    });
    let mut launched = 0;
    for outcome in futures_util::future::join_all(launches).await {
        match outcome {
            Ok(_) => launched += 1,
            Err(error) => assert!(matches!(error, Error::QuotaExceeded { asked: 1, left: 0, .. }), "{error:?}"),
        }
    }
    assert_eq!(launched, 8);
    fleet.world.assert_balanced().await;
    for table in ["instance", "lease", "usage_interval"] {
        assert_eq!(fleet.world.number(&format!("SELECT count(*) AS n FROM {table}"), []).await, 8, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_hundred_launches_at_once_exactly_as_many_pass_as_the_credit_covers() {
    let fleet = Fleet::without_money().await;
    let atlas = fleet.world.atlas;
    fleet.quota(atlas, fleet.world.h100, 100).await;
    // An hour of 30.00 with 20 % is 36.00: this covers five and not six.
    fleet.top_up(atlas, 215_999_999).await;
    let scope = fleet.developer(atlas).await;
    let launches = (0..100).map(|n| {
        let (fleet, scope) = (&fleet, &scope);
        async move {
            let name = format!("run-{n}");
            patient_launch(fleet, scope, fleet.ask(atlas, &name)).await
        }
    });
    let mut launched = 0;
    for outcome in futures_util::future::join_all(launches).await {
        match outcome {
            Ok(_) => launched += 1,
            Err(error) => assert!(matches!(error, Error::InsufficientCredit { .. }), "{error:?}"),
        }
    }
    assert_eq!(launched, 5);
    for table in ["instance", "lease", "hold WHERE state = 'open'"] {
        assert_eq!(fleet.world.number(&format!("SELECT count(*) AS n FROM {table}"), []).await, 5, "{table}");
    }
    let held = "SELECT held AS n FROM account WHERE organisation_id IS NOT NULL AND kind = 'wallet'";
    assert_eq!(fleet.world.number(held, []).await, 5 * 36_000_000);
    fleet.world.assert_balanced().await;
}
