//! What a project, a member or a token may spend: refused beyond it, stopped at it, told before it.

use crate::fleet::{Fleet, launch, pod, ready};
use crate::tokens::asked;
use crate::world::{
    JOB, Tenant,
    dice::{Dice, cases},
    noon, patient,
};
use domain::{
    Error,
    access::policy::{LaunchInstances, ManageMembers, ManageProjects, ManageTokens, ReadBalance},
    budgets::{list_budgets_in, remove_budget, set_budget},
    instances::mind_budgets,
    organisations::remove_member,
    settlement::{organisations_at_budgets, settle},
    tokens::revoke_token,
};
use types::{
    BudgetSubject, BudgetView, BudgetWindow, ClusterSeen, InstanceView, MakeToken, Money, Role, SetBudget, Timestamp,
};

/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

fn money(tenant: Tenant, micros: i64) -> Money {
    Money { micros, currency: tenant.currency }
}

fn ask(tenant: Tenant, ceiling: i64) -> SetBudget {
    SetBudget {
        subject: BudgetSubject::Project(tenant.project),
        window: BudgetWindow::Month,
        ceiling: money(tenant, ceiling),
        alert: None,
    }
}

impl Fleet {
    async fn set_budget(&self, tenant: Tenant, ask: SetBudget, now: Timestamp) -> domain::Result<BudgetView> {
        let scope = self.world.scope::<ManageProjects>("owner@atlas.test", tenant).await;
        set_budget(&self.world.db, &scope, ask, now).await
    }

    async fn budgets(&self, tenant: Tenant, now: Timestamp) -> Vec<BudgetView> {
        let scope = self.world.scope::<ReadBalance>("owner@atlas.test", tenant).await;
        let tx = self.world.db.look(&scope, now).await.unwrap();
        list_budgets_in(&tx, &scope).await.unwrap().items
    }

    /// Launches one as the developer, ready after five seconds.
    async fn run(&self, tenant: Tenant, name: &str, now: Timestamp) -> InstanceView {
        let view = self.launch(tenant, name, now).await;
        let ready_at = now.plus_seconds(5);
        self.pod(ready(pod(tenant, view.id, 1, now.plus_seconds(2)), ready_at), ready_at).await;
        view
    }

    async fn mind(&self, tenant: Tenant, now: Timestamp) -> usize {
        mind_budgets(&self.world.db, JOB, tenant.id, now).await.unwrap()
    }

    async fn letters(&self, kind: &str) -> i64 {
        self.world.number("SELECT count(*) AS n FROM outbox WHERE kind = $1", [kind.into()]).await
    }

    /// Whether the chore would look at any of them.
    async fn timers_with_budgets(&self, tenant: Tenant) -> i64 {
        let sql = "SELECT count(*) AS n FROM settlement_timer WHERE organisation_id = $1 AND budget_at IS NOT NULL";
        self.world.number(sql, [tenant.id.into()]).await
    }

    /// When a budget is predicted to reach something, as seconds after noon.
    async fn reaches(&self, tenant: Tenant) -> i64 {
        let sql = "SELECT extract(epoch FROM budget_at)::bigint AS n FROM settlement_timer WHERE organisation_id = $1";
        self.world.number(sql, [tenant.id.into()]).await - noon().as_second()
    }
}

