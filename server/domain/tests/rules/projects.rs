//! Projects that get another name, are closed and opened again, on a real PostgreSQL.

use domain::{
    Error,
    access::policy::{
        ChangeInstances, LaunchInstances, ManageProjects, ReadAudit, ReadBalance, ReadOrganisation, ReadUsage,
        StopInstances,
    },
    audit::list_in,
    budgets::{list_budgets_in, set_budget},
    catalogue::quote_in,
    commands::Command,
    instances::{delete_instance, stop_instance, undo_delete},
    invoices::previews_in,
    organisations::{
        close_project, list_open_projects_in, list_projects_in, make_project, open_project, project_closing_in,
        rename_project, set_project_members,
    },
    settlement::settle,
};
use types::{
    AuditFilter, AuditView, BudgetSubject, BudgetView, BudgetWindow, ChangeInstance, ClusterSeen, Cursor, GrantCredits,
    InstanceId, InstanceView, MakeProject, MakeToken, Money, PlanLaunch, ProjectClosingView, ProjectId, ProjectView,
    RenameProject, SetBudget, SetProjectMembers, StopInstance, Timestamp,
};

use crate::{
    fleet::{Fleet, launch, pod, ready},
    invoiced::Books,
    tokens::asked,
    world::{JOB, Tenant, World, at, credit::gift, noon, patient},
};

const OWNER: &str = "owner@atlas.test";
/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;

fn later(seconds: i64) -> Timestamp {
    noon().plus_seconds(seconds)
}

impl World {
    async fn project(&self, name: &str) -> ProjectView {
        let scope = self.scope::<ManageProjects>(OWNER, self.atlas).await;
        let ask = MakeProject { name: name.to_owned() };
        let command = Command::new(&types::new_uuid(noon()).to_string(), "make_project", &ask).unwrap();
        make_project(&self.db, &scope, ask, command, noon()).await.unwrap()
    }

    async fn rename(&self, project: ProjectId, name: &str, now: Timestamp) -> domain::Result<ProjectView> {
        let scope = self.scope::<ManageProjects>(OWNER, self.atlas).await;
        rename_project(&self.db, &scope, project, RenameProject { name: name.to_owned() }, now).await
    }

    async fn close_project(&self, project: ProjectId, now: Timestamp) -> domain::Result<ProjectView> {
        let scope = self.scope::<ManageProjects>(OWNER, self.atlas).await;
        patient(async || close_project(&self.db, &scope, project, now).await).await
    }

    async fn open_project(&self, project: ProjectId, now: Timestamp) -> ProjectView {
        let scope = self.scope::<ManageProjects>(OWNER, self.atlas).await;
        open_project(&self.db, &scope, project, now).await.unwrap()
    }

    async fn closing(&self, project: ProjectId, now: Timestamp) -> ProjectClosingView {
        let scope = self.scope::<ManageProjects>(OWNER, self.atlas).await;
        project_closing_in(&self.db.look(&scope, now).await.unwrap(), &scope, project).await.unwrap()
    }

    /// What the audit says of projects and budgets, the latest first.
    async fn told(&self, area: &str) -> Vec<AuditView> {
        let scope = self.scope::<ReadAudit>(OWNER, self.atlas).await;
        let filter = AuditFilter { area: Some(area.to_owned()), ..AuditFilter::default() };
        let tx = self.db.look(&scope, later(90_000)).await.unwrap();
        list_in(&tx, &scope, &filter, &Cursor::default()).await.unwrap().items
    }

    async fn limit(&self, project: ProjectId, now: Timestamp) -> domain::Result<BudgetView> {
        let scope = self.scope::<ManageProjects>(OWNER, self.atlas).await;
        let ceiling = Money { micros: 9 * HOUR, currency: self.atlas.currency };
        let subject = BudgetSubject::Project(project);
        let ask = SetBudget { subject, window: BudgetWindow::Month, ceiling, alert: None };
        patient(async || set_budget(&self.db, &scope, ask.clone(), now).await).await
    }

    async fn delete(&self, instance: InstanceId, now: Timestamp) {
        let scope = self.scope::<ChangeInstances>("developer@atlas.test", self.atlas).await;
        delete_instance(&self.db, &scope, ChangeInstance { instance, version: None }, now).await.unwrap();
    }

    async fn take_back(&self, instance: InstanceId, now: Timestamp) -> domain::Result<InstanceView> {
        let scope = self.scope::<ChangeInstances>("developer@atlas.test", self.atlas).await;
        patient(async || undo_delete(&self.db, &scope, ChangeInstance { instance, version: None }, now).await).await
    }
}

