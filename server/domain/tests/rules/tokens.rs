//! What programs come with: each token does what it was given and no more, and ends at once.

use crate::fleet::{Fleet, launch};
use crate::world::{Tenant, World, noon, patient};
use domain::{
    Error,
    access::{
        Seat,
        policy::{
            self, ChangeInstances, HoldTokens, LaunchInstances, ManageMembers, ManageProjects, ManageTokens,
            ReadBalance, ReadInstances, ReadLogs, ReadOrganisation,
        },
        seat_of_token,
    },
    commands::Command,
    instances::{list_instances_in, restart_instance},
    organisations::{change_role, make_project, remove_member},
    tokens::{list_own_tokens_in, list_tokens_in, make_own_token, make_service_token, revoke_own_token, revoke_token},
};
use types::{
    ChangeInstance, Cursor, InstanceFilter, InstanceView, LaunchInstance, MakeProject, MakeToken, Money, NewTokenView,
    Role, Timestamp,
};

/// The gross price of an H100 for an hour.
const HOUR: i64 = 36_000_000;
const ADDRESS: &str = "192.0.2.7";

/// Three permissions for a month, and a ceiling of so many hours.
pub(crate) fn asked(tenant: Tenant, hours: i64) -> MakeToken {
    MakeToken {
        name: "nightly".to_owned(),
        role: None,
        permissions: ["ReadInstances", "LaunchInstances", "ChangeInstances"].map(str::to_owned).to_vec(),
        projects: Vec::new(),
        flavours: Vec::new(),
        networks: Vec::new(),
        most_units: None,
        ceiling: Some(Money { micros: hours * HOUR, currency: tenant.currency }),
        window: None,
        days: 30,
    }
}

impl World {
    /// The developer's own token.
    pub(crate) async fn own_token(&self, tenant: Tenant, ask: MakeToken) -> domain::Result<NewTokenView> {
        let email = format!("developer@{}.test", tenant.slug);
        let recent = self.actor(&email).await.recent(noon()).unwrap();
        let scope = self.scope::<HoldTokens>(&email, tenant).await;
        let command = Command::new(&types::new_uuid(noon()).to_string(), "make_token", &ask)?;
        make_own_token(&self.db, &scope, recent, (ask, command), noon()).await
    }

    pub(crate) async fn service_token(&self, tenant: Tenant, ask: MakeToken) -> domain::Result<NewTokenView> {
        let email = format!("admin@{}.test", tenant.slug);
        let recent = self.actor(&email).await.recent(noon()).unwrap();
        let scope = self.scope::<ManageTokens>(&email, tenant).await;
        let command = Command::new(&types::new_uuid(noon()).to_string(), "make_token", &ask)?;
        make_service_token(&self.db, &scope, recent, (ask, command), noon()).await
    }

    /// Where a program with this token sits.
    pub(crate) async fn seat(&self, tenant: Tenant, secret: &str, now: Timestamp) -> domain::Result<Seat> {
        seat_of_token(&self.db, secret, ADDRESS, tenant.slug, now).await
    }
}

impl Fleet {
    async fn launch_with(&self, seat: &Seat, ask: LaunchInstance) -> domain::Result<InstanceView> {
        let scope = seat.prove::<LaunchInstances>()?;
        patient(async || launch(&self.world, &scope, ask.clone(), &ask.name, noon()).await).await
    }
}

#[tokio::test]
async fn a_token_does_what_it_was_given_and_what_its_person_may_and_nothing_else() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let made = world.own_token(atlas, asked(atlas, 10)).await.unwrap();
    let seat = world.seat(atlas, &made.secret, noon()).await.unwrap();
    fleet.launch_with(&seat, fleet.ask(atlas, "by-token")).await.unwrap();
    assert!(matches!(seat.prove::<ReadLogs>(), Err(Error::TokenLacks("ReadLogs"))));
    assert!(matches!(seat.prove::<ReadBalance>(), Err(Error::TokenLacks("ReadBalance"))));
    // What no token can be given, and what the person may not.
    assert!(matches!(seat.prove::<HoldTokens>(), Err(Error::TokenLacks("HoldTokens"))));
    assert!(matches!(seat.prove::<ManageMembers>(), Err(Error::Forbidden("ManageMembers"))));
    // Elsewhere it is as nothing.
    let elsewhere = seat_of_token(&world.db, &made.secret, ADDRESS, world.breton.slug, noon()).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
    // A role that is lowered lowers its tokens at the next request.
    let owner = world.actor("owner@atlas.test").await;
    let scope = world.scope::<ManageMembers>("owner@atlas.test", atlas).await;
    let developer = world.actor("developer@atlas.test").await.person().id;
    let recent = owner.recent(noon()).unwrap();
    change_role(&world.db, &scope, recent, (developer, Role::Viewer), noon()).await.unwrap();
    let seat = world.seat(atlas, &made.secret, noon()).await.unwrap();
    assert!(matches!(seat.prove::<LaunchInstances>(), Err(Error::Forbidden("LaunchInstances"))));
    assert!(seat.prove::<ReadInstances>().is_ok());
}

