//! What an organisation may spend in a month: one limit over everything, beside the budgets of its parts.

use crate::fleet::{Fleet, launch, pod, ready};
use crate::world::{JOB, Tenant, noon};
use domain::{
    Error,
    access::policy::{LaunchInstances, LimitSpending, ManageProjects, ReadBalance},
    budgets::{
        list_budgets_in, remove_budget, remove_spending_limit, set_budget, set_spending_limit, spending_limit_in,
    },
    instances::mind_budgets,
};
use types::{BudgetSubject, BudgetView, BudgetWindow, ClusterSeen, Money, SetBudget, SetSpendingLimit, Timestamp};

/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

fn money(tenant: Tenant, micros: i64) -> Money {
    Money { micros, currency: tenant.currency }
}

fn most(tenant: Tenant, ceiling: i64) -> SetSpendingLimit {
    SetSpendingLimit { ceiling: money(tenant, ceiling), alert: None }
}

impl Fleet {
    async fn limit_all(&self, tenant: Tenant, ask: SetSpendingLimit, now: Timestamp) -> domain::Result<BudgetView> {
        let scope = self.world.scope::<LimitSpending>("owner@atlas.test", tenant).await;
        set_spending_limit(&self.world.db, &scope, ask, now).await
    }

    async fn limit_of(&self, tenant: Tenant, now: Timestamp) -> Option<BudgetView> {
        let scope = self.world.scope::<ReadBalance>("owner@atlas.test", tenant).await;
        let tx = self.world.db.look(&scope, now).await.unwrap();
        spending_limit_in(&tx, &scope).await.unwrap().limit
    }

    async fn mailed(&self, kind: &str) -> i64 {
        self.world.number("SELECT count(*) AS n FROM outbox WHERE kind = $1", [kind.into()]).await
    }
}

#[tokio::test]
async fn whoever_launches_what_counts_against_the_organisations_limit_and_beyond_it_nothing_is_stored() {
    let fleet = Fleet::new().await;
    let (atlas, breton) = (fleet.world.atlas, fleet.world.breton);
    fleet.limit_all(atlas, most(atlas, 2 * HOUR), noon()).await.unwrap();
    fleet.launch(atlas, "one", noon()).await;
    let admin = fleet.world.scope::<LaunchInstances>("admin@atlas.test", atlas).await;
    launch(&fleet.world, &admin, fleet.ask(atlas, "two"), "two", noon()).await.unwrap();
    fleet.launch(breton, "elsewhere", noon()).await;
    let before = fleet.world.fingerprint().await;
    let refused = launch(&fleet.world, &admin, fleet.ask(atlas, "three"), "three", noon()).await.unwrap_err();
    let Error::BudgetExceeded { of, needed, left, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((of, needed.micros, left.micros), ("organisation", HOUR, 0));
    assert_eq!(fleet.world.fingerprint().await, before);
    let limit = fleet.limit_of(atlas, noon()).await.unwrap();
    assert_eq!((limit.subject, limit.window), (BudgetSubject::Organisation(atlas.id), BudgetWindow::Month));
    assert_eq!((limit.alert.micros, limit.spent.micros, limit.held.micros), (2 * HOUR / 5 * 4, 0, 2 * HOUR));
    // Taken away it limits nothing, and taking it away once more changes nothing.
    let scope = fleet.world.scope::<LimitSpending>("owner@atlas.test", atlas).await;
    for _ in 0..2 {
        remove_spending_limit(&fleet.world.db, &scope, noon()).await.unwrap();
    }
    assert_eq!(fleet.limit_of(atlas, noon()).await, None);
    launch(&fleet.world, &admin, fleet.ask(atlas, "three"), "again", noon()).await.unwrap();
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn at_the_limits_alert_those_who_mind_the_money_get_a_letter_and_at_it_everything_is_stopped() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let ask = SetSpendingLimit { alert: Some(money(atlas, 2 * HOUR)), ..most(atlas, 4 * HOUR) };
    fleet.limit_all(atlas, ask, noon()).await.unwrap();
    fleet.report(ClusterSeen::Fresh { through: later(86_400) }, later(1)).await;
    fleet.world.observe(later(86_400)).await;
    let admin = fleet.world.scope::<LaunchInstances>("admin@atlas.test", atlas).await;
    let mine = fleet.launch(atlas, "mine", noon()).await;
    let theirs = launch(&fleet.world, &admin, fleet.ask(atlas, "theirs"), "theirs", noon()).await.unwrap();
    for view in [mine, theirs] {
        fleet.pod(ready(pod(atlas, view.id, 1, later(2)), later(5)), later(5)).await;
    }
    // Two run, so that an hour of both is two.
    for _ in 0..2 {
        let stopped = mind_budgets(&fleet.world.db, JOB, atlas.id, later(3_605)).await.unwrap();
        assert_eq!(stopped, 0);
    }
    let readers =
        "SELECT count(*) AS n FROM member WHERE organisation_id = $1 AND role IN ('owner', 'admin', 'billing')";
    let readers = fleet.world.number(readers, [atlas.id.into()]).await;
    assert_eq!((fleet.mailed("budget-alert").await, fleet.mailed("budget-reached").await), (readers, 0));
    assert_eq!(mind_budgets(&fleet.world.db, JOB, atlas.id, later(7_204)).await.unwrap(), 0);
    assert_eq!(mind_budgets(&fleet.world.db, JOB, atlas.id, later(7_205)).await.unwrap(), 2);
    assert_eq!(fleet.mailed("budget-reached").await, readers);
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM instance WHERE wish = 'running'", []).await, 0);
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn a_limit_that_cannot_be_names_its_field_and_the_ways_of_other_budgets_do_not_reach_it() {
    let fleet = Fleet::new().await;
    let (atlas, breton) = (fleet.world.atlas, fleet.world.breton);
    let before = fleet.world.fingerprint().await;
    let euros = Money { micros: HOUR, currency: breton.currency };
    for (wrong, field) in [
        (most(atlas, 0), "ceiling"),
        (SetSpendingLimit { ceiling: euros, alert: None }, "ceiling"),
        (SetSpendingLimit { alert: Some(money(atlas, HOUR + 1)), ..most(atlas, HOUR) }, "alert"),
    ] {
        let refused = fleet.limit_all(atlas, wrong, noon()).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid { field: named, .. } if named == field), "{refused:?}");
    }
    let projects = fleet.world.scope::<ManageProjects>("owner@atlas.test", atlas).await;
    let subject = BudgetSubject::Organisation(atlas.id);
    let ask = SetBudget { subject, window: BudgetWindow::Total, ceiling: money(atlas, HOUR), alert: None };
    let refused = set_budget(&fleet.world.db, &projects, ask, noon()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "subject", .. })), "{refused:?}");
    assert_eq!(fleet.world.fingerprint().await, before);
    let limit = fleet.limit_all(atlas, most(atlas, HOUR), noon()).await.unwrap();
    let refused = remove_budget(&fleet.world.db, &projects, limit.id, noon()).await;
    assert!(matches!(refused, Err(Error::Conflict("budget-of-organisation"))), "{refused:?}");
    let scope = fleet.world.scope::<ReadBalance>("owner@atlas.test", atlas).await;
    let tx = fleet.world.db.look(&scope, noon()).await.unwrap();
    assert_eq!(list_budgets_in(&tx, &scope).await.unwrap().items[0].id, limit.id);
}