#[tokio::test]
async fn a_launch_beyond_a_budget_is_refused_with_what_is_left_of_it_and_stores_nothing() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    fleet.set_budget(atlas, ask(atlas, 2 * HOUR - 1), noon()).await.unwrap();
    fleet.launch(atlas, "one", noon()).await;
    let before = fleet.world.fingerprint().await;
    let scope = fleet.developer(atlas).await;
    let refused = launch(&fleet.world, &scope, fleet.ask(atlas, "two"), "two", noon()).await.unwrap_err();
    let Error::BudgetExceeded { of, name, needed, left } = refused else { panic!("{refused:?}") };
    assert_eq!((of, name.as_str(), needed.micros, left.micros), ("project", "Research", HOUR, HOUR - 1));
    assert_eq!(fleet.world.fingerprint().await, before);
    let budget = &fleet.budgets(atlas, noon()).await[0];
    assert_eq!((budget.spent.micros, budget.held.micros, budget.left().micros), (0, HOUR, HOUR - 1));
    // Raised by that one micro-unit it passes.
    fleet.set_budget(atlas, ask(atlas, 2 * HOUR), noon()).await.unwrap();
    launch(&fleet.world, &scope, fleet.ask(atlas, "two"), "again", noon()).await.unwrap();
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn each_budget_counts_its_own_and_another_organisations_none() {
    let fleet = Fleet::new().await;
    let (atlas, breton) = (fleet.world.atlas, fleet.world.breton);
    let developer = fleet.world.actor("developer@atlas.test").await.person().id;
    let of_member = SetBudget { subject: BudgetSubject::Member(developer), ..ask(atlas, HOUR) };
    fleet.set_budget(atlas, of_member, noon()).await.unwrap();
    fleet.launch(atlas, "mine", noon()).await;
    let scope = fleet.developer(atlas).await;
    let refused = launch(&fleet.world, &scope, fleet.ask(atlas, "more"), "more", noon()).await;
    assert!(matches!(refused, Err(Error::BudgetExceeded { of: "member", .. })), "{refused:?}");
    // Somebody else's launch is nothing to it, and neither is another organisation.
    let admin = fleet.world.scope::<LaunchInstances>("admin@atlas.test", atlas).await;
    launch(&fleet.world, &admin, fleet.ask(atlas, "theirs"), "theirs", noon()).await.unwrap();
    fleet.launch(breton, "elsewhere", noon()).await;
    assert_eq!(fleet.budgets(atlas, noon()).await[0].held.micros, HOUR);
    // With the member the budget goes.
    let owner = fleet.world.actor("owner@atlas.test").await;
    let scope = fleet.world.scope::<ManageMembers>("owner@atlas.test", atlas).await;
    remove_member(&fleet.world.db, &scope, owner.recent(noon()).unwrap(), developer, noon()).await.unwrap();
    assert_eq!(fleet.budgets(atlas, noon()).await, []);
}

#[tokio::test]
async fn what_cannot_be_a_budget_is_refused_with_the_field() {
    let fleet = Fleet::new().await;
    let (atlas, breton) = (fleet.world.atlas, fleet.world.breton);
    let before = fleet.world.fingerprint().await;
    let euros = Money { micros: HOUR, currency: breton.currency };
    let strange = BudgetSubject::Project(breton.project);
    for (wrong, field) in [
        (SetBudget { ceiling: money(atlas, 0), ..ask(atlas, HOUR) }, "ceiling"),
        (SetBudget { ceiling: euros, ..ask(atlas, HOUR) }, "ceiling"),
        (SetBudget { alert: Some(money(atlas, HOUR + 1)), ..ask(atlas, HOUR) }, "alert"),
        (SetBudget { alert: Some(money(atlas, -1)), ..ask(atlas, HOUR) }, "alert"),
        (SetBudget { subject: strange, ..ask(atlas, HOUR) }, "subject"),
    ] {
        let refused = fleet.set_budget(atlas, wrong, noon()).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid { field: named, .. } if named == field), "{refused:?}");
    }
    assert_eq!(fleet.world.fingerprint().await, before);
    let budget = fleet.set_budget(atlas, ask(atlas, HOUR), noon()).await.unwrap();
    let scope = fleet.world.scope::<ManageProjects>("owner@breton.test", breton).await;
    let refused = remove_budget(&fleet.world.db, &scope, budget.id, noon()).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert_eq!(fleet.budgets(atlas, noon()).await.len(), 1);
}