#[tokio::test]
async fn the_secret_is_told_once_and_stored_nowhere() {
    let world = World::new().await;
    let made = world.own_token(world.atlas, asked(world.atlas, 1)).await.unwrap();
    let tables = world.fingerprint().await;
    for (table, _) in &tables {
        let sql = format!("SELECT count(*) AS n FROM {table} t WHERE t::text LIKE '%' || $1 || '%'");
        assert_eq!(world.number(&sql, [made.secret.clone().into()]).await, 0, "{table} knows the secret");
    }
    // The same command again tells nothing and makes nothing.
    let email = "developer@atlas.test";
    let scope = world.scope::<HoldTokens>(email, world.atlas).await;
    let twice = async || {
        let recent = world.actor(email).await.recent(noon()).unwrap();
        let ask = asked(world.atlas, 1);
        let command = Command::new("twice", "make_token", &ask).unwrap();
        make_own_token(&world.db, &scope, recent, (ask, command), noon()).await
    };
    twice().await.unwrap();
    assert!(matches!(twice().await, Err(Error::Conflict("token-made-before"))));
    assert_eq!(world.number("SELECT count(*) AS n FROM token", []).await, 2);
}

#[tokio::test]
async fn a_token_that_is_revoked_over_removed_or_from_elsewhere_opens_nothing_at_once() {
    let world = World::new().await;
    let (atlas, unknown) = (world.atlas, |answer: domain::Result<Seat>| matches!(answer, Err(Error::Unauthenticated)));
    let networks = vec!["198.51.100.0/24".to_owned(), "2001:db8::/32".to_owned()];
    let bound = world.own_token(atlas, MakeToken { networks, ..asked(atlas, 1) }).await.unwrap();
    assert!(unknown(world.seat(atlas, &bound.secret, noon()).await), "it came from elsewhere");
    for address in ["198.51.100.9", "2001:db8:7::1"] {
        seat_of_token(&world.db, &bound.secret, address, atlas.slug, noon()).await.unwrap();
    }
    let over = world.own_token(atlas, MakeToken { days: 1, ..asked(atlas, 1) }).await.unwrap();
    world.seat(atlas, &over.secret, noon().plus_seconds(86_399)).await.unwrap();
    assert!(unknown(world.seat(atlas, &over.secret, noon().plus_seconds(86_400)).await), "its day is over");
    let revoked = world.own_token(atlas, asked(atlas, 1)).await.unwrap();
    let admin = world.scope::<ManageTokens>("admin@atlas.test", atlas).await;
    revoke_token(&world.db, &admin, revoked.token.id, noon()).await.unwrap();
    assert!(unknown(world.seat(atlas, &revoked.secret, noon()).await), "it was revoked");
    assert!(matches!(revoke_token(&world.db, &admin, revoked.token.id, noon()).await, Err(Error::NotFound)));
    for wrong in ["", "tmd_", "tmd_0000", &revoked.secret[..49], "Bearer x"] {
        assert!(unknown(world.seat(atlas, wrong, noon()).await), "{wrong}");
    }
    // Removed from the organisation, and asked in again: what they had before stays closed.
    let live = world.own_token(atlas, asked(atlas, 1)).await.unwrap();
    world.seat(atlas, &live.secret, noon()).await.unwrap();
    let owner = world.actor("owner@atlas.test").await;
    let scope = world.scope::<ManageMembers>("owner@atlas.test", atlas).await;
    let developer = world.actor("developer@atlas.test").await.person().id;
    remove_member(&world.db, &scope, owner.recent(noon()).unwrap(), developer, noon()).await.unwrap();
    assert!(unknown(world.seat(atlas, &live.secret, noon()).await), "its person is no member");
    world.founding.add_member(atlas.id, developer, Role::Developer, noon()).await.unwrap();
    assert!(unknown(world.seat(atlas, &live.secret, noon()).await), "it came back with its person");
}