/// Whether it is refused since the project is closed.
fn is_ended<T>(answer: &domain::Result<T>) -> bool {
    matches!(answer, Err(Error::Conflict("project-ended")))
}

#[tokio::test]
async fn another_name_follows_the_rules_of_a_new_one_and_the_audit_tells_both() {
    let world = World::new().await;
    let vision = world.project("Vision").await;
    let renamed = world.rename(vision.id, " Vision & Sound ", later(1)).await.unwrap();
    assert_eq!(
        (renamed.name.as_str(), renamed.slug.as_str(), renamed.id),
        ("Vision & Sound", "vision-sound", vision.id)
    );
    assert_eq!(world.rename(vision.id, "Vision & Sound", later(2)).await.unwrap(), renamed);
    // The word that it had is free, and another spelling of a name keeps its word.
    let second = world.project("Vision").await;
    assert_eq!(world.rename(second.id, "VISION", later(3)).await.unwrap().slug, "vision");
    let taken = world.rename(second.id, "vision, sound", later(4)).await;
    assert!(matches!(taken, Err(Error::Conflict("slug-taken"))), "{taken:?}");
    // A name in another script gets a word of its own, which the next one keeps.
    for name in ["الرؤية", "الصوت"] {
        let named = world.rename(second.id, name, later(5)).await.unwrap();
        assert_eq!((named.name.as_str(), named.slug.as_str()), (name, "project"));
    }
    let long = "x".repeat(61);
    for name in ["", "  ", long.as_str()] {
        let refused = world.rename(second.id, name, later(6)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "name", .. })), "{refused:?}");
    }
    let foreign = world.rename(world.breton.project, "Ours", later(6)).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    let told = world.told("project").await;
    let renames: Vec<_> = told.iter().filter(|row| row.verb == "project.renamed").collect();
    assert_eq!(renames.len(), 4, "what changed nothing is told nowhere: {told:?}");
    let first = renames[3].changes.iter().find(|change| change.field == "name").unwrap();
    assert_eq!((first.before.as_deref(), first.after.as_deref()), (Some("Vision"), Some("Vision & Sound")));
}

#[tokio::test]
async fn a_project_closes_once_its_instances_are_deleted_and_says_before_what_ends() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    world.project("Vision").await;
    world.limit(atlas.project, noon()).await.unwrap();
    let scoped = GrantCredits { projects: vec![atlas.project], ..gift(atlas, 900_000_000) };
    world.grant(atlas, "scoped", scoped, noon()).await.unwrap();
    world.own_token(atlas, MakeToken { projects: vec![atlas.project], ..asked(atlas, 5) }).await.unwrap();
    world.own_token(atlas, asked(atlas, 5)).await.unwrap();
    let one = fleet.launch(atlas, "one", noon()).await;
    let before = world.closing(atlas.project, later(10)).await;
    assert_eq!((before.n_instances, before.instances.as_slice()), (1, &["one".to_owned()][..]));
    assert_eq!((before.n_tokens, before.n_lots, before.n_members, before.is_last), (1, 1, 0, false));
    assert_eq!(before.ceiling.map(|ceiling| ceiling.micros), Some(9 * HOUR));
    let stops = world.scope::<StopInstances>("developer@atlas.test", atlas).await;
    for _ in 0..2 {
        // What is stopped can be started again: it stands in the way too.
        match world.close_project(atlas.project, later(11)).await {
            Err(Error::ProjectHolds { n: 1, names }) => assert_eq!(names, ["one"]),
            other => panic!("{other:?}"),
        }
        let ask = StopInstance { instance: one.id, version: None, reason: None };
        stop_instance(&world.db, &stops, &ask, later(12)).await.unwrap();
    }
    world.delete(one.id, later(20)).await;
    let closed = world.close_project(atlas.project, later(21)).await.unwrap();
    assert_eq!((closed.id, closed.closed_at), (atlas.project, Some(later(21))));
    assert_eq!(world.close_project(atlas.project, later(30)).await.unwrap(), closed, "closing twice changes nothing");
    let verbs = async |area: &str| world.told(area).await.into_iter().map(|row| row.verb).collect::<Vec<_>>();
    assert_eq!(verbs("project").await, ["project.closed", "project.made"]);
    assert_eq!(verbs("budget").await, ["budget.removed", "budget.set"]);
    let foreign = world.close_project(world.breton.project, later(31)).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
}

