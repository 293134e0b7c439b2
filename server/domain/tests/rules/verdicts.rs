//! The verdict before a launch and the launch itself give one answer, whatever budgets, credit, quota, tokens, projects
//! and volumes say.

use std::collections::BTreeSet;

use crate::{
    fleet::{Fleet, launch},
    tokens::asked,
    world::{
        Tenant,
        dice::{Dice, cases},
        noon, start,
    },
};
use domain::{
    Error,
    access::{
        Scope,
        policy::{HoldTokens, LaunchInstances, ManageProjects, ReadInstances},
    },
    budgets::set_budget,
    catalogue::{list_launchable_in, plan_launch_in, quote_in},
    commands::Command,
    organisations::{list_open_projects_in, make_project, set_project_members},
    tokens::make_own_token,
    volumes::{STORAGE, list_volumes_in},
};
use types::{
    Argument, BudgetSubject, BudgetWindow, ClusterId, Cursor, LaunchInstance, MakeProject, MakeToken, Money, NewVolume,
    PlanLaunch, ProjectId, QuoteView, Role, SetBudget, SetProjectMembers, Verdict, VerdictReason, VerdictWord,
    VolumeId,
};

/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;
/// What is set aside for 100 GB: seven days of 1,000 micros a gigabyte and 20 % tax.
const LIFEBOAT: i64 = 7 * 24 * 120_000;
/// A developer of every organisation.
const DEVELOPER: &str = "developer@everywhere.test";

type Launches = Scope<LaunchInstances>;

impl Fleet {
    async fn quote(&self, scope: &Launches, ask: &PlanLaunch) -> domain::Result<QuoteView> {
        let tx = self.world.db.look(scope, noon()).await.unwrap();
        quote_in(&tx, scope, ask).await
    }

    async fn verdict(&self, scope: &Launches, ask: &PlanLaunch) -> Verdict {
        self.quote(scope, ask).await.unwrap().verdict
    }

    /// Storage is for sale from the beginning.
    async fn sell_storage(&self) {
        self.world.price(STORAGE, "MAD", 1, 1_000, start()).await;
    }

    /// A volume of ten gigabytes that the cluster has not heard of.
    async fn stored(&self, tenant: Tenant, name: &str, (project, cluster): (ProjectId, ClusterId)) -> VolumeId {
        let id = VolumeId::new(noon());
        let sql = "INSERT INTO volume (organisation_id, id, project_id, cluster_id, name, size_gb, wish, wish_seq,
                       attempt, phase, phase_at, made_at)
                   VALUES ($1, $2, $3, $4, $5, 10, 'kept', 1, 1, 'requested', $6, $6)";
        let values = [tenant.id.into(), id.into(), project.into(), cluster.into(), name.into(), noon().into()];
        self.world.run(sql, values).await;
        id
    }

    /// Two volumes that can be mounted, and one for each reason why another cannot.
    async fn volumes(&self, tenant: Tenant, far: ClusterId) -> Vec<VolumeId> {
        let here = (tenant.project, self.world.cluster);
        let mut volumes = vec![VolumeId::new(noon()), self.stored(tenant, "far", (tenant.project, far)).await];
        for (name, change) in [
            ("one", "phase = 'bound'"),
            ("two", "phase = 'bound'"),
            ("frozen", "frozen_at = made_at"),
            ("lost", "phase = 'lost'"),
            ("deleted", "wish = 'deleted', deleted_at = made_at, undo_until = made_at"),
        ] {
            let id = self.stored(tenant, name, here).await;
            self.world.run(&format!("UPDATE volume SET {change} WHERE id = $1"), [id.into()]).await;
            volumes.push(id);
        }
        let other = self.world.founding.add_project(tenant.id, "vision", "Vision", start()).await.unwrap();
        volumes.push(self.stored(tenant, "other", (other, self.world.cluster)).await);
        volumes
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
    let refusal = error.refusal().unwrap();
    match (refusal.fact.as_str(), refusal.field.as_deref()) {
        ("budget-exceeded", _) => VerdictReason::Budget,
        ("insufficient-credit", _) => VerdictReason::Credit,
        ("payment-overdue", _) => VerdictReason::PaymentOverdue,
        ("quota-exceeded", Some("new_volume")) => VerdictReason::StorageQuota,
        ("quota-exceeded", _) => VerdictReason::Quota,
        ("token-units", _) => VerdictReason::TokenUnits,
        ("flavour-is-nowhere", _) => VerdictReason::Nowhere,
        ("volume-of-another-project", _) => VerdictReason::VolumeOfAnotherProject,
        ("volume-elsewhere", _) => VerdictReason::VolumeElsewhere,
        ("volume-in-use", _) => VerdictReason::VolumeInUse,
        ("volume-frozen", _) => VerdictReason::VolumeFrozen,
        ("volume-lost", _) => VerdictReason::VolumeLost,
        ("volume-deleted", _) => VerdictReason::VolumeDeleted,
        ("invalid-unknown", Some("volumes")) => VerdictReason::VolumeUnknown,
        ("name-taken", Some("new_volume")) => VerdictReason::VolumeNameTaken,
        ("not-for-sale", Some("new_volume")) => VerdictReason::StorageNotForSale,
        (_, Some("volumes")) => VerdictReason::TooManyVolumes,
        (_, Some("new_volume")) => VerdictReason::NewVolume,
        _ => panic!("no verdict says {error:?}"),
    }
}