#[tokio::test]
async fn at_the_alert_a_letter_goes_out_once_and_at_the_ceiling_what_it_counts_is_stopped_and_nothing_else() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let developer = fleet.world.actor("developer@atlas.test").await.person().id;
    let two_hours = SetBudget { subject: BudgetSubject::Member(developer), ..ask(atlas, 2 * HOUR) };
    fleet.set_budget(atlas, SetBudget { alert: Some(money(atlas, HOUR)), ..two_hours }, noon()).await.unwrap();
    fleet.report(ClusterSeen::Fresh { through: later(86_400) }, later(1)).await;
    fleet.world.observe(later(86_400)).await;
    fleet.run(atlas, "mine", noon()).await;
    let admin = fleet.world.scope::<LaunchInstances>("admin@atlas.test", atlas).await;
    let theirs = launch(&fleet.world, &admin, fleet.ask(atlas, "theirs"), "theirs", noon()).await.unwrap();
    fleet.pod(ready(pod(atlas, theirs.id, 1, later(2)), later(5)), later(5)).await;
    // Billed from the fifth second on: the alert an hour later.
    assert_eq!(fleet.reaches(atlas).await, 3_605);
    let open = fleet.world.db.work(JOB, noon()).await.unwrap();
    assert_eq!(organisations_at_budgets(&open, later(3_604)).await.unwrap(), []);
    assert_eq!(organisations_at_budgets(&open, later(3_605)).await.unwrap(), [atlas.id]);
    drop(open);
    for _ in 0..2 {
        assert_eq!(fleet.mind(atlas, later(3_605)).await, 0);
    }
    // To the owner, the admin and the developer whom it limits.
    assert_eq!((fleet.letters("budget-alert").await, fleet.letters("budget-reached").await), (3, 0));
    assert_eq!(fleet.reaches(atlas).await, 7_205);
    // A settlement in between changes nothing of it.
    settle(&fleet.world.db, JOB, atlas.id, later(5_000)).await.unwrap();
    assert_eq!(fleet.reaches(atlas).await, 7_205);
    assert_eq!(fleet.mind(atlas, later(7_204)).await, 0);
    assert_eq!(fleet.mind(atlas, later(7_205)).await, 1);
    assert_eq!(fleet.letters("budget-reached").await, 3);
    let why =
        "SELECT count(*) AS n FROM instance WHERE name = 'mine' AND wish = 'stopped' AND reason = 'budget_reached'";
    assert_eq!(fleet.world.number(why, []).await, 1);
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM instance WHERE wish = 'running'", []).await, 1);
    assert_eq!(fleet.mind(atlas, later(7_300)).await, 0, "what is stopped is stopped once");
    settle(&fleet.world.db, JOB, atlas.id, later(8_000)).await.unwrap();
    let budget = &fleet.budgets(atlas, later(8_000)).await[0];
    assert_eq!((budget.spent.micros, budget.held.micros), (2 * HOUR, 0));
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn a_month_begins_at_zero_and_a_total_never_does() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    let developer = fleet.world.actor("developer@atlas.test").await.person().id;
    fleet.set_budget(atlas, ask(atlas, 1_000 * HOUR), noon()).await.unwrap();
    let total = SetBudget {
        subject: BudgetSubject::Member(developer),
        window: BudgetWindow::Total,
        ..ask(atlas, 9_000 * HOUR)
    };
    fleet.set_budget(atlas, total, noon()).await.unwrap();
    // When November begins in Casablanca depends on the edition of the zones' data.
    let into_november = crate::world::at("2026-11-01T03:00:00Z");
    fleet.report(ClusterSeen::Fresh { through: into_november.plus_seconds(600) }, later(1)).await;
    fleet.world.observe(into_november.plus_seconds(600)).await;
    fleet.run(atlas, "long", noon()).await;
    settle(&fleet.world.db, JOB, atlas.id, into_november.plus_seconds(300)).await.unwrap();
    let budgets = fleet.budgets(atlas, into_november.plus_seconds(300)).await;
    let settled = fleet.world.wallet(atlas, into_november.plus_seconds(300)).await.settled_through;
    let november = budgets[0].since;
    assert!((-3_600..=0).contains(&november.seconds_since(crate::world::at("2026-11-01T00:00:00Z"))), "{november}");
    let (of_month, of_all) = (settled.seconds_since(november), settled.seconds_since(later(5)));
    assert!(of_month > 3_600, "something was settled in it");
    // An amount is floored net and with its tax.
    assert!((0..=1).contains(&(of_month * 10_000 - budgets[0].spent.micros)), "{:?}", budgets[0]);
    assert!((0..=1).contains(&(of_all * 10_000 - budgets[1].spent.micros)), "{:?}", budgets[1]);
    // A month that began before anything was settled in it is at zero already.
    let december = crate::world::at("2026-12-02T00:00:00Z");
    assert_eq!(fleet.budgets(atlas, december).await[0].spent.micros, 0);
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn a_budget_set_in_the_middle_of_a_month_knows_what_was_spent_before_and_stops_what_is_beyond() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    fleet.report(ClusterSeen::Fresh { through: later(86_400) }, later(1)).await;
    fleet.world.observe(later(86_400)).await;
    fleet.run(atlas, "long", noon()).await;
    settle(&fleet.world.db, JOB, atlas.id, later(10_000)).await.unwrap();
    let settled = fleet.world.wallet(atlas, later(10_000)).await.settled_through;
    let spent = settled.seconds_since(later(5)).max(0) * 10_000;
    let budget = fleet.set_budget(atlas, ask(atlas, HOUR / 2), later(10_000)).await.unwrap();
    assert_eq!(budget.spent.micros, spent);
    assert_eq!(fleet.mind(atlas, later(10_001)).await, 1);
    assert_eq!(fleet.world.number("SELECT count(*) AS n FROM instance WHERE wish = 'running'", []).await, 0);
}