#[tokio::test]
async fn nothing_begins_in_a_closed_project_and_opened_again_it_is_as_before_without_its_budget() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let vision = world.project("Vision").await;
    world.limit(atlas.project, noon()).await.unwrap();
    let developer = world.actor("developer@atlas.test").await.person().id;
    let manages = world.scope::<ManageProjects>(OWNER, atlas).await;
    let reserve = async |members| {
        let ask = SetProjectMembers { project: atlas.project, members };
        set_project_members(&world.db, &manages, ask, noon()).await
    };
    reserve(vec![developer]).await.unwrap();
    let bound = || MakeToken { projects: vec![atlas.project], ..asked(atlas, 5) };
    let made = world.own_token(atlas, bound()).await.unwrap();
    let program = world.seat(atlas, &made.secret, noon()).await.unwrap().prove::<LaunchInstances>().unwrap();
    let gone = fleet.launch(atlas, "gone", noon()).await;
    world.delete(gone.id, later(10)).await;
    world.close_project(atlas.project, later(20)).await.unwrap();
    let member = fleet.developer(atlas).await;
    for (scope, key) in [(&member, "member"), (&program, "program")] {
        let launched = launch(world, scope, fleet.ask(atlas, key), key, later(21)).await;
        assert!(is_ended(&launched), "{key}: {launched:?}");
        let question = PlanLaunch::of(world.h100, 1, Some(atlas.project));
        let tx = world.db.look(scope, later(21)).await.unwrap();
        let quote = quote_in(&tx, scope, &question).await;
        assert!(is_ended(&quote), "{key}: {quote:?}");
        let offered = list_open_projects_in(&tx, scope).await.unwrap().items;
        let offered: Vec<_> = offered.into_iter().map(|project| project.name).collect();
        assert_eq!(offered, if key == "member" { vec!["Vision"] } else { Vec::new() });
    }
    assert!(is_ended(&world.take_back(gone.id, later(22)).await));
    assert!(is_ended(&world.limit(atlas.project, later(22)).await));
    assert!(is_ended(&reserve(Vec::new()).await));
    assert!(is_ended(&world.own_token(atlas, bound()).await));
    let granted = GrantCredits { projects: vec![atlas.project], ..gift(atlas, 5) };
    assert!(is_ended(&world.grant(atlas, "closed", granted, later(22)).await), "it would pay for nothing");
    let reads = world.scope::<ReadBalance>(OWNER, atlas).await;
    let budgets = async || {
        let tx = world.db.look(&reads, later(23)).await.unwrap();
        list_budgets_in(&tx, &reads).await.unwrap().items.len()
    };
    assert_eq!(budgets().await, 1, "the token's own ceiling stays");
    let everybody = world.scope::<ReadOrganisation>("viewer@atlas.test", atlas).await;
    let listed =
        list_projects_in(&world.db.look(&everybody, later(23)).await.unwrap(), &everybody).await.unwrap().items;
    let names: Vec<_> = listed.iter().map(|project| (project.name.as_str(), project.closed_at)).collect();
    assert_eq!(names, [("Vision", None), ("Research", Some(later(20)))]);
    assert_eq!(world.rename(atlas.project, "Archive", later(24)).await.unwrap().closed_at, Some(later(20)));
    for _ in 0..2 {
        assert_eq!(world.open_project(atlas.project, later(30)).await.closed_at, None);
    }
    assert_eq!(budgets().await, 1);
    let admin = world.scope::<LaunchInstances>("developer@everywhere.test", atlas).await;
    let stranger = launch(world, &admin, fleet.ask(atlas, "other"), "other", later(31)).await;
    assert!(matches!(stranger, Err(Error::BeyondProject)), "it is for whom it was before: {stranger:?}");
    for (scope, key) in [(&member, "by-member"), (&program, "by-program")] {
        launch(world, scope, fleet.ask(atlas, key), key, later(32)).await.unwrap();
    }
    world.take_back(gone.id, later(33)).await.unwrap();
    assert_eq!(world.closing(vision.id, later(34)).await.n_instances, 0);
    world.assert_balanced().await;
}

#[tokio::test]
async fn what_was_used_in_a_closed_project_stays_on_the_usage_under_its_name() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    world.project("Vision").await;
    fleet.report(ClusterSeen::Fresh { through: later(86_400) }, later(1)).await;
    world.observe(later(86_400)).await;
    let one = fleet.launch(atlas, "one", noon()).await;
    fleet.pod(ready(pod(atlas, one.id, 1, later(2)), later(5)), later(5)).await;
    world.delete(one.id, later(3_605)).await;
    world.close_project(atlas.project, later(3_606)).await.unwrap();
    settle(&world.db, JOB, atlas.id, later(8_000)).await.unwrap();
    let reads = world.scope::<ReadUsage>("viewer@atlas.test", atlas).await;
    let tx = world.db.look(&reads, later(8_000)).await.unwrap();
    let previews = previews_in(&tx, &reads).await.unwrap().items;
    let lines: Vec<_> = previews.iter().flat_map(|document| &document.lines).collect();
    assert_eq!((lines.len(), lines[0].project_name.as_str(), lines[0].unit_seconds), (1, "Research", 3_600));
}