/// The question that comes before a launch.
fn plan(ask: &LaunchInstance) -> PlanLaunch {
    let (volumes, new_volume) = (ask.volumes.clone(), ask.new_volume.clone());
    PlanLaunch { volumes, new_volume, ..PlanLaunch::of(ask.flavour, ask.units, Some(ask.project)) }
}

/// Up to two of these volumes, and now and then one that is to be made.
fn storage(volumes: &[VolumeId], dice: &mut Dice) -> (Vec<VolumeId>, Option<NewVolume>) {
    let mounted = (0..dice.roll(3)).map(|_| dice.one_of(volumes)).collect();
    let name = dice.one_of(&["scratch", "results", "results", "Not a name"]).to_owned();
    let size_gb = u32::try_from(dice.roll(400)).unwrap();
    (mounted, (dice.roll(2) == 0).then_some(NewVolume { name, size_gb }))
}

#[tokio::test]
async fn a_verdict_says_yes_exactly_where_the_launch_is_accepted_and_no_in_the_words_of_its_refusal() {
    let fleet = Fleet::without_money().await;
    fleet.sell_storage().await;
    let far = fleet.world.founding.register_cluster("far", "far", true, start()).await.unwrap();
    let (mut n_accepted, mut n_stored, mut refusals) = (0, 0, BTreeSet::new());
    for (case, mut dice) in cases() {
        let tenant = fleet.world.another(case.word("verdict")).await;
        fleet.quota(tenant, fleet.world.h100, u32::try_from(4 + dice.roll(8)).unwrap()).await;
        fleet.quota(tenant, STORAGE, u32::try_from(200 + dice.roll(600)).unwrap()).await;
        fleet.world.top_up(tenant, tenant.slug, 1 + dice.roll(20 * HOUR), noon()).await.unwrap();
        fleet.limit(tenant, &mut dice).await;
        let volumes = fleet.volumes(tenant, far).await;
        let person = fleet.world.scope::<LaunchInstances>(DEVELOPER, tenant).await;
        let most_units = dice.one_of(&[None, Some(1), Some(4)]);
        let scopes = [person, fleet.program(tenant, 1 + dice.roll(8), most_units).await];
        for n in 0..6 {
            let scope = &scopes[usize::from(dice.roll(2) == 1)];
            let units = u32::try_from(1 + dice.roll(3)).unwrap();
            let (volumes, new_volume) = if n % 2 == 0 { (Vec::new(), None) } else { storage(&volumes, &mut dice) };
            let ask = fleet.ask(tenant, &format!("{}-{n}", tenant.slug));
            let ask = LaunchInstance { units, volumes, new_volume, ..ask };
            let verdict = fleet.verdict(scope, &plan(&ask)).await;
            for other in &verdict.alternatives {
                let again = PlanLaunch { flavour: other.flavour, units: other.units, ..plan(&ask) };
                assert_eq!(fleet.verdict(scope, &again).await.word, VerdictWord::Now, "{other:?} is offered");
            }
            let outcome = launch(&fleet.world, scope, ask.clone(), &ask.name, noon()).await;
            assert_eq!(verdict.word != VerdictWord::Cannot, outcome.is_ok(), "{verdict:?}, then {outcome:?}");
            let Err(error) = outcome else {
                n_accepted += 1;
                n_stored += usize::from(plan(&ask) != PlanLaunch::of(ask.flavour, units, Some(ask.project)));
                continue;
            };
            assert_eq!(verdict.reason, Some(reason(&error)), "{error:?}");
            refusals.insert(reason(&error));
            // Credit and budgets are told of the whole start, and the quota of GPUs without what they are called.
            let in_part = matches!(error, Error::InsufficientCredit { .. } | Error::BudgetExceeded { .. });
            if !in_part && !matches!(error, Error::QuotaExceeded { .. }) {
                assert_eq!(verdict.arguments, error.refusal().unwrap().arguments);
            }
        }
    }
    assert!(n_accepted > n_stored && n_stored > 0, "{n_accepted} were accepted, {n_stored} of them with volumes");
    for reason in [
        VerdictReason::Budget,
        VerdictReason::Credit,
        VerdictReason::NewVolume,
        VerdictReason::Nowhere,
        VerdictReason::VolumeFrozen,
        VerdictReason::VolumeLost,
        VerdictReason::VolumeUnknown,
    ] {
        assert!(refusals.contains(&reason), "nothing was refused for {reason}, only {refusals:?}");
    }
    fleet.world.assert_balanced().await;
}