#[tokio::test]
async fn an_ended_tokens_budget_holds_what_it_launched_and_then_is_neither_listed_nor_predicted_and_keeps_its_history()
{
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    fleet.report(ClusterSeen::Fresh { through: later(86_400) }, later(1)).await;
    world.observe(later(86_400)).await;
    let made = world.own_token(atlas, asked(atlas, 2)).await.unwrap();
    let program = world.seat(atlas, &made.secret, noon()).await.unwrap().prove::<LaunchInstances>().unwrap();
    let view = launch(world, &program, fleet.ask(atlas, "by-token"), "by-token", noon()).await.unwrap();
    fleet.pod(ready(pod(atlas, view.id, 1, later(2)), later(5)), later(5)).await;
    let admin = world.scope::<ManageTokens>("admin@atlas.test", atlas).await;
    revoke_token(&world.db, &admin, made.token.id, later(10)).await.unwrap();
    // What it launched runs on, up to the ceiling that the token was given.
    assert_eq!(fleet.budgets(atlas, later(11)).await.len(), 1);
    assert_eq!(fleet.mind(atlas, later(7_205)).await, 1);
    settle(&world.db, JOB, atlas.id, later(8_000)).await.unwrap();
    assert_eq!(fleet.budgets(atlas, later(8_000)).await, []);
    assert_eq!(fleet.timers_with_budgets(atlas).await, 0);
    let spent = "SELECT spent AS n FROM budget WHERE token_id = $1";
    assert_eq!(world.number(spent, [made.token.id.into()]).await, 2 * HOUR);
}

#[tokio::test]
async fn a_budget_leaves_the_list_in_the_second_in_which_its_token_ends() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    world.own_token(atlas, MakeToken { days: 1, ..asked(atlas, 2) }).await.unwrap();
    assert_eq!(fleet.budgets(atlas, later(86_399)).await.len(), 1);
    assert_eq!(fleet.budgets(atlas, later(86_400)).await, []);
}

/// Up to three budgets over the same launches, some of them tight; what may be held by all together.
async fn limit(fleet: &Fleet, tenant: Tenant, dice: &mut Dice) -> i64 {
    let developer = fleet.world.actor("developer@everywhere.test").await.person().id;
    let mut tightest = i64::MAX;
    for subject in [BudgetSubject::Project(tenant.project), BudgetSubject::Member(developer)] {
        if dice.roll(3) == 0 {
            continue;
        }
        let ceiling = 1 + dice.roll(8 * HOUR);
        let window = dice.one_of(&[BudgetWindow::Month, BudgetWindow::Total]);
        let ask = SetBudget { subject, window, ceiling: money(tenant, ceiling), alert: None };
        fleet.set_budget(tenant, ask, noon()).await.unwrap();
        tightest = tightest.min(ceiling);
    }
    tightest
}

#[tokio::test(flavor = "multi_thread")]
async fn no_budget_is_ever_exceeded_by_launches_at_once_and_none_is_refused_that_fits() {
    let fleet = Fleet::without_money().await;
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("budget")).await;
        fleet.quota(tenant, fleet.world.h100, 64).await;
        fleet.world.top_up(tenant, tenant.slug, 1_000 * HOUR, noon()).await.unwrap();
        let owner = fleet.world.actor("owner@atlas.test").await.person().id;
        fleet.world.founding.add_member(tenant.id, owner, Role::Owner, noon()).await.unwrap();
        let tightest = limit(&fleet, tenant, &mut dice).await;
        let scope = fleet.world.scope::<LaunchInstances>("developer@everywhere.test", tenant).await;
        let units: Vec<u32> = (0..8).map(|_| u32::try_from(1 + dice.roll(2)).unwrap()).collect();
        let launches = units.iter().enumerate().map(|(n, units)| {
            let ask = types::LaunchInstance { units: *units, ..fleet.ask(tenant, &format!("{}-{n}", tenant.slug)) };
            let (fleet, scope) = (&fleet, &scope);
            async move { patient(async || launch(&fleet.world, scope, ask.clone(), &ask.name, noon()).await).await }
        });
        let outcomes = futures_util::future::join_all(launches).await;
        let cost = |units: u32| i64::from(units) * HOUR;
        let passed = units.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
        let held: i64 = passed.map(|(units, _)| cost(*units)).sum();
        assert!(held <= tightest, "{held} is set aside under a ceiling of {tightest}");
        for (units, outcome) in units.iter().zip(&outcomes) {
            let Err(error) = outcome else { continue };
            assert!(matches!(error, Error::BudgetExceeded { .. }), "{error:?}");
            assert!(held + cost(*units) > tightest, "{units} units were refused with {held} of {tightest} set aside");
        }
    }
    fleet.world.assert_balanced().await;
}
