//! Organisations that are closed, kept after all, or ended, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        CLOSING_HOURS,
        policy::{CloseOrganisation, ManageMembers, ManageTokens, ReadOrganisation, StopInstances},
        seat_of_token,
    },
    audit::verify,
    commands::Command,
    instances::stop_instance,
    mail::{record_sent, take_due},
    organisations::{
        close_organisation, closing_in, due_to_end, end_organisation, found_organisation, invite, keep_organisation,
        list_organisations,
    },
    tokens::make_service_token,
};
use types::{
    Amount, ClosingView, Currency, Cursor, FoundOrganisation, InstanceId, Invite, LetterKind, MakeToken, NewTokenView,
    OrganisationStanding, Role, StopInstance, Timestamp,
};

use crate::{
    closing::sealed,
    fleet::{Fleet, launch, pod, ready},
    world::{JOB, World, credit::gift, noon, patient},
};

const OWNER: &str = "owner@atlas.test";

fn later(minutes: i64) -> Timestamp {
    noon().plus_seconds(minutes * 60)
}

/// When an organisation that was closed at `later(minutes)` ends.
fn due(minutes: i64) -> Timestamp {
    later(minutes + CLOSING_HOURS * 60)
}

async fn close(world: &World, now: Timestamp) -> domain::Result<()> {
    let scope = world.scope::<CloseOrganisation>(OWNER, world.atlas).await;
    close_organisation(&world.db, &scope, world.actor(OWNER).await.recent(later(1)).unwrap(), now).await
}

async fn keep(world: &World, now: Timestamp) {
    let scope = world.scope::<CloseOrganisation>(OWNER, world.atlas).await;
    keep_organisation(&world.db, &scope, now).await.unwrap();
}

async fn what(world: &World, now: Timestamp) -> ClosingView {
    let scope = world.scope::<CloseOrganisation>(OWNER, world.atlas).await;
    closing_in(&world.db.look(&scope, now).await.unwrap(), &scope).await.unwrap()
}

async fn stop(fleet: &Fleet, instance: InstanceId, now: Timestamp) {
    let scope = fleet.world.scope::<StopInstances>("developer@atlas.test", fleet.world.atlas).await;
    let ask = StopInstance { instance, version: None, reason: None };
    stop_instance(&fleet.world.db, &scope, &ask, now).await.unwrap();
}

async fn token(world: &World, key: &str) -> domain::Result<NewTokenView> {
    let ask = MakeToken {
        name: key.to_owned(),
        role: Some(Role::Viewer),
        permissions: vec!["ReadInstances".to_owned()],
        projects: Vec::new(),
        flavours: Vec::new(),
        networks: Vec::new(),
        most_units: None,
        ceiling: None,
        window: None,
        days: 30,
    };
    let scope = world.scope::<ManageTokens>(OWNER, world.atlas).await;
    let command = Command::new(key, "make_token", &ask).unwrap();
    make_service_token(&world.db, &scope, world.actor(OWNER).await.recent(noon()).unwrap(), (ask, command), noon())
        .await
}

/// What letters say became of the organisation, and to whom they are.
async fn told(world: &World, now: Timestamp) -> Vec<(String, String)> {
    let mut told = Vec::new();
    while let Some(letter) = take_due(&world.db, JOB, now).await.unwrap() {
        record_sent(&world.db, JOB, &letter, now).await.unwrap();
        if letter.kind == LetterKind::OrganisationClosed {
            assert_eq!(letter.arguments["slug"], "atlas");
            told.push((letter.recipient.clone(), letter.arguments["change"].clone()));
        }
    }
    told
}

async fn n(world: &World, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table} WHERE organisation_id = $1");
    world.number(&sql, [world.atlas.id.into()]).await
}