#[tokio::test]
async fn a_plan_names_apart_what_a_new_volume_costs_and_its_verdict_counts_both() {
    let fleet = Fleet::without_money().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    fleet.sell_storage().await;
    fleet.quota(atlas, STORAGE, 150).await;
    fleet.top_up(atlas, HOUR + LIFEBOAT - 1).await;
    let scope = fleet.developer(atlas).await;
    let made = |size_gb| Some(NewVolume { name: "scratch".to_owned(), size_gb });
    let ask = LaunchInstance { new_volume: made(100), ..fleet.ask(atlas, "train") };
    let told = plan_launch_in(&world.db.look(&scope, noon()).await.unwrap(), &scope, &plan(&ask)).await.unwrap();
    let new = told.new_volume.unwrap();
    let of_hour = [new.per_hour, new.per_hour_with_tax].map(|price| price.unwrap().micros);
    assert_eq!((of_hour, new.quota.units, new.quota.used), ([100_000, 120_000], 150, 0));
    let (lifeboat, cover) = (new.lifeboat.unwrap(), told.cover.unwrap());
    assert_eq!((lifeboat.reserved.micros, lifeboat.seconds, lifeboat.missing.micros), (LIFEBOAT, 7 * 86_400, 0));
    assert_eq!((cover.reserved.micros, cover.missing.micros), (HOUR, 1));
    // Both are paid from what the lifeboat leaves.
    let lasts = cover.lasts_until.unwrap().seconds_since(noon());
    assert!((3_580..3_600).contains(&lasts), "{lasts}");
    let amount = |micros| Argument::from(Money { micros, currency: atlas.currency });
    assert_eq!((told.verdict.word, told.verdict.reason), (VerdictWord::Cannot, Some(VerdictReason::Credit)));
    assert_eq!(told.verdict.arguments["needed"], amount(HOUR + LIFEBOAT));
    assert_eq!(told.verdict.arguments["available"], amount(HOUR + LIFEBOAT - 1));
    let poor = launch(world, &scope, ask.clone(), "poor", noon()).await;
    assert!(matches!(poor, Err(Error::InsufficientCredit { .. })), "{poor:?}");
    fleet.top_up(atlas, 1).await;
    assert_eq!(fleet.verdict(&scope, &plan(&ask)).await.word, VerdictWord::Now);
    launch(world, &scope, ask.clone(), "rich", noon()).await.unwrap();
    let reads = world.scope::<ReadInstances>("developer@atlas.test", atlas).await;
    let tx = world.db.look(&reads, noon()).await.unwrap();
    let scratch = list_volumes_in(&tx, &reads, &Cursor::default()).await.unwrap().items[0].id;
    drop(tx);
    let again = fleet.ask(atlas, "again");
    for (n, ask) in [
        LaunchInstance { volumes: vec![scratch], ..again.clone() },
        LaunchInstance { volumes: vec![scratch; 9], ..again.clone() },
        LaunchInstance { new_volume: made(50), ..again.clone() },
        LaunchInstance { new_volume: made(51), ..again },
    ]
    .into_iter()
    .enumerate()
    {
        let verdict = fleet.verdict(&scope, &plan(&ask)).await;
        let error = launch(world, &scope, ask, &format!("again-{n}"), noon()).await.unwrap_err();
        assert_eq!((verdict.reason, &verdict.arguments), (Some(reason(&error)), &error.refusal().unwrap().arguments));
        let expected = [
            VerdictReason::VolumeInUse,
            VerdictReason::TooManyVolumes,
            VerdictReason::VolumeNameTaken,
            VerdictReason::StorageQuota,
        ];
        assert_eq!(verdict.reason, Some(expected[n]));
        assert!(verdict.alternatives.is_empty(), "{verdict:?}");
    }
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
    let of = |project| PlanLaunch::of(world.h100, 1, project);
    let refused = fleet.quote(&developer, &of(Some(vision))).await;
    assert!(matches!(refused, Err(Error::BeyondProject)), "{refused:?}");
    let strange = fleet.quote(&developer, &of(Some(world.breton.project))).await;
    assert!(matches!(strange, Err(Error::Invalid { field: "project", .. })), "{strange:?}");
    assert_eq!(fleet.quote(&developer, &of(None)).await.unwrap().project, atlas.project);
    reserve(atlas.project).await;
    assert_eq!(offered(&developer).await, Vec::<String>::new());
    let nowhere = fleet.quote(&developer, &of(None)).await;
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
        let quoted = fleet.verdict(&scope, &PlanLaunch::of(flavour, 1, Some(atlas.project))).await;
        assert_eq!((row.word, row.reason, &row.arguments), (quoted.word, quoted.reason, &quoted.arguments));
        assert_eq!(row.reason == Some(VerdictReason::Budget), is_beyond, "{row:?}");
    }
    let strange = list_launchable_in(&tx, &scope, world.breton.project).await;
    assert!(matches!(strange, Err(Error::Invalid { field: "project", .. })), "{strange:?}");
}
