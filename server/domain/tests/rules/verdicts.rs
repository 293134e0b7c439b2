//! The verdict before a launch and the launch itself give one answer, whatever budgets, credit, quota, tokens and projects
//! say.

use crate::{
    fleet::{Fleet, launch},
    tokens::asked,
    world::{
        Tenant,
        dice::{Dice, cases},
        noon,
    },
};
use domain::{
    Error,
    access::{
        Scope,
        policy::{HoldTokens, LaunchInstances, ManageProjects},
    },
    budgets::set_budget,
    catalogue::{list_launchable_in, quote_in},
    commands::Command,
    organisations::{list_open_projects_in, make_project, set_project_members},
    tokens::make_own_token,
};
use types::{
    AskVerdict, BudgetSubject, BudgetWindow, FlavourId, LaunchInstance, MakeProject, MakeToken, Money, ProjectId,
    QuoteView, Role, SetBudget, SetProjectMembers, Verdict, VerdictReason, VerdictWord,
};

/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;
/// A developer of every organisation.
const DEVELOPER: &str = "developer@everywhere.test";

type Launches = Scope<LaunchInstances>;

impl Fleet {
    async fn quote(&self, scope: &Launches, ask: AskVerdict) -> domain::Result<QuoteView> {
        let tx = self.world.db.look(scope, noon()).await.unwrap();
        quote_in(&tx, scope, ask).await
    }

    async fn verdict(&self, scope: &Launches, flavour: FlavourId, units: u32, project: ProjectId) -> Verdict {
        self.quote(scope, AskVerdict { flavour, units, project: Some(project) }).await.unwrap().verdict
    }

    /// Budgets of the project and the developer, some of them tight.
    async fn limit(&self, tenant: Tenant, dice: &mut Dice) {
        let owner = self.world.actor("owner@atlas.test").await.person().id;
        self.world.founding.add_member(tenant.id, owner, Role::Owner, noon()).await.unwrap();
        let scope = self.world.scope::<ManageProjects>("owner@atlas.test", tenant).await;
        let developer = self.world.actor(DEVELOPER).await.person().id;
        for subject in [BudgetSubject::Project(tenant.project), BudgetSubject::Member(developer)] {
            if dice.roll(3) > 0 {
                let ceiling = Money { micros: 1 + dice.roll(12 * HOUR), currency: tenant.currency };
                let window = dice.one_of(&[BudgetWindow::Month, BudgetWindow::Total]);
                let ask = SetBudget { subject, window, ceiling, alert: None };
                set_budget(&self.world.db, &scope, ask, noon()).await.unwrap();
            }
        }
    }

    /// The developer's program, which may spend up to so many hours and run so many units.
    async fn program(&self, tenant: Tenant, hours: i64, most_units: Option<u32>) -> Launches {
        let recent = self.world.actor(DEVELOPER).await.recent(noon()).unwrap();
        let scope = self.world.scope::<HoldTokens>(DEVELOPER, tenant).await;
        let ask = MakeToken { most_units, ..asked(tenant, hours) };
        let command = Command::new(tenant.slug, "make_token", &ask).unwrap();
        let made = make_own_token(&self.world.db, &scope, recent, (ask, command), noon()).await.unwrap();
        self.world.seat(tenant, &made.secret, noon()).await.unwrap().prove().unwrap()
    }
}

/// The verdict's reason for what a launch was refused with.
fn reason(error: &Error) -> VerdictReason {
    match error {
        Error::BudgetExceeded { .. } => VerdictReason::Budget,
        Error::InsufficientCredit { .. } => VerdictReason::Credit,
        Error::PaymentOverdue { .. } => VerdictReason::PaymentOverdue,
        Error::QuotaExceeded { .. } => VerdictReason::Quota,
        Error::TokenUnits { .. } => VerdictReason::TokenUnits,
        other => panic!("no verdict says {other:?}"),
    }
}