#[tokio::test]
async fn a_final_invoice_keeps_the_name_that_it_carries_and_is_recalculated_as_equal() {
    let books = Books::open().await;
    let (world, atlas) = (books.world.clone(), books.tenant);
    let vision = world.project("Vision").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let elsewhere = Books { world: world.clone(), tenant: Tenant { project: vision.id, ..atlas } };
    elsewhere.usage(2, "2026-10-04T10:00:00Z", "2026-10-04T11:00:00Z").await;
    let draft = books.closed().await;
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let names = issued.document.lines.iter().map(|line| line.project_name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["Research", "Vision"]);
    // By its new name it would stand last.
    world.rename(atlas.project, "Zoology", at("2026-11-02T10:00:00Z")).await.unwrap();
    let deleted = "UPDATE instance SET wish = 'deleted', phase = 'deleted', deleted_at = launched_at";
    world.run(deleted, []).await;
    world.close_project(atlas.project, at("2026-11-02T11:00:00Z")).await.unwrap();
    assert_eq!(books.invoice(draft.invoice.id).await, issued);
    let again = books.recalculate(draft.invoice.id).await;
    assert!(again.is_equal, "{:?}", again.differences);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_open_project_stays_open_also_where_the_last_two_are_closed_at_once() {
    let world = World::new().await;
    let (first, second) = (world.atlas.project, world.project("Vision").await.id);
    for _ in 0..5 {
        let (one, two) = tokio::join!(world.close_project(first, later(1)), world.close_project(second, later(1)));
        let (closed, refused, open) = if one.is_ok() { (first, two, second) } else { (second, one, first) };
        assert!(matches!(refused, Err(Error::Conflict("project-last"))), "{refused:?}");
        assert!(world.closing(open, later(2)).await.is_last);
        let again = world.close_project(open, later(3)).await;
        assert!(matches!(again, Err(Error::Conflict("project-last"))), "{again:?}");
        world.open_project(closed, later(4)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_launches_and_a_close_at_once_either_nothing_runs_in_it_or_it_is_not_closed() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    world.project("Vision").await;
    let developer = fleet.developer(atlas).await;
    let launches =
        (0..8).map(|n| {
            let (fleet, developer, name) = (&fleet, &developer, format!("run-{n}"));
            async move {
                patient(async || launch(&fleet.world, developer, fleet.ask(atlas, &name), &name, noon()).await).await
            }
        });
    let closing = world.close_project(atlas.project, noon());
    let (launched, closed) = tokio::join!(futures_util::future::join_all(launches), closing);
    let n_launched = launched.iter().filter(|launched| launched.is_ok()).count();
    launched.iter().filter(|launched| launched.is_err()).for_each(|error| assert!(is_ended(error), "{error:?}"));
    match closed {
        Ok(_) => assert_eq!(n_launched, 0),
        Err(error) => assert!(matches!(error, Error::ProjectHolds { .. }) && n_launched > 0, "{error:?}"),
    }
    assert_nothing_lives_in_closed(world).await;
    world.assert_balanced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_is_taken_back_and_a_budget_that_is_set_see_a_close_at_once_or_it_sees_them() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    world.project("Vision").await;
    let one = fleet.launch(atlas, "one", noon()).await;
    for round in 0..6 {
        let now = later(10 * (round + 1));
        world.delete(one.id, now).await;
        let (back, limited, closed) = tokio::join!(
            world.take_back(one.id, now),
            world.limit(atlas.project, now),
            world.close_project(atlas.project, now)
        );
        assert!(limited.is_ok() || is_ended(&limited), "{limited:?}");
        match closed {
            Ok(_) => assert!(is_ended(&back), "{back:?}"),
            Err(error) => assert!(matches!(error, Error::ProjectHolds { .. }) && back.is_ok(), "{error:?}"),
        }
        assert_nothing_lives_in_closed(world).await;
        world.open_project(atlas.project, now).await;
    }
}

async fn assert_nothing_lives_in_closed(world: &World) {
    for table in ["instance t", "budget t"] {
        let lives = if table == "instance t" { "t.wish <> 'deleted'" } else { "true" };
        let sql = format!(
            "SELECT count(*) AS n FROM {table} JOIN project p ON p.organisation_id = t.organisation_id
             AND p.id = t.project_id WHERE p.closed_at IS NOT NULL AND {lives}"
        );
        assert_eq!(world.number(&sql, []).await, 0, "{table}");
    }
}