#[tokio::test]
async fn what_runs_is_stopped_first_and_from_the_first_moment_nothing_starts_and_no_token_opens() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let one = fleet.launch(atlas, "one", noon()).await;
    let secret = token(world, "nightly").await.unwrap().secret;
    let refused = close(world, later(1)).await;
    assert!(matches!(refused, Err(Error::Conflict("organisation-runs"))), "{refused:?}");
    stop(&fleet, one.id, later(1)).await;
    let before = what(world, later(2)).await;
    assert_eq!((before.n_running, before.n_instances, before.n_members, before.n_tokens), (0, 1, 6, 1));
    assert_eq!((before.closes_at, before.n_projects), (None, 1));
    close(world, later(2)).await.unwrap();
    assert_eq!(told(world, later(2)).await, [(OWNER.to_owned(), "closed".to_owned())]);
    close(world, later(30)).await.unwrap();
    let after = what(world, later(30)).await;
    assert_eq!((after.closes_at, after.n_tokens), (Some(due(2)), 0), "closing twice moves nothing");
    let launched = launch(world, &fleet.developer(atlas).await, fleet.ask(atlas, "early"), "early", later(3)).await;
    assert!(matches!(launched, Err(Error::Conflict("organisation-closed"))), "{launched:?}");
    let opened = seat_of_token(&world.db, &secret, "192.0.2.7", "atlas", later(3)).await;
    assert!(matches!(opened, Err(Error::Unauthenticated)), "{opened:?}");
    let given = world.grant(atlas, "late", gift(atlas, 1_000_000), later(3)).await;
    assert!(matches!(given, Err(Error::Conflict("organisation-closed"))), "{given:?}");
    let made = token(world, "another").await;
    assert!(matches!(made, Err(Error::Conflict("organisation-closed"))), "{made:?}");
    // Kept after all, it goes on as before but for the tokens.
    keep(world, later(40)).await;
    keep(world, later(41)).await;
    assert_eq!(told(world, later(41)).await, [(OWNER.to_owned(), "kept".to_owned())]);
    assert!(due_to_end(&world.db.work(JOB, due(90)).await.unwrap(), due(90)).await.unwrap().is_empty());
    assert!(!end_organisation(&world.db, JOB, atlas.id, due(90)).await.unwrap());
    assert!(told(world, due(90)).await.is_empty(), "what did not end is told to nobody");
    fleet.launch(atlas, "new", later(42)).await;
    assert!(seat_of_token(&world.db, &secret, "192.0.2.7", "atlas", later(42)).await.is_err());
    token(world, "another-day").await.unwrap();
}

#[tokio::test]
async fn what_goes_names_the_volumes_that_are_kept_and_their_gigabytes() {
    let world = World::new().await;
    let (atlas, cluster) = (world.atlas, world.cluster);
    let nothing = what(&world, later(1)).await;
    assert_eq!((nothing.n_volumes, nothing.volumes_gb), (0, 0));
    // Frozen ones go with it too; who is deleted already goes without it.
    for (name, size_gb, state) in
        [("data", 50, "'kept', NULL, NULL"), ("cold", 20, "'kept', $4, NULL"), ("gone", 7, "'deleted', NULL, $4")]
    {
        let sql = format!(
            "INSERT INTO volume (organisation_id, id, project_id, cluster_id, name, size_gb, wish, frozen_at,
                 deleted_at, wish_seq, attempt, phase, phase_at, made_at)
             VALUES ($1, gen_random_uuid(), $2, $3, '{name}', {size_gb}, {state}, 1, 1, 'bound', $4, $4)"
        );
        world.run(&sql, [atlas.id.into(), atlas.project.into(), cluster.into(), later(1).into()]).await;
    }
    let told = what(&world, later(2)).await;
    assert_eq!((told.n_volumes, told.volumes_gb, told.n_instances), (2, 70, 0));
}

#[tokio::test]
async fn only_an_owner_closes_an_organisation() {
    let world = World::new().await;
    for role in ["admin", "developer", "billing", "viewer"] {
        let seat = world.actor(&format!("{role}@atlas.test")).await.enter(&world.db, "atlas").await.unwrap();
        assert!(matches!(seat.prove::<CloseOrganisation>(), Err(Error::Forbidden("CloseOrganisation"))), "{role}");
    }
    for role in ["operator", "incubator", "finance", "auditor"] {
        let seat = world.actor(&format!("{role}@hub.test")).await.enter(&world.db, "atlas").await.unwrap();
        assert!(matches!(seat.prove::<CloseOrganisation>(), Err(Error::Forbidden("CloseOrganisation"))), "{role}");
    }
}