#[tokio::test]
async fn members_see_and_revoke_their_own_tokens_and_who_manages_them_all() {
    let world = World::new().await;
    let atlas = world.atlas;
    let own = world.own_token(atlas, asked(atlas, 1)).await.unwrap().token;
    let role = Some(Role::Developer);
    let service = world.service_token(atlas, MakeToken { role, ..asked(atlas, 1) }).await.unwrap().token;
    assert_eq!((own.person.as_deref().is_some(), service.person, service.role), (true, None, role));
    let mine = world.scope::<HoldTokens>("developer@atlas.test", atlas).await;
    let tx = world.db.look(&mine, noon()).await.unwrap();
    assert_eq!(list_own_tokens_in(&tx, &mine).await.unwrap().items.len(), 1);
    drop(tx);
    let refused = revoke_own_token(&world.db, &mine, service.id, noon()).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let all = world.scope::<ManageTokens>("admin@atlas.test", atlas).await;
    let tx = world.db.look(&all, noon()).await.unwrap();
    assert_eq!(list_tokens_in(&tx, &all).await.unwrap().items.len(), 2);
    drop(tx);
    revoke_own_token(&world.db, &mine, own.id, noon()).await.unwrap();
    let foreign = world.scope::<ManageTokens>("owner@breton.test", world.breton).await;
    let refused = revoke_token(&world.db, &foreign, service.id, noon()).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    // Nobody gives what they may not do themselves, and an owner's token is no service account's.
    let owners = MakeToken { role: Some(Role::Owner), ..asked(atlas, 1) };
    assert!(matches!(world.service_token(atlas, owners).await, Err(Error::Invalid { field: "role", .. })));
    let nobodys = world.service_token(atlas, asked(atlas, 1)).await;
    assert!(matches!(nobodys, Err(Error::Invalid { field: "role", .. })), "{nobodys:?}");
}