#[tokio::test]
async fn a_verdict_says_yes_exactly_where_the_launch_is_accepted_and_no_in_the_words_of_its_refusal() {
    let fleet = Fleet::without_money().await;
    let (mut n_accepted, mut n_beyond) = (0, 0);
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("verdict")).await;
        fleet.quota(tenant, fleet.world.h100, u32::try_from(4 + dice.roll(8)).unwrap()).await;
        fleet.world.top_up(tenant, tenant.slug, 1 + dice.roll(20 * HOUR), noon()).await.unwrap();
        fleet.limit(tenant, &mut dice).await;
        let person = fleet.world.scope::<LaunchInstances>(DEVELOPER, tenant).await;
        let most_units = dice.one_of(&[None, Some(1), Some(4)]);
        let scopes = [person, fleet.program(tenant, 1 + dice.roll(8), most_units).await];
        for n in 0..6 {
            let scope = &scopes[usize::from(dice.roll(2) == 1)];
            let units = u32::try_from(1 + dice.roll(3)).unwrap();
            let ask = LaunchInstance { units, ..fleet.ask(tenant, &format!("{}-{n}", tenant.slug)) };
            let verdict = fleet.verdict(scope, ask.flavour, units, ask.project).await;
            for other in &verdict.alternatives {
                let again = fleet.verdict(scope, other.flavour, other.units, ask.project).await;
                assert_eq!(again.word, VerdictWord::Now, "{other:?} is offered");
            }
            let outcome = launch(&fleet.world, scope, ask.clone(), &ask.name, noon()).await;
            assert_eq!(verdict.word != VerdictWord::Cannot, outcome.is_ok(), "{verdict:?}, then {outcome:?}");
            let Err(error) = outcome else {
                n_accepted += 1;
                continue;
            };
            assert_eq!(verdict.reason, Some(reason(&error)));
            if matches!(error, Error::BudgetExceeded { .. } | Error::TokenUnits { .. }) {
                assert_eq!(verdict.arguments, error.refusal().unwrap().arguments);
                n_beyond += 1;
            }
        }
    }
    assert!(n_accepted > 0 && n_beyond > 0, "{n_accepted} were accepted, {n_beyond} beyond a limit");
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn only_projects_that_somebody_is_among_are_offered_and_the_verdict_on_others_is_the_launchs_refusal() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let manages = world.scope::<ManageProjects>("owner@atlas.test", atlas).await;
    let ask = MakeProject { name: "Vision".to_owned() };
    let command = Command::new("vision", "make_project", &ask).unwrap();
    let vision = make_project(&world.db, &manages, ask, command, noon()).await.unwrap().id;
    let admin = world.actor("admin@atlas.test").await.person().id;
    let reserve = async |project| {
        let ask = SetProjectMembers { project, members: vec![admin] };
        set_project_members(&world.db, &manages, ask, noon()).await.unwrap();
    };
    reserve(vision).await;
    let (developer, owner) =
        (fleet.developer(atlas).await, world.scope::<LaunchInstances>("owner@atlas.test", atlas).await);
    let offered = async |scope: &Launches| {
        let tx = world.db.look(scope, noon()).await.unwrap();
        let projects = list_open_projects_in(&tx, scope).await.unwrap().items;
        projects.into_iter().map(|project| project.name).collect::<Vec<_>>()
    };
    assert_eq!(offered(&developer).await, ["Research"]);
    assert_eq!(offered(&owner).await, ["Research", "Vision"], "who manages projects is among all");
    let of = |project| AskVerdict { flavour: world.h100, units: 1, project };
    let refused = fleet.quote(&developer, of(Some(vision))).await;
    assert!(matches!(refused, Err(Error::BeyondProject)), "{refused:?}");
    let strange = fleet.quote(&developer, of(Some(world.breton.project))).await;
    assert!(matches!(strange, Err(Error::Invalid { field: "project", .. })), "{strange:?}");
    assert_eq!(fleet.quote(&developer, of(None)).await.unwrap().project, atlas.project);
    reserve(atlas.project).await;
    assert_eq!(offered(&developer).await, Vec::<String>::new());
    let nowhere = fleet.quote(&developer, of(None)).await;
    assert!(matches!(nowhere, Err(Error::BeyondProject)), "{nowhere:?}");
    let launched = launch(world, &developer, fleet.ask(atlas, "one"), "one", noon()).await;
    assert!(matches!(launched, Err(Error::BeyondProject)), "{launched:?}");
}

#[tokio::test]
async fn the_list_of_a_project_says_of_one_unit_what_the_quote_says_of_it() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let manages = world.scope::<ManageProjects>("owner@atlas.test", atlas).await;
    // Less than an hour of the one, and enough for the other.
    let ceiling = Money { micros: HOUR - 1, currency: atlas.currency };
    let (subject, window) = (BudgetSubject::Project(atlas.project), BudgetWindow::Month);
    set_budget(&world.db, &manages, SetBudget { subject, window, ceiling, alert: None }, noon()).await.unwrap();
    let scope = fleet.developer(atlas).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    let listed = list_launchable_in(&tx, &scope, atlas.project).await.unwrap().items;
    for (flavour, is_beyond) in [(world.h100, true), (world.slice, false)] {
        let row = listed.iter().find(|row| row.id == flavour).unwrap().verdict.as_ref().unwrap();
        let quoted = fleet.verdict(&scope, flavour, 1, atlas.project).await;
        assert_eq!((row.word, row.reason, &row.arguments), (quoted.word, quoted.reason, &quoted.arguments));
        assert_eq!(row.reason == Some(VerdictReason::Budget), is_beyond, "{row:?}");
    }
    let strange = list_launchable_in(&tx, &scope, world.breton.project).await;
    assert!(matches!(strange, Err(Error::Invalid { field: "project", .. })), "{strange:?}");
}