#[tokio::test]
async fn after_its_day_it_ends_and_its_books_and_its_audit_stay() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    world.grant(atlas, "welcome", gift(atlas, 900_000_000), noon()).await.unwrap();
    let one = fleet.launch(atlas, "one", noon()).await;
    fleet.pod(ready(pod(atlas, one.id, 1, noon()), noon().plus_seconds(5)), noon().plus_seconds(6)).await;
    stop(&fleet, one.id, later(30)).await;
    let ask = Invite { email: "new@else.test".to_owned(), role: Role::Viewer };
    let scope = world.scope::<ManageMembers>(OWNER, atlas).await;
    let command = Command::new("invite", "invite", &ask).unwrap();
    let recent = world.actor(OWNER).await.recent(noon()).unwrap();
    invite(&world.db, &scope, recent, command, (ask, "en"), noon()).await.unwrap();
    close(world, later(40)).await.unwrap();
    told(world, later(40)).await;
    let head = sealed(world, later(41)).await;
    let (entries, rows) = (n(world, "journal_entry").await, n(world, "audit").await);
    let early = due(40).plus_seconds(-1);
    assert!(due_to_end(&world.db.work(JOB, early).await.unwrap(), early).await.unwrap().is_empty());
    assert_eq!(due_to_end(&world.db.work(JOB, due(40)).await.unwrap(), due(40)).await.unwrap(), [atlas.id]);
    assert!(end_organisation(&world.db, JOB, atlas.id, due(40)).await.unwrap());
    assert!(!end_organisation(&world.db, JOB, atlas.id, due(40)).await.unwrap());
    assert_eq!(told(world, due(40)).await, [(OWNER.to_owned(), "ended".to_owned())]);
    // Nobody belongs to it, and what no law keeps is gone.
    for table in ["member", "invitation", "idempotency", "departure"] {
        assert_eq!(n(world, table).await, 0, "{table}");
    }
    let gone = world.actor(OWNER).await.enter(&world.db, "atlas").await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    let living = "SELECT count(*) AS n FROM instance WHERE organisation_id = $1 AND wish <> 'deleted'";
    assert_eq!(world.number(living, [atlas.id.into()]).await, 0);
    // What usage needs of the grant stays until it is settled; the rest went back at once.
    assert!(n(world, "journal_entry").await > entries && n(world, "audit").await > rows);
    let lots = world.lots(atlas, due(41)).await;
    assert!(matches!(lots[0].voided, Amount::Money(money) if money.micros > 800_000_000), "{:?}", lots[0]);
    assert!(world.wallet(atlas, due(41)).await.balance.micros > 0, "prepaid money stays its own");
    world.assert_balanced().await;
    let verdict = verify(&world.db.work(JOB, due(41)).await.unwrap(), &[head]).await.unwrap();
    assert_eq!(verdict.broken, None);
}

#[tokio::test]
async fn an_ended_organisation_is_seen_by_staff_and_its_word_is_nobody_elses() {
    let world = World::new().await;
    close(&world, later(1)).await.unwrap();
    let staff = world.actor("operator@hub.test").await;
    let standing = async || staff.enter(&world.db, "atlas").await.unwrap().standing();
    assert_eq!(standing().await, OrganisationStanding::Closing);
    assert!(end_organisation(&world.db, JOB, world.atlas.id, due(1)).await.unwrap());
    assert_eq!(standing().await, OrganisationStanding::Closed);
    let survey = world.survey::<ReadOrganisation>("operator").await;
    let open = world.db.survey(&survey, due(2)).await.unwrap();
    let listed = list_organisations(&open, &survey, Some("atlas"), &Cursor::default()).await.unwrap().items;
    assert_eq!((listed[0].standing, listed[0].n_members), (OrganisationStanding::Closed, 0));
    let ask = FoundOrganisation {
        name: "Atlas".to_owned(),
        legal_name: "Atlas SARL".to_owned(),
        address: "1, avenue Hassan II, Tétouan".to_owned(),
        country: "MA".to_owned(),
        is_business: true,
        currency: Currency::Mad,
    };
    let newcomer = world.newcomer("new@else.test").await;
    let word = found_organisation(&world.db, &newcomer, &ask, ("fr", "Africa/Casablanca"), due(2)).await.unwrap();
    assert_eq!(word, "atlas-2");
    for (table, rest) in [("member", "user_id, role, joined_at"), ("departure", "user_id, left_at")] {
        let values = if table == "member" { "id, 'owner', created_at" } else { "id, created_at" };
        let sql = format!("INSERT INTO {table} (organisation_id, {rest}) SELECT $1, {values} FROM person LIMIT 1");
        let tried = world.try_run(&sql, [world.atlas.id.into()]).await;
        let refused = tried.is_err_and(|error| error.to_string().contains("the organisation is closed"));
        assert_eq!(refused, table == "member", "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_launches_and_a_close_at_once_either_nothing_runs_or_nothing_is_closed() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let developer = fleet.developer(atlas).await;
    let launches =
        (0..8).map(|n| {
            let (fleet, developer, name) = (&fleet, &developer, format!("run-{n}"));
            async move {
                patient(async || launch(&fleet.world, developer, fleet.ask(atlas, &name), &name, noon()).await).await
            }
        });
    let closing = patient(async || close(world, noon()).await);
    let (launched, closed) = tokio::join!(futures_util::future::join_all(launches), closing);
    let n_launched = launched.iter().filter(|launched| launched.is_ok()).count();
    let others = launched.iter().filter_map(|launched| launched.as_ref().err());
    others.for_each(|error| assert!(matches!(error, Error::Conflict("organisation-closed")), "{error:?}"));
    match closed {
        Ok(()) => assert_eq!(n_launched, 0),
        Err(error) => assert!(matches!(error, Error::Conflict("organisation-runs")) && n_launched > 0, "{error:?}"),
    }
    let running = "SELECT count(*) AS n FROM instance i JOIN organisation o ON o.id = i.organisation_id
                   WHERE i.wish = 'running' AND o.closes_at IS NOT NULL";
    assert_eq!(world.number(running, []).await, 0);
}