#[tokio::test]
async fn a_token_of_one_project_and_flavour_sees_and_touches_nothing_else() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let scope = world.scope::<ManageProjects>("owner@atlas.test", atlas).await;
    let ask = MakeProject { name: "Vision".to_owned() };
    let command = Command::new("vision", "make_project", &ask).unwrap();
    let vision = make_project(&world.db, &scope, ask, command, noon()).await.unwrap().id;
    let other = fleet.launch(atlas, "other", noon()).await;
    let limited = MakeToken { projects: vec![vision], flavours: vec![world.slice], ..asked(atlas, 10) };
    let made = world.own_token(atlas, limited).await.unwrap();
    let seat = world.seat(atlas, &made.secret, noon()).await.unwrap();
    let in_vision = LaunchInstance { project: vision, flavour: world.slice, ..fleet.ask(atlas, "seen") };
    fleet.launch_with(&seat, in_vision.clone()).await.unwrap();
    let wrong_project = LaunchInstance { project: atlas.project, name: "two".to_owned(), ..in_vision.clone() };
    assert!(matches!(fleet.launch_with(&seat, wrong_project).await, Err(Error::BeyondToken("project"))));
    let wrong_flavour = LaunchInstance { flavour: world.h100, name: "three".to_owned(), ..in_vision };
    assert!(matches!(fleet.launch_with(&seat, wrong_flavour).await, Err(Error::BeyondToken("flavour"))));
    let reads = seat.prove::<ReadInstances>().unwrap();
    let tx = world.db.look(&reads, noon()).await.unwrap();
    let seen = list_instances_in(&tx, &reads, InstanceFilter::default(), &Cursor::default()).await.unwrap().items;
    assert_eq!(seen.iter().map(|view| view.name.as_str()).collect::<Vec<_>>(), ["seen"]);
    drop(tx);
    let changes = seat.prove::<ChangeInstances>().unwrap();
    let ask = ChangeInstance { instance: other.id, version: None };
    let command = Command::new("again", "restart_instance", &ask).unwrap();
    let refused = restart_instance(&world.db, &changes, ask, command, noon()).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    // Another organisation's project cannot be named at all.
    let strange = MakeToken { projects: vec![world.breton.project], ..asked(atlas, 1) };
    assert!(matches!(world.own_token(atlas, strange).await, Err(Error::Invalid { field: "projects", .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_launches_at_once_exactly_as_many_pass_as_the_tokens_ceiling_covers() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    fleet.quota(atlas, fleet.world.h100, 1_000).await;
    let made = fleet.world.own_token(atlas, asked(atlas, 7)).await.unwrap();
    let seat = fleet.world.seat(atlas, &made.secret, noon()).await.unwrap();
    let launches = (0..200).map(|n| {
        let (fleet, seat) = (&fleet, &seat);
        async move { fleet.launch_with(seat, fleet.ask(atlas, &format!("run-{n}"))).await }
    });
    let mut launched = 0;
    for outcome in futures_util::future::join_all(launches).await {
        match outcome {
            Ok(_) => launched += 1,
            Err(error) => assert!(matches!(error, Error::BudgetExceeded { of: "token", .. }), "{error:?}"),
        }
    }
    assert_eq!(launched, 7);
    assert_eq!(fleet.world.number("SELECT sum(gross)::bigint AS n FROM hold WHERE state = 'open'", []).await, 7 * HOUR);
    fleet.world.assert_balanced().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_launches_at_once_as_many_pass_as_units_that_the_token_may_run() {
    let fleet = Fleet::new().await;
    let atlas = fleet.world.atlas;
    fleet.quota(atlas, fleet.world.h100, 1_000).await;
    let made = fleet.world.own_token(atlas, MakeToken { most_units: Some(3), ..asked(atlas, 500) }).await.unwrap();
    let seat = fleet.world.seat(atlas, &made.secret, noon()).await.unwrap();
    let launches = (0..50).map(|n| {
        let (fleet, seat) = (&fleet, &seat);
        async move { fleet.launch_with(seat, fleet.ask(atlas, &format!("run-{n}"))).await }
    });
    let outcomes = futures_util::future::join_all(launches).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    let refused = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    for error in refused {
        assert!(matches!(error, Error::TokenUnits { most: 3 }), "{error:?}");
    }
}

#[tokio::test]
async fn a_service_account_launches_as_nobody_and_outlives_its_maker() {
    let fleet = Fleet::new().await;
    let (world, atlas) = (&fleet.world, fleet.world.atlas);
    let role = Some(Role::Developer);
    let made = world.service_token(atlas, MakeToken { role, ..asked(atlas, 10) }).await.unwrap();
    let admin = world.actor("admin@atlas.test").await.person().id;
    let owner = world.actor("owner@atlas.test").await;
    let scope = world.scope::<ManageMembers>("owner@atlas.test", atlas).await;
    remove_member(&world.db, &scope, owner.recent(noon()).unwrap(), admin, noon()).await.unwrap();
    let seat = world.seat(atlas, &made.secret, noon()).await.unwrap();
    let view = fleet.launch_with(&seat, fleet.ask(atlas, "by-service")).await.unwrap();
    let reads = world.scope::<ReadInstances>("owner@atlas.test", atlas).await;
    let tx = world.db.look(&reads, noon()).await.unwrap();
    let detail = domain::instances::instance_in(&tx, &reads, view.id).await.unwrap();
    assert_eq!(detail.launched_by, "nightly");
    drop(tx);
    let sql = "SELECT count(*) AS n FROM audit WHERE verb = 'instance.launched' AND principal = $1 AND user_id IS NULL";
    assert_eq!(world.number(sql, [made.token.id.to_string().into()]).await, 1);
    assert!(seat.prove::<ReadOrganisation>().is_err(), "it was not given that");
}

#[test]
fn no_token_can_be_given_what_changes_who_belongs_to_an_organisation_or_its_money() {
    for row in policy::TABLE {
        let is_read = row.permission.starts_with("Read");
        let runs = ["LaunchInstances", "ChangeInstances", "StopInstances"].contains(&row.permission);
        let is_given = policy::OF_TOKENS.contains(&row.permission);
        assert!(!is_given || is_read || runs, "{}", row.permission);
        assert!(!is_given || !row.roles.is_empty(), "{} is the hub's", row.permission);
    }
}
